#ifndef BOMGATE_CLI_PAGE_H
#define BOMGATE_CLI_PAGE_H

#include "core/compiler.h"
#include "core/err.h"
#include "report/text_layout.h"

/** Standard output as a page: as wide as the terminal, in colour there. */
struct text_page cli_open_page(void);
/** Dispose. @return `ok`, unless memory ran out on the page. */
NODISCARD bool cli_end_page(struct text_page *page, bool ok, struct err *err);
/** The same, and flush. @return `status`, unless something could not be
 * written.
 */
int cli_close_page(struct text_page *page, int status);

/** A line "label  text" at an indent; nothing for an empty text. */
void cli_put_field(struct text_page *page, size_t indent, const char *label,
                   struct str text);
/** Append `before` and the text; nothing for an empty text. */
void cli_add_words(struct strbuf *out, const char *before, struct str text);

#endif
