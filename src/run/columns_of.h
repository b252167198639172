#ifndef BOMGATE_RUN_COLUMNS_OF_H
#define BOMGATE_RUN_COLUMNS_OF_H

#include <stdbool.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"

/** How one BOM was read, its lines counted but not screened. */
struct columns_of;

/**
 * Read a BOM to its end. One that cannot be read is an answer too: its
 * totals say why in `error`.
 *
 * @param[out] out  Free with columns_of_free(). Untouched on failure.
 */
NODISCARD bool columns_of_read(struct columns_of **out, const char *path,
                               const struct bom_options *options,
                               struct err *err);
const struct bom_totals *columns_of_totals(const struct columns_of *columns);
/** The first rows as they stand; none where nothing could be read. */
const struct bom_preview *columns_of_preview(const struct columns_of *columns);
/** Accepts NULL. */
void columns_of_free(struct columns_of *columns);

#endif
