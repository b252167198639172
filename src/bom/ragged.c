#include "bom/ragged.h"

#include "bom/shape.h"

/* More surplus cells than this are no list of designators. */
#define SURPLUS_MAX 64

/* How many cells the row has up to its last filled one. */
static size_t used_cells(const struct row *row) {
    size_t count = row->count;
    while (count != 0 && str_trim(row->cells[count - 1]).len == 0)
        count--;
    return count;
}

/* The cell of a column when the `more` cells after `at` belong to it. */
static struct str merged_cell(const struct row *row, size_t column, size_t at,
                              size_t more) {
    return table_cell(row, column > at ? column + more : column);
}

static int field_fit(const struct table *table, struct cells *cells,
                     enum bom_field field, struct str cell) {
    struct bom_words *words = cells->words;
    if (table->fields[field].count == 0 || cell.len == 0)
        return 0;
    switch (field) {
    case BOM_QUANTITY:
        return shape_is_count(cell) ? 2 : -2;
    case BOM_MPN:
        return shape_mpn(words, cell) != SHAPE_NO_MPN &&
                       !shape_is_refdes(words, cell) &&
                       !cells_is_maker(cells, cell)
                   ? 2
                   : -1;
    case BOM_MANUFACTURER:
        return cells_is_maker(cells, cell) ? 3 : shape_is_name(cell) ? 1 : -1;
    case BOM_REFDES:
        return shape_is_refdes(words, cell) ? 1 : -1;
    case BOM_ITEM:
        return shape_is_count(cell) ? 1 : -1;
    default:
        return 0;
    }
}

static int row_fit(const struct table *table, struct cells *cells,
                   const struct row *row, size_t at, size_t more) {
    static const enum bom_field fields[] = {
        BOM_QUANTITY, BOM_MPN, BOM_MANUFACTURER, BOM_REFDES, BOM_ITEM};
    int fit = 0;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        size_t column = table_column(table, fields[i]);
        if (column != NO_COLUMN)
            fit += field_fit(table, cells, fields[i],
                             merged_cell(row, column, at, more));
    }
    return fit;
}

static bool is_thousand(struct str cell) {
    return cell.len == 3 && shape_is_count(cell);
}

/* "2,1" is no count any more, and "U1,GRM155" no designators: nothing but
   empty cells, or more of the same, may be added to such a cell. */
static bool spoils(const struct table *table, struct bom_words *words,
                   const struct row *row, size_t at, size_t more) {
    struct str own = table_cell(row, at);
    bool count = (at == table_column(table, BOM_QUANTITY) ||
                  at == table_column(table, BOM_ITEM)) &&
                 shape_is_count(own);
    bool refdes =
        at == table_column(table, BOM_REFDES) && shape_is_refdes(words, own);
    for (size_t i = 1; i <= more && (count || refdes); i++) {
        struct str cell = table_cell(row, at + i);
        if (cell.len != 0 &&
            !(count ? is_thousand(cell) : shape_is_refdes(words, cell)))
            return true;
    }
    return false;
}

/* The last column of those that suit best, so that "Q1,Q2" is put together
   rather than the number before it and "Q1". */
static size_t best_place(const struct table *table, struct cells *cells,
                         const struct row *row, size_t more) {
    size_t best = NO_COLUMN;
    int best_fit = row_fit(table, cells, row, table->width, 0);
    for (size_t i = 0; i < table->width; i++) {
        int fit = row_fit(table, cells, row, i, more);
        if (fit <= best_fit || spoils(table, cells->words, row, i, more))
            continue;
        bool refdes = i == table_column(table, BOM_REFDES);
        for (size_t k = 0; refdes && k <= more; k++)
            refdes = shape_is_refdes(cells->words, table_cell(row, i + k));
        best = i;
        best_fit = fit + refdes;
    }
    return best;
}

static struct str joined_cells(struct arena *arena, const struct row *row,
                               size_t at, size_t more) {
    struct str text = row->cells[at];
    for (size_t i = 1; i <= more; i++) {
        struct str cell = row->cells[at + i];
        if (str_trim(text).len == 0)
            text = cell;
        else if (str_trim(cell).len != 0)
            text =
                arena_printf(arena, "%.*s,%.*s", STR_ARG(text), STR_ARG(cell));
    }
    return text;
}

static bool merge(struct arena *arena, struct row *row, size_t at,
                  size_t more) {
    size_t count = row->count - more;
    struct str *cells = arena_array(arena, count, sizeof(*cells));
    if (cells == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        cells[i] = i == at ? joined_cells(arena, row, at, more)
                           : row->cells[i > at ? i + more : i];
    row->cells = cells;
    row->count = count;
    return !arena->failed;
}

static bool repair(const struct table *table, struct cells *cells,
                   struct arena *arena, struct diagnostics *diagnostics,
                   struct row *row) {
    size_t more = row->count - table->usual_cells, at = NO_COLUMN;
    size_t count = row->count;
    if (more <= SURPLUS_MAX)
        at = best_place(table, cells, row, more);
    if (at == NO_COLUMN || !merge(arena, row, at, more))
        return false;
    struct str text = arena_printf(
        arena, "%zu cells instead of %zu; cells %zu to %zu were read as one",
        count, table->usual_cells, at + 1, at + more + 1);
    diagnostics_add(diagnostics, BOM_NOTE_KEPT, "ragged-row", row->line, 0,
                    text.ptr);
    return true;
}

void ragged_repair(const struct table *table, struct cells *cells,
                   struct arena *arena, struct diagnostics *diagnostics,
                   struct row *row) {
    if (table->header_line == 0)
        return;
    if (row->count > table->usual_cells &&
        repair(table, cells, arena, diagnostics, row))
        return;
    size_t used = used_cells(row);
    if (used <= table->width)
        return;
    struct str text = arena_printf(
        arena, "%zu cells under %zu headers; the last ones have no column",
        used, table->width);
    diagnostics_add(diagnostics, BOM_NOTE_KEPT, "ragged-row", row->line, 0,
                    text.ptr);
}

void ragged_tell_short(const struct table *table, struct arena *arena,
                       struct diagnostics *diagnostics, const struct row *row) {
    static const enum bom_field fields[] = {
        BOM_REFDES, BOM_QUANTITY, BOM_MANUFACTURER, BOM_MPN, BOM_MAKER_AND_MPN};
    bool lacks = false;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        size_t column = table_column(table, fields[i]);
        lacks |= column != NO_COLUMN && column >= row->count;
    }
    if (!lacks)
        return;
    struct str text =
        arena_printf(arena, "%zu cells instead of %zu; cells may be missing",
                     row->count, table->usual_cells);
    if (!arena->failed)
        diagnostics_add(diagnostics, BOM_NOTE_KEPT, "ragged-row", row->line, 0,
                        text.ptr);
}
