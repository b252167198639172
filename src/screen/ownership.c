#include "screen/ownership.h"

#include "screen/screen.h"

enum holds span_holds(struct date_span from, struct date_span until,
                      int32_t day) {
    if (from.first != DATE_NONE && day < from.first)
        return HOLDS_NOT_YET;
    if (until.last != DATE_NONE && day > until.last)
        return HOLDS_ENDED;
    if (from.last != DATE_NONE && day < from.last)
        return HOLDS_OPEN;
    if (until.first != DATE_NONE && day > until.first)
        return HOLDS_OPEN;
    return HOLDS_YES;
}

#define HALF 50 /* per cent */

static bool is_known(const struct owner_step *steps, size_t count,
                     uint32_t party) {
    for (size_t i = 0; i < count; i++) {
        if (steps[i].party == party)
            return true;
    }
    return false;
}

/* What a way up may rest on; the surer ways are walked first, so that a
   company that is reached by two is known by the better one. */
enum ground { GROUND_SURE, GROUND_CONTROL, GROUND_ANY, GROUND_COUNT };

static bool rests_on(const struct owner_step *step, enum ground ground) {
    if (ground == GROUND_ANY)
        return true;
    return !step->minority &&
           (ground == GROUND_CONTROL || (!step->open && !step->unconfirmed));
}

/* Append the owners of `party`, reached over `below` (NULL: the start). */
static size_t add_owners(const struct ruleset *rules, uint32_t party,
                         const struct owner_step *below, int32_t day,
                         enum ground ground, struct owner_step *steps,
                         size_t count) {
    struct rules_run owners = rules_party(rules, party)->owners;
    for (uint32_t i = 0; i < owners.count && count < OWNERS_MAX; i++) {
        const struct rules_link *link = rules_link(rules, owners.first + i);
        enum holds holds = span_holds(link->from, link->until, day);
        if (holds == HOLDS_NOT_YET || holds == HOLDS_ENDED ||
            is_known(steps, count, link->party))
            continue;
        struct owner_step step = {
            .party = link->party,
            .link = below != NULL ? below->link : link,
            .open = holds == HOLDS_OPEN || (below != NULL && below->open),
            .unconfirmed = link->confidence == RULES_UNCONFIRMED ||
                           (below != NULL && below->unconfirmed),
            .minority = (link->share != RULES_NONE && link->share < HALF) ||
                        (below != NULL && below->minority),
        };
        if (rests_on(&step, ground))
            steps[count++] = step;
    }
    return count;
}

size_t owners_on(const struct ruleset *rules, uint32_t party, int32_t day,
                 struct owner_step steps[OWNERS_MAX]) {
    size_t count = 0;
    for (int ground = GROUND_SURE; ground < GROUND_COUNT; ground++) {
        count = add_owners(rules, party, NULL, day, (enum ground)ground, steps,
                           count);
        for (size_t i = 0; i < count; i++) {
            struct owner_step below = steps[i];
            count = add_owners(rules, below.party, &below, day,
                               (enum ground)ground, steps, count);
        }
    }
    return count;
}

uint32_t screen_owner(const struct ruleset *rules, uint32_t party,
                      int32_t day) {
    struct owner_step steps[OWNERS_MAX];
    size_t count = owners_on(rules, party, day, steps);
    for (size_t i = 0; i < count; i++) {
        if (!steps[i].minority)
            return steps[i].party;
    }
    return RULES_NONE;
}
