#include "report/formats.h"

#include "core/lang.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "report/waiver_form.h"
#include "report/spool.h"
#include "report/text_end.h"
#include "report/text_layout.h"
#include "report/text_lines.h"
#include "report/text_sums.h"

struct report {
    const struct run_info *run;
    FILE *out;
    bool summary_only;
    /* Why the run is INCOMPLETE comes first and is known last: the table of
       lines waits in a spool, which is what the page writes to until then. */
    struct text_page page;
    FILE *spool;
    struct text_table table;
    const char *bom; /* whose heading is still to be written, or NULL */
    bool table_open; /* this BOM's table has its header */
    struct text_sums sums;
    struct contents_sums contents;
    struct strbuf form;   /* the waiver for the worst that stops the run */
    enum verdict form_of; /* how bad that is */
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    if (report->spool != NULL)
        fclose(report->spool);
    text_page_dispose(&report->page);
    text_table_dispose(&report->table);
    text_sums_dispose(&report->sums);
    contents_dispose(&report->contents);
    strbuf_dispose(&report->form);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    size_t columns = target->columns == 0 ? TEXT_COLUMNS : target->columns;
    report->run = run;
    report->out = target->out;
    report->summary_only = target->summary_only;
    report->page.color = target->color;
    report->page.columns =
        columns < TEXT_COLUMNS_MIN ? TEXT_COLUMNS_MIN : columns;
    report->table = text_table_for(report->page.columns);
    text_sums_init(&report->sums);
    contents_init(&report->contents, TEXT_LIST_SHOWN);
    if (!spool_open(&report->spool, err)) {
        free_report(report);
        return false;
    }
    report->page.out = report->spool;
    *out = report;
    return true;
}

static bool check(const struct report *report, struct err *err) {
    if (ferror(report->page.out))
        return spool_error(err);
    if (!text_page_ok(&report->page) || !text_sums_ok(&report->sums) ||
        !contents_ok(&report->contents) || !scratch_ok(&report->table.block) ||
        report->form.failed)
        return err_nomem(err);
    return true;
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    report->bom = bom->path;
    report->table_open = false;
    return check(report, err);
}

static void need_heading(struct report *report) {
    if (report->bom != NULL)
        text_heading(&report->page, str_from(report->bom));
    report->bom = NULL;
}

/* How to accept the worst of what stops the run. */
static void keep_form(struct report *report, const struct report_line *line) {
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->waiver != NULL || finding->known ||
            finding->verdict > report->run->fail_on ||
            (report->form.len != 0 && finding->verdict >= report->form_of))
            continue;
        strbuf_clear(&report->form);
        report_waiver_form(&report->form, report->run, line->bom, finding);
        report->form_of = finding->verdict;
    }
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    if (report->summary_only)
        return true;
    text_sums_add(&report->sums, report->run, line);
    contents_line(&report->contents, report->run, line);
    keep_form(report, line);
    bool flagged = text_line_is_flagged(line);
    if (flagged || report->run->all_lines) {
        need_heading(report);
        if (!report->table_open)
            text_table_head(&report->page, &report->table);
        report->table_open = true;
        if (flagged)
            text_table_line(&report->page, &report->table, report->run, line);
        else
            text_table_plain(&report->page, &report->table, line);
    }
    return check(report, err);
}

/* How the file was read; nothing for one that was not. */
static void put_columns(struct report *report, const struct bom_info *info) {
    if (report->summary_only || info->column_count == 0)
        return;
    need_heading(report);
    struct strbuf *text = text_start(&report->page);
    strbuf_printf(text, tr("Read as %s, %s; "), info->format, info->encoding);
    phrase_columns(text, info, tr("; "));
    text_paragraph(&report->page, "  ", 2, strbuf_str(text));
    text_end_line(&report->page);
}

static bool skips_clear(const struct report *report) {
    return !report->run->all_lines;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    if (report->table_open)
        text_end_line(&report->page);
    put_columns(report, &totals->info);
    if (report->sums.unknown_lines != 0)
        need_heading(report);
    text_sums_unknown(&report->page, &report->sums);
    return check(report, err);
}

static bool write_answer(struct report *report, const struct run_totals *totals,
                         struct err *err) {
    struct text_page *page = &report->page;
    text_declared(page, report->run);
    if (!report->summary_only) {
        text_end_line(page);
        if (!spool_copy(report->spool, report->out, err))
            return false;
        text_sums_scope(page, &report->sums, totals->bom_count > 1);
        text_contents(page, report->run, &report->contents,
                      totals->bom_count > 1);
        text_profile_table(page, report->run, totals);
        text_not_checked(page, totals);
    }
    text_summary(page, totals);
    text_recorded(page, totals);
    if (!report->summary_only)
        text_waiver_form(page, strbuf_str(&report->form));
    return true;
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct text_page *page = &report->page;
    page->out = report->out;
    text_problems(page, totals);
    struct strbuf *text = text_start(page);
    report_headline(text, report->run, totals, NULL);
    text_heading(page, strbuf_str(text));
    text_rule_change(page, report->run, totals);
    /* Where nothing was read there is nothing more to say than why. */
    if (totals->lines == 0)
        text_skipped(page, totals);
    else if (!write_answer(report, totals, err))
        return false;
    if (fflush(report->out) != 0 || ferror(report->out))
        return spool_error(err);
    return check(report, err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_text = {
    .name = "text",
    .extension = ".txt",
    .media_type = "text/plain; charset=utf-8",
    .summary = N_("a table for people"),
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
