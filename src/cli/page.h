#ifndef BOMGATE_CLI_PAGE_H
#define BOMGATE_CLI_PAGE_H

#include "report/text_layout.h"

/** Standard output as a page: as wide as the terminal, in colour there. */
struct text_page cli_open_page(void);
/** Flush and dispose. @return `status`, unless something could not be written.
 */
int cli_close_page(struct text_page *page, int status);

/** A line "label  text" at an indent; nothing for an empty text. */
void cli_put_field(struct text_page *page, size_t indent, const char *label,
                   struct str text);

#endif
