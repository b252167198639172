#ifndef BOMGATE_BOM_ROW_FIT_H
#define BOMGATE_BOM_ROW_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/cells.h"
#include "bom/table.h"

/* The fields whose cells tell whether they stand in the right column. */
enum fit_field {
    FIT_QUANTITY,
    FIT_MPN,
    FIT_MANUFACTURER,
    FIT_REFDES,
    FIT_ITEM,
    FIT_FIELD_COUNT
};

#define FIT_KNOWN_MAKER 3

/* Rows with more cells are not measured beyond them. */
#define FIT_CELLS_MAX 128

/** How well each cell of a row suits each of those fields: below 0 not at all,
    0 for an empty cell or a table without such a column. */
struct row_fits {
    const struct table *table;
    const struct row *row;
    size_t columns[FIT_FIELD_COUNT]; /* or NO_COLUMN */
    signed char fits[FIT_CELLS_MAX][FIT_FIELD_COUNT];
};

/** Where the cells of a row belong. A zeroed struct leaves them where they
    are. */
struct placing {
    size_t at;
    size_t merged;  /* so many cells after `at` belong to it */
    size_t missing; /* for so many columns from `at` on there is no cell */
};

void row_fits_measure(struct row_fits *out, const struct table *table,
                      struct cells *cells, const struct row *row);

/** Does a count, part number or maker of the row, as it stands, not suit its
    column? Cheap, unlike measuring all cells. */
bool row_is_odd(const struct table *table, struct cells *cells,
                const struct row *row);

/** How the cell suits as a part number. */
int row_fit_mpn(struct cells *cells, struct str cell);

/** How the cell suits that is the field's then. */
int row_fits_field(const struct row_fits *fits, enum fit_field field,
                   const struct placing *placing);

/** All fields together. */
int row_fits_sum(const struct row_fits *fits, const struct placing *placing);

/** "2,1" is no count any more, and "U1,GRM155" no designators: would the
    placing put something else into such a cell? */
bool row_fits_spoils(const struct row_fits *fits, struct bom_words *words,
                     const struct placing *placing);

#endif
