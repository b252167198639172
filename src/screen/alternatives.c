#include "screen/alternatives.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/mem.h"
#include "ruleset/name.h"
#include "screen/ownership.h"

#define REMEMBERED_MAX 4096

struct alternatives_finder {
    struct alternatives_options options;
    struct arena arena;
    struct map known; /* part -> index into `answers` */
    struct alternatives *answers;
    size_t count, cap;
    struct strbuf key, mpn;
};

static const char *const fit_names[] = {
    [FIT_DROP_IN] = "drop-in",
    [FIT_EQUIVALENT] = "equivalent",
    [FIT_SUPPLIER] = "supplier",
};

const char *alternative_fit_name(enum alternative_fit fit) {
    return fit_names[fit];
}

struct alternatives_finder *alternatives_finder_new(
    const struct alternatives_options *options) {
    struct alternatives_finder *finder = mem_calloc(1, sizeof(*finder));
    if (finder != NULL)
        finder->options = *options;
    return finder;
}

void alternatives_finder_free(struct alternatives_finder *finder) {
    if (finder == NULL)
        return;
    arena_dispose(&finder->arena);
    map_dispose(&finder->known);
    strbuf_dispose(&finder->key);
    strbuf_dispose(&finder->mpn);
    mem_free(finder->answers);
    mem_free(finder);
}

/* What is being looked for, and what has been found so far. */
struct search {
    struct alternatives_finder *finder;
    const struct maker *maker;
    const uint32_t *profiles;
    size_t profile_count;
    struct alternative *items;
    size_t count, cap;
    struct alternative_excluded *excluded;
    size_t excluded_count, excluded_cap;
};

/* A company and everyone who owns it, by half or more. */
struct house {
    uint32_t members[OWNERS_MAX + 1];
    size_t count;
};

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

/* A part of the same house is no way out of a rule about the house. */
static bool is_same_house(const struct search *search, uint32_t party) {
    const struct alternatives_options *options = &search->finder->options;
    struct house theirs = house_of(options, party);
    for (size_t i = 0; i < search->maker->candidate_count; i++) {
        struct house mine =
            house_of(options, search->maker->candidates[i].party);
        if (have_common_member(&mine, &theirs))
            return true;
    }
    return false;
}

/* Who is listed in a rule that binds this buyer, though for other parts, is no
   way out of it. */
static bool is_listed_for(const struct screen_hit *hit) {
    return hit->reason == REASON_CATEGORY || hit->reason == REASON_ACTIVITY;
}

static bool is_forbidden(const struct alternatives_options *options,
                         enum verdict verdict, const struct screen_hit *hit) {
    return verdict == VERDICT_PROHIBITED || verdict == VERDICT_OUT_OF_SCOPE ||
           (verdict == VERDICT_UPCOMING && hit->becomes == VERDICT_PROHIBITED &&
            hit->from.first <= options->horizon);
}

static bool add_excluded(struct search *search,
                         const struct alternative *candidate,
                         const struct screen_hit *hit) {
    void *items = search->excluded;
    if (!mem_grow(&items, &search->excluded_cap, search->excluded_count + 1,
                  sizeof(*search->excluded)))
        return false;
    search->excluded = items;
    search->excluded[search->excluded_count++] =
        (struct alternative_excluded){candidate->party, candidate->mpn, *hit};
    return true;
}

static bool add_item(struct search *search,
                     const struct alternative *candidate) {
    void *items = search->items;
    if (!mem_grow(&items, &search->cap, search->count + 1,
                  sizeof(*search->items)))
        return false;
    search->items = items;
    search->items[search->count++] = *candidate;
    return true;
}

/* Screen a candidate by every profile; it ends up offered or excluded. */
static bool consider(struct search *search, struct alternative *candidate,
                     struct err *err) {
    struct alternatives_finder *finder = search->finder;
    enum verdict *verdicts =
        arena_array(&finder->arena, search->profile_count, sizeof(*verdicts));
    if (verdicts == NULL)
        return err_nomem(err);
    candidate->verdict = VERDICT_CLEAR;
    candidate->verdicts = verdicts;
    candidate->dies =
        (enum rules_dies)rules_party(finder->options.rules, candidate->party)
            ->dies;
    for (size_t i = 0; i < search->profile_count; i++) {
        struct screen_hit hit;
        if (!screen_party(finder->options.screener, candidate->party,
                          search->maker->facts.category, search->profiles[i],
                          &verdicts[i], &hit, err))
            return false;
        /* Bound by nothing here: for a buyer that is clear. */
        if (verdicts[i] == VERDICT_OUT_OF_SCOPE && !is_listed_for(&hit))
            verdicts[i] = VERDICT_CLEAR;
        if (is_forbidden(&finder->options, verdicts[i], &hit))
            return add_excluded(search, candidate, &hit) || err_nomem(err);
        candidate->verdict = verdict_worst(candidate->verdict, verdicts[i]);
    }
    return add_item(search, candidate) || err_nomem(err);
}

