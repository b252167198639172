#include "report/json_alternatives.h"

#include "report/json_part.h"
#include "report/phrases.h"

static struct str country_of(const struct ruleset *rules, uint32_t party) {
    return party == RULES_NONE
               ? STR_EMPTY
               : rules_str(rules, rules_party(rules, party)->country);
}

static void put_verdicts(struct json_writer *json, const struct ruleset *rules,
                         const struct alternatives *found,
                         const struct alternative *item) {
    json_key(json, "verdicts");
    json_open_object(json);
    for (size_t i = 0; i < found->profile_count; i++)
        json_put_text(
            json,
            rules_text(rules, rules_profile(rules, found->profiles[i])->id),
            verdict_name(item->verdicts[i]));
    json_close_object(json);
}

/* Where it differs, then what to look at with any part of its kind. */
static void put_check(struct json_writer *json,
                      const struct alternatives *found,
                      const struct alternative *item, struct scratch *scratch) {
    struct strbuf *text = scratch_start(scratch);
    if (item->check != NULL)
        strbuf_add_text(text, item->check);
    if (found->check != NULL)
        strbuf_printf(text, "%s%s", text->len == 0 ? "" : "; ", found->check);
    json_put_optional(json, "check", strbuf_str(text));
}

static const char *measure_of(const struct ruleset *rules,
                              const struct screen_hit *hit) {
    return rules_text(rules, rules_measure(rules, hit->measure)->id);
}

static const char *profile_of(const struct ruleset *rules,
                              const struct screen_hit *hit) {
    return hit->profile == RULES_NONE
               ? NULL
               : rules_text(rules, rules_profile(rules, hit->profile)->id);
}

static void put_closes(struct json_writer *json, const struct ruleset *rules,
                       const struct alternative *item) {
    if (!item->closes) {
        json_put_null(json, "closes");
        return;
    }
    json_key(json, "closes");
    json_open_object(json);
    json_part_span(json, "from", item->later.from);
    json_put_text(json, "measure", measure_of(rules, &item->later));
    json_put_text(json, "profile", profile_of(rules, &item->later));
    json_close_object(json);
}

static void put_alternative(struct json_writer *json,
                            const struct ruleset *rules,
                            const struct alternatives *found,
                            const struct alternative *item,
                            struct scratch *scratch) {
    json_open_object(json);
    json_inline(json);
    json_part_party(json, "party", rules, item->party);
    json_part_name(json, "party_name", rules, item->party);
    json_put_text(json, "mpn", item->mpn);
    json_put_bool(json, "family", item->pattern);
    json_put_text(json, "fit", alternative_fit_name(item->fit));
    json_put_text(json, "verdict", verdict_name(item->verdict));
    put_verdicts(json, rules, found, item);
    put_closes(json, rules, item);
    json_put_text(json, "lifecycle", item->lifecycle);
    json_put_optional(json, "country", country_of(rules, item->party));
    json_part_party(json, "owner", rules, item->owner);
    json_put_optional(json, "owner_country", country_of(rules, item->owner));
    put_check(json, found, item, scratch);
    json_put_text(json, "source", item->source);
    json_close_object(json);
}

static void put_excluded(struct json_writer *json, const struct run_info *run,
                         const struct alternative_excluded *item,
                         struct scratch *scratch) {
    const struct ruleset *rules = run->rules;
    const struct screen_hit *hit = item->has_hit ? &item->hit : NULL;
    struct strbuf *why = scratch_start(scratch);
    phrase_excluded(why, run, item);
    json_open_object(json);
    json_inline(json);
    json_part_party(json, "party", rules, item->party);
    json_part_name(json, "party_name", rules, item->party);
    json_put_text(json, "mpn", item->mpn);
    json_put_text(json, "fit", alternative_fit_name(item->fit));
    json_part_party(json, "owner", rules, item->owner);
    json_put_optional(json, "country", country_of(rules, item->party));
    json_put_text(json, "measure", hit == NULL ? NULL : measure_of(rules, hit));
    json_put_text(json, "profile", hit == NULL ? NULL : profile_of(rules, hit));
    json_put_date(json, "from", hit == NULL ? DATE_NONE : hit->from.first);
    json_put_str(json, "why", strbuf_str(why));
    json_close_object(json);
}

void json_alternatives(struct json_writer *json, const struct run_info *run,
                       const struct alternatives *found,
                       struct scratch *scratch) {
    json_key(json, "alternatives");
    json_open_array(json);
    for (size_t i = 0; found != NULL && i < found->count; i++)
        put_alternative(json, run->rules, found, &found->items[i], scratch);
    json_close_array(json);
    json_put_int(json, "alternatives_beyond",
                 found == NULL ? 0 : (int64_t)found->beyond);
    json_key(json, "excluded");
    json_open_array(json);
    for (size_t i = 0; found != NULL && i < found->excluded_count; i++)
        put_excluded(json, run, &found->excluded[i], scratch);
    json_close_array(json);
    json_put_int(json, "excluded_beyond",
                 found == NULL ? 0 : (int64_t)found->excluded_beyond);
}
