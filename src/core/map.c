#include "core/map.h"

#include "core/hash.h"
#include "core/mem.h"

struct map_slot {
    const char *key;
    uint32_t len, hash;
    uint32_t value; /* MAP_NONE: free */
};

static bool is_of(const struct map_slot *slot, struct str key, uint32_t hash) {
    return slot->hash == hash &&
           str_eq((struct str){slot->key, slot->len}, key);
}

static struct map_slot *find_slot(const struct map *map, struct str key,
                                  uint32_t hash) {
    size_t i = hash & (map->cap - 1);
    while (map->slots[i].value != MAP_NONE && !is_of(&map->slots[i], key, hash))
        i = (i + 1) & (map->cap - 1);
    return &map->slots[i];
}

uint32_t map_get(const struct map *map, struct str key) {
    if (map->cap == 0)
        return MAP_NONE;
    return find_slot(map, key, hash_of(key))->value;
}

void map_clear(struct map *map) {
    for (size_t i = 0; i < map->cap; i++)
        map->slots[i].value = MAP_NONE;
    map->count = 0;
}

static bool resize(struct map *map, size_t cap) {
    struct map bigger = {.cap = cap, .count = map->count};
    size_t bytes;
    if (!mem_mul(&bytes, cap, sizeof(*bigger.slots)))
        return false;
    bigger.slots = mem_alloc(bytes);
    if (bigger.slots == NULL)
        return false;
    for (size_t i = 0; i < cap; i++)
        bigger.slots[i].value = MAP_NONE;
    for (size_t i = 0; i < map->cap; i++) {
        struct map_slot *old = &map->slots[i];
        if (old->value != MAP_NONE)
            *find_slot(&bigger, (struct str){old->key, old->len}, old->hash) =
                *old;
    }
    mem_free(map->slots);
    *map = bigger;
    return true;
}

/* At most two thirds full, so that probe runs stay short. */
bool map_reserve(struct map *map, size_t count) {
    size_t cap = map->cap != 0 ? map->cap : 64;
    while (cap / 3 * 2 < count && cap <= SIZE_MAX / 2)
        cap *= 2;
    return cap == map->cap || resize(map, cap);
}

bool map_put(struct map *map, struct str key, uint32_t value) {
    if (key.len > UINT32_MAX || !map_reserve(map, map->count + 1))
        return false;
    uint32_t hash = hash_of(key);
    struct map_slot *slot = find_slot(map, key, hash);
    map->count += slot->value == MAP_NONE;
    *slot = (struct map_slot){key.ptr, (uint32_t)key.len, hash, value};
    return true;
}

void map_dispose(struct map *map) {
    mem_free(map->slots);
    *map = (struct map){.slots = NULL};
}
