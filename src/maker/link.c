#include "maker/maker.h"

#define LINK_DEPTH_MAX 8    /* owners of owners */
#define LINK_PARTIES_MAX 64 /* owners, theirs and so on, of one party */
#define LINK_CONTROL 50     /* per cent: two with one owner are linked */

/* A party, and who ever owned it at any depth. */
struct owners {
    uint32_t party[LINK_PARTIES_MAX];
    size_t count;
};

static bool has(const struct owners *owners, uint32_t party) {
    for (size_t i = 0; i < owners->count; i++)
        if (owners->party[i] == party)
            return true;
    return false;
}

static void add_owners_of(struct owners *owners, const struct ruleset *rules,
                          uint32_t party, uint32_t share) {
    struct rules_run run = rules_party(rules, party)->owners;
    for (uint32_t i = 0; i < run.count; i++) {
        const struct rules_link *link = rules_link(rules, run.first + i);
        if (link->share >= share && owners->count < LINK_PARTIES_MAX &&
            !has(owners, link->party))
            owners->party[owners->count++] = link->party;
    }
}

/* Level by level; `share` is the least that counts as owning. */
static void collect(struct owners *owners, const struct ruleset *rules,
                    uint32_t party, uint32_t share) {
    owners->party[0] = party;
    owners->count = 1;
    size_t at = 0;
    for (int depth = 0; depth < LINK_DEPTH_MAX; depth++) {
        size_t end = owners->count;
        for (; at < end; at++)
            add_owners_of(owners, rules, owners->party[at], share);
    }
}

static bool sold_to(const struct ruleset *rules, const struct owners *sellers,
                    const struct owners *buyers) {
    for (size_t i = 0; i < sellers->count; i++) {
        struct rules_run sold = rules_party(rules, sellers->party[i])->sold;
        for (uint32_t s = 0; s < sold.count; s++)
            if (has(buyers, rules_link(rules, sold.first + s)->party))
                return true;
    }
    return false;
}

bool maker_linked(const struct ruleset *rules, uint32_t a, uint32_t b) {
    if (a == b)
        return true;
    struct owners of_a, of_b;
    collect(&of_a, rules, a, 0);
    collect(&of_b, rules, b, 0);
    if (has(&of_a, b) || has(&of_b, a) || sold_to(rules, &of_a, &of_b) ||
        sold_to(rules, &of_b, &of_a))
        return true;
    /* A fund with a few per cent of both does not make them one company. */
    collect(&of_a, rules, a, LINK_CONTROL);
    collect(&of_b, rules, b, LINK_CONTROL);
    for (size_t i = 1; i < of_a.count; i++)
        if (has(&of_b, of_a.party[i]))
            return true;
    return false;
}

bool maker_left(const struct ruleset *rules, uint32_t party, uint32_t owner) {
    struct rules_run run = rules_party(rules, party)->owners;
    bool left = false;
    for (uint32_t i = 0; i < run.count; i++) {
        const struct rules_link *link = rules_link(rules, run.first + i);
        if (link->party != owner)
            continue;
        if (link->until.first == DATE_NONE)
            return false;
        left = true;
    }
    return left;
}
