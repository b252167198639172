#include "screen/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "screen/ownership.h"
#include "screen/questions.h"

/* ---- houses ---- */

static struct house house_of(const struct alternatives_options *options,
                             uint32_t party) {
    struct house house = {.members = {party}, .count = 1};
    struct owner_step owners[OWNERS_MAX];
    size_t count = owners_on(options->rules, party, options->as_of, owners);
    for (size_t i = 0; i < count; i++) {
        if (!owners[i].minority)
            house.members[house.count++] = owners[i].party;
    }
    return house;
}

static bool have_common_member(const struct house *a, const struct house *b) {
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            if (a->members[i] == b->members[k])
                return true;
        }
    }
    return false;
}

bool search_begin(struct search *search) {
    const struct maker *maker = search->maker;
    search->houses =
        mem_calloc(maker->candidate_count + 1, sizeof(*search->houses));
    for (size_t i = 0; search->houses != NULL && i < maker->candidate_count;
         i++)
        search->houses[i] =
            house_of(search->options, maker->candidates[i].party);
    return search->houses != NULL;
}

void search_dispose(struct search *search) {
    mem_free(search->houses);
    mem_free(search->items);
    mem_free(search->excluded);
}

/* The maker itself is no candidate, and not worth a word. */
static bool is_maker(const struct search *search, uint32_t party) {
    for (size_t i = 0; i < search->maker->candidate_count; i++) {
        if (search->maker->candidates[i].party == party)
            return true;
    }
    return false;
}

static bool is_same_house(const struct search *search,
                          const struct house *house) {
    for (size_t i = 0; i < search->maker->candidate_count; i++) {
        if (have_common_member(&search->houses[i], house))
            return true;
    }
    return false;
}

/* ---- countries ---- */

static bool lists(const char *const *codes, struct str country) {
    for (; codes != NULL && *codes != NULL; codes++) {
        if (str_eq(str_from(*codes), country))
            return true;
    }
    return false;
}

static bool profile_lists(const struct ruleset *rules, struct rules_run codes,
                          struct str country) {
    for (uint32_t i = 0; i < codes.count; i++) {
        if (str_eq(rules_str(rules, rules_item(rules, codes, i)), country))
            return true;
    }
    return false;
}

/* Does a buyer avoid (or prefer) the country? What was asked for stands before
   what the profiles say. `who`: the profile; RULES_NONE for what was asked. */
static bool is_wanted(const struct search *search, struct str country,
                      bool avoid, uint32_t *who) {
    const struct alternatives_options *options = search->options;
    const char *const *codes =
        avoid ? options->wish.avoids : options->wish.prefers;
    *who = RULES_NONE;
    if (codes != NULL)
        return lists(codes, country);
    for (size_t i = 0; i < search->profile_count; i++) {
        const struct rules_profile *profile =
            rules_profile(options->rules, search->profiles[i]);
        if (profile_lists(options->rules,
                          avoid ? profile->avoids : profile->prefers,
                          country)) {
            *who = search->profiles[i];
            return true;
        }
    }
    return false;
}

bool search_avoids(const struct search *search) {
    const struct alternatives_options *options = search->options;
    if (options->wish.avoids != NULL)
        return options->wish.avoids[0] != NULL;
    for (size_t i = 0; i < search->profile_count; i++) {
        if (rules_profile(options->rules, search->profiles[i])->avoids.count !=
            0)
            return true;
    }
    return false;
}

/* The country of the house that a buyer avoids; NULL when there is none. */
static const char *avoided(const struct search *search,
                           const struct house *house, uint32_t *profile) {
    const struct ruleset *rules = search->options->rules;
    for (size_t i = 0; i < house->count; i++) {
        uint32_t country = rules_party(rules, house->members[i])->country;
        if (is_wanted(search, rules_str(rules, country), true, profile))
            return rules_text(rules, country);
    }
    return NULL;
}

/* Who makes it decides, not who owns the maker. */
static bool is_preferred(const struct search *search, uint32_t party) {
    const struct ruleset *rules = search->options->rules;
    uint32_t profile;
    return is_wanted(search,
                     rules_str(rules, rules_party(rules, party)->country),
                     false, &profile);
}

/* ---- screening ---- */

