#include "bom/columns.h"

/* What a field's column holds instead where another column of that field has
   what the name says. */
static const struct {
    enum bom_field named, held;
} mistaken[] = {
    {BOM_MANUFACTURER, BOM_MPN},
    {BOM_MPN, BOM_MANUFACTURER},
    {BOM_DISTRIBUTOR, BOM_DISTRIBUTOR_PN},
};

void columns_decide(struct deciding *d, size_t column, enum bom_field field,
                    const char *why) {
    d->decisions[column].field = field;
    d->decisions[column].why = why;
}

bool columns_have(const struct deciding *d, enum bom_field field) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == field && d->samples[i].filled != 0)
            return true;
    }
    return false;
}

bool columns_is_open(const struct deciding *d, size_t column) {
    const struct header *header = &d->table->headers[column];
    return d->decisions[column].field == BOM_FIELD_COUNT &&
           header->strength == HEADER_UNKNOWN &&
           d->samples[column].filled >= FIT_FILLED_MIN;
}

/* A sure name over cells that are something else: maker and part number
   exchanged by whoever filled the sheet in. */
static void exchange_swapped(struct deciding *d) {
    size_t maker = NO_COLUMN, mpn = NO_COLUMN;
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field == BOM_MANUFACTURER && maker == NO_COLUMN)
            maker = i;
        if (d->decisions[i].field == BOM_MPN && mpn == NO_COLUMN)
            mpn = i;
    }
    if (maker == NO_COLUMN || mpn == NO_COLUMN)
        return;
    const struct column_sample *a = &d->samples[maker], *b = &d->samples[mpn];
    if (a->filled < FIT_FILLED_MIN || b->filled < FIT_FILLED_MIN ||
        a->makers != 0 || a->mpn * 100 < a->filled * FIT_CELLS_ALONE ||
        b->makers * 100 < b->looked_up * FIT_CELLS_ALONE)
        return;
    columns_decide(d, maker, BOM_MPN, "cells");
    columns_decide(d, mpn, BOM_MANUFACTURER, "cells");
    d->decisions[maker].runner_up = BOM_MANUFACTURER;
    d->decisions[mpn].runner_up = BOM_MPN;
}

/* A column whose name needs neither maker nor part number. */
static bool is_free(const struct deciding *d, size_t column) {
    switch (d->decisions[column].field) {
    case BOM_FIELD_COUNT:
    case BOM_NOTE:
    case BOM_VALUE:
    case BOM_DESCRIPTION:
    case BOM_CATEGORY:
    case BOM_IPN:
        return d->samples[column].filled >= FIT_FILLED_MIN;
    default:
        return false;
    }
}

static size_t only_column(const struct deciding *d, enum bom_field field) {
    size_t found = NO_COLUMN;
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field != field)
            continue;
        if (found != NO_COLUMN)
            return NO_COLUMN;
        found = i;
    }
    return found;
}

static void move_name(struct deciding *d, size_t from, size_t to,
                      enum bom_field field, enum bom_field left) {
    if (from == NO_COLUMN || to == NO_COLUMN)
        return;
    columns_decide(d, to, field, "cells");
    columns_decide(d, from, left, "cells");
    d->decisions[from].runner_up = field;
}

/* A header some names short puts "Manufacturer" over what the parts are: no
   cell below it is a known maker, and most of another column's are. */
static void move_maker(struct deciding *d) {
    size_t from = only_column(d, BOM_MANUFACTURER), to = NO_COLUMN;
    if (from == NO_COLUMN || d->samples[from].filled < FIT_FILLED_MIN ||
        d->samples[from].makers != 0)
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        const struct column_sample *sample = &d->samples[i];
        if (is_free(d, i) && sample->makers >= FIT_FILLED_MIN &&
            sample->makers * 100 >= sample->looked_up * FIT_CELLS_ALONE &&
            (to == NO_COLUMN || sample->makers > d->samples[to].makers))
            to = i;
    }
    move_name(d, from, to, BOM_MANUFACTURER,
              columns_have(d, BOM_DESCRIPTION) ? BOM_VALUE : BOM_DESCRIPTION);
}

