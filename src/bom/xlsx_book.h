#ifndef BOMGATE_BOM_XLSX_BOOK_H
#define BOMGATE_BOM_XLSX_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/cell_text.h"
#include "bom/reader.h"
#include "bom/sheets.h"
#include "bom/zip_part.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/* More sheets than any workbook that was seen; Excel itself has no limit. */
#define XLSX_SHEETS_MAX 1000
/* Different texts in all cells; they are held in memory. */
#define XLSX_STRINGS_MAX (8 * 1024 * 1024)

/* Bytes of a text as written: what is longer has more than READER_CELL_MAX
 * also when all of it is _xHHHH_ escapes, so that cutting it here shows. */
#define XLSX_TEXT_MAX (8 * READER_CELL_MAX)

/** What the sheets of a workbook share, and where they are. */
struct xlsx_book {
    struct arena arena;
    struct sheet *sheets; /* worksheets only, no charts */
    struct str *paths;    /* of each sheet's part */
    size_t sheet_count, sheet_cap, path_cap;
    struct str *strings;
    size_t string_count, string_cap;
    struct cell_format *formats; /* by a cell's style */
    size_t format_count, format_cap;
    bool from_1904;
};

/**
 * Find and read the parts that the sheets need, by their relationships.
 *
 * @param[out] book  Zeroed by the caller; whatever the result, end with
 *                   xlsx_book_dispose().
 */
NODISCARD bool xlsx_book_read(struct xlsx_book *book, struct zip_parts *parts,
                              struct err *err);

void xlsx_book_dispose(struct xlsx_book *book);

/** Fill `formats` from the styles part; a step of xlsx_book_read(). */
NODISCARD bool xlsx_styles_read(struct xlsx_book *book, struct zip_parts *parts,
                                struct str path, struct err *err);

/**
 * The local name of an element of SpreadsheetML, transitional or strict;
 * empty for those of other namespaces.
 */
const char *xlsx_element(const char *name);

/** Append text with its _xHHHH_ escapes decoded: "_x000D_" is a return. */
void xlsx_text_add(struct strbuf *out, struct str text);

/**
 * Collects the text of a string item: that of its runs, not of the phonetic
 * hints above them.
 */
struct xlsx_text {
    struct strbuf text;
    unsigned phonetic; /* depth inside rPh */
    bool inside;       /* in a text element */
};

/* For the three events; `local` is from xlsx_element(). */
void xlsx_text_start(struct xlsx_text *collector, const char *local);
void xlsx_text_end(struct xlsx_text *collector, const char *local);
void xlsx_text_piece(struct xlsx_text *collector, struct str piece);

#endif
