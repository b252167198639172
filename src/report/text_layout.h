#ifndef BOMGATE_REPORT_TEXT_LAYOUT_H
#define BOMGATE_REPORT_TEXT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/str.h"
#include "report/scratch.h"
#include "screen/screen.h"

/** Width that is written for when the output is no terminal. */
#define TEXT_COLUMNS 100
/** A terminal narrower than this is written for as if it were so wide. */
#define TEXT_COLUMNS_MIN 60

/**
 * Text set for a page of a fixed width. Whatever is put is made visible: no
 * escape sequence or direction mark of a BOM reaches the terminal. A failed
 * write is kept in the FILE (ferror).
 */
struct text_page {
    FILE *out;
    size_t columns;
    bool color;
    struct scratch text;  /* what text_start() hands out */
    struct scratch shown; /* the page's own */
};

/** An empty buffer to compose the next sentence or cell in; the same one each
    time. */
struct strbuf *text_start(struct text_page *page);
/** False when memory ran out or a write failed. */
bool text_page_ok(const struct text_page *page);

void text_page_dispose(struct text_page *page);

/** `text` in a field of `width` columns, cut or padded, and a blank. */
void text_cell(struct text_page *page, struct str text, size_t width);
/** The same, flush right and without the blank. */
void text_right(struct text_page *page, struct str text, size_t width);
/** The last field of a line: cut, not padded. */
void text_last(struct text_page *page, struct str text, size_t width);
/** A verdict in its colour in a field of `width` columns, and a blank. */
void text_verdict(struct text_page *page, enum verdict verdict, size_t width);
void text_end_line(struct text_page *page);

/**
 * A paragraph broken at blanks, between Chinese characters, or inside a word
 * that is wider than the page.
 *
 * @param lead    Stands before the first line, inside the indent.
 * @param indent  Columns left free on every line.
 */
void text_paragraph(struct text_page *page, const char *lead, size_t indent,
                    struct str text);

/** A line on its own, bold in a terminal. */
void text_heading(struct text_page *page, struct str text);

#endif
