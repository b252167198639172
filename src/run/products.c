#include "run/products.h"

#include <string.h>

#include "core/date.h"
#include "core/lang.h"
#include "ruleset/yaml_load.h"
#include "ruleset/yaml_place.h"

/* Products on their way. */
struct taking {
    struct arena *arena;
    struct str folder, text;
    struct err *err;
};

/* "products 0 boms 2": where it stands. */
static uint32_t line_of(const struct taking *t, struct str place) {
    return yaml_line_of_path(t->text, place);
}

static bool refuse(const struct taking *t, uint32_t line) {
    t->err->line = line;
    return false;
}

static const char *keep(struct taking *t, const char *text) {
    return text == NULL ? NULL : arena_str(t->arena, str_from(text)).ptr;
}

static const char *keep_path(struct taking *t, const char *path) {
    return path[0] == '/' || str_eq(t->folder, STR_LIT("."))
               ? keep(t, path)
               : arena_printf(t->arena, "%.*s/%s", STR_ARG(t->folder), path)
                     .ptr;
}

/* NULL when memory is out. */
static struct product_word *read_words(struct taking *t, struct str place,
                                       const char *key, char *const *words,
                                       size_t count) {
    struct product_word *items = arena_array(t->arena, count, sizeof(*items));
    for (size_t i = 0; items != NULL && i < count; i++) {
        struct str at =
            arena_printf(t->arena, "%.*s %s %zu", STR_ARG(place), key, i);
        items[i] = (struct product_word){.text = keep(t, words[i]),
                                         .line = line_of(t, at)};
    }
    if (items == NULL)
        err_nomem(t->err);
    return items;
}

static bool take_words(struct taking *t, struct str place, const char *key,
                       char *const *words, size_t count,
                       struct product_words *out) {
    struct product_word *items = read_words(t, place, key, words, count);
    *out = (struct product_words){items, items == NULL ? 0 : count};
    return items != NULL;
}

#define TIMES_DIGITS_MAX 9

/* In one product; 0: it is not said. */
static bool take_times(struct taking *t, struct str at, const char *text,
                       unsigned *out) {
    struct str times = str_from(text);
    *out = (unsigned)str_number(times);
    if (text == NULL ||
        (str_is_digits(times) && *out != 0 && times.len <= TIMES_DIGITS_MAX))
        return true;
    err_set(t->err, ERR_INVALID,
            tr("times: '%s' is no whole number of 1 to 999999999; it says how "
               "often the BOM is in the product"),
            text);
    return refuse(
        t, line_of(t, arena_printf(t->arena, "%.*s times", STR_ARG(at))));
}

static bool take_bom(struct taking *t, struct str at,
                     const struct yaml_product_bom *yaml,
                     struct product_bom *out) {
    *out = (struct product_bom){
        .path = keep_path(t, yaml->path),
        .is = keep(t, yaml->is),
        .line = line_of(t, at),
    };
    return take_times(t, at, yaml->times, &out->times);
}

static bool check_bom(struct taking *t, const struct product_bom *items,
                      size_t i, const char *path) {
    for (size_t k = 0; k < i; k++) {
        bool same = strcmp(items[k].path, items[i].path) == 0;
        if (same)
            err_set(t->err, ERR_INVALID,
                    tr("the BOM '%s' stands twice; say how often with times"),
                    path);
        else if (items[k].is != NULL && items[i].is != NULL &&
                 str_eq_nocase(str_from(items[k].is), str_from(items[i].is)))
            err_set(t->err, ERR_INVALID,
                    tr("is: '%s' stands at two BOMs; other BOMs' lines mean "
                       "one of them"),
                    items[i].is);
        else
            continue;
        return refuse(t, items[i].line);
    }
    return true;
}

