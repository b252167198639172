#include "report/formats.h"

#include "core/arena.h"
#include "core/digest.h"
#include "core/json_writer.h"
#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"
#include "report/phrases.h"
#include "report/ranked.h"
#include "report/scratch.h"
#include "report/spool.h"
#include "report/told.h"

/* A page with more nobody reads, and the fingerprints must fit in memory. */
#define ISSUES_MAX 25000

struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch;
    struct ranked issues;
    /* How often each fingerprint came: two lines of one part have the same. */
    struct arena arena;
    struct map seen;
};

static const char *const severities[VERDICT_COUNT] = {
    [VERDICT_PROHIBITED] = "blocker", [VERDICT_UPCOMING] = "critical",
    [VERDICT_RESTRICTED] = "major",   [VERDICT_REVIEW] = "minor",
    [VERDICT_UNKNOWN] = "info",       [VERDICT_OUT_OF_SCOPE] = "info",
    [VERDICT_CLEAR] = "info",
};

/* The fingerprint, told apart from those of the same fact on other lines. The
   number of the line would do, but every line moves when one is added. */
static bool make_unique(struct report *report, struct str fingerprint,
                        char out[DIGEST_HEX_SIZE], struct err *err) {
    uint32_t times = map_get(&report->seen, fingerprint);
    struct str key = arena_str(&report->arena, fingerprint);
    if (times == MAP_NONE)
        times = 0;
    struct digest *digest = digest_new();
    if (digest == NULL || report->arena.failed ||
        !map_put(&report->seen, key, times + 1)) {
        digest_free(digest);
        return err_nomem(err);
    }
    char number[16];
    snprintf(number, sizeof(number), "%u", (unsigned)times);
    digest_add_field(digest, fingerprint);
    digest_add_field(digest, str_from(number));
    digest_hex(digest, out);
    digest_free(digest);
    return out[0] != '\0' || err_nomem(err);
}

static void put_location(struct json_writer *json, const char *path,
                         uint32_t line) {
    json_key(json, "location");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "path", path);
    json_key(json, "lines");
    json_open_object(json);
    json_put_int(json, "begin", line != 0 ? line : 1);
    json_close_object(json);
    json_close_object(json);
}

struct issue {
    enum verdict verdict;
    const char *check, *path;
    uint32_t line;
    struct str fingerprint, description;
};

static bool put_issue(struct report *report, const struct issue *issue,
                      struct err *err) {
    char unique[DIGEST_HEX_SIZE];
    FILE *out;
    if (!ranked_add(&report->issues, issue->verdict, &out, err))
        return false;
    if (out == NULL)
        return true;
    if (!make_unique(report, issue->fingerprint, unique, err))
        return false;
    struct json_writer writer = JSON_WRITER(out), *json = &writer;
    json->depth = 1;
    json_open_object(json);
    json_put_str(json, "description", issue->description);
    json_put_text(json, "check_name", issue->check);
    json_put_text(json, "fingerprint", unique);
    json_put_text(json, "severity", severities[issue->verdict]);
    put_location(json, issue->path, issue->line);
    json_close_object(json);
    return true;
}

static bool put_finding(struct report *report, const struct report_line *line,
                        const struct finding *finding, struct err *err) {
    const struct ruleset *rules = report->run->rules;
    struct strbuf *text = scratch_start(&report->scratch);
    told_subject(text, line, finding->part);
    strbuf_printf(text, tr(": %s: "), tr(verdict_name(finding->verdict)));
    told_rule(text, rules, finding);
    strbuf_add_text(text, tr_in("label", ": "));
    told_reason(text, report->run, finding);
    struct issue issue = {
        .verdict = finding->verdict,
        .check = told_rule_id(rules, finding),
        .path = line->bom->place,
        .line = finding->part->line,
        .fingerprint = str_from(finding->fingerprint),
        .description = strbuf_str(text),
    };
    return put_issue(report, &issue, err);
}

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    ranked_dispose(&report->issues);
    scratch_dispose(&report->scratch);
    map_dispose(&report->seen);
    arena_dispose(&report->arena);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    report->run = run;
    report->issues.limit = ISSUES_MAX;
    report->json = JSON_WRITER(target->out);
    json_open_array(&report->json);
    *out = report;
    return true;
}

/* GitLab compares with the target branch by itself, so what is known stays in;
   what is waived has no place of its own here, and is left out. */
static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        if (finding->verdict < VERDICT_OUT_OF_SCOPE && !finding->waived &&
            !put_finding(report, line, finding, err))
            return false;
    }
    return scratch_ok(&report->scratch) ? true : err_nomem(err);
}

static bool put_lost(struct report *report, const char *path, uint32_t line,
                     const char *code, const char *message, struct err *err) {
    struct strbuf *key = scratch_start(&report->scratch);
    strbuf_printf(key, "%s %s", code, path);
    struct issue issue = {
        .verdict = VERDICT_PROHIBITED,
        .check = "bomgate-not-checked",
        .path = path,
        .line = line,
        .fingerprint = strbuf_str(key),
        .description = str_from(message),
    };
    return put_issue(report, &issue, err);
}

static bool skips_clear(const struct report *report) {
    (void)report;
    return true;
}

/* What was not read is as bad as what was found. */
static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    const char *path = totals->info.place;
    for (size_t i = 0; i < totals->diagnostic_count; i++) {
        const struct report_diagnostic *item = &totals->diagnostics[i];
        if (item->severity == BOM_LOST &&
            !put_lost(report, path, item->line, item->code, item->message, err))
            return false;
    }
    return totals->error == NULL ||
           put_lost(report, path, 0, "unreadable", totals->error, err);
}

/* The problems of the run have no file: they stand with the first BOM. */
static bool put_run(struct report *report, const struct run_totals *totals,
                    struct err *err) {
    const char *path =
        totals->bom_count != 0 ? totals->boms[0].info.place : ".";
    bool ok = true;
    if (totals->complete && !totals->conclusive)
        ok = put_lost(report, path, 0, "inconclusive", report_alarm(totals),
                      err);
    for (size_t i = 0; ok && !totals->conclusive && i < totals->problem_count;
         i++)
        ok = put_lost(report, path, 0, "problem", totals->problems[i], err);
    if (ok && totals->exit_status == 3)
        ok = put_lost(report, path, 0, "empty",
                      tr("No part lines were read, so nothing was checked."),
                      err);
    return ok;
}

static bool write_all(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct json_writer *json = &report->json;
    if (!put_run(report, totals, err))
        return false;
    json->has_item[0] = ranked_count(&report->issues) != 0;
    if (!ranked_copy(&report->issues, json->out, ",", err))
        return false;
    json_close_array(json);
    json_finish(json);
    return scratch_ok(&report->scratch) ? spool_flush(json->out, err)
                                        : err_nomem(err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_all(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_gitlab = {
    .name = "gitlab",
    .extension = ".gitlab.json",
    .media_type = "application/json",
    .summary = N_("GitLab Code Quality, for merge requests"),
    .begin = begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