/* Likewise the part numbers stand in a column without a name. */
static void move_mpn(struct deciding *d) {
    size_t from = only_column(d, BOM_MPN), to = NO_COLUMN;
    if (from == NO_COLUMN || d->samples[from].filled < FIT_FILLED_MIN ||
        d->samples[from].mpn != 0)
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        const struct column_sample *sample = &d->samples[i];
        if (columns_is_open(d, i) && d->table->headers[i].text.len == 0 &&
            sample->mpn * 100 >= sample->filled * FIT_CELLS_ALONE &&
            (to == NO_COLUMN || sample->mpn > d->samples[to].mpn))
            to = i;
    }
    move_name(d, from, to, BOM_MPN, BOM_IPN);
}

/* How well the cells suit a field where nothing else says so. */
static unsigned sure_fit(const struct column_sample *sample,
                         enum bom_field field) {
    switch (field) {
    case BOM_MPN:
        return sample->filled != 0 ? sample->mpn * 100 / sample->filled : 0;
    case BOM_MANUFACTURER:
        return sample->looked_up != 0 ? sample->makers * 100 / sample->looked_up
                                      : 0;
    default:
        return sample_fit(sample, field);
    }
}

/* Another column of that field has what the name says. */
static bool has_twin(const struct deciding *d, size_t column) {
    enum bom_field field = d->decisions[column].field;
    for (size_t i = 0; i < d->table->width; i++) {
        if (i != column && d->decisions[i].field == field &&
            sure_fit(&d->samples[i], field) >= FIT_CELLS_ALONE)
            return true;
    }
    return false;
}

/* "MFG" has the maker and "Mfg" the part number; or a number of nobody
   knows whose. */
static void tell_twins_apart(struct deciding *d, size_t column) {
    const struct column_sample *sample = &d->samples[column];
    struct decision *decision = &d->decisions[column];
    if (sample->filled < FIT_FILLED_MIN || !has_twin(d, column) ||
        sure_fit(sample, decision->field) != 0)
        return;
    enum bom_field named = decision->field, held = BOM_FIELD_COUNT;
    for (size_t i = 0; i < ARRAY_LEN(mistaken); i++) {
        if (mistaken[i].named == named &&
            sure_fit(sample, mistaken[i].held) >= FIT_CELLS_ALONE)
            held = mistaken[i].held;
    }
    if (held == BOM_FIELD_COUNT && named == BOM_MANUFACTURER &&
        sample->names + sample->prose == 0)
        held = BOM_IPN;
    if (held == BOM_FIELD_COUNT)
        return;
    columns_decide(d, column, held, "cells");
    decision->runner_up = named;
}

static bool stands_in(const struct deciding *d, size_t column,
                      struct str number) {
    for (size_t i = d->first; i < d->end; i++) {
        if (str_eq_nocase(str_trim(table_cell(rows_peek(d->rows, i), column)),
                          number))
            return true;
    }
    return false;
}

/* Are most of the numbers in `from` also in `to`? */
static bool refers_to(const struct deciding *d, size_t from, size_t to) {
    size_t filled = 0, found = 0;
    for (size_t i = d->first; i < d->end; i++) {
        struct str number = str_trim(table_cell(rows_peek(d->rows, i), from));
        filled += number.len != 0;
        found += number.len != 0 && stands_in(d, to, number);
    }
    return found != 0 && found * 100 >= filled * FIT_CELLS_ALONE;
}

/* 1, 2, 3 … are not what a company calls its parts. */
static bool counts_rows(const struct deciding *d, size_t column) {
    const struct column_sample *sample = &d->samples[column];
    return sample_fit(sample, BOM_ITEM) >= FIT_CELLS_ALONE &&
           sample->last <= d->end - d->first;
}

/* "Item" beside "Parent" names the parts where the parents are such items. */
static void number_by_items(struct deciding *d) {
    size_t parent = only_column(d, BOM_PARENT);
    if (parent == NO_COLUMN || columns_have(d, BOM_IPN))
        return;
    for (size_t i = 0; i < d->table->width; i++) {
        const struct header *header = &d->table->headers[i];
        if (header->strength != HEADER_UNKNOWN &&
            header->fields[0] == BOM_ITEM && !counts_rows(d, i) &&
            refers_to(d, parent, i)) {
            columns_decide(d, i, BOM_IPN, "cells");
            d->decisions[i].runner_up = BOM_ITEM;
            return;
        }
    }
}

void columns_mend(struct deciding *d) {
    for (size_t i = 0; i < d->table->width; i++) {
        if (d->decisions[i].field != BOM_FIELD_COUNT)
            tell_twins_apart(d, i);
    }
    exchange_swapped(d);
    move_maker(d);
    move_mpn(d);
    number_by_items(d);
}
