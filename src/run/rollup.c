#include <math.h>

#include "core/lang.h"
#include "core/mem.h"
#include "run/refdes_count.h"
#include "run/rollup_tree.h"

#define LINES_MAX 1000000

/* The last line of a level. */
struct step {
    int level;
    uint32_t use;      /* that it is */
    uint32_t assembly; /* of what stands below it; NO_USE: nothing so far */
};

struct rollup *rollup_new(const char *product,
                          const struct product_words *not_fitted) {
    struct rollup *rollup = mem_calloc(1, sizeof(*rollup));
    if (rollup != NULL) {
        rollup->product = product;
        rollup->not_fitted = not_fitted;
    }
    return rollup;
}

void rollup_free(struct rollup *rollup) {
    if (rollup == NULL)
        return;
    mem_free(rollup->uses);
    mem_free(rollup->assemblies);
    mem_free(rollup->boms);
    map_dispose(&rollup->by_name);
    arena_dispose(&rollup->arena);
    strbuf_dispose(&rollup->key);
    mem_free(rollup);
}

/* Numbers are the same in any case. */
static struct str fold(struct rollup *rollup, struct str name) {
    strbuf_clear(&rollup->key);
    strbuf_add_lower(&rollup->key, name);
    return strbuf_str(&rollup->key);
}

static struct rolled_bom *current(struct rollup *rollup) {
    return &rollup->boms[rollup->bom_count - 1];
}

/* The BOM that a use stands in: the last that begins before it. */
size_t rollup_bom_of(const struct rollup *rollup, uint32_t use) {
    size_t i = rollup->bom_count - 1;
    while (i > 0 && rollup->boms[i].first > use)
        i--;
    return i;
}

uint32_t rollup_bom_end(const struct rollup *rollup, size_t bom) {
    return (uint32_t)(bom + 1 < rollup->bom_count ? rollup->boms[bom + 1].first
                                                  : rollup->use_count);
}

static bool add_assembly(struct rollup *rollup, struct str name,
                         uint32_t *out) {
    void *items = rollup->assemblies;
    struct str kept = arena_str(&rollup->arena, name);
    if (rollup->arena.failed ||
        !mem_grow(&items, &rollup->cap, rollup->count + 1,
                  sizeof(*rollup->assemblies)))
        return false;
    rollup->assemblies = items;
    *out = (uint32_t)rollup->count;
    rollup->assemblies[rollup->count++] = (struct rollup_assembly){
        .name = kept,
        .occurs = NO_USE,
        .uses = NO_USE,
        .bom = (uint32_t)rollup->bom_count - 1,
    };
    return true;
}

static bool name_assembly(struct rollup *rollup, struct str name,
                          uint32_t *out) {
    *out = map_get(&rollup->by_name, fold(rollup, name));
    if (*out != MAP_NONE)
        return !rollup->key.failed;
    struct str key = arena_str(&rollup->arena, strbuf_str(&rollup->key));
    return !rollup->key.failed && add_assembly(rollup, name, out) &&
           map_put(&rollup->by_name, key, *out);
}

bool rollup_bom(struct rollup *rollup, const struct product_bom *bom,
                const char *path, struct err *err) {
    void *items = rollup->boms;
    if (!mem_grow(&items, &rollup->bom_cap, rollup->bom_count + 1,
                  sizeof(*rollup->boms)))
        return err_nomem(err);
    rollup->boms = items;
    struct rolled_bom *rolled = &rollup->boms[rollup->bom_count++];
    *rolled = (struct rolled_bom){
        .bom = bom, .path = path, .first = rollup->use_count};
    bool ok = bom->is != NULL
                  ? name_assembly(rollup, str_from(bom->is), &rolled->root)
                  : add_assembly(rollup, STR_EMPTY, &rolled->root);
    return ok || err_nomem(err);
}

/* ---- where a line sits ---- */

static struct str item_of(const struct bom_line *line, size_t which) {
    return str_trim(which == 0 ? line->ipn : line->parts[0].mpn);
}

