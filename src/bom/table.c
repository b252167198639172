#include "bom/table.h"

#include "bom/shape.h"

/* What a row must reach to be a header: two sure names, or one sure and one
   that could be. */
#define HEADER_SCORE_MIN 6
#define HEADER_SCORE_SURE 16
#define HEADER_DATA_COST 3

/* In a file with several headers the first one may be a poorer one. */
#define HEADER_SHARE 60 /* per cent of the best score */

/* "Manufacturer: | Acme | Date: | …" has no cells like this. */
static bool is_data(struct bom_words *words, struct str cell) {
    return shape_is_number(cell) || shape_is_url(cell) ||
           shape_is_value(cell) || shape_mpn(words, cell) == SHAPE_MPN;
}

void table_dispose(struct table *table) {
    arena_dispose(&table->arena);
    *table = (struct table){.headers = NULL};
}

bool table_has(const struct table *table, const struct row *row,
               enum bom_field field) {
    const struct field_columns *columns = &table->fields[field];
    for (size_t i = 0; i < columns->count; i++) {
        if (table_cell(row, columns->items[i]).len != 0)
            return true;
    }
    return false;
}

size_t table_column(const struct table *table, enum bom_field field) {
    return table->fields[field].count != 0 ? table->fields[field].items[0]
                                           : NO_COLUMN;
}

static bool is_anchor(enum bom_field field) {
    return field == BOM_REFDES || field == BOM_MPN ||
           field == BOM_MANUFACTURER || field == BOM_MAKER_AND_MPN ||
           field == BOM_VALUE || field == BOM_DESCRIPTION ||
           field == BOM_DISTRIBUTOR_PN || field == BOM_IPN;
}

struct header_marks {
    unsigned score, named, anchors, filled;
};

static void mark_name(struct header_marks *marks, const struct header *name,
                      unsigned *seen) {
    marks->score += name->strength == HEADER_STRONG ? 4
                    : name->strength == HEADER_WEAK ? 2
                                                    : 1;
    for (unsigned i = 0; i < name->field_count; i++) {
        marks->anchors += is_anchor(name->fields[i]);
        if ((*seen & 1u << name->fields[i]) != 0)
            continue;
        *seen |= 1u << name->fields[i];
        marks->named++;
        break;
    }
}

typedef void read_header(struct bom_words *words, struct arena *arena,
                         struct str cell, struct header *out);

static struct header_marks mark_row(struct bom_words *words,
                                    const struct row *row, read_header *read) {
    struct header_marks marks = {.score = 0};
    struct arena arena = {.chunks = NULL};
    unsigned seen = 0, cost = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        marks.filled++;
        struct header name;
        read(words, &arena, cell, &name);
        if (name.strength != HEADER_UNKNOWN)
            mark_name(&marks, &name, &seen);
        else if (is_data(words, cell))
            cost += HEADER_DATA_COST;
        arena_reset(&arena);
    }
    /* "Item, Quantity, Notes": the items are the parts themselves. */
    marks.anchors +=
        (seen & 1u << BOM_ITEM) != 0 && (seen & 1u << BOM_QUANTITY) != 0;
    arena_dispose(&arena);
    marks.score = marks.score > cost ? marks.score - cost : 0;
    return marks;
}

/* Most rows cannot be a header: a name has no two digits in a row, but for
   variants; and a header has names in several cells. */
static bool may_be_header(const struct row *row) {
    size_t filled = 0, digits = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        filled++;
        for (size_t at = 1; at < cell.len; at++) {
            if (ascii_is_digit(cell.ptr[at]) &&
                ascii_is_digit(cell.ptr[at - 1])) {
                digits++;
                break;
            }
        }
    }
    return filled != 0 && digits * 3 <= filled;
}

unsigned table_header_score(struct bom_words *words, const struct row *row) {
    if (!may_be_header(row))
        return 0;
    struct header_marks marks = mark_row(words, row, header_read_as_written);
    /* Nobody misspells all names; that any is one is true of few rows. */
    if (marks.named != 0)
        marks = mark_row(words, row, header_read);
    if (marks.named < 2 || marks.anchors == 0 || marks.score < HEADER_SCORE_MIN)
        return 0;
    return marks.score;
}

