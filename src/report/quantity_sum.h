#ifndef BOMGATE_REPORT_QUANTITY_SUM_H
#define BOMGATE_REPORT_QUANTITY_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

/** Quantities of several lines, as far as they are numbers. A zeroed struct is
    valid and empty. */
struct quantity_sum {
    uint64_t total;
    bool open; /* a line does not say it as a number */
};

/** "10 pcs" is open: a sum must not guess. */
void quantity_add(struct quantity_sum *sum, struct str quantity);

/** "12", "12 + ?"; nothing when no line says a number. */
void quantity_phrase(struct strbuf *out, const struct quantity_sum *sum);

#endif
