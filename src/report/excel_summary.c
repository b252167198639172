#include "report/excel_sheets.h"

#include "core/date.h"
#include "core/lang.h"
#include "report/by_profile.h"
#include "report/excel_chart.h"
#include "report/excel_signatures.h"
#include "report/phrases.h"
#include "report/statements.h"

/* Column A holds labels and ids, B to I a number each or, taken together, a
   sentence. */
#define FIRST_WIDTH 30
#define NUMBER_WIDTH 12
#define LAST_COLUMN 8
#define TEXT_WIDTH (NUMBER_WIDTH * LAST_COLUMN)
#define PAGE_WIDTH (FIRST_WIDTH + TEXT_WIDTH)

/* More than that push the answer off the first page; Coverage has all. */
#define NOT_CHECKED_SHOWN 12
#define MEASURES_SHOWN 12
#define PROBLEMS_SHOWN 8

struct summary {
    struct excel_sheet *sheet;
    struct excel_book *book;
    const struct run_info *run;
    const struct run_totals *totals;
    const struct tally *tally;
};

static void blank_row(struct summary *s) { excel_next_row(s->sheet); }

static void wide(struct summary *s, struct str text, enum excel_style style) {
    excel_wide(s->sheet, 0, LAST_COLUMN, PAGE_WIDTH, text, style);
    excel_next_row(s->sheet);
}

static void heading(struct summary *s, const char *text) {
    blank_row(s);
    wide(s, str_from(text), EXCEL_HEADING);
}

static void pair(struct summary *s, const char *label, struct str text) {
    excel_text(s->sheet, 0, str_from(label), EXCEL_LABEL);
    excel_wide(s->sheet, 1, LAST_COLUMN, TEXT_WIDTH, text, EXCEL_SENTENCE);
    excel_next_row(s->sheet);
}

static void put_banner(struct summary *s) {
    const struct run_totals *totals = s->totals;
    if (totals->complete && totals->conclusive)
        return;
    struct strbuf *text = excel_start(s->book);
    strbuf_add_text(text, report_alarm(totals));
    for (size_t i = 0; i < totals->problem_count && i < PROBLEMS_SHOWN; i++)
        strbuf_printf(text, "\n- %s", totals->problems[i]);
    if (totals->problem_count > PROBLEMS_SHOWN)
        strbuf_printf(text, tr("\n- and %zu more, on the sheet Coverage"),
                      totals->problem_count - PROBLEMS_SHOWN);
    wide(s, strbuf_str(text), EXCEL_ALARM);
    blank_row(s);
}

static void put_pair(void *ctx, const char *label, struct str text) {
    pair(ctx, label, text);
}

static void put_declared(struct summary *s) {
    heading(s, tr("What was declared"));
    report_declarations(&s->book->text, s->run, s->totals, put_pair, s);
}

static void put_not_checked(struct summary *s) {
    const struct run_totals *totals = s->totals;
    heading(s, tr("What was not checked"));
    for (size_t i = 0; i < totals->not_checked_count && i < NOT_CHECKED_SHOWN;
         i++) {
        struct strbuf *text = excel_start(s->book);
        strbuf_printf(text, "- %s", totals->not_checked[i]);
        wide(s, strbuf_str(text), EXCEL_SENTENCE);
    }
    if (totals->not_checked_count > NOT_CHECKED_SHOWN) {
        size_t more = totals->not_checked_count - NOT_CHECKED_SHOWN;
        struct strbuf *text = excel_start(s->book);
        strbuf_printf(text,
                      tr_count("%s more point on the sheet Coverage.",
                               "%s more points on the sheet Coverage.", more),
                      shown_number(more).text);
        wide(s, strbuf_str(text), EXCEL_SENTENCE);
    }
    if (totals->skipped_count != 0) {
        struct strbuf *text = excel_start(s->book);
        strbuf_printf(
            text,
            tr_count("- %s file skipped; the sheet Coverage says why.",
                     "- %s files skipped; the sheet Coverage says why.",
                     totals->skipped_count),
            shown_number(totals->skipped_count).text);
        wide(s, strbuf_str(text), EXCEL_SENTENCE);
    }
    if (totals->not_checked_count + totals->skipped_count == 0)
        wide(s,
             str_from(tr("Only names and part numbers were compared; "
                         "foundry, contents and origin are not seen.")),
             EXCEL_SENTENCE);
}

/* Beyond so many a chart tells nobody anything. */
#define BUYERS_DRAWN 6

/* Several buyers' lines are never one number. */
static bool tells_buyers_apart(const struct summary *s) {
    return s->run->declared && s->run->profile_count > 1 &&
           s->run->profile_count <= BUYERS_DRAWN;
}

static void put_meanings(struct summary *s) {
    heading(s, tr("What the verdicts mean"));
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        excel_verdict(s->sheet, 0, (enum verdict)v);
        excel_wide(s->sheet, 1, LAST_COLUMN, TEXT_WIDTH,
                   str_from(phrase_verdict_meaning((enum verdict)v)),
                   EXCEL_TEXT);
        excel_next_row(s->sheet);
    }
}

