#ifndef BOMGATE_RUN_LINT_CHECK_H
#define BOMGATE_RUN_LINT_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "maker/maker.h"
#include "ruleset/schema.h"
#include "run/lint.h"

/* What one check of the table in lint.c works on. */

struct lint_check;

struct lint {
    const struct lint_options *options;
    const struct ruleset *rules;
    struct rule_document held;            /* the file in hand */
    const struct rule_document *document; /* the same, for the checks */
    unsigned position;                    /* of the mapping in it */
    const struct lint_check *check;
    struct lint_sums *sums;
    struct maker_resolver *resolver;
    struct arena arena;
    struct map families;   /* id -> number */
    bool *party_listed;    /* by number */
    bool *category_needed; /* by number: it, or one below it, is used */
    struct err *err;       /* memory ran out */
    bool failed;
};

struct lint_check {
    const char *name;
    enum rule_kind kind;
    bool note;
    void (*run)(struct lint *lint);
};

/** Tell of the node at `path` below the mapping in hand. */
void lint_tell(struct lint *lint, const char *path, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Each looks at the mapping in hand. */
void lint_measure_dates(struct lint *lint);
void lint_measure_idle(struct lint *lint);
void lint_clause_never(struct lint *lint);
void lint_clause_origin(struct lint *lint);
void lint_clause_unasked(struct lint *lint);
void lint_clause_advice(struct lint *lint);
void lint_listing_never(struct lint *lint);
void lint_listing_twice(struct lint *lint);
void lint_measure_sources(struct lint *lint);
void lint_party_sources(struct lint *lint);
void lint_profile_unused(struct lint *lint);
void lint_category_unused(struct lint *lint);
void lint_family_examples(struct lint *lint);
void lint_family_untried(struct lint *lint);
void lint_ruleset_dates(struct lint *lint);

#endif
