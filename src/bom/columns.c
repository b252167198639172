#include "bom/columns.h"
#include "core/lang.h"

/* How sure the cells must be, as FIT_CELLS_ALONE. */
#define FIT_MAKER_KNOWN 50 /* names that the rules know */
#define FIT_WEAK_NAME 30   /* the name allows it */
#define FIT_DESIGNATORS 40 /* "Part" has some words among its designators */

/* Of so many designators one may come again: a line with an alternate. */
#define AGAIN_OF 5

/* What a weak name stands for when the cells do not tell. */
#define FIT_FALLBACK 30
#define FIT_ORDER_NUMBER 20
#define FIT_VALUE 25

/* By how much a header that is shifted must suit the cells better. */
#define SHIFT_GAIN_MIN 60

static void decide_by_name(struct deciding *d, size_t column,
                           enum bom_field field) {
    columns_decide(d, column, field,
                   column > d->moved_from ? "cells" : "header");
}

static bool names_field(const struct deciding *d, enum bom_field field) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == field)
            return true;
    }
    return false;
}

static void decide_strong(struct deciding *d) {
    for (size_t i = 0; i < d->table->width; i++) {
        const struct header *header = &d->table->headers[i];
        if (header->strength != HEADER_STRONG)
            continue;
        decide_by_name(d, i, header->fields[0]);
        if (header->field_count < 2)
            continue;
        /* "Manufacturer/MPN" and "Manufacturer MPN" fold alike. */
        unsigned other =
            sample_fit(&d->samples[i], header->fields[1]) > FIT_CELLS_ALONE;
        decide_by_name(d, i, header->fields[other]);
        d->decisions[i].runner_up = header->fields[1 - other];
    }
}

/* A column called nothing but "Alternative" (KiBoM). */
static bool is_alternative(const struct header *header) {
    return header->alternate && header->base.len == 0;
}

/* "Bestellnummer" beside a distributor is that one's, whatever it looks like;
   "Part Number" may be anybody's. */
static bool is_order_number(const struct deciding *d, size_t column) {
    return names_field(d, BOM_DISTRIBUTOR) &&
           !header_means(&d->table->headers[column], BOM_IPN);
}

/* What a name and its column's cells are worth together, in per cent. */
static unsigned weak_score(const struct deciding *d, size_t column,
                           enum bom_field field) {
    const struct column_sample *sample = &d->samples[column];
    unsigned fit = sample_fit(sample, field);
    switch (field) {
    case BOM_MPN:
        if (is_alternative(&d->table->headers[column]))
            return fit > FIT_CELLS_ALONE ? fit : 0;
        if (!d->table->headers[column].alternate &&
            (columns_have(d, BOM_MPN) || columns_have(d, BOM_MAKER_AND_MPN)))
            return 0;
        return sample->filled == 0 || fit >= FIT_WEAK_NAME ? fit + 1 : 0;
    case BOM_MANUFACTURER:
        if (is_alternative(&d->table->headers[column]))
            return fit > FIT_CELLS_ALONE ? fit : 0;
        if (columns_have(d, BOM_MANUFACTURER) ||
            columns_have(d, BOM_MAKER_AND_MPN))
            return 0;
        return fit;
    case BOM_DISTRIBUTOR_PN:
        return is_order_number(d, column) ? 101
               : fit > FIT_ORDER_NUMBER   ? fit
                                          : FIT_ORDER_NUMBER;
    case BOM_VALUE:
        return FIT_VALUE + fit / 2;
    case BOM_NOTE:
        return fit >= FIT_CELLS_ALONE ? FIT_FALLBACK + fit / 2 : 1;
    case BOM_DISTRIBUTOR:
    case BOM_IPN:
    case BOM_CATEGORY:
    case BOM_DESCRIPTION:
        return FIT_FALLBACK + fit / 2;
    case BOM_REFDES:
        return fit >= FIT_DESIGNATORS && !columns_have(d, BOM_REFDES) ? fit : 0;
    case BOM_QUANTITY: /* "Total" beside "Quantity" is money */
        return columns_have(d, BOM_QUANTITY) ? 0 : fit;
    default:
        return fit;
    }
}