/* By what a line is called where its parts stand below it. */
static struct str name_of(const struct bom_line *line) {
    const struct str names[] = {item_of(line, 0), item_of(line, 1),
                                str_trim(line->description),
                                str_trim(line->refdes)};
    size_t i = 0;
    while (i + 1 < ARRAY_LEN(names) && names[i].len == 0)
        i++;
    return names[i];
}

/* How many of it there are where it sits. */
static double quantity_of(const struct rollup *rollup,
                          const struct bom_line *line) {
    struct refdes_count count =
        refdes_count(line->refdes, rollup->not_fitted,
                     rollup->boms[rollup->bom_count - 1].bom->path);
    if (!line->fitted || (count.all != 0 && count.named >= count.all))
        return 0;
    double quantity = rollup_quantity(line->quantity);
    if (str_trim(line->quantity).len == 0 && count.all != 0)
        quantity = (double)count.all;
    if (count.named == 0)
        return quantity;
    return quantity == (double)count.all ? quantity - (double)count.named : NAN;
}

/* A row without a quantity that all others are parts of. */
static bool is_top(const struct bom_line *line, int level) {
    return str_trim(line->quantity).len == 0 && level <= 0 &&
           str_trim(line->parent).len == 0 && str_trim(line->refdes).len == 0;
}

/* Where its parent column says; what levels say is known at the end. */
static bool find_parent(struct rollup *rollup, const struct bom_line *line,
                        uint32_t *out) {
    struct str parent = str_trim(line->parent);
    struct rolled_bom *bom = current(rollup);
    *out = bom->root;
    if (parent.len == 0)
        return true;
    bool ok = name_assembly(rollup, parent, out);
    bom->parent |= *out == bom->root;
    return ok;
}

static bool take_texts(struct rollup *rollup, const struct bom_line *line,
                       struct rollup_use *use) {
    for (size_t i = 0; i < ARRAY_LEN(use->names); i++)
        use->names[i] =
            arena_str(&rollup->arena, fold(rollup, item_of(line, i)));
    use->refdes = arena_str(&rollup->arena, str_trim(line->refdes));
    use->item = arena_str(&rollup->arena, fold(rollup, str_trim(line->item)));
    if (use->level.number >= 0)
        use->called = arena_str(&rollup->arena, name_of(line));
    return !rollup->key.failed && !rollup->arena.failed;
}

bool rollup_line(struct rollup *rollup, const struct bom_line *line,
                 struct err *err) {
    struct rollup_use use = {
        .line = line->line,
        .next = NO_USE,
        .quantity = quantity_of(rollup, line),
        .level = rollup_level(line->level),
    };
    void *items = rollup->uses;
    if (rollup->use_count == LINES_MAX)
        return err_set(err, ERR_LIMIT, tr("the product has more than %d lines"),
                       LINES_MAX);
    use.top = is_top(line, use.level.number);
    use.assembly = current(rollup)->root;
    if ((use.level.number < 0 && !find_parent(rollup, line, &use.assembly)) ||
        !take_texts(rollup, line, &use) ||
        !mem_grow(&items, &rollup->use_cap, rollup->use_count + 1,
                  sizeof(*rollup->uses)))
        return err_nomem(err);
    current(rollup)->levels |= str_trim(line->level).len != 0;
    current(rollup)->outline |= use.level.only_outline;
    rollup->uses = items;
    rollup->uses[rollup->use_count++] = use;
    return true;
}

static bool too_deep(const struct rollup *rollup, uint32_t use,
                     struct err *err) {
    err_set(err, ERR_LIMIT, tr("sub-assemblies are more than %d deep"),
            ROLLUP_DEPTH_MAX);
    return err_at(err, rollup->boms[rollup_bom_of(rollup, use)].path,
                  rollup->uses[use].line, 0);
}

/* ---- levels ---- */

/* The lines that a line may stand below, the highest first. */
struct steps {
    struct step items[ROLLUP_DEPTH_MAX];
    size_t count;
};

