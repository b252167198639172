#ifndef BOMGATE_BOM_ROWS_H
#define BOMGATE_BOM_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/reader.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"

/* How far ahead a table is looked at before its columns are decided. */
#define ROWS_AHEAD 256
#define ROWS_AHEAD_BYTES (4 * 1024 * 1024)

/**
 * The rows of a reader, with a bounded look ahead. A zeroed struct with
 * `format` and `reader` set is ready to use.
 */
struct rows {
    const struct reader_format *format;
    struct reader *reader;
    struct arena arena; /* copies of the rows that were looked at */
    struct row *queue;
    size_t first, count, cap; /* of the queue, in rows */
    struct row last;          /* handed out last */
    bool again;               /* hand `last` out once more */
    bool ended;               /* the reader has no more */
    struct err failure;       /* why it broke off, told when reached */
    struct arena mended;      /* the cells of a row that was mended */
    unsigned mended_cells;    /* so far; see core/mojibake.h */
    uint32_t mended_line;     /* of the first one */
};

void rows_dispose(struct rows *rows);

/** The next row, text that was encoded twice mended; valid until the next call
 * of any function here. */
enum reader_step rows_next(struct rows *rows, struct row *row, struct err *err);

/** Let the next rows_next() give the same row again. */
void rows_again(struct rows *rows);

/**
 * Have at least `ahead` rows in the queue, unless the file ends or the copies
 * would exceed `bytes`. Rows handed out earlier become invalid.
 *
 * @return false only when memory is out. What the reader fails with is kept
 *         for the rows_next() that reaches that place.
 */
NODISCARD bool rows_look(struct rows *rows, size_t ahead, size_t bytes,
                         struct err *err);

/** Copy a row and its cells, which the next one overwrites. @return false when
    memory is out. */
NODISCARD bool row_copy(struct arena *arena, const struct row *row,
                        struct row *out);

/** How many rows are in the queue, and one of them, `i` from 0. */
size_t rows_ahead(const struct rows *rows);
const struct row *rows_peek(const struct rows *rows, size_t i);

/** Forget the next `count` rows of the queue. */
void rows_skip(struct rows *rows, size_t count);

#endif
