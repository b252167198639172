#include "report/audit_xlsx.h"

#include "report/audit_phrases.h"
#include "report/audit_table.h"
#include "report/excel_chart.h"
#include "report/excel_signatures.h"
#include "report/phrases.h"

/* Column A holds labels, B to I a number each or, taken together, a
   sentence. */
#define FIRST_WIDTH 30
#define NUMBER_WIDTH 12
#define LAST_COLUMN 8
#define TEXT_WIDTH (NUMBER_WIDTH * LAST_COLUMN)
#define PAGE_WIDTH (FIRST_WIDTH + TEXT_WIDTH)

/* Where a state's meaning begins, behind its numbers. */
#define MEANING_COLUMN 6
#define MEANING_WIDTH (NUMBER_WIDTH * (LAST_COLUMN + 1 - MEANING_COLUMN))

/* "Not checked again" takes two lines. */
#define HEAD_POINTS 30.0
/* More push the trend off the first page. */
#define MEASURES_SHOWN 6

struct summary {
    struct excel_sheet *sheet;
    struct excel_book *book;
    const struct audit_report *report;
    const struct audit *audit;
    struct scratch cell;
};

static void wide(struct summary *s, struct str text, enum excel_style style) {
    excel_wide(s->sheet, 0, LAST_COLUMN, PAGE_WIDTH, text, style);
    excel_next_row(s->sheet);
}

static void heading(struct summary *s, const char *text) {
    excel_next_row(s->sheet);
    wide(s, str_from(text), EXCEL_HEADING);
}

/* Nothing where there is nothing to say. */
static void pair(struct summary *s, const char *label, audit_say *words) {
    struct strbuf *text = excel_start(s->book);
    words(text, s->audit);
    if (text->len == 0)
        return;
    excel_text(s->sheet, 0, str_from(label), EXCEL_LABEL);
    excel_wide(s->sheet, 1, LAST_COLUMN, TEXT_WIDTH, strbuf_str(text),
               EXCEL_SENTENCE);
    excel_next_row(s->sheet);
}

static void put_top(struct summary *s) {
    struct strbuf *text = excel_start(s->book);
    audit_report_title(text, s->report);
    wide(s, strbuf_str(text), EXCEL_TITLE);
    if (s->report->company != NULL)
        wide(s, str_from(s->report->company), EXCEL_TEXT);
    if (audit_is_broken(s->audit)) {
        text = excel_start(s->book);
        audit_say_alarm(text, s->audit);
        wide(s, strbuf_str(text), EXCEL_ALARM);
        excel_next_row(s->sheet);
    }
    text = excel_start(s->book);
    audit_say_headline(text, s->audit);
    wide(s, strbuf_str(text), EXCEL_HEADLINE);
    heading(s, "What was checked");
    pair(s, "Period", audit_say_when);
    pair(s, "Against", audit_say_against);
    pair(s, "Only", audit_say_narrowed);
    pair(s, "Checked", audit_say_scope);
    pair(s, "Set apart", audit_say_apart);
}

static void put_counts(struct summary *s) {
    heading(s, "Findings");
    excel_text(s->sheet, 0, STR_LIT("What became of them"), EXCEL_HEAD);
    excel_text(s->sheet, 1, STR_LIT("All"), EXCEL_HEAD_NUMBER);
    for (unsigned v = 0; phrase_is_flagged((enum verdict)v); v++)
        excel_text(s->sheet, v + 2, str_from(verdict_name((enum verdict)v)),
                   EXCEL_HEAD_NUMBER);
    excel_wide(s->sheet, MEANING_COLUMN, LAST_COLUMN, MEANING_WIDTH,
               STR_LIT("What it means"), EXCEL_HEAD);
    excel_next_row(s->sheet);
    for (int i = 0; i < AUDIT_STATE_COUNT; i++) {
        enum audit_state state = (enum audit_state)i;
        struct strbuf *text = excel_start(s->book);
        strbuf_printf(text, "%s %s", audit_state_sign(state),
                      audit_state_title(state));
        excel_text(s->sheet, 0, strbuf_str(text), EXCEL_TEXT);
        excel_number(s->sheet, 1, audit_count(s->audit, state), EXCEL_NUMBER);
        for (unsigned v = 0; phrase_is_flagged((enum verdict)v); v++)
            excel_number(s->sheet, v + 2, s->audit->counts[i][v], EXCEL_NUMBER);
        excel_wide(s->sheet, MEANING_COLUMN, LAST_COLUMN, MEANING_WIDTH,
                   str_from(audit_state_meaning(state)), EXCEL_TEXT);
        excel_next_row(s->sheet);
    }
    pair(s, "New", audit_say_new);
    pair(s, "Resolved", audit_say_resolved);
}

