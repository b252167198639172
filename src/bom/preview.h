#ifndef BOMGATE_BOM_PREVIEW_H
#define BOMGATE_BOM_PREVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bom.h"
#include "bom/rows.h"
#include "bom/sheets.h"
#include "bom/table.h"
#include "core/compiler.h"

/** Take the names of a workbook's sheets. Without memory for them the arena
    has failed. */
void preview_sheets(struct bom_preview *preview, const struct sheet *sheets,
                    size_t count);

/**
 * Take the first filled rows of a table, as they stand.
 *
 * @param first  Where they begin in the queue.
 * @return false when memory is out.
 */
NODISCARD bool preview_rows(struct bom_preview *preview,
                            const struct rows *rows, size_t first);

/** Take the name of every column of a table, or, where no header was found,
    the fullest of the rows that were taken. @return as above. */
NODISCARD bool preview_headers(struct bom_preview *preview,
                               const struct table *table);

#endif