static void put_verdicts(struct summary *s) {
    heading(s, tr("Lines by verdict, each once, by its worst"));
    excel_text(s->sheet, 0, str_from(tr("Verdict")), EXCEL_HEAD);
    excel_text(s->sheet, 1, str_from(tr("Lines")), EXCEL_HEAD_NUMBER);
    excel_wide(s->sheet, 2, LAST_COLUMN, TEXT_WIDTH - NUMBER_WIDTH,
               str_from(tr("What it means")), EXCEL_HEAD);
    excel_next_row(s->sheet);
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        excel_verdict(s->sheet, 0, (enum verdict)v);
        excel_number(s->sheet, 1, s->totals->all.verdicts[v], EXCEL_NUMBER);
        excel_wide(s->sheet, 2, LAST_COLUMN, TEXT_WIDTH - NUMBER_WIDTH,
                   str_from(phrase_verdict_meaning((enum verdict)v)),
                   EXCEL_TEXT);
        excel_next_row(s->sheet);
    }
    if (s->totals->all.waived == 0)
        return;
    excel_text(s->sheet, 0, str_from(tr("waived")), EXCEL_TEXT);
    excel_number(s->sheet, 1, s->totals->all.waived, EXCEL_NUMBER);
    excel_wide(s->sheet, 2, LAST_COLUMN, TEXT_WIDTH - NUMBER_WIDTH,
               str_from(tr("Beside these; see Waivers.")), EXCEL_TEXT);
    excel_next_row(s->sheet);
}

static void put_by_profile(struct summary *s) {
    const struct run_info *run = s->run;
    bool waived = by_profile_waived(run, s->totals);
    heading(s, by_profile_title(run));
    excel_text(s->sheet, 0, str_from(tr("Profile")), EXCEL_HEAD);
    for (unsigned v = 0; v < VERDICT_COUNT; v++)
        excel_text(s->sheet, v + 1, str_from(tr(verdict_name((enum verdict)v))),
                   EXCEL_HEAD_NUMBER);
    if (waived)
        excel_text(s->sheet, 1 + VERDICT_COUNT, str_from(tr("waived")),
                   EXCEL_HEAD_NUMBER);
    excel_next_row(s->sheet);
    size_t rows = 0;
    for (size_t i = 0; i < run->profile_count; i++) {
        const struct line_counts *counts = &s->totals->by_profile[i];
        if (!by_profile_shown(run, s->totals, i))
            continue;
        excel_text(s->sheet, 0,
                   rules_str(run->rules,
                             rules_profile(run->rules, run->profiles[i])->id),
                   EXCEL_TEXT);
        for (unsigned v = 0; v < VERDICT_COUNT; v++)
            excel_number(s->sheet, v + 1, counts->verdicts[v], EXCEL_NUMBER);
        if (waived)
            excel_number(s->sheet, 1 + VERDICT_COUNT, counts->waived,
                         EXCEL_NUMBER);
        excel_next_row(s->sheet);
        rows++;
    }
    if (rows == 0)
        wide(s,
             str_from(tr("Nothing is said of one profile that is not said "
                         "of every other.")),
             EXCEL_SENTENCE);
}

static uint32_t flagged_by(const struct summary *s, uint32_t measure) {
    return s->tally->counts[measure][TALLY_FLAGGED];
}

/* The measure with the most flagged lines among those not yet shown. */
static size_t next_measure(const struct summary *s, uint32_t below_count,
                           size_t below_index) {
    size_t best = SIZE_MAX;
    uint32_t best_count = 0;
    for (size_t i = 0; i < s->totals->measure_count; i++) {
        uint32_t count = flagged_by(s, s->totals->measures[i]);
        bool left =
            count < below_count || (count == below_count &&
                                    below_index != SIZE_MAX && i > below_index);
        if (left && count > best_count) {
            best = i;
            best_count = count;
        }
    }
    return best;
}

static uint32_t put_by_measure(struct summary *s) {
    uint32_t rows = 0, count = UINT32_MAX;
    size_t at = SIZE_MAX;
    while (rows < MEASURES_SHOWN &&
           (at = next_measure(s, count, at)) != SIZE_MAX) {
        uint32_t number = s->totals->measures[at];
        const struct rules_measure *measure =
            rules_measure(s->run->rules, number);
        if (rows++ == 0) {
            heading(s, tr("Lines to act on, by measure"));
            excel_text(s->sheet, 0, str_from(tr("Measure")), EXCEL_HEAD);
            excel_text(s->sheet, 1, str_from(tr("Lines")), EXCEL_HEAD_NUMBER);
            excel_wide(s->sheet, 2, LAST_COLUMN, TEXT_WIDTH - NUMBER_WIDTH,
                       str_from(tr("Title")), EXCEL_HEAD);
            excel_next_row(s->sheet);
        }
        count = flagged_by(s, number);
        excel_text(s->sheet, 0, rules_str(s->run->rules, measure->id),
                   EXCEL_TEXT);
        excel_number(s->sheet, 1, count, EXCEL_NUMBER);
        excel_wide(s->sheet, 2, LAST_COLUMN, TEXT_WIDTH - NUMBER_WIDTH,
                   str_from(phrase_measure(s->run->rules, number)), EXCEL_TEXT);
        excel_next_row(s->sheet);
    }
    return rows;
}

