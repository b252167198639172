#ifndef BOMGATE_BOM_PLAIN_H
#define BOMGATE_BOM_PLAIN_H

#include <stdbool.h>

#include "bom/cells.h"
#include "bom/settled.h"
#include "bom/table.h"

/*
 * Almost every row of a long file is plain: a maker and a part number in their
 * columns, a count, nothing that needs to be looked into. What a cell must be
 * for that is asked once per distinct cell, of those who would look into it.
 */

/** May rows of the table be plain? It has one column of makers, part numbers
    and quantities each, and none that says what is fitted. */
bool plain_suits(const struct table *table);

/**
 * Is the row plain: a part (table_row_kind()) with all cells where they belong
 * (ragged.h), which is fitted and names one part, by its maker and number as
 * they stand (lines.h)? For tables that plain_suits().
 *
 * @param full  Rows of the table are as wide as it is.
 */
bool plain_row(const struct table *table, struct cells *cells,
               const struct row *row, bool full);

/** Is a plain row plain for what its outline says alone, whatever known maker
    stands in it? */
bool plain_by_outline(const struct table *table, struct cells *cells,
                      const struct row *row);

/**
 * What a row says; with the outline of a row that was plain_by_outline(), and
 * a maker that stood in such a row, it is plain too.
 *
 * @param key   From settled_key().
 * @param seed  Another one for each table.
 * @return false when what outlines leave out is not as usual in this row.
 */
bool plain_outline(const struct table *table, struct cells *cells,
                   const struct row *row, bool full, const struct hash_key *key,
                   uint64_t seed, struct outline *out);

#endif
