#include "bom/row_fit.h"

#include "bom/shape.h"

static const enum bom_field fields[FIT_FIELD_COUNT] = {
    [FIT_QUANTITY] = BOM_QUANTITY,
    [FIT_MPN] = BOM_MPN,
    [FIT_MANUFACTURER] = BOM_MANUFACTURER,
    [FIT_REFDES] = BOM_REFDES,
    [FIT_ITEM] = BOM_ITEM,
};

int row_fit_mpn(struct cells *cells, struct str cell) {
    return shape_mpn(cells->words, cell) != SHAPE_NO_MPN &&
                   !shape_is_refdes(cells->words, cell) &&
                   !cells_is_maker(cells, cell)
               ? 2
               : -1;
}

static int fit_of(struct cells *cells, enum fit_field field, struct str cell) {
    struct bom_words *words = cells->words;
    switch (field) {
    case FIT_QUANTITY:
        return shape_is_count(cell) ? 2 : -2;
    case FIT_MPN:
        return row_fit_mpn(cells, cell);
    case FIT_MANUFACTURER:
        return cells_is_maker(cells, cell) ? FIT_KNOWN_MAKER
               : shape_is_name(cell)       ? 1
                                           : -1;
    case FIT_REFDES:
        return shape_is_refdes(words, cell) ? 1 : -1;
    default:
        return shape_is_count(cell) ? 1 : -1;
    }
}

/* Of several columns for a field the first with a cell: a row without an
   alternate has none in "Manufacturer 2". */
static size_t column_of(const struct table *table, const struct row *row,
                        enum fit_field field) {
    const struct field_columns *all = &table->fields[fields[field]];
    for (size_t i = 0; i < all->count; i++) {
        if (table_cell(row, all->items[i]).len != 0)
            return all->items[i];
    }
    return table_column(table, fields[field]);
}

void row_fits_measure(struct row_fits *out, const struct table *table,
                      struct cells *cells, const struct row *row) {
    out->table = table;
    out->row = row;
    for (unsigned f = 0; f < FIT_FIELD_COUNT; f++) {
        out->columns[f] = column_of(table, row, f);
        for (size_t i = 0; i < row->count && i < FIT_CELLS_MAX; i++) {
            struct str cell = table_cell(row, i);
            bool asked = cell.len != 0 && out->columns[f] != NO_COLUMN;
            out->fits[i][f] = (signed char)(asked ? fit_of(cells, f, cell) : 0);
        }
    }
}

static bool is_odd_cell(const struct table *table, struct cells *cells,
                        const struct row *row, enum fit_field field) {
    struct str cell = table_cell(row, column_of(table, row, field));
    return cell.len != 0 && fit_of(cells, field, cell) < 0;
}

/* Beside a known maker the part number may look like anything. */
bool row_is_odd(const struct table *table, struct cells *cells,
                const struct row *row) {
    struct str maker = table_cell(row, column_of(table, row, FIT_MANUFACTURER));
    if (is_odd_cell(table, cells, row, FIT_QUANTITY))
        return true;
    if (maker.len != 0 && cells_is_maker(cells, maker))
        return false;
    return is_odd_cell(table, cells, row, FIT_MPN) ||
           is_odd_cell(table, cells, row, FIT_MANUFACTURER);
}

/* The cell that a column has then; NO_COLUMN: none. */
static size_t placed(const struct placing *placing, size_t column) {
    if (column > placing->at && placing->merged != 0)
        return column + placing->merged;
    if (column < placing->at)
        return column;
    return column < placing->at + placing->missing ? NO_COLUMN
                                                   : column - placing->missing;
}

int row_fits_field(const struct row_fits *fits, enum fit_field field,
                   const struct placing *placing) {
    size_t column = fits->columns[field];
    size_t cell = column == NO_COLUMN ? NO_COLUMN : placed(placing, column);
    return cell < fits->row->count && cell < FIT_CELLS_MAX
               ? fits->fits[cell][field]
               : 0;
}

int row_fits_sum(const struct row_fits *fits, const struct placing *placing) {
    int sum = 0;
    for (unsigned f = 0; f < FIT_FIELD_COUNT; f++)
        sum += row_fits_field(fits, f, placing);
    return sum;
}

static bool is_thousand(struct str cell) {
    return cell.len == 3 && shape_is_count(cell);
}

bool row_fits_spoils(const struct row_fits *fits, struct bom_words *words,
                     const struct placing *placing) {
    size_t at = placing->at;
    struct str own = table_cell(fits->row, at);
    bool count =
        (at == fits->columns[FIT_QUANTITY] || at == fits->columns[FIT_ITEM]) &&
        shape_is_count(own);
    bool refdes =
        at == fits->columns[FIT_REFDES] && shape_is_refdes(words, own);
    for (size_t i = 1; i <= placing->merged && (count || refdes); i++) {
        struct str cell = table_cell(fits->row, at + i);
        if (cell.len != 0 &&
            !(count ? is_thousand(cell) : shape_is_refdes(words, cell)))
            return true;
    }
    return false;
}
