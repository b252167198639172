#ifndef BOMGATE_BOM_SAMPLE_H
#define BOMGATE_BOM_SAMPLE_H

#include <stddef.h>

#include "bom/rows.h"
#include "bom/words.h"

#define SAMPLE_ROWS 200

/** What the cells of one column look like; numbers of cells. */
struct column_sample {
    unsigned filled;         /* not empty and no placeholder */
    unsigned looked_up;      /* asked for makers and distributors */
    unsigned makers;         /* known to the rules */
    unsigned distributors;   /* likewise */
    unsigned maybe_mpn, mpn; /* see enum shape_mpn */
    unsigned pairs;          /* a maker's name before a part number */
    unsigned steps;          /* one more than the cell before */
    unsigned falls;          /* not more than the cell before */
    unsigned long last;      /* number in the cell before */
    unsigned refdes, counts, values, names, prose, urls, distributor_pns;
};

/**
 * Look at one column of the next rows of the queue.
 *
 * @param first, end  Which rows, as for rows_peek().
 */
void sample_column(struct column_sample *out, struct bom_words *words,
                   const struct rows *rows, size_t first, size_t end,
                   size_t column);

/** How well the cells suit a field, in per cent of the filled ones. */
unsigned sample_fit(const struct column_sample *sample, enum bom_field field);

#endif
