#include "report/audit_report.h"

#include "core/json_writer.h"
#include "report/phrases.h"
#include "report/spool.h"

static void put_period(struct json_writer *json, const char *key,
                       const struct audit_period *period) {
    char name[AUDIT_PERIOD_NAME_SIZE];
    audit_period_name(period, name);
    json_key(json, key);
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "name", name);
    json_put_date(json, "from", period->from);
    json_put_date(json, "to", period->to);
    json_close_object(json);
}

static void put_counts(struct json_writer *json, const char *key,
                       const uint32_t counts[VERDICT_COUNT]) {
    json_key(json, key);
    json_open_object(json);
    json_inline(json);
    for (int v = 0; phrase_is_flagged((enum verdict)v); v++)
        json_put_int(json, verdict_name((enum verdict)v), counts[v]);
    json_close_object(json);
}

static void put_ten_thousandths(struct json_writer *json, const char *key,
                                uint32_t value) {
    json_key(json, key);
    json_fixed(json, value / 10000.0, 4);
}

static void put_board(struct json_writer *json,
                      const struct audit_board *board) {
    json_put_optional(json, "repository", str_from(board->repository));
    json_put_text(json, "product", board->product);
    json_put_text(json, "path", board->path);
}

/* ---- rules ---- */

static void put_change(struct json_writer *json,
                       const struct audit_change *change) {
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "change", change->kind);
    json_put_text(json, "what", change->what);
    json_put_optional(json, "id", str_from(change->name));
    json_put_optional(json, "item", str_from(change->item));
    json_put_optional(json, "field", str_from(change->field));
    json_put_optional(json, "before", str_from(change->before));
    json_put_optional(json, "after", str_from(change->after));
    json_close_object(json);
}

static void put_rules(struct json_writer *json, const char *key,
                      const struct audit_ruleset *rules) {
    json_key(json, key);
    if (rules == NULL) {
        json_none(json);
        return;
    }
    json_open_object(json);
    json_put_text(json, "version", rules->version);
    json_put_text(json, "sha256", rules->sha256);
    json_close_object(json);
}

