#include "bom/memo.h"

#include <string.h>

#include "core/mem.h"

/* From 32 KiB to 2 MiB: most BOMs are short. */
#define SLOT_BITS_MIN 9
#define SLOT_BITS_MAX 15

/* One line of the processor's cache, where it is aligned. */
struct memo_slot {
    uint32_t answer;
    uint8_t question; /* 1 more than it is; 0: empty */
    uint8_t len;
    char text[MEMO_TEXT_MAX];
};

static uint64_t word_at(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof(word));
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* The highest bits of a product depend on all others. */
static size_t slot_of(const struct memo *memo, uint64_t hash) {
    return hash >> (64 - memo->bits);
}

static size_t place_of(const struct memo *memo, unsigned question,
                       struct str text) {
    uint64_t hash = (uint64_t)question << 8 | text.len;
    if (text.len < sizeof(uint64_t)) {
        char padded[sizeof(uint64_t)] = {0};
        memcpy(padded, text.ptr, text.len);
        return slot_of(memo, mix(hash, word_at(padded)));
    }
    /* The last word overlaps the one before it. */
    for (size_t at = 0; at + sizeof(uint64_t) < text.len;
         at += sizeof(uint64_t))
        hash = mix(hash, word_at(text.ptr + at));
    return slot_of(memo,
                   mix(hash, word_at(text.ptr + text.len - sizeof(uint64_t))));
}

static bool is_about(const struct memo_slot *slot, unsigned question,
                     struct str text) {
    return slot->question == question + 1 && slot->len == text.len &&
           memcmp(slot->text, text.ptr, text.len) == 0;
}

bool memo_find(const struct memo *memo, unsigned question, struct str text,
               uint32_t *answer) {
    if (memo->slots == NULL || text.len == 0 || text.len > MEMO_TEXT_MAX)
        return false;
    size_t place = place_of(memo, question, text);
    const struct memo_slot *slot = &memo->slots[place];
    if (!is_about(slot, question, text)) {
        slot = &memo->slots[place ^ 1];
        if (!is_about(slot, question, text))
            return false;
    }
    *answer = slot->answer;
    return true;
}

static bool make_slots(struct memo *memo, unsigned bits) {
    const size_t line = sizeof(*memo->slots);
    memo->bits = bits;
    memo->memory = mem_calloc(((size_t)1 << bits) + 1, line);
    memo->failed = memo->memory == NULL;
    if (memo->failed)
        return false;
    size_t beyond = (uintptr_t)memo->memory % line;
    char *first = (char *)memo->memory + (line - beyond) % line;
    memo->slots = (void *)first;
    return true;
}

/* Of the two that share a place the newer one stays. */
static void put(struct memo *memo, const struct memo_slot *slot) {
    size_t place = place_of(memo, slot->question - 1u,
                            (struct str){slot->text, slot->len});
    memo->slots[place ^ 1] = memo->slots[place];
    memo->slots[place] = *slot;
}

static void grow(struct memo *memo) {
    struct memo old = *memo;
    memo->slots = NULL;
    if (make_slots(memo, old.bits + 1)) {
        for (size_t i = 0; i < (size_t)1 << old.bits; i++) {
            if (old.slots[i].question != 0)
                put(memo, &old.slots[i]);
        }
    }
    mem_free(old.memory);
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
        (void)!make_slots(memo, SLOT_BITS_MIN);
    else if (is_crowded(memo))
        grow(memo);
    if (memo->failed)
        return;
    struct memo_slot slot = {
        .answer = answer,
        .question = (uint8_t)(question + 1),
        .len = (uint8_t)text.len,
    };
    memcpy(slot.text, text.ptr, text.len);
    put(memo, &slot);
    memo->kept++;
}

void memo_dispose(struct memo *memo) {
    mem_free(memo->memory);
    *memo = (struct memo){.slots = NULL};
}
