#include "report/json_part.h"

#include "core/lang.h"
#include "report/phrases.h"

void json_part_party(struct json_writer *json, const char *key,
                     const struct ruleset *rules, uint32_t party) {
    json_put_text(json, key,
                  party == RULES_NONE
                      ? NULL
                      : rules_text(rules, rules_party(rules, party)->id));
}

void json_part_name(struct json_writer *json, const char *key,
                    const struct ruleset *rules, uint32_t party) {
    json_put_text(json, key,
                  party == RULES_NONE
                      ? NULL
                      : rules_text(rules, rules_party(rules, party)->name));
}

void json_part_span(struct json_writer *json, const char *key,
                    struct date_span span) {
    char text[DATE_TEXT_SIZE];
    date_format_span(span, text);
    json_put_optional(json, key, str_from(text));
}

void json_part_when(struct json_writer *json, const struct screen_hit *hit) {
    json_part_span(json, "from", hit->from);
    json_key(json, "days_left");
    if (hit->days_left < 0)
        json_none(json);
    else
        json_int(json, hit->days_left);
    json_put_text(json, "becomes",
                  hit->becomes == VERDICT_COUNT ? NULL
                                                : verdict_name(hit->becomes));
}

void json_part_via(struct json_writer *json, const struct screen_via *via) {
    json_key(json, "via");
    if (via == NULL || via->relation == NULL) {
        json_none(json);
        return;
    }
    json_open_object(json);
    json_inline(json);
    json_put_str(json, "name", via->name);
    json_put_text(json, "relation", via->relation);
    json_part_span(json, "from", via->from);
    json_part_span(json, "until", via->until);
    json_close_object(json);
}

void json_part_matches(struct json_writer *json, unsigned matched_by) {
    json_key(json, "matched_by");
    json_open_array(json);
    json_inline(json);
    for (unsigned i = 0; i < MAKER_MATCH_COUNT; i++) {
        if ((matched_by & (1u << i)) != 0)
            json_text(json, maker_match_name(i));
    }
    json_close_array(json);
}

static void put_number(struct json_writer *json, enum part_parameter parameter,
                       uint32_t value) {
    if (value != 0)
        json_put_int(json, part_parameter_name(parameter), value);
}

static void put_word(struct json_writer *json, enum part_parameter parameter,
                     const char *text) {
    if (text != NULL && text[0] != '\0')
        json_put_text(json, part_parameter_name(parameter), text);
}

static void put_parameters(struct json_writer *json,
                           const struct part_facts *facts) {
    json_key(json, "parameters");
    json_open_object(json);
    json_inline(json);
    put_number(json, PART_DENSITY, facts->density_mbit);
    put_number(json, PART_WIDTH, facts->width);
    put_number(json, PART_SPEED, facts->speed_mts);
    put_number(json, PART_VOLTAGE, facts->voltage_mv);
    put_number(json, PART_DIES, facts->dies);
    put_word(json, PART_PACKAGE, facts->package);
    put_word(json, PART_TEMPERATURE, facts->temperature);
    put_word(json, PART_INTERFACE, facts->interface);
    json_close_object(json);
}

void json_part_facts(struct json_writer *json, const struct ruleset *rules,
                     const struct part_facts *facts) {
    bool known = facts->category != RULES_NONE;
    json_put_optional(json, "category",
                      str_from(phrase_category(rules, facts->category)));
    json_put_text(json, "category_source",
                  known ? facts->category_source : NULL);
    put_parameters(json, facts);
    json_key(json, "parameter_sources");
    json_open_object(json);
    json_inline(json);
    for (unsigned i = 0; i < PART_PARAMETER_COUNT; i++)
        put_word(json, i, facts->sources[i]);
    json_close_object(json);
}

const char *json_part_confidence(enum maker_confidence confidence) {
    static const char *const names[] = {
        [MAKER_NONE] = N_("none"),
        [MAKER_PROBABLE] = N_("probable"),
        [MAKER_CERTAIN] = N_("certain"),
    };
    return names[confidence];
}

void json_part_declaration(struct json_writer *json, const char *key,
                           const struct ruleset *rules,
                           const struct declaration *declaration) {
    static const char *const states[] = {
        [DECLARATION_HOLDS] = "holds",
        [DECLARATION_EXPIRED] = "expired",
        [DECLARATION_NOT_YET] = "not-yet",
    };
    if (declaration == NULL) {
        json_put_null(json, key);
        return;
    }
    json_key(json, key);
    json_open_object(json);
    json_put_text(json, "statement",
                  declaration_statement_name(declaration->statement));
    json_put_text(json, "state", states[declaration->state]);
    json_part_party(json, "party", rules, declaration->party);
    json_put_text(json, "mpn", declaration->mpn);
    json_put_text(
        json, "measure",
        declaration->measure == RULES_NONE
            ? NULL
            : rules_text(rules,
                         rules_measure(rules, declaration->measure)->id));
    json_put_text(json, "country", declaration->country);
    json_put_text(json, "document", declaration->document);
    json_put_text(json, "sha256", declaration->sha256);
    json_put_date(json, "date", declaration->date);
    json_put_date(json, "valid_until", declaration->valid_until);
    json_put_text(json, "by", declaration->by);
    json_put_text(json, "path", declaration->path);
    json_put_int(json, "line", declaration->line);
    json_close_object(json);
}
