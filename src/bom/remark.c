#include "bom/table.h"

#include "bom/shape.h"

/* A part number that tells by itself has as many characters. */
#define TELLING_MPN_MIN 6

static bool has_blank(struct str cell) {
    for (size_t i = 0; i < cell.len; i++) {
        if (ascii_is_space(cell.ptr[i]))
            return true;
    }
    return false;
}

static bool in_any(const struct table *table, struct bom_words *words,
                   const struct row *row, enum bom_field field,
                   bool (*is)(struct bom_words *, struct str)) {
    const struct field_columns *columns = &table->fields[field];
    for (size_t i = 0; i < columns->count; i++) {
        struct str cell = table_cell(row, columns->items[i]);
        if (cell.len != 0 && is(words, cell))
            return true;
    }
    return false;
}

static bool is_value(struct bom_words *words, struct str cell) {
    (void)words;
    return shape_is_value(cell);
}

/* "1", "2 pcs"; "12.5" is rather a price. */
static bool is_whole_count(struct bom_words *words, struct str cell) {
    (void)words;
    return shape_is_whole(cell);
}

/* "1043"; but not "12.50" or a date. */
static bool is_number_like(struct bom_words *words, struct str cell) {
    (void)words;
    return shape_has_digit(cell) && !has_blank(cell) && !shape_is_date(cell) &&
           (!shape_is_number(cell) || shape_is_whole(cell));
}

/* In whatever column it stands: the row may be shifted. */
static bool tells_part(struct bom_words *words, struct str cell) {
    return (cell.len >= TELLING_MPN_MIN && !has_blank(cell) &&
            shape_mpn(words, cell) == SHAPE_MPN) ||
           words_is_maker(words, cell);
}

static bool has_evidence(const struct table *table, struct bom_words *words,
                         const struct row *row) {
    if (in_any(table, words, row, BOM_REFDES, shape_is_refdes) ||
        in_any(table, words, row, BOM_QUANTITY, is_whole_count) ||
        in_any(table, words, row, BOM_VALUE, is_value) ||
        in_any(table, words, row, BOM_MPN, is_number_like) ||
        in_any(table, words, row, BOM_DISTRIBUTOR_PN, is_number_like) ||
        in_any(table, words, row, BOM_IPN, is_number_like))
        return true;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len != 0 && tells_part(words, cell))
            return true;
    }
    return false;
}

/* "Legend:" */
static bool is_label(struct str cell) {
    return str_ends(cell, STR_LIT(":")) || str_ends(cell, STR_LIT("："));
}

static bool is_remark(struct bom_words *words, struct str cell) {
    (void)words;
    return shape_is_prose(cell) || is_label(cell);
}

/* Where most are designators, some words, a sum or a date are none; a
   name like "POWER" may be one. */
static bool is_no_designator(struct bom_words *words, struct str cell) {
    return is_remark(words, cell) || has_blank(cell) || shape_is_number(cell);
}

static bool is_date(struct bom_words *words, struct str cell) {
    (void)words;
    return shape_is_date(cell);
}

static bool is_no_item(struct bom_words *words, struct str cell) {
    (void)words;
    return !shape_has_digit(str_take(cell, 1)) || has_blank(cell);
}

/* A text where part numbers stand, and no count where there is one. */
static bool is_uncounted_text(const struct table *table,
                              struct bom_words *words, const struct row *row) {
    return table->fields[BOM_QUANTITY].count != 0 &&
           !table_has(table, row, BOM_REFDES) &&
           in_any(table, words, row, BOM_MPN, is_remark);
}

bool table_is_remark(const struct table *table, struct bom_words *words,
                     const struct row *row) {
    bool odd = in_any(table, words, row, BOM_REFDES,
                      table->designates ? is_no_designator : is_remark) ||
               in_any(table, words, row, BOM_QUANTITY, is_remark) ||
               in_any(table, words, row, BOM_ITEM, is_no_item) ||
               in_any(table, words, row, BOM_MANUFACTURER, is_date) ||
               is_uncounted_text(table, words, row);
    return odd && !has_evidence(table, words, row);
}
