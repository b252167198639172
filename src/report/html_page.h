#ifndef BOMGATE_REPORT_HTML_PAGE_H
#define BOMGATE_REPORT_HTML_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/str.h"
#include "report/scratch.h"
#include "screen/screen.h"

/**
 * An HTML page being written. What is not markup goes through html_text() or
 * what is made of it, so that no text becomes markup. A failed write is kept
 * in the FILE (ferror).
 */
struct html {
    FILE *out;
    struct scratch text; /* what html_start() hands out */
};

/** Begin a page that fetches, runs and sends nothing, whatever it holds.
    `company`: empty for none. */
void html_page_begin(struct html *html, struct str title, struct str company);
void html_page_end(struct html *html);

/** The style of the page, and the SHA-256 by which its policy knows it. */
extern const char html_style[];
extern const char html_style_hash[];

/** An empty buffer to compose the next sentence or cell in; the same one each
    time. */
struct strbuf *html_start(struct html *html);

/** Markup, as it stands. */
void html_raw(struct html *html, const char *markup);
/** Text, escaped; a line break becomes one, other control and direction
    characters U+FFFD. */
void html_text(struct html *html, struct str text);
/** Text in an element that has no attributes. */
void html_element(struct html *html, const char *name, struct str text);
/** A part of the page with its heading; `</section>` closes it. */
void html_section(struct html *html, const char *id, const char *title);
/** Text that the reader unfolds; nothing for no text. */
void html_folded(struct html *html, const char *title, struct str text);
/** A link that tells the other side nothing, or only its text where the
    address is not one for the web. */
void html_link(struct html *html, const char *url, struct str text);
/** A verdict by sign, word and colour. */
void html_verdict(struct html *html, enum verdict verdict);

/** One column of a table. */
struct html_column {
    const char *header;
    const char *style; /* HTML_PLAIN, … */
};
#define HTML_PLAIN ""
#define HTML_NUMBER "n" /* flush right */
#define HTML_DAY "d"    /* never broken */
#define HTML_NAME "m"   /* broken only when it is very long */

/** Begin a table with its caption and header; end it with html_table_end(). */
void html_table(struct html *html, const char *caption,
                const struct html_column *columns, size_t count);
void html_table_end(struct html *html);
/** Open a cell; `</td>` closes it. On a narrow page its column's header stands
    before it. */
void html_cell_begin(struct html *html, const struct html_column *column);
/** A whole cell. */
void html_cell(struct html *html, const struct html_column *column,
               struct str text);
void html_cell_number(struct html *html, const struct html_column *column,
                      uint32_t number);
void html_cell_verdict(struct html *html, const struct html_column *column,
                       enum verdict verdict);

#endif
