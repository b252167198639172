#ifndef BOMGATE_RUN_ROLLUP_H
#define BOMGATE_RUN_ROLLUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/products.h"

/**
 * What a product is made of: where each line of its BOMs sits, and how often it
 * is in the product. A BOM says it by a column of levels, by a column of
 * parents, or by lines that name another BOM of the product.
 *
 * Built in a pass of its own, since a sub-assembly may be used further down
 * than its parts stand.
 */
struct rollup;

/** @param product     What all sits in; must outlive it.
    @param not_fitted  Designators that are left out; likewise. */
NODISCARD struct rollup *rollup_new(const char *product,
                                    const struct product_words *not_fitted);
/** Accepts NULL. */
void rollup_free(struct rollup *rollup);

/** The next BOM's lines follow. `bom` must outlive the roll-up. */
NODISCARD bool rollup_bom(struct rollup *rollup, const struct product_bom *bom,
                          const char *path, struct err *err);
/** @return false when a line is no line of a structure, or memory is out. */
NODISCARD bool rollup_line(struct rollup *rollup, const struct bom_line *line,
                           struct err *err);

/** All lines are in. @return false when assemblies contain each other, or go
    too deep; err names them. */
NODISCARD bool rollup_finish(struct rollup *rollup, struct err *err);

/**
 * Tell of each number that leads nowhere: a BOM's that no line names, a parent
 * that is no line; and of each BOM's quantities that are no numbers, and levels
 * that are missing.
 *
 * @param settings  Where the BOMs are named.
 */
void rollup_tell(const struct rollup *rollup, const char *settings,
                 void (*tell)(void *ctx, const struct err *note), void *ctx);

/**
 * Of the i-th line of a BOM, both from 0 and as they were added.
 *
 * @param arena  Of what `out` points to.
 * @return false when memory is out. `out` says nothing of a line that was not
 *         there.
 */
NODISCARD bool rollup_find(const struct rollup *rollup, size_t bom, size_t line,
                           struct arena *arena, struct report_rollup *out);

#endif
