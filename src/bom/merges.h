#ifndef BOMGATE_BOM_MERGES_H
#define BOMGATE_BOM_MERGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/sheet_row.h"
#include "core/compiler.h"
#include "core/str.h"

/* A real BOM had 300 merged cells; what is beyond is told of. */
#define MERGES_MAX 20000
/* A longer one is a frame around the table, not a cell for its rows. */
#define MERGE_ROWS_MAX 1000

/**
 * Cells of one column that are merged downwards: the file has the text in the
 * first one only, and it counts for all. A zeroed struct is valid.
 */
struct merges {
    struct merge {
        uint32_t first, last; /* rows, from 1 */
        uint32_t column;      /* from 0 */
    } * items;
    size_t count, cap, next;
    uint32_t line;        /* of the row before */
    uint32_t header_line; /* see merges_ready() */
    bool ready;           /* merges_ready() was called */
    bool full, told;      /* MERGES_MAX was reached */
    bool failed;          /* memory is out */
    struct merge_text {
        struct strbuf text;
        uint32_t last; /* row that it counts for; 0: none */
    } open[READER_COLUMNS_MAX];
};

/** Add one; those of several columns, one row or too many rows are left out.
    Once merges_ready() was called only those of the row that comes next. */
void merges_add(struct merges *merges, uint32_t first_column,
                uint32_t last_column, uint32_t first_row, uint32_t last_row);

/**
 * Sort what was added so far, and begin to fill. Those that begin at
 * `header_line` or above head columns or the sheet, and are left out.
 */
void merges_ready(struct merges *merges, uint32_t header_line);

/**
 * Fill a row's covered cells, and tell of MERGES_MAX; the rows come in order,
 * and from one that does not on nothing is filled. A row without any text of
 * its own stays empty.
 *
 * Where a row's leftmost cell is covered it goes on with the row above: there
 * designators and numbers are left out, or the row would be counted anew.
 */
void merges_fill(struct merges *merges, struct sheet_row *row);

void merges_dispose(struct merges *merges);

#endif
