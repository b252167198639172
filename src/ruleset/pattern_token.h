#ifndef BOMGATE_RULESET_PATTERN_TOKEN_H
#define BOMGATE_RULESET_PATTERN_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/* Where the pieces of a part-number pattern end; for patterns that
   pattern_check() accepted. */

/** The bracket that closes the group around `at`; with `alternatives` a '|' of
    that group too. */
size_t pattern_group_end(struct str pattern, size_t at, bool alternatives);

/** The position behind the `closer` of a class or table name. */
size_t pattern_token_end(struct str pattern, size_t at, char closer);

/** The name of the table at `at`. */
struct str pattern_table_name(struct str pattern, size_t at);

#endif
