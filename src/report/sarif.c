#include "report/formats.h"

#include "core/json_writer.h"
#include "core/lang.h"
#include "core/mem.h"
#include "core/uri.h"
#include "report/json_part.h"
#include "report/phrases.h"
#include "report/ranked.h"
#include "report/sarif_rules.h"
#include "report/scratch.h"
#include "report/spool.h"
#include "report/told.h"

/* More results than these GitHub refuses in one run. */
#define RESULTS_MAX 25000
/* A result stands in `results`, in a run, in `runs`, in the document. */
#define RESULT_DEPTH 4

struct report {
    struct json_writer json;
    const struct run_info *run;
    struct scratch scratch;
    struct ranked results;
};

/* A bracket in a message begins a link; one of a BOM must not. */
static void add_without_links(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '[' || c == ']' || c == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, c);
    }
}

static void put_message(struct json_writer *json, struct str text) {
    json_key(json, "message");
    json_open_object(json);
    json_inline(json);
    json_put_str(json, "text", text);
    json_close_object(json);
}

static void put_location_of_file(struct report *report,
                                 struct json_writer *json, const char *key,
                                 const char *path) {
    struct strbuf *uri = scratch_start(&report->scratch);
    uri_add_path(uri, path);
    json_key(json, key);
    json_open_object(json);
    json_inline(json);
    json_put_str(json, "uri", strbuf_str(uri));
    if (!uri_is_absolute(path))
        json_put_text(json, "uriBaseId", "%SRCROOT%");
    json_close_object(json);
}

/* One location: the line, or the row of a sheet, in its file. */
static void put_locations(struct report *report, struct json_writer *json,
                          const char *path, uint32_t line, uint32_t column) {
    json_key(json, "locations");
    json_open_array(json);
    json_open_object(json);
    json_key(json, "physicalLocation");
    json_open_object(json);
    put_location_of_file(report, json, "artifactLocation", path);
    if (line != 0) {
        json_key(json, "region");
        json_open_object(json);
        json_inline(json);
        json_put_int(json, "startLine", line);
        if (column != 0)
            json_put_int(json, "startColumn", column);
        json_close_object(json);
    }
    json_close_object(json);
    json_close_object(json);
    json_close_array(json);
}

static const char *suppression_status(const struct finding *finding) {
    if (finding->waived)
        return "accepted";
    return finding_waiver_state(finding) == WAIVER_PENDING ? "underReview"
                                                           : "rejected";
}

