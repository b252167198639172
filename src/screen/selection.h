#ifndef BOMGATE_SCREEN_SELECTION_H
#define BOMGATE_SCREEN_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "screen/questions.h"

/** How a clause's list reaches a party, at best. */
struct selection {
    const struct rules_listing *listing; /* NULL: it does not */
    struct screen_via via;
    bool inside, affiliate, open_date, unconfirmed; /* why it is no more than
                                                       review */
    bool ended;                                     /* the listing is over */
    bool uncovered; /* its entry is not about such parts */
    bool declared;  /* a supplier declares a listed party's part inside; then
                       there is no listing */
    bool lapsed;    /* that has expired */
};

/** May any list select the maker, on whatever day? No: none does. */
bool select_reaches(const struct subject *subject);

/**
 * 1. Does the clause's list select the maker on that day? The most direct way
 * wins: listed itself, owned by, may contain, affiliated.
 */
struct selection select_listed(const struct subject *subject,
                               const struct rules_clause *clause);

/** 1. for clauses of origin: does where the part, or its maker, comes from fit?
    ANSWER_YES for a clause that does not ask.
    @param[out] doubt  Why it is open, if it is. */
enum answer select_origin(const struct subject *subject,
                          const struct rules_clause *clause,
                          enum origin_doubt *doubt);

#endif
