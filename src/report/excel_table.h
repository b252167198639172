#ifndef BOMGATE_REPORT_EXCEL_TABLE_H
#define BOMGATE_REPORT_EXCEL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "report/excel_book.h"

/** A column of a table: as wide as what stands in it, within limits. */
struct excel_column {
    const char *header;
    unsigned min, max; /* width in characters */
    enum excel_style style;
};

/**
 * A sheet that is one table: a header that stays in view and is printed on
 * every page, filters, and a second sheet "Name (2)" at Excel's row limit.
 */
struct excel_table {
    struct excel_book *book;
    struct excel_sheet *sheet; /* NULL: a failure is remembered */
    const char *name;
    const struct excel_column *columns;
    size_t column_count;
    size_t widths[EXCEL_COLUMNS_MAX];
    unsigned parts; /* sheets so far */
    uint32_t rows;  /* in all of them, without headers */
    const char *footer;
};

/**
 * Add the sheet and write its header.
 *
 * @param columns  Static; at most EXCEL_COLUMNS_MAX.
 * @param footer   For the printed pages; must outlive the table.
 */
void excel_table_begin(struct excel_table *table, struct excel_book *book,
                       const char *name, const struct excel_column *columns,
                       size_t column_count, const char *footer);

/** Start the next row. */
void excel_table_row(struct excel_table *table);
/** A cell of the row in its column's style. */
void excel_table_text(struct excel_table *table, unsigned column,
                      struct str text);
void excel_table_number(struct excel_table *table, unsigned column,
                        double number);
void excel_table_verdict(struct excel_table *table, unsigned column,
                         enum verdict verdict);
/** A row of its own for a remark on the table. */
void excel_table_note(struct excel_table *table, struct str text);

/** Set widths, filters and pages of the last sheet. */
void excel_table_end(struct excel_table *table);

#endif
