#include "bom/plain.h"

#include "bom/parts.h"
#include "bom/row_fit.h"
#include "bom/shape.h"

bool plain_suits(const struct table *table) {
    const struct field_columns *fields = table->fields;
    return table->part_count == 1 && !table->mpn_unsure &&
           fields[BOM_MPN].count == 1 && fields[BOM_MANUFACTURER].count == 1 &&
           fields[BOM_QUANTITY].count == 1 && fields[BOM_REFDES].count <= 1 &&
           fields[BOM_MAKER_AND_MPN].count == 0 &&
           fields[BOM_FITTED].count == 0 && fields[BOM_NOT_FITTED].count == 0 &&
           table->parts[0].both == NO_COLUMN &&
           table->parts[0].mpn == fields[BOM_MPN].items[0] &&
           table->parts[0].maker == fields[BOM_MANUFACTURER].items[0];
}

/* What is remembered of a part number, of a maker. */
enum {
    IS_PLAIN = 1 << 0,
    IS_KNOWN = 1 << 1,
    IS_NAME = 1 << 2,
    IS_NUMBER = 1 << 3, /* no letter in it */
    IS_DIGITS = 1 << 4,
    HAS_ZEROS = 1 << 5, /* zeros begin some of the maker's numbers */
};

static unsigned ask_mpn(struct cells *cells, struct str cell) {
    bool plain =
        parts_is_plain_mpn(cells, cell) && !cells_may_be_unfitted(cells, cell);
    return (plain ? IS_PLAIN : 0u) | (shape_is_number(cell) ? IS_NUMBER : 0u) |
           (str_is_digits(cell) ? IS_DIGITS : 0u);
}

/* Where the maker is not known the number must look like one. */
static unsigned ask_lone_mpn(struct cells *cells, struct str cell) {
    return row_fit_mpn(cells, cell) > 0 ? IS_PLAIN : 0u;
}

static unsigned ask_maker(struct cells *cells, struct str cell) {
    bool plain = parts_is_plain_maker(cells, cell) && !shape_is_number(cell) &&
                 !cells_may_be_unfitted(cells, cell);
    return (plain ? IS_PLAIN : 0u) | (shape_is_name(cell) ? IS_NAME : 0u) |
           (cells_is_maker(cells, cell) ? IS_KNOWN : 0u) |
           (cells_leading_zeros(cells, cell) != 0 ? HAS_ZEROS : 0u);
}

static unsigned ask_text(struct cells *cells, struct str cell) {
    return cells_may_be_unfitted(cells, cell) ? 0u : IS_PLAIN;
}

static bool is_plain_text(struct cells *cells, struct str cell) {
    return cell.len == 0 ||
           cells_ask(cells, CELL_ASK_TEXT, cell, ask_text) == IS_PLAIN;
}

/* "3", "120": a count that is not zero, and the most usual one. */
static bool is_plain_count(struct str cell) {
    if (cell.len == 0 || cell.len > 6 || cell.ptr[0] == '0')
        return false;
    return str_is_digits(cell);
}

static bool is_letter_at(struct str text, size_t at) {
    return at < text.len && ascii_is_alpha(text.ptr[at]);
}

/* Of three letters or more. */
static bool is_in_word(struct str text, size_t at) {
    bool before = is_letter_at(text, at - 1),
         after = is_letter_at(text, at + 1);
    return (before && (after || is_letter_at(text, at - 2))) ||
           (after && is_letter_at(text, at + 2));
}

/* Most designators begin with one letter or two: every third character shows
   whether there is a word among them. */
static bool are_plain_designators(struct cells *cells, struct str cell) {
    if (cell.len == 0)
        return true;
    for (size_t i = 2; i < cell.len; i += 3) {
        if (ascii_is_alpha(cell.ptr[i]) && is_in_word(cell, i))
            return !cells_mention_not_fitted(cells, cell);
    }
    return shape_has_digit(cell) || !cells_mention_not_fitted(cells, cell);
}

/* Most cells show at one of their ends that they are no words. */
static bool has_digit(struct str cell) {
    return ascii_is_digit(cell.ptr[cell.len - 1]) ||
           ascii_is_digit(cell.ptr[0]) || shape_has_digit(cell);
}

/* The other columns may only say that nothing is fitted. */
static bool are_others_plain(struct cells *cells, const struct row *row,
                             const struct part_columns *asked) {
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = row->cells[i];
        if (i == asked->maker || i == asked->mpn)
            continue;
        cell = str_trim(cell);
        if (cell.len >= 2 && cell.len <= CELLS_NOT_FITTED_MAX &&
            !has_digit(cell) && !is_plain_text(cells, cell))
            return false;
    }
    return true;
}