/* Who is listed in a rule that binds this buyer, though for other parts, is no
   way out of it. */
static bool is_listed_for(const struct screen_hit *hit) {
    return hit->reason == REASON_CATEGORY || hit->reason == REASON_ACTIVITY;
}

static bool becomes_prohibited(enum verdict verdict,
                               const struct screen_hit *hit) {
    return verdict == VERDICT_UPCOMING && hit->becomes == VERDICT_PROHIBITED;
}

static bool is_forbidden(const struct alternatives_options *options,
                         enum verdict verdict, const struct screen_hit *hit) {
    return verdict == VERDICT_PROHIBITED || verdict == VERDICT_OUT_OF_SCOPE ||
           (becomes_prohibited(verdict, hit) &&
            hit->from.first <= options->wish.horizon);
}

/* By one profile. @return false when it is forbidden; `hit` says by what. */
static bool passes(const struct search *search, struct alternative *candidate,
                   enum verdict *verdict, struct screen_hit *hit) {
    /* Bound by nothing here: for a buyer that is clear. */
    if (*verdict == VERDICT_OUT_OF_SCOPE && !is_listed_for(hit))
        *verdict = VERDICT_CLEAR;
    if (is_forbidden(search->options, *verdict, hit))
        return false;
    if (becomes_prohibited(*verdict, hit) &&
        (!candidate->closes || hit->from.first < candidate->later.from.first)) {
        candidate->closes = true;
        candidate->later = *hit;
    }
    candidate->verdict = verdict_worst(candidate->verdict, *verdict);
    return true;
}

/* By every profile. @param[out] hit What forbids it, when `*forbidden`. */
static bool screen(struct search *search, struct alternative *candidate,
                   struct screen_hit *hit, bool *forbidden, struct err *err) {
    enum verdict *verdicts =
        arena_array(search->arena, search->profile_count, sizeof(*verdicts));
    *forbidden = false;
    if (verdicts == NULL)
        return err_nomem(err);
    candidate->verdict = VERDICT_CLEAR;
    candidate->verdicts = verdicts;
    for (size_t i = 0; i < search->profile_count && !*forbidden; i++) {
        if (!screen_party(search->options->screener, candidate->party,
                          candidate->category, search->profiles[i],
                          &verdicts[i], hit, err))
            return false;
        *forbidden = !passes(search, candidate, &verdicts[i], hit);
    }
    return true;
}

/* A supplier whose owner is closed to the buyer is no way out of the rule about
   the owner, even where the rule names the owner alone. */
static bool screen_owners(struct search *search,
                          const struct alternative *candidate,
                          const struct house *house,
                          struct alternative_excluded *why, struct err *err) {
    for (size_t i = 1; i < house->count && !why->has_hit; i++) {
        struct alternative owner = {.party = house->members[i],
                                    .category = candidate->category};
        if (!screen(search, &owner, &why->hit, &why->has_hit, err))
            return false;
    }
    return true;
}

/* What a candidate may hold must be no worse for any buyer than it is itself.
 */
static bool screen_held(struct search *search,
                        const struct alternative *candidate, uint32_t held,
                        struct alternative_excluded *why, struct err *err) {
    for (size_t i = 0; i < search->profile_count && !why->has_hit; i++) {
        enum verdict verdict;
        if (!screen_party(search->options->screener, held, candidate->category,
                          search->profiles[i], &verdict, &why->hit, err))
            return false;
        bool bound =
            verdict != VERDICT_OUT_OF_SCOPE || is_listed_for(&why->hit);
        why->has_hit = bound && verdict < candidate->verdicts[i];
    }
    return true;
}

static bool may_hold(const struct search *search,
                     const struct alternative *candidate,
                     const struct rules_link *link) {
    enum holds holds =
        span_holds(link->from, link->until, search->options->as_of);
    return holds != HOLDS_NOT_YET && holds != HOLDS_ENDED &&
           (link->covers.count == 0 ||
            ask_category(search->options->rules, link->covers,
                         candidate->category, candidate->party) != ANSWER_NO);
}

