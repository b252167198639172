#include "bom/sample.h"

#include "bom/shape.h"

/* Names repeat, and looking one up costs more than any other question. */
#define LOOK_UPS_MAX 48

/* Item numbers begin anew after so many rows at least, on average. */
#define FALLS_OF 6

static void look_up(struct column_sample *out, struct bom_words *words,
                    struct str cell) {
    if (out->looked_up >= LOOK_UPS_MAX)
        return;
    out->looked_up++;
    out->makers += words_is_maker(words, cell);
    out->distributors += words_has(words, LIST_DISTRIBUTOR, cell);
}

/* A column of 1, 2, 3 … numbers the lines; it is no quantity. Each section may
   count from 1 again. */
static void add_step(struct column_sample *out, struct str cell) {
    unsigned long number = str_number(cell);
    out->steps += number == out->last + 1;
    out->falls += number <= out->last;
    out->last = number;
}

static bool says_nothing(struct bom_words *words, struct str cell) {
    if (cell.len > WORD_LEN_MAX)
        return false;
    struct str folded = words_fold(words, cell);
    return words_in(words, LIST_PLACEHOLDER, folded) ||
           words_in(words, LIST_NOT_FITTED, folded);
}

static void add_cell(struct column_sample *out, struct bom_words *words,
                     struct str cell) {
    if (cell.len == 0 || shape_is_rule(cell) || says_nothing(words, cell))
        return;
    enum shape_mpn mpn = shape_mpn(words, cell);
    bool name = shape_is_name(cell);
    out->filled++;
    out->maybe_mpn += mpn != SHAPE_NO_MPN;
    out->mpn += mpn == SHAPE_MPN;
    out->pairs += shape_is_pair(cell);
    out->refdes += shape_is_refdes(words, cell);
    out->counts += shape_is_count(cell);
    if (shape_is_count(cell))
        add_step(out, cell);
    out->values += shape_is_value(cell);
    out->names += name;
    out->prose += shape_is_prose(cell);
    out->urls += shape_is_url(cell);
    out->distributor_pns += shape_is_distributor_pn(cell);
    if (name || cell.len <= 4)
        look_up(out, words, cell);
    else if (out->looked_up < LOOK_UPS_MAX)
        out->looked_up++;
}

void sample_column(struct column_sample *out, struct bom_words *words,
                   const struct rows *rows, size_t first, size_t end,
                   size_t column) {
    *out = (struct column_sample){.filled = 0};
    for (size_t i = first; i < end; i++) {
        const struct row *row = rows_peek(rows, i);
        if (column < row->count)
            add_cell(out, words, str_trim(row->cells[column]));
    }
}

static unsigned per_cent(unsigned part, unsigned whole) {
    return whole != 0 ? part * 100 / whole : 0;
}

/* Without a list of all the world's makers, cells that look like names are a
   weaker sign of a maker column than names that are known. */
static unsigned maker_fit(const struct column_sample *sample) {
    unsigned known = per_cent(sample->makers, sample->looked_up);
    unsigned named = per_cent(sample->names, sample->filled) * 2 / 5;
    unsigned prose = per_cent(sample->prose, sample->filled) * 2 / 5;
    named = named > prose / 2 ? named - prose / 2 : 0;
    return known > named ? known : named;
}

unsigned sample_fit(const struct column_sample *sample, enum bom_field field) {
    unsigned filled = sample->filled;
    switch (field) {
    case BOM_REFDES:
        return per_cent(sample->refdes, filled);
    case BOM_QUANTITY:
    case BOM_LEVEL:
        return per_cent(sample->counts, filled);
    case BOM_ITEM:
        return sample->falls * FALLS_OF <= filled
                   ? per_cent(sample->steps, filled)
                   : 0;
    case BOM_MANUFACTURER:
        return maker_fit(sample);
    case BOM_MPN:
        return per_cent(sample->maybe_mpn, filled);
    case BOM_MAKER_AND_MPN:
        return per_cent(sample->pairs, filled);
    case BOM_DISTRIBUTOR:
        return per_cent(sample->distributors, sample->looked_up);
    case BOM_DISTRIBUTOR_PN:
        return per_cent(sample->distributor_pns, filled);
    case BOM_DESCRIPTION:
    case BOM_NOTE:
        return per_cent(sample->prose, filled);
    case BOM_VALUE:
        return per_cent(sample->values + sample->mpn, filled);
    case BOM_CATEGORY:
        return per_cent(sample->names, filled);
    default:
        return 0;
    }
}
