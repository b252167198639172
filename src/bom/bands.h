#ifndef BOMGATE_BOM_BANDS_H
#define BOMGATE_BOM_BANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/rows.h"
#include "bom/table.h"
#include "core/arena.h"
#include "core/compiler.h"

/* More tables than this side by side are read as the last of them. */
#define BANDS_MAX 8

/** The columns of one of several tables that stand side by side. */
struct band {
    size_t left, right; /* `right` is the first column after it */
    size_t below;       /* so many rows below the others its header stands */
};

struct bands {
    struct band items[BANDS_MAX];
    size_t count; /* 1: one table, all columns */
};

/**
 * Are there several tables side by side: electronics on the left, mechanics on
 * the right, below one header row or with a header a few rows further down?
 *
 * Further makers and part numbers of the same lines are no table: a table
 * counts or designates parts of its own.
 *
 * @param whole  All columns, decided as one table.
 * @param rows   As for table_decide(), with the same `place`.
 * @return false when memory is out.
 */
NODISCARD bool bands_find(struct bands *bands, const struct table *whole,
                          struct bom_words *words, const struct rows *rows,
                          const struct table_place *place);

/**
 * What of a row stands in a band. Columns keep their numbers: those left of it
 * are empty.
 *
 * @param arena  For the cells, if any must be emptied.
 * @return false when memory is out.
 */
NODISCARD bool band_row(const struct band *band, const struct row *row,
                        struct arena *arena, struct row *out);

/**
 * The rows in the queue from `first` on, as the band alone would have them.
 *
 * @param[out] out  Only to peek at; dispose of it with rows_dispose().
 * @return false when memory is out.
 */
NODISCARD bool band_rows(const struct band *band, const struct rows *rows,
                         size_t first, struct rows *out);

#endif