static bool take_boms(struct taking *t, struct str place,
                      const struct yaml_product_bom *yaml, size_t count,
                      struct product_boms *out) {
    struct product_bom *items = arena_array(t->arena, count, sizeof(*items));
    bool ok = items != NULL || err_nomem(t->err);
    for (size_t i = 0; ok && i < count; i++) {
        struct str at =
            arena_printf(t->arena, "%.*s boms %zu", STR_ARG(place), i);
        ok = take_bom(t, at, &yaml[i], &items[i]) &&
             (!t->arena->failed || err_nomem(t->err)) &&
             check_bom(t, items, i, yaml[i].path);
    }
    *out = (struct product_boms){items, count};
    return ok;
}

/* The two kinds of answers apart. */
static bool take_facts(struct taking *t, struct str place,
                       const struct yaml_product *yaml, struct product *out) {
    struct product_word *items[2];
    size_t counts[2] = {0, 0};
    for (size_t k = 0; k < 2; k++) {
        items[k] = arena_array(t->arena, yaml->facts_count, sizeof(*items[k]));
        if (items[k] == NULL)
            return err_nomem(t->err);
    }
    for (size_t i = 0; i < yaml->facts_count; i++) {
        const struct yaml_fact *fact = &yaml->facts[i];
        struct str at =
            arena_printf(t->arena, "%.*s facts %zu", STR_ARG(place), i);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(yaml->facts[k].profile, fact->profile) != 0)
                continue;
            err_set(t->err, ERR_INVALID, tr("the fact '%s' stands twice"),
                    fact->profile);
            return refuse(t, line_of(t, at));
        }
        bool applies;
        if (!yaml_yes_no(fact->applies, &applies)) {
            err_set(t->err, ERR_INVALID,
                    tr("applies: '%s' is neither yes nor no"), fact->applies);
            return refuse(t, line_of(t, arena_printf(t->arena, "%.*s applies",
                                                     STR_ARG(at))));
        }
        items[applies][counts[applies]++] = (struct product_word){
            .text = keep(t, fact->profile), .line = line_of(t, at)};
    }
    out->no = (struct product_words){items[0], counts[0]};
    out->yes = (struct product_words){items[1], counts[1]};
    if (yaml->facts_count == 0 || out->markets.count != 0)
        return true;
    err_set(t->err, ERR_INVALID,
            tr("facts answer what the profile of a market leaves open, and "
               "the product '%s' has no markets"),
            yaml->name);
    return refuse(t, out->line);
}

/* "power.csv:U1" is meant in that BOM alone. */
static bool take_designator(struct taking *t, const struct product_boms *boms,
                            struct product_word *word) {
    const char *colon = strrchr(word->text, ':');
    if (colon == NULL)
        return true;
    const char *path =
        arena_printf(t->arena, "%.*s", (int)(colon - word->text), word->text)
            .ptr;
    path = path == NULL ? NULL : keep_path(t, path);
    if (t->arena->failed)
        return err_nomem(t->err);
    for (size_t i = 0; i < boms->count; i++) {
        if (strcmp(boms->items[i].path, path) == 0)
            word->bom = boms->items[i].path;
    }
    if (word->bom == NULL) {
        err_set(t->err, ERR_INVALID,
                tr("not-fitted: '%s' names no BOM of the product before the "
                   "colon; write its path as it stands under boms"),
                word->text);
        return refuse(t, word->line);
    }
    word->text = colon + 1;
    return true;
}

/* `boms`: of the product, if the variant has none of its own. */
static bool take_not_fitted(struct taking *t, struct str place,
                            const struct yaml_variant *yaml,
                            const struct product_boms *boms,
                            struct product_words *out) {
    struct product_word *items = read_words(
        t, place, "not-fitted", yaml->not_fitted, yaml->not_fitted_count);
    bool ok = items != NULL && (!t->arena->failed || err_nomem(t->err));
    for (size_t i = 0; ok && i < yaml->not_fitted_count; i++)
        ok = take_designator(t, boms, &items[i]);
    *out = (struct product_words){items, ok ? yaml->not_fitted_count : 0};
    return ok;
}

