#ifndef BOMGATE_BOM_SHEETS_H
#define BOMGATE_BOM_SHEETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/reader.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* The rows of each sheet that are looked at to choose one. */
#define SHEET_SAMPLE_ROWS 256

/**
 * A sheet of a workbook, and what its first rows look like. Which sheet is
 * read, unless the user names one:
 *
 *  1. visible sheets before hidden ones, which hold what was put away;
 *  2. the one with the best row by reader_options.header_score: placement
 *     lists ("Coordinates") have more rows than the BOM beside them;
 *  3. the one with the most rows of at least SHEET_TABLE_CELLS cells with a
 *     letter in them: tables of numbers are no BOM;
 *  4. the one with the most such cells; the first of equals.
 *
 * A hidden sheet is read only when no visible one holds a table. No name of a
 * sheet counts for or against it: names are in every language.
 */
#define SHEET_TABLE_CELLS 3

struct sheet {
    struct str name;
    bool hidden;
    unsigned header;      /* the best header_score of a row */
    uint32_t header_line; /* of that row; 0: none */
    uint32_t rows;        /* rows looked at that have any content */
    uint32_t table_rows;  /* those with SHEET_TABLE_CELLS filled cells */
    uint32_t text_rows;   /* those with so many cells with a letter */
    uint64_t texts;       /* cells with a letter */
    uint32_t part_rows;   /* with a designator and a part number */
};

/** @return false once enough rows were seen. */
bool sheet_sample(struct sheet *sheet, const struct row *row,
                  const struct reader_options *options);

/** The sheets that a reader has to choose from. */
struct sheets_choice {
    struct sheet *sheets;
    size_t count; /* at least 1 */
    const struct reader_options *options;
    /** Have sheet `index` sampled; NULL: all are. Without memory, and beyond a
        limit, none is chosen; another sheet that fails is told of. */
    bool (*sample)(void *ctx, size_t index, struct err *err);
    void *ctx;
};

/**
 * Choose the sheet to read: the one that the user named, or else the one that
 * looks most like a BOM, and tell of the others.
 *
 * @return false when none can be: none of that name, or the one that was the
 *         BOM as likely as not cannot be read.
 */
NODISCARD bool sheets_pick(const struct sheets_choice *choice, size_t *index,
                           struct err *err);

/**
 * Tell which other sheets hold a table, two rows or more with
 * SHEET_TABLE_CELLS filled cells: those that look like a BOM too, by their
 * header or by a third of their rows, are lost ("other-boms"), the rest is a
 * note ("other-sheets").
 */
void sheets_tell_others(const struct sheet *sheets, size_t count, size_t chosen,
                        const struct reader_diagnostics *diagnostics);

#endif
