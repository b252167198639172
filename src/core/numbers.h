#ifndef BOMGATE_CORE_NUMBERS_H
#define BOMGATE_CORE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"

/** A hash map from number to number. A zeroed struct is valid and empty. */
struct numbers {
    struct number_slot *slots;
    size_t count, cap; /* cap is 0 or a power of two */
};

#define NUMBERS_NONE UINT32_MAX

/** The value of `key`, or NUMBERS_NONE. */
uint32_t numbers_get(const struct numbers *numbers, uint64_t key);

/**
 * Set `key`, which the map does not have, to `value`, which is not
 * NUMBERS_NONE.
 *
 * @return false when memory is out; the map is as it was.
 */
NODISCARD bool numbers_put(struct numbers *numbers, uint64_t key,
                           uint32_t value);

/** Forget all entries; the memory is kept. */
void numbers_clear(struct numbers *numbers);

/** Free it; usable again. */
void numbers_dispose(struct numbers *numbers);

#endif
