#include "bom/table.h"

#include "bom/shape.h"

/* A part number that stands alone in its row has as many characters. */
#define LONE_PART_MIN 6

/* A footer of as many words is one whatever stands beside it. */
#define PHRASE_WORDS_MIN 3

/* A repeated header is compared without its case and outer blanks. */
static bool is_own_header(const struct table *table, const struct row *row) {
    size_t same = 0;
    if (table->header_line == 0)
        return false;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        struct str name = i < table->width ? table->headers[i].text : STR_EMPTY;
        if (cell.len == 0)
            continue;
        if (!str_eq_nocase(cell, name))
            return false;
        same++;
    }
    return same != 0;
}

struct fill {
    size_t count, first; /* filled cells, and the first of them */
    bool rules_only;
};

static struct fill fill_of(const struct row *row) {
    struct fill fill = {.rules_only = true};
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        if (fill.count++ == 0)
            fill.first = i;
        fill.rules_only = fill.rules_only && shape_is_rule(cell);
    }
    return fill;
}

static bool names_part(const struct table *table, const struct row *row) {
    return table_has(table, row, BOM_MPN) ||
           table_has(table, row, BOM_MAKER_AND_MPN) ||
           table_has(table, row, BOM_DISTRIBUTOR_PN) ||
           table_has(table, row, BOM_IPN);
}

static bool describes_part(const struct table *table, const struct row *row) {
    return table_has(table, row, BOM_VALUE) ||
           table_has(table, row, BOM_MANUFACTURER) ||
           table_has(table, row, BOM_DESCRIPTION);
}

/* A word alone in that place may be "TOTAL", with the sum of the pieces. */
static bool has_number_in_name(const struct table *table,
                               const struct row *row) {
    static const enum bom_field names[] = {BOM_MPN, BOM_MAKER_AND_MPN,
                                           BOM_DISTRIBUTOR_PN, BOM_IPN};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct field_columns *columns = &table->fields[names[i]];
        for (size_t k = 0; k < columns->count; k++) {
            if (shape_has_digit(table_cell(row, columns->items[k])))
                return true;
        }
    }
    return false;
}

bool table_is_plainly_part(const struct table *table, struct bom_words *words,
                           const struct row *row) {
    if (!has_number_in_name(table, row))
        return false;
    struct str count = table_cell(row, table_column(table, BOM_QUANTITY));
    if (shape_is_count(count) || shape_is_date(count))
        return shape_is_count(count);
    struct str refdes = table_cell(row, table_column(table, BOM_REFDES));
    if (refdes.len != 0 && shape_is_refdes(words, str_take(refdes, 8)))
        return true;
    return words_is_maker(
        words, table_cell(row, table_column(table, BOM_MANUFACTURER)));
}

enum row_kind table_title_kind(struct bom_words *words, const struct row *row) {
    struct fill fill = fill_of(row);
    if (fill.count != 1)
        return ROW_UNKNOWN;
    struct str folded = words_fold(words, table_cell(row, fill.first));
    if (words_in(words, LIST_INDIVIDUAL, folded))
        return ROW_INDIVIDUAL;
    return words_in(words, LIST_COLLATED, folded) ? ROW_COLLATED : ROW_UNKNOWN;
}

static bool ends_with_colon(struct str cell) {
    return str_ends(cell, STR_LIT(":")) || str_ends(cell, STR_LIT("："));
}

/* Is there a part number in the row, but for the column `except`? A date may be
   what a spreadsheet made of one, and no more than that. */
static bool has_mpn(const struct table *table, struct bom_words *words,
                    const struct row *row, size_t except) {
    const struct field_columns *columns = &table->fields[BOM_MPN];
    for (size_t i = 0; i < columns->count; i++) {
        struct str cell = table_cell(row, columns->items[i]);
        if (columns->items[i] != except && !shape_is_date(cell) &&
            words_fold(words, cell).len != 0)
            return true;
    }
    return false;
}

/* "Min Qty on JLCPCB = 5" begins with words that can be nothing else. */
static bool begins_with_phrase(struct bom_words *words, struct str folded) {
    size_t blanks = 0;
    for (size_t i = 0; i < folded.len; i++) {
        if (folded.ptr[i] != ' ' || ++blanks < PHRASE_WORDS_MIN)
            continue;
        if (words_in(words, LIST_FOOTER, str_take(folded, i)))
            return true;
    }
    return false;
}

/* "编制：张三" */
static bool is_labelled(struct bom_words *words, struct str cell) {
    ptrdiff_t colon = str_find_char(cell, ':');
    ptrdiff_t wide = str_find(cell, STR_LIT("："));
    if (colon < 0 || (wide >= 0 && wide < colon))
        colon = wide;
    return colon > 0 &&
           words_has(words, LIST_FOOTER, str_take(cell, (size_t)colon));
}

/* "Total cost for 10 boards" and "Summe" alike; "Project info:" and its value
   by the colon. In the place of a part number only the word alone counts. */
