#ifndef BOMGATE_REPORT_SCRATCH_H
#define BOMGATE_REPORT_SCRATCH_H

#include <stdbool.h>

#include "core/str.h"

/**
 * One buffer in which a report composes sentence after sentence. A zeroed
 * struct is valid. That memory ran out for one of them is remembered, where a
 * strbuf alone would forget it when it is cleared.
 */
struct scratch {
    struct strbuf text;
    bool failed;
};

/** The buffer, emptied; what it held before is gone. */
struct strbuf *scratch_start(struct scratch *scratch);

/** False when memory ran out for any of the sentences so far. */
bool scratch_ok(const struct scratch *scratch);

void scratch_dispose(struct scratch *scratch);

#endif
