#include "maker/maker.h"

#include <string.h>

bool maker_copy(struct arena *arena, const struct maker *maker,
                struct maker *out) {
    size_t count = maker->candidate_count;
    struct maker_candidate *candidates =
        arena_array(arena, count, sizeof(*candidates));
    *out = *maker;
    out->evidence = arena_str(arena, maker->evidence);
    if (arena->failed)
        return false;
    if (count != 0)
        memcpy(candidates, maker->candidates, count * sizeof(*candidates));
    out->candidates = candidates;
    return true;
}

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
