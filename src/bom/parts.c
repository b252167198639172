#include "bom/parts.h"

#include "bom/shape.h"
#include "core/mem.h"

/* One line of a hostile file may not name more than these; the rest is told
   of. A real one had nine. */
#define PARTS_MAX 1000

static bool add_part(struct line_maker *maker, struct bom_part part) {
    if (maker->part_count >= PARTS_MAX) {
        diagnostics_add(maker->diagnostics, BOM_LOST, "too-many-parts",
                        part.line, 0,
                        "the line names more than 1000 alternates");
        return true;
    }
    if (!mem_grow((void **)&maker->parts, &maker->part_cap,
                  maker->part_count + 1, sizeof(*maker->parts)))
        return false;
    part.alternate = maker->part_count != 0;
    maker->parts[maker->part_count++] = part;
    return true;
}

static bool says_nothing(struct line_maker *maker, struct str cell) {
    const unsigned nothing =
        CELL_PLACEHOLDER | CELL_NOT_FITTED | CELL_NOT_FITTED_SHORT;
    return (cells_kinds(&maker->cells, cell) & nothing) != 0;
}

/* Part numbers differ from line to line: remembering them would push the words
   out that do repeat. Placeholders have no digits. */
static struct str clean_mpn(struct line_maker *maker, struct str cell) {
    struct str inside;
    if (cells_unwrap(&maker->cells, cell, &inside))
        cell = inside;
    bool digits = false;
    for (size_t i = 0; i < cell.len && !digits; i++)
        digits = ascii_is_digit(cell.ptr[i]);
    if (shape_is_url(cell) || (!digits && says_nothing(maker, cell)))
        return STR_EMPTY;
    return cell;
}

static struct str clean_maker(struct line_maker *maker, struct str cell,
                              struct bom_line *line) {
    unsigned kinds = cells_kinds(&maker->cells, cell);
    if ((kinds & CELL_DISTRIBUTOR) != 0 &&
        !cells_is_maker(&maker->cells, cell)) {
        if (line->distributor.len == 0)
            line->distributor = cell;
        return STR_EMPTY;
    }
    return says_nothing(maker, cell) ? STR_EMPTY : cell;
}

static void check_damaged(struct line_maker *maker, struct str mpn,
                          uint32_t line, size_t column) {
    if (!shape_is_damaged(mpn))
        return;
    struct str text = arena_printf(
        &maker->arena,
        "\"%.*s\" is a number that a spreadsheet made of a part number",
        STR_ARG(mpn));
    diagnostics_add(maker->diagnostics, BOM_NOTE_KEPT, "damaged-mpn", line,
                    (uint32_t)column + 1, text.ptr);
}

/* Makers in step with the part numbers; one maker for all of them; or, when
   the numbers do not agree, the whole cell for each: telling the makers in it
   apart is not this module's business. */
static struct str maker_of(const struct str *makers, size_t maker_count,
                           size_t mpn_count, size_t i, struct str whole) {
    if (mpn_count > 1 && maker_count == mpn_count)
        return makers[i];
    return whole;
}

static bool add_pieces(struct line_maker *maker, struct bom_part part,
                       struct bom_line *line) {
    struct str mpns[CELL_PIECES_MAX], makers[CELL_PIECES_MAX];
    size_t count = cells_split(part.mpn, mpns);
    size_t maker_count = cells_split(part.manufacturer, makers);
    struct str whole = part.manufacturer;
    if (count == 1 &&
        cells_split_brackets(&maker->cells, part.mpn, &mpns[0], &mpns[1]))
        count = 2;
    for (size_t i = 0; i < count; i++) {
        part.mpn = count > 1 ? clean_mpn(maker, mpns[i]) : mpns[0];
        part.manufacturer = clean_maker(
            maker, maker_of(makers, maker_count, count, i, whole), line);
        if (part.mpn.len != 0 || (part.manufacturer.len != 0 && i == 0))
            if (!add_part(maker, part))
                return false;
    }
    return true;
}

