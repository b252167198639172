#ifndef BOMGATE_RUN_OPENINGS_H
#define BOMGATE_RUN_OPENINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "run/paths.h"

/**
 * The BOMs of a run, opened one after the other. To find out how a BOM is
 * written takes longer than to check it where it is short: while one is
 * checked the next ones are opened on threads of their own. What comes out, and
 * in which order, is the same.
 */
struct openings;

/** How a BOM is to be read; its maps are copied. */
typedef struct bom_options openings_how(void *ctx,
                                        const struct listed_path *listed);

/** @param paths  Must outlive it, and not change. */
NODISCARD bool openings_begin(struct openings **out,
                              const struct path_list *paths, openings_how *how,
                              void *ctx, struct err *err);

/**
 * The BOM of the next path.
 *
 * @param[out] bom  To be closed before the next one is asked for.
 * @param[out] err  Why it could not be opened.
 */
NODISCARD bool openings_next(struct openings *openings, struct bom **bom,
                             struct err *err);

/** Waits for what is being opened. Accepts NULL. */
void openings_end(struct openings *openings);

#endif
