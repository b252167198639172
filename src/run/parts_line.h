#ifndef BOMGATE_RUN_PARTS_LINE_H
#define BOMGATE_RUN_PARTS_LINE_H

#include <stdbool.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "run/parts_file.h"

/** What the parts file says of a part; `row` NULL: nothing. */
struct parts_said {
    const struct parts_file *file;
    const struct parts_row *row;
    const struct parts_choice *choice; /* of the row */
    struct str named;  /* the maker that the line names itself; or empty */
    struct str origin; /* where the file says it is made, if the BOM says it
                          too */
    const struct bom_part *own; /* the part without the category and origin that
                                   nobody signed; NULL: there are none */
    bool spare; /* the line's own, of which rows that nobody signed say
                   more: it counts if it is somebody else's */
};

/** A BOM line with what the parts file adds to it. */
struct parts_line {
    struct bom_line line;
    const struct parts_said *said; /* of each part */
};

/**
 * Add to a line what the parts file knows of it.
 *
 * The rows of its IPN and of its distributor's number, or, where there are none
 * and it has no part number, of its value and footprint, say which parts it may
 * be: all of them, for any may be bought. What the line itself names stays,
 * unless a row names it too. The rows of a part number say who makes it: each
 * that they name, where they differ.
 *
 * @param arena     Holds what is new, until the caller resets it.
 * @param[out] out  Otherwise borrowed from `line` and `file`.
 * @return false when memory is out.
 */
NODISCARD bool parts_line_make(struct parts_file *file, struct arena *arena,
                               const struct bom_line *line,
                               struct parts_line *out);

/** The part's number; empty where it is the line's value that stands for it
    because no column has one. */
struct str parts_own_number(const struct bom_line *line,
                            const struct bom_part *part);

#endif