static enum alternative_fit fit_of_level(const char *level) {
    return level[0] == 'A' ? FIT_DROP_IN : FIT_EQUIVALENT;
}

#define BASE_NUMBER_MIN 8 /* shorter ones do not name one part */

/* Many are published for the base number: "MT41K256M16TW-107" stands for its
   grades and packings too. */
static struct rules_run find_crosses(const struct ruleset *rules,
                                     struct str key) {
    struct rules_run run = {0, 0};
    for (; run.count == 0 && key.len >= BASE_NUMBER_MIN; key.len--)
        run = rules_find_crosses(rules, key);
    return run;
}

/* Published replacements; those of the weakest level are left to the
   supplier stage. */
static bool add_crosses(struct search *search, struct str mpn,
                        struct err *err) {
    struct alternatives_finder *finder = search->finder;
    const struct ruleset *rules = finder->options.rules;
    mpn_key(&finder->mpn, mpn);
    if (finder->mpn.failed)
        return err_nomem(err);
    struct rules_run run = find_crosses(rules, strbuf_str(&finder->mpn));
    for (uint32_t i = 0; i < run.count; i++) {
        const struct rules_cross *cross = rules_cross(rules, run.first + i);
        const char *level = rules_text(rules, cross->level);
        const char *check = rules_text(rules, cross->check);
        struct alternative candidate = {
            .party = cross->to_party,
            .mpn = rules_text(rules, cross->to),
            .fit = fit_of_level(level),
            .check = check[0] != '\0' ? check : NULL,
            .source = rules_text(rules, cross->source),
        };
        if (level[0] == 'D' || is_same_house(search, cross->to_party))
            continue;
        if (!consider(search, &candidate, err))
            return false;
    }
    return true;
}

/* Does the party make this very category, or, when no more is known of the
   part than "memory", one below it? */
static bool makes(const struct ruleset *rules, struct rules_run made,
                  uint32_t category) {
    for (uint32_t i = 0; i < made.count; i++) {
        uint32_t one = rules_item(rules, made, i);
        if (one != 0 && (rules_category_within(rules, category, one) ||
                         rules_category_within(rules, one, category)))
            return true;
    }
    return false;
}

/* Is what it makes of that category at its end? Of a category that is known
   no closer, such as "memory", only when nothing else of it is made. */
static bool is_legacy(const struct ruleset *rules,
                      const struct rules_party *party, uint32_t category) {
    for (uint32_t i = 0; i < party->legacy.count; i++) {
        uint32_t one = rules_item(rules, party->legacy, i);
        if (one != 0 && rules_category_within(rules, category, one))
            return true;
    }
    return !makes(rules, party->makes, category);
}

/* Where it stands that the party makes such parts. */
static const char *source_of(struct alternatives_finder *finder,
                             const struct rules_party *party) {
    const struct ruleset *rules = finder->options.rules;
    return arena_printf(&finder->arena, "rules/%s",
                        rules_text(rules, party->file))
        .ptr;
}

static const char *check_of(enum rules_dies dies) {
    return dies == RULES_DIES_BOUGHT
               ? "sells other makers' chips: ask for a declaration of who made "
                 "them"
               : NULL;
}

static bool add_suppliers(struct search *search, struct err *err) {
    const struct ruleset *rules = search->finder->options.rules;
    uint32_t category = search->maker->facts.category;
    if (category == RULES_NONE || category == 0)
        return true;
    for (uint32_t i = 0; i < rules_party_count(rules); i++) {
        const struct rules_party *party = rules_party(rules, i);
        if ((!makes(rules, party->legacy, category) &&
             !makes(rules, party->makes, category)) ||
            is_same_house(search, i))
            continue;
        bool legacy = is_legacy(rules, party, category);
        struct alternative candidate = {
            .party = i,
            .fit = FIT_SUPPLIER,
            .lifecycle = legacy ? "end-of-life" : NULL,
            .source = source_of(search->finder, party),
            .check = check_of((enum rules_dies)party->dies),
        };
        if (!consider(search, &candidate, err))
            return false;
    }
    return true;
}

/* What is still made before what is not, the better fit and then the clearer
   before the others, who makes its own chips before who does not say whose they
   are; then the order of the ids, which never changes. */
static int by_rank(const void *a, const void *b) {
    const struct alternative *left = a, *right = b;
    bool left_old = left->lifecycle != NULL;
    bool right_old = right->lifecycle != NULL;
    if (left_old != right_old)
        return left_old ? 1 : -1;
    if (left->fit != right->fit)
        return left->fit < right->fit ? -1 : 1;
    if (left->verdict != right->verdict)
        return left->verdict > right->verdict ? -1 : 1;
    if (left->dies != right->dies)
        return left->dies < right->dies ? -1 : 1;
    if (left->party != right->party)
        return left->party < right->party ? -1 : 1;
    return left->mpn == NULL ? 0 : strcmp(left->mpn, right->mpn);
}

