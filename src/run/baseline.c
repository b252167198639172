#include "run/baseline.h"

#include "core/arena.h"
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
    struct product *old; /* those of the report */
    size_t count, cap;
    struct strbuf key;
};

static bool put(struct baseline *baseline, struct map *map, struct str key) {
    if (map_get(map, key) != MAP_NONE)
        return true;
    struct str kept = arena_str(&baseline->arena, key);
    return !baseline->arena.failed && map_put(map, kept, 0);
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
    struct str product = str_base_name(finding->bom);
    make_key(&baseline->key, product, finding->identity);
    bool ok = !baseline->key.failed &&
              put(baseline, &baseline->fingerprints,
                  str_from(finding->fingerprint)) &&
              put_product(baseline, product) &&
              (*finding->identity == '\0' ||
               put(baseline, &baseline->moved, strbuf_str(&baseline->key)));
    return ok || err_nomem(err);
}

bool baseline_read(struct baseline **out, const char *path, struct err *err) {
    struct baseline *baseline = mem_calloc(1, sizeof(*baseline));
    if (baseline == NULL)
        return err_nomem(err);
    if (report_file_read(path, add_finding, baseline, err)) {
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

bool baseline_knows(struct baseline *baseline, struct str product,
                    const struct finding *finding) {
    bool known = map_get(&baseline->fingerprints,
                         str_from(finding->fingerprint)) != MAP_NONE;
    if (known || map_get(&baseline->products, product) != MAP_NONE)
        return known;
    for (size_t i = 0; i < baseline->count && !known; i++) {
        if (baseline->old[i].here)
            continue;
        make_key(&baseline->key, baseline->old[i].name, finding->identity);
        known =
            map_get(&baseline->moved, strbuf_str(&baseline->key)) != MAP_NONE;
    }
    return known;
}
