#ifndef BOMGATE_WEB_RESULT_PAGE_H
#define BOMGATE_WEB_RESULT_PAGE_H

#include "core/str.h"
#include "web/results.h"

/** What a result's page says, as markup. */
struct result_page {
    struct strbuf *headline; /* what was found */
    struct strbuf *judged;   /* for what, on which day, by which rules */
    struct strbuf *counts;   /* tiles */
    struct strbuf *findings; /* a table of the worst */
    struct strbuf *contents; /* parts of which nobody declares what is inside */
    struct strbuf *unchecked; /* what was not checked */
};

/** Fill it out of the extract of the report. */
void result_page_read(struct result_page *page, const struct result *result);

#endif
