#include "bom/settled.h"

#include <stdatomic.h>

#include "core/mem.h"

#define LINE_BITS 17 /* a MiB */
#define WAYS 4       /* places for a line: the newest ones stay */
#define MAKER_BITS 14
#define MAKERS_MAX (1 << (MAKER_BITS - 1)) /* probe runs stay short */

struct known_maker {
    _Atomic uint64_t cell; /* 0: free */
    _Atomic uint64_t names;
};

struct settled {
    struct hash_key key;
    size_t maker_count;
    struct known_maker makers[1 << MAKER_BITS]; /* never changed, once known */
    _Atomic uint64_t lines[1 << LINE_BITS];     /* 0: free */
};

struct settled *settled_new(void) {
    struct settled *settled = mem_calloc(1, sizeof(*settled));
    if (settled == NULL)
        return NULL;
    if (hash_key_make(&settled->key))
        return settled;
    settled_free(settled);
    return NULL;
}

void settled_free(struct settled *settled) { mem_free(settled); }

const struct hash_key *settled_key(const struct settled *settled) {
    return &settled->key;
}

/* The maker's entry, or the free one where it would be. */
static size_t place_of_maker(const struct settled *settled, uint64_t cell) {
    size_t i = cell >> (64 - MAKER_BITS);
    for (;;) {
        uint64_t known = atomic_load_explicit(&settled->makers[i].cell,
                                              memory_order_acquire);
        if (known == cell || known == 0)
            return i;
        i = (i + 1) & ((1 << MAKER_BITS) - 1);
    }
}

static uint64_t load(const _Atomic uint64_t *from) {
    return atomic_load_explicit(from, memory_order_relaxed);
}

static void store(_Atomic uint64_t *to, uint64_t value) {
    atomic_store_explicit(to, value, memory_order_relaxed);
}

static uint64_t hash_line(const struct settled *settled, uint64_t others,
                          uint64_t names) {
    uint64_t hash =
        keyed_fold(others ^ settled->key.even, names ^ settled->key.odd);
    return hash != 0 ? hash : 1;
}

static size_t place_of_line(uint64_t hash) {
    return (hash >> (64 - LINE_BITS)) / WAYS * WAYS;
}

static bool has_line(const struct settled *settled, uint64_t hash) {
    const _Atomic uint64_t *lines = &settled->lines[place_of_line(hash)];
    bool found = false;
    for (size_t i = 0; i < WAYS; i++)
        found |= load(&lines[i]) == hash;
    return found;
}

static void add_line(struct settled *settled, uint64_t hash) {
    _Atomic uint64_t *lines = &settled->lines[place_of_line(hash)];
    for (size_t i = WAYS - 1; i != 0; i--)
        store(&lines[i], load(&lines[i - 1]));
    store(&lines[0], hash);
}

void settled_add(struct settled *settled, const struct outline *outline,
                 uint64_t names) {
    struct known_maker *maker =
        &settled->makers[place_of_maker(settled, outline->maker)];
    if (load(&maker->cell) == outline->maker) {
        names = load(&maker->names); /* of another time, and as true */
    } else {
        if (settled->maker_count == MAKERS_MAX)
            return;
        settled->maker_count++;
        store(&maker->names, names);
        atomic_store_explicit(&maker->cell, outline->maker,
                              memory_order_release);
    }
    uint64_t hash = hash_line(settled, outline->others, names);
    if (!has_line(settled, hash))
        add_line(settled, hash);
}

bool settled_has(const struct settled *settled, const struct outline *outline) {
    const struct known_maker *maker =
        &settled->makers[place_of_maker(settled, outline->maker)];
    if (load(&maker->cell) != outline->maker)
        return false;
    return has_line(settled,
                    hash_line(settled, outline->others, load(&maker->names)));
}
