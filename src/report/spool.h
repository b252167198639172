#ifndef BOMGATE_REPORT_SPOOL_H
#define BOMGATE_REPORT_SPOOL_H

#include <stdbool.h>
#include <stdio.h>

#include "core/compiler.h"
#include "core/err.h"

/* What a report writes late, because what comes before it is known last, waits
   in a temporary file. */

/** Say that the report cannot be written, by `errno`. @return false. */
bool spool_error(struct err *err);

/** Open a new one; fclose() removes it. Untouched on failure. */
NODISCARD bool spool_open(FILE **out, struct err *err);

/** Append all of `spool` to `out`, whose own errors are told when it is
    flushed. */
NODISCARD bool spool_copy(FILE *spool, FILE *out, struct err *err);

/** Bring a report to its end: false when any write to it has failed. */
NODISCARD bool spool_flush(FILE *out, struct err *err);

#endif
