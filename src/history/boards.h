#ifndef BOMGATE_HISTORY_BOARDS_H
#define BOMGATE_HISTORY_BOARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/record.h"
#include "history/store.h"

/**
 * The newest BOM of a board. A board is a product in a repository; where the
 * product was not named, each path is a board of its own. Runs that judged by
 * a day later than their own are what-ifs and do not count.
 */
struct history_board {
    int64_t bom, content, run;
    const char *repository, *product, *path, *revision; /* "" where not said */
    const char *time, *as_of, *activity;
    bool declared, named, complete, conclusive;
    bool contract;          /* as_of is the day of its contract */
    const char *denied;     /* ids, with blanks between them; "": none */
    const char *sold_until; /* "": not said */
    const char *error;      /* it could not be read; NULL: it could */
    const char **profiles;  /* ids */
    size_t profile_count;
};

/**
 * Every board, by repository, product and path. A board that its newest run
 * read from several files stands there for each.
 *
 * @param product    Only these; NULL: all.
 * @param[out] out   In `arena`.
 */
NODISCARD bool history_boards(struct history *history, const char *product,
                              struct arena *arena,
                              const struct history_board **out, size_t *count,
                              struct err *err);

/** Told of each part of a BOM's lines, in order; borrowed for the call. */
typedef bool history_take_line(void *ctx, const struct history_line *line,
                               struct err *err);
NODISCARD bool history_each_line(struct history *history, int64_t content,
                                 history_take_line *take, void *ctx,
                                 struct err *err);

/** Told of each finding of a BOM, in order; borrowed for the call.
    @param expires  The last day of the waiver that holds, or "".
    @param kind     Of the waiver, or "". */
typedef bool history_take_finding(void *ctx,
                                  const struct history_finding *finding,
                                  struct str expires, struct str kind,
                                  struct err *err);
NODISCARD bool history_each_finding(struct history *history, int64_t bom,
                                    history_take_finding *take, void *ctx,
                                    struct err *err);

#endif
