#include "bom/sides.h"

#include "bom/plain.h"

void sides_dispose(struct sides *sides) {
    for (size_t i = 0; i < BANDS_MAX; i++) {
        table_dispose(&sides->items[i].first);
        table_dispose(&sides->items[i].later);
    }
    arena_dispose(&sides->arena);
}

/* Spreadsheets, and some writers of CSV, leave empty cells at the end of a row
   out; where they do not, a row that ends early has lost cells. */
static void measure_rows(struct side *side, const struct rows *rows,
                         size_t first) {
    struct reader_facts facts = {.encoding = NULL};
    size_t full = 0, all = rows_ahead(rows) - first;
    rows->format->facts(rows->reader, &facts);
    for (size_t i = first; i < first + all; i++)
        full += rows_peek(rows, i)->count >= side->table->width;
    side->rows_are_full = facts.delimiter != NULL && full * 2 > all;
}

/* A table that is not usable is not begun: what was read goes on. */
static bool decide_side(struct sides *sides, struct side *side,
                        struct table *table, const struct rows *rows,
                        const struct table_place *place, struct err *err) {
    const struct bom_options *options = sides->options;
    bool first = table == &side->first && !place->aside;
    bool ok = first
                  ? table_decide(table, sides->words, rows, place,
                                 options->maps, options->map_count, err)
                  : table_decide_later(table, sides->words, rows, place,
                                       options->maps, options->map_count, err);
    if (!ok)
        return false;
    side->passing_over = table == &side->later && !table_is_usable(table);
    if (side->passing_over)
        return true;
    side->table = table;
    side->has_plain = plain_suits(table);
    measure_rows(side, rows, place->first + place->rows);
    return true;
}

static struct table *table_of(struct side *side, bool first) {
    return first ? &side->first : &side->later;
}

/* Decide the table of one band, with the rows in the queue from its header
   on. */
static bool decide_band(struct sides *sides, size_t i, bool first,
                        const struct table_place *place, struct err *err) {
    struct side *side = &sides->items[i];
    struct rows rows;
    struct table_place aside = {0, place->rows, true};
    size_t header = place->first;
    if (side->band.below != 0) {
        header += place->rows - 1 + side->band.below;
        aside.rows = 1;
    }
    bool ok =
        (band_rows(&side->band, sides->rows, header, &rows) ||
         err_nomem(err)) &&
        decide_side(sides, side, table_of(side, first), &rows, &aside, err);
    side->next = header + aside.rows;
    rows_dispose(&rows);
    return ok;
}

static bool decide_whole(struct sides *sides, bool first,
                         const struct table_place *place, struct err *err) {
    struct side *side = &sides->items[0];
    sides->count = 1;
    sides->current = 0;
    side->band = (struct band){.right = SIZE_MAX};
    return decide_side(sides, side, table_of(side, first), sides->rows, place,
                       err);
}

static bool decide_bands(struct sides *sides, const struct bands *bands,
                         bool first, const struct table_place *place,
                         struct err *err) {
    bool usable = true;
    for (size_t i = 0; i < bands->count; i++) {
        struct side *side = &sides->items[i];
        side->band = bands->items[i];
        if (!decide_band(sides, i, first, place, err))
            return false;
        usable = usable && table_is_usable(table_of(side, first));
    }
    if (!usable)
        return decide_whole(sides, first, place, err);
    sides->count = bands->count;
    return true;
}

static bool decide_all(struct sides *sides, bool first,
                       const struct table_place *place, struct err *err) {
    struct bands bands;
    struct table *whole = table_of(&sides->items[0], first);
    if (!decide_whole(sides, first, place, err))
        return false;
    if (place->rows == 0)
        return true;
    if (!bands_find(&bands, whole, sides->words, sides->rows, place))
        return err_nomem(err);
    return bands.count == 1 || decide_bands(sides, &bands, first, place, err);
}

bool sides_begin(struct sides *sides, const struct table_place *place,
                 struct err *err) {
    if (!decide_all(sides, true, place, err))
        return false;
    /* Without a header what stands above is told of, row by row. */
    if (sides->count == 1 && place->rows != 0)
        rows_skip(sides->rows, place->first + place->rows);
    return true;
}

