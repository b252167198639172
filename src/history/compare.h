#ifndef BOMGATE_HISTORY_COMPARE_H
#define BOMGATE_HISTORY_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/query.h"

/* What two runs say otherwise: rows with named columns, as in tables.h. */

enum compared {
    COMPARED_FINDINGS,
    COMPARED_PARTS,
    COMPARED_RULES, /* as far as changes were recorded */
};

/** `before` and `after`: two runs. */
NODISCARD bool compare_open(struct query *query, struct history *history,
                            enum compared what, int64_t before, int64_t after,
                            struct err *err);

enum compared_finding_column {
    COMPARED_FINDING_CHANGE, /* "new", "changed", "gone" */
    COMPARED_FINDING_PRODUCT,
    COMPARED_FINDING_VERDICT_BEFORE,
    COMPARED_FINDING_VERDICT_AFTER,
    COMPARED_FINDING_WAIVED_BEFORE,
    COMPARED_FINDING_WAIVED_AFTER,
    COMPARED_FINDING_REFDES,
    COMPARED_FINDING_QUANTITY,
    COMPARED_FINDING_MANUFACTURER,
    COMPARED_FINDING_MPN,
    COMPARED_FINDING_PARTY,
    COMPARED_FINDING_MEASURE,
    COMPARED_FINDING_CLAUSE,
    COMPARED_FINDING_PROFILE,
};

enum compared_part_column {
    COMPARED_PART_CHANGE, /* "added", "changed", "removed" */
    COMPARED_PART_PRODUCT,
    COMPARED_PART_PLACE, /* the path, where it tells boards apart */
    COMPARED_PART_MANUFACTURER,
    COMPARED_PART_MPN,
    COMPARED_PART_VALUE,
    COMPARED_PART_DESCRIPTION,
    COMPARED_PART_QUANTITY_BEFORE,
    COMPARED_PART_QUANTITY_AFTER,
    COMPARED_PART_REFDES,
};

#endif
