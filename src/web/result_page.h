#ifndef BOMGATE_WEB_RESULT_PAGE_H
#define BOMGATE_WEB_RESULT_PAGE_H

#include "core/str.h"
#include "web/results.h"

/** The sentence that says what was found. */
void result_page_headline(struct strbuf *out, const struct result *result);

/** The counts as tiles, and the first findings as a table, out of the report
    that has a finding a line. */
void result_page_read(struct strbuf *counts, struct strbuf *findings,
                      const struct result *result);

#endif
