#include "maker/maker.h"

const struct maker_candidate *maker_sole(const struct maker *maker) {
    return maker->candidate_count == 1 ? &maker->candidates[0] : NULL;
}

const struct maker_candidate *maker_certain(const struct maker *maker) {
    const struct maker_candidate *sole = maker_sole(maker);
    return sole != NULL && sole->confidence == MAKER_CERTAIN ? sole : NULL;
}

bool maker_is_contradicted(const struct maker *maker) {
    for (size_t i = 0; i < maker->candidate_count; i++) {
        if ((maker->candidates[i].matched_by & MAKER_CONTRADICTED) != 0)
            return true;
    }
    return false;
}

bool maker_find_party(struct maker_resolver *resolver,
                      const struct ruleset *rules, struct str name,
                      uint32_t *out, struct err *err) {
    const struct maker_query query = {.manufacturer = name};
    struct maker maker;
    *out = rules_find_party(rules, name);
    if (*out != RULES_NONE || name.len == 0)
        return true;
    if (!maker_resolve(resolver, &query, &maker, err))
        return false;
    const struct maker_candidate *certain = maker_certain(&maker);
    if (certain != NULL)
        *out = certain->party;
    return true;
}
