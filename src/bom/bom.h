#ifndef BOMGATE_BOM_BOM_H
#define BOMGATE_BOM_BOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/settled.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

struct ruleset;
struct source;

/** What a column of a BOM can hold. The names are in bom_field_name(). */
enum bom_field {
    BOM_REFDES,
    BOM_QUANTITY,
    BOM_MANUFACTURER,
    BOM_MPN,
    BOM_MAKER_AND_MPN, /* one column for both: "YAGEO CC0402KRX7R7BB104" */
    BOM_IPN,
    BOM_DISTRIBUTOR,
    BOM_DISTRIBUTOR_PN,
    BOM_VALUE,
    BOM_DESCRIPTION,
    BOM_FOOTPRINT,
    BOM_CATEGORY,
    BOM_ORIGIN,
    BOM_LIFECYCLE,
    BOM_LEVEL,
    BOM_PARENT,     /* the number of the assembly that it is a part of */
    BOM_FITTED,     /* says that a part is fitted: "yes", "1" */
    BOM_NOT_FITTED, /* says that it is not: "DNP", "x" */
    BOM_ITEM,
    BOM_NOTE,
    BOM_FIELD_COUNT
};

/** The name of a field in JSON and on the command line: "mpn". */
const char *bom_field_name(enum bom_field field);
/** BOM_FIELD_COUNT when there is no such field. */
enum bom_field bom_field_parse(struct str name);

/** One column of the table that was taken for a field. */
struct bom_column {
    enum bom_field field;
    unsigned set;      /* which of several: Manufacturer 1, 2, … from 0 */
    unsigned index;    /* column, from 0 */
    struct str header; /* as written; empty without a header */
    enum bom_field runner_up; /* what else it could be; BOM_FIELD_COUNT: none */
    const char *why;          /* "header", "cells", "--map" */
};

enum bom_severity { BOM_NOTE_KEPT, BOM_LOST };

/** Something in the file that could not be read as it stands. */
struct bom_diagnostic {
    uint32_t line, column; /* from 1; column 0: the whole row */
    enum bom_severity severity;
    const char *code;    /* stable: "open-quote" */
    const char *message; /* one sentence, with the value where it helps */
};

/** One manufacturer and MPN on a line. Empty text where nothing is said. */
struct bom_part {
    struct str manufacturer, mpn;
    struct str manufacturer_header,
        mpn_header;      /* of the columns they stood in */
    struct str origin;   /* where it is made, as its own cells say */
    struct str category; /* what it is, where that is not its line's */
    struct str row;      /* its line, as it stands in a text file; else empty */
    uint32_t line;       /* its own physical line */
    bool alternate;      /* not the line's first part */
};

/**
 * Where in its line the part stands, its number or else its maker.
 *
 * @return the character, from 1; 0 in a spreadsheet, or when the text is not
 *         found there as it was read.
 */
uint32_t bom_part_column(const struct bom_part *part);

/** One line of a BOM, as written. Borrowed until the next bom_next(). */
struct bom_line {
    uint32_t line; /* physical line (spreadsheet: row) it starts at, from 1 */
    struct str refdes, quantity, value, description, footprint, ipn;
    struct str category, origin, distributor, distributor_pn;
    struct str item, level, parent;
    bool fitted;
    const struct bom_part *parts;
    size_t part_count; /* at least 1; a part may be empty */
    struct outline
        outline; /* by which it can be settled; all zero: it cannot */
};

/** What the line says that a part of it is. */
static inline struct str bom_part_category(const struct bom_line *line,
                                           const struct bom_part *part) {
    return part->category.len != 0 ? part->category : line->category;
}

/** How a file was read; complete once bom_next() has returned BOM_END. */
struct bom_info {
    const char *path;      /* as the user named it */
    const char *place;     /* where its repository has it; else the path */
    char sha256[65];       /* of the file's bytes; empty with --no-digest */
    const char *format;    /* "csv" */
    const char *encoding;  /* "UTF-8" */
    const char *delimiter; /* "," or NULL */
    const char *sheet;     /* NULL for text */
    uint32_t header_line;  /* 0: no header */
    const struct bom_column *columns;
    size_t column_count;
    const struct str *unmapped; /* headers that were not used */
    size_t unmapped_count;
    uint32_t lines; /* so far */
};

struct bom_map {
    enum bom_field field;
    const char *header;
};

#define BOM_PREVIEW_ROWS 8

struct bom_preview_row {
    const struct str *cells;
    size_t count;
};

struct bom_sheet {
    struct str name;
    bool hidden;
};

/** The first table as it stands, for somebody who has to say what its columns
    hold. A zeroed struct is ready; bom_preview_dispose(). */
struct bom_preview {
    struct arena arena;
    struct bom_preview_row headers; /* without a header: the fullest row */
    struct bom_preview_row rows[BOM_PREVIEW_ROWS]; /* the first below */
    size_t row_count;
    const struct bom_sheet *sheets; /* of a workbook, in its order */
    size_t sheet_count;
};

void bom_preview_dispose(struct bom_preview *preview);

struct bom_options {
    const struct ruleset *rules; /* header names, distributors, makers */
    const char *place;           /* see bom_info; NULL: the path */
    const char *encoding;        /* NULL: find out */
    const char *sheet;           /* NULL: the one that looks like a BOM */
    const struct bom_map *maps;
    size_t map_count;
    bool no_digest;
    struct bom_preview *preview; /* filled by opening, also where no column
                                    could be taken; or NULL */
};

enum bom_step {
    BOM_LINE,
    BOM_SETTLED, /* a line of which nothing is given; see bom_settle() */
    BOM_END,
    BOM_ERROR
};

/** An open BOM; one thread at a time. */
struct bom;

/**
 * Open a BOM, find out what it is, where its table starts, and which column
 * holds what.
 *
 * @param[out] out  Close with bom_close(). Untouched on failure.
 * @param path      A file, or "-" for standard input; must outlive `out`.
 * @param options   Must outlive `out`.
 * @return false when it cannot be read, is no BOM, or has no column in which a
 *         maker or a part number could stand. An empty file is one of these.
 */
NODISCARD bool bom_open(struct bom **out, const char *path,
                        const struct bom_options *options, struct err *err);

/**
 * The same over bytes that the caller provides (an upload, a test).
 *
 * @param source  Must outlive `out`; closed by the caller, also on failure.
 * @param name    What messages call it; must outlive `out`.
 */
NODISCARD bool bom_open_source(struct bom **out, struct source *source,
                               const char *name,
                               const struct bom_options *options,
                               struct err *err);

/**
 * The next part line, its alternates from continuation rows included.
 *
 * @param[out] line  Borrowed until the next call or bom_close().
 * @return BOM_ERROR when the file cannot be read on; err is filled.
 */
NODISCARD enum bom_step bom_next(struct bom *bom, struct bom_line *line,
                                 struct err *err);

/** From now on give nothing of lines that `settled` has, which must outlive the
    BOM, but that they are there. */
void bom_settle(struct bom *bom, const struct settled *settled);

/**
 * The next diagnostic that came up while reading so far; call until false
 * after each bom_next().
 */
bool bom_next_diagnostic(struct bom *bom, struct bom_diagnostic *out);

/** How much of the file was read, 0 to 1; negative where nobody knows: a
    spreadsheet is taken in before its first line comes out. */
double bom_share(const struct bom *bom);

/** Borrowed until bom_close(). */
const struct bom_info *bom_info(const struct bom *bom);

/** Accepts NULL. */
void bom_close(struct bom *bom);

#endif
