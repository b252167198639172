#include "report/json_run.h"

#include "report/json_bom.h"

static void put_profile_names(struct json_writer *json,
                              const struct run_info *run) {
    json_key(json, "profile_names");
    json_open_object(json);
    json_inline(json);
    for (size_t i = 0; i < run->profile_count; i++) {
        const struct rules_profile *profile =
            rules_profile(run->rules, run->profiles[i]);
        json_put_text(json, rules_text(run->rules, profile->id),
                      rules_text(run->rules, profile->name));
    }
    json_close_object(json);
}

/* What the settings say of the product; nothing where they name none. */
static void put_product(struct json_writer *json, const struct run_info *run) {
    if (run->denied.count != 0) {
        json_key(json, "profiles_denied");
        json_open_array(json);
        json_inline(json);
        for (size_t i = 0; i < run->denied.count; i++)
            json_text(json,
                      rules_text(
                          run->rules,
                          rules_profile(run->rules, run->denied.items[i])->id));
        json_close_array(json);
    }
    if (run->sold_until != 0)
        json_put_date(json, "sold_until", run->sold_until);
    if (run->contract)
        json_put_date(json, "contract", run->as_of);
}

void report_json_head(struct json_writer *json, const struct run_info *run) {
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
    put_profile_names(json, run);
    put_product(json, run);
}

static void put_skipped(struct json_writer *json,
                        const struct run_totals *totals) {
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
        report_json_counts(json, rules_text(run->rules, profile->id),
                           &totals->by_profile[i]);
    }
    json_close_object(json);
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

static void put_parts_file(struct json_writer *json,
                           const struct report_parts_file *parts) {
    json_key(json, "parts_file");
    if (parts == NULL) {
        json_none(json);
        return;
    }
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "path", parts->path);
    json_put_text(json, "sha256", parts->sha256);
    json_put_int(json, "rows", (int64_t)parts->rows);
    json_put_int(json, "lines", parts->lines);
    json_close_object(json);
}

static void put_declared(struct json_writer *json,
                         const struct declared_file *file) {
    json_key(json, "declarations");
    if (file == NULL) {
        json_none(json);
        return;
    }
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "path", file->path);
    json_put_text(json, "sha256", file->sha256);
    json_put_int(json, "count", (int64_t)file->count);
    json_put_int(json, "expired", (int64_t)file->expired);
    json_close_object(json);
}

static void put_history(struct json_writer *json,
                        const struct history_mark *mark) {
    json_key(json, "history");
    if (mark == NULL) {
        json_none(json);
        return;
    }
    json_open_object(json);
    json_inline(json);
    json_put_int(json, "run", mark->run);
    json_put_text(json, "head", mark->head);
    json_close_object(json);
}

static bool put_headline(struct json_writer *json, const struct run_info *run,
                         const struct run_totals *totals) {
    struct strbuf text = {.ptr = NULL};
    report_headline(&text, run, totals, NULL);
    json_put_str(json, "headline", strbuf_str(&text));
    bool ok = !text.failed;
    strbuf_dispose(&text);
    return ok;
}

bool report_json_end(struct json_writer *json, const struct run_info *run,
                     const struct run_totals *totals, struct err *err) {
    bool ok = put_headline(json, run, totals);
    put_skipped(json, totals);
    put_waivers(json, totals);
    put_parts_file(json, totals->parts_file);
    put_declared(json, totals->declared);
    put_texts(json, "not_checked", totals->not_checked,
              totals->not_checked_count);
    report_json_counts(json, "counts", &totals->all);
    put_profile_counts(json, run, totals);
    json_put_bool(json, "complete", totals->complete);
    json_put_bool(json, "conclusive", totals->conclusive);
    put_texts(json, "problems", totals->problems, totals->problem_count);
    json_put_int(json, "exit_status", totals->exit_status);
    put_history(json, totals->history);
    return ok || err_nomem(err);
}
