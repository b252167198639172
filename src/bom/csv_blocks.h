#ifndef BOMGATE_BOM_CSV_BLOCKS_H
#define BOMGATE_BOM_CSV_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/reader.h"
#include "core/str.h"

/*
 * Almost every record of almost every file is regular: its quotes stand at the
 * edges of its cells and nowhere else, and there is no line break in them.
 * Those are found here, 64 bytes at a time, and split where they stand. All
 * others are for csv_scan() and libcsv, which say what a record is.
 */
struct csv_blocks {
    char delimiter;
    const char *next; /* where the next record begins; NULL: start anew */
    const char *block;
    uint64_t ends;      /* of cells, from the next record on */
    uint64_t irregular; /* places that are not regular */
    uint64_t quoted;    /* all ones: the block ends inside quotes */
    bool edge;          /* a quote may open at the next block's first byte */
    bool closed;        /* a quote closed at the block's last byte */
    bool wide;          /* a byte of the block is not ASCII */
};

struct csv_regular {
    size_t len;     /* without its line break */
    size_t end_len; /* of the line break */
    size_t count;   /* cells */
    bool ascii;
};

/** For texts with this delimiter. */
void csv_blocks_init(struct csv_blocks *blocks, char delimiter);

/**
 * Split the first record of `text`.
 *
 * @param text   What followed the last record; after anything else has
 *               happened to the text, csv_blocks_restart() first.
 * @param cells  Filled; views of `text`.
 * @return false when that record is not regular, or not whole: `blocks` starts
 *         anew then.
 */
bool csv_blocks_next(struct csv_blocks *blocks, struct str text,
                     struct str cells[READER_COLUMNS_MAX],
                     struct csv_regular *out);

void csv_blocks_restart(struct csv_blocks *blocks);

#endif
