#ifndef BOMGATE_REPORT_EXCEL_BOOK_H
#define BOMGATE_REPORT_EXCEL_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <lazy/xlsxwriter.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "report/excel_check.h"
#include "report/report.h"
#include "report/scratch.h"

/** How a cell looks. */
enum excel_style {
    EXCEL_TEXT,  /* a table's cell: wrapped, from the top */
    EXCEL_RIGHT, /* the same, flush right */
    EXCEL_NUMBER,
    EXCEL_HEAD, /* a table's header */
    EXCEL_HEAD_NUMBER,
    EXCEL_TITLE,
    EXCEL_HEADLINE,
    EXCEL_HEADING,
    EXCEL_LABEL,
    EXCEL_SENTENCE, /* wrapped text outside a table */
    EXCEL_NOTE,     /* the small print */
    EXCEL_ALARM,    /* INCOMPLETE and why */
    EXCEL_LINK,
    EXCEL_BLANK,   /* to be filled in by hand */
    EXCEL_ANSWER,  /* a table's cell to be filled in: stays text as typed */
    EXCEL_VERDICT, /* the first of VERDICT_COUNT: text and fill */
    EXCEL_STYLE_COUNT = EXCEL_VERDICT + VERDICT_COUNT
};

struct excel_book;

/** What a file manager shows of a workbook. */
struct excel_properties {
    const char *title, *company, *comments; /* company: or NULL */
    int32_t day; /* that it is of; it holds no other date */
};

#define EXCEL_COLUMNS_MAX 60

/**
 * A sheet. Rows are written from the top; a row cannot be gone back to. It is
 * made as high as the texts in it need, because not every program does that
 * by itself.
 */
struct excel_sheet {
    struct excel_book *book;
    lxw_worksheet *handle;
    uint32_t row;                       /* the one being written, from 0 */
    bool row_counted;                   /* it has something in it */
    double height;                      /* of the row, in points; 0: fit it */
    double fitted;                      /* what its highest cell needs */
    unsigned widths[EXCEL_COLUMNS_MAX]; /* of the columns, in characters; 0:
                                           nothing is fitted to it */
    struct excel_content written;
};

/**
 * A workbook being written. The first thing that fails is remembered, and
 * everything after it does nothing: ask excel_book_ok() now and then.
 */
struct excel_book {
    lxw_workbook *workbook;
    lxw_format *styles[EXCEL_STYLE_COUNT];
    struct excel_sheet **sheets;
    size_t sheet_count, sheet_cap;
    uint32_t row_limit; /* rows in a sheet; Excel's own unless changed */
    char *path;         /* where it is written */
    bool temporary;     /* `path` is ours to remove */
    lxw_error error;
    bool no_memory;
    struct strbuf cell;  /* the text of the cell being written */
    struct scratch text; /* what excel_start() hands out */
};

/**
 * @param[out] book  Zeroed by the caller; whatever the result, end with
 *                   excel_book_dispose().
 * @param path       NULL: a temporary file.
 */
NODISCARD bool excel_book_open(struct excel_book *book, const char *path,
                               const struct excel_properties *properties,
                               struct err *err);

/** False, with the first failure, when anything could not be written. */
NODISCARD bool excel_book_ok(const struct excel_book *book, struct err *err);

/**
 * Write the file and read it back: the library reports success with its
 * temporary folder full and the sheets cut off.
 */
NODISCARD bool excel_book_close(struct excel_book *book, struct err *err);

/** Copy the closed file to a stream. */
NODISCARD bool excel_book_copy(const struct excel_book *book, FILE *out,
                               struct err *err);

/** Free all, and remove the file if it is temporary. */
void excel_book_dispose(struct excel_book *book);

/** An empty buffer to compose the next cell's text in; the same one each
    time. */
struct strbuf *excel_start(struct excel_book *book);

/** Remember that the library refused something. */
void excel_note(struct excel_book *book, lxw_error error);

/**
 * Add a sheet, behind `before` or, for NULL, as the last.
 *
 * @return NULL when a failure is remembered.
 */
struct excel_sheet *excel_sheet_add(struct excel_book *book, const char *name,
                                    const struct excel_sheet *before);

/** A page to read, and one for tables of 15 columns. */
enum excel_page { EXCEL_PAGE_TEXT, EXCEL_PAGE_TABLE };

/** Landscape, as wide as the page, pages numbered. `header_row` repeats on
   every page; UINT32_MAX: none. */
void excel_print_setup(struct excel_sheet *sheet, enum excel_page page,
                       uint32_t header_row, struct str footer);

/** False when a failure is remembered; `sheet` may be NULL. */
bool excel_writable(const struct excel_sheet *sheet);

/* The cells of the current row. `sheet` NULL does nothing. */

/** Any text, as text: what looks like a formula stays what it is. */
void excel_text(struct excel_sheet *sheet, unsigned column, struct str text,
                enum excel_style style);
void excel_number(struct excel_sheet *sheet, unsigned column, double number,
                  enum excel_style style);
void excel_verdict(struct excel_sheet *sheet, unsigned column,
                   enum verdict verdict);
/** A link to an address of the rule set; plain text when it is no web
    address. */
void excel_link(struct excel_sheet *sheet, unsigned column, const char *url,
                struct str text);
/** One text over several columns, the row as high as it needs. `width`: of
    all the columns together, in characters. */
void excel_wide(struct excel_sheet *sheet, unsigned first, unsigned last,
                size_t width, struct str text, enum excel_style style);

/** Make the current row at least that high, in points. */
void excel_height(struct excel_sheet *sheet, double points);
/** Set the height of the row that is last written. */
void excel_end_row(struct excel_sheet *sheet);
/** End the row and go to the next. */
void excel_next_row(struct excel_sheet *sheet);

#endif
