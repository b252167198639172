#include "maker/text_memo.h"

#include <string.h>

#include "core/mem.h"

/* From 6 KiB to 768 KiB: most BOMs are short. */
#define SLOT_BITS_MIN 8
#define SLOT_BITS_MAX 15
#define WAYS 4 /* places for a text: the newest ones stay */

struct text_slot {
    uint64_t hash; /* 0: empty */
    struct text_said said;
};

static struct text_slot *places_of(const struct text_memo *memo,
                                   uint64_t hash) {
    return &memo->slots[(hash >> (64 - memo->bits)) / WAYS * WAYS];
}

static struct text_slot *put(struct text_memo *memo, struct text_slot slot) {
    struct text_slot *places = places_of(memo, slot.hash);
    memmove(places + 1, places, (WAYS - 1) * sizeof(*places));
    places[0] = slot;
    memo->kept++;
    return places;
}

/* Where there is no more memory it stays as it is. */
static void grow(struct text_memo *memo) {
    struct text_memo more = *memo;
    more.bits = memo->slots == NULL ? SLOT_BITS_MIN : memo->bits + 1;
    more.slots = mem_calloc((size_t)1 << more.bits, sizeof(*more.slots));
    if (more.slots == NULL)
        return;
    size_t count = memo->slots == NULL ? 0 : (size_t)1 << memo->bits;
    while (count-- != 0) {
        if (memo->slots[count].hash != 0)
            put(&more, memo->slots[count]);
    }
    mem_free(memo->slots);
    *memo = more;
    memo->kept = 0;
}

static struct text_said *add(struct text_memo *memo, uint64_t hash) {
    bool crowded =
        memo->slots == NULL || (memo->bits < SLOT_BITS_MAX &&
                                memo->kept >= (size_t)1 << (memo->bits - 1));
    if (crowded)
        grow(memo);
    if (memo->slots != NULL)
        return &put(memo, (struct text_slot){.hash = hash})->said;
    memo->unkept = (struct text_said){.described = false};
    return &memo->unkept;
}

struct text_said *text_memo_at(struct text_memo *memo, uint64_t hash) {
    hash = hash != 0 ? hash : 1;
    struct text_slot *places =
        memo->slots == NULL ? NULL : places_of(memo, hash);
    for (size_t i = 0; places != NULL && i < WAYS; i++) {
        if (places[i].hash == hash)
            return &places[i].said;
    }
    return add(memo, hash);
}

void text_memo_dispose(struct text_memo *memo) {
    mem_free(memo->slots);
    *memo = (struct text_memo){.slots = NULL};
}
