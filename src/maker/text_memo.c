#include "maker/text_memo.h"

#include "core/mem.h"

#define TEXTS_MAX 87000 /* just what a map of 131072 slots holds */
#define TEXT_BYTES_MAX (3 * 1024 * 1024) /* then all are forgotten */

static void forget_when_full(struct text_memo *memo) {
    if (!memo->arena.failed && memo->count < TEXTS_MAX &&
        memo->arena.used < TEXT_BYTES_MAX)
        return;
    map_clear(&memo->index);
    arena_reset(&memo->arena);
    memo->count = 0;
    memo->epoch++;
}

uint32_t text_memo_find(struct text_memo *memo, struct str text) {
    void *items = memo->items;
    uint32_t known = map_get(&memo->index, text);
    if (known != MAP_NONE)
        return known;
    forget_when_full(memo);
    struct str kept = arena_str(&memo->arena, text);
    if (memo->arena.failed ||
        !mem_grow(&items, &memo->cap, memo->count + 1, sizeof(*memo->items)))
        return TEXT_NONE;
    memo->items = items;
    if (!map_put(&memo->index, kept, (uint32_t)memo->count))
        return TEXT_NONE;
    memo->items[memo->count] = (struct text_said){.described = false};
    return (uint32_t)memo->count++;
}

void text_memo_dispose(struct text_memo *memo) {
    map_dispose(&memo->index);
    arena_dispose(&memo->arena);
    mem_free(memo->items);
    *memo = (struct text_memo){.count = 0};
}
