#include "screen/questions.h"

static bool is_within(const struct ruleset *rules, uint32_t profile,
                      uint32_t above) {
    while (profile != RULES_NONE && profile != above)
        profile = rules_profile(rules, profile)->within;
    return profile != RULES_NONE;
}

/* A clause binds whoever it names, whoever lies within that, and who says of
   itself that it is bound like one of these. */
bool profile_binds(const struct ruleset *rules, uint32_t bound,
                   uint32_t profile) {
    for (uint32_t up = profile; up != RULES_NONE;
         up = rules_profile(rules, up)->within) {
        struct rules_run includes = rules_profile(rules, up)->includes;
        if (up == bound)
            return true;
        for (uint32_t i = 0; i < includes.count; i++) {
            if (is_within(rules, rules_item(rules, includes, i), bound))
                return true;
        }
    }
    return false;
}

/* Is `bound` a narrower case of what the profile declares? */
static bool is_narrower(const struct ruleset *rules, uint32_t bound,
                        uint32_t profile) {
    struct rules_run includes = rules_profile(rules, profile)->includes;
    if (is_within(rules, bound, profile))
        return true;
    for (uint32_t i = 0; i < includes.count; i++) {
        if (is_within(rules, bound, rules_item(rules, includes, i)))
            return true;
    }
    return false;
}

/* What lies within a profile that does not apply does not apply either. */
static bool is_denied(const struct ruleset *rules,
                      const struct profile_set *denied, uint32_t profile) {
    for (size_t i = 0; denied != NULL && i < denied->count; i++) {
        if (is_within(rules, profile, denied->items[i]))
            return true;
    }
    return false;
}

static enum answer ask_one(const struct ruleset *rules,
                           const struct rules_clause *clause, uint32_t profile,
                           const struct profile_set *denied,
                           uint32_t *declare) {
    enum answer answer = ANSWER_NO;
    *declare = RULES_NONE;
    for (uint32_t i = 0; i < clause->binds.count; i++) {
        uint32_t bound = rules_item(rules, clause->binds, i);
        if (profile_binds(rules, bound, profile)) {
            *declare = RULES_NONE;
            return ANSWER_YES;
        }
        if (answer == ANSWER_OPEN || !is_narrower(rules, bound, profile))
            continue;
        *declare = bound;
        if (!is_denied(rules, denied, bound))
            answer = ANSWER_OPEN;
    }
    return answer;
}

enum answer ask_profile(const struct ruleset *rules,
                        const struct rules_clause *clause, uint32_t profile,
                        const struct profile_set *denied,
                        struct binding *binding) {
    *binding = (struct binding){RULES_NONE, RULES_NONE};
    if ((clause->flags & RULES_BINDS_ANY) != 0)
        return ANSWER_YES;
    struct rules_run customers = rules_profile(rules, profile)->supplies;
    enum answer best =
        ask_one(rules, clause, profile, denied, &binding->declare);
    for (uint32_t i = 0; i < customers.count && best != ANSWER_YES; i++) {
        uint32_t customer = rules_item(rules, customers, i), declare;
        enum answer answer = ask_one(rules, clause, customer, denied, &declare);
        bool says = answer == best && binding->declare == RULES_NONE &&
                    declare != RULES_NONE;
        if (answer <= best && !says)
            continue;
        best = answer;
        *binding = (struct binding){declare, customer};
    }
    return best;
}

static unsigned does(const struct ruleset *rules, uint32_t profile) {
    unsigned set = 0;
    for (; profile != RULES_NONE;
         profile = rules_profile(rules, profile)->within)
        set |= rules_profile(rules, profile)->does;
    return set;
}

bool ask_activity(const struct ruleset *rules,
                  const struct rules_clause *clause, uint32_t profile,
                  const struct binding *binding, unsigned activity) {
    if (binding->customer != RULES_NONE) {
        profile = binding->customer;
        activity = activity == RULES_SELL ? RULES_PURCHASE : activity;
    }
    unsigned set = activity;
    if (activity == RULES_PURCHASE)
        set |= RULES_INSTALL | RULES_USE | does(rules, profile);
    else if (activity == RULES_INSTALL)
        set |= RULES_USE;
    return (clause->activities & set) != 0;
}

static enum answer covers_one(const struct ruleset *rules,
                              struct rules_run covers, uint32_t category) {
    enum answer answer = ANSWER_NO;
    for (uint32_t i = 0; i < covers.count; i++) {
        uint32_t covered = rules_item(rules, covers, i);
        if (rules_category_within(rules, category, covered))
            return ANSWER_YES;
        if (rules_category_within(rules, covered, category))
            answer = ANSWER_OPEN;
    }
    return answer;
}

enum answer ask_category(const struct ruleset *rules, struct rules_run covers,
                         uint32_t category, uint32_t party) {
    const uint32_t everything = 0;
    if (category != RULES_NONE && category != everything)
        return covers_one(rules, covers, category);
    if (covers_one(rules, covers, everything) == ANSWER_YES)
        return ANSWER_YES;
    if (party == RULES_NONE)
        return ANSWER_OPEN;
    struct rules_run made[] = {rules_party(rules, party)->makes,
                               rules_party(rules, party)->legacy};
    uint32_t all = made[0].count + made[1].count, yes = 0, no = 0;
    for (size_t m = 0; m < ARRAY_LEN(made); m++) {
        for (uint32_t i = 0; i < made[m].count; i++) {
            enum answer answer =
                covers_one(rules, covers, rules_item(rules, made[m], i));
            yes += answer == ANSWER_YES;
            no += answer == ANSWER_NO;
        }
    }
    if (all != 0 && yes == all)
        return ANSWER_YES;
    return all != 0 && no == all ? ANSWER_NO : ANSWER_OPEN;
}
