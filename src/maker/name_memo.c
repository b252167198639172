#include "maker/name_memo.h"

#include "core/mem.h"

#define NAMES_MAX 8192               /* remembered, then all are forgotten */
#define NAME_BYTES_MAX (1024 * 1024) /* and bytes that they take */

static void forget_when_full(struct name_memo *memo) {
    if (!memo->arena.failed && memo->count < NAMES_MAX &&
        memo->arena.used < NAME_BYTES_MAX)
        return;
    arena_reset(&memo->arena);
    map_clear(&memo->index);
    map_clear(&memo->by_hits);
    memo->count = 0;
    memo->epoch++;
}

/* The hits with their texts moved from `cell` to its copy. */
static bool copy_hits(struct name_memo *memo, const struct name_match *match,
                      struct str cell, struct str copy,
                      struct name_answer *out) {
    out->state = match->state;
    out->count = match->count;
    out->hits = arena_array(&memo->arena, match->count, sizeof(*out->hits));
    if (match->count > 0 && out->hits == NULL)
        return false;
    for (size_t i = 0; i < match->count; i++) {
        out->hits[i] = match->hits[i];
        out->hits[i].text.ptr = copy.ptr + (match->hits[i].text.ptr - cell.ptr);
    }
    return true;
}

/* All that an answer depends on; where the name stood does not count. */
static bool find_same(struct name_memo *memo, struct name_answer *answer) {
    strbuf_clear(&memo->key);
    strbuf_add_char(&memo->key, (char)answer->state);
    for (size_t i = 0; i < answer->count; i++) {
        const struct name_hit *hit = &answer->hits[i];
        const uint32_t fields[] = {hit->party, hit->name,
                                   (uint32_t)hit->confidence, hit->matched_by};
        strbuf_add(&memo->key,
                   (struct str){(const char *)fields, sizeof(fields)});
    }
    answer->same = map_get(&memo->by_hits, strbuf_str(&memo->key));
    if (answer->same != MAP_NONE)
        return !memo->key.failed;
    answer->same = (uint32_t)memo->count;
    struct str key = arena_str(&memo->arena, strbuf_str(&memo->key));
    return !memo->key.failed && !memo->arena.failed &&
           map_put(&memo->by_hits, key, answer->same);
}

bool name_memo_find(struct name_memo *memo, struct name_matcher *names,
                    struct str cell, struct name_answer *out) {
    uint32_t known = map_get(&memo->index, cell);
    if (known != MAP_NONE) {
        *out = memo->items[known];
        return true;
    }
    struct name_match match;
    void *items = memo->items;
    forget_when_full(memo);
    struct str copy = arena_str(&memo->arena, cell);
    if (!name_match(names, cell, &match) || memo->arena.failed ||
        !copy_hits(memo, &match, cell, copy, out) || !find_same(memo, out) ||
        !mem_grow(&items, &memo->cap, memo->count + 1, sizeof(*out)))
        return false;
    memo->items = items;
    memo->items[memo->count] = *out;
    return map_put(&memo->index, copy, (uint32_t)memo->count++);
}

void name_memo_dispose(struct name_memo *memo) {
    map_dispose(&memo->index);
    map_dispose(&memo->by_hits);
    arena_dispose(&memo->arena);
    strbuf_dispose(&memo->key);
    mem_free(memo->items);
    *memo = (struct name_memo){.count = 0};
}
