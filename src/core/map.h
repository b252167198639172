#ifndef BOMGATE_CORE_MAP_H
#define BOMGATE_CORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"

/**
 * A hash map from text to a number. A zeroed struct is valid and empty. Keys
 * are borrowed: they must outlive the map (an arena is the usual owner).
 */
struct map {
    struct map_slot *slots;
    size_t count, cap; /* cap is 0 or a power of two */
};

#define MAP_NONE UINT32_MAX

/** The value of `key`, or MAP_NONE. */
uint32_t map_get(const struct map *map, struct str key);

/**
 * Set `key` to `value`, replacing what was there. `value` is not MAP_NONE.
 *
 * @return false when memory is out; the map is as it was.
 */
NODISCARD bool map_put(struct map *map, struct str key, uint32_t value);

/** Make room for so many entries at once.
    @return false when memory is out; the map is as it was. */
NODISCARD bool map_reserve(struct map *map, size_t count);

/** Forget all entries; the memory is kept. */
void map_clear(struct map *map);

/** Free it; usable again. */
void map_dispose(struct map *map);

#endif
