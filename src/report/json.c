#include "report/formats.h"

#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/json_bom.h"
#include "report/json_finding.h"
#include "report/json_run.h"
#include "report/spool.h"

struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch;
    /* `lines` comes last, but its elements come between the findings, and
       standard output cannot seek: they wait here. NULL unless asked for. */
    FILE *spool;
    struct json_writer lines;
    /* What is asked of what is inside parts comes late too; NULL until a line
       is asked. */
    FILE *asked;
    struct json_writer contents;
};

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    if (report->spool != NULL)
        fclose(report->spool);
    if (report->asked != NULL)
        fclose(report->asked);
    scratch_dispose(&report->scratch);
    mem_free(report);
}

/* As if the array were open, so that the elements come out in place. */
static bool open_spool(FILE **out, struct json_writer *json, struct err *err) {
    if (!spool_open(out, err))
        return false;
    *json = JSON_WRITER(*out);
    json->depth = 2;
    return true;
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->json = JSON_WRITER(target->out);
    if (run->all_lines && !open_spool(&report->spool, &report->lines, err)) {
        free_report(report);
        return false;
    }
    json_open_object(&report->json);
    json_put_text(&report->json, "schema", "bomgate-check/1");
    report_json_head(&report->json, run);
    json_key(&report->json, "findings");
    json_open_array(&report->json);
    *out = report;
    return true;
}

static bool put_contents(struct report *report, const struct report_line *line,
                         struct err *err) {
    if (line->contents_count == 0)
        return true;
    if (report->asked == NULL &&
        !open_spool(&report->asked, &report->contents, err))
        return false;
    for (size_t i = 0; i < line->contents_count; i++)
        report_json_contents(&report->contents, report->run, line,
                             &line->contents[i]);
    return ferror(report->asked) ? spool_error(err) : true;
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->finding_count; i++)
        report_json_finding(&report->json, report->run, line,
                            &line->findings[i], &report->scratch);
    if (!scratch_ok(&report->scratch))
        return err_nomem(err);
    if (!put_contents(report, line, err))
        return false;
    if (report->spool != NULL) {
        report_json_line(&report->lines, report->run, line);
        if (ferror(report->spool))
            return spool_error(err);
    }
    return ferror(report->json.out) ? spool_error(err) : true;
}

static bool skips_clear(const struct report *report) {
    return report->spool == NULL;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)report;
    (void)totals;
    (void)err;
    return true;
}

static void put_boms(struct json_writer *json,
                     const struct run_totals *totals) {
    json_key(json, "boms");
    json_open_array(json);
    for (size_t i = 0; i < totals->bom_count; i++) {
        json_open_object(json);
        report_json_bom(json, &totals->boms[i], true);
        json_close_object(json);
    }
    json_close_array(json);
}

/* @param spool  May be NULL: the array is empty. */
static bool copy_array(struct json_writer *json, const char *key, FILE *spool,
                       const struct json_writer *from, struct err *err) {
    json_key(json, key);
    json_open_array(json);
    json->has_item[json->depth - 1] = spool != NULL && from->has_item[1];
    bool ok = spool == NULL || spool_copy(spool, json->out, err);
    json_close_array(json);
    return ok;
}

static bool write_end(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct json_writer *json = &report->json;
    json_close_array(json);
    put_boms(json, totals);
    if (!report_json_end(json, report->run, totals, err) ||
        !copy_array(json, "contents", report->asked, &report->contents, err) ||
        (report->spool != NULL &&
         !copy_array(json, "lines", report->spool, &report->lines, err)))
        return false;
    json_close_object(json);
    json_finish(json);
    return spool_flush(json->out, err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_end(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_json = {
    .name = "json",
    .extension = ".json",
    .media_type = "application/json",
    .summary = N_("everything, for programs (schema bomgate-check/1)"),
    .begin = begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
