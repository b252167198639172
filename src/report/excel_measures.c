#include "report/excel_sheets.h"

#include "core/lang.h"
#include "report/measure_told.h"
#include "report/phrases.h"

enum {
    COLUMN_ID,
    COLUMN_TITLE,
    COLUMN_AUTHORITY,
    COLUMN_CITATION,
    COLUMN_BINDS,
    COLUMN_FROM,
    COLUMN_KNOWN,
    COLUMN_SURE,
    COLUMN_FLAGGED,
    COLUMN_WAIVED,
    COLUMN_LISTED,
    COLUMN_BLIND,
    COLUMN_EXCEPTIONS,
    COLUMN_SOURCE,
    COLUMN_MORE_SOURCES,
};

static const struct excel_column columns[] = {
    [COLUMN_ID] = {N_("Measure"), 14, 26, EXCEL_TEXT},
    [COLUMN_TITLE] = {N_("Title"), 20, 34, EXCEL_TEXT},
    [COLUMN_AUTHORITY] = {N_("Authority"), 12, 24, EXCEL_TEXT},
    [COLUMN_CITATION] = {N_("Citation"), 12, 28, EXCEL_TEXT},
    [COLUMN_BINDS] = {N_("Binds"), 12, 26, EXCEL_TEXT},
    [COLUMN_FROM] = {N_("In force from"), 12, 14, EXCEL_TEXT},
    [COLUMN_KNOWN] = {N_("Known to"), 11, 12, EXCEL_TEXT},
    [COLUMN_SURE] = {N_("Text"), 12, 16, EXCEL_TEXT},
    [COLUMN_FLAGGED] = {N_("Lines to act on"), 11, 12, EXCEL_NUMBER},
    [COLUMN_WAIVED] = {N_("Lines waived"), 11, 12, EXCEL_NUMBER},
    [COLUMN_LISTED] = {N_("Lines listed only"), 13, 14, EXCEL_NUMBER},
    [COLUMN_BLIND] = {N_("Not seen by it"), 12, 30, EXCEL_TEXT},
    [COLUMN_EXCEPTIONS] = {N_("Exceptions"), 12, 44, EXCEL_TEXT},
    [COLUMN_SOURCE] = {N_("Source"), 16, 40, EXCEL_LINK},
    [COLUMN_MORE_SOURCES] = {N_("More sources"), 16, 40, EXCEL_TEXT},
};

void excel_measures_begin(struct excel_table *table, struct excel_book *book,
                          const char *footer) {
    excel_table_begin(table, book, N_("Measures"), columns, ARRAY_LEN(columns),
                      footer);
}

static void put_identity(struct excel_table *table, const struct ruleset *rules,
                         const struct rules_measure *measure) {
    excel_table_text(table, COLUMN_ID, rules_str(rules, measure->id));
    struct strbuf *text = excel_start(table->book);
    measure_title(text, rules, measure, "\n");
    excel_table_text(table, COLUMN_TITLE, strbuf_str(text));
    excel_table_text(table, COLUMN_AUTHORITY,
                     rules_str(rules, measure->authority));
    excel_table_text(table, COLUMN_CITATION,
                     rules_str(rules, measure->citation));
    text = excel_start(table->book);
    measure_binds(text, rules, measure, "\n");
    excel_table_text(table, COLUMN_BINDS, strbuf_str(text));
    text = excel_start(table->book);
    measure_from(text, rules, measure);
    excel_table_text(table, COLUMN_FROM, strbuf_str(text));
}

static void put_limits(struct excel_table *table, const struct ruleset *rules,
                       const struct rules_measure *measure) {
    struct strbuf *text = excel_start(table->book);
    phrase_span(text, measure->known_to);
    excel_table_text(table, COLUMN_KNOWN, strbuf_str(text));
    text = excel_start(table->book);
    measure_sure(text, measure);
    excel_table_text(table, COLUMN_SURE, strbuf_str(text));
    text = excel_start(table->book);
    measure_blind(text, rules, measure);
    excel_table_text(table, COLUMN_BLIND, strbuf_str(text));
    excel_table_text(table, COLUMN_EXCEPTIONS,
                     str_from(tr(rules_text(rules, measure->exceptions))));
}

/* A cell holds one link: the first source; the others stand beside it. */
static void put_sources(struct excel_table *table, const struct ruleset *rules,
                        struct rules_run sources) {
    struct strbuf *text = excel_start(table->book);
    for (uint32_t i = 1; i < sources.count; i++) {
        const struct rules_source *source =
            rules_source(rules, sources.first + i);
        strbuf_printf(text, "%s%s", i == 1 ? "" : "\n",
                      rules_text(rules, source->url));
    }
    excel_table_text(table, COLUMN_MORE_SOURCES, strbuf_str(text));
    if (sources.count == 0) {
        excel_table_text(table, COLUMN_SOURCE, STR_EMPTY);
        return;
    }
    const struct rules_source *source = rules_source(rules, sources.first);
    excel_link(table->sheet, COLUMN_SOURCE, rules_text(rules, source->url),
               rules_str(rules, source->title));
    table->widths[COLUMN_SOURCE] = columns[COLUMN_SOURCE].max;
}

void excel_measures_end(struct excel_table *table, const struct run_info *run,
                        const struct run_totals *totals,
                        const struct tally *tally) {
    for (size_t i = 0; i < totals->measure_count; i++) {
        uint32_t number = totals->measures[i];
        const struct rules_measure *measure = rules_measure(run->rules, number);
        excel_table_row(table);
        put_identity(table, run->rules, measure);
        const uint32_t *counts = tally->counts[number];
        excel_table_number(table, COLUMN_FLAGGED, counts[TALLY_FLAGGED]);
        excel_table_number(table, COLUMN_WAIVED, counts[TALLY_WAIVED]);
        excel_table_number(table, COLUMN_LISTED, counts[TALLY_LISTED]);
        put_limits(table, run->rules, measure);
        put_sources(table, run->rules, measure->sources);
    }
    if (totals->measure_count == 0)
        excel_table_note(table, str_from(tr("No measure was asked.")));
    excel_table_end(table);
}
