#ifndef BOMGATE_SCREEN_APPROVAL_H
#define BOMGATE_SCREEN_APPROVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "screen/questions.h"

/** Does the clause hit what an approved list does not approve? */
bool is_approved_list(const struct ruleset *rules,
                      const struct rules_clause *clause);

/** What an approved list says of a part. */
struct approval_answer {
    enum answer approved;      /* ANSWER_OPEN: a person must look */
    enum screen_reason reason; /* why it is not ANSWER_YES */
    uint32_t row;              /* that says so, or RULES_NONE; for
                                  REASON_OTHER_APPROVED one of that IPN */
    bool silent; /* nothing is named that the list could speak of */
};

/**
 * Is a part approved? Of the rows that cover it the closest decide: with an IPN
 * that the list has, only the rows of that; then those of the part number, of
 * the maker (for the category before any), of the category alone. One of them
 * that holds on the day is enough.
 */
struct approval_answer ask_approved(const struct subject *subject,
                                    const struct rules_clause *clause);

/** Does the row approve on that day, be it on a condition? */
bool approval_holds(const struct rules_approval *row, int32_t day);

#endif
