#ifndef BOMGATE_SCREEN_CLAUSE_CASE_H
#define BOMGATE_SCREEN_CLAUSE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "screen/approval.h"
#include "screen/ownership.h"
#include "screen/questions.h"
#include "screen/selection.h"

/**
 * What a clause says of a part, whoever buys it: all that the questions of the
 * buyer leave open. One part is asked about for many buyers.
 */
struct clause_case {
    const struct rules_clause *clause;
    uint32_t number;
    struct selection selection;
    struct approval_answer approval;
    bool list; /* `approval` was asked for */
    enum answer origin, category;
    enum holds now;
    enum origin_doubt doubt;
    bool nobody;     /* the clause names nobody: a white-list, or origin */
    bool everything; /* it covers all categories */
};

/**
 * Ask what does not depend on the buyer.
 *
 * @return false when the clause says nothing of this part: it does not select
 *         it, or was not announced yet. Else `out` is filled, for as long as
 *         the subject's rules live.
 */
bool clause_case_open(const struct subject *subject, uint32_t clause,
                      struct clause_case *out);

/**
 * Ask the rest for one buyer.
 *
 * @param subject   The one that the case was opened for.
 * @param profile   RULES_NONE: for a clause that binds any buyer.
 * @param[out] hit  Filled when true is returned.
 * @return false when the clause says nothing of this part to this buyer.
 */
bool clause_case_decide(const struct clause_case *found,
                        const struct subject *subject, uint32_t profile,
                        struct screen_hit *hit);

/** Both in one: the five questions of DESIGN.md for one clause and profile. */
bool ask_clause(const struct subject *subject, uint32_t clause,
                uint32_t profile, struct screen_hit *hit);

/** The case of what is inside a part, whatever is declared of that. */
struct contents_case {
    struct clause_case open; /* as long as nobody declares anything */
    uint32_t number;
    bool says;     /* the clause has something to say then */
    bool assembly; /* the part is made of others */
};

/** @return false when the clause asks no buyer what is inside. */
bool contents_case_open(const struct subject *subject, uint32_t clause,
                        struct contents_case *out);

/**
 * Does the clause ask that buyer what is inside?
 *
 * @param[out] hit  Filled when true is returned: what it says as long as nobody
 *                  declares it; REASON_CONTENTS where nothing hints at a listed
 *                  party.
 */
bool contents_case_decide(const struct contents_case *found,
                          const struct subject *subject, uint32_t profile,
                          struct screen_hit *hit);

#endif