static void decide_weak_column(struct deciding *d, size_t column) {
    const struct header *header = &d->table->headers[column];
    unsigned best = 0, second = 0;
    enum bom_field field = BOM_FIELD_COUNT, other = BOM_FIELD_COUNT;
    for (unsigned i = 0; i < header->field_count; i++) {
        unsigned score = weak_score(d, column, header->fields[i]);
        if (score > best) {
            second = best;
            other = field;
            best = score;
            field = header->fields[i];
        } else if (score > second) {
            second = score;
            other = header->fields[i];
        }
    }
    decide_by_name(d, column, field);
    d->decisions[column].runner_up = other;
    d->decisions[column].doubtful =
        field == BOM_MPN &&
        d->samples[column].mpn * 5 < d->samples[column].filled;
}

/* Of several columns with a name like "Part Number" the one with most part
   numbers holds them: "LibRef" beside "Comment" in an Altium export. */
static size_t best_weak(const struct deciding *d, enum bom_field field) {
    size_t best = NO_COLUMN;
    unsigned best_score = 0;
    for (size_t i = 0; i < d->table->width; i++) {
        const struct header *header = &d->table->headers[i];
        if (d->decisions[i].field != BOM_FIELD_COUNT ||
            header->strength != HEADER_WEAK || !header_means(header, field))
            continue;
        unsigned score = weak_score(d, i, field) * 2 +
                         d->samples[i].mpn * 100 / (d->samples[i].filled + 1);
        if (weak_score(d, i, field) != 0 && score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* "PN" and "PN_1" are one name with a number, so one decision; but a Polish
   export has "Oznaczenie" for the designator and for the value. */
static void decide_like(struct deciding *d, size_t column) {
    const struct header *header = &d->table->headers[column];
    for (size_t i = 0; i < d->table->width; i++) {
        const struct header *other = &d->table->headers[i];
        const struct column_sample *sample = &d->samples[i];
        if (i != column && d->decisions[i].field == BOM_FIELD_COUNT &&
            other->strength == HEADER_WEAK &&
            str_eq(other->base, header->base) &&
            (sample->filled == 0 ||
             sample_fit(sample, d->decisions[column].field) >= FIT_WEAK_NAME))
            d->decisions[i] = d->decisions[column];
    }
}

static void decide_weak(struct deciding *d) {
    static const enum bom_field first[] = {BOM_MANUFACTURER, BOM_DISTRIBUTOR,
                                           BOM_MPN, BOM_REFDES, BOM_QUANTITY};
    for (size_t f = 0; f < ARRAY_LEN(first); f++) {
        size_t column = best_weak(d, first[f]);
        if (column == NO_COLUMN)
            continue;
        decide_weak_column(d, column);
        if (d->decisions[column].field == first[f])
            decide_like(d, column);
        else
            d->decisions[column].field = BOM_FIELD_COUNT;
    }
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == BOM_FIELD_COUNT &&
            d->table->headers[i].strength == HEADER_WEAK)
            decide_weak_column(d, i);
    }
}

static void decide_by_cells(struct deciding *d, enum bom_field field,
                            unsigned least) {
    size_t best = NO_COLUMN;
    unsigned best_fit = 0;
    bool names_part = field == BOM_MPN || field == BOM_MANUFACTURER;
    if (columns_have(d, field) ||
        (names_part && columns_have(d, BOM_MAKER_AND_MPN)))
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        const struct column_sample *sample = &d->samples[i];
        unsigned fit = sample_fit(sample, field);
        if (field == BOM_MPN)
            fit = sample->filled != 0 ? sample->mpn * 100 / sample->filled : 0;
        if (columns_is_open(d, i) && fit >= least && fit > best_fit) {
            best = i;
            best_fit = fit;
        }
    }
    if (best != NO_COLUMN)
        columns_decide(d, best, field, "cells");
}

/* Without a header the cells are all there is. */
static void decide_headerless(struct deciding *d) {
    decide_by_cells(d, BOM_DISTRIBUTOR_PN, FIT_CELLS_ALONE);
    decide_by_cells(d, BOM_ITEM, FIT_CELLS_ALONE);
    decide_by_cells(d, BOM_REFDES, FIT_CELLS_ALONE);
    decide_by_cells(d, BOM_MPN, FIT_CELLS_ALONE);
    decide_by_cells(d, BOM_MANUFACTURER, FIT_MAKER_KNOWN);
    decide_by_cells(d, BOM_QUANTITY, FIT_CELLS_ALONE);
    decide_by_cells(d, BOM_DESCRIPTION, FIT_CELLS_ALONE);
}

