#ifndef BOMGATE_BOM_LINES_H
#define BOMGATE_BOM_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bom.h"
#include "bom/cells.h"
#include "bom/diagnostics.h"
#include "bom/table.h"
#include "core/arena.h"

/** The line that is being made out of one row, and those that go on with it. */
struct line_maker {
    struct arena arena; /* the line's texts */
    struct cells cells; /* remembered from line to line */
    struct bom_part *parts;
    size_t part_count, part_cap;
    const struct table *table;
    struct diagnostics *diagnostics;
};

void lines_dispose(struct line_maker *maker);

/**
 * Make a line out of a row of parts.
 *
 * @param row    Copied; what `line` points to lives until the next call.
 * @param plain  See plain.h.
 * @return false when memory is out.
 */
NODISCARD bool lines_begin(struct line_maker *maker, const struct row *row,
                           bool plain, struct bom_line *line);

/** How a row goes on with the line before it. */
enum line_more {
    LINE_NOT,    /* it does not: a line of its own */
    LINE_PARTS,  /* alternates: no designator and no quantity of its own */
    LINE_REFDES, /* nothing but more designators */
};
enum line_more lines_more(const struct line_maker *maker,
                          const struct bom_line *line, const struct row *row);

/** Add such a row. @return false when memory is out. */
NODISCARD bool lines_add(struct line_maker *maker, const struct row *row,
                         enum line_more more, struct bom_line *line);

#endif
