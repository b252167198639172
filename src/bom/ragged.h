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
 * suits the columns better. Content without a column is told of in any case.
 *
 * @param arena  Holds the repaired row.
 * @param[in,out] row  Replaced by the repaired row; out of memory shows in
 *                     `arena` and `diagnostics`.
 */
void ragged_repair(const struct table *table, struct cells *cells,
                   struct arena *arena, struct diagnostics *diagnostics,
                   struct row *row);

/**
 * A row with no more cells than there are columns, in which they stand too far
 * to the right (a delimiter that was not quoted, a cell too many) or to the
 * left (a cell that was left out): read them from where they belong, if they
 * suit the columns much better there and there is only one such place.
 *
 * @param arena  As for ragged_repair().
 * @param[in,out] row  Likewise.
 * @return true when the row was replaced, which is told of.
 */
bool ragged_shift(const struct table *table, struct cells *cells,
                  struct arena *arena, struct diagnostics *diagnostics,
                  struct row *row);

/**
 * Tell of a row that ends before a column that names its part. For tables most
 * of whose rows are full; where rows are written without empty cells at their
 * ends this says nothing.
 *
 * @param arena  For the message.
 */
void ragged_tell_short(const struct table *table, struct arena *arena,
                       struct diagnostics *diagnostics, const struct row *row);

#endif