static unsigned header_fit(const struct deciding *d, size_t name,
                           size_t column) {
    const struct header *header = &d->table->headers[name];
    unsigned best = 0;
    for (unsigned i = 0; i < header->field_count; i++) {
        unsigned fit = sample_fit(&d->samples[column], header->fields[i]);
        best = fit > best ? fit : best;
    }
    return best;
}

/* hackrf-one.bom.csv: one name is missing, so that from there on every name
   stands one column too far to the left, and the last column has none. */
static void unshift_header(struct deciding *d) {
    size_t last = d->table->width - 1, best_from = NO_COLUMN;
    if (d->table->width < 2 || d->table->headers[last].text.len != 0 ||
        d->samples[last].filled < FIT_FILLED_MIN)
        return;
    unsigned best_gain = SHIFT_GAIN_MIN;
    unsigned straight = 0, shifted = 0;
    for (size_t from = last; from-- > 0;) {
        straight += header_fit(d, from, from);
        shifted += header_fit(d, from, from + 1);
        unsigned gain = shifted > straight ? shifted - straight : 0;
        if (gain > best_gain) {
            best_gain = gain;
            best_from = from;
        }
    }
    if (best_from == NO_COLUMN)
        return;
    d->moved_from = best_from;
    for (size_t i = last; i > best_from; i--)
        d->table->headers[i] = d->table->headers[i - 1];
    d->table->headers[best_from] = (struct header){.text = STR_EMPTY};
}

static bool folds_alike(struct bom_words *words, struct str a, struct str b) {
    struct strbuf folded = {.ptr = NULL};
    strbuf_add(&folded, words_fold(words, a));
    bool same = str_eq(strbuf_str(&folded), words_fold(words, b));
    strbuf_dispose(&folded);
    return same;
}

/* The column that the user names by its header, or, where there is no header,
   by its number. */
static size_t mapped_column(const struct deciding *d, struct str name) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->table->headers[i].text.len != 0 &&
            folds_alike(d->words, d->table->headers[i].text, name))
            return i;
    }
    if (d->table->header_line != 0 || name.len > 3 || !str_is_digits(name))
        return NO_COLUMN;
    size_t number = str_number(name);
    return number != 0 && number <= d->table->width ? number - 1 : NO_COLUMN;
}

/* A BOM without the column that the user named cannot be read as told; another
   table in a folder of BOMs need not have it. */
static bool unknown_header(const struct table *table, bool is_bom,
                           const char *name, struct err *err) {
    struct strbuf list = {.ptr = NULL};
    columns_list(table, &list);
    bool ok = err_set(err, is_bom ? ERR_INVALID : ERR_FOREIGN,
                      tr("there is no column \"%s\"; the headers are: %s"),
                      name, list.ptr != NULL ? list.ptr : tr("(none)"));
    strbuf_dispose(&list);
    return ok;
}

static void clear_field(struct deciding *d, enum bom_field field) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == field)
            d->decisions[i] =
                (struct decision){.field = BOM_FIELD_COUNT, .runner_up = field};
    }
}

/* What the user says replaces whatever was found for that field. */
static bool decide_maps(struct deciding *d, const struct bom_map *maps,
                        size_t map_count, struct err *err) {
    bool is_bom = columns_have(d, BOM_MANUFACTURER) ||
                  columns_have(d, BOM_MPN) ||
                  columns_have(d, BOM_MAKER_AND_MPN);
    for (size_t m = 0; m < map_count; m++) {
        if (mapped_column(d, str_from(maps[m].header)) != NO_COLUMN)
            clear_field(d, maps[m].field);
        else if (d->only)
            return unknown_header(d->table, is_bom, maps[m].header, err);
    }
    for (size_t m = 0; m < map_count; m++) {
        size_t column = mapped_column(d, str_from(maps[m].header));
        if (column == NO_COLUMN)
            continue;
        d->decisions[column].runner_up = d->decisions[column].field;
        columns_decide(d, column, maps[m].field, "--map");
    }
    return true;
}

static bool holds_designators(const struct deciding *d, size_t column) {
    return sample_fit(&d->samples[column], BOM_REFDES) >= FIT_CELLS_ALONE;
}

static bool has_designators_elsewhere(const struct deciding *d, size_t column) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (i != column && d->decisions[i].field == BOM_REFDES &&
            holds_designators(d, i))
            return true;
    }
    return false;
}

