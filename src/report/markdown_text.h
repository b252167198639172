#ifndef BOMGATE_REPORT_MARKDOWN_TEXT_H
#define BOMGATE_REPORT_MARKDOWN_TEXT_H

#include <stddef.h>

#include "core/str.h"

/* Text in GitHub-flavoured Markdown: nothing in it becomes markup, a mention, a
   reference or a link. Line breaks become blanks, control and direction
   characters U+FFFD. */

/** A sentence, in a table too, cut at so many columns. */
void markdown_text(struct strbuf *out, struct str text, size_t columns);

/** A name or a number as it was written, as code, cut at so many columns;
    nothing for empty text. Not for a table, where a bar ends even code. */
void markdown_code(struct strbuf *out, struct str text, size_t columns);

/** A link, or only its text where the address is not one for the web. */
void markdown_link(struct strbuf *out, struct str text, const char *url);

#endif
