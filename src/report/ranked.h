#ifndef BOMGATE_REPORT_RANKED_H
#define BOMGATE_REPORT_RANKED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/compiler.h"
#include "core/err.h"
#include "screen/screen.h"

/**
 * Items of a report that come in the order of the BOM and go out worst first,
 * and no more than so many: their text waits in a temporary file for each
 * verdict. A zeroed struct with `limit` set is ready.
 */
struct ranked {
    uint32_t limit;                 /* items that may go out */
    uint32_t counts[VERDICT_COUNT]; /* items that came in */
    FILE *spools[VERDICT_COUNT];
};

/**
 * Begin an item.
 *
 * @param[out] out  Where to write its text, which holds no NUL; NULL when so
 *                  many are there that this one will not go out.
 */
NODISCARD bool ranked_add(struct ranked *ranked, enum verdict verdict,
                          FILE **out, struct err *err);

/**
 * Write the items, worst first.
 *
 * @param between  What stands between two of them.
 * @return false when the spool failed; errors of `out` are told when it is
 *         flushed.
 */
NODISCARD bool ranked_copy(struct ranked *ranked, FILE *out,
                           const char *between, struct err *err);

/** How many came in, and how many of them do not go out. */
uint32_t ranked_count(const struct ranked *ranked);
uint32_t ranked_beyond(const struct ranked *ranked);

/** Remove the files; accepts a zeroed struct. */
void ranked_dispose(struct ranked *ranked);

#endif
