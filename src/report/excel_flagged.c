#include "report/excel_sheets.h"

#include "core/lang.h"
#include "report/instead.h"
#include "report/phrases.h"
#include "report/rolled.h"

enum {
    COLUMN_BOM,
    COLUMN_LINE,
    COLUMN_REFDES,
    COLUMN_QUANTITY,
    COLUMN_WRITTEN,
    COLUMN_MAKER,
    COLUMN_MPN,
    COLUMN_CATEGORY,
    COLUMN_VERDICT,
    COLUMN_PROFILE,
    COLUMN_MEASURE,
    COLUMN_FROM,
    COLUMN_DECISION,
    COLUMN_WHY,
    COLUMN_INSTEAD,
    COLUMN_NOT_INSTEAD,
};

static const struct excel_column columns[] = {
    [COLUMN_BOM] = {N_("BOM"), 10, 20, EXCEL_TEXT},
    [COLUMN_LINE] = {N_("Line"), 8, 9, EXCEL_NUMBER},
    [COLUMN_REFDES] = {N_("Refdes"), 10, 14, EXCEL_TEXT},
    [COLUMN_QUANTITY] = {N_("Qty"), 7, 9, EXCEL_RIGHT},
    [COLUMN_WRITTEN] = {N_("Maker as written"), 12, 18, EXCEL_TEXT},
    [COLUMN_MAKER] = {N_("Maker"), 12, 22, EXCEL_TEXT},
    [COLUMN_MPN] = {N_("Part number"), 14, 24, EXCEL_TEXT},
    [COLUMN_CATEGORY] = {N_("Category"), 12, 16, EXCEL_TEXT},
    [COLUMN_VERDICT] = {N_("Verdict"), 12, 13, EXCEL_TEXT},
    [COLUMN_PROFILE] = {N_("Profile"), 12, 18, EXCEL_TEXT},
    [COLUMN_MEASURE] = {N_("Measure, clause"), 12, 20, EXCEL_TEXT},
    [COLUMN_FROM] = {N_("From"), 11, 12, EXCEL_TEXT},
    [COLUMN_DECISION] = {N_("Decided"), 10, 26, EXCEL_TEXT},
    [COLUMN_WHY] = {N_("Why"), 24, 48, EXCEL_TEXT},
    [COLUMN_INSTEAD] = {N_("Best alternatives"), 20, 38, EXCEL_TEXT},
    [COLUMN_NOT_INSTEAD] = {N_("Not an alternative"), 20, 34, EXCEL_TEXT},
};

/* Part numbers, as many as a person reads in a cell. */
#define ALTERNATIVES_SHOWN 4

void excel_flagged_begin(struct excel_table *table, struct excel_book *book,
                         const char *footer) {
    excel_table_begin(table, book, N_("Flagged"), columns, ARRAY_LEN(columns),
                      footer);
}

static void put_part(struct excel_table *table, const struct run_info *run,
                     const struct report_line *line,
                     const struct finding *finding) {
    struct excel_book *book = table->book;
    const struct bom_part *part = finding->part;
    excel_table_text(table, COLUMN_BOM, str_from(line->bom->path));
    excel_table_number(table, COLUMN_LINE, part->line);
    excel_table_text(table, COLUMN_REFDES, line->line->refdes);
    struct strbuf *text = excel_start(book);
    if (report_rolled(text, line))
        excel_table_text(table, COLUMN_QUANTITY, strbuf_str(text));
    else
        excel_table_text(table, COLUMN_QUANTITY, line->line->quantity);
    excel_table_text(table, COLUMN_WRITTEN, part->manufacturer);
    text = excel_start(book);
    phrase_maker(text, run->rules, finding->maker, finding->owner);
    excel_table_text(table, COLUMN_MAKER, strbuf_str(text));
    excel_table_text(table, COLUMN_MPN, part->mpn);
    excel_table_text(
        table, COLUMN_CATEGORY,
        str_from(phrase_kind(run->rules, finding->maker->facts.category)));
}

static void put_rule(struct excel_table *table, const struct run_info *run,
                     const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    const struct ruleset *rules = run->rules;
    struct str profile = str_from(tr_in("profile", "any"));
    if (hit != NULL && hit->profile != RULES_NONE)
        profile = rules_str(rules, rules_profile(rules, hit->profile)->id);
    excel_table_verdict(table, COLUMN_VERDICT, finding->verdict);
    excel_table_text(table, COLUMN_PROFILE, profile);
    struct strbuf *text = excel_start(table->book);
    if (hit != NULL && hit->measure != RULES_NONE)
        phrase_clause(text, rules, hit);
    excel_table_text(table, COLUMN_MEASURE, strbuf_str(text));
    text = excel_start(table->book);
    if (hit != NULL)
        phrase_span(text, hit->from);
    excel_table_text(table, COLUMN_FROM, strbuf_str(text));
    text = excel_start(table->book);
    phrase_decision(text, finding);
    excel_table_text(table, COLUMN_DECISION, strbuf_str(text));
    text = excel_start(table->book);
    report_why(text, run, finding);
    excel_table_text(table, COLUMN_WHY, strbuf_str(text));
}

static void put_alternatives(struct excel_table *table,
                             const struct run_info *run,
                             const struct alternatives *found) {
    struct strbuf *text = excel_start(table->book);
    if (found != NULL)
        report_instead(text, run, found, ALTERNATIVES_SHOWN, "\n");
    excel_table_text(table, COLUMN_INSTEAD, strbuf_str(text));
    text = excel_start(table->book);
    size_t count = found == NULL ? 0 : found->excluded_count;
    for (size_t i = 0; i < count && i < ALTERNATIVES_SHOWN; i++) {
        strbuf_add_text(text, i == 0 ? "" : "\n");
        phrase_excluded(text, run, &found->excluded[i]);
    }
    excel_table_text(table, COLUMN_NOT_INSTEAD, strbuf_str(text));
}

void excel_flagged_line(struct excel_table *table, const struct run_info *run,
                        const struct report_line *line) {
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (!phrase_is_flagged(finding->verdict))
            continue;
        excel_table_row(table);
        put_part(table, run, line, finding);
        put_rule(table, run, finding);
        put_alternatives(table, run, finding->alternatives);
    }
}

void excel_flagged_end(struct excel_table *table) {
    if (table->rows == 0)
        excel_table_note(table,
                         str_from(tr("No line was flagged. This is no "
                                     "certificate: the sheet Summary says what "
                                     "was compared, and what was not.")));
    excel_table_end(table);
}