/* Then it is no total, even if all but the maker are numbers. */
static bool begins_with_digit(const struct row *row) {
    struct str cell = STR_EMPTY;
    for (size_t i = 0; i < row->count && cell.len == 0; i++)
        cell = str_trim(row->cells[i]);
    return cell.len != 0 && ascii_is_digit(cell.ptr[0]);
}

static bool has_plain_names(struct cells *cells, const struct row *row,
                            const struct part_columns *columns) {
    struct str mpn = table_cell(row, columns->mpn);
    struct str maker = table_cell(row, columns->maker);
    if (mpn.len == 0 || maker.len == 0)
        return false;
    unsigned number = cells_ask(cells, CELL_ASK_MPN, mpn, ask_mpn);
    unsigned name = cells_ask(cells, CELL_ASK_MAKER, maker, ask_maker);
    if ((number & name & IS_PLAIN) == 0 ||
        ((number & IS_NUMBER) != 0 && !begins_with_digit(row)) ||
        ((number & IS_DIGITS) != 0 && (name & HAS_ZEROS) != 0))
        return false;
    return (name & IS_KNOWN) != 0 ||
           ((name & IS_NAME) != 0 &&
            cells_ask(cells, CELL_ASK_LONE_MPN, mpn, ask_lone_mpn) != 0);
}

static bool are_plain_texts(const struct table *table, struct cells *cells,
                            const struct row *row, enum bom_field field) {
    const struct field_columns *columns = &table->fields[field];
    for (size_t i = 0; i < columns->count; i++) {
        if (!is_plain_text(cells, table_cell(row, columns->items[i])))
            return false;
    }
    return true;
}

bool plain_row(const struct table *table, struct cells *cells,
               const struct row *row, bool full) {
    const struct part_columns *columns = &table->parts[0];
    if (row->count > table->width || (full && row->count < table->width) ||
        !is_plain_count(table_cell(row, table->fields[BOM_QUANTITY].items[0])))
        return false;
    return has_plain_names(cells, row, columns) &&
           are_plain_designators(
               cells, table_cell(row, table_column(table, BOM_REFDES))) &&
           are_plain_texts(table, cells, row, BOM_VALUE) &&
           are_plain_texts(table, cells, row, BOM_NOTE) &&
           are_others_plain(cells, row, columns);
}

static bool are_usual_designators(struct cells *cells, struct str cell) {
    return cell.len == 0 || ((ascii_is_digit(cell.ptr[cell.len - 1]) ||
                              ascii_is_digit(cell.ptr[0])) &&
                             are_plain_designators(cells, cell));
}

/* The columns that an outline leaves out. Which makers' numbers may begin with
   zeros shows in makers of numbers that are digits only. */
struct left_out {
    size_t maker, refdes, quantity, item;
};

static bool is_left_out(const struct left_out *columns, size_t i) {
    return i == columns->maker || i == columns->refdes ||
           i == columns->quantity || i == columns->item;
}

bool plain_outline(const struct table *table, struct cells *cells,
                   const struct row *row, bool full, const struct hash_key *key,
                   uint64_t seed, struct outline *out) {
    const struct left_out columns = {
        .maker = table->parts[0].maker,
        .refdes = table_column(table, BOM_REFDES),
        .quantity = table_column(table, BOM_QUANTITY),
        .item = table_column(table, BOM_ITEM),
    };
    struct str item = table_cell(row, columns.item),
               maker = table_cell(row, table->parts[0].maker),
               mpn = table_cell(row, table->parts[0].mpn);
    if (row->count > table->width || (full && row->count < table->width) ||
        !is_plain_count(table_cell(row, columns.quantity)) ||
        (item.len != 0 && !str_is_digits(item)) ||
        !are_usual_designators(cells, table_cell(row, columns.refdes)))
        return false;
    /* What a number needs to be no total; see has_plain_names(). */
    uint64_t hash = seed + 2 * row->count + begins_with_digit(row);
    for (size_t i = 0; i < row->count; i++) {
        if (!is_left_out(&columns, i))
            hash = keyed_hash(key, hash, row->cells[i]);
    }
    out->others = hash;
    out->maker = keyed_hash(key, str_is_digits(mpn), maker) | 1;
    return true;
}

void plain_outline_unsure(struct outline *outline) {
    const uint64_t other = UINT64_C(0x9e3779b97f4a7c15);
    outline->maker ^= other & ~UINT64_C(1);
    outline->others ^= other;
}

bool plain_is_sure(const struct table *table, struct cells *cells,
                   const struct row *row) {
    struct str maker = table_cell(row, table->parts[0].maker);
    return (cells_ask(cells, CELL_ASK_MAKER, maker, ask_maker) & IS_KNOWN) != 0;
}