/* The line of a higher level before it. */
static bool find_above(struct rollup *rollup, struct steps *steps, int level,
                       uint32_t *out, bool *skipped) {
    while (steps->count != 0 && steps->items[steps->count - 1].level >= level)
        steps->count--;
    if (steps->count == 0)
        return true;
    struct step *above = &steps->items[steps->count - 1];
    const struct rollup_use *use = &rollup->uses[above->use];
    *skipped = level > above->level + 1;
    if (above->assembly == NO_USE) {
        if (!add_assembly(rollup, use->called, &above->assembly))
            return false;
        rollup->assemblies[above->assembly].occurs = above->use;
        rollup->uses[above->use].stands = true;
    }
    *out = above->assembly;
    return true;
}

static bool place_use(struct rollup *rollup, const struct rolled_bom *bom,
                      struct steps *steps, uint32_t number, struct err *err) {
    struct rollup_use *use = &rollup->uses[number];
    int level = bom->outline ? use->level.outline : use->level.number;
    if (use->assembly != bom->root)
        return true; /* a parent says it */
    /* Among lines with levels one without could belong anywhere. */
    if (level < 0) {
        use->quantity = NAN;
        use->unplaced = true;
        return true;
    }
    if (!find_above(rollup, steps, level, &use->assembly, &use->skipped))
        return err_nomem(err);
    if (steps->count == ROLLUP_DEPTH_MAX)
        return too_deep(rollup, number, err);
    steps->items[steps->count++] = (struct step){level, number, NO_USE};
    return true;
}

static bool place_by_levels(struct rollup *rollup, struct err *err) {
    for (size_t i = 0; i < rollup->bom_count; i++) {
        const struct rolled_bom *bom = &rollup->boms[i];
        struct steps steps = {.count = 0};
        uint32_t end = rollup_bom_end(rollup, i);
        for (uint32_t use = (uint32_t)bom->first; bom->levels && use < end;
             use++) {
            if (!place_use(rollup, bom, &steps, use, err))
                return false;
        }
    }
    return true;
}

/* ---- how often ---- */

static bool is_root(const struct rollup_assembly *assembly) {
    return assembly->occurs == NO_USE && assembly->uses == NO_USE;
}

static void hang_below(struct rollup *rollup, uint32_t number, uint32_t is) {
    struct rollup_use *use = &rollup->uses[number];
    use->next = rollup->assemblies[is].uses;
    use->stands = true;
    rollup->assemblies[is].uses = number;
}

/* By its row's number in the BOM, if a parent beside it is such a number and no
   part's. */
static void hang_by_item(struct rollup *rollup, uint32_t number) {
    const struct rollup_use *use = &rollup->uses[number];
    if (use->item.len == 0 || use->stands)
        return;
    uint32_t is = map_get(&rollup->by_name, use->item);
    if (is != MAP_NONE && is != use->assembly &&
        is_root(&rollup->assemblies[is]) &&
        rollup->assemblies[is].bom == rollup_bom_of(rollup, number))
        hang_below(rollup, number, is);
}

/* The assembly that has one of its names; or MAP_NONE. */
static uint32_t find_named(const struct map *assemblies,
                           const struct rollup_use *use) {
    uint32_t is = MAP_NONE;
    for (size_t i = 0; i < ARRAY_LEN(use->names) && is == MAP_NONE; i++) {
        if (use->names[i].len != 0)
            is = map_get(assemblies, use->names[i]);
    }
    return is;
}

static void hang_use(struct rollup *rollup, uint32_t number) {
    struct rollup_use *use = &rollup->uses[number];
    uint32_t is = find_named(&rollup->by_name, use);
    if (use->top && isnan(use->quantity))
        use->quantity = 1;
    struct rolled_bom *bom = &rollup->boms[rollup_bom_of(rollup, number)];
    /* A BOM's first row may name the BOM itself. */
    if (is == use->assembly && (use->top || number == bom->first)) {
        use->quantity = 1;
        use->stands = true;
        return;
    }
    bom->own |= use->assembly == bom->root;
    if (is != MAP_NONE)
        hang_below(rollup, number, is);
}