static bool take_variant(struct taking *t, struct str place,
                         const struct yaml_variant *yaml,
                         const struct product_boms *boms,
                         struct product_variant *out) {
    *out = (struct product_variant){
        .name = keep(t, yaml->name),
        .line = line_of(t, place),
    };
    return take_words(t, place, "markets", yaml->markets, yaml->markets_count,
                      &out->markets) &&
           take_boms(t, place, yaml->boms, yaml->boms_count, &out->boms) &&
           take_not_fitted(t, place, yaml,
                           out->boms.count != 0 ? &out->boms : boms,
                           &out->not_fitted);
}

static bool take_variants(struct taking *t, struct str place,
                          const struct yaml_product *yaml,
                          struct product *out) {
    struct product_variant *items =
        arena_array(t->arena, yaml->variants_count, sizeof(*items));
    bool ok = items != NULL || err_nomem(t->err);
    for (size_t i = 0; ok && i < yaml->variants_count; i++) {
        struct str at =
            arena_printf(t->arena, "%.*s variants %zu", STR_ARG(place), i);
        ok = take_variant(t, at, &yaml->variants[i], &out->boms, &items[i]);
        out->variants = items;
        if (ok && product_find_variant(out, items[i].name) != NULL) {
            err_set(t->err, ERR_INVALID, tr("the variant '%s' stands twice"),
                    items[i].name);
            ok = refuse(t, items[i].line);
        }
        out->variant_count = i + 1;
    }
    return ok;
}

static bool take_day(struct taking *t, struct str place, const char *key,
                     const char *value, struct product_word *out) {
    int32_t day;
    struct str at = arena_printf(t->arena, "%.*s %s", STR_ARG(place), key);
    *out = (struct product_word){.text = keep(t, value),
                                 .line = value == NULL ? 0 : line_of(t, at)};
    if (value == NULL || date_parse(str_from(value), &day))
        return true;
    err_set(t->err, ERR_INVALID, tr("%s '%s' is no day; write YYYY-MM-DD"), key,
            value);
    return refuse(t, out->line);
}

static bool take_product(struct taking *t, struct str place,
                         const struct yaml_product *yaml, struct product *out) {
    *out = (struct product){
        .name = keep(t, yaml->name),
        .line = line_of(t, place),
        .revision = keep(t, yaml->revision),
    };
    return take_boms(t, place, yaml->boms, yaml->boms_count, &out->boms) &&
           take_words(t, place, "markets", yaml->markets, yaml->markets_count,
                      &out->markets) &&
           take_facts(t, place, yaml, out) &&
           take_day(t, place, "sold-until", yaml->sold_until,
                    &out->sold_until) &&
           take_day(t, place, "contract", yaml->contract, &out->contract) &&
           take_variants(t, place, yaml, out);
}

bool products_take(struct products *out, struct arena *arena,
                   const struct yaml_product *yaml, size_t count,
                   struct str folder, struct str text, struct err *err) {
    struct taking taking = {arena, folder, text, err};
    struct product *items = arena_array(arena, count, sizeof(*items));
    bool ok = items != NULL || err_nomem(err);
    *out = (struct products){.items = items};
    for (size_t i = 0; ok && i < count; i++) {
        struct str place = arena_printf(arena, "products %zu", i);
        ok = take_product(&taking, place, &yaml[i], &items[i]);
        if (ok && products_find(out, items[i].name) != NULL) {
            err_set(err, ERR_INVALID, tr("the product '%s' stands twice"),
                    items[i].name);
            ok = refuse(&taking, items[i].line);
        }
        out->count = i + 1;
    }
    return ok && (!arena->failed || err_nomem(err));
}

const struct product *products_find(const struct products *products,
                                    const char *name) {
    for (size_t i = 0; i < products->count; i++) {
        if (strcmp(products->items[i].name, name) == 0)
            return &products->items[i];
    }
    return NULL;
}

const struct product_variant *product_find_variant(
    const struct product *product, const char *name) {
    for (size_t i = 0; i < product->variant_count; i++) {
        if (strcmp(product->variants[i].name, name) == 0)
            return &product->variants[i];
    }
    return NULL;
}