/* What is closed to the buyer, or to be replaced, is so under any name. */
static bool screen_contents(struct search *search,
                            const struct alternative *candidate,
                            struct alternative_excluded *why, bool *barred,
                            struct err *err) {
    const struct ruleset *rules = search->options->rules;
    struct rules_run contains = rules_party(rules, candidate->party)->contains;
    for (uint32_t i = 0; i < contains.count && !*barred; i++) {
        const struct rules_link *link = rules_link(rules, contains.first + i);
        if (!may_hold(search, candidate, link))
            continue;
        struct house house = house_of(search->options, link->party);
        for (size_t k = 0; k < house.count; k++) {
            if (!screen_held(search, candidate, house.members[k], why, err))
                return false;
        }
        why->holds = link->party;
        *barred = why->has_hit || is_same_house(search, &house);
    }
    return true;
}

/* Why it may not be offered, though no clause hits it. */
static bool bar(struct search *search, const struct alternative *candidate,
                struct alternative_excluded *why, bool *barred,
                struct err *err) {
    struct house house = house_of(search->options, candidate->party);
    *barred = true;
    why->bar = BAR_OWNER;
    if (!screen_owners(search, candidate, &house, why, err))
        return false;
    if (why->has_hit)
        return true;
    why->bar = BAR_HOUSE;
    if (is_same_house(search, &house))
        return true;
    why->bar = BAR_COUNTRY;
    why->country = avoided(search, &house, &why->profile);
    if (why->country != NULL)
        return true;
    why->bar = BAR_CONTENTS;
    *barred = false;
    return screen_contents(search, candidate, why, barred, err);
}

static bool exclude(struct search *search, const struct alternative *candidate,
                    const struct alternative_excluded *why, struct err *err) {
    void *items = search->excluded;
    if (!mem_grow(&items, &search->excluded_cap, search->excluded_count + 1,
                  sizeof(*search->excluded)))
        return err_nomem(err);
    search->excluded = items;
    struct alternative_excluded *one =
        &search->excluded[search->excluded_count++];
    *one = *why;
    one->party = candidate->party;
    one->owner = candidate->owner;
    one->mpn = candidate->mpn;
    one->pattern = candidate->pattern;
    one->fit = candidate->fit;
    return true;
}

static bool offer(struct search *search, const struct alternative *candidate,
                  struct err *err) {
    void *items = search->items;
    if (!mem_grow(&items, &search->cap, search->count + 1,
                  sizeof(*search->items)))
        return err_nomem(err);
    search->items = items;
    search->items[search->count++] = *candidate;
    return true;
}

/* A buyer with an approved list is offered what is on it. */
static bool is_unapproved(struct search *search, struct alternative *candidate,
                          struct screen_hit *hit) {
    enum verdict verdict = screen_approval(
        search->options->screener, candidate->party, candidate->category,
        candidate->pattern ? NULL : candidate->mpn, search->ipn,
        search->profiles, search->profile_count, hit);
    if (verdict != VERDICT_CLEAR && verdict != VERDICT_UPCOMING &&
        screen_is_unapproved(hit))
        return true;
    candidate->verdict = verdict_worst(candidate->verdict, verdict);
    return false;
}

bool search_consider(struct search *search, const struct alternative *from,
                     struct err *err) {
    const struct alternatives_options *options = search->options;
    struct alternative candidate = *from;
    struct alternative_excluded why = {.bar = BAR_MEASURE, .holds = RULES_NONE};
    if (is_maker(search, candidate.party))
        return true;
    candidate.owner =
        screen_owner(options->rules, candidate.party, options->as_of);
    candidate.dies =
        (enum rules_dies)rules_party(options->rules, candidate.party)->dies;
    /* Who makes its own chips is no better maker of cameras for that. */
    if (search->maker->facts.density_mbit == 0 &&
        candidate.dies != RULES_DIES_BOUGHT)
        candidate.dies = RULES_DIES_UNKNOWN;
    if (!screen(search, &candidate, &why.hit, &why.has_hit, err))
        return false;
    why.has_hit = why.has_hit || is_unapproved(search, &candidate, &why.hit);
    bool barred = why.has_hit;
    if (!barred && !bar(search, &candidate, &why, &barred, err))
        return false;
    if (barred)
        return exclude(search, &candidate, &why, err);
    candidate.preferred = is_preferred(search, candidate.party);
    return offer(search, &candidate, err);
}

/* ---- ranking ---- */

