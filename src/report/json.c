#include "report/formats.h"

#include "core/json_writer.h"
#include "core/mem.h"
#include "report/json_bom.h"
#include "report/json_finding.h"
#include "report/phrases.h"
#include "report/spool.h"

struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch;
    /* `lines` comes last, but its elements come between the findings, and
       standard output cannot seek: they wait here. NULL unless asked for. */
    FILE *spool;
    struct json_writer lines;
};

static void put_head(struct json_writer *json, const struct run_info *run) {
    json_put_text(json, "schema", "bomgate-check/1");
    json_key(json, "tool");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "name", "bomgate");
    json_put_text(json, "version", run->version);
    json_put_text(json, "method", MAKER_METHOD);
    json_close_object(json);
    json_key(json, "ruleset");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "version", ruleset_version(run->rules));
    json_put_text(json, "sha256", ruleset_sha256(run->rules));
    json_put_date(json, "known_to", ruleset_known_to(run->rules));
    json_close_object(json);
    json_put_date(json, "as_of", run->as_of);
    json_put_text(json, "activity",
                  rules_activity_name((enum rules_activity)run->activity));
    json_key(json, "profiles");
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < run->profile_count; i++)
        json_text(json,
                  rules_text(run->rules,
                             rules_profile(run->rules, run->profiles[i])->id));
    json_close_array(json);
    json_put_bool(json, "declared", run->declared);
}

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    if (report->spool != NULL)
        fclose(report->spool);
    scratch_dispose(&report->scratch);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->json = JSON_WRITER(target->out);
    if (run->all_lines) {
        if (!spool_open(&report->spool, err)) {
            free_report(report);
            return false;
        }
        /* As if `lines` were open, so that the elements come out in place. */
        report->lines = JSON_WRITER(report->spool);
        report->lines.depth = 2;
    }
    json_open_object(&report->json);
    put_head(&report->json, run);
    json_key(&report->json, "findings");
    json_open_array(&report->json);
    *out = report;
    return true;
}

static bool bom_begin(struct report *report, const struct bom_info *bom,
                      struct err *err) {
    (void)report;
    (void)bom;
    (void)err;
    return true;
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->finding_count; i++)
        report_json_finding(&report->json, report->run, line,
                            &line->findings[i], &report->scratch);
    if (!scratch_ok(&report->scratch))
        return err_nomem(err);
    if (report->spool != NULL) {
        report_json_line(&report->lines, report->run, line);
        if (ferror(report->spool))
            return spool_error(err);
    }
    return ferror(report->json.out) ? spool_error(err) : true;
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
    json_key(json, "skipped");
    json_open_array(json);
    for (size_t i = 0; i < totals->skipped_count; i++) {
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "path", totals->skipped[i].path);
        json_put_text(json, "why", totals->skipped[i].why);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_texts(struct json_writer *json, const char *key,
                      const char *const *texts, size_t count) {
    json_key(json, key);
    json_open_array(json);
    for (size_t i = 0; i < count; i++)
        json_text(json, texts[i]);
    json_close_array(json);
}

static void put_profile_counts(struct json_writer *json,
                               const struct run_info *run,
                               const struct run_totals *totals) {
    json_key(json, "counts_by_profile");
    json_open_object(json);
    for (size_t i = 0; i < run->profile_count; i++) {
        const struct rules_profile *profile =
            rules_profile(run->rules, run->profiles[i]);
        json_key(json, rules_text(run->rules, profile->id));
        json_open_object(json);
        json_inline(json);
        for (unsigned v = 0; v < VERDICT_COUNT; v++)
            json_put_int(json, verdict_name((enum verdict)v),
                         totals->counts_by_profile[i * VERDICT_COUNT + v]);
        json_close_object(json);
    }
    json_close_object(json);
}

static bool copy_lines(struct report *report, struct err *err) {
    struct json_writer *json = &report->json;
    json_key(json, "lines");
    json_open_array(json);
    json->has_item[json->depth - 1] = report->lines.has_item[1];
    bool ok = spool_copy(report->spool, json->out, err);
    json_close_array(json);
    return ok;
}

static void put_waivers(struct json_writer *json,
                        const struct run_totals *totals) {
    json_key(json, "waivers");
    json_open_array(json);
    for (size_t i = 0; i < totals->waiver_count; i++) {
        const struct waiver *waiver = &totals->waivers[i];
        json_open_object(json);
        json_put_text(json, "state", waiver_state_name(waiver->state));
        json_put_text(json, "measure", waiver->measure);
        json_put_text(json, "clause", waiver->clause);
        json_put_text(json, "party", waiver->party);
        json_put_text(json, "mpn", waiver->mpn);
        json_put_text(json, "product", waiver->product);
        json_put_text(json, "kind", waiver->kind);
        json_put_text(json, "reason", waiver->reason);
        json_put_date(json, "expires", waiver->expires);
        json_put_text(json, "approved_by", waiver->approved_by);
        json_put_text(json, "ticket", waiver->ticket);
        json_put_text(json, "evidence", waiver->evidence);
        json_put_text(json, "path", waiver->path);
        json_put_int(json, "line", waiver->line);
        json_close_object(json);
    }
    json_close_array(json);
}

static bool write_end(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct json_writer *json = &report->json;
    json_close_array(json);
    put_boms(json, totals);
    put_waivers(json, totals);
    put_texts(json, "not_checked", totals->not_checked,
              totals->not_checked_count);
    report_json_counts(json, "counts", totals->counts, totals->waived);
    put_profile_counts(json, report->run, totals);
    json_put_bool(json, "complete", totals->complete);
    json_put_bool(json, "conclusive", totals->conclusive);
    put_texts(json, "problems", totals->problems, totals->problem_count);
    json_put_int(json, "exit_status", totals->exit_status);
    if (report->spool != NULL && !copy_lines(report, err))
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
    .summary = "everything, for programs (schema bomgate-check/1)",
    .begin = begin,
    .bom_begin = bom_begin,
    .line = put_line,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