static void put_measure(struct summary *s, const struct audit_group *group) {
    excel_text(s->sheet, 0,
               group->name[0] != '\0' ? str_from(group->name)
                                      : STR_LIT("maker not certain"),
               EXCEL_TEXT);
    for (unsigned i = 0; i < AUDIT_STATE_COUNT; i++) {
        uint32_t sum = 0;
        for (int v = 0; v < VERDICT_COUNT; v++)
            sum += group->counts[i][v];
        excel_number(s->sheet, i + 1, sum, EXCEL_NUMBER);
    }
    excel_wide(s->sheet, MEANING_COLUMN, LAST_COLUMN, MEANING_WIDTH,
               str_from(group->title), EXCEL_TEXT);
    excel_next_row(s->sheet);
}

/* Those by which most is new; the sheet By measure has all. */
static void put_measures(struct summary *s) {
    const struct audit_groups *groups = &s->audit->measures;
    if (groups->count == 0)
        return;
    heading(s, "By measure");
    excel_text(s->sheet, 0, STR_LIT("Measure"), EXCEL_HEAD);
    for (unsigned i = 0; i < AUDIT_STATE_COUNT; i++)
        excel_text(s->sheet, i + 1,
                   str_from(audit_state_title((enum audit_state)i)),
                   EXCEL_HEAD_NUMBER);
    excel_wide(s->sheet, MEANING_COLUMN, LAST_COLUMN, MEANING_WIDTH,
               STR_LIT("Title"), EXCEL_HEAD);
    excel_height(s->sheet, HEAD_POINTS);
    excel_next_row(s->sheet);
    for (size_t i = 0; i < groups->count && i < MEASURES_SHOWN; i++)
        put_measure(s, &groups->items[i]);
}

/* @return the first row of numbers. */
static uint32_t put_trend_table(struct summary *s) {
    const struct audit_table *table = &audit_table_trend;
    unsigned at = 0;
    for (unsigned i = 0; i < table->column_count; i++) {
        if (!table->columns[i].wide)
            excel_text(s->sheet, at++, str_from(table->columns[i].header),
                       i == 0 ? EXCEL_HEAD : EXCEL_HEAD_NUMBER);
    }
    excel_next_row(s->sheet);
    uint32_t first = s->sheet->row;
    for (size_t row = 0; row < table->rows(s->audit); row++) {
        at = 0;
        for (unsigned i = 0; i < table->column_count; i++) {
            struct audit_cell cell =
                audit_cell_of(table, s->audit, row, i, &s->cell);
            if (table->columns[i].wide)
                continue;
            if (table->columns[i].look == AUDIT_LOOK_NUMBER)
                excel_number(s->sheet, at++, cell.number, EXCEL_NUMBER);
            else
                excel_text(s->sheet, at++, strbuf_str(cell.text), EXCEL_TEXT);
        }
        excel_next_row(s->sheet);
    }
    return first;
}

static void put_trend(struct summary *s) {
    heading(s, "Trend");
    uint32_t first = put_trend_table(s);
    excel_next_row(s->sheet);
    excel_chart_trend(s->sheet, first, AUDIT_POINTS, 0);
    excel_chart_turnover(s->sheet, first, AUDIT_POINTS, 4);
    for (unsigned i = 0; i < EXCEL_CHART_ROWS; i++)
        excel_next_row(s->sheet);
}

static void put_end(struct summary *s) {
    heading(s, "Decisions, rules and evidence");
    pair(s, "Waivers", audit_say_waivers);
    pair(s, "Rules", audit_say_rules);
    pair(s, "Chain head", audit_say_head);
    pair(s, "Head before", audit_say_previous);
    heading(s, "Sign-off");
    excel_signatures(s->sheet, LAST_COLUMN);
    struct strbuf *text = excel_start(s->book);
    audit_say_disclaimer(text, s->audit);
    excel_next_row(s->sheet);
    wide(s, strbuf_str(text), EXCEL_NOTE);
}

void audit_xlsx_summary(struct excel_sheet *sheet,
                        const struct audit_report *report, const char *footer) {
    if (sheet == NULL)
        return;
    struct summary s = {.sheet = sheet,
                        .book = sheet->book,
                        .report = report,
                        .audit = report->audit};
    excel_note(s.book,
               worksheet_set_column(sheet->handle, 0, 0, FIRST_WIDTH, NULL));
    excel_note(s.book, worksheet_set_column(sheet->handle, 1, LAST_COLUMN,
                                            NUMBER_WIDTH, NULL));
    worksheet_gridlines(sheet->handle, LXW_HIDE_ALL_GRIDLINES);
    put_top(&s);
    put_counts(&s);
    put_measures(&s);
    put_trend(&s);
    put_end(&s);
    excel_print_setup(sheet, EXCEL_PAGE_TEXT, UINT32_MAX, str_from(footer));
    if (!scratch_ok(&s.cell))
        s.book->no_memory = true;
    scratch_dispose(&s.cell);
}
