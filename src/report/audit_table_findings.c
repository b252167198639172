#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
    COLUMN_STATE,
    COLUMN_VERDICT,
    COLUMN_PRODUCT,
    COLUMN_PARTY,
    COLUMN_MPN,
    COLUMN_REFDES,
    COLUMN_RULE,
    COLUMN_PROFILE,
    COLUMN_FROM,
    COLUMN_CAUSE,
    COLUMN_WHY,
    COLUMN_DECISION,
    COLUMN_BOM,
    COLUMN_SEEN,
};

static const struct audit_column columns[] = {
    [COLUMN_STATE] = {"State", 12, 18, AUDIT_LOOK_DAY, false},
    [COLUMN_VERDICT] = {"Verdict", 12, 13, AUDIT_LOOK_VERDICT, false},
    [COLUMN_PRODUCT] = {"Product", 12, 26, AUDIT_LOOK_NAME, false},
    [COLUMN_PARTY] = {"Company", 12, 22, AUDIT_LOOK_TEXT, false},
    [COLUMN_MPN] = {"Part number", 14, 24, AUDIT_LOOK_NAME, false},
    [COLUMN_REFDES] = {"Refdes", 10, 16, AUDIT_LOOK_TEXT, true},
    [COLUMN_RULE] = {"Measure, clause", 26, 26, AUDIT_LOOK_LINK, false},
    [COLUMN_PROFILE] = {"Buyer, activity", 14, 24, AUDIT_LOOK_NAME, false},
    [COLUMN_FROM] = {"In force from", 11, 12, AUDIT_LOOK_DAY, true},
    [COLUMN_CAUSE] = {"Cause", 10, 14, AUDIT_LOOK_TEXT, true},
    [COLUMN_WHY] = {"Why", 24, 44, AUDIT_LOOK_TEXT, false},
    [COLUMN_DECISION] = {"Waiver", 12, 30, AUDIT_LOOK_TEXT, false},
    [COLUMN_BOM] = {"BOM, line", 12, 24, AUDIT_LOOK_TEXT, true},
    [COLUMN_SEEN] = {"Last found", 11, 12, AUDIT_LOOK_DAY, true},
};

static size_t rows(const struct audit *audit) { return audit->finding_count; }

static void fill_part(struct audit_cell *cell,
                      const struct audit_finding *finding, unsigned column) {
    const struct audit_fact *fact = finding->fact;
    switch (column) {
    case COLUMN_PARTY:
        strbuf_add_text(cell->text, fact->party_name[0] != '\0'
                                        ? fact->party_name
                                        : fact->manufacturer);
        break;
    case COLUMN_MPN:
        strbuf_add_text(cell->text, fact->mpn);
        break;
    default:
        strbuf_add_text(cell->text, finding->refdes);
    }
}

static void fill_rule(struct audit_cell *cell,
                      const struct audit_finding *finding, unsigned column) {
    const struct audit_fact *fact = finding->fact;
    switch (column) {
    case COLUMN_RULE:
        audit_say_rule(cell->text, fact);
        cell->url = fact->url;
        break;
    case COLUMN_PROFILE:
        strbuf_printf(cell->text, "%s, %s",
                      fact->profile[0] != '\0' ? fact->profile : "any",
                      finding->series->activity);
        break;
    case COLUMN_FROM:
        strbuf_add_text(cell->text, fact->since);
        break;
    case COLUMN_CAUSE:
        strbuf_add_text(cell->text, audit_cause_title(finding->cause));
        break;
    case COLUMN_WHY:
        audit_say_why(cell->text, finding);
        break;
    default:
        audit_say_decision(cell->text, finding);
    }
}

static void fill_place(struct audit_cell *cell,
                       const struct audit_finding *finding, unsigned column) {
    switch (column) {
    case COLUMN_BOM:
        strbuf_printf(cell->text, "%s, %u", finding->bom->path,
                      (unsigned)finding->line);
        break;
    default:
        strbuf_printf(cell->text, "%.10s", finding->run->time);
    }
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    const struct audit_finding *finding = &audit->findings[row];
    if (column == COLUMN_STATE)
        strbuf_printf(cell->text, "%s %s", audit_state_sign(finding->state),
                      audit_state_title(finding->state));
    else if (column == COLUMN_VERDICT)
        cell->verdict = finding->fact->verdict;
    else if (column == COLUMN_PRODUCT)
        audit_say_board(cell->text, finding->series->board);
    else if (column <= COLUMN_REFDES)
        fill_part(cell, finding, column);
    else if (column <= COLUMN_DECISION)
        fill_rule(cell, finding, column);
    else
        fill_place(cell, finding, column);
}

const struct audit_table audit_table_findings = {
    .id = "findings",
    .sheet = "Findings",
    .about = "What is new first, then what persists, what is resolved, what "
             "was not checked again, and what came and went.",
    .none = "Nothing was found in this period or the one before. This is no "
            "certificate: the sheet Coverage says what was checked.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
