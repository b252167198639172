#ifndef BOMGATE_CORE_MEM_H
#define BOMGATE_CORE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"

/**
 * Every heap call of bomgate goes through here, so that a test can make the
 * Nth one fail.
 *
 * @return NULL when memory is out; otherwise free with mem_free().
 */
NODISCARD void *mem_alloc(size_t size);

/** Like mem_alloc() for `count` elements of `size` bytes, zeroed. */
NODISCARD void *mem_calloc(size_t count, size_t size);

/** Grow or shrink; on failure returns NULL and leaves `ptr` as it was. */
NODISCARD void *mem_realloc(void *ptr, size_t size);

/** Accepts NULL. */
void mem_free(void *ptr);

/**
 * Make the `countdown`-th allocation from now fail, and all after it; 0 turns
 * failing off. For tests; not thread-safe.
 */
void mem_fail_after(size_t countdown);

/** True when an allocation has failed, since mem_fail_after() if that was
    called: what was made since may be cut short. */
bool mem_failed(void);

/** *out = a * b, or false when the product does not fit. */
NODISCARD bool mem_mul(size_t *out, size_t a, size_t b);

/**
 * Make room in a growable array for `need` elements of `size` bytes.
 *
 * @param[in,out] items  The array; moved when it grows; untouched on failure.
 * @param[in,out] cap    Its capacity in elements; grows by doubling.
 * @return false when memory is out.
 */
NODISCARD bool mem_grow(void **items, size_t *cap, size_t need, size_t size);

#endif