static size_t count_filled(const struct row *row, size_t *first) {
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++) {
        if (str_trim(row->cells[i]).len == 0)
            continue;
        if (filled++ == 0)
            *first = i;
    }
    return filled;
}

/* A list of part numbers under one name: "manf#". */
static bool is_single_header(struct bom_words *words, const struct rows *rows,
                             size_t at) {
    size_t column = 0, below = 0;
    const struct row *row = rows_peek(rows, at);
    if (count_filled(row, &column) != 1 || at + 1 >= rows_ahead(rows))
        return false;
    struct arena arena = {.chunks = NULL};
    struct header name;
    header_read(words, &arena, row->cells[column], &name);
    bool named =
        header_means(&name, BOM_MPN) || header_means(&name, BOM_MAKER_AND_MPN);
    arena_dispose(&arena);
    const struct row *next = rows_peek(rows, at + 1);
    return named && count_filled(next, &below) == 1 && below == column;
}

static bool same_text(struct bom_words *words, struct str a, const char *b) {
    struct strbuf folded = {.ptr = NULL};
    strbuf_add(&folded, words_fold(words, a));
    bool same = folded.len != 0 &&
                str_eq(strbuf_str(&folded), words_fold(words, str_from(b)));
    strbuf_dispose(&folded);
    return same;
}

static unsigned map_score(struct bom_words *words, const struct row *row,
                          const struct bom_map *maps, size_t map_count) {
    unsigned score = 0;
    for (size_t m = 0; m < map_count; m++) {
        for (size_t i = 0; i < row->count; i++) {
            if (same_text(words, row->cells[i], maps[m].header)) {
                score += HEADER_SCORE_SURE;
                break;
            }
        }
    }
    return score;
}

static unsigned score_at(struct bom_words *words, const struct rows *rows,
                         size_t at, const struct bom_map *maps,
                         size_t map_count) {
    const struct row *row = rows_peek(rows, at);
    unsigned score = table_header_score(words, row);
    if (score == 0 && is_single_header(words, rows, at))
        score = HEADER_SCORE_MIN;
    return score + map_score(words, row, maps, map_count);
}

/* The first row that comes near the best one. */
static size_t first_good(const unsigned scores[TABLE_HEADER_ROWS],
                         unsigned best) {
    size_t i = 0;
    while (scores[i] * 100 < best * HEADER_SHARE)
        i++;
    return i;
}

bool table_find_header(struct bom_words *words, const struct rows *rows,
                       const struct bom_map *maps, size_t map_count,
                       struct table_place *out) {
    unsigned scores[TABLE_HEADER_ROWS] = {0}, best = 0;
    for (size_t i = 0; i < rows_ahead(rows) && i < TABLE_HEADER_ROWS; i++) {
        scores[i] = score_at(words, rows, i, maps, map_count);
        best = scores[i] > best ? scores[i] : best;
        if (map_count == 0 && best >= HEADER_SCORE_SURE)
            break;
    }
    if (best == 0)
        return false;
    *out = (struct table_place){.first = first_good(scores, best), .rows = 1};
    return true;
}

size_t table_first_row(const struct rows *rows) {
    size_t column;
    for (size_t i = 0; i < rows_ahead(rows); i++) {
        if (count_filled(rows_peek(rows, i), &column) > 1)
            return i;
    }
    return 0;
}

bool table_is_usable(const struct table *table) {
    static const enum bom_field fields[] = {
        BOM_MANUFACTURER, BOM_MPN,         BOM_MAKER_AND_MPN,  BOM_VALUE,
        BOM_IPN,          BOM_DESCRIPTION, BOM_DISTRIBUTOR_PN,
    };
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (table->fields[fields[i]].count != 0)
            return true;
    }
    return false;
}

bool table_is_plausible(const struct table *table) {
    return table->fields[BOM_MPN].count != 0 ||
           table->fields[BOM_DISTRIBUTOR_PN].count != 0 || table->agrees;
}
