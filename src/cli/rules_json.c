#include "cli/rules_page.h"
#include "core/json_writer.h"
#include "report/json_part.h"
#include "report/phrases.h"

static void put_text(struct json_writer *json, const struct ruleset *rules,
                     const char *key, uint32_t text) {
    json_put_optional(json, key, rules_str(rules, text));
}

/* As sure as the source: a day, a month or a year. */
/* Lists of texts, and of records by their id. */
typedef const char *item_name(const struct ruleset *rules, uint32_t item);

static const char *profile_id(const struct ruleset *rules, uint32_t item) {
    return rules_text(rules, rules_profile(rules, item)->id);
}

static const char *category_id(const struct ruleset *rules, uint32_t item) {
    return rules_text(rules, rules_category(rules, item)->id);
}

static void put_list(struct json_writer *json, const struct ruleset *rules,
                     const char *key, struct rules_run run, item_name *name) {
    json_key(json, key);
    json_open_array(json);
    json_inline(json);
    for (uint32_t i = 0; i < run.count; i++)
        json_text(json, name(rules, rules_item(rules, run, i)));
    json_close_array(json);
}

static void put_activities(struct json_writer *json, uint32_t set) {
    json_key(json, "activities");
    json_open_array(json);
    json_inline(json);
    for (unsigned bit = 0; rules_activity_names[bit] != NULL; bit++) {
        if ((set & (1u << bit)) != 0)
            json_text(json, rules_activity_names[bit]);
    }
    json_close_array(json);
}

static void put_binds(struct json_writer *json, const struct ruleset *rules,
                      const struct rules_clause *clause) {
    if ((clause->flags & RULES_BINDS_ANY) == 0) {
        put_list(json, rules, "binds", clause->binds, profile_id);
        return;
    }
    json_key(json, "binds");
    json_open_array(json);
    json_inline(json);
    json_text(json, "any");
    json_close_array(json);
}

static void put_clause(struct json_writer *json, const struct ruleset *rules,
                       const struct rules_clause *clause) {
    json_open_object(json);
    put_text(json, rules, "id", clause->id);
    json_put_text(json, "effect",
                  rules_effect_name((enum rules_effect)clause->effect));
    put_activities(json, clause->activities);
    put_binds(json, rules, clause);
    put_list(json, rules, "covers", clause->covers, category_id);
    json_put_text(json, "reach",
                  rules_reach_name((enum rules_reach)clause->reach));
    json_put_text(json, "hits",
                  (clause->flags & RULES_HITS_UNLISTED) != 0 ? "unlisted"
                                                             : "listed");
    json_put_bool(json, "inside", (clause->flags & RULES_INSIDE) != 0);
    put_list(json, rules, "made_in", clause->made_in, rules_text);
    put_list(json, rules, "not_made_in", clause->not_made_in, rules_text);
    put_list(json, rules, "maker_in", clause->maker_in, rules_text);
    put_list(json, rules, "not_maker_in", clause->not_maker_in, rules_text);
    json_part_span(json, "from", clause->from);
    json_part_span(json, "until", clause->until);
    put_text(json, rules, "do", clause->advice);
    json_put_text(
        json, "confidence",
        rules_confidence_name((enum rules_confidence)clause->confidence));
    json_close_object(json);
}

static void put_listing(struct json_writer *json, const struct ruleset *rules,
                        const struct rules_listing *listing) {
    json_open_object(json);
    json_inline(json);
    json_part_party(json, "party", rules, listing->party);
    put_text(json, rules, "name", rules_party(rules, listing->party)->name);
    json_part_span(json, "from", listing->from);
    json_part_span(json, "until", listing->until);
    put_list(json, rules, "covers", listing->covers, category_id);
    json_close_object(json);
}

static void put_approval(struct json_writer *json, const struct ruleset *rules,
                         const struct rules_approval *row) {
    json_open_object(json);
    json_inline(json);
    put_text(json, rules, "ipn", row->ipn);
    json_part_party(json, "party", rules, row->party);
    json_part_name(json, "name", rules, row->party);
    put_text(json, rules, "mpn", row->mpn);
    put_list(json, rules, "covers", row->covers, category_id);
    json_put_text(
        json, "status",
        rules_approval_status_name((enum rules_approval_status)row->status));
    json_part_span(json, "from", row->from);
    json_part_span(json, "until", row->until);
    put_text(json, rules, "by", row->by);
    put_text(json, rules, "date", row->date);
    put_text(json, rules, "evidence", row->evidence);
    json_put_text(
        json, "confidence",
        rules_confidence_name((enum rules_confidence)row->confidence));
    json_close_object(json);
}

