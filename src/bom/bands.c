#include "bom/bands.h"

#include "bom/sample.h"
#include "bom/shape.h"
#include "core/mem.h"

/* How many rows a table must have whose names nobody knows. */
#define UNNAMED_ROWS_MIN 2

/* How far below the first header the other table's own may stand. */
#define BELOW_MAX 16

/* A list may have some gaps, in per cent of its rows. */
#define FILLED_MIN 80

/* What a column has that tells tables apart. */
struct column_sight {
    enum bom_field field;
    bool gap;         /* no name, and no content */
    bool designators; /* by its name and its cells */
    bool counts;      /* by its name or its cells */
};

struct sight {
    const struct table *whole;
    struct bom_words *words;
    const struct rows *rows;
    size_t first, end; /* rows of the sample */
    struct column_sight *columns;
};

static struct str sight_cell(const struct sight *sight, size_t row,
                             size_t column) {
    return table_cell(rows_peek(sight->rows, row), column);
}

static void see_column(const struct sight *sight, size_t column) {
    struct column_sight *out = &sight->columns[column];
    const struct header *header = &sight->whole->headers[column];
    bool named = header_means(header, BOM_REFDES);
    size_t filled = 0, designators = 0;
    for (size_t i = sight->first; i < sight->end; i++) {
        struct str cell = sight_cell(sight, i, column);
        filled += cell.len != 0;
        designators += named && shape_is_refdes(sight->words, cell);
    }
    out->field = BOM_FIELD_COUNT;
    out->gap = header->text.len == 0 && filled == 0;
    out->designators = designators != 0 && designators * 2 > filled;
    out->counts = header_means(header, BOM_QUANTITY);
}

static bool see_columns(struct sight *sight, struct arena *arena) {
    const struct table *whole = sight->whole;
    sight->columns =
        arena_array(arena, whole->width + 1, sizeof(*sight->columns));
    if (sight->columns == NULL)
        return false;
    for (size_t i = 0; i < whole->width; i++)
        see_column(sight, i);
    for (size_t i = 0; i < whole->column_count; i++) {
        struct column_sight *column = &sight->columns[whole->columns[i].index];
        column->field = whole->columns[i].field;
        column->counts |= column->field == BOM_QUANTITY;
    }
    return true;
}

static size_t find_designators(const struct sight *sight,
                               const struct band *band) {
    for (size_t i = band->left; i < band->right; i++) {
        if (sight->columns[i].designators)
            return i;
    }
    return NO_COLUMN;
}

static size_t find_counts(const struct sight *sight, const struct band *band) {
    for (size_t i = band->left; i < band->right; i++) {
        if (sight->columns[i].counts)
            return i;
    }
    return NO_COLUMN;
}

static bool is_name_field(enum bom_field field) {
    return field == BOM_MPN || field == BOM_MANUFACTURER ||
           field == BOM_MAKER_AND_MPN || field == BOM_VALUE ||
           field == BOM_DESCRIPTION || field == BOM_IPN ||
           field == BOM_DISTRIBUTOR_PN;
}

static bool has_name(const struct sight *sight, const struct band *band) {
    for (size_t i = band->left; i < band->right; i++) {
        if (is_name_field(sight->columns[i].field))
            return true;
    }
    return false;
}

/* The first column that neither counts nor numbers the rows. */
static size_t find_text(const struct sight *sight, const struct band *band) {
    size_t column = band->left;
    while (column < band->right && (sight->columns[column].counts ||
                                    sight->columns[column].field == BOM_ITEM))
        column++;
    return column;
}

/* "Mechanics | Amount": under a name that nobody knows there is a text beside
   each count. */
static bool has_counted_text(const struct sight *sight,
                             const struct band *band) {
    size_t quantity = find_counts(sight, band), counted = 0;
    size_t column = find_text(sight, band);
    if (quantity == NO_COLUMN || column == band->right)
        return false;
    for (size_t i = sight->first; i < sight->end; i++) {
        struct str count = sight_cell(sight, i, quantity);
        struct str text = sight_cell(sight, i, column);
        if (count.len == 0 && text.len == 0)
            continue;
        if (!shape_is_count(count) || text.len == 0 || shape_is_number(text))
            return false;
        counted++;
    }
    return counted >= UNNAMED_ROWS_MIN;
}

