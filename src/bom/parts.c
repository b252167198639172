#include "bom/parts.h"

#include "bom/shape.h"
#include "core/lang.h"
#include "core/mem.h"

/* One line of a hostile file may not name more than these; the rest is told
   of. A real one had nine. */
#define PARTS_MAX 1000

static bool add_part(struct line_maker *maker, struct bom_part part) {
    if (maker->part_count >= PARTS_MAX) {
        diagnostics_add(maker->diagnostics, BOM_LOST, "too-many-parts",
                        part.line, 0,
                        tr("the line names more than 1000 alternates"));
        return true;
    }
    if (!mem_grow((void **)&maker->parts, &maker->part_cap,
                  maker->part_count + 1, sizeof(*maker->parts)))
        return false;
    part.alternate = maker->part_count != 0;
    maker->parts[maker->part_count++] = part;
    return true;
}

#define NOTHING (CELL_PLACEHOLDER | CELL_NOT_FITTED | CELL_NOT_FITTED_SHORT)

/* Two columns of a row may name one part: "manf#" and "mpn" (KiCost). */
static bool is_named_already(const struct line_maker *maker,
                             const struct bom_part *part) {
    for (size_t i = 0; i < maker->part_count; i++) {
        const struct bom_part *known = &maker->parts[i];
        if (known->line == part->line && str_eq_nocase(known->mpn, part->mpn) &&
            str_eq_nocase(known->manufacturer, part->manufacturer))
            return true;
    }
    return false;
}

static bool says_nothing(struct line_maker *maker, struct str cell) {
    return (cells_kinds(&maker->cells, cell) & NOTHING) != 0;
}

/* Part numbers differ from line to line: remembering them would push the words
   out that do repeat. Placeholders have no digits. */
