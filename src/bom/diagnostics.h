#ifndef BOMGATE_BOM_DIAGNOSTICS_H
#define BOMGATE_BOM_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "core/arena.h"

/* More than these are counted, and told of in one sentence: a file of a
   million ruled lines must not fill the memory. */
#define DIAGNOSTICS_MAX 1000

/** Diagnostics that wait for bom_next_diagnostic(). Zeroed: none. */
struct diagnostics {
    struct arena arena; /* their texts */
    struct bom_diagnostic *items;
    size_t first, count, cap;
    unsigned dropped; /* beyond DIAGNOSTICS_MAX */
    bool dropped_lost;
    uint32_t dropped_line; /* of the first one */
    bool failed;           /* out of memory */
};

/** Codes must be literals; messages are copied. */
void diagnostics_add(struct diagnostics *diagnostics,
                     enum bom_severity severity, const char *code,
                     uint32_t line, uint32_t column, const char *message);

/** Take the oldest one; its message lives until the next addition. */
bool diagnostics_next(struct diagnostics *diagnostics,
                      struct bom_diagnostic *out);

void diagnostics_dispose(struct diagnostics *diagnostics);

#endif
