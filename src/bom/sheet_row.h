#ifndef BOMGATE_BOM_SHEET_ROW_H
#define BOMGATE_BOM_SHEET_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/reader.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* What a spreadsheet can have: row 1048576, column XFD. */
#define SHEET_ROWS_MAX 1048576
#define SHEET_COLUMNS_MAX 16384
/* Bytes in all cells of a sheet: one stored text, repeated or shared by many
 * cells, makes terabytes of a small file. A full sheet has 500 for each row. */
#define SHEET_TEXT_MAX (UINT64_C(512) * 1024 * 1024)

/** One row of a sheet while its cells come in. A zeroed struct is valid. */
struct sheet_row {
    const struct reader_diagnostics *diagnostics; /* borrowed */
    uint32_t line;
    size_t used; /* cells up to the last that was given */
    bool full;   /* READER_ROW_MAX was reached, and told */
    bool wide;   /* READER_COLUMNS_MAX was reached, and told */
    struct strbuf text;
    uint64_t given; /* bytes in the rows that were viewed */
    struct sheet_span {
        size_t at, len;
    } spans[READER_COLUMNS_MAX];
    struct str cells[READER_COLUMNS_MAX];
};

/** Forget the cells and start a row at `line`, from 1. */
void sheet_row_begin(struct sheet_row *row, uint32_t line);

/**
 * Put a text into a column, from 0; empty text leaves the cell as it is. What
 * has no room (READER_CELL_MAX, READER_COLUMNS_MAX, READER_ROW_MAX, a cell
 * given twice) is left out and told to the diagnostics as lost.
 */
void sheet_row_put(struct sheet_row *row, uint32_t column, struct str text);

/** A row's cells at one time. */
struct sheet_row_mark {
    size_t used, text_len;
    struct sheet_span spans[READER_COLUMNS_MAX];
};

/** Remember the cells, and start the row below with them once more. */
void sheet_row_mark(const struct sheet_row *row, struct sheet_row_mark *mark);
void sheet_row_repeat(struct sheet_row *row, const struct sheet_row_mark *mark);

/**
 * The cells as they are now; borrowed until the next begin or put.
 *
 * @return false when memory was out, or with SHEET_TEXT_MAX.
 */
NODISCARD bool sheet_row_view(struct sheet_row *row, struct row *out,
                              struct err *err);

void sheet_row_dispose(struct sheet_row *row);

#endif