static void put_rule_changes(struct json_writer *json,
                             const struct audit_rule_step *step) {
    json_key(json, "changes");
    json_open_array(json);
    for (size_t i = 0; i < step->change_count; i++) {
        const struct audit_rule_change *item = &step->changes[i];
        json_open_object(json);
        json_put_optional(json, "id", str_from(item->name));
        json_put_int(json, "added", item->added);
        json_put_int(json, "removed", item->removed);
        json_put_int(json, "changed", item->changed);
        json_put_int(json, "new", item->brought);
        json_put_int(json, "resolved", item->ended);
        json_put_int(json, "verdict_changed", item->altered);
        json_key(json, "rows");
        json_open_array(json);
        for (size_t k = 0; k < item->change_count; k++)
            put_change(json, item->changes[k]);
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_rule_steps(struct json_writer *json,
                           const struct audit *audit) {
    json_key(json, "rule_steps");
    json_open_array(json);
    for (size_t i = 0; i < audit->step_count; i++) {
        const struct audit_rule_step *step = &audit->steps[i];
        json_open_object(json);
        put_rules(json, "before", step->before);
        put_rules(json, "after", step->rules);
        json_put_text(json, "time", step->run->time);
        json_put_int(json, "run", step->run->id);
        put_rule_changes(json, step);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_rulesets(struct json_writer *json, const struct audit *audit) {
    json_key(json, "rulesets");
    json_open_array(json);
    for (size_t i = 0; i < audit->rules_count; i++) {
        const struct audit_rules_used *used = audit->rules[i];
        json_open_object(json);
        json_put_text(json, "version", used->rules->version);
        json_put_text(json, "sha256", used->rules->sha256);
        json_put_optional(json, "known_to", str_from(used->rules->known_to));
        json_put_bool(json, "new", used->is_new);
        json_put_text(json, "first_used", used->run->time);
        json_put_int(json, "first_run", used->run->id);
        json_close_object(json);
    }
    json_close_array(json);
    put_rule_steps(json, audit);
}

/* ---- findings ---- */

static void put_waiver(struct json_writer *json,
                       const struct audit_waiver *waiver) {
    json_put_text(json, "measure", waiver->measure);
    json_put_text(json, "clause", waiver->clause);
    json_put_text(json, "party", waiver->party);
    json_put_text(json, "mpn", waiver->mpn);
    json_put_text(json, "product", waiver->product);
    json_put_text(json, "kind", waiver->kind);
    json_put_text(json, "reason", waiver->reason);
    json_put_text(json, "expires", waiver->expires);
    json_put_text(json, "approved_by", waiver->approved_by);
    json_put_text(json, "ticket", waiver->ticket);
    json_put_text(json, "evidence", waiver->evidence);
}

static void put_fact(struct json_writer *json, const struct audit_fact *fact) {
    json_put_optional(json, "manufacturer", str_from(fact->manufacturer));
    json_put_optional(json, "mpn", str_from(fact->mpn));
    json_put_optional(json, "party", str_from(fact->party));
    json_put_optional(json, "party_name", str_from(fact->party_name));
    json_put_optional(json, "owner", str_from(fact->owner));
    json_put_optional(json, "confidence", str_from(fact->confidence));
    json_put_optional(json, "category", str_from(fact->category));
    json_put_optional(json, "profile", str_from(fact->profile));
    json_put_optional(json, "measure", str_from(fact->measure));
    json_put_optional(json, "title", str_from(fact->title));
    json_put_optional(json, "clause", str_from(fact->clause));
    json_put_optional(json, "citation", str_from(fact->citation));
    json_put_optional(json, "url", str_from(fact->url));
    json_put_optional(json, "from", str_from(fact->since));
    json_put_optional(json, "becomes", str_from(fact->becomes));
    json_put_optional(json, "reason", str_from(fact->reason));
}

static void put_finding(struct json_writer *json,
                        const struct audit_finding *finding) {
    json_open_object(json);
    json_put_text(json, "verdict", verdict_name(finding->fact->verdict));
    json_put_text(json, "verdict_before",
                  finding->before != NULL
                      ? verdict_name(finding->before->verdict)
                      : NULL);
    put_board(json, finding->series->board);
    json_put_text(json, "activity", finding->series->activity);
    put_fact(json, finding->fact);
    json_put_optional(json, "refdes", str_from(finding->refdes));
    json_put_optional(json, "quantity", str_from(finding->quantity));
    json_put_text(json, "bom", finding->bom->path);
    json_put_int(json, "line", finding->line);
    json_put_int(json, "lines", finding->lines);
    json_put_int(json, "run", finding->run->id);
    json_put_text(json, "time", finding->run->time);
    json_put_bool(json, "waived", finding->waived);
    json_key(json, "waiver");
    if (finding->waiver == NULL) {
        json_none(json);
    } else {
        json_open_object(json);
        put_waiver(json, finding->waiver);
        json_close_object(json);
    }
    json_put_text(json, "cause", audit_cause_name(finding->cause));
    json_key(json, "rule_changes");
    json_open_array(json);
    for (size_t i = 0; i < finding->change_count; i++)
        put_change(json, finding->changes[i]);
    json_close_array(json);
    json_put_text(json, "fingerprint", finding->fact->fingerprint);
    json_close_object(json);
}

static void put_findings(struct json_writer *json, const struct audit *audit) {
    size_t i = 0;
    json_key(json, "findings");
    json_open_object(json);
    for (int s = 0; s < AUDIT_STATE_COUNT; s++) {
        json_key(json, audit_state_name((enum audit_state)s));
        json_open_array(json);
        for (; i < audit->finding_count && (int)audit->findings[i].state == s;
             i++)
            put_finding(json, &audit->findings[i]);
        json_close_array(json);
    }
    json_close_object(json);
}

static void put_groups(struct json_writer *json, const char *key,
                       const char *title, const struct audit_groups *groups) {
    json_key(json, key);
    json_open_array(json);
    for (size_t i = 0; i < groups->count; i++) {
        const struct audit_group *group = &groups->items[i];
        json_open_object(json);
        json_put_optional(json, "id", str_from(group->name));
        json_put_optional(json, title, str_from(group->title));
        for (int s = 0; s < AUDIT_STATE_COUNT; s++)
            put_counts(json, audit_state_name((enum audit_state)s),
                       group->counts[s]);
        json_close_object(json);
    }
    json_close_array(json);
}

/* ---- waivers, coverage, evidence ---- */

static void put_waivers(struct json_writer *json, const char *key,
                        const struct audit_waivers *waivers) {
    json_key(json, key);
    json_open_array(json);
    for (size_t i = 0; i < waivers->count; i++) {
        json_open_object(json);
        put_waiver(json, waivers->items[i]);
        json_put_text(json, "state", waivers->items[i]->state);
        json_put_int(json, "findings", (int64_t)waivers->items[i]->findings);
        json_close_object(json);
    }
    json_close_array(json);
}

/* Only where the settings name products. */
static void put_unchecked(struct json_writer *json, const struct audit *audit) {
    if (!audit->asks_products)
        return;
    json_key(json, "products_not_checked");
    json_open_array(json);
    for (size_t i = 0; i < audit->unchecked_count; i++) {
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "product", audit->unchecked[i].product);
        json_put_text(json, "last", audit->unchecked[i].last);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_coverage(struct json_writer *json, const struct audit *audit) {
    json_key(json, "coverage");
    json_open_array(json);
    for (size_t i = 0; i < audit->covered_count; i++) {
        const struct audit_covered *row = &audit->covered[i];
        json_open_object(json);
        json_inline(json);
        put_board(json, row->board);
        json_put_bool(json, "checked", row->checked);
        json_put_bool(json, "before", row->before);
        json_put_int(json, "runs", row->runs);
        json_put_int(json, "boms", row->boms);
        json_put_int(json, "lines", row->lines);
        json_put_int(json, "lost", row->lost);
        put_ten_thousandths(json, "resolved", row->resolved);
        json_put_int(json, "run", row->run->id);
        json_close_object(json);
    }
    json_close_array(json);
    json_key(json, "missed");
    json_open_array(json);
    for (size_t i = 0; i < audit->missed_count; i++) {
        json_open_object(json);
        json_inline(json);
        put_board(json, audit->missed[i]);
        json_close_object(json);
    }
    json_close_array(json);
    put_unchecked(json, audit);
}

static void put_bom(struct json_writer *json, const struct audit_bom *bom) {
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "path", bom->path);
    json_put_text(json, "sha256", bom->sha256);
    json_put_text(json, "product", bom->product);
    json_put_text(json, "revision", bom->revision);
    json_put_text(json, "format", bom->format);
    json_put_text(json, "content", bom->digest);
    json_put_int(json, "lines", bom->lines);
    json_put_int(json, "lost", bom->lost);
    put_ten_thousandths(json, "resolved", bom->resolved);
    json_put_text(json, "error", bom->error);
    json_close_object(json);
}

static void put_texts(struct json_writer *json, const char *key,
                      const char *const *texts, size_t count) {
    json_key(json, key);
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < count; i++)
        json_text(json, texts[i]);
    json_close_array(json);
}

static void put_run(struct json_writer *json, const struct audit_run *run) {
    json_open_object(json);
    json_put_int(json, "run", run->id);
    json_put_text(json, "time", run->time);
    json_put_text(json, "hash", run->hash);
    json_put_text(json, "origin", run->origin);
    json_put_bool(json, "complete", run->complete);
    json_put_bool(json, "conclusive", run->conclusive);
    json_put_bool(json, "what_if", run->what_if);
    json_put_bool(json, "stale", run->stale);
    json_put_int(json, "exit_status", run->exit_status);
    json_put_text(json, "repository", run->repository);
    json_put_text(json, "commit", run->revision);
    json_put_text(json, "pipeline", run->pipeline);
    json_put_text(json, "actor", run->actor);
    json_put_text(json, "stage", run->stage);
    json_put_text(json, "tool", run->tool);
    json_put_text(json, "method", run->method);
    json_put_text(json, "ruleset", run->rules->version);
    json_put_text(json, "ruleset_sha256", run->rules->sha256);
    json_put_text(json, "as_of", run->as_of);
    json_put_text(json, "activity", run->activity);
    put_texts(json, "profiles", run->profiles, run->profile_count);
    json_key(json, "boms");
    json_open_array(json);
    for (size_t i = 0; i < run->bom_count; i++)
        put_bom(json, run->boms[i]);
    json_close_array(json);
    json_close_object(json);
}

static void put_evidence(struct json_writer *json, const struct audit *audit) {
    json_key(json, "evidence");
    json_open_array(json);
    for (size_t i = 0; i < audit->run_count; i++)
        put_run(json, audit->runs[i]);
    json_close_array(json);
    json_key(json, "forgotten");
    json_open_array(json);
    for (size_t i = 0; i < audit->forgotten_count; i++) {
        const struct audit_forgotten *run = &audit->forgotten[i];
        json_open_object(json);
        json_inline(json);
        json_put_int(json, "run", run->run);
        json_put_text(json, "time", run->time);
        json_put_text(json, "hash", run->hash);
        json_put_text(json, "forgotten", run->forgotten);
        json_put_text(json, "why", run->why);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_trend(struct json_writer *json, const struct audit *audit) {
    json_key(json, "trend");
    json_open_array(json);
    for (size_t i = 0; i < AUDIT_POINTS; i++) {
        const struct audit_point *point = &audit->trend[i];
        json_open_object(json);
        put_period(json, "period", &point->period);
        json_put_int(json, "boards", point->boards);
        json_put_int(json, "runs", point->runs);
        json_put_int(json, "lines", point->lines);
        put_counts(json, "flagged", point->flagged);
        json_put_int(json, "waived", point->waived);
        json_put_int(json, "new", point->brought);
        json_put_int(json, "resolved", point->resolved);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_chain(struct json_writer *json, const struct audit *audit) {
    const struct audit_chain *chain = &audit->chain;
    json_key(json, "chain");
    json_open_object(json);
    json_put_optional(json, "head", str_from(chain->head));
    json_put_bool(json, "intact", chain->fault_count == 0);
    json_key(json, "faults");
    json_open_array(json);
    for (size_t i = 0; i < chain->fault_count; i++)
        json_text(json, chain->faults[i]);
    json_close_array(json);
    json_key(json, "previous");
    if (chain->previous[0] == '\0') {
        json_none(json);
    } else {
        json_open_object(json);
        json_inline(json);
        json_put_text(json, "head", chain->previous);
        json_put_bool(json, "holds", chain->previous_holds);
        json_put_text(json, "time", chain->previous_time);
        json_close_object(json);
    }
    json_close_object(json);
}

/* ---- all of it ---- */

static void put_head(struct json_writer *json, const struct audit *audit) {
    char name[AUDIT_PERIOD_NAME_SIZE];
    audit_period_name(&audit->period, name);
    json_put_text(json, "schema", "bomgate-audit/1");
    json_put_text(json, "period", name);
    json_put_date(json, "from", audit->period.from);
    json_put_date(json, "to", audit->period.to);
    put_period(json, "before", &audit->before);
    put_texts(json, "profiles", audit->profiles, audit->profile_count);
    json_put_text(json, "product", audit->product);
    json_put_int(json, "runs", (int64_t)audit->run_count - audit->what_ifs);
    json_put_int(json, "boards", audit->boards);
    json_put_int(json, "boms", audit->boms);
    json_put_int(json, "lines", audit->lines);
    put_ten_thousandths(json, "resolved", audit->resolved);
    json_put_int(json, "partial_runs", audit->partial);
    json_put_int(json, "stale_runs", audit->stale);
    json_put_int(json, "what_ifs", audit->what_ifs);
}

static void put_sums(struct json_writer *json, const struct audit *audit) {
    json_key(json, "counts");
    json_open_object(json);
    for (int s = 0; s < AUDIT_STATE_COUNT; s++)
        put_counts(json, audit_state_name((enum audit_state)s),
                   audit->counts[s]);
    json_close_object(json);
    put_groups(json, "by_product", "repository", &audit->products);
    put_groups(json, "by_measure", "title", &audit->measures);
    put_groups(json, "by_party", "name", &audit->parties);
}

static bool write(const struct audit_report *report,
                  const struct report_target *target, struct err *err) {
    const struct audit *audit = report->audit;
    struct json_writer json = JSON_WRITER(target->out);
    json_open_object(&json);
    put_head(&json, audit);
    put_rulesets(&json, audit);
    put_findings(&json, audit);
    put_sums(&json, audit);
    json_key(&json, "waivers");
    json_open_object(&json);
    put_waivers(&json, "active", &audit->active);
    put_waivers(&json, "expiring", &audit->expiring);
    put_waivers(&json, "expired", &audit->expired);
    json_close_object(&json);
    put_coverage(&json, audit);
    put_trend(&json, audit);
    put_evidence(&json, audit);
    put_chain(&json, audit);
    json_close_object(&json);
    json_finish(&json);
    return spool_flush(target->out, err);
}

const struct audit_format audit_json_format = {
    .name = "json",
    .extension = ".json",
    .summary = "everything, for programs (schema bomgate-audit/1)",
    .write = write,
};
