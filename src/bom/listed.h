#ifndef BOMGATE_BOM_LISTED_H
#define BOMGATE_BOM_LISTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "bom/table.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/map.h"

/**
 * What the rows of one list say of each designator, to tell which rows of
 * another list of the same parts say nothing more. A zeroed struct is empty.
 * It is bounded: what does not fit in is as if it had not been added, so that
 * a row is rather read twice than lost.
 */
struct listed {
    struct arena arena; /* the keys */
    struct map keys;
    struct strbuf key; /* of the last question */
    size_t work;       /* keys made so far */
    bool failed;       /* memory is out */
};

void listed_clear(struct listed *listed);
void listed_dispose(struct listed *listed);

/** Remember a row of parts. Out of memory shows in `failed`. */
void listed_add(struct listed *listed, const struct table *table,
                const struct row *row);

/** Was everything that this row names added, for each of its designators?
    Empty cells say nothing. */
bool listed_has(struct listed *listed, const struct table *table,
                const struct row *row);

/** Two lists of the same parts among the rows in the queue. */
struct listed_pair {
    size_t individual; /* the row where the first one begins */
    size_t collated;   /* the title of the second one */
    size_t missing;    /* SIZE_MAX, or a row that only the first one has */
};

/**
 * Compare the two lists.
 *
 * @param[in,out] pair  `missing` is set.
 * @return false when memory is out.
 */
NODISCARD bool listed_compare(struct listed_pair *pair, struct bom_words *words,
                              const struct rows *rows,
                              const struct bom_options *options,
                              struct err *err);

#endif
