#ifndef BOMGATE_HISTORY_DIGESTS_H
#define BOMGATE_HISTORY_DIGESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/digest.h"
#include "core/str.h"
#include "history/query.h"

/** Add one value of a row: a text, or none where `ptr` is NULL. */
void digest_add_value(struct digest *digest, struct str value);

/** The digest that a row of these values stands under.
    @return false when memory is out. */
NODISCARD bool digest_values(const struct str *values, size_t count,
                             char out[DIGEST_HEX_SIZE]);
/** The same of some columns of a row that was recorded. */
NODISCARD bool digest_columns(const struct query *row, int first, int count,
                              char out[DIGEST_HEX_SIZE]);

#endif