static bool is_footer(const struct table *table, struct bom_words *words,
                      const struct row *row, const struct fill *fill) {
    struct str cell = table_cell(row, fill->first);
    size_t refdes = table_column(table, BOM_REFDES);
    if (begins_with_phrase(words, words_fold(words, cell)) ||
        is_labelled(words, cell))
        return true;
    if (has_mpn(table, words, row, fill->first) ||
        shape_is_refdes(words, table_cell(row, refdes)))
        return false;
    bool alone = has_mpn(table, words, row, NO_COLUMN);
    if (!alone && fill->count <= 2 && ends_with_colon(cell))
        return true;
    struct str folded = words_fold(words, cell);
    if (words_in(words, LIST_FOOTER, folded))
        return true;
    ptrdiff_t blank = str_find_char(folded, ' ');
    return !alone && blank > 0 &&
           words_in(words, LIST_FOOTER, str_take(folded, (size_t)blank));
}

/* "Subtotal", "VAT 20%" */
static bool is_total_name(struct bom_words *words, struct str cell) {
    ptrdiff_t blank = str_find_char(cell, ' ');
    if (words_has(words, LIST_FOOTER, cell))
        return true;
    return blank > 0 && shape_is_number(str_skip(cell, (size_t)blank)) &&
           words_has(words, LIST_FOOTER, str_take(cell, (size_t)blank));
}

/* "Subtotal | | | 12": a word for a total, and nothing but numbers after it,
   wherever they stand. */
static bool is_total(struct bom_words *words, const struct row *row) {
    struct str first = STR_EMPTY;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        if (first.len == 0 && ascii_is_digit(cell.ptr[0]))
            return false;
        if (first.len == 0)
            first = cell;
        else if (!shape_is_number(cell))
            return false;
    }
    return first.len != 0 && is_total_name(words, first);
}

/* "Cost per board | | | 12.50": a text, and a number that counts nothing; half
   a metre of "Black shielded cable" is a part. */
static bool is_sum(const struct table *table, const struct row *row,
                   const struct fill *fill) {
    struct str text = table_cell(row, fill->first), number = STR_EMPTY;
    for (size_t i = fill->first + 1; i < row->count && number.len == 0; i++)
        number = table_cell(row, i);
    return fill->count == 2 && !table_has(table, row, BOM_QUANTITY) &&
           shape_is_prose(text) && !shape_has_digit(text) &&
           shape_is_number(number) && !shape_is_whole(number);
}

/* "Rev | Date | Notes": two names from such a table, and one more at most. */
static bool is_other_table(struct bom_words *words, const struct row *row) {
    size_t filled = 0, other = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = str_trim(row->cells[i]);
        if (cell.len == 0)
            continue;
        filled++;
        other += words_has(words, LIST_OTHER_TABLE, cell);
    }
    return other >= 2 && filled - other <= 1;
}

/* Letters and digits in one word: nothing that a heading is made of. */
static bool is_plain_number(struct bom_words *words, struct str cell) {
    if (cell.len < LONE_PART_MIN || !shape_has_digit(cell) ||
        shape_mpn(words, cell) != SHAPE_MPN)
        return false;
    for (size_t i = 0; i < cell.len; i++) {
        if (ascii_is_space(cell.ptr[i]))
            return false;
    }
    return true;
}

/* "MT41K256M16TW-107:P", or with a known maker before it. */
static bool is_lone_part(struct bom_words *words, struct str cell,
                         struct lone_part *out) {
    size_t at = cell.len;
    while (at > 0 && !ascii_is_space(cell.ptr[at - 1]))
        at--;
    *out = (struct lone_part){str_trim(str_take(cell, at)), str_skip(cell, at)};
    return is_plain_number(words, out->mpn) &&
           (at == 0 || words_is_maker(words, out->maker));
}

bool table_lone_part(const struct table *table, struct bom_words *words,
                     const struct row *row, struct lone_part *out) {
    struct fill fill = fill_of(row);
    return fill.count == 1 && !names_part(table, row) &&
           !table_has(table, row, BOM_VALUE) &&
           is_lone_part(words, table_cell(row, fill.first), out);
}

/* "33472-4806" */
static bool is_dashed(struct str cell) {
    for (size_t i = 0; i < cell.len; i++) {
        if (!ascii_is_digit(cell.ptr[i]) && cell.ptr[i] != '-')
            return false;
    }
    return str_find_char(cell, '-') > 0 && !shape_is_date(cell);
}

/* No count, and not the sum of anything either. */
static bool counts_nothing(struct bom_words *words, struct str cell) {
    if (cell.len < LONE_PART_MIN || shape_is_value(cell) ||
        shape_is_count(cell))
        return false;
    return is_dashed(cell) || is_plain_number(words, cell);
}

