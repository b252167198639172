#include "report/formats.h"

#include "core/lang.h"
#include "core/mem.h"
#include "report/json_bom.h"
#include "report/json_finding.h"
#include "report/json_run.h"
#include "report/spool.h"

/* One object a line, each complete in itself: a reader works through a report
   of any size, and one without its `summary` was cut off. */
struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    scratch_dispose(&report->scratch);
    mem_free(report);
}

static struct json_writer *open_object(struct report *report,
                                       const char *kind) {
    json_open_object(&report->json);
    json_put_text(&report->json, "kind", kind);
    return &report->json;
}

static void close_object(struct report *report) {
    json_close_object(&report->json);
    json_finish(&report->json);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->json = JSON_WRITER(target->out);
    report->json.compact = true;
    json_open_object(&report->json);
    json_put_text(&report->json, "schema", "bomgate-check/1");
    json_put_text(&report->json, "kind", "run");
    report_json_head(&report->json, run);
    close_object(report);
    *out = report;
    return true;
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->finding_count; i++) {
        report_json_finding_members(open_object(report, "finding"), report->run,
                                    line, &line->findings[i], &report->scratch);
        close_object(report);
    }
    for (size_t i = 0; i < line->contents_count; i++) {
        report_json_contents_members(open_object(report, "contents"),
                                     report->run, line, &line->contents[i]);
        close_object(report);
    }
    if (report->run->all_lines) {
        report_json_line_members(open_object(report, "line"), report->run,
                                 line);
        close_object(report);
    }
    if (!scratch_ok(&report->scratch))
        return err_nomem(err);
    return ferror(report->json.out) ? spool_error(err) : true;
}

static bool skips_clear(const struct report *report) {
    return !report->run->all_lines;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    report_json_bom(open_object(report, "bom"), totals, true);
    close_object(report);
    return ferror(report->json.out) ? spool_error(err) : true;
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    FILE *out = report->json.out;
    bool ok = report_json_end(open_object(report, "summary"), report->run,
                              totals, err);
    close_object(report);
    free_report(report);
    return ok && spool_flush(out, err);
}

const struct report_format report_jsonl = {
    .name = "jsonl",
    .extension = ".jsonl,.ndjson",
    .media_type = "application/x-ndjson",
    .summary = N_("the same, one object a line, for programs that stream"),
    .begin = begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
