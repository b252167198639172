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

/* At most two thirds full, so that probe runs stay short. */
static bool make_room(struct map *map) {
    if (map->cap != 0 && (map->count + 1) * 3 <= map->cap * 2)
        return true;
    struct map bigger = {.cap = map->cap != 0 ? map->cap * 2 : 64};
    size_t bytes;
    if (!mem_mul(&bytes, bigger.cap, sizeof(*bigger.slots)))
        return false;
    bigger.slots = mem_alloc(bytes);
    if (bigger.slots == NULL)
        return false;
    map_clear(&bigger);
    for (size_t i = 0; i < map->cap; i++) {
        struct map_slot *old = &map->slots[i];
        if (old->value != MAP_NONE)
            *find_slot(&bigger, (struct str){old->key, old->len}, old->hash) =
                *old;
    }
    bigger.count = map->count;
    mem_free(map->slots);
    *map = bigger;
    return true;
}

bool map_put(struct map *map, struct str key, uint32_t value) {
    if (key.len > UINT32_MAX || !make_room(map))
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