/* Could it be a table by itself? It must count its parts, or name them. */
static bool is_whole(const struct sight *sight, const struct band *band,
                     bool gap) {
    bool counts = find_designators(sight, band) != NO_COLUMN ||
                  find_counts(sight, band) != NO_COLUMN;
    return counts &&
           (has_name(sight, band) || (gap && has_counted_text(sight, band)));
}

/* Do two columns say different things in most rows where both do? */
static bool differ(const struct sight *sight, size_t a, size_t b) {
    size_t same = 0, other = 0;
    for (size_t i = sight->first; i < sight->end; i++) {
        struct str left = sight_cell(sight, i, a);
        struct str right = sight_cell(sight, i, b);
        if (left.len == 0 || right.len == 0)
            continue;
        if (str_eq_nocase(left, right))
            same++;
        else
            other++;
    }
    return other >= same;
}

/* Where a band's rows end, if they follow upon each other; else 0. */
static size_t rows_of(const struct sight *sight, const struct band *band) {
    size_t filled = 0, end = 0;
    for (size_t i = sight->first; i < sight->end; i++) {
        bool any = false;
        for (size_t k = band->left; k < band->right && !any; k++)
            any = sight_cell(sight, i, k).len != 0;
        filled += any;
        if (any)
            end = i - sight->first + 1;
    }
    return filled * 100 >= end * FILLED_MIN ? end : 0;
}

static bool repeats_name(const struct sight *sight, const struct band *left,
                         const struct band *right) {
    const struct header *headers = sight->whole->headers;
    for (size_t i = left->left; i < left->right; i++) {
        for (size_t k = right->left; k < right->right; k++) {
            if (is_name_field(sight->columns[i].field) &&
                headers[i].base.len != 0 &&
                str_eq(headers[i].base, headers[k].base))
                return true;
        }
    }
    return false;
}

/* Two tables have designators of their own; or, with a gap between them,
   counts of their own and the same names again, or an end of their own. */
static bool are_apart(const struct sight *sight, const struct band *left,
                      const struct band *right, bool gap) {
    size_t a = find_designators(sight, left);
    size_t b = find_designators(sight, right);
    if (a != NO_COLUMN && b != NO_COLUMN)
        return differ(sight, a, b);
    if (!gap || find_counts(sight, left) == NO_COLUMN ||
        find_counts(sight, right) == NO_COLUMN)
        return false;
    size_t left_rows = rows_of(sight, left), right_rows = rows_of(sight, right);
    return repeats_name(sight, left, right) ||
           (left_rows != 0 && right_rows != 0 && left_rows != right_rows);
}

/* Does a table begin at this column, with `left` before it? */
static bool begins_band(const struct sight *sight, size_t column,
                        struct band *left) {
    bool gap = sight->columns[column - 1].gap;
    struct band right = {.left = column, .right = sight->whole->width};
    left->right = column;
    if (sight->whole->headers[column].text.len == 0 ||
        (!gap && !sight->columns[column].designators))
        return false;
    return is_whole(sight, left, gap) && is_whole(sight, &right, gap) &&
           are_apart(sight, left, &right, gap);
}

static size_t end_below(const struct sight *sight) {
    size_t end = sight->first + BELOW_MAX, all = rows_ahead(sight->rows);
    return end < all ? end : all;
}

static bool is_empty_here(const struct sight *sight, size_t column) {
    for (size_t i = sight->first - 1; i < end_below(sight); i++) {
        if (sight_cell(sight, i, column).len != 0)
            return false;
    }
    return true;
}

/* The row of the header that stands right of `column` further down, below a
   title at most; 0: none. */
