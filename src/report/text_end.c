#include "report/text_end.h"

#include "core/lang.h"
#include "report/by_profile.h"
#include "report/phrases.h"
#include "report/statements.h"

#define PROFILE_WIDTH 30
#define PROFILE_WIDTH_MIN 15
#define COUNT_WIDTH 11
#define COUNT_COLUMNS 4 /* prohibited to review */

static void put_list(struct text_page *page, const char *const *items,
                     size_t count) {
    for (size_t i = 0; i < count && i < TEXT_LIST_SHOWN; i++)
        text_paragraph(page, "  - ", 4, str_from(items[i]));
    if (count > TEXT_LIST_SHOWN) {
        struct strbuf *text = text_start(page);
        strbuf_printf(text,
                      tr("%zu more; the JSON and Excel reports list them "
                         "all"),
                      count - TEXT_LIST_SHOWN);
        text_paragraph(page, "  - ", 4, strbuf_str(text));
    }
}

void text_problems(struct text_page *page, const struct run_totals *totals) {
    if (totals->complete && totals->conclusive)
        return;
    text_heading(page, str_from(report_alarm(totals)));
    put_list(page, totals->problems, totals->problem_count);
    text_end_line(page);
}

void text_declared(struct text_page *page, const struct run_info *run) {
    struct strbuf *text = text_start(page);
    report_declared(text, run);
    text_paragraph(page, "", 0, strbuf_str(text));
}

void text_rule_change(struct text_page *page, const struct run_info *run,
                      const struct run_totals *totals) {
    struct strbuf *text = text_start(page);
    report_rule_change(text, run, totals);
    if (text->len != 0)
        text_paragraph(page, "", 0, strbuf_str(text));
}

void text_recorded(struct text_page *page, const struct run_totals *totals) {
    struct strbuf *text = text_start(page);
    report_recorded(text, totals);
    if (text->len != 0)
        text_paragraph(page, "", 0, strbuf_str(text));
}

/* The table's columns. */
struct profile_table {
    size_t width; /* of the first */
    bool waived;
};

static size_t room_beside(const struct text_page *page, size_t counts) {
    return page->columns - counts * COUNT_WIDTH - 1;
}

static struct profile_table profile_table_of(const struct text_page *page,
                                             const struct run_info *run,
                                             const struct run_totals *totals) {
    struct profile_table table = {
        .waived = by_profile_waived(run, totals) &&
                  room_beside(page, COUNT_COLUMNS + 1) >= PROFILE_WIDTH_MIN};
    size_t room = room_beside(page, COUNT_COLUMNS + (size_t)table.waived);
    table.width = room < PROFILE_WIDTH ? room : PROFILE_WIDTH;
    return table;
}

static void put_count(struct text_page *page, uint32_t count) {
    struct strbuf *text = text_start(page);
    phrase_number(text, count);
    text_right(page, strbuf_str(text), COUNT_WIDTH);
}

static void put_profile_head(struct text_page *page,
                             const struct profile_table *table) {
    text_cell(page, str_from(tr("Lines by profile")), table->width);
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        text_right(page, str_from(tr(verdict_name(v))), COUNT_WIDTH);
    if (table->waived)
        text_right(page, str_from(tr("waived")), COUNT_WIDTH);
    text_end_line(page);
}

static void put_profile(struct text_page *page,
                        const struct profile_table *table, struct str id,
                        const struct line_counts *counts) {
    text_cell(page, id, table->width);
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        put_count(page, counts->verdicts[v]);
    if (table->waived)
        put_count(page, counts->waived);
    text_end_line(page);
}

void text_profile_table(struct text_page *page, const struct run_info *run,
                        const struct run_totals *totals) {
    const struct ruleset *rules = run->rules;
    struct profile_table table = profile_table_of(page, run, totals);
    bool headed = false;
    if (run->profile_count == 1) /* the summary says the same */
        return;
    for (size_t i = 0; i < run->profile_count; i++) {
        if (!by_profile_shown(run, totals, i))
            continue;
        if (!headed)
            put_profile_head(page, &table);
        headed = true;
        put_profile(
            page, &table,
            rules_str(rules, rules_profile(rules, run->profiles[i])->id),
            &totals->by_profile[i]);
    }
    if (headed)
        text_end_line(page);
}

void text_not_checked(struct text_page *page, const struct run_totals *totals) {
    if (totals->not_checked_count + totals->skipped_count == 0)
        return;
    text_heading(page, str_from(tr("Not checked")));
    put_list(page, totals->not_checked, totals->not_checked_count);
    text_skipped(page, totals);
    text_end_line(page);
}

/* A list on the page, one after the other. */
struct listed {
    struct text_page *page;
    bool any;
};

static void put_contents(void *ctx, const char *title, struct str sentence) {
    struct listed *listed = ctx;
    if (title != NULL && listed->any)
        text_end_line(listed->page);
    if (title != NULL)
        text_heading(listed->page, str_from(title));
    text_paragraph(listed->page, "  - ", 4, sentence);
    listed->any = true;
}

void text_contents(struct text_page *page, const struct run_info *run,
                   struct contents_sums *sums, bool with_bom) {
    struct listed listed = {.page = page};
    contents_tell(sums, run, with_bom, put_contents, &listed);
    if (listed.any)
        text_end_line(page);
}

void text_skipped(struct text_page *page, const struct run_totals *totals) {
    for (size_t i = 0; i < totals->skipped_count; i++) {
        struct strbuf *text = text_start(page);
        strbuf_printf(text, tr("%s: %s"), totals->skipped[i].path,
                      totals->skipped[i].why);
        text_paragraph(page, "  - ", 4, strbuf_str(text));
    }
}

void text_summary(struct text_page *page, const struct run_totals *totals) {
    struct strbuf counts = {.ptr = NULL}, lines = {.ptr = NULL};
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        phrase_comma(&counts, v);
        strbuf_printf(&counts,
                      v == VERDICT_CLEAR ? tr_in("count", "%s with %s")
                                         : tr_in("count", "%s %s"),
                      shown_number(totals->all.verdicts[v]).text,
                      phrase_verdict((enum verdict)v));
    }
    if (totals->all.waived != 0) {
        phrase_comma(&counts, 1);
        strbuf_printf(&counts, tr_in("count", "%s %s"),
                      shown_number(totals->all.waived).text, tr("waived"));
    }
    phrase_lines(&lines, totals->lines);
    struct strbuf *text = text_start(page);
    strbuf_printf(text, tr("%s, of %s"), phrase_text(&counts),
                  phrase_text(&lines));
    phrase_end(text, &counts);
    phrase_end(text, &lines);
    text_paragraph(page, "", 0, strbuf_str(text));
}

void text_waiver_form(struct text_page *page, struct str form) {
    struct str line;
    if (form.len == 0)
        return;
    text_end_line(page);
    text_paragraph(page, "", 0,
                   str_from(tr("To accept a finding for a time, fill this in "
                               "and add it to .bomgate-waivers.yaml, or use "
                               "`bomgate waive`:")));
    while (str_split(&form, '\n', &line)) {
        bool inner = str_starts(line, STR_LIT("  "));
        if (line.len != 0)
            text_paragraph(page, inner ? "  " : "", inner ? 2 : 0,
                           str_trim(line));
    }
}
