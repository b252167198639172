#include "core/numbers.h"

#include "core/mem.h"

/* The key in two halves: 12 bytes a slot instead of 16. */
struct number_slot {
    uint32_t low, high;
    uint32_t value; /* NUMBERS_NONE: free */
};

static uint32_t hash_of(uint64_t key) {
    key *= UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(key >> 32 ^ key);
}

static struct number_slot *find_slot(const struct numbers *numbers,
                                     uint64_t key) {
    size_t i = hash_of(key) & (numbers->cap - 1);
    uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
    while (numbers->slots[i].value != NUMBERS_NONE &&
           (numbers->slots[i].low != low || numbers->slots[i].high != high))
        i = (i + 1) & (numbers->cap - 1);
    return &numbers->slots[i];
}

uint32_t numbers_get(const struct numbers *numbers, uint64_t key) {
    return numbers->cap == 0 ? NUMBERS_NONE : find_slot(numbers, key)->value;
}

void numbers_clear(struct numbers *numbers) {
    for (size_t i = 0; i < numbers->cap; i++)
        numbers->slots[i].value = NUMBERS_NONE;
    numbers->count = 0;
}

/* At most two thirds full, so that probe runs stay short. */
static bool make_room(struct numbers *numbers) {
    if (numbers->cap != 0 && (numbers->count + 1) * 3 <= numbers->cap * 2)
        return true;
    struct numbers bigger = {.cap = numbers->cap != 0 ? numbers->cap * 2 : 64};
    size_t bytes;
    if (!mem_mul(&bytes, bigger.cap, sizeof(*bigger.slots)))
        return false;
    bigger.slots = mem_alloc(bytes);
    if (bigger.slots == NULL)
        return false;
    numbers_clear(&bigger);
    for (size_t i = 0; i < numbers->cap; i++) {
        const struct number_slot *old = &numbers->slots[i];
        if (old->value != NUMBERS_NONE)
            *find_slot(&bigger, (uint64_t)old->high << 32 | old->low) = *old;
    }
    bigger.count = numbers->count;
    mem_free(numbers->slots);
    *numbers = bigger;
    return true;
}

bool numbers_put(struct numbers *numbers, uint64_t key, uint32_t value) {
    if (!make_room(numbers))
        return false;
    numbers->count++;
    *find_slot(numbers, key) =
        (struct number_slot){(uint32_t)key, (uint32_t)(key >> 32), value};
    return true;
}

void numbers_dispose(struct numbers *numbers) {
    mem_free(numbers->slots);
    *numbers = (struct numbers){.slots = NULL};
}
