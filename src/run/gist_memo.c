#include "run/gist_memo.h"

#include <string.h>

#include "core/mem.h"

#define GISTS_MAX 87000 /* just what a map of 131072 slots holds */
#define ANSWER_BYTES_MAX (1024 * 1024) /* then all are forgotten */

/* A gist in one number. There are fewer names and categories than that. */
#define NAME_BITS 15
#define CATEGORY_BITS 16

void gist_memo_clear(struct gist_memo *memo) {
    numbers_clear(&memo->index);
    map_clear(&memo->by_answer);
    arena_reset(&memo->arena);
    memo->count = 0;
}

static bool pack(const struct maker_gist *gist, uint64_t *out) {
    uint32_t category = gist->category + 1; /* RULES_NONE: 0 */
    *out = (uint64_t)gist->part << 32 | (uint64_t)gist->name << 17 |
           (uint64_t)category << 1 | (gist->in_column ? 1 : 0);
    return gist->name >> NAME_BITS == 0 && category >> CATEGORY_BITS == 0;
}

void gist_memo_trim(struct gist_memo *memo, uint32_t epoch) {
    if (memo->epoch != epoch || memo->arena.failed ||
        memo->index.count >= GISTS_MAX || memo->arena.used >= ANSWER_BYTES_MAX)
        gist_memo_clear(memo);
    memo->epoch = epoch;
}

struct part_answer *gist_memo_find(const struct gist_memo *memo,
                                   const struct maker_gist *gist,
                                   uint32_t epoch) {
    uint64_t key;
    uint32_t at = memo->epoch == epoch && pack(gist, &key)
                      ? numbers_get(&memo->index, key)
                      : NUMBERS_NONE;
    return at == NUMBERS_NONE ? NULL : memo->items[at];
}

static void add_bytes(struct strbuf *key, const void *bytes, size_t size) {
    strbuf_add(key, (struct str){bytes, size});
}

/* All of an answer; what it points to is the rules' or the screener's. */
static void write_answer(struct strbuf *key, const struct part_answer *answer) {
    const struct part_facts *facts = &answer->maker.facts;
    const struct screening *screening = &answer->screening;
    const uint32_t numbers[] = {
        facts->category,
        facts->density_mbit,
        facts->width,
        facts->speed_mts,
        facts->voltage_mv,
        facts->dies,
        facts->family,
        (uint32_t)screening->verdict,
        screening->owner,
        (uint32_t)screening->without_hits,
        answer->maker.passive,
        answer->maker.overruled,
        (uint32_t)screening->asked_count,
    };
    const void *const places[] = {
        facts->category_source, facts->package,   facts->temperature,
        facts->interface,       screening->asked,
    };
    strbuf_clear(key);
    add_bytes(key, numbers, sizeof(numbers));
    add_bytes(key, places, sizeof(places));
    add_bytes(key, facts->sources, sizeof(facts->sources));
    for (size_t i = 0; i < answer->maker.candidate_count; i++) {
        const struct maker_candidate *candidate = &answer->maker.candidates[i];
        const uint32_t fields[] = {candidate->party,
                                   (uint32_t)candidate->confidence,
                                   candidate->matched_by, candidate->name};
        add_bytes(key, fields, sizeof(fields));
    }
}

static bool add_answer(struct gist_memo *memo,
                       const struct part_answer *answer) {
    struct arena *arena = &memo->arena;
    void *items = memo->items;
    struct part_answer *kept = arena_alloc(arena, sizeof(*kept));
    struct str key = arena_str(arena, strbuf_str(&memo->key));
    if (kept == NULL || !maker_copy(arena, &answer->maker, &kept->maker) ||
        !mem_grow(&items, &memo->cap, memo->count + 1, sizeof(*memo->items)))
        return false;
    memo->items = items;
    kept->screening = answer->screening;
    memo->items[memo->count] = kept;
    return map_put(&memo->by_answer, key, (uint32_t)memo->count++);
}

struct part_answer *gist_memo_keep(struct gist_memo *memo,
                                   const struct maker_gist *gist,
                                   uint32_t epoch, const struct maker *maker,
                                   const struct screening *screening) {
    const struct part_answer answer = {*maker, *screening};
    uint64_t key;
    if (memo->epoch != epoch || !pack(gist, &key))
        return NULL;
    write_answer(&memo->key, &answer);
    if (memo->key.failed)
        return NULL;
    uint32_t at = map_get(&memo->by_answer, strbuf_str(&memo->key));
    if (at == MAP_NONE && !add_answer(memo, &answer))
        return NULL;
    if (at == MAP_NONE)
        at = (uint32_t)memo->count - 1;
    return numbers_put(&memo->index, key, at) ? memo->items[at] : NULL;
}

void gist_memo_dispose(struct gist_memo *memo) {
    numbers_dispose(&memo->index);
    map_dispose(&memo->by_answer);
    arena_dispose(&memo->arena);
    strbuf_dispose(&memo->key);
    mem_free(memo->items);
    *memo = (struct gist_memo){.count = 0};
}
