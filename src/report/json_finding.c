#include "report/json_finding.h"

#include <math.h>

#include "report/json_alternatives.h"
#include "report/json_part.h"
#include "report/phrases.h"

/* Only of a product of the settings: else no one knows what a BOM is in. */
static void put_rollup(struct json_writer *json,
                       const struct report_rollup *rollup) {
    if (rollup == NULL)
        return;
    json_key(json, "total_quantity");
    if (isnan(rollup->total))
        json_none(json);
    else if (rollup->total == floor(rollup->total) && rollup->total < 1e15)
        json_int(json, (int64_t)rollup->total);
    else
        json_fixed(json, rollup->total, 6);
    json_key(json, "sits");
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < rollup->place_count; i++) {
        json_open_array(json);
        for (size_t n = 0; n < rollup->places[i].count; n++)
            json_text(json, rollup->places[i].names[n]);
        json_close_array(json);
    }
    json_close_array(json);
    json_put_bool(json, "sits_elsewhere", rollup->more);
}

static void put_where(struct json_writer *json, const struct report_line *line,
                      const struct finding *finding) {
    json_put_text(json, "bom", line->bom->path);
    json_put_text(json, "sheet", line->bom->sheet);
    json_put_int(json, "line", finding->part->line);
    json_put_optional(json, "refdes", line->line->refdes);
    json_put_optional(json, "quantity", line->line->quantity);
    put_rollup(json, line->rollup);
    json_put_bool(json, "fitted", line->line->fitted);
    json_put_bool(json, "alternate", finding->part->alternate);
    json_put_optional(json, "manufacturer", finding->part->manufacturer);
    json_put_optional(json, "mpn", finding->part->mpn);
    json_put_optional(json, "ipn", line->line->ipn);
    json_put_optional(json, "description", line->line->description);
}

static void put_maker(struct json_writer *json, const struct ruleset *rules,
                      const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    const struct maker_candidate *candidate = finding_candidate(finding);
    uint32_t party = finding_party(finding);
    json_part_party(json, "party", rules, party);
    json_put_text(json, "party_name",
                  party == RULES_NONE ? NULL : phrase_party(rules, party));
    json_part_party(json, "owner", rules, finding->owner);
    json_part_via(json, hit != NULL ? &hit->via : NULL);
    json_put_text(json, "confidence",
                  json_part_confidence(candidate != NULL ? candidate->confidence
                                                         : MAKER_NONE));
    json_part_matches(json, candidate != NULL ? candidate->matched_by : 0);
    json_put_optional(json, "evidence", finding->maker->evidence);
}

static void put_why(struct json_writer *json, const struct run_info *run,
                    const struct finding *finding, struct scratch *scratch) {
    struct strbuf *text = scratch_start(scratch);
    report_why(text, run, finding);
    json_put_str(json, "why", strbuf_str(text));
    text = scratch_start(scratch);
    report_action(text, run, finding);
    json_put_str(json, "do", strbuf_str(text));
}

static void put_profile(struct json_writer *json, const struct ruleset *rules,
                        const char *key, uint32_t profile) {
    json_put_text(json, key,
                  profile == RULES_NONE
                      ? NULL
                      : rules_text(rules, rules_profile(rules, profile)->id));
}

static void put_measure(struct json_writer *json, const struct ruleset *rules,
                        const struct screen_hit *hit) {
    const struct rules_measure *measure = rules_measure(rules, hit->measure);
    put_profile(json, rules, "profile", hit->profile);
    put_profile(json, rules, "customer", hit->customer);
    json_put_text(json, "measure", rules_text(rules, measure->id));
    json_put_optional(json, "title", rules_str(rules, measure->title));
    json_put_text(
        json, "clause",
        hit->clause == RULES_NONE
            ? NULL
            : rules_text(rules, rules_clause(rules, hit->clause)->id));
}

static void put_rule(struct json_writer *json, const struct run_info *run,
                     const struct screen_hit *hit) {
    static const char *const keys[] = {
        "profile", "customer", "measure", "title", "clause",    "activity",
        "reason",  "citation", "url",     "from",  "days_left", "becomes",
    };
    if (hit == NULL || hit->measure == RULES_NONE) {
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
            json_put_null(json, keys[i]);
        return;
    }
    const struct ruleset *rules = run->rules;
    put_measure(json, rules, hit);
    json_put_text(json, "activity",
                  rules_activity_name((enum rules_activity)run->activity));
    json_put_text(json, "reason", screen_reason_name(hit->reason));
    json_put_optional(
        json, "citation",
        rules_str(rules, rules_measure(rules, hit->measure)->citation));
    json_put_optional(json, "url", str_from(phrase_url(rules, hit->measure)));
    json_part_when(json, hit);
}

static void put_waiver(struct json_writer *json,
                       const struct finding *finding) {
    if (finding->waiver == NULL) {
        json_put_null(json, "waiver");
        return;
    }
    json_key(json, "waiver");
    json_open_object(json);
    json_put_text(json, "state",
                  waiver_state_name(finding_waiver_state(finding)));
    json_put_text(json, "kind", finding->waiver->kind);
    json_put_text(json, "reason", finding->waiver->reason);
    json_put_date(json, "expires", finding->waiver->expires);
    json_put_text(json, "approved_by", finding->waiver->approved_by);
    json_put_text(json, "ticket", finding->waiver->ticket);
    json_put_text(json, "path", finding->waiver->path);
    json_put_int(json, "line", finding->waiver->line);
    json_close_object(json);
}