/* The parents that no line says the number of, by BOM. */
static void count_open(struct rollup *rollup) {
    for (uint32_t i = 0; i < rollup->count; i++) {
        struct rolled_bom *bom = &rollup->boms[rollup->assemblies[i].bom];
        bom->open_parents += i != bom->root && is_root(&rollup->assemblies[i]);
    }
}

/* What no line uses is a part of the product itself; but where several parents
   are left, or lines have none, nobody says how often. */
static double times_of(const struct rollup *rollup, uint32_t number) {
    const struct rollup_assembly *assembly = &rollup->assemblies[number];
    const struct rolled_bom *bom = &rollup->boms[assembly->bom];
    if (!is_root(assembly))
        return 0;
    if (number != bom->root && (bom->open_parents > 1 || bom->own) &&
        !str_eq_nocase(assembly->name, str_from(rollup->product)))
        return NAN;
    return bom->bom->times == 0 ? 1 : bom->bom->times;
}

static bool count_roots(struct rollup *rollup, struct err *err) {
    count_open(rollup);
    for (uint32_t i = 0; i < rollup->count; i++)
        rollup->assemblies[i].times = times_of(rollup, i);
    for (size_t i = 0; i < rollup->bom_count; i++) {
        const struct rolled_bom *bom = &rollup->boms[i];
        uint32_t use = rollup->assemblies[bom->root].uses;
        if (use == NO_USE || bom->bom->times == 0)
            continue;
        const struct rolled_bom *user =
            &rollup->boms[rollup_bom_of(rollup, use)];
        err_set(err, ERR_INVALID,
                tr("the BOM of '%s' has times, and a line that says how often "
                   "it is used"),
                bom->bom->is);
        return err_at(err, user->path, rollup->uses[use].line, 0);
    }
    return true;
}

/* From an assembly down to itself. */
static bool tell_cycle(struct rollup *rollup, const uint32_t *chain,
                       size_t depth, uint32_t use, struct err *err) {
    struct strbuf names = {.ptr = NULL};
    uint32_t last = chain[depth - 1];
    size_t start = 0;
    while (chain[start] != last)
        start++;
    for (size_t i = depth; i-- > start;) {
        struct str name = rollup->assemblies[chain[i]].name;
        if (name.len != 0)
            strbuf_printf(&names, "%s%.*s", names.len == 0 ? "" : " > ",
                          STR_ARG(name));
    }
    err_set(err, ERR_INVALID, tr("assemblies contain each other: %s"),
            names.failed ? "" : names.ptr);
    strbuf_dispose(&names);
    return err_at(err, rollup->boms[rollup_bom_of(rollup, use)].path,
                  rollup->uses[use].line, 0);
}

static bool count_assembly(struct rollup *rollup, uint32_t *chain, size_t depth,
                           struct err *err);

static bool count_use(struct rollup *rollup, uint32_t number, uint32_t *chain,
                      size_t depth, struct err *err) {
    const struct rollup_use *use = &rollup->uses[number];
    const struct rollup_assembly *above = &rollup->assemblies[use->assembly];
    chain[depth] = use->assembly;
    if (above->state == VISITING)
        return tell_cycle(rollup, chain, depth + 1, number, err);
    if (depth + 1 == ROLLUP_DEPTH_MAX)
        return too_deep(rollup, number, err);
    if (!count_assembly(rollup, chain, depth + 1, err))
        return false;
    struct rollup_assembly *below = &rollup->assemblies[chain[depth - 1]];
    below->total += use->quantity * above->total;
    if (below->depth <= above->depth)
        below->depth = above->depth + 1;
    return below->depth < ROLLUP_DEPTH_MAX || too_deep(rollup, number, err);
}

/* The last of the chain: `times`, and where it is used. */
static bool count_assembly(struct rollup *rollup, uint32_t *chain, size_t depth,
                           struct err *err) {
    struct rollup_assembly *assembly = &rollup->assemblies[chain[depth - 1]];
    if (assembly->state == KNOWN)
        return true;
    assembly->state = VISITING;
    assembly->total = assembly->times;
    if (assembly->occurs != NO_USE &&
        !count_use(rollup, assembly->occurs, chain, depth, err))
        return false;
    for (uint32_t use = assembly->uses; use != NO_USE;
         use = rollup->uses[use].next) {
        if (!count_use(rollup, use, chain, depth, err))
            return false;
    }
    assembly->state = KNOWN;
    return true;
}

