#include "screen/alternatives.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/lang.h"
#include "core/map.h"
#include "core/mem.h"
#include "ruleset/name.h"
#include "screen/known_parts.h"
#include "screen/search.h"

#define REMEMBERED_MAX 4096
#define REMEMBERED_BYTES_MAX (1024 * 1024)

struct alternatives_finder {
    struct alternatives_options options;
    struct arena arena;
    struct map known; /* part -> index into `answers` */
    struct alternatives *answers;
    size_t count, cap;
    struct strbuf key, mpn;
    struct known_parts *parts;
};

static const char *const fit_names[] = {
    [FIT_DROP_IN] = N_("drop-in"),
    [FIT_EQUIVALENT] = N_("equivalent"),
    [FIT_SUPPLIER] = N_("supplier"),
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
    known_parts_free(finder->parts);
    mem_free(finder->answers);
    mem_free(finder);
}

static bool is_closed_to(const struct screening *screening, uint32_t profile) {
    for (size_t i = 0; i < screening->hit_count; i++) {
        const struct screen_hit *hit = &screening->hits[i];
        if (hit->verdict <= VERDICT_REVIEW && hit->profile == profile)
            return true;
    }
    return false;
}

size_t screening_profiles(const struct screening *screening,
                          const uint32_t *profiles, size_t profile_count,
                          bool declared, uint32_t *out) {
    size_t count = 0;
    for (size_t i = 0; i < profile_count; i++) {
        if (declared || is_closed_to(screening, profiles[i]))
            out[count++] = profiles[i];
    }
    for (size_t i = 0; count == 0 && i < profile_count; i++)
        out[i] = profiles[i];
    return count != 0 ? count : profile_count;
}

/* ---- the best few ---- */

#define OFFERED_MAX 6 /* more nobody compares */
#define EXCLUDED_MAX 8

/* The best of each maker, so that the few are not all one maker's. */
static size_t keep_best(struct alternative *items, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < OFFERED_MAX; i++) {
        size_t k = 0;
        while (k < kept && items[k].party != items[i].party)
            k++;
        if (k == kept)
            items[kept++] = items[i];
    }
    return kept;
}

/* One reason a company is enough. */
static size_t keep_reasons(struct alternative_excluded *items, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < EXCLUDED_MAX; i++) {
        size_t k = 0;
        while (k < kept && items[k].party != items[i].party)
            k++;
        if (k == kept)
            items[kept++] = items[i];
    }
    return kept;
}

static void *keep(struct arena *arena, const void *items, size_t count,
                  size_t size) {
    void *kept = arena_array(arena, count, size);
    if (kept != NULL && count != 0)
        memcpy(kept, items, count * size);
    return kept;
}

static int by_number(const void *a, const void *b) {
    const uint32_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* Each once. */
static bool add_suppliers(struct arena *arena, const struct search *search,
                          struct alternatives *out) {
    uint32_t *parties = arena_array(arena, search->count, sizeof(*parties));
    size_t count = 0, kept = 0;
    for (size_t i = 0; parties != NULL && i < search->count; i++) {
        const struct alternative *item = &search->items[i];
        if (item->verdict == VERDICT_CLEAR && item->lifecycle == NULL)
            parties[count++] = item->party;
    }
    if (count > 1)
        qsort(parties, count, sizeof(*parties), by_number);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || parties[kept - 1] != parties[i])
            parties[kept++] = parties[i];
    }
    out->suppliers = parties;
    out->supplier_count = kept;
    return parties != NULL;
}

/* What to look at with any part of its kind; said once, above all of them. */
static const char *check_of(const struct ruleset *rules, uint32_t category) {
    while (category != RULES_NONE) {
        const struct rules_category *kind = rules_category(rules, category);
        const char *check = rules_text(rules, kind->check);
        if (*check != '\0')
            return tr(check);
        category = kind->parent;
    }
    return NULL;
}

