#ifndef BOMGATE_RUN_LINT_H
#define BOMGATE_RUN_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"

/*
 * What can be wrong with rules that compile: a clause that can never hit, an
 * example that its family does not fit, a fact without a source.
 */

/** One thing that a check found. */
struct lint_finding {
    const char *check; /* "clause-never" */
    bool note;         /* worth a look; the rules do what they say */
    struct err what;   /* file, line and message */
};

struct lint_options {
    const struct ruleset *rules;
    const char *root;   /* what the files' paths are relative to */
    const char *origin; /* "added-1": only its files; NULL: the set's own */
    void (*add)(void *ctx, const struct lint_finding *finding);
    void *ctx;
};

/** How much was found. */
struct lint_sums {
    size_t problems, notes;
};

/**
 * Run every check over the files of a rule set, file by file.
 *
 * @return false when memory is out.
 */
NODISCARD bool lint_rules(const struct lint_options *options,
                          struct lint_sums *sums, struct err *err);

#endif
