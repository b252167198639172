#ifndef BOMGATE_RUN_FEED_H
#define BOMGATE_RUN_FEED_H

#include <stdbool.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"

/**
 * The lines of an open BOM, one after the other. A large file is read on a
 * thread of its own, a few batches of lines ahead of who checks them: what
 * comes out, and in which order, is the same.
 */
struct feed;

/** Files from this size on are read ahead, in bytes. */
#define FEED_AHEAD_MIN (1024 * 1024)

/**
 * @param bom       Nobody else may use it until feed_close(), which leaves it
 *                  open.
 * @param path      The file, whose size is looked at; "-" is not read ahead.
 * @param settling  feed_settle() may be called: of a large file not every line
 *                  needs to be given.
 */
NODISCARD bool feed_open(struct feed **out, struct bom *bom, const char *path,
                         bool settling, struct err *err);

/** As bom_next(); BOM_SETTLED may stand for several lines. */
NODISCARD enum bom_step feed_next(struct feed *feed, struct bom_line *line,
                                  struct err *err);
/** How many lines the last step gave: several for BOM_SETTLED, else 1. */
uint32_t feed_lines(const struct feed *feed);

/** Nothing is wanted any more of lines as the one that was given last; see
    settled_add(). Some may still come. */
void feed_settle(struct feed *feed, const struct outline *outline,
                 uint64_t names);

/** As bom_next_diagnostic(): borrowed until the next feed_next(). */
bool feed_next_diagnostic(struct feed *feed, struct bom_diagnostic *out);
/** As bom_info(). */
const struct bom_info *feed_info(const struct feed *feed);
/** As bom_share(). */
double feed_share(const struct feed *feed);

/** End the thread, wherever it is. Accepts NULL. */
void feed_close(struct feed *feed);

#endif
