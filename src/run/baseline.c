#include "run/baseline.h"

#include "core/arena.h"
#include "core/date.h"
#include "core/map.h"
#include "core/mem.h"
#include "run/report_file.h"

/* A product, if it was named, else a file: two boards may both have a bom.csv.
 */
struct board {
    bool here; /* it is in today's run too */
};

struct baseline {
    struct arena arena;
    struct map boards; /* product or path -> index into `old` */
    struct map paths;  /* likewise, of each file */
    struct map found;  /* index, identity -> verdict */
    struct map files;  /* name, SHA-256 */
    struct report_baseline made;
    struct board *old; /* those of the report */
    size_t count, cap;
    struct strbuf key;
};

/* Of several that share a key the worst verdict stays. */
static bool put(struct baseline *baseline, struct map *map, struct str key,
                uint32_t value) {
    uint32_t old = map_get(map, key);
    if (old != MAP_NONE && old <= value)
        return true;
    struct str kept = arena_str(&baseline->arena, key);
    return !baseline->arena.failed && map_put(map, kept, value);
}

/* @return its number; MAP_NONE when memory is out. */
static uint32_t put_board(struct baseline *baseline, struct str name) {
    void *items = baseline->old;
    uint32_t known = map_get(&baseline->boards, name);
    if (known != MAP_NONE)
        return known;
    if (!mem_grow(&items, &baseline->cap, baseline->count + 1,
                  sizeof(*baseline->old)))
        return MAP_NONE;
    baseline->old = items;
    baseline->old[baseline->count] = (struct board){.here = false};
    return put(baseline, &baseline->boards, name, (uint32_t)baseline->count)
               ? (uint32_t)baseline->count++
               : MAP_NONE;
}

static void make_key(struct strbuf *key, struct str first, const char *second) {
    strbuf_clear(key);
    strbuf_add(key, first);
    strbuf_printf(key, "\n%s", second);
}

static void make_found_key(struct strbuf *key, uint32_t board,
                           const char *identity) {
    strbuf_clear(key);
    strbuf_printf(key, "%u\n%s", (unsigned)board, identity);
}

static bool add_finding(void *ctx, const struct report_file_finding *finding,
                        struct err *err) {
    struct baseline *baseline = ctx;
    uint32_t board = map_get(&baseline->paths, str_from(finding->bom));
    if (board == MAP_NONE)
        return err_set(err, ERR_INVALID,
                       "a finding in '%s', which is none of "
                       "its BOMs",
                       finding->bom);
    make_found_key(&baseline->key, board, finding->identity);
    return (!baseline->key.failed &&
            put(baseline, &baseline->found, strbuf_str(&baseline->key),
                (uint32_t)verdict_parse(str_from(finding->verdict)))) ||
           err_nomem(err);
}

static bool take_made(void *ctx, const struct report_file_made *made,
                      struct err *err) {
    struct baseline *baseline = ctx;
    struct arena *arena = &baseline->arena;
    baseline->made = (struct report_baseline){
        .rules_version = arena_str(arena, str_from(made->rules_version)).ptr,
        .rules_sha256 = arena_str(arena, str_from(made->rules_sha256)).ptr,
        .as_of = DATE_NONE,
    };
    return (!arena->failed &&
            (*made->as_of == '\0' ||
             date_parse(str_from(made->as_of), &baseline->made.as_of))) ||
           (arena->failed ? err_nomem(err)
                          : err_set(err, ERR_INVALID, "as_of '%s' is no day",
                                    made->as_of));
}

static bool take_bom(void *ctx, const struct report_file_bom *bom,
                     struct err *err) {
    struct baseline *baseline = ctx;
    struct str path = str_from(bom->path);
    uint32_t board = put_board(
        baseline, *bom->product != '\0' ? str_from(bom->product) : path);
    make_key(&baseline->key, str_base_name(bom->path), bom->sha256);
    bool ok = board != MAP_NONE && !baseline->key.failed &&
              put(baseline, &baseline->paths, path, board) &&
              (*bom->sha256 == '\0' ||
               put(baseline, &baseline->files, strbuf_str(&baseline->key), 0));
    return ok || err_nomem(err);
}

bool baseline_read(struct baseline **out, const char *path, struct err *err) {
    struct baseline *baseline = mem_calloc(1, sizeof(*baseline));
    if (baseline == NULL)
        return err_nomem(err);
    const struct report_file_taker taker = {take_made, take_bom, add_finding,
                                            baseline};
    if (report_file_read(path, &taker, err)) {
        *out = baseline;
        return true;
    }
    baseline_free(baseline);
    return false;
}

void baseline_free(struct baseline *baseline) {
    if (baseline == NULL)
        return;
    map_dispose(&baseline->boards);
    map_dispose(&baseline->paths);
    map_dispose(&baseline->found);
    map_dispose(&baseline->files);
    mem_free(baseline->old);
    strbuf_dispose(&baseline->key);
    arena_dispose(&baseline->arena);
    mem_free(baseline);
}

/* MAP_NONE: the report does not have it. */
static uint32_t find_board(const struct baseline *baseline, const char *product,
                           const char *path, const char *place) {
    if (product != NULL)
        return map_get(&baseline->boards, str_from(product));
    uint32_t board = map_get(&baseline->paths, str_from(path));
    return board != MAP_NONE ? board
                             : map_get(&baseline->paths, str_from(place));
}

void baseline_keep(struct baseline *baseline, const char *product,
                   const char *path, const char *place) {
    uint32_t board = find_board(baseline, product, path, place);
    if (board != MAP_NONE)
        baseline->old[board].here = true;
}

/* What has become worse since is not what was known. */
static bool knows(struct baseline *baseline, uint32_t board,
                  const struct finding *finding) {
    make_found_key(&baseline->key, board, finding->identity);
    uint32_t old = map_get(&baseline->found, strbuf_str(&baseline->key));
    return old != MAP_NONE && (uint32_t)finding->verdict >= old;
}

bool baseline_knows(struct baseline *baseline, const char *product,
                    const struct bom_info *bom, const struct finding *finding) {
    uint32_t board = find_board(baseline, product, bom->path, bom->place);
    if (board != MAP_NONE)
        return knows(baseline, board, finding);
    for (uint32_t i = 0; i < baseline->count; i++) {
        if (!baseline->old[i].here && knows(baseline, i, finding))
            return true;
    }
    return false;
}

const struct report_baseline *baseline_made(const struct baseline *baseline) {
    return &baseline->made;
}

bool baseline_has_file(struct baseline *baseline, const struct bom_info *bom) {
    make_key(&baseline->key, str_base_name(bom->path), bom->sha256);
    return bom->sha256[0] != '\0' &&
           map_get(&baseline->files, strbuf_str(&baseline->key)) != MAP_NONE;
}