void report_json_finding_members(struct json_writer *json,
                                 const struct run_info *run,
                                 const struct report_line *line,
                                 const struct finding *finding,
                                 struct scratch *scratch) {
    json_put_text(json, "id", finding->id);
    json_put_text(json, "verdict", verdict_name(finding->verdict));
    put_where(json, line, finding);
    put_maker(json, run->rules, finding);
    put_rule(json, run, finding->hit);
    if (finding->after_sale)
        json_put_bool(json, "after_sale", true);
    put_why(json, run, finding, scratch);
    json_part_facts(json, run->rules, &finding->maker->facts);
    json_part_declaration(json, "declaration", run->rules,
                          finding->declaration);
    put_waiver(json, finding);
    json_put_text(json, "baseline",
                  !run->baseline   ? NULL
                  : finding->known ? "known"
                                   : "new");
    json_put_text(json, "fingerprint", finding->fingerprint);
    json_put_text(json, "identity", finding->identity);
    json_alternatives(json, run, finding->alternatives, scratch);
}

void report_json_finding(struct json_writer *json, const struct run_info *run,
                         const struct report_line *line,
                         const struct finding *finding,
                         struct scratch *scratch) {
    json_open_object(json);
    report_json_finding_members(json, run, line, finding, scratch);
    json_close_object(json);
}

static void put_part(struct json_writer *json, const struct ruleset *rules,
                     const struct report_part *item) {
    const struct maker *maker = item->maker;
    const struct maker_candidate *candidate =
        maker->candidate_count != 0 ? &maker->candidates[0] : NULL;
    json_open_object(json);
    json_put_int(json, "line", item->part->line);
    json_put_bool(json, "alternate", item->part->alternate);
    json_put_optional(json, "manufacturer", item->part->manufacturer);
    json_put_optional(json, "mpn", item->part->mpn);
    json_put_optional(json, "manufacturer_header",
                      item->part->manufacturer_header);
    json_put_optional(json, "mpn_header", item->part->mpn_header);
    json_part_party(json, "party", rules,
                    candidate != NULL ? candidate->party : RULES_NONE);
    json_part_party(json, "owner", rules, item->screening->owner);
    json_put_text(json, "confidence",
                  json_part_confidence(candidate != NULL ? candidate->confidence
                                                         : MAKER_NONE));
    json_put_bool(json, "passive", maker->passive);
    json_put_optional(json, "category",
                      str_from(phrase_category(rules, maker->facts.category)));
    json_put_text(json, "verdict", verdict_name(item->screening->verdict));
    json_close_object(json);
}

void report_json_line_members(struct json_writer *json,
                              const struct run_info *run,
                              const struct report_line *line) {
    const struct bom_part *first = line->parts[0].part;
    json_put_text(json, "bom", line->bom->path);
    json_put_text(json, "sheet", line->bom->sheet);
    json_put_int(json, "line", line->line->line);
    json_put_optional(json, "refdes", line->line->refdes);
    json_put_optional(json, "quantity", line->line->quantity);
    put_rollup(json, line->rollup);
    json_put_bool(json, "fitted", line->line->fitted);
    json_put_optional(json, "ipn", line->line->ipn);
    json_put_optional(json, "value", line->line->value);
    json_put_optional(json, "description", line->line->description);
    json_put_optional(json, "category", bom_part_category(line->line, first));
    json_put_optional(json, "origin",
                      line->line->origin.len != 0 ? line->line->origin
                                                  : first->origin);
    json_put_text(json, "verdict", verdict_name(line->verdict));
    json_key(json, "parts");
    json_open_array(json);
    for (size_t i = 0; i < line->part_count; i++)
        put_part(json, run->rules, &line->parts[i]);
    json_close_array(json);
}

void report_json_line(struct json_writer *json, const struct run_info *run,
                      const struct report_line *line) {
    json_open_object(json);
    json_inline(json);
    report_json_line_members(json, run, line);
    json_close_object(json);
}

void report_json_contents_members(struct json_writer *json,
                                  const struct run_info *run,
                                  const struct report_line *line,
                                  const struct report_contents *contents) {
    const struct ruleset *rules = run->rules;
    const struct bom_part *part = contents->part->part;
    const struct maker *maker = contents->part->maker;
    json_put_text(json, "bom", line->bom->path);
    json_put_text(json, "sheet", line->bom->sheet);
    json_put_int(json, "line", part->line);
    json_put_optional(json, "refdes", line->line->refdes);
    json_put_optional(json, "manufacturer", part->manufacturer);
    json_put_optional(json, "mpn", part->mpn);
    json_part_party(json, "party", rules,
                    maker->candidate_count != 0 ? maker->candidates[0].party
                                                : RULES_NONE);
    json_put_optional(json, "category",
                      str_from(phrase_category(rules, maker->facts.category)));
    json_put_text(
        json, "measure",
        rules_text(rules, rules_measure(rules, contents->measure)->id));
    json_key(json, "profiles");
    json_open_array(json);
    json_inline(json);
    for (size_t i = 0; i < contents->profile_count; i++)
        json_text(
            json,
            rules_text(rules, rules_profile(rules, contents->profiles[i])->id));
    json_close_array(json);
    json_put_text(json, "state", contents_state_name(contents->state));
    json_part_declaration(json, "declaration", rules, contents->declaration);
}

void report_json_contents(struct json_writer *json, const struct run_info *run,
                          const struct report_line *line,
                          const struct report_contents *contents) {
    json_open_object(json);
    report_json_contents_members(json, run, line, contents);
    json_close_object(json);
}
