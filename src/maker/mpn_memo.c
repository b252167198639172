#include "maker/mpn_memo.h"

#include <string.h>

#include "core/mem.h"
#include "maker/mpn.h"

#define MEMORIES_MAX 3000
#define MEMORY_BYTES_MAX (256 * 1024) /* then all are forgotten */

#define NOTHING (MAP_NONE - 1) /* what most cells say */

struct mpn_memory {
    const char *cell; /* that the hits' texts stand in */
    const struct mpn_hit *hits;
    size_t count;
    struct str read_as;
    bool mended;
};

static bool write_key(struct mpn_memo *memo, struct str cell,
                      enum mpn_reading as) {
    strbuf_clear(&memo->key);
    strbuf_add_char(&memo->key, (char)('0' + as));
    strbuf_add(&memo->key, cell);
    return !memo->key.failed;
}

/* A hit's text stands in the cell of today. */
bool mpn_memo_recall(struct mpn_memo *memo, struct mpn_matcher *matcher,
                     struct str cell, enum mpn_reading as,
                     struct mpn_match *out) {
    uint32_t at = write_key(memo, cell, as)
                      ? map_get(&memo->index, strbuf_str(&memo->key))
                      : MAP_NONE;
    if (at == MAP_NONE)
        return false;
    *out = (struct mpn_match){.hits = matcher->hits, .read_as = STR_EMPTY};
    if (at == NOTHING)
        return true;
    const struct mpn_memory *memory = &memo->items[at];
    void *hits = matcher->hits;
    if (!mem_grow(&hits, &matcher->hit_cap, memory->count + 1,
                  sizeof(*matcher->hits)))
        return false;
    matcher->hits = hits;
    for (size_t i = 0; i < memory->count; i++) {
        struct mpn_hit *hit = &matcher->hits[i];
        *hit = memory->hits[i];
        hit->text.ptr = cell.ptr + (hit->text.ptr - memory->cell);
    }
    *out = (struct mpn_match){
        .hits = matcher->hits,
        .count = memory->count,
        .read_as = memory->read_as,
        .mended = memory->mended,
    };
    return true;
}

static void forget_when_full(struct mpn_memo *memo) {
    if (!memo->arena.failed && memo->index.count < MEMORIES_MAX &&
        memo->arena.used < MEMORY_BYTES_MAX)
        return;
    map_clear(&memo->index);
    arena_reset(&memo->arena);
    memo->count = 0;
}

/* `kept` is the memo's copy of the cell. */
static bool copy(struct mpn_memo *memo, struct str cell, struct str kept,
                 const struct mpn_match *match, struct mpn_memory *out) {
    struct mpn_hit *hits =
        match->count == 0
            ? NULL
            : arena_array(&memo->arena, match->count, sizeof(*hits));
    struct str read_as = match->read_as.len == 0
                             ? STR_EMPTY
                             : arena_str(&memo->arena, match->read_as);
    if (memo->arena.failed)
        return false;
    if (match->count != 0)
        memcpy(hits, match->hits, match->count * sizeof(*hits));
    for (size_t i = 0; i < match->count; i++)
        hits[i].text.ptr = kept.ptr + (hits[i].text.ptr - cell.ptr);
    *out = (struct mpn_memory){
        .cell = kept.ptr,
        .hits = hits,
        .count = match->count,
        .read_as = read_as,
        .mended = match->mended,
    };
    return true;
}

bool mpn_memo_keep(struct mpn_memo *memo, struct str cell, enum mpn_reading as,
                   const struct mpn_match *match) {
    struct mpn_memory memory;
    void *items = memo->items;
    forget_when_full(memo);
    if (!write_key(memo, cell, as))
        return false;
    struct str key = arena_str(&memo->arena, strbuf_str(&memo->key));
    if (memo->arena.failed)
        return false;
    if (match->count == 0)
        return map_put(&memo->index, key, NOTHING);
    if (!mem_grow(&items, &memo->cap, memo->count + 1, sizeof(*memo->items)))
        return false;
    memo->items = items;
    if (!copy(memo, cell, str_skip(key, 1), match, &memory) ||
        !map_put(&memo->index, key, (uint32_t)memo->count))
        return false;
    memo->items[memo->count++] = memory;
    return true;
}

void mpn_memo_dispose(struct mpn_memo *memo) {
    map_dispose(&memo->index);
    arena_dispose(&memo->arena);
    strbuf_dispose(&memo->key);
    mem_free(memo->items);
    *memo = (struct mpn_memo){.count = 0};
}