bool table_stray_part(const struct table *table, struct bom_words *words,
                      const struct row *row, struct lone_part *out,
                      size_t *column) {
    size_t quantity = table_column(table, BOM_QUANTITY);
    size_t description = table_column(table, BOM_DESCRIPTION);
    for (size_t i = 0; i < row->count; i++) {
        struct str cell = table_cell(row, i);
        *column = i;
        if (i != description && is_lone_part(words, cell, out) &&
            out->maker.len != 0)
            return true;
        *out = (struct lone_part){STR_EMPTY, cell};
        if (i == quantity && counts_nothing(words, cell))
            return true;
    }
    return false;
}

/* Words without a digit are no number of a company's or a distributor's, but
   can be the heading over the rows that follow: "Power supply". */
static bool is_words(struct str cell) {
    return str_find_char(cell, ' ') > 0 && !shape_has_digit(cell);
}

/* A heading stands in the first column; what stands alone where part numbers
   or makers do is what a row has left of a part. */
static bool is_left_of_part(const struct table *table, struct bom_words *words,
                            const struct row *row, size_t column) {
    struct str cell = table_cell(row, column);
    if (column == 0)
        return false;
    if (table_has(table, row, BOM_MPN))
        return !shape_is_prose(cell);
    if (names_part(table, row))
        return !shape_is_prose(cell) && !is_words(cell);
    return table_has(table, row, BOM_MANUFACTURER) &&
           words_is_maker(words, cell);
}

/* One filled cell is a part only if it stands where part numbers stand, or
   can be nothing else; otherwise it is a heading. */
static enum row_kind lone_cell_kind(const struct table *table,
                                    struct bom_words *words,
                                    const struct row *row, size_t column) {
    struct str cell = table_cell(row, column);
    enum shape_mpn shape = shape_mpn(words, cell);
    size_t refdes = table_column(table, BOM_REFDES);
    struct lone_part lone;
    if (is_lone_part(words, cell, &lone) ||
        is_left_of_part(table, words, row, column))
        return ROW_PART;
    if (names_part(table, row) &&
        (!is_words(cell) || table_has(table, row, BOM_MPN)))
        return shape != SHAPE_NO_MPN || table->width <= 2 ||
                       shape_is_number(cell)
                   ? ROW_PART
                   : ROW_SECTION;
    if (shape_is_number(cell)) /* the sum of what stands above it */
        return ROW_FOOTER;
    if (column == refdes && shape_is_refdes(words, cell))
        return ROW_PART;
    if (describes_part(table, row) && shape == SHAPE_MPN)
        return ROW_PART;
    return ROW_SECTION;
}

/* OLIMEX lists its fiducials with a number, a package and a quantity only. */
static bool is_counted(const struct table *table, const struct row *row) {
    size_t item = table_column(table, BOM_ITEM);
    size_t quantity = table_column(table, BOM_QUANTITY);
    return shape_is_count(table_cell(row, item)) &&
           shape_is_count(table_cell(row, quantity));
}

static enum row_kind named_row_kind(const struct table *table,
                                    struct bom_words *words,
                                    const struct row *row) {
    if (names_part(table, row) || describes_part(table, row))
        return table_is_remark(table, words, row) ? ROW_UNKNOWN : ROW_PART;
    size_t refdes = table_column(table, BOM_REFDES), column;
    struct lone_part stray;
    if (shape_is_refdes(words, table_cell(row, refdes)) ||
        is_counted(table, row) ||
        table_stray_part(table, words, row, &stray, &column))
        return ROW_PART;
    return ROW_UNKNOWN;
}

/* Names of another table's columns; "DNP" and "Device:C" may be a part's cells,
   but no name stands where designators do and is one. */
static bool is_new_header(const struct table *table, struct bom_words *words,
                          const struct row *row) {
    struct str refdes = table_cell(row, table_column(table, BOM_REFDES));
    return !(shape_has_digit(refdes) && shape_is_refdes(words, refdes)) &&
           table_header_score(words, row) != 0;
}

enum row_kind table_row_kind(const struct table *table, struct bom_words *words,
                             const struct row *row) {
    if (table_is_plainly_part(table, words, row))
        return is_total(words, row) ? ROW_FOOTER : ROW_PART;
    struct fill fill = fill_of(row);
    if (fill.count == 0)
        return ROW_BLANK;
    if (fill.rules_only)
        return ROW_RULE;
    if (is_own_header(table, row))
        return ROW_HEADER;
    if (is_other_table(words, row))
        return ROW_OTHER_TABLE;
    if (fill.count >= 2 && is_new_header(table, words, row))
        return ROW_NEW_HEADER;
    enum row_kind title = table_title_kind(words, row);
    if (title != ROW_UNKNOWN)
        return title;
    if (is_total(words, row) || is_sum(table, row, &fill) ||
        is_footer(table, words, row, &fill))
        return ROW_FOOTER;
    if (fill.count == 1)
        return lone_cell_kind(table, words, row, fill.first);
    return named_row_kind(table, words, row);
}
