#include "report/json_part.h"

#include "report/phrases.h"

void json_part_party(struct json_writer *json, const char *key,
                     const struct ruleset *rules, uint32_t party) {
    json_put_text(json, key,
                  party == RULES_NONE
                      ? NULL
                      : rules_text(rules, rules_party(rules, party)->id));
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

static void put_number(struct json_writer *json, const char *key,
                       uint32_t value) {
    if (value != 0)
        json_put_int(json, key, value);
}

static void put_word(struct json_writer *json, const char *key,
                     const char *text) {
    if (text != NULL && text[0] != '\0')
        json_put_text(json, key, text);
}

void json_part_facts(struct json_writer *json, const struct ruleset *rules,
                     const struct part_facts *facts) {
    json_put_optional(json, "category",
                      str_from(phrase_category(rules, facts->category)));
    json_key(json, "parameters");
    json_open_object(json);
    json_inline(json);
    put_number(json, "density_mbit", facts->density_mbit);
    put_number(json, "width", facts->width);
    put_number(json, "speed_mts", facts->speed_mts);
    put_number(json, "voltage_mv", facts->voltage_mv);
    put_number(json, "dies", facts->dies);
    put_word(json, "package", facts->package);
    put_word(json, "temperature", facts->temperature);
    put_word(json, "interface", facts->interface);
    json_close_object(json);
}

const char *json_part_confidence(enum maker_confidence confidence) {
    static const char *const names[] = {
        [MAKER_NONE] = "none",
        [MAKER_PROBABLE] = "probable",
        [MAKER_CERTAIN] = "certain",
    };
    return names[confidence];
}
