#include "report/formats.h"

#include "core/date.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/excel_sheets.h"
#include "report/spool.h"

struct report {
    const struct run_info *run;
    FILE *out; /* gets the finished file, unless it was written by name */
    struct excel_book book;
    struct strbuf footer;
    struct excel_sheet *summary;
    struct excel_table flagged;
    struct excel_todo todo;
    struct excel_suppliers suppliers;
    struct excel_lines lines;
    struct excel_table measures, waivers;
    struct excel_coverage coverage;
    struct tally tally;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    excel_book_dispose(&report->book);
    excel_todo_dispose(&report->todo);
    excel_suppliers_dispose(&report->suppliers);
    excel_coverage_dispose(&report->coverage);
    tally_dispose(&report->tally);
    strbuf_dispose(&report->footer);
    mem_free(report);
}

static bool make_footer(struct report *report, struct err *err) {
    char day[DATE_TEXT_SIZE];
    date_format(report->run->as_of, day);
    strbuf_printf(&report->footer, tr("bomgate %s, rules %s, as of %s"),
                  report->run->version, ruleset_version(report->run->rules),
                  day);
    return report->footer.failed ? err_nomem(err) : true;
}

static bool open_book(struct report *report, const char *path,
                      struct err *err) {
    const struct run_info *run = report->run;
    struct strbuf comments = {.ptr = NULL};
    strbuf_printf(&comments, tr("Written by bomgate %s with the rules %s."),
                  run->version, ruleset_version(run->rules));
    struct excel_properties properties = {
        .title = report_title(run),
        .company = run->company,
        .comments = comments.ptr,
        .day = run->as_of,
    };
    bool ok = comments.failed
                  ? err_nomem(err)
                  : excel_book_open(&report->book, path, &properties, err);
    strbuf_dispose(&comments);
    return ok;
}

/* The order in which they stand in the book. */
static void begin_sheets(struct report *report) {
    struct excel_book *book = &report->book;
    const char *footer = report->footer.ptr;
    report->summary = excel_sheet_add(book, tr("Summary"), NULL);
    excel_flagged_begin(&report->flagged, book, footer);
    excel_todo_begin(&report->todo, book, footer);
    excel_suppliers_begin(&report->suppliers, book, footer);
    excel_lines_begin(&report->lines, book, footer);
    excel_measures_begin(&report->measures, book, footer);
    excel_waivers_begin(&report->waivers, book, footer);
    excel_coverage_begin(&report->coverage, book);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->out = target->path == NULL ? target->out : NULL;
    bool ok = make_footer(report, err) && open_book(report, target->path, err);
    if (ok && !tally_init(&report->tally, run->rules))
        ok = err_nomem(err);
    if (ok) {
        begin_sheets(report);
        ok = excel_book_ok(&report->book, err);
    }
    if (!ok) {
        free_report(report);
        return false;
    }
    *out = report;
    return true;
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    (void)bom;
    return excel_book_ok(&report->book, err);
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    tally_add(&report->tally, line);
    excel_flagged_line(&report->flagged, report->run, line);
    excel_todo_line(&report->todo, report->run, line);
    excel_suppliers_line(&report->suppliers, report->run, line);
    excel_lines_line(&report->lines, report->run, line);
    excel_coverage_line(&report->coverage, report->run, line);
    return excel_book_ok(&report->book, err);
}

static bool skips_clear(const struct report *report) {
    return excel_lines_skip_clear(&report->lines, report->run);
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)totals;
    return excel_book_ok(&report->book, err);
}

static void end_sheets(struct report *report, const struct run_totals *totals) {
    const char *footer = report->footer.ptr;
    excel_summary_write(report->summary, report->run, totals, &report->tally,
                        footer);
    excel_flagged_end(&report->flagged);
    excel_todo_end(&report->todo, totals);
    excel_suppliers_end(&report->suppliers, report->run, totals);
    excel_lines_end(&report->lines);
    excel_measures_end(&report->measures, report->run, totals, &report->tally);
    excel_waivers_end(&report->waivers, report->run, totals);
    excel_coverage_end(&report->coverage, report->run, totals, footer);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    end_sheets(report, totals);
    bool ok = excel_book_close(&report->book, err);
    if (ok && report->out != NULL)
        ok = excel_book_copy(&report->book, report->out, err);
    free_report(report);
    return ok;
}

const struct report_format report_xlsx = {
    .name = "xlsx",
    .extension = ".xlsx",
    .media_type =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .summary = N_("an Excel workbook: summary, flagged lines, what to do"),
    .flags = REPORT_BINARY | REPORT_BY_NAME,
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
