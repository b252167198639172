#ifndef BOMGATE_WEB_HISTORY_PAGE_H
#define BOMGATE_WEB_HISTORY_PAGE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/** The newest runs as a table, the products and the quarters that were
    recorded as choices. */
NODISCARD bool history_page_read(struct strbuf *runs, struct strbuf *products,
                                 struct strbuf *quarters, const char *path,
                                 struct err *err);

#endif
