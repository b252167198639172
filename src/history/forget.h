#ifndef BOMGATE_HISTORY_FORGET_H
#define BOMGATE_HISTORY_FORGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/query.h"

/*
 * Forgetting runs: choose them, then forget them all at once. What remains of
 * each is its link in the chain, with the time and the reason.
 */

/** Choose one run; one that was forgotten before is none. */
NODISCARD bool forget_choose(struct history *history, int64_t run,
                             struct err *err);
/**
 * Choose the runs before a day.
 *
 * @param keep_newest  Leave out those with the newest BOM of a board.
 * @param[out] spared  How many were left out.
 */
NODISCARD bool forget_choose_before(struct history *history, const char *day,
                                    bool keep_newest, size_t *spared,
                                    struct err *err);

/** Open the numbers of those chosen. */
NODISCARD bool forget_chosen(struct query *query, struct history *history,
                             struct err *err);

/** Forget those chosen, all or none. Texts, lines, waivers and rule files go
    with them where no other run needs them. */
NODISCARD bool forget_now(struct history *history, const char *time,
                          const char *why, struct err *err);

/** Give the space of what was deleted back to the disk. */
NODISCARD bool forget_compact(struct history *history, struct err *err);

#endif
