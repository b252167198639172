#include "bom/ragged.h"

#include "bom/row_fit.h"
#include "bom/shape.h"
#include "core/lang.h"

/* More surplus cells than this are no list of designators. */
#define SURPLUS_MAX 64

/* How many cells the row has up to its last filled one. */
static size_t used_cells(const struct row *row) {
    size_t count = row->count;
    while (count != 0 && str_trim(row->cells[count - 1]).len == 0)
        count--;
    return count;
}

/* The last column of those that suit best, so that "Q1,Q2" is put together
   rather than the number before it and "Q1". */
static size_t best_place(const struct table *table, struct cells *cells,
                         const struct row *row, size_t more) {
    static const struct placing as_it_is = {0, 0, 0};
    size_t best = NO_COLUMN;
    struct row_fits fits;
    row_fits_measure(&fits, table, cells, row);
    int best_fit = row_fits_sum(&fits, &as_it_is);
    for (size_t i = 0; i < table->width; i++) {
        struct placing placing = {.at = i, .merged = more};
        int fit = row_fits_sum(&fits, &placing);
        if (fit <= best_fit || row_fits_spoils(&fits, cells->words, &placing))
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
        arena,
        tr("%zu cells instead of %zu; cells %zu to %zu were read as one"),
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
        arena, tr("%zu cells under %zu headers; the last ones have no column"),
        used, table->width);
    diagnostics_add(diagnostics, BOM_NOTE_KEPT, "ragged-row", row->line, 0,
                    text.ptr);
}

/* By how much the cells must suit their columns better elsewhere, and how far
   away. */
#define SHIFT_GAIN_MIN 4
#define SHIFT_MAX 3

/* The best placing so far, and whether another one is as good. */
struct search {
    const struct row_fits *fits;
    struct bom_words *words;
    struct placing best;
    int fit;
    bool ambiguous;
};

/* Those that differ by the place alone read the same names. */
static bool same_distance(const struct placing *a, const struct placing *b) {
    return a->merged == b->merged && a->missing == b->missing;
}

static void try_placing(struct search *search, const struct placing *placing) {
    int fit = row_fits_sum(search->fits, placing);
    if (fit < search->fit ||
        row_fits_spoils(search->fits, search->words, placing))
        return;
    search->ambiguous =
        fit == search->fit && !same_distance(placing, &search->best);
    if (fit > search->fit || placing->merged != 0)
        search->best = *placing;
    search->fit = fit;
}

static void search_placing(struct search *search) {
    const struct row_fits *fits = search->fits;
    size_t used = used_cells(fits->row), width = fits->table->width;
    for (size_t more = 1; more <= SHIFT_MAX; more++) {
        for (size_t at = 0; at < used; at++) {
            if (used + more <= width)
                try_placing(search,
                            &(struct placing){.at = at, .missing = more});
            if (at + more < used)
                try_placing(search,
                            &(struct placing){.at = at, .merged = more});
        }
    }
}

/* Does a cell stand where it cannot belong? */
static bool is_odd(const struct row_fits *fits, const struct placing *placing) {
    return row_fits_field(fits, FIT_QUANTITY, placing) < 0 ||
           row_fits_field(fits, FIT_MPN, placing) < 0 ||
           row_fits_field(fits, FIT_MANUFACTURER, placing) < 0;
}

/* What the names are is sure then: the maker is known, or, in a table without
   makers, there is a part number. */
static bool is_sure(const struct row_fits *fits,
                    const struct placing *placing) {
    bool named =
        fits->columns[FIT_MANUFACTURER] == NO_COLUMN ||
        row_fits_field(fits, FIT_MANUFACTURER, placing) == FIT_KNOWN_MAKER;
    return named && row_fits_field(fits, FIT_MPN, placing) > 0 &&
           row_fits_field(fits, FIT_REFDES, placing) >= 0 &&
           !is_odd(fits, placing);
}

static bool leave_out(struct arena *arena, struct row *row, size_t at,
                      size_t missing) {
    size_t count = row->count + missing;
    struct str *cells = arena_array(arena, count, sizeof(*cells));
    if (cells == NULL)
        return false;
    for (size_t i = 0; i < row->count; i++)
        cells[i < at ? i : i + missing] = row->cells[i];
    row->cells = cells;
    row->count = count;
    return true;
}

static void tell_shift(struct arena *arena, struct diagnostics *diagnostics,
                       const struct row *row, const struct placing *placing) {
    struct str text =
        placing->merged != 0
            ? arena_printf(arena,
                           tr("the cells stand %zu too far to the right; cells "
                              "%zu to %zu were read as one"),
                           placing->merged, placing->at + 1,
                           placing->at + placing->merged + 1)
            : arena_printf(
                  arena,
                  tr("the cells stand %zu too far to the left; from "
                     "cell %zu on they were read further to the right"),
                  placing->missing, placing->at + 1);
    if (!arena->failed)
        diagnostics_add(diagnostics, BOM_NOTE_KEPT, "shifted-row", row->line, 0,
                        text.ptr);
}

/* Is there a maker that could belong in the column for makers? */
static bool maker_is_near(const struct table *table, struct cells *cells,
                          const struct row *row) {
    size_t column = table_column(table, BOM_MANUFACTURER);
    if (column == NO_COLUMN)
        return true;
    for (size_t i = 1; i <= SHIFT_MAX; i++) {
        struct str right = table_cell(row, column + i);
        struct str left = column >= i ? table_cell(row, column - i) : STR_EMPTY;
        if ((right.len != 0 && cells_is_maker(cells, right)) ||
            (left.len != 0 && cells_is_maker(cells, left)))
            return true;
    }
    return false;
}

bool ragged_shift(const struct table *table, struct cells *cells,
                  struct arena *arena, struct diagnostics *diagnostics,
                  struct row *row) {
    static const struct placing as_it_is = {0, 0, 0};
    struct row_fits fits;
    if (table->header_line == 0 || table->width > FIT_CELLS_MAX ||
        !row_is_odd(table, cells, row) || !maker_is_near(table, cells, row))
        return false;
    row_fits_measure(&fits, table, cells, row);
    int fit = row_fits_sum(&fits, &as_it_is);
    struct search search = {&fits, cells->words, as_it_is, fit, false};
    search_placing(&search);
    struct placing best = search.best;
    if (search.ambiguous || search.fit < fit + SHIFT_GAIN_MIN ||
        !is_sure(&fits, &best) ||
        !(best.merged != 0 ? merge(arena, row, best.at, best.merged)
                           : leave_out(arena, row, best.at, best.missing)))
        return false;
    tell_shift(arena, diagnostics, row, &best);
    return true;
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
    struct str text = arena_printf(
        arena, tr("%zu cells instead of %zu; cells may be missing"), row->count,
        table->usual_cells);
    if (!arena->failed)
        diagnostics_add(diagnostics, BOM_NOTE_KEPT, "ragged-row", row->line, 0,
                        text.ptr);
}
