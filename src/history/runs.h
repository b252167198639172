#ifndef BOMGATE_HISTORY_RUNS_H
#define BOMGATE_HISTORY_RUNS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/query.h"

/** Which runs; what is NULL does not matter. */
struct runs_wanted {
    const char *product;
    const char *from, *to; /* days; both belong to it */
};

/** Open the numbers of runs, newest first; `wanted` must stay. */
NODISCARD bool runs_open(struct query *query, struct history *history,
                         const struct runs_wanted *wanted, struct err *err);

/** Find a run by its number, or by the first 8 or more characters of its hash.
 */
NODISCARD bool runs_find(struct history *history, const char *name,
                         int64_t *run, struct err *err);

#endif
