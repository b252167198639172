#include "bom/lines.h"

#include "bom/parts.h"
#include "bom/shape.h"
#include "core/mem.h"

void lines_dispose(struct line_maker *maker) {
    cells_dispose(&maker->cells);
    arena_dispose(&maker->arena);
    mem_free(maker->parts);
}

static inline struct str first_of(const struct table *table,
                                  const struct row *row, enum bom_field field) {
    const struct field_columns *columns = &table->fields[field];
    for (size_t i = 0; i < columns->count; i++) {
        struct str cell = table_cell(row, columns->items[i]);
        if (cell.len != 0)
            return cell;
    }
    return STR_EMPTY;
}

static void read_fields(const struct table *table, const struct row *row,
                        struct bom_line *line) {
    *line = (struct bom_line){
        .line = row->line,
        .refdes = first_of(table, row, BOM_REFDES),
        .quantity = first_of(table, row, BOM_QUANTITY),
        .value = first_of(table, row, BOM_VALUE),
        .description = first_of(table, row, BOM_DESCRIPTION),
        .footprint = first_of(table, row, BOM_FOOTPRINT),
        .ipn = first_of(table, row, BOM_IPN),
        .category = first_of(table, row, BOM_CATEGORY),
        .origin = first_of(table, row, BOM_ORIGIN),
        .distributor = first_of(table, row, BOM_DISTRIBUTOR),
        .distributor_pn = first_of(table, row, BOM_DISTRIBUTOR_PN),
        .item = first_of(table, row, BOM_ITEM),
        .level = first_of(table, row, BOM_LEVEL),
        .parent = first_of(table, row, BOM_PARENT),
        .fitted = true,
    };
}

/* LimeSDR-Mini notes "NF(C3 C7)" on a line of more than those: what is left
   of it is fitted. */
static bool wraps_all(struct line_maker *maker, struct str cell,
                      const struct bom_line *line) {
    struct str inside;
    if (!cells_unwrap(&maker->cells, cell, &inside))
        return false;
    return !shape_is_refdes(maker->cells.words, inside) ||
           shape_count_designators(inside) >=
               shape_count_designators(line->refdes);
}

static bool any_mentions(struct line_maker *maker, const struct row *row,
                         enum bom_field field, const struct bom_line *line) {
    const struct field_columns *columns = &maker->table->fields[field];
    for (size_t i = 0; i < columns->count; i++) {
        struct str cell = table_cell(row, columns->items[i]);
        if (cell.len == 0)
            continue;
        if (cells_says_short(&maker->cells, cell) ||
            cells_mention_not_fitted(&maker->cells, cell) ||
            wraps_all(maker, cell, line))
            return true;
    }
    return false;
}

static bool columns_say_not_fitted(struct line_maker *maker,
                                   const struct row *row) {
    const unsigned nothing = CELL_NOT_FITTED | CELL_NOT_FITTED_SHORT | CELL_NO;
    const struct field_columns *fitted = &maker->table->fields[BOM_FITTED];
    const struct field_columns *bare = &maker->table->fields[BOM_NOT_FITTED];
    for (size_t i = 0; i < fitted->count; i++) {
        struct str cell = table_cell(row, fitted->items[i]);
        if (cell.len != 0 &&
            (shape_is_zero(cell) ||
             (cells_kinds(&maker->cells, cell) & nothing) != 0))
            return true;
    }
    for (size_t i = 0; i < bare->count; i++) {
        struct str cell = table_cell(row, bare->items[i]);
        unsigned kinds = cells_kinds(&maker->cells, cell);
        if (cell.len != 0 && !shape_is_zero(cell) &&
            ((kinds & (CELL_YES | CELL_NOT_FITTED)) != 0 ||
             (kinds & (CELL_NO | CELL_PLACEHOLDER)) == 0))
            return true;
    }
    return false;
}

/* jawbreaker-bom.csv has its DNP in a column called "Field4". */
static bool any_cell_says_not_fitted(struct line_maker *maker,
                                     const struct row *row) {
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len >= 2 && cell.len <= CELLS_NOT_FITTED_MAX &&
            !shape_has_digit(cell) &&
            (cells_kinds(&maker->cells, cell) & CELL_NOT_FITTED) != 0)
            return true;
    }
    return false;
}

static bool is_fitted(struct line_maker *maker, const struct row *row,
                      const struct bom_line *line) {
    static const enum bom_field naming[] = {
        BOM_VALUE, BOM_MPN, BOM_MANUFACTURER, BOM_MAKER_AND_MPN, BOM_NOTE};
    if (shape_is_zero(line->quantity) ||
        (line->quantity.len != 0 && !ascii_is_digit(line->quantity.ptr[0]) &&
         (cells_kinds(&maker->cells, line->quantity) &
          (CELL_NOT_FITTED | CELL_NOT_FITTED_SHORT)) != 0))
        return false;
    if (columns_say_not_fitted(maker, row))
        return false;
    /* "U6 (DNP)"; among several designators it is said of one. */
    if (cells_mention_not_fitted(&maker->cells, line->refdes) &&
        shape_count_designators(line->refdes) <= 2)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(naming); i++) {
        if (any_mentions(maker, row, naming[i], line))
            return false;
    }
    return !any_cell_says_not_fitted(maker, row);
}

