#ifndef BOMGATE_BOM_XLS_SHEET_H
#define BOMGATE_BOM_XLS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/merges.h"
#include "bom/sheet_row.h"
#include "bom/xls_book.h"

/* Filled cells of a sheet; where they are is held in memory. */
#define XLS_CELLS_MAX (8 * 1024 * 1024)

/** A sheet of a workbook, row by row. A zeroed struct is valid. */
struct xls_sheet {
    const struct xls_book *book;
    struct xls_cell {
        size_t at; /* of its record */
        uint16_t row, column;
        uint16_t nth; /* of the numbers in a MULRK */
    } * cells;        /* by row and column */
    size_t count, cap, taken;
    size_t bytes; /* of its records */
    bool sorted;
    struct sheet_row row;
    struct merges merges; /* filled once the caller has made them ready */
    struct strbuf text;
};

/**
 * Find the cells of a sheet. They are put in order: a program may write them
 * in any.
 *
 * @param sheet        Zeroed; whatever the result, end with xls_sheet_close().
 * @param diagnostics  Borrowed.
 */
NODISCARD bool xls_sheet_open(struct xls_sheet *sheet,
                              const struct xls_book *book, size_t index,
                              const struct reader_diagnostics *diagnostics,
                              struct err *err);

/** The next row that has any content. */
NODISCARD enum reader_step xls_sheet_next(struct xls_sheet *sheet,
                                          struct row *row, struct err *err);

void xls_sheet_close(struct xls_sheet *sheet);

#endif
