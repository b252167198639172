#ifndef BOMGATE_SCREEN_SEARCH_H
#define BOMGATE_SCREEN_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/err.h"
#include "maker/maker.h"
#include "screen/alternatives.h"
#include "screen/known_parts.h"
#include "screen/ownership.h"

/* One search for alternatives, from its candidates to what is offered. */

/** A company and everyone who owns it, by half or more. */
struct house {
    uint32_t members[OWNERS_MAX + 1];
    size_t count;
};

struct search {
    const struct alternatives_options *options;
    struct arena *arena;       /* of what is found */
    struct known_parts *known; /* real part numbers */
    const struct maker *maker; /* of the part to replace */
    struct str key;            /* its number, from mpn_key() */
    struct str ipn;            /* what it is bought for, or empty */
    const uint32_t *profiles;
    size_t profile_count;
    struct house *houses; /* of the candidates for its maker */
    struct alternative *items;
    size_t count, cap;
    struct alternative_excluded *excluded;
    size_t excluded_count, excluded_cap;
};

/** @return false when memory is out. */
NODISCARD bool search_begin(struct search *search);
void search_dispose(struct search *search);

/**
 * Screen a candidate by every profile: it is offered or excluded.
 *
 * @param candidate  What the source knows of it; the rest is filled in here.
 */
NODISCARD bool search_consider(struct search *search,
                               const struct alternative *candidate,
                               struct err *err);

/** Is there a country that these buyers avoid? */
bool search_avoids(const struct search *search);

/** Sort what was found, best first, and say each thing once. */
void search_rank(struct search *search);

/** Find the candidates: published replacements, parts of the same parameters,
    then suppliers. */
NODISCARD bool search_candidates(struct search *search, struct err *err);

#endif
