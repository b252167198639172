#include "run/baseline.h"

#include "core/arena.h"
#include "core/date.h"
#include "core/map.h"
#include "core/mem.h"
#include "run/report_file.h"

struct product {
    struct str name;
    bool here; /* it is in today's run too */
};

struct baseline {
    struct arena arena;
    struct map fingerprints;
    struct map moved;    /* product, identity */
    struct map products; /* -> index into `old` */
    struct map files;    /* name, SHA-256 */
    struct report_baseline made;
    struct product *old; /* those of the report */
    size_t count, cap;
    struct strbuf key;
};

/* Of several that share a key the worst verdict stays. */
static bool put(struct baseline *baseline, struct map *map, struct str key,
                enum verdict verdict) {
    uint32_t old = map_get(map, key);
    if (old != MAP_NONE && old <= (uint32_t)verdict)
        return true;
    struct str kept = arena_str(&baseline->arena, key);
    return !baseline->arena.failed && map_put(map, kept, (uint32_t)verdict);
}

static bool put_product(struct baseline *baseline, struct str name) {
    void *items = baseline->old;
    if (map_get(&baseline->products, name) != MAP_NONE)
        return true;
    struct str kept = arena_str(&baseline->arena, name);
    if (baseline->arena.failed ||
        !mem_grow(&items, &baseline->cap, baseline->count + 1,
                  sizeof(*baseline->old)))
        return false;
    baseline->old = items;
    baseline->old[baseline->count] = (struct product){.name = kept};
    return map_put(&baseline->products, kept, (uint32_t)baseline->count++);
}

static void make_key(struct strbuf *key, struct str product,
                     const char *identity) {
    strbuf_clear(key);
    strbuf_add(key, product);
    strbuf_printf(key, "\n%s", identity);
}

static bool add_finding(void *ctx, const struct report_file_finding *finding,
                        struct err *err) {
    struct baseline *baseline = ctx;
    struct str product = finding->product;
    make_key(&baseline->key, product, finding->identity);
    enum verdict verdict = verdict_parse(str_from(finding->verdict));
    bool ok =
        !baseline->key.failed &&
        put(baseline, &baseline->fingerprints, str_from(finding->fingerprint),
            verdict) &&
        put_product(baseline, product) &&
        (*finding->identity == '\0' ||
         put(baseline, &baseline->moved, strbuf_str(&baseline->key), verdict));
    return ok || err_nomem(err);
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
    make_key(&baseline->key, str_base_name(bom->path), bom->sha256);
    return *bom->sha256 == '\0' ||
           (!baseline->key.failed &&
            put(baseline, &baseline->files, strbuf_str(&baseline->key),
                VERDICT_CLEAR)) ||
           err_nomem(err);
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
    map_dispose(&baseline->fingerprints);
    map_dispose(&baseline->products);
    map_dispose(&baseline->moved);
    map_dispose(&baseline->files);
    mem_free(baseline->old);
    strbuf_dispose(&baseline->key);
    arena_dispose(&baseline->arena);
    mem_free(baseline);
}

void baseline_keep(struct baseline *baseline, struct str product) {
    uint32_t known = map_get(&baseline->products, product);
    if (known != MAP_NONE)
        baseline->old[known].here = true;
}

/* What has become worse since is not what was known. */
static bool covers(const struct map *map, struct str key,
                   enum verdict verdict) {
    uint32_t old = map_get(map, key);
    return old != MAP_NONE && (uint32_t)verdict >= old;
}

bool baseline_knows(struct baseline *baseline, struct str product,
                    const struct finding *finding) {
    bool known = covers(&baseline->fingerprints, str_from(finding->fingerprint),
                        finding->verdict);
    if (known || map_get(&baseline->products, product) != MAP_NONE)
        return known;
    for (size_t i = 0; i < baseline->count && !known; i++) {
        if (baseline->old[i].here)
            continue;
        make_key(&baseline->key, baseline->old[i].name, finding->identity);
        known = covers(&baseline->moved, strbuf_str(&baseline->key),
                       finding->verdict);
    }
    return known;
}

const struct report_baseline *baseline_made(const struct baseline *baseline) {
    return &baseline->made;
}

bool baseline_has_file(struct baseline *baseline, const struct bom_info *bom) {
    make_key(&baseline->key, str_base_name(bom->path), bom->sha256);
    return bom->sha256[0] != '\0' &&
           map_get(&baseline->files, strbuf_str(&baseline->key)) != MAP_NONE;
}