static void publish(const struct line_maker *maker, struct bom_line *line) {
    line->parts = maker->parts;
    line->part_count = maker->part_count;
}

/* The row's own text was copied: what is a view of it moves along. */
static void move(struct arena *arena, struct str *piece, struct str from,
                 struct str to) {
    size_t at = (uintptr_t)piece->ptr - (uintptr_t)from.ptr;
    if (piece->len == 0)
        *piece = STR_EMPTY;
    else if (from.len != 0 && at < from.len)
        piece->ptr = to.ptr + at;
    else
        *piece = arena_str(arena, *piece);
}

static bool read_plain(struct line_maker *maker, const struct row *row,
                       struct bom_line *line) {
    struct arena *arena = &maker->arena;
    struct str text = arena_str(arena, row->text);
    struct str *const pieces[] = {
        &line->refdes,    &line->quantity,    &line->value,
        &line->footprint, &line->description, &line->ipn,
        &line->category,  &line->origin,      &line->distributor,
        &line->level,     &line->parent,      &line->distributor_pn,
        &line->item,
    };
    read_fields(maker->table, row, line);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        move(arena, pieces[i], row->text, text);
    if (!parts_take(maker, row))
        return false;
    struct bom_part *part = &maker->parts[0];
    move(arena, &part->manufacturer, row->text, text);
    move(arena, &part->mpn, row->text, text);
    move(arena, &part->origin, row->text, text);
    part->row = text;
    return !arena->failed;
}

static bool read_looking(struct line_maker *maker, const struct row *row,
                         struct bom_line *line) {
    struct row copy;
    if (!row_copy(&maker->arena, row, &copy))
        return false;
    read_fields(maker->table, &copy, line);
    line->fitted = is_fitted(maker, &copy, line);
    return parts_read(maker, &copy, line) && parts_stand_in(maker, &copy, line);
}

bool lines_begin(struct line_maker *maker, const struct row *row, bool plain,
                 struct bom_line *line) {
    arena_reset(&maker->arena);
    maker->part_count = 0;
    if (!(plain ? read_plain(maker, row, line)
                : read_looking(maker, row, line)))
        return false;
    publish(maker, line);
    return !maker->cells.words->scratch.failed;
}

static bool has_column(const struct line_maker *maker, enum bom_field field) {
    return maker->table->fields[field].count != 0;
}

static bool only_refdes(const struct line_maker *maker, const struct row *row) {
    size_t refdes = table_column(maker->table, BOM_REFDES);
    for (size_t i = 0; i < row->count; i++) {
        if (i != refdes && str_trim(row->cells[i]).len != 0)
            return false;
    }
    return true;
}

static bool same_or_empty(struct str a, struct str b) {
    return a.len == 0 || str_eq(a, b);
}

/* With both columns there an alternate shows by neither being filled; with one
   of them it must not say anything new either. */
static bool goes_on_with(const struct line_maker *maker,
                         const struct bom_line *line, const struct row *row) {
    const struct table *table = maker->table;
    bool by_both =
        has_column(maker, BOM_REFDES) && has_column(maker, BOM_QUANTITY);
    if (line->quantity.len == 0 && line->refdes.len == 0)
        return false;
    return by_both ||
           ((has_column(maker, BOM_REFDES) ||
             has_column(maker, BOM_QUANTITY)) &&
            same_or_empty(first_of(table, row, BOM_VALUE), line->value) &&
            same_or_empty(first_of(table, row, BOM_DESCRIPTION),
                          line->description));
}

enum line_more lines_more(const struct line_maker *maker,
                          const struct bom_line *line, const struct row *row) {
    const struct table *table = maker->table;
    struct str refdes = first_of(table, row, BOM_REFDES);
    if (first_of(table, row, BOM_QUANTITY).len != 0 ||
        first_of(table, row, BOM_ITEM).len != 0 ||
        !same_or_empty(first_of(table, row, BOM_IPN), line->ipn))
        return LINE_NOT;
    if (refdes.len != 0)
        return has_column(maker, BOM_QUANTITY) && line->quantity.len != 0 &&
                       line->refdes.len != 0 && only_refdes(maker, row)
                   ? LINE_REFDES
                   : LINE_NOT;
    bool names = first_of(table, row, BOM_MPN).len != 0 ||
                 first_of(table, row, BOM_MANUFACTURER).len != 0 ||
                 first_of(table, row, BOM_MAKER_AND_MPN).len != 0;
    return names && goes_on_with(maker, line, row) ? LINE_PARTS : LINE_NOT;
}

static bool add_refdes(struct line_maker *maker, struct str more,
                       struct bom_line *line) {
    bool open = str_ends(line->refdes, STR_LIT(","));
    struct str joined =
        arena_printf(&maker->arena, "%.*s%s%.*s", STR_ARG(line->refdes),
                     open ? " " : ", ", STR_ARG(more));
    line->refdes = joined;
    return !maker->arena.failed;
}

bool lines_add(struct line_maker *maker, const struct row *row,
               enum line_more more, struct bom_line *line) {
    struct row copy;
    if (!row_copy(&maker->arena, row, &copy))
        return false;
    if (more == LINE_REFDES)
        return add_refdes(maker, first_of(maker->table, &copy, BOM_REFDES),
                          line);
    bool ok = parts_read(maker, &copy, line);
    publish(maker, line);
    return ok;
}
