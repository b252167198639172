#include "report/excel_sheets.h"

#include "core/date.h"
#include "core/lang.h"
#include "report/phrases.h"

enum {
    COLUMN_STATE,
    COLUMN_KIND,
    COLUMN_MEASURE,
    COLUMN_PARTY,
    COLUMN_MPN,
    COLUMN_PRODUCT,
    COLUMN_REASON,
    COLUMN_APPROVED,
    COLUMN_EXPIRES,
    COLUMN_DAYS,
    COLUMN_TICKET,
    COLUMN_EVIDENCE,
    COLUMN_WHERE,
};

static const struct excel_column columns[] = {
    [COLUMN_STATE] = {N_("State"), 10, 12, EXCEL_TEXT},
    [COLUMN_KIND] = {N_("Kind"), 10, 16, EXCEL_TEXT},
    [COLUMN_MEASURE] = {N_("Measure, clause"), 14, 26, EXCEL_TEXT},
    [COLUMN_PARTY] = {N_("Company"), 12, 24, EXCEL_TEXT},
    [COLUMN_MPN] = {N_("Part number"), 12, 24, EXCEL_TEXT},
    [COLUMN_PRODUCT] = {N_("Product"), 10, 24, EXCEL_TEXT},
    [COLUMN_REASON] = {N_("Reason"), 16, 44, EXCEL_TEXT},
    [COLUMN_APPROVED] = {N_("Approved by"), 12, 20, EXCEL_TEXT},
    [COLUMN_EXPIRES] = {N_("Last day"), 11, 12, EXCEL_TEXT},
    [COLUMN_DAYS] = {N_("Days left"), 10, 11, EXCEL_RIGHT},
    [COLUMN_TICKET] = {N_("Ticket"), 8, 18, EXCEL_TEXT},
    [COLUMN_EVIDENCE] = {N_("Evidence"), 10, 30, EXCEL_TEXT},
    [COLUMN_WHERE] = {N_("Written in"), 12, 30, EXCEL_TEXT},
};

void excel_waivers_begin(struct excel_table *table, struct excel_book *book,
                         const char *footer) {
    excel_table_begin(table, book, N_("Waivers"), columns, ARRAY_LEN(columns),
                      footer);
}

static void put_dates(struct excel_table *table, const struct run_info *run,
                      const struct waiver *waiver) {
    char day[DATE_TEXT_SIZE];
    date_format(waiver->expires, day);
    excel_table_text(table, COLUMN_EXPIRES, str_from(day));
    struct strbuf *text = excel_start(table->book);
    strbuf_printf(text, "%ld", (long)waiver->expires - (long)run->as_of);
    excel_table_text(table, COLUMN_DAYS, strbuf_str(text));
}

static void put_waiver(struct excel_table *table, const struct run_info *run,
                       const struct waiver *waiver) {
    const struct ruleset *rules = run->rules;
    const char *party = waiver->party;
    excel_table_row(table);
    excel_table_text(table, COLUMN_STATE,
                     str_from(tr(waiver_state_name(waiver->state))));
    excel_table_text(table, COLUMN_KIND, str_from(tr(waiver->kind)));
    struct strbuf *text = excel_start(table->book);
    strbuf_printf(text, "%s%s", waiver->measure,
                  waiver->clause != NULL ? ", " : "");
    strbuf_add(text, str_from(waiver->clause));
    excel_table_text(table, COLUMN_MEASURE, strbuf_str(text));
    if (party != NULL)
        party = phrase_party(rules, rules_find_party(rules, str_from(party)));
    excel_table_text(table, COLUMN_PARTY, str_from(party));
    excel_table_text(table, COLUMN_MPN, str_from(waiver->mpn));
    excel_table_text(table, COLUMN_PRODUCT, str_from(waiver->product));
    excel_table_text(table, COLUMN_REASON, str_from(waiver->reason));
    excel_table_text(table, COLUMN_APPROVED, str_from(waiver->approved_by));
    put_dates(table, run, waiver);
    excel_table_text(table, COLUMN_TICKET, str_from(waiver->ticket));
    excel_table_text(table, COLUMN_EVIDENCE, str_from(waiver->evidence));
    text = excel_start(table->book);
    strbuf_printf(text, tr("%s, line %u"), waiver->path,
                  (unsigned)waiver->line);
    excel_table_text(table, COLUMN_WHERE, strbuf_str(text));
}

void excel_waivers_end(struct excel_table *table, const struct run_info *run,
                       const struct run_totals *totals) {
    for (size_t i = 0; i < totals->waiver_count && excel_writable(table->sheet);
         i++)
        put_waiver(table, run, &totals->waivers[i]);
    if (totals->waiver_count == 0)
        excel_table_note(table,
                         str_from(tr("No waivers were read: no finding is "
                                     "accepted.")));
    excel_table_end(table);
}
