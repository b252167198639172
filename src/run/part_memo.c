#include "run/part_memo.h"

#include <stdint.h>
#include <string.h>

#include "core/mem.h"

#define PARTS_MAX 2500
#define PART_BYTES_MAX (512 * 1024)

void part_memo_clear(struct part_memo *memo) {
    map_clear(&memo->index);
    arena_reset(&memo->arena);
    memo->count = 0;
}

void part_memo_trim(struct part_memo *memo) {
    if (memo->arena.failed || memo->count >= PARTS_MAX ||
        memo->arena.used >= PART_BYTES_MAX)
        part_memo_clear(memo);
}

/* Each cell with its length in front, so that no two lists look alike. */
static void write_key(struct part_memo *memo,
                      const struct str cells[PART_CELLS]) {
    size_t len = 0;
    memo->key_len = 0;
    for (size_t i = 0; i < PART_CELLS; i++) {
        uint16_t size = (uint16_t)cells[i].len;
        if (cells[i].len > PART_KEY_MAX - sizeof(size) ||
            len + sizeof(size) + cells[i].len > PART_KEY_MAX)
            return;
        memcpy(memo->key + len, &size, sizeof(size));
        len += sizeof(size);
        if (size != 0)
            memcpy(memo->key + len, cells[i].ptr, size);
        len += size;
    }
    memo->key_len = len;
}

struct part_answer *part_memo_find(struct part_memo *memo,
                                   const struct str cells[PART_CELLS]) {
    write_key(memo, cells);
    uint32_t at =
        memo->key_len == 0
            ? MAP_NONE
            : map_get(&memo->index, (struct str){memo->key, memo->key_len});
    return at == MAP_NONE ? NULL : memo->items[at];
}

struct part_answer *part_memo_keep(struct part_memo *memo,
                                   const struct maker *maker,
                                   const struct screening *screening) {
    struct arena *arena = &memo->arena;
    void *items = memo->items;
    struct part_answer *answer = arena_alloc(arena, sizeof(*answer));
    struct str key = arena_str(arena, (struct str){memo->key, memo->key_len});
    if (answer == NULL || !maker_copy(arena, maker, &answer->maker) ||
        !mem_grow(&items, &memo->cap, memo->count + 1, sizeof(*memo->items)))
        return NULL;
    memo->items = items;
    answer->screening = *screening;
    if (memo->key_len == 0) /* for the line in hand only */
        return answer;
    memo->items[memo->count] = answer;
    return map_put(&memo->index, key, (uint32_t)memo->count++) ? answer : NULL;
}

void part_memo_dispose(struct part_memo *memo) {
    map_dispose(&memo->index);
    arena_dispose(&memo->arena);
    mem_free(memo->items);
    *memo = (struct part_memo){.count = 0};
}