static void put_approvals(struct json_writer *json, const struct ruleset *rules,
                          struct rules_run rows) {
    json_key(json, "approved");
    json_open_array(json);
    for (uint32_t i = 0; i < rows.count; i++)
        put_approval(json, rules, rules_approval(rules, rows.first + i));
    json_close_array(json);
}

static void put_sources(struct json_writer *json, const struct ruleset *rules,
                        struct rules_run sources) {
    json_key(json, "sources");
    json_open_array(json);
    for (uint32_t i = 0; i < sources.count; i++) {
        const struct rules_source *source =
            rules_source(rules, sources.first + i);
        json_open_object(json);
        json_inline(json);
        put_text(json, rules, "url", source->url);
        put_text(json, rules, "title", source->title);
        put_text(json, rules, "seen", source->seen);
        json_close_object(json);
    }
    json_close_array(json);
}

/* The measure whose list the clauses use instead of one of their own. */
static const char *list_taken(const struct ruleset *rules, uint32_t number) {
    const struct rules_measure *measure = rules_measure(rules, number);
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        uint32_t owner = rules_list_owner(
            rules, rules_clause(rules, measure->clauses.first + i)->listings);
        if (owner != RULES_NONE && owner != number)
            return rules_text(rules, rules_measure(rules, owner)->id);
    }
    return NULL;
}

static void put_measure(struct json_writer *json, const struct ruleset *rules,
                        uint32_t number, int32_t as_of) {
    const struct rules_measure *measure = rules_measure(rules, number);
    json_open_object(json);
    put_text(json, rules, "id", measure->id);
    put_text(json, rules, "title", measure->title);
    put_text(json, rules, "original_title", measure->original_title);
    put_text(json, rules, "authority", measure->authority);
    put_text(json, rules, "jurisdiction", measure->jurisdiction);
    put_text(json, rules, "citation", measure->citation);
    json_part_span(json, "announced", measure->announced);
    json_part_span(json, "known_to", measure->known_to);
    json_put_text(json, "state",
                  rules_state_name(rules_measure_state(rules, number, as_of)));
    json_put_text(
        json, "confidence",
        rules_confidence_name((enum rules_confidence)measure->confidence));
    json_put_bool(json, "partial", measure->partial != 0);
    put_list(json, rules, "blind", measure->blind, rules_text);
    put_text(json, rules, "exceptions", measure->exceptions);
    json_key(json, "clauses");
    json_open_array(json);
    for (uint32_t i = 0; i < measure->clauses.count; i++)
        put_clause(json, rules,
                   rules_clause(rules, measure->clauses.first + i));
    json_close_array(json);
    json_put_text(json, "parties_of", list_taken(rules, number));
    json_key(json, "parties");
    json_open_array(json);
    for (uint32_t i = 0; i < measure->listings.count; i++)
        put_listing(json, rules,
                    rules_listing(rules, measure->listings.first + i));
    json_close_array(json);
    put_approvals(json, rules, measure->approvals);
    put_sources(json, rules, measure->sources);
    json_close_object(json);
}

static void put_profile(struct json_writer *json, const struct ruleset *rules,
                        uint32_t number) {
    const struct rules_profile *profile = rules_profile(rules, number);
    json_open_object(json);
    json_inline(json);
    put_text(json, rules, "id", profile->id);
    put_text(json, rules, "name", profile->name);
    put_text(json, rules, "description", profile->description);
    json_put_text(json, "within",
                  profile->within == RULES_NONE
                      ? NULL
                      : profile_id(rules, profile->within));
    json_close_object(json);
}

void rules_page_json(FILE *out, const struct ruleset *rules, int32_t as_of,
                     uint32_t only) {
    struct json_writer json = JSON_WRITER(out);
    json_open_object(&json);
    json_put_text(&json, "schema", "bomgate-rules/1");
    json_key(&json, "ruleset");
    json_open_object(&json);
    json_inline(&json);
    json_put_text(&json, "version", ruleset_version(rules));
    json_put_text(&json, "sha256", ruleset_sha256(rules));
    json_put_date(&json, "known_to", ruleset_known_to(rules));
    json_close_object(&json);
    json_put_date(&json, "as_of", as_of);
    json_key(&json, "measures");
    json_open_array(&json);
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        if (only == RULES_NONE || only == i)
            put_measure(&json, rules, i, as_of);
    }
    json_close_array(&json);
    json_key(&json, "profiles");
    json_open_array(&json);
    for (uint32_t i = 0; i < rules_profile_count(rules); i++)
        put_profile(&json, rules, i);
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}
