#ifndef BOMGATE_BOM_PARTS_H
#define BOMGATE_BOM_PARTS_H

#include <stdbool.h>

#include "bom/lines.h"
#include "core/compiler.h"

/**
 * Add the makers and part numbers that a row's columns name. A distributor in
 * a maker's column goes to the line.
 *
 * @param row  In the line's own memory.
 * @return false when memory is out.
 */
NODISCARD bool parts_read(struct line_maker *maker, const struct row *row,
                          struct bom_line *line);

/** What parts_read() and parts_stand_in() do for a row of plain cells
   (plain.h): its one part is those of its maker and part number. */
NODISCARD bool parts_take(struct line_maker *maker, const struct row *row);

/** Would a part number be taken as it stands, beside a plain maker? */
bool parts_is_plain_mpn(struct cells *cells, struct str cell);

/** Would a maker? */
bool parts_is_plain_maker(struct cells *cells, struct str cell);

/**
 * Where no part number was found, let the value or a distributor's number
 * stand in; a line has one part at least.
 */
NODISCARD bool parts_stand_in(struct line_maker *maker, const struct row *row,
                              struct bom_line *line);

#endif
