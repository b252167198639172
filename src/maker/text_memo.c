#include "maker/text_memo.h"

#include <assert.h>
#include <string.h>

#include "core/hash.h"
#include "core/mem.h"

#define TEXTS_MAX 87000 /* just what a table of 131072 slots holds */
#define BLOCK_MAX (4 * 1024 * 1024) /* bytes; then all are forgotten */
#define BLOCK_MIN (16 * 1024)
#define SLOTS_MIN 256

struct text_slot {
    uint32_t hash;
    uint32_t number; /* TEXT_NONE: free */
};

/* What stands at a number: in front of the text's own bytes. */
struct text_entry {
    struct text_said said;
    uint16_t len;
};

#define UNIT sizeof(uint32_t) /* what entries are aligned to */
#define TEXT_AT (offsetof(struct text_entry, len) + sizeof(uint16_t))

static struct text_entry *entry_at(const struct text_memo *memo,
                                   uint32_t number) {
    return (struct text_entry *)(void *)(memo->block + number * UNIT);
}

struct text_said *text_memo_said(const struct text_memo *memo,
                                 uint32_t number) {
    return &entry_at(memo, number)->said;
}

static bool is_text(const struct text_memo *memo, const struct text_slot *slot,
                    uint32_t hash, struct str text) {
    if (slot->hash != hash)
        return false;
    const struct text_entry *entry = entry_at(memo, slot->number);
    return str_eq((struct str){(const char *)entry + TEXT_AT, entry->len},
                  text);
}

static struct text_slot *find_slot(const struct text_memo *memo, uint32_t hash,
                                   struct str text) {
    size_t i = hash & (memo->cap - 1);
    while (memo->slots[i].number != TEXT_NONE &&
           !is_text(memo, &memo->slots[i], hash, text))
        i = (i + 1) & (memo->cap - 1);
    return &memo->slots[i];
}

static void forget(struct text_memo *memo) {
    for (size_t i = 0; i < memo->cap; i++)
        memo->slots[i].number = TEXT_NONE;
    memo->count = memo->used = 0;
    memo->epoch++;
}

/* No two texts are the same, and so only free slots are looked for. */
static bool more_slots(struct text_memo *memo) {
    size_t cap = memo->cap != 0 ? memo->cap * 2 : SLOTS_MIN;
    struct text_slot *slots = mem_alloc(cap * sizeof(*slots));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < cap; i++)
        slots[i].number = TEXT_NONE;
    for (size_t i = 0; i < memo->cap; i++) {
        size_t at = memo->slots[i].hash & (cap - 1);
        if (memo->slots[i].number == TEXT_NONE)
            continue;
        while (slots[at].number != TEXT_NONE)
            at = (at + 1) & (cap - 1);
        slots[at] = memo->slots[i];
    }
    mem_free(memo->slots);
    memo->slots = slots;
    memo->cap = cap;
    return true;
}

/* Room for one more, at most two thirds of the slots taken. */
static bool make_room(struct text_memo *memo, size_t need) {
    if (memo->count >= TEXTS_MAX || memo->used + need > BLOCK_MAX)
        forget(memo);
    if (memo->used + need > memo->size) {
        size_t size = memo->size != 0 ? memo->size * 2 : BLOCK_MIN;
        while (size < memo->used + need)
            size *= 2;
        void *block = mem_realloc(memo->block, size);
        if (block == NULL)
            return false;
        memo->block = block;
        memo->size = size;
    }
    return (memo->count + 1) * 3 <= memo->cap * 2 || more_slots(memo);
}

/* Bytes of an entry, up to where the next one may begin. */
static size_t entry_size(struct str text) {
    size_t size = TEXT_AT + text.len;
    if (size < sizeof(struct text_entry))
        size = sizeof(struct text_entry);
    return (size + UNIT - 1) / UNIT * UNIT;
}

static uint32_t add(struct text_memo *memo, uint32_t hash, struct str text) {
    size_t need = entry_size(text);
    if (!make_room(memo, need))
        return TEXT_NONE;
    uint32_t number = (uint32_t)(memo->used / UNIT);
    struct text_entry *entry = entry_at(memo, number);
    memset(entry, 0, sizeof(*entry));
    entry->len = (uint16_t)text.len;
    if (text.len != 0)
        memcpy((char *)entry + TEXT_AT, text.ptr, text.len);
    memo->used += need;
    memo->count++;
    *find_slot(memo, hash, text) = (struct text_slot){hash, number};
    return number;
}

uint32_t text_memo_find(struct text_memo *memo, struct str text) {
    uint32_t hash = hash_of(text);
    assert(text.len <= TEXT_MEMO_LEN_MAX);
    const struct text_slot *slot =
        memo->cap == 0 ? NULL : find_slot(memo, hash, text);
    return slot != NULL && slot->number != TEXT_NONE ? slot->number
                                                     : add(memo, hash, text);
}

void text_memo_dispose(struct text_memo *memo) {
    mem_free(memo->slots);
    mem_free(memo->block);
    *memo = (struct text_memo){.slots = NULL};
}
