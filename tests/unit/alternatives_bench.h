#ifndef BOMGATE_TESTS_UNIT_ALTERNATIVES_BENCH_H
#define BOMGATE_TESTS_UNIT_ALTERNATIVES_BENCH_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen/alternatives.h"

/* Everything that a search needs. */
struct bench {
    struct ruleset *rules;
    struct screener *screener;
    struct alternatives_finder *finder;
    uint32_t profiles[128];
    size_t profile_count;
    int32_t as_of, horizon;
    const char *const *prefers, *const *avoids;
};

static inline void bench_start(struct bench *bench, bool all) {
    struct screen_options screen = {
        .rules = bench->rules,
        .profiles = bench->profiles,
        .profile_count = bench->profile_count,
        .declared = true,
        .activity = RULES_PURCHASE,
        .as_of = bench->as_of,
    };
    bench->screener = screener_new(&screen);
    struct alternatives_options options = {
        .rules = bench->rules,
        .screener = bench->screener,
        .as_of = bench->as_of,
        .wish = {.horizon = bench->horizon,
                 .all = all,
                 .prefers = bench->prefers,
                 .avoids = bench->avoids},
    };
    bench->finder = alternatives_finder_new(&options);
    cr_assert(bench->screener != NULL && bench->finder != NULL);
}

static inline void bench_stop(struct bench *bench) {
    alternatives_finder_free(bench->finder);
    screener_free(bench->screener);
}

static inline struct alternatives find_for(struct bench *bench,
                                           const char *party, const char *mpn,
                                           const char *category) {
    struct maker_candidate candidate = {
        .party = rules_find_party(bench->rules, str_from(party)),
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    struct maker maker = {
        .candidates = &candidate,
        .candidate_count = 1,
        .facts = {.category =
                      rules_find_category(bench->rules, str_from(category)),
                  .family = RULES_NONE,
                  .package = "",
                  .temperature = "",
                  .interface = ""},
    };
    struct alternatives out;
    struct err err = ERR_INIT;
    cr_assert(ne(u32, candidate.party, RULES_NONE));
    cr_assert(alternatives_find(
        bench->finder, &(struct part_named){.mpn = str_from(mpn)}, &maker,
        bench->profiles, bench->profile_count, &out, &err));
    return out;
}

static inline void bench_close(struct bench *bench) {
    bench_stop(bench);
    ruleset_close(bench->rules);
}

#endif
