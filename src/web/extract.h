#ifndef BOMGATE_WEB_EXTRACT_H
#define BOMGATE_WEB_EXTRACT_H

#include <stdbool.h>

#include "core/compiler.h"
#include "web/results.h"

/*
 * What a result's page shows of its report, in a file of its own: nobody reads
 * a report of many findings again for every look at the page.
 */

/** In the folder of a result: lines of the report, the worst findings first,
    and how many it has of them, and of parts of which nobody declares what is
    inside: {"kind": "findings", "count": 3, "undeclared": 1}. */
#define EXTRACT_FILE "extract.jsonl"
/** The format that it is made of. */
#define EXTRACT_OF "jsonl"
/** As many of them are shown. */
#define EXTRACT_FINDINGS 200
/** And of the parts whose contents are open. */
#define EXTRACT_CONTENTS 100

/** Make it, when the report is there.
    @param[out] unread  Whether none of the BOMs could be read at all.
    @return false when it cannot be written. */
NODISCARD bool extract_make(const struct result *result, bool *unread);

#endif
