#ifndef BOMGATE_BOM_READER_H
#define BOMGATE_BOM_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "bom/charset.h"
#include "bom/source.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* Limits on what one file may ask for; each has its own error text. */
#define READER_CELL_MAX (64 * 1024)  /* longer cells are cut, `lost` */
#define READER_COLUMNS_MAX 512       /* a real BOM had 96 */
#define READER_ROW_MAX (1024 * 1024) /* bytes in all cells of a row */

/** One row of raw cells, UTF-8. Borrowed until the next step. */
struct row {
    uint32_t line; /* where it starts in the file, from 1 */
    const struct str *cells;
    size_t count;
    struct str text; /* as it stands in the file; empty where no text does */
    bool ascii;      /* surely: no cell has another character */
};

struct sheet;

enum reader_step { READER_ROW, READER_END, READER_ERROR };

/** Told of every place in the file that cannot be read as it stands. */
struct reader_diagnostics {
    void (*add)(void *ctx, enum bom_severity severity, const char *code,
                uint32_t line, uint32_t column, const char *message);
    void *ctx;
};

struct reader_options {
    const char *encoding; /* NULL: find out, with `judge` */
    struct charset_judge judge;
    const char *sheet; /* name or number, from 1; NULL: choose */
    /**
     * For choosing a sheet: how much a row looks like the header of a BOM, 0
     * not at all. NULL: by the filled rows alone (sheets.h).
     */
    unsigned (*header_score)(void *ctx, const struct row *row);
    void *header_ctx;
    /** Told of the sheets of a workbook before one is chosen. May be NULL. */
    void (*list_sheets)(void *ctx, const struct sheet *sheets, size_t count);
    void *sheets_ctx;
    struct reader_diagnostics diagnostics;
};

/** What a reader found out about its file; texts live as long as it does. */
struct reader_facts {
    const char *encoding, *delimiter, *sheet;
};

struct reader;

/** One kind of file: one row of the table in readers.c. */
struct reader_format {
    const char *name;       /* "csv" */
    const char *extensions; /* "csv,tsv,txt": what a folder is searched for */
    /** How sure these first bytes are of this format, 0 no .. 100 certain. */
    int (*sniff)(struct str head);
    NODISCARD bool (*open)(struct reader **out, struct source *source,
                           const struct reader_options *options,
                           struct err *err);
    NODISCARD enum reader_step (*next)(struct reader *reader, struct row *row,
                                       struct err *err);
    void (*facts)(const struct reader *reader, struct reader_facts *facts);
    void (*close)(struct reader *reader);
};

/** All formats, ended by NULL. */
extern const struct reader_format *const reader_formats[];

/**
 * The format that is surest of the file's first bytes.
 *
 * @return NULL when none is, with a message that names what was found.
 */
const struct reader_format *reader_format_find(struct str head,
                                               struct err *err);

#endif