static bool remember(struct alternatives_finder *finder, struct search *search,
                     struct alternatives *out) {
    struct arena *arena = &finder->arena;
    size_t count = search->count, excluded = search->excluded_count;
    struct alternatives answer = {.profile_count = search->profile_count};
    if (!add_suppliers(arena, search, &answer))
        return false;
    if (!finder->options.wish.all) {
        search->count = keep_best(search->items, count);
        search->excluded_count = keep_reasons(search->excluded, excluded);
    }
    answer.profiles = keep(arena, search->profiles, search->profile_count,
                           sizeof(*search->profiles));
    answer.items =
        keep(arena, search->items, search->count, sizeof(*search->items));
    answer.count = search->count;
    answer.excluded = keep(arena, search->excluded, search->excluded_count,
                           sizeof(*search->excluded));
    answer.excluded_count = search->excluded_count;
    answer.beyond = count - search->count;
    answer.excluded_beyond = excluded - search->excluded_count;
    answer.check =
        check_of(finder->options.rules, search->maker->facts.category);
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

static void make_key(struct strbuf *key, const struct ruleset *rules,
                     const struct part_named *named, const struct maker *maker,
                     const uint32_t *profiles, size_t profile_count) {
    const struct part_facts *facts = &maker->facts;
    const uint32_t numbers[] = {
        facts->category,   facts->density_mbit, facts->width,
        facts->voltage_mv, facts->speed_mts,    facts->dies,
    };
    const char *const texts[] = {facts->package, facts->temperature,
                                 facts->interface};
    strbuf_clear(key);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        add_number(key, numbers[i]);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        strbuf_add_text(key, texts[i]);
        strbuf_add_char(key, '\0');
    }
    for (size_t i = 0; i < maker->candidate_count; i++)
        add_number(key, maker->candidates[i].party);
    add_number(key, RULES_NONE);
    for (size_t i = 0; i < profile_count; i++)
        add_number(key, profiles[i]);
    add_number(key, RULES_NONE);
    strbuf_add(key, named->mpn);
    if (!rules_have_approvals(rules))
        return;
    strbuf_add_char(key, '\0');
    strbuf_add(key, named->ipn);
}

void alternatives_trim(struct alternatives_finder *finder) {
    if (finder->count < REMEMBERED_MAX &&
        finder->arena.used < REMEMBERED_BYTES_MAX)
        return;
    arena_reset(&finder->arena);
    map_clear(&finder->known);
    finder->count = 0;
}

static bool search_anew(struct alternatives_finder *finder,
                        struct search *search, struct alternatives *out,
                        struct err *err) {
    bool ok = search_begin(search) || err_nomem(err);
    if (ok && search_candidates(search, err)) {
        search_rank(search);
        ok = remember(finder, search, out) || err_nomem(err);
    } else {
        ok = false;
    }
    search_dispose(search);
    return ok;
}

bool alternatives_find(struct alternatives_finder *finder,
                       const struct part_named *named,
                       const struct maker *maker, const uint32_t *profiles,
                       size_t profile_count, struct alternatives *out,
                       struct err *err) {
    make_key(&finder->key, finder->options.rules, named, maker, profiles,
             profile_count);
    mpn_key(&finder->mpn, named->mpn);
    if (finder->key.failed || finder->mpn.failed)
        return err_nomem(err);
    uint32_t number = map_get(&finder->known, strbuf_str(&finder->key));
    if (number != MAP_NONE) {
        *out = finder->answers[number];
        return true;
    }
    /* Read once, and only when something was found that needs replacing. */
    if (finder->parts == NULL)
        finder->parts = known_parts_new(finder->options.rules);
    if (finder->parts == NULL)
        return err_nomem(err);
    struct search search = {
        .options = &finder->options,
        .arena = &finder->arena,
        .known = finder->parts,
        .maker = maker,
        .ipn = named->ipn,
        .key = strbuf_str(&finder->mpn),
        .profiles = profiles,
        .profile_count = profile_count,
    };
    return search_anew(finder, &search, out, err);
}