/* Always there: without it a reader takes the state for unknown. */
static void put_suppressions(struct report *report, struct json_writer *json,
                             const struct finding *finding) {
    json_key(json, "suppressions");
    json_open_array(json);
    if (finding->waiver != NULL) {
        struct strbuf *text = scratch_start(&report->scratch);
        phrase_decision(text, finding);
        json_open_object(json);
        json_put_text(json, "kind", "external");
        json_put_text(json, "status", suppression_status(finding));
        json_put_str(json, "justification", strbuf_str(text));
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_given(struct json_writer *json, const char *key,
                      struct str text) {
    if (text.len != 0)
        json_put_str(json, key, text);
}

static void put_rule_facts(struct json_writer *json,
                           const struct ruleset *rules,
                           const struct screen_hit *hit) {
    if (hit == NULL || hit->measure == RULES_NONE)
        return;
    if (hit->clause != RULES_NONE)
        json_put_text(json, "clause",
                      rules_text(rules, rules_clause(rules, hit->clause)->id));
    if (hit->profile != RULES_NONE)
        json_put_text(
            json, "profile",
            rules_text(rules, rules_profile(rules, hit->profile)->id));
    if (hit->party != RULES_NONE)
        json_part_party(json, "party", rules, hit->party);
    json_part_span(json, "from", hit->from);
}

static void put_properties(struct report *report, struct json_writer *json,
                           const struct report_line *line,
                           const struct finding *finding) {
    json_key(json, "properties");
    json_open_object(json);
    json_put_text(json, "verdict", verdict_name(finding->verdict));
    if (line->bom->sheet != NULL)
        json_put_text(json, "sheet", line->bom->sheet);
    put_given(json, "refdes", line->line->refdes);
    put_given(json, "quantity", line->line->quantity);
    put_given(json, "manufacturer", finding->part->manufacturer);
    put_given(json, "mpn", finding->part->mpn);
    put_rule_facts(json, report->run->rules, finding->hit);
    json_close_object(json);
}

static void put_finding_message(struct report *report, struct json_writer *json,
                                const struct report_line *line,
                                const struct finding *finding) {
    struct strbuf plain = {.ptr = NULL};
    told_subject(&plain, line, finding->part);
    strbuf_printf(&plain, tr(": %s. "), tr(verdict_name(finding->verdict)));
    told_reason(&plain, report->run, finding);
    struct strbuf *text = scratch_start(&report->scratch);
    add_without_links(text, strbuf_str(&plain));
    text->failed = text->failed || plain.failed;
    put_message(json, strbuf_str(text));
    strbuf_dispose(&plain);
}

static void put_result(struct report *report, FILE *out,
                       const struct report_line *line,
                       const struct finding *finding) {
    struct json_writer writer = JSON_WRITER(out), *json = &writer;
    json->depth = RESULT_DEPTH;
    json_open_object(json);
    sarif_rule_of(json, report->run->rules, finding);
    json_put_text(json, "level", sarif_level(finding->verdict));
    put_finding_message(report, json, line, finding);
    put_locations(report, json, line->bom->place, finding->part->line,
                  bom_part_column(finding->part));
    json_key(json, "partialFingerprints");
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "bomgate/v1", finding->fingerprint);
    json_close_object(json);
    put_suppressions(report, json, finding);
    if (report->run->baseline)
        json_put_text(json, "baselineState",
                      finding->known ? "unchanged" : "new");
    put_properties(report, json, line, finding);
    json_close_object(json);
}

static void put_run_properties(struct json_writer *json,
                               const struct run_info *run,
                               const struct history_mark *mark) {
    json_key(json, "properties");
    json_open_object(json);
    json_put_text(json, "rulesVersion", ruleset_version(run->rules));
    json_put_text(json, "rulesSha256", ruleset_sha256(run->rules));
    json_put_date(json, "rulesKnownTo", ruleset_known_to(run->rules));
    json_put_date(json, "asOf", run->as_of);
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
    if (mark != NULL) {
        json_put_int(json, "historyRun", mark->run);
        json_put_text(json, "historyHead", mark->head);
    }
    json_close_object(json);
}

static void put_tool(struct report *report) {
    struct json_writer *json = &report->json;
    json_key(json, "tool");
    json_open_object(json);
    json_key(json, "driver");
    json_open_object(json);
    json_put_text(json, "name", "bomgate");
    json_put_text(json, "semanticVersion", report->run->version);
    sarif_rules(json, report->run->rules, &report->scratch);
    json_close_object(json);
    json_close_object(json);
}

static void free_report(struct report *report) {
    if (report == NULL)
        return;
    ranked_dispose(&report->results);
    scratch_dispose(&report->scratch);
    mem_free(report);
}

static bool begin(struct report **out, const struct report_target *target,
                  const struct run_info *run, struct err *err) {
    struct report *report = mem_calloc(1, sizeof(*report));
    if (report == NULL)
        return err_nomem(err);
    struct json_writer *json = &report->json;
    report->run = run;
    report->results.limit = RESULTS_MAX;
    *json = JSON_WRITER(target->out);
    json_open_object(json);
    json_put_text(json, "$schema",
                  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                  "schemas/sarif-schema-2.1.0.json");
    json_put_text(json, "version", "2.1.0");
    json_key(json, "runs");
    json_open_array(json);
    json_open_object(json);
    put_tool(report);
    json_put_text(json, "columnKind", "unicodeCodePoints");
    *out = report;
    return true;
}

static bool put_line(struct report *report, const struct report_line *line,
                     struct err *err) {
    for (size_t i = 0; i < line->finding_count; i++) {
        const struct finding *finding = &line->findings[i];
        FILE *out;
        if (finding->verdict >= VERDICT_OUT_OF_SCOPE)
            continue;
        if (!ranked_add(&report->results, finding->verdict, &out, err))
            return false;
        if (out != NULL)
            put_result(report, out, line, finding);
    }
    return scratch_ok(&report->scratch) ? true : err_nomem(err);
}

static bool skips_clear(const struct report *report) {
    (void)report;
    return true;
}

static bool bom_end(struct report *report, const struct bom_totals *totals,
                    struct err *err) {
    (void)report;
    (void)totals;
    (void)err;
    return true;
}

static void put_artifacts(struct report *report,
                          const struct run_totals *totals) {
    struct json_writer *json = &report->json;
    json_key(json, "artifacts");
    json_open_array(json);
    for (size_t i = 0; i < totals->bom_count; i++) {
        const struct bom_info *info = &totals->boms[i].info;
        json_open_object(json);
        put_location_of_file(report, json, "location", info->place);
        if (info->sha256[0] != '\0') {
            json_key(json, "hashes");
            json_open_object(json);
            json_inline(json);
            json_put_text(json, "sha-256", info->sha256);
            json_close_object(json);
        }
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_notification(struct json_writer *json, const char *level,
                             struct str text) {
    json_open_object(json);
    json_put_text(json, "level", level);
    put_message(json, text);
    json_close_object(json);
}

/* What was lost, at its place. */
static void put_lost_rows(struct report *report,
                          const struct bom_totals *totals) {
    struct json_writer *json = &report->json;
    for (size_t i = 0; i < totals->diagnostic_count; i++) {
        const struct report_diagnostic *item = &totals->diagnostics[i];
        if (item->severity != BOM_LOST)
            continue;
        struct strbuf *text = scratch_start(&report->scratch);
        json_open_object(json);
        json_put_text(json, "level", "error");
        add_without_links(text, str_from(item->message));
        put_message(json, strbuf_str(text));
        put_locations(report, json, totals->info.place, item->line, 0);
        json_close_object(json);
    }
}

static void put_problems(struct report *report,
                         const struct run_totals *totals) {
    struct json_writer *json = &report->json;
    if (!totals->complete || !totals->conclusive)
        put_notification(json, "error", str_from(report_alarm(totals)));
    for (size_t i = 0; i < totals->problem_count; i++) {
        struct strbuf *text = scratch_start(&report->scratch);
        add_without_links(text, str_from(totals->problems[i]));
        put_notification(json, "error", strbuf_str(text));
    }
    for (size_t i = 0; i < totals->bom_count; i++)
        put_lost_rows(report, &totals->boms[i]);
    if (totals->lines == 0)
        put_notification(
            json, "warning",
            str_from(tr("No part lines were read, so nothing was checked.")));
}

static void put_notes(struct report *report, const struct run_totals *totals) {
    struct json_writer *json = &report->json;
    uint32_t beyond = ranked_beyond(&report->results);
    if (beyond != 0) {
        struct strbuf *text = scratch_start(&report->scratch);
        strbuf_printf(text,
                      tr_count("%s finding more, none worse than those listed; "
                               "the JSON report has all.",
                               "%s findings more, none worse than those "
                               "listed; the JSON report has all.",
                               beyond),
                      shown_number(beyond).text);
        put_notification(json, "warning", strbuf_str(text));
    }
    for (size_t i = 0; i < totals->not_checked_count; i++)
        put_notification(json, "note", str_from(totals->not_checked[i]));
}

static void put_invocation(struct report *report,
                           const struct run_totals *totals) {
    struct json_writer *json = &report->json;
    bool checked = totals->complete && totals->conclusive &&
                   (totals->exit_status == 0 || totals->exit_status == 1);
    json_key(json, "invocations");
    json_open_array(json);
    json_open_object(json);
    json_put_bool(json, "executionSuccessful", checked);
    json_put_int(json, "exitCode", totals->exit_status);
    json_key(json, "toolExecutionNotifications");
    json_open_array(json);
    put_problems(report, totals);
    put_notes(report, totals);
    json_close_array(json);
    json_close_object(json);
    json_close_array(json);
}

static bool put_results(struct report *report, struct err *err) {
    struct json_writer *json = &report->json;
    json_key(json, "results");
    json_open_array(json);
    json->has_item[json->depth - 1] = ranked_count(&report->results) != 0;
    bool ok = ranked_copy(&report->results, json->out, ",", err);
    json_close_array(json);
    return ok;
}

static bool write_end(struct report *report, const struct run_totals *totals,
                      struct err *err) {
    struct json_writer *json = &report->json;
    put_invocation(report, totals);
    put_artifacts(report, totals);
    put_run_properties(json, report->run, totals->history);
    if (!put_results(report, err))
        return false;
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
    json_finish(json);
    return scratch_ok(&report->scratch) ? spool_flush(json->out, err)
                                        : err_nomem(err);
}

static bool finish(struct report *report, const struct run_totals *totals,
                   struct err *err) {
    bool ok = write_end(report, totals, err);
    free_report(report);
    return ok;
}

const struct report_format report_sarif = {
    .name = "sarif",
    .extension = ".sarif,.sarif.json",
    .media_type = "application/sarif+json",
    .summary = N_("SARIF 2.1.0, for code scanning"),
    .begin = begin,
    .line = put_line,
    .skips_clear = skips_clear,
    .bom_end = bom_end,
    .finish = finish,
    .abandon = free_report,
};