static size_t header_below(const struct sight *sight, size_t column) {
    struct arena arena = {.chunks = NULL};
    struct band band = {.left = column, .right = SIZE_MAX};
    size_t found = 0, titles = 0;
    for (size_t i = sight->first - 1;
         i < end_below(sight) && titles <= 1 && found == 0; i++) {
        struct row piece;
        bool filled = false;
        if (!band_row(&band, rows_peek(sight->rows, i), &arena, &piece))
            break;
        for (size_t k = column; k < piece.count && !filled; k++)
            filled = table_cell(&piece, k).len != 0;
        if (table_header_score(sight->words, &piece) != 0)
            found = i;
        titles += filled;
    }
    arena_dispose(&arena);
    return found >= sight->first ? found : 0;
}

/* Beside a table, and apart from it, another one begins further down. */
static bool begins_below(const struct sight *sight, size_t column,
                         struct band *left, struct band *right) {
    size_t width = sight->whole->width;
    left->right = column < width ? column : width;
    if (!is_empty_here(sight, column - 1) || is_empty_here(sight, column) ||
        !is_whole(sight, left, true))
        return false;
    size_t header = header_below(sight, column);
    left->right = column;
    *right = (struct band){column, SIZE_MAX, header - sight->first + 1};
    return header != 0;
}

/* Another header, below the first, has columns of its own. */
static size_t end_of_sample(struct bom_words *words, const struct rows *rows,
                            size_t first) {
    size_t end = first;
    while (end < rows_ahead(rows) && end < first + SAMPLE_ROWS &&
           table_header_score(words, rows_peek(rows, end)) == 0)
        end++;
    return end;
}

/* Rows may be longer than the header is. */
static size_t widest(const struct sight *sight) {
    size_t width = sight->whole->width;
    for (size_t i = sight->first; i < end_below(sight); i++) {
        size_t count = rows_peek(sight->rows, i)->count;
        width = count > width ? count : width;
    }
    return width;
}

static void split(const struct sight *sight, struct bands *bands) {
    struct band band = {.left = 0}, right;
    size_t width = widest(sight);
    bands->count = 0;
    for (size_t i = 1; i < width && bands->count + 1 < BANDS_MAX; i++) {
        if (i < sight->whole->width && begins_band(sight, i, &band)) {
            right = (struct band){.left = i};
        } else if (bands->count != 0 ||
                   !begins_below(sight, i, &band, &right)) {
            continue;
        }
        bands->items[bands->count++] = band;
        band = right;
        if (band.below != 0)
            break;
    }
    band.right = SIZE_MAX;
    bands->items[bands->count++] = band;
}

bool bands_find(struct bands *bands, const struct table *whole,
                struct bom_words *words, const struct rows *rows,
                const struct table_place *place) {
    struct arena arena = {.chunks = NULL};
    size_t first = place->first + place->rows;
    struct sight sight = {
        .whole = whole, .words = words, .rows = rows, .first = first};
    sight.end = end_of_sample(words, rows, first);
    bool ok = see_columns(&sight, &arena);
    if (ok)
        split(&sight, bands);
    arena_dispose(&arena);
    return ok;
}

bool band_row(const struct band *band, const struct row *row,
              struct arena *arena, struct row *out) {
    *out = *row;
    out->count = row->count < band->right ? row->count : band->right;
    if (band->left == 0)
        return true;
    struct str *cells = arena_array(arena, out->count, sizeof(*cells));
    if (cells == NULL)
        return false;
    for (size_t i = 0; i < out->count; i++)
        cells[i] = i < band->left ? STR_EMPTY : row->cells[i];
    out->cells = cells;
    return true;
}

bool band_rows(const struct band *band, const struct rows *rows, size_t first,
               struct rows *out) {
    *out = (struct rows){.format = rows->format, .reader = rows->reader};
    for (size_t i = first; i < rows_ahead(rows); i++) {
        if (!mem_grow((void **)&out->queue, &out->cap, out->count + 1,
                      sizeof(*out->queue)) ||
            !band_row(band, rows_peek(rows, i), &out->arena,
                      &out->queue[out->count]))
            return false;
        out->count++;
    }
    return true;
}
