#ifndef BOMGATE_RUN_DECLARATION_TABLE_H
#define BOMGATE_RUN_DECLARATION_TABLE_H

#include <stdbool.h>

#include "bom/named_table.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/declarations.h"

/** Reads the rows of a table of declarations. */
struct declaration_reader;

/**
 * Read the table and check its header.
 *
 * @param[out] out  Free with declaration_reader_free(), after what was read.
 */
NODISCARD bool declaration_reader_new(
    struct declaration_reader **out, const struct declarations_options *options,
    struct err *err);
/** Accepts NULL. */
void declaration_reader_free(struct declaration_reader *reader);

const struct named_table *declaration_reader_table(
    const struct declaration_reader *reader);

/**
 * Read one row.
 *
 * @param[out] out  Its texts live as long as the reader.
 * @return false when a cell is wrong; err names it and what to do.
 */
NODISCARD bool declaration_reader_row(struct declaration_reader *reader,
                                      const struct named_row *row,
                                      struct declaration *out, struct err *err);

#endif
