#ifndef BOMGATE_BOM_XLS_BOOK_H
#define BOMGATE_BOM_XLS_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/biff.h"
#include "bom/cell_text.h"
#include "bom/sheets.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/map.h"
#include "core/str.h"

/* More sheets than any workbook that was seen. */
#define XLS_SHEETS_MAX 1000
/* Excel 2003 writes some 250 formats and 4,000 styles at most. */
#define XLS_FORMATS_MAX 4096
#define XLS_STYLES_MAX 65536
/* Different texts in all cells; they are held in memory. */
#define XLS_STRINGS_MAX (8 * 1024 * 1024)

/** What stands ahead of the sheets of an Excel 5 to 2003 workbook. */
struct xls_book {
    struct str stream; /* borrowed: the whole workbook */
    bool is_biff8;     /* Excel 97 and later: Unicode */
    unsigned codepage;
    bool from_1904;
    struct arena arena;
    struct sheet *sheets; /* worksheets only */
    size_t *offsets;      /* of each in the stream */
    size_t sheet_count, sheet_cap, offset_cap;
    struct str *strings;
    size_t string_count, string_cap;
    struct cell_format *formats; /* by a cell's style */
    size_t format_count, format_cap;
    struct custom_number_format {
        uint32_t id;
        struct cell_format format;
    } * customs;
    size_t custom_count, custom_cap;
};

/**
 * @param[out] book  Zeroed by the caller; whatever the result, end with
 *                   xls_book_dispose().
 * @param stream     Must outlive `book`.
 * @return false when it is protected by a password, older than Excel 5,
 *         damaged, or has no worksheet.
 */
NODISCARD bool xls_book_read(struct xls_book *book, struct str stream,
                             struct err *err);

void xls_book_dispose(struct xls_book *book);

/** Append the text of a cell or name: in BIFF8 Unicode, before it bytes. */
void xls_text(const struct xls_book *book, struct biff_cursor *cursor,
              size_t count, struct strbuf *out);

#endif
