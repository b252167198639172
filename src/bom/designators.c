#include "bom/columns.h"

#include "bom/shape.h"

/* In per cent of the rows that have any. */
#define DESIGNATES_MIN 60
#define AGREES_MIN 80

#define ROWS_MIN 2

/* "2 | V801 V802": nothing but a BOM counts designators. */
static bool counts(struct str names, struct str count) {
    return names.len != 0 && shape_is_count(count) &&
           shape_count_designators(names) == str_number(count);
}

/* The column of the first decision for a field, or NO_COLUMN. */
static size_t decided(const struct deciding *d, enum bom_field field) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == field)
            return i;
    }
    return NO_COLUMN;
}

static bool counts_all(const struct deciding *d, size_t names, size_t column) {
    size_t filled = 0, counted = 0;
    for (size_t i = d->first; i < d->end; i++) {
        const struct row *row = rows_peek(d->rows, i);
        struct str cell = table_cell(row, column);
        filled += cell.len != 0;
        counted += counts(table_cell(row, names), cell);
    }
    return counted >= ROWS_MIN && counted * 100 >= filled * AGREES_MIN;
}

void columns_find_quantity(struct deciding *d) {
    size_t names = decided(d, BOM_REFDES);
    if (names == NO_COLUMN || decided(d, BOM_QUANTITY) != NO_COLUMN)
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        if (columns_is_open(d, i) && counts_all(d, names, i)) {
            columns_decide(d, i, BOM_QUANTITY, "cells");
            return;
        }
    }
}

void columns_check_designators(struct table *table, struct bom_words *words,
                               const struct rows *rows, size_t first,
                               size_t end) {
    size_t column = table_column(table, BOM_REFDES);
    size_t quantity = table_column(table, BOM_QUANTITY);
    size_t filled = 0, good = 0, counted = 0;
    if (table->fields[BOM_REFDES].count != 1)
        return;
    for (size_t i = first; i < end; i++) {
        const struct row *row = rows_peek(rows, i);
        struct str names = table_cell(row, column);
        filled += names.len != 0;
        good += shape_is_refdes(words, names);
        counted += counts(names, table_cell(row, quantity));
    }
    table->designates =
        filled >= ROWS_MIN && good * 100 >= filled * DESIGNATES_MIN;
    table->agrees = table->designates && counted > ROWS_MIN &&
                    counted * 100 >= filled * AGREES_MIN;
}
