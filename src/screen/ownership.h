#ifndef BOMGATE_SCREEN_OWNERSHIP_H
#define BOMGATE_SCREEN_OWNERSHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ruleset/ruleset.h"

/** Does a dated fact hold on a day? */
enum holds {
    HOLDS_NOT_YET,
    HOLDS_OPEN, /* its first or last day is known to the month or year only */
    HOLDS_YES,
    HOLDS_ENDED,
};

/** `from` inclusive, `until` the last day; DATE_SPAN_NONE is open. */
enum holds span_holds(struct date_span from, struct date_span until,
                      int32_t day);

/** One company that stands above another on a day. */
struct owner_step {
    uint32_t party;
    const struct rules_link *link; /* the first step of the way up */
    bool open;                     /* a date on the way is open */
    bool unconfirmed;              /* a link on the way is */
    bool minority;                 /* a link on the way is below half */
};

/* A chain of owners is a handful long; what lies beyond is not followed. */
#define OWNERS_MAX 16

/**
 * Everyone who owns `party` on that day: those of the surest way first, and
 * among them the direct owners.
 *
 * @return how many were written to `steps`.
 */
size_t owners_on(const struct ruleset *rules, uint32_t party, int32_t day,
                 struct owner_step steps[OWNERS_MAX]);

#endif
