#include "report/formats.h"

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/html_sections.h"
#include "report/spool.h"
#include "report/statements.h"

struct report {
    const struct run_info *run;
    struct html html;
    struct html_flagged flagged;
    struct todo todo;
    struct unknowns unknowns;
    struct contents_sums contents;
    struct tally tally;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    html_flagged_dispose(&report->flagged);
    todo_dispose(&report->todo);
    unknowns_dispose(&report->unknowns);
    contents_dispose(&report->contents);
    tally_dispose(&report->tally);
    scratch_dispose(&report->html.text);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->html.out = target->out;
    todo_init(&report->todo);
    unknowns_init(&report->unknowns);
    contents_init(&report->contents, HTML_CONTENTS_SHOWN);
    if (!tally_init(&report->tally, run->rules)) {
        free_report(report);
        return err_nomem(err);
    }
    *out = report;
    return true;
}

static bool check(const struct report *report, struct err *err) {
    if (ferror(report->html.out))
        return spool_error(err);
    bool ok = todo_ok(&report->todo) && unknowns_ok(&report->unknowns) &&
              contents_ok(&report->contents) && scratch_ok(&report->html.text);
    return ok ? true : err_nomem(err);
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    (void)bom;
    return check(report, err);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    tally_add(&report->tally, line);
    todo_line(&report->todo, report->run, line);
    unknowns_line(&report->unknowns, report->run, line);
    contents_line(&report->contents, report->run, line);
    if (!html_flagged_line(&report->flagged, &report->html, report->run, line,
                           err))
        return false;
    return check(report, err);
}

static bool skips_clear(const struct report *report) {
    (void)report;
    return true;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)totals;
    return check(report, err);
}

static void put_rules(struct html *html, const struct run_info *run,
                      const struct run_totals *totals) {
    html_raw(html, "<footer id=\"rules\">\n");
    struct strbuf *text = html_start(html);
    report_declared(text, run);
    strbuf_printf(text, tr(", SHA-256 %s; bomgate %s"),
                  ruleset_sha256(run->rules), run->version);
    html_element(html, "p", strbuf_str(text));
    text = html_start(html);
    report_recorded(text, totals);
    if (text->len != 0)
        html_element(html, "p", strbuf_str(text));
    text = html_start(html);
    report_disclaimer(text, run, totals);
    html_element(html, "p", strbuf_str(text));
    html_raw(html, "</footer>\n");
    html_page_end(html);
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct html *html = &report->html;
    html_page_begin(html, str_from(report_title(report->run)),
                    str_from(report->run->company));
    html_summary(html, report->run, totals);
    todo_sort(&report->todo);
    html_todo(html, &report->todo, totals);
    if (!html_flagged_put(&report->flagged, html, err))
        return false;
    html_measures(html, report->run, totals, &report->tally);
    html_waivers(html, totals);
    html_contents(html, report->run, totals, &report->contents);
    html_coverage(html, totals, &report->unknowns);
    put_rules(html, report->run, totals);
    return check(report, err) && spool_flush(html->out, err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_html = {
    .name = "html",
    .extension = ".html,.htm",
    .media_type = "text/html; charset=utf-8",
    .summary = N_("a page in one file, to read, print and send"),
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
