#ifndef BOMGATE_RUN_PARTS_CHECK_H
#define BOMGATE_RUN_PARTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "run/parts_file.h"

/** Something that a person should look at in a parts file. */
struct parts_finding {
    const char *check; /* "clash", "unknown-maker", "contradiction",
                          "future", "no-footprint", "repeated", "unsigned",
                          "unused-columns" */
    bool note;         /* it may well be right as it is */
    struct err what;   /* with the place */
};

struct parts_check_options {
    const struct parts_file *parts;
    const struct ruleset *rules;
    int32_t today; /* for dates that are still to come */
    void (*add)(void *ctx, const struct parts_finding *finding);
    void *ctx;
};

/**
 * Look for rows that say two things of one part, names that the rules do not
 * know, part numbers of another maker's form, and answers that nobody signed.
 *
 * @return false when memory is out.
 */
NODISCARD bool parts_check(const struct parts_check_options *options,
                           struct err *err);

#endif