static bool is_bought(const struct alternative *item) {
    return item->dies == RULES_DIES_BOUGHT;
}

/* A fit is two steps. What is at its end stands one behind its kind, and who
   makes only such parts behind every other supplier; a family is no number yet;
   whose chips or country nobody knows is no better than the next fit. */
static int step_of(const struct alternative *item) {
    int end_of_life = item->mpn != NULL ? 1 : 3;
    return 2 * (int)item->fit + (item->lifecycle != NULL ? end_of_life : 0) +
           (int)item->pattern + 2 * (int)is_bought(item) +
           2 * (int)item->unplaced;
}

static int compare_mpn(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    return strcmp(a, b);
}

/* The order of the parties never changes, so neither does this one. */
static int by_rank(const void *a, const void *b) {
    const struct alternative *left = a, *right = b;
    const int order[] = {
        (int)left->closes - (int)right->closes,
        step_of(left) - step_of(right),
        (int)right->verdict - (int)left->verdict, /* VERDICT_CLEAR is last */
        (int)is_bought(left) - (int)is_bought(right),
        (int)right->preferred - (int)left->preferred,
        (int)(right->sources > 1) - (int)(left->sources > 1),
        (int)left->pattern - (int)right->pattern,
        (int)left->differences - (int)right->differences,
        (int)left->dies - (int)right->dies,
        left->party < right->party ? -1 : left->party > right->party,
        compare_mpn(left->mpn, right->mpn),
    };
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        if (order[i] != 0)
            return order[i];
    }
    return 0;
}

static int by_bar(const void *a, const void *b) {
    const struct alternative_excluded *left = a, *right = b;
    if (left->bar != right->bar)
        return left->bar < right->bar ? -1 : 1;
    if (left->fit != right->fit)
        return left->fit < right->fit ? -1 : 1;
    if (left->pattern != right->pattern)
        return left->pattern ? 1 : -1;
    if (left->party != right->party)
        return left->party < right->party ? -1 : 1;
    return compare_mpn(left->mpn, right->mpn);
}

/* Who is named with a part number need not be named again without one, nor
   with a family when there is a number. One number may stand in several
   sources: the best fit of it stays. */
static bool adds_nothing(const char *mpn, bool pattern, const char *named) {
    return mpn == NULL || pattern || (named != NULL && strcmp(named, mpn) == 0);
}

static bool is_offered(const struct search *search,
                       const struct alternative *item, size_t before) {
    for (size_t i = 0; i < before; i++) {
        const struct alternative *other = &search->items[i];
        if (other->party == item->party &&
            adds_nothing(item->mpn, item->pattern, other->mpn))
            return true;
    }
    return false;
}

static bool is_excluded(const struct search *search,
                        const struct alternative_excluded *item,
                        size_t before) {
    for (size_t i = 0; i < before; i++) {
        const struct alternative_excluded *other = &search->excluded[i];
        if (other->party == item->party &&
            adds_nothing(item->mpn, item->pattern, other->mpn))
            return true;
    }
    return false;
}

static void drop_repeated(struct search *search) {
    size_t kept = 0;
    for (size_t i = 0; i < search->count; i++) {
        if (!is_offered(search, &search->items[i], kept))
            search->items[kept++] = search->items[i];
    }
    search->count = kept;
    kept = 0;
    for (size_t i = 0; i < search->excluded_count; i++) {
        if (!is_excluded(search, &search->excluded[i], kept))
            search->excluded[kept++] = search->excluded[i];
    }
    search->excluded_count = kept;
}

/* What is at its end is never the first that is offered, unless nothing else
   is. */
static void lead_with_living(struct search *search) {
    struct alternative *items = search->items;
    size_t first = 0;
    while (first < search->count &&
           (items[first].lifecycle != NULL || items[first].closes))
        first++;
    if (first == 0 || first == search->count)
        return;
    struct alternative living = items[first];
    memmove(items + 1, items, first * sizeof(*items));
    items[0] = living;
}

void search_rank(struct search *search) {
    if (search->count > 1)
        qsort(search->items, search->count, sizeof(*search->items), by_rank);
    if (search->excluded_count > 1)
        qsort(search->excluded, search->excluded_count,
              sizeof(*search->excluded), by_bar);
    drop_repeated(search);
    lead_with_living(search);
}
