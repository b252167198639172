#ifndef BOMGATE_RUN_LEFT_OUT_H
#define BOMGATE_RUN_LEFT_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "run/products.h"

/**
 * What a variant leaves out of its product's BOMs: designators, of one BOM or
 * of each.
 */
struct left_out {
    const struct product_words *words; /* may be none */
    struct left_out_word *seen;        /* one each */
};

/** @param words  Must outlive it. @return false when memory is out. */
NODISCARD bool left_out_init(struct left_out *out,
                             const struct product_words *words);
void left_out_dispose(struct left_out *out);

/**
 * A line whose designators are all left out is not fitted.
 *
 * @param named   The path of its BOM, as the settings have it.
 * @param number  Of its BOM, any that tells it from others.
 */
void left_out_line(struct left_out *out, const char *named, size_t number,
                   struct bom_line *line);

/** Tell of each designator that stands nowhere, or in several BOMs at once.
    @param settings  Where they are named. */
void left_out_tell(const struct left_out *out, const char *settings,
                   void (*tell)(void *ctx, const struct err *note), void *ctx);

#endif
