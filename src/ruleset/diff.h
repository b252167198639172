#ifndef BOMGATE_RULESET_DIFF_H
#define BOMGATE_RULESET_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "ruleset/sources.h"

enum rule_change_kind { RULE_ADDED, RULE_REMOVED, RULE_CHANGED };

/** One difference between two sets of rule files; its texts live until the
    next one is told. */
struct rule_change {
    enum rule_change_kind kind;
    const char *what; /* "measure", "clause", "listing", "party", "name", … */
    struct str id;    /* of the record: "us-ndaa-889" */
    struct str item;  /* within it: "A", "clause A, listing zte"; or empty */
    struct str field; /* the key: "until"; empty: the record or item itself */
    struct str before, after; /* as written; empty: not there */
};

/** Told of every difference, in the order of kinds and ids. */
struct rule_changes {
    void (*add)(void *ctx, const struct rule_change *change);
    void *ctx;
};

/** "added", "removed", "changed". */
const char *rule_change_name(enum rule_change_kind kind);

/**
 * Compare two sets of rule files by what they say: records by their id, lists
 * by what identifies their items. Which file a record stands in, the order of
 * lists and comments make no difference.
 *
 * @param[out] count  How many differences there are.
 * @return false when a file is not valid; err names it.
 */
NODISCARD bool rules_diff(struct rule_sources *before,
                          struct rule_sources *after,
                          const struct rule_changes *changes, size_t *count,
                          struct err *err);

#endif