/* "C0603" looks like a designator, but packages come again and again. */
static bool comes_again(const struct deciding *d, size_t column) {
    size_t filled = 0, again = 0;
    for (size_t i = d->first; i < d->end; i++) {
        struct str cell = table_cell(rows_peek(d->rows, i), column);
        filled += cell.len != 0;
        for (size_t k = d->first; cell.len != 0 && k < i; k++) {
            if (str_eq(table_cell(rows_peek(d->rows, k), column), cell)) {
                again++;
                break;
            }
        }
    }
    return again * AGAIN_OF > filled;
}

/* Designators tell themselves, whatever their column is called. */
static void decide_designators(struct deciding *d) {
    if (columns_have(d, BOM_REFDES))
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == BOM_FIELD_COUNT &&
            d->samples[i].filled >= FIT_FILLED_MIN && holds_designators(d, i) &&
            !comes_again(d, i)) {
            columns_decide(d, i, BOM_REFDES, "cells");
            return;
        }
    }
}

/* A "Number" of six digits and more numbers no lines. */
static bool names_parts(const struct deciding *d, size_t column) {
    return sample_fit(&d->samples[column], BOM_MPN) >= FIT_CELLS_ALONE &&
           !columns_have(d, BOM_MPN) && !columns_have(d, BOM_MAKER_AND_MPN) &&
           !columns_have(d, BOM_IPN) && !columns_have(d, BOM_DISTRIBUTOR_PN);
}

/* What cells are that neither number the lines nor name designators. */
static enum bom_field named_by(const struct deciding *d, size_t column) {
    const struct column_sample *sample = &d->samples[column];
    if (names_parts(d, column) ||
        (sample->mpn * 100 >= sample->filled * FIT_WEAK_NAME &&
         !columns_have(d, BOM_MPN) && !columns_have(d, BOM_MAKER_AND_MPN)))
        return BOM_MPN;
    return columns_have(d, BOM_DESCRIPTION) ? BOM_VALUE : BOM_DESCRIPTION;
}

/* "Item" may head the parts themselves, and "#" or "ID" the designators. */
static void settle_item(struct deciding *d, size_t column) {
    const struct column_sample *sample = &d->samples[column];
    unsigned named =
        sample->names > sample->prose ? sample->names : sample->prose;
    bool designators =
        holds_designators(d, column) && !has_designators_elsewhere(d, column);
    if (!designators && !names_parts(d, column) &&
        (named + sample->mpn) * 2 < sample->filled)
        return;
    columns_decide(d, column, designators ? BOM_REFDES : named_by(d, column),
                   "cells");
    d->decisions[column].runner_up = BOM_ITEM;
}

/* A "Parts" beside it does not have the designators then. */
static void settle_refdes(struct deciding *d, size_t column) {
    const struct column_sample *sample = &d->samples[column];
    if (sample_fit(sample, BOM_REFDES) >= FIT_DESIGNATORS ||
        sample->filled < FIT_FILLED_MIN ||
        !has_designators_elsewhere(d, column))
        return;
    columns_decide(d, column, named_by(d, column), "cells");
    d->decisions[column].runner_up = BOM_REFDES;
}

static void settle(struct deciding *d) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == BOM_ITEM && d->samples[i].filled != 0)
            settle_item(d, i);
    }
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == BOM_REFDES)
            settle_refdes(d, i);
    }
}

static bool has_name(const struct deciding *d) {
    return columns_have(d, BOM_MPN) || columns_have(d, BOM_MANUFACTURER) ||
           columns_have(d, BOM_MAKER_AND_MPN) || columns_have(d, BOM_VALUE) ||
           columns_have(d, BOM_DESCRIPTION) || columns_have(d, BOM_IPN) ||
           columns_have(d, BOM_DISTRIBUTOR_PN);
}

/* "Mechanics | Amount" beside the electronics: what is counted is described by
   the text before it, whatever that is called. */
static void describe_counted(struct deciding *d) {
    for (size_t i = 0; i < d->table->width && !has_name(d); i++) {
        if (columns_is_open(d, i) &&
            d->samples[i].counts * 2 < d->samples[i].filled)
            columns_decide(d, i, BOM_DESCRIPTION, "cells");
    }
}