/* Is the row that was handed out last a header over all sides? None of the
   others may be behind or have read its part of it. */
static bool heads_all(const struct sides *sides, size_t at) {
    const struct row *row = rows_peek(sides->rows, at);
    size_t others = 0;
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = &sides->items[i];
        bool filled = false;
        for (size_t k = side->band.left;
             k < row->count && k < side->band.right && !filled; k++)
            filled = table_cell(row, k).len != 0;
        if (i == sides->current)
            continue;
        if (side->next != at && (filled || side->next != at + 1))
            return false;
        others += filled;
    }
    return others != 0;
}

/* The header is the first row of the queue. */
static bool begin_all(struct sides *sides, struct err *err) {
    struct table_place place = {.rows = 1};
    if (!rows_look(sides->rows, ROWS_AHEAD, ROWS_AHEAD_BYTES, err))
        return false;
    table_extend_header(sides->words, sides->rows, &place);
    if (!decide_all(sides, false, &place, err))
        return false;
    if (sides->count == 1)
        rows_skip(sides->rows, place.rows);
    return true;
}

bool sides_begin_later(struct sides *sides, struct err *err) {
    if (sides->count == 1) {
        rows_again(sides->rows);
        return begin_all(sides, err);
    }
    size_t at = sides->items[sides->current].next - 1;
    if (heads_all(sides, at)) {
        rows_skip(sides->rows, at);
        return begin_all(sides, err);
    }
    struct table_place place = {.first = at, .rows = 1};
    sides->items[sides->current].band.below = 0;
    return rows_look(sides->rows, at + ROWS_AHEAD, ROWS_AHEAD_BYTES, err) &&
           decide_band(sides, sides->current, false, &place, err);
}

/* Rows that every side has read leave the queue. */
static void drop_read(struct sides *sides) {
    size_t least = sides->items[0].next;
    for (size_t i = 1; i < sides->count; i++)
        least = sides->items[i].next < least ? sides->items[i].next : least;
    for (size_t i = 0; i < sides->count; i++)
        sides->items[i].next -= least;
    rows_skip(sides->rows, least);
}

static size_t furthest_behind(const struct sides *sides) {
    size_t best = 0;
    for (size_t i = 1; i < sides->count; i++) {
        if (sides->items[i].next < sides->items[best].next)
            best = i;
    }
    return best;
}

/* An alternate has a name, and nothing that begins a line. */
static bool is_alternate(const struct table *table, const struct row *row) {
    bool counts = table->fields[BOM_REFDES].count != 0 ||
                  table->fields[BOM_QUANTITY].count != 0;
    return counts && !table_has(table, row, BOM_REFDES) &&
           !table_has(table, row, BOM_QUANTITY) &&
           !table_has(table, row, BOM_ITEM) &&
           (table_has(table, row, BOM_MPN) ||
            table_has(table, row, BOM_MANUFACTURER) ||
            table_has(table, row, BOM_MAKER_AND_MPN));
}

static bool goes_on(struct sides *sides, size_t i) {
    const struct side *side = &sides->items[i];
    struct row row;
    return side->next < rows_ahead(sides->rows) &&
           band_row(&side->band, rows_peek(sides->rows, side->next),
                    &sides->arena, &row) &&
           is_alternate(side->table, &row);
}

enum reader_step sides_next(struct sides *sides, struct row *row,
                            struct err *err) {
    if (sides->count == 1)
        return rows_next(sides->rows, row, err);
    drop_read(sides);
    arena_reset(&sides->arena);
    size_t i = sides->current;
    if (!rows_look(sides->rows, sides->items[i].next + 1, ROWS_AHEAD_BYTES,
                   err))
        return READER_ERROR;
    if (!goes_on(sides, i))
        i = furthest_behind(sides);
    struct side *side = &sides->items[i];
    if (side->next == rows_ahead(sides->rows))
        return rows_next(sides->rows, row, err);
    sides->current = i;
    if (!band_row(&side->band, rows_peek(sides->rows, side->next++),
                  &sides->arena, row)) {
        err_nomem(err);
        return READER_ERROR;
    }
    return READER_ROW;
}