/* @param verdict_row  Of the table of verdicts, or of the buyers'. */
static void put_charts(struct summary *s, uint32_t verdict_row,
                       uint32_t measure_row, uint32_t measures) {
    blank_row(s);
    if (tells_buyers_apart(s))
        excel_chart_buyers(s->sheet, verdict_row,
                           (unsigned)s->run->profile_count, 0);
    else
        excel_chart_verdicts(s->sheet, verdict_row, 0);
    if (measures != 0)
        excel_chart_measures(s->sheet, measure_row, measures, 4);
    for (unsigned i = 0; i < EXCEL_CHART_ROWS; i++)
        blank_row(s);
}

static void put_rules(struct summary *s) {
    const struct ruleset *rules = s->run->rules;
    char day[DATE_TEXT_SIZE] = "";
    heading(s, tr("Rules"));
    pair(s, tr("Rule set"), str_from(ruleset_version(rules)));
    pair(s, "SHA-256", str_from(ruleset_sha256(rules)));
    if (ruleset_known_to(rules) != DATE_NONE)
        date_format(ruleset_known_to(rules), day);
    pair(s, tr("Newest source"), str_from(day));
    pair(s, tr("Sources last read"),
         str_from(report_last_read(s->run, s->totals)));
    struct strbuf *text = excel_start(s->book);
    strbuf_printf(
        text,
        tr_count("%s measure, with their sources on the sheet Measures",
                 "%s measures, with their sources on the sheet Measures",
                 s->totals->measure_count),
        shown_number(s->totals->measure_count).text);
    pair(s, tr("Measures asked"), strbuf_str(text));
    text = excel_start(s->book);
    strbuf_printf(text, tr("bomgate %s, which finds makers by the method %s"),
                  s->run->version, MAKER_METHOD);
    pair(s, tr("Program"), strbuf_str(text));
    text = excel_start(s->book);
    report_recorded(text, s->totals);
    if (text->len != 0)
        pair(s, tr("History"), strbuf_str(text));
}

static void put_signatures(struct summary *s) {
    heading(s, tr("Sign-off"));
    excel_signatures(s->sheet, LAST_COLUMN);
}

static void put_disclaimer(struct summary *s) {
    struct strbuf *text = excel_start(s->book);
    report_disclaimer(text, s->run, s->totals);
    blank_row(s);
    wide(s, strbuf_str(text), EXCEL_NOTE);
}

static void put_top(struct summary *s) {
    wide(s, str_from(report_title(s->run)), EXCEL_TITLE);
    if (s->run->company != NULL)
        wide(s, str_from(s->run->company), EXCEL_TEXT);
    put_banner(s);
    struct strbuf *text = excel_start(s->book);
    report_headline(text, s->run, s->totals, "\n");
    wide(s, strbuf_str(text), EXCEL_HEADLINE);
    text = excel_start(s->book);
    report_rule_change(text, s->run, s->totals);
    if (text->len != 0)
        wide(s, strbuf_str(text), EXCEL_TEXT);
    put_declared(s);
    put_not_checked(s);
}

void excel_summary_write(struct excel_sheet *sheet, const struct run_info *run,
                         const struct run_totals *totals,
                         const struct tally *tally, const char *footer) {
    if (sheet == NULL)
        return;
    struct summary s = {sheet, sheet->book, run, totals, tally};
    excel_note(s.book,
               worksheet_set_column(sheet->handle, 0, 0, FIRST_WIDTH, NULL));
    excel_note(s.book, worksheet_set_column(sheet->handle, 1, LAST_COLUMN,
                                            NUMBER_WIDTH, NULL));
    worksheet_gridlines(sheet->handle, LXW_HIDE_ALL_GRIDLINES);
    put_top(&s);
    put_by_profile(&s);
    uint32_t verdict_row = sheet->row - (uint32_t)run->profile_count;
    if (tells_buyers_apart(&s)) {
        put_meanings(&s);
    } else {
        put_verdicts(&s);
        verdict_row = sheet->row - VERDICT_COUNT - (totals->all.waived != 0);
    }
    uint32_t measures = put_by_measure(&s);
    put_charts(&s, verdict_row, sheet->row - measures, measures);
    put_rules(&s);
    put_signatures(&s);
    put_disclaimer(&s);
    excel_print_setup(sheet, EXCEL_PAGE_TEXT, UINT32_MAX, str_from(footer));
}
