#ifndef BOMGATE_SCREEN_QUESTIONS_H
#define BOMGATE_SCREEN_QUESTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "maker/maker.h"
#include "ruleset/ruleset.h"
#include "screen/screen.h"

/** One part as a clause is asked about it. */
struct subject {
    const struct ruleset *rules;
    const struct maker_candidate *candidate; /* NULL: no maker is known */
    size_t candidate_count;         /* of which `candidate` is the first; an
                                       approved list is asked of all, once; 0
                                       for the second and others */
    const struct part_named *named; /* its numbers reduced by mpn_key() and
                                       ipn_key(); NULL: approved lists are not
                                       asked */
    uint32_t category;              /* RULES_NONE: not known */
    struct screen_said said;        /* countries by their codes */
    struct profile_set denied;      /* narrower ones that do not apply */
    unsigned activity;              /* one bit */
    int32_t as_of;
};

/* The single questions. */

enum answer { ANSWER_NO, ANSWER_OPEN, ANSWER_YES };

/** How a clause binds a profile. */
struct binding {
    uint32_t declare;  /* ANSWER_OPEN: it binds only this narrower profile;
                          ANSWER_NO: likewise, and that does not apply */
    uint32_t customer; /* it binds not the profile itself but whom that
                          supplies; else RULES_NONE */
};

/** 2. Does the clause bind the profile, or else one of its customers?
    @param denied  Narrower profiles that do not apply, or NULL. */
enum answer ask_profile(const struct ruleset *rules,
                        const struct rules_clause *clause, uint32_t profile,
                        const struct profile_set *denied,
                        struct binding *binding);

/** Is who declares `profile` bound by what binds `bound`? */
bool profile_binds(const struct ruleset *rules, uint32_t bound,
                   uint32_t profile);

/** 3. Does the clause restrict the activity of that profile? What is sold to a
    customer is bought by it. */
bool ask_activity(const struct ruleset *rules,
                  const struct rules_clause *clause, uint32_t profile,
                  const struct binding *binding, unsigned activity);

/** 4. Does a run of categories cover the part's? An unknown category is every
    category that `party` makes or still sells (RULES_NONE: not known). */
enum answer ask_category(const struct ruleset *rules, struct rules_run covers,
                         uint32_t category, uint32_t party);

#endif
