#ifndef BOMGATE_RUN_ROLLUP_CELLS_H
#define BOMGATE_RUN_ROLLUP_CELLS_H

#include <stdbool.h>

#include "core/str.h"

/** How deep a line's level says it is, as a number ("2", "..2", "- 2", "L2")
   and as an outline ("1.2": 2). -1 where it says nothing. */
struct rollup_level {
    int number, outline;
    bool only_outline; /* it cannot be a number: nor are the others then */
};
struct rollup_level rollup_level(struct str cell);

/**
 * A quantity that is a number. "10 pcs" and "1,500" are not: they could be
 * read in two ways.
 *
 * @return NAN when it is none.
 */
double rollup_quantity(struct str cell);

#endif
