#ifndef BOMGATE_BOM_NAMED_TABLE_H
#define BOMGATE_BOM_NAMED_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

#define NAMED_ROWS_MAX 1000000
#define NAMED_SETS_MAX 16 /* of a column that repeats */

/** A column that a table may have. */
struct named_column {
    const char *name;     /* what messages call it: "Manufacturer" */
    enum bom_field field; /* it is headed like this of a BOM; or
                             BOM_FIELD_COUNT */
    const char *words;    /* or as this list of rules/words/ says; or NULL */
    bool repeats;         /* "MPN 1", "MPN 2" */
};

/** Where a column's set stands; zero where the table has none. */
struct named_place {
    unsigned column; /* in the file, from 1 */
    unsigned cell;   /* in a row, from 1 */
};

/** A column that the table may not have: the company's own. */
struct named_other {
    struct str name;
    unsigned column; /* in the file, from 1 */
};

/** One row; see named_cell(). */
struct named_row {
    uint32_t line; /* in a spreadsheet the row, from 1 */
    const struct str *cells;
};

/**
 * A table that a company keeps: a parts file, declarations, a list. Unlike a
 * BOM it is of a known form, and what does not fit is an error. Texts live as
 * long as the table.
 */
struct named_table {
    struct arena arena;
    const char *path;
    char sha256[65];
    const struct named_column *columns;
    size_t column_count;
    struct named_place *places; /* NAMED_SETS_MAX of each column */
    size_t width;               /* cells of a row: places that are there */
    uint32_t header_line;
    struct named_other *others; /* columns of other names */
    size_t other_count;
    struct str unread; /* their names: "A, B" */
    struct named_row *rows;
    size_t count, cap;
};

/**
 * Read a table: CSV, Excel, OpenDocument. The row that names most columns, of
 * the first few, is its header; columns of other names are kept beside, and
 * empty rows are left out.
 *
 * @param[out] out  Dispose of with named_table_dispose(). Untouched on failure.
 * @param path      Copied.
 * @param rules     For the headers' words.
 * @param columns   Must outlive the table.
 * @return false when it cannot be read as it stands, no row names two of the
 *         columns, or one that does not repeat is named twice; err has the
 *         place.
 */
NODISCARD bool named_table_read(struct named_table *out, const char *path,
                                const struct ruleset *rules,
                                const struct named_column *columns,
                                size_t column_count, struct err *err);
void named_table_dispose(struct named_table *table);

/** Does the header name the column? */
bool named_table_has(const struct named_table *table, size_t column);

/** The trimmed text of a cell; empty where the table has none.
    @param set  Below NAMED_SETS_MAX; 0 for a column that does not repeat. */
struct str named_cell(const struct named_table *table,
                      const struct named_row *row, size_t column, size_t set);

/** The same of a column of the company's own. */
struct str named_other_cell(const struct named_table *table,
                            const struct named_row *row, size_t other);

/** Fill `err` with what is wrong with a cell, and where. @return false */
bool named_cell_fault(const struct named_table *table,
                      const struct named_row *row, size_t column, size_t set,
                      struct err *err, const char *fmt, ...) PRINTF_LIKE(6, 7);
/** The same for a cell of which the text is wrong: `what` it is, for a person.
    @return false */
bool named_cell_refuse(const struct named_table *table,
                       const struct named_row *row, size_t column, size_t set,
                       struct err *err, const char *what);

#endif