/* "MTCONN UBAF-06082, FCI 10118192-0001LF": each piece has a maker. */
static struct str next_pair(struct line_maker *maker, struct str *rest) {
    struct str name, mpn;
    ptrdiff_t comma = str_find(*rest, STR_LIT(", "));
    if (comma > 0) {
        struct str head = str_take(*rest, (size_t)comma);
        struct str tail = str_trim(str_skip(*rest, (size_t)comma + 2));
        if (cells_split_maker(&maker->cells, head, true, &name, &mpn) &&
            cells_split_maker(&maker->cells, tail, true, &name, &mpn)) {
            *rest = tail;
            return head;
        }
    }
    struct str all = *rest;
    *rest = STR_EMPTY;
    return all;
}

static bool add_combined(struct line_maker *maker, struct bom_part part,
                         struct str cell) {
    while (cell.len != 0) {
        struct str pair = next_pair(maker, &cell);
        cells_split_maker(&maker->cells, pair, true, &part.manufacturer,
                          &part.mpn);
        if (!add_part(maker, part))
            return false;
    }
    return true;
}

static bool read_columns(struct line_maker *maker, const struct row *row,
                         const struct part_columns *columns,
                         struct bom_line *line) {
    struct bom_part part = {.manufacturer_header = columns->maker_header,
                            .mpn_header = columns->mpn_header,
                            .line = row->line};
    if (columns->both != NO_COLUMN) {
        struct str cell = clean_mpn(maker, table_cell(row, columns->both));
        part.manufacturer_header = columns->mpn_header;
        return add_combined(maker, part, cell);
    }
    part.manufacturer = table_cell(row, columns->maker);
    part.mpn = clean_mpn(maker, table_cell(row, columns->mpn));
    check_damaged(maker, part.mpn, row->line, columns->mpn);
    if (part.manufacturer.len == 0 &&
        cells_split_maker(&maker->cells, part.mpn, false, &part.manufacturer,
                          &part.mpn))
        part.manufacturer_header = columns->mpn_header;
    if (part.manufacturer.len == 0 && part.mpn.len == 0)
        return true;
    return add_pieces(maker, part, line);
}

bool parts_read(struct line_maker *maker, const struct row *row,
                struct bom_line *line) {
    const struct table *table = maker->table;
    for (size_t i = 0; i < table->part_count; i++) {
        if (!read_columns(maker, row, &table->parts[i], line))
            return false;
    }
    return true;
}

static bool stand_in(struct line_maker *maker, struct bom_part part,
                     struct bom_line *line) {
    if (maker->part_count == 1) { /* the maker was named, the number not */
        part.manufacturer = maker->parts[0].manufacturer;
        part.manufacturer_header = maker->parts[0].manufacturer_header;
        maker->part_count = 0;
    }
    if (maker->part_count == 0)
        return add_pieces(maker, part, line);
    maker->parts[0].mpn = part.mpn;
    maker->parts[0].mpn_header = part.mpn_header;
    return true;
}

static bool has_mpn(const struct line_maker *maker) {
    for (size_t i = 0; i < maker->part_count; i++) {
        if (maker->parts[i].mpn.len != 0)
            return true;
    }
    return false;
}

static bool find_stand_in(struct line_maker *maker, const struct row *row,
                          enum bom_field field, struct bom_part *part) {
    const struct field_columns *columns = &maker->table->fields[field];
    struct bom_words *words = maker->cells.words;
    for (size_t i = 0; i < columns->count; i++) {
        struct str cell = clean_mpn(maker, table_cell(row, columns->items[i]));
        struct str found = field == BOM_DISTRIBUTOR_PN
                               ? shape_mpn_inside(words, cell)
                           : shape_mpn(words, cell) == SHAPE_MPN ? cell
                                                                 : STR_EMPTY;
        if (found.len == 0)
            continue;
        part->mpn = found;
        part->mpn_header = maker->table->headers[columns->items[i]].text;
        return true;
    }
    return false;
}

bool parts_stand_in(struct line_maker *maker, const struct row *row,
                    struct bom_line *line) {
    struct bom_part part = {.line = row->line};
    if (!has_mpn(maker) &&
        (find_stand_in(maker, row, BOM_VALUE, &part) ||
         find_stand_in(maker, row, BOM_DISTRIBUTOR_PN, &part)) &&
        !stand_in(maker, part, line))
        return false;
    return maker->part_count != 0 ||
           add_part(maker, (struct bom_part){.line = row->line});
}