/* The names of a line that others stand below. */
static bool add_names(struct map *apart, const struct rollup_use *use,
                      uint32_t assembly) {
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LEN(use->names); i++) {
        struct str name = use->names[i];
        if (name.len != 0 && map_get(apart, name) == MAP_NONE)
            ok = map_put(apart, name, assembly);
    }
    return ok;
}

/* What is taken apart once is the same wherever it is listed again. */
static bool hang_unexpanded(struct rollup *rollup) {
    struct map apart = {.slots = NULL};
    bool ok = true;
    for (uint32_t i = 0; ok && i < rollup->count; i++) {
        uint32_t use = rollup->assemblies[i].occurs;
        ok = use == NO_USE || add_names(&apart, &rollup->uses[use], i);
    }
    for (uint32_t i = 0; ok && i < rollup->use_count; i++) {
        const struct rollup_use *use = &rollup->uses[i];
        uint32_t is = use->stands ? MAP_NONE : find_named(&apart, use);
        if (is != MAP_NONE && is != use->assembly)
            hang_below(rollup, i, is);
    }
    map_dispose(&apart);
    return ok;
}

/* Below its parent, by name: the number of the first line that says so. */
static bool find_twice(struct rollup *rollup, struct map *seen, uint32_t number,
                       uint32_t *first) {
    struct rollup_use *use = &rollup->uses[number];
    struct str name = use->names[use->names[0].len == 0];
    strbuf_clear(&rollup->key);
    strbuf_printf(&rollup->key, "%u ", (unsigned)use->assembly);
    strbuf_add(&rollup->key, name);
    *first = map_get(seen, strbuf_str(&rollup->key));
    if (*first != MAP_NONE)
        return !rollup->key.failed;
    struct str key = arena_str(&rollup->arena, strbuf_str(&rollup->key));
    return !rollup->key.failed && !rollup->arena.failed &&
           map_put(seen, key, number);
}

/* An assembly that is listed wherever it is used has its parts as often: which
   lines are the same parts again nobody can tell, but by their designators. */
static bool mark_twice(struct rollup *rollup) {
    struct map seen = {.slots = NULL};
    bool ok = true;
    for (uint32_t i = 0; ok && i < rollup->use_count; i++) {
        struct rollup_use *use = &rollup->uses[i];
        const struct rollup_assembly *in = &rollup->assemblies[use->assembly];
        bool named = use->names[0].len + use->names[1].len != 0;
        uint32_t first;
        if (!named || in->occurs != NO_USE ||
            use->assembly == rollup->boms[rollup_bom_of(rollup, i)].root)
            continue;
        ok = find_twice(rollup, &seen, i, &first);
        if (!ok || first == MAP_NONE ||
            !str_eq(use->refdes, rollup->uses[first].refdes))
            continue;
        use->twice = rollup->uses[first].twice = true;
        use->quantity = rollup->uses[first].quantity = NAN;
    }
    map_dispose(&seen);
    return ok;
}

bool rollup_finish(struct rollup *rollup, struct err *err) {
    uint32_t chain[ROLLUP_DEPTH_MAX];
    if (!place_by_levels(rollup, err))
        return false;
    for (uint32_t i = 0; i < rollup->use_count; i++)
        hang_use(rollup, i);
    for (uint32_t i = 0; i < rollup->use_count; i++)
        hang_by_item(rollup, i);
    if (!hang_unexpanded(rollup) || !mark_twice(rollup))
        return err_nomem(err);
    if (!count_roots(rollup, err))
        return false;
    for (uint32_t i = 0; i < rollup->count; i++) {
        chain[0] = i;
        if (!count_assembly(rollup, chain, 1, err))
            return false;
    }
    return true;
}