static void sample_all(struct deciding *d) {
    for (size_t i = 0; i < d->table->width; i++)
        sample_column(&d->samples[i], d->words, d->rows, d->first, d->end, i);
}

static bool decide_all(struct deciding *d, const struct bom_map *maps,
                       size_t map_count, struct err *err) {
    sample_all(d);
    if (d->table->header_line != 0) {
        unshift_header(d);
        decide_strong(d);
        decide_weak(d);
        settle(d);
        columns_mend(d);
        decide_designators(d);
        decide_by_cells(d, BOM_MANUFACTURER, FIT_MAKER_KNOWN);
        decide_by_cells(d, BOM_MPN, FIT_CELLS_ALONE);
        decide_by_cells(d, BOM_DESCRIPTION, FIT_CELLS_ALONE);
        columns_find_quantity(d);
        if (d->aside)
            describe_counted(d);
    } else {
        decide_headerless(d);
    }
    return decide_maps(d, maps, map_count, err);
}

/* Cells beyond the names count as columns when most rows have them. */
static size_t table_width(const struct rows *rows, size_t first, size_t end,
                          size_t named) {
    size_t width = named;
    for (size_t i = first; i < end; i++) {
        size_t count = rows_peek(rows, i)->count;
        width = count > width ? count : width;
    }
    while (width > named) {
        size_t filled = 0;
        for (size_t i = first; i < end; i++)
            filled += table_cell(rows_peek(rows, i), width - 1).len != 0;
        if (filled * 2 > end - first)
            break;
        width--;
    }
    return width;
}

/* How many cells most rows have: with a delimiter at the end of each, one more
   than there are columns. */
static size_t usual_cells(const struct rows *rows, size_t first, size_t end,
                          size_t width) {
    size_t usual = width, best = 0;
    for (size_t i = first; i < end; i++) {
        size_t count = rows_peek(rows, i)->count, same = 0;
        if (count <= usual)
            continue;
        for (size_t k = first; k < end; k++)
            same += rows_peek(rows, k)->count == count;
        if (same * 2 > end - first && same > best) {
            best = same;
            usual = count;
        }
    }
    return usual;
}

static bool decide_table(struct table *table, struct bom_words *words,
                         const struct rows *rows,
                         const struct table_place *place,
                         const struct bom_map *maps, size_t map_count,
                         bool only, struct err *err) {
    size_t first = place->first + place->rows, end = rows_ahead(rows);
    table_dispose(table);
    end = end - first > SAMPLE_ROWS ? first + SAMPLE_ROWS : end;
    size_t named = place->rows != 0 ? rows_peek(rows, place->first)->count : 0;
    table->width = table_width(rows, first, end, named);
    table->usual_cells = usual_cells(rows, first, end, table->width);
    if (!columns_read_headers(table, words, rows, place))
        return err_nomem(err);
    struct arena arena = {.chunks = NULL};
    struct deciding d = {.table = table,
                         .words = words,
                         .rows = rows,
                         .first = first,
                         .end = end,
                         .moved_from = NO_COLUMN,
                         .aside = place->aside,
                         .only = only};
    d.samples = arena_array(&arena, table->width + 1, sizeof(*d.samples));
    d.decisions = arena_array(&arena, table->width + 1, sizeof(*d.decisions));
    bool ok = d.samples != NULL && d.decisions != NULL;
    for (size_t i = 0; ok && i < table->width; i++)
        d.decisions[i] = (struct decision){.field = BOM_FIELD_COUNT,
                                           .runner_up = BOM_FIELD_COUNT};
    if (!ok || words->scratch.failed)
        ok = err_nomem(err);
    else
        ok = decide_all(&d, maps, map_count, err) &&
             (columns_lay_out(table, d.decisions) || err_nomem(err));
    if (ok)
        columns_check_designators(table, words, rows, first, end);
    arena_dispose(&arena);
    return ok;
}

bool table_decide(struct table *table, struct bom_words *words,
                  const struct rows *rows, const struct table_place *place,
                  const struct bom_map *maps, size_t map_count,
                  struct err *err) {
    return decide_table(table, words, rows, place, maps, map_count, true, err);
}

bool table_decide_later(struct table *table, struct bom_words *words,
                        const struct rows *rows,
                        const struct table_place *place,
                        const struct bom_map *maps, size_t map_count,
                        struct err *err) {
    return decide_table(table, words, rows, place, maps, map_count, false, err);
}
