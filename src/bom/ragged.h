#ifndef BOMGATE_BOM_RAGGED_H
#define BOMGATE_BOM_RAGGED_H

#include <stdbool.h>

#include "bom/cells.h"
#include "bom/diagnostics.h"
#include "bom/table.h"
#include "core/arena.h"

/**
 * A row with content beyond the table's columns. Most often a delimiter inside
 * a cell was not quoted ("Q1,Q2"), and every cell after it stands one column
 * too far to the right: such cells are put together again where the result
 * suits the columns better. The row is told of in any case.
 *
 * @param arena  Holds the repaired row.
 * @param[in,out] row  Replaced by the repaired row.
 * @return true when the row is ragged.
 */
bool ragged_repair(const struct table *table, struct cells *cells,
                   struct arena *arena, struct diagnostics *diagnostics,
                   struct row *row);

#endif