static struct str clean_mpn(struct line_maker *maker, struct str cell) {
    struct str inside;
    if (cells_unwrap(&maker->cells, cell, &inside))
        cell = inside;
    if (shape_is_url(cell) ||
        (!shape_has_digit(cell) && says_nothing(maker, cell)))
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

/* "MT41K256M16TW-107:P-ND" is a distributor's number with the maker's inside;
   "557-1234-1-ND" has none. Mouser's form is also Everlight's ("15-21SYGC/…"),
   so only a distributor beside it tells. */
static struct str without_distributor(struct line_maker *maker, struct str mpn,
                                      bool sold, struct bom_line *line) {
    if (!shape_is_digikey(mpn) && !(sold && shape_is_distributor_pn(mpn)))
        return mpn;
    if (line->distributor_pn.len == 0)
        line->distributor_pn = mpn;
    return shape_mpn_inside(maker->cells.words, mpn);
}

/* "10k" under "MPN/Value", without a maker, is the value; "5015" may be a
   part number. */
static bool is_only_value(struct str mpn, struct str manufacturer) {
    return manufacturer.len == 0 && shape_is_value(mpn) && !str_is_digits(mpn);
}

static void tell_damaged(struct line_maker *maker, uint32_t line, size_t column,
                         struct str text) {
    diagnostics_add(maker->diagnostics, BOM_NOTE_KEPT, "damaged-mpn", line,
                    (uint32_t)column + 1, text.ptr);
}

/* What a spreadsheet made of the part number. */
static const char *damage_of(struct str cell) {
    return shape_is_damaged(cell)       ? tr("a number")
           : shape_is_date(cell)        ? tr("a date")
           : shape_is_sheet_error(cell) ? tr("an error")
                                        : NULL;
}

static void check_damaged(struct line_maker *maker, struct str cell,
                          uint32_t line, size_t column) {
    const char *what = damage_of(cell);
    if (what != NULL)
        tell_damaged(
            maker, line, column,
            arena_printf(
                &maker->arena,
                tr("\"%.*s\" is %s that a spreadsheet made of a part number"),
                STR_ARG(cell), what));
}

/* Up to two: "0022232061" is 22232061 then. */
#define LOST_ZEROS_MAX 2

static void check_zeros(struct line_maker *maker, struct str manufacturer,
                        struct str cell, uint32_t line, size_t column) {
    if (!str_is_digits(cell) || cell.ptr[0] == '0')
        return;
    uint32_t lengths = cells_leading_zeros(&maker->cells, manufacturer);
    for (size_t zeros = 1; zeros <= LOST_ZEROS_MAX; zeros++) {
        if (cell.len + zeros >= 32 || (lengths >> (cell.len + zeros) & 1) == 0)
            continue;
        tell_damaged(
            maker, line, column,
            arena_printf(&maker->arena,
                         tr("\"%.*s\" may have lost zeros at its start: "
                            "numbers of \"%.*s\" have %zu digits"),
                         STR_ARG(cell), STR_ARG(manufacturer),
                         cell.len + zeros));
    }
}

/* Makers in step with the part numbers; one maker for the first of them, for
   the others may be anybody's and say so by themselves; or, when the numbers
   do not agree, the whole cell for each: telling the makers in it apart is not
   this module's business. */
static struct str maker_of(const struct str *makers, size_t maker_count,
                           size_t mpn_count, size_t i, struct str whole) {
    if (mpn_count > 1 && maker_count == mpn_count)
        return makers[i];
    return maker_count == 1 && i != 0 ? STR_EMPTY : whole;
}

#define PIECE_MIN 3 /* "TPS54394 / 2" is one number */

static size_t split_mpns(struct cells *cells, struct str cell,
                         struct str mpns[CELL_PIECES_MAX]) {
    size_t count = cells_split(cell, mpns);
    if (count == 1)
        return cells_split_mpns(cells, mpns[0], mpns);
    for (size_t i = 0; i < count; i++) {
        if (count > 1 && mpns[i].len < PIECE_MIN) {
            mpns[0] = cell;
            return 1;
        }
    }
    return count;
}

static bool add_piece(struct line_maker *maker, struct bom_part part,
                      bool first, struct bom_line *line) {
    bool sold =
        (cells_kinds(&maker->cells, part.manufacturer) & CELL_DISTRIBUTOR) != 0;
    part.manufacturer = clean_maker(maker, part.manufacturer, line);
    part.mpn = without_distributor(maker, part.mpn, sold, line);
    if (is_only_value(part.mpn, part.manufacturer)) {
        line->value = line->value.len != 0 ? line->value : part.mpn;
        part.mpn = STR_EMPTY;
    }
    bool names = part.mpn.len != 0 || (part.manufacturer.len != 0 && first);
    return !names || is_named_already(maker, &part) || add_part(maker, part);
}

static bool add_pieces(struct line_maker *maker, struct bom_part part,
                       struct bom_line *line) {
    struct str mpns[CELL_PIECES_MAX], makers[CELL_PIECES_MAX], own;
    size_t count = split_mpns(&maker->cells, part.mpn, mpns);
    size_t maker_count = cells_split(part.manufacturer, makers);
    if (count > 1 && maker_count == 1)
        maker_count =
            cells_split_makers(&maker->cells, part.manufacturer, makers);
    bool brackets = count == 1 && cells_split_brackets(&maker->cells, part.mpn,
                                                       &mpns[0], &mpns[1]);
    count += brackets;
    for (size_t i = 0; i < count; i++) {
        struct bom_part piece = part;
        piece.mpn = count > 1 ? clean_mpn(maker, mpns[i]) : mpns[0];
        piece.manufacturer =
            maker_of(makers, maker_count, count, i, part.manufacturer);
        /* What stands in brackets is most often another maker's. */
        if (brackets && i == 1)
            piece.manufacturer = STR_EMPTY;
        /* "Micron MT41K256M16; SK hynix H5TC4G63": each has its own. */
        if (count > 1 && cells_split_maker(&maker->cells, piece.mpn, false,
                                           &own, &piece.mpn))
            piece.manufacturer = own;
        if (!add_piece(maker, piece, i == 0, line))
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

static bool add_pairs(struct line_maker *maker, struct bom_part part,
                      struct str cell) {
    while (cell.len != 0) {
        struct str pair = next_pair(maker, &cell);
        cells_split_maker(&maker->cells, pair, true, &part.manufacturer,
                          &part.mpn);
        /* "Micron: MT41K256M16" */
        if (str_ends(part.manufacturer, STR_LIT(":")))
            part.manufacturer.len--;
        if (!add_part(maker, part))
            return false;
    }
    return true;
}

/* An approved list has a maker and a number on each line of the cell. */
static bool add_combined(struct line_maker *maker, struct bom_part part,
                         struct str cell) {
    struct str pieces[CELL_PIECES_MAX];
    size_t count = cells_split(cell, pieces);
    for (size_t i = 0; i < count; i++) {
        if (!add_pairs(maker, part, pieces[i]))
            return false;
    }
    return true;
}

/* A part that no column names, of which the row says where it is made. */
static struct bom_part unnamed(const struct line_maker *maker,
                               const struct row *row) {
    const struct field_columns *origins = &maker->table->fields[BOM_ORIGIN];
    return (struct bom_part){
        .origin = origins->count == 0 ? STR_EMPTY
                                      : table_cell(row, origins->items[0]),
        .line = row->line,
        .row = row->text,
    };
}

static bool read_columns(struct line_maker *maker, const struct row *row,
                         const struct part_columns *columns,
                         struct bom_line *line) {
    struct bom_part part = {.manufacturer_header = columns->maker_header,
                            .mpn_header = columns->mpn_header,
                            .origin = table_cell(row, columns->origin),
                            .line = row->line,
                            .row = row->text};
    if (columns->both != NO_COLUMN) {
        struct str cell = clean_mpn(maker, table_cell(row, columns->both));
        part.manufacturer_header = columns->mpn_header;
        return add_combined(maker, part, cell);
    }
    part.manufacturer = table_cell(row, columns->maker);
    part.mpn = clean_mpn(maker, table_cell(row, columns->mpn));
    check_damaged(maker, table_cell(row, columns->mpn), row->line,
                  columns->mpn);
    check_zeros(maker, part.manufacturer, part.mpn, row->line, columns->mpn);
    if (part.manufacturer.len == 0 &&
        cells_split_maker(&maker->cells, part.mpn, false, &part.manufacturer,
                          &part.mpn))
        part.manufacturer_header = columns->mpn_header;
    if (part.manufacturer.len == 0 && part.mpn.len == 0)
        return true;
    return add_pieces(maker, part, line);
}

bool parts_is_plain_mpn(struct cells *cells, struct str cell) {
    struct str pieces[CELL_PIECES_MAX], first, second;
    return shape_has_digit(cell) && !shape_is_url(cell) &&
           !cells_unwrap(cells, cell, &first) && damage_of(cell) == NULL &&
           !shape_is_digikey(cell) && split_mpns(cells, cell, pieces) == 1 &&
           str_eq(pieces[0], cell) &&
           !cells_split_brackets(cells, cell, &first, &second);
}

bool parts_is_plain_maker(struct cells *cells, struct str cell) {
    return (cells_kinds(cells, cell) & (NOTHING | CELL_DISTRIBUTOR)) == 0;
}

bool parts_take(struct line_maker *maker, const struct row *row) {
    const struct part_columns *columns = &maker->table->parts[0];
    return add_part(maker, (struct bom_part){
                               .manufacturer = table_cell(row, columns->maker),
                               .mpn = table_cell(row, columns->mpn),
                               .manufacturer_header = columns->maker_header,
                               .mpn_header = columns->mpn_header,
                               .origin = table_cell(row, columns->origin),
                               .line = row->line,
                               .row = row->text,
                           });
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
        struct str found = STR_EMPTY;
        if (field == BOM_DISTRIBUTOR_PN)
            found = shape_mpn_inside(words, cell);
        else if (field == BOM_IPN &&
                 !header_means(&maker->table->headers[columns->items[i]],
                               BOM_MPN))
            continue;
        else if (shape_mpn(words, cell) == SHAPE_MPN &&
                 (field == BOM_VALUE || str_find_char(cell, ' ') < 0))
            found = cell;
        if (found.len == 0)
            continue;
        part->mpn = found;
        part->mpn_header = maker->table->headers[columns->items[i]].text;
        return true;
    }
    return false;
}

/* Both say the same when one of them only goes on further: "DS90LV032A" and
   "DS90LV032ATMTCX/NOPB". */
static bool is_new(const struct line_maker *maker, struct str mpn) {
    for (size_t i = 0; i < maker->part_count; i++) {
        struct str known = maker->parts[i].mpn;
        size_t len = known.len < mpn.len ? known.len : mpn.len;
        if (str_eq_nocase(str_take(known, len), str_take(mpn, len)))
            return false;
    }
    return true;
}

/* A column that may hold a library's names does not silence the value. */
static bool add_value_too(struct line_maker *maker, const struct row *row,
                          struct bom_line *line) {
    struct bom_part part = unnamed(maker, row);
    if (!maker->table->mpn_unsure ||
        !find_stand_in(maker, row, BOM_VALUE, &part) ||
        !is_new(maker, part.mpn))
        return true;
    return add_pieces(maker, part, line);
}

static bool find_stray(const struct line_maker *maker, const struct row *row,
                       struct bom_part *part) {
    const struct table *table = maker->table;
    struct lone_part stray;
    size_t column;
    if (!table_stray_part(table, maker->cells.words, row, &stray, &column))
        return false;
    part->manufacturer = stray.maker;
    part->mpn = stray.mpn;
    part->mpn_header = part->manufacturer_header =
        column < table->width ? table->headers[column].text : STR_EMPTY;
    return true;
}

/* Where no column has the part numbers, a value that looks like one does not
   silence a maker and a number elsewhere in the row. */
static bool add_stray(struct line_maker *maker, const struct row *row,
                      struct bom_line *line) {
    struct bom_part part = unnamed(maker, row);
    if (!find_stray(maker, row, &part) || !is_new(maker, part.mpn))
        return true;
    return add_pieces(maker, part, line);
}

bool parts_stand_in(struct line_maker *maker, const struct row *row,
                    struct bom_line *line) {
    struct bom_part part = unnamed(maker, row);
    bool named = maker->part_count != 0;
    if (has_mpn(maker))
        return add_value_too(maker, row, line);
    /* Beside a value the description is Eagle's "Device" more often than not:
       "R-EU_R0603" looks like a part number. */
    bool described = maker->table->fields[BOM_VALUE].count == 0;
    if ((find_stand_in(maker, row, BOM_VALUE, &part) ||
         find_stand_in(maker, row, BOM_IPN, &part) ||
         find_stand_in(maker, row, BOM_DISTRIBUTOR_PN, &part) ||
         (described && find_stand_in(maker, row, BOM_DESCRIPTION, &part))) &&
        !stand_in(maker, part, line))
        return false;
    if (!named && !add_stray(maker, row, line))
        return false;
    return maker->part_count != 0 || add_part(maker, unnamed(maker, row));
}
