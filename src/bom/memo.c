#include "bom/memo.h"

#include <string.h>

#include "core/mem.h"

/* From 32 to 512 KiB: most BOMs are short. */
#define SLOT_BITS_MIN 11
#define SLOT_BITS_MAX 15
#define WAYS 4 /* places for an answer: the newest ones stay */

struct memo_slot {
    uint64_t hash; /* 0: empty */
    uint32_t answer;
};

static uint64_t hash_text(const struct memo *memo, unsigned question,
                          struct str text) {
    uint64_t hash = keyed_hash(&memo->key, question, text);
    return hash != 0 ? hash : 1;
}

static struct memo_slot *places_of(const struct memo *memo, uint64_t hash) {
    return &memo->slots[(hash >> (64 - memo->bits)) / WAYS * WAYS];
}

bool memo_find(const struct memo *memo, unsigned question, struct str text,
               uint32_t *answer) {
    if (memo->slots == NULL || text.len == 0 || text.len > MEMO_TEXT_MAX)
        return false;
    uint64_t hash = hash_text(memo, question, text);
    const struct memo_slot *places = places_of(memo, hash);
    for (size_t i = 0; i < WAYS; i++) {
        if (places[i].hash == hash) {
            *answer = places[i].answer;
            return true;
        }
    }
    return false;
}

static bool make_slots(struct memo *memo, unsigned bits) {
    memo->bits = bits;
    memo->slots = mem_calloc((size_t)1 << bits, sizeof(*memo->slots));
    memo->failed = memo->slots == NULL;
    return !memo->failed;
}

static void begin(struct memo *memo) {
    if (hash_key_make(&memo->key))
        (void)!make_slots(memo, SLOT_BITS_MIN);
    else
        memo->failed = true;
}

static void put(struct memo *memo, struct memo_slot slot) {
    struct memo_slot *places = places_of(memo, slot.hash);
    memmove(places + 1, places, (WAYS - 1) * sizeof(*places));
    places[0] = slot;
}

static void grow(struct memo *memo) {
    struct memo old = *memo;
    memo->slots = NULL;
    if (make_slots(memo, old.bits + 1)) {
        for (size_t i = (size_t)1 << old.bits; i-- != 0;) {
            if (old.slots[i].hash != 0)
                put(memo, old.slots[i]);
        }
    }
    mem_free(old.slots);
}

static bool is_crowded(const struct memo *memo) {
    return memo->bits < SLOT_BITS_MAX && memo->kept >= (uint32_t)1
                                                           << memo->bits;
}

void memo_keep(struct memo *memo, unsigned question, struct str text,
               uint32_t answer) {
    if (text.len == 0 || text.len > MEMO_TEXT_MAX || memo->failed)
        return;
    if (memo->slots == NULL)
        begin(memo);
    else if (is_crowded(memo))
        grow(memo);
    if (memo->failed)
        return;
    put(memo, (struct memo_slot){hash_text(memo, question, text), answer});
    memo->kept++;
}

void memo_dispose(struct memo *memo) {
    mem_free(memo->slots);
    *memo = (struct memo){.slots = NULL};
}
