#ifndef BOMGATE_BOM_SIDES_H
#define BOMGATE_BOM_SIDES_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bands.h"
#include "bom/bom.h"
#include "bom/rows.h"
#include "bom/table.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"

/** One of the tables that rows are read from. */
struct side {
    struct band band;
    struct table first;        /* what bom_info() tells of */
    struct table later;        /* of the tables below it */
    const struct table *table; /* that of the two which is read now */
    bool rows_are_full;        /* a row with less cells than others is odd */
    bool has_plain;            /* rows of its table may be; see plain.h */
    bool passing_over;         /* rows of a table that holds no parts */
    size_t next; /* row in the queue, if there are several sides */
};

/** The tables that stand side by side now; nearly always one. A zeroed struct
    is empty. */
struct sides {
    const struct bom_options *options;
    struct bom_words *words;
    struct rows *rows;
    struct side items[BANDS_MAX];
    size_t count, current;
    struct arena arena; /* the row that was handed out last */
};

void sides_dispose(struct sides *sides);

/**
 * Begin the file's first tables, whose header is at `place`.
 *
 * @return false when a user's header is not there, or memory is out.
 */
NODISCARD bool sides_begin(struct sides *sides, const struct table_place *place,
                           struct err *err);

/** The row that was handed out last is a header: begin what it heads.
    @return false when memory is out. */
NODISCARD bool sides_begin_later(struct sides *sides, struct err *err);

/**
 * The next row of parts, of the side that is the current one then. A row of
 * several tables is handed out once for each, what stands in the others left
 * out; rows that go on with the one before come before the other sides.
 *
 * @param[out] row  Valid until the next call of any function here.
 */
enum reader_step sides_next(struct sides *sides, struct row *row,
                            struct err *err);

#endif
