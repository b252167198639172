#include "report/audit_table.h"

#include "report/audit_phrases.h"

enum {
    COLUMN_STATE,
    COLUMN_EXPIRES,
    COLUMN_KIND,
    COLUMN_MEASURE,
    COLUMN_PARTY,
    COLUMN_MPN,
    COLUMN_PRODUCT,
    COLUMN_REASON,
    COLUMN_APPROVED,
    COLUMN_FINDINGS,
    COLUMN_RUN,
    COLUMN_TICKET,
    COLUMN_EVIDENCE,
};

static const struct audit_column columns[] = {
    [COLUMN_STATE] = {"State", 12, 16, AUDIT_LOOK_TEXT, false},
    [COLUMN_EXPIRES] = {"Last day", 11, 12, AUDIT_LOOK_DAY, false},
    [COLUMN_KIND] = {"Kind", 10, 16, AUDIT_LOOK_TEXT, false},
    [COLUMN_MEASURE] = {"Measure, clause", 14, 26, AUDIT_LOOK_TEXT, false},
    [COLUMN_PARTY] = {"Company", 12, 24, AUDIT_LOOK_TEXT, false},
    [COLUMN_MPN] = {"Part number", 12, 24, AUDIT_LOOK_NAME, false},
    [COLUMN_PRODUCT] = {"Product", 10, 24, AUDIT_LOOK_TEXT, false},
    [COLUMN_REASON] = {"Reason", 16, 44, AUDIT_LOOK_TEXT, false},
    [COLUMN_APPROVED] = {"Approved by", 12, 22, AUDIT_LOOK_TEXT, false},
    [COLUMN_FINDINGS] = {"Findings it is for", 9, 10, AUDIT_LOOK_NUMBER, false},
    [COLUMN_RUN] = {"In the newest run", 10, 12, AUDIT_LOOK_TEXT, true},
    [COLUMN_TICKET] = {"Ticket", 8, 18, AUDIT_LOOK_TEXT, true},
    [COLUMN_EVIDENCE] = {"Evidence", 10, 30, AUDIT_LOOK_TEXT, true},
};

/* Those that need somebody first. */
static const struct {
    size_t offset;
    const char *state;
} kinds[] = {
    {offsetof(struct audit, expired), "! expired"},
    {offsetof(struct audit, expiring), "~ ends soon"},
    {offsetof(struct audit, active), "= in force"},
};

static const struct audit_waivers *list_of(const struct audit *audit,
                                           size_t kind) {
    return (const struct audit_waivers *)(const void *)((const char *)audit +
                                                        kinds[kind].offset);
}

static size_t rows(const struct audit *audit) {
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        count += list_of(audit, i)->count;
    return count;
}

static void fill_rule(struct audit_cell *cell,
                      const struct audit_waiver *waiver) {
    strbuf_add(cell->text, str_from(waiver->measure));
    if (waiver->clause != NULL)
        strbuf_printf(cell->text, ", %s", waiver->clause);
}

static void fill(struct audit_cell *cell, const struct audit *audit, size_t row,
                 unsigned column) {
    size_t kind = 0;
    while (row >= list_of(audit, kind)->count)
        row -= list_of(audit, kind++)->count;
    const struct audit_waiver *waiver = list_of(audit, kind)->items[row];
    const char *const texts[ARRAY_LEN(columns)] = {
        [COLUMN_STATE] = kinds[kind].state,
        [COLUMN_EXPIRES] = waiver->expires,
        [COLUMN_KIND] = waiver->kind,
        [COLUMN_PARTY] = waiver->party,
        [COLUMN_MPN] = waiver->mpn,
        [COLUMN_PRODUCT] = waiver->product,
        [COLUMN_REASON] = waiver->reason,
        [COLUMN_APPROVED] = waiver->approved_by,
        [COLUMN_RUN] = waiver->state,
        [COLUMN_TICKET] = waiver->ticket,
        [COLUMN_EVIDENCE] = waiver->evidence,
    };
    if (column == COLUMN_MEASURE)
        fill_rule(cell, waiver);
    else if (column == COLUMN_FINDINGS)
        cell->number = (uint32_t)waiver->findings;
    else
        strbuf_add(cell->text, str_from(texts[column]));
}

const struct audit_table audit_table_waivers = {
    .id = "waivers",
    .sheet = "Waivers",
    .about = "Accepted findings, as the newest run of each board lists them; "
             "their state at the end of the period.",
    .none = "No waivers were recorded: no finding is accepted.",
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .rows = rows,
    .fill = fill,
};