static int by_party(const void *a, const void *b) {
    const struct alternative_excluded *left = a, *right = b;
    if (left->party != right->party)
        return left->party < right->party ? -1 : 1;
    if ((left->mpn == NULL) != (right->mpn == NULL))
        return left->mpn == NULL ? 1 : -1;
    return left->mpn == NULL ? 0 : strcmp(left->mpn, right->mpn);
}

/* Who is offered with a part number need not be named as a supplier again, and
   one part number may stand in several cross-references. */
static bool is_repeated(uint32_t party, const char *mpn, uint32_t other,
                        const char *other_mpn) {
    return party == other &&
           (mpn == NULL || (other_mpn != NULL && strcmp(mpn, other_mpn) == 0));
}

static bool is_offered(const struct search *search,
                       const struct alternative *item, size_t before) {
    for (size_t i = 0; i < before; i++) {
        if (is_repeated(item->party, item->mpn, search->items[i].party,
                        search->items[i].mpn))
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
        const struct alternative_excluded *one = &search->excluded[i];
        const struct alternative_excluded *last =
            kept == 0 ? NULL : &search->excluded[kept - 1];
        if (last == NULL ||
            !is_repeated(one->party, one->mpn, last->party, last->mpn))
            search->excluded[kept++] = *one;
    }
    search->excluded_count = kept;
}

static void rank(struct search *search) {
    if (search->count > 1)
        qsort(search->items, search->count, sizeof(*search->items), by_rank);
    if (search->excluded_count > 1)
        qsort(search->excluded, search->excluded_count,
              sizeof(*search->excluded), by_party);
    drop_repeated(search);
}

static void *keep(struct arena *arena, const void *items, size_t count,
                  size_t size) {
    void *kept = arena_array(arena, count, size);
    if (kept != NULL && count != 0)
        memcpy(kept, items, count * size);
    return kept;
}

static bool remember(struct search *search, struct alternatives *out) {
    struct alternatives_finder *finder = search->finder;
    struct arena *arena = &finder->arena;
    size_t limit = finder->options.limit;
    size_t shown = limit != 0 && search->count > limit ? limit : search->count;
    struct alternatives answer = {
        .profiles = keep(arena, search->profiles, search->profile_count,
                         sizeof(*search->profiles)),
        .profile_count = search->profile_count,
        .items = keep(arena, search->items, shown, sizeof(*search->items)),
        .count = shown,
        .excluded = keep(arena, search->excluded, search->excluded_count,
                         sizeof(*search->excluded)),
        .excluded_count = search->excluded_count,
        .more = search->count > shown,
    };
    struct str key = arena_str(arena, strbuf_str(&finder->key));
    void *items = finder->answers;
    if (arena->failed || !mem_grow(&items, &finder->cap, finder->count + 1,
                                   sizeof(*finder->answers)))
        return false;
    finder->answers = items;
    finder->answers[finder->count] = answer;
    *out = answer;
    return map_put(&finder->known, key, (uint32_t)finder->count++);
}

static void add_number(struct strbuf *key, uint32_t number) {
    strbuf_add(key, (struct str){(const char *)&number, sizeof(number)});
}

static void make_key(struct strbuf *key, struct str mpn,
                     const struct maker *maker, const uint32_t *profiles,
                     size_t profile_count) {
    strbuf_clear(key);
    add_number(key, maker->facts.category);
    for (size_t i = 0; i < maker->candidate_count; i++)
        add_number(key, maker->candidates[i].party);
    add_number(key, RULES_NONE);
    for (size_t i = 0; i < profile_count; i++)
        add_number(key, profiles[i]);
    add_number(key, RULES_NONE);
    strbuf_add(key, mpn);
}

void alternatives_trim(struct alternatives_finder *finder) {
    if (finder->count < REMEMBERED_MAX)
        return;
    arena_reset(&finder->arena);
    map_clear(&finder->known);
    finder->count = 0;
}

bool alternatives_find(struct alternatives_finder *finder, struct str mpn,
                       const struct maker *maker, const uint32_t *profiles,
                       size_t profile_count, struct alternatives *out,
                       struct err *err) {
    struct search search = {
        .finder = finder,
        .maker = maker,
        .profiles = profiles,
        .profile_count = profile_count,
    };
    make_key(&finder->key, mpn, maker, profiles, profile_count);
    if (finder->key.failed)
        return err_nomem(err);
    uint32_t known = map_get(&finder->known, strbuf_str(&finder->key));
    if (known != MAP_NONE) {
        *out = finder->answers[known];
        return true;
    }
    bool ok = add_crosses(&search, mpn, err) && add_suppliers(&search, err);
    if (ok) {
        rank(&search);
        ok = remember(&search, out) || err_nomem(err);
    }
    mem_free(search.items);
    mem_free(search.excluded);
    return ok;
}
