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

/**
 * What a row says, for settled.h: with the outline of a plain row of the same
 * table, whatever maker of such a row stands in it, it is plain too. That holds
 * for rows that plain_is_sure() of; those of others have an outline of their
 * own, plain_outline_unsure().
 *
 * @param key   From settled_key().
 * @param seed  Another one for each table.
 * @return false when what outlines leave out is not as usual in this row.
 */
bool plain_outline(const struct table *table, struct cells *cells,
                   const struct row *row, bool full, const struct hash_key *key,
                   uint64_t seed, struct outline *out);

/** Make it one of rows whose number must look like one, because their maker
    need not be one. */
void plain_outline_unsure(struct outline *outline);

/** Is it plain because its maker is known? */
bool plain_is_sure(const struct table *table, struct cells *cells,
                   const struct row *row);

#endif
