#include "screen/known_parts.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/mem.h"
#include "maker/family.h"
#include "maker/mpn.h"
#include "ruleset/name.h"

/* Shorter ones name no one part, unless the next character is of another
   kind: "EC25" goes on in "EC25-E", not in "EC250". */
#define BASE_NUMBER_MIN 8
#define SHORT_BASE_MIN 4

struct keyed_replacement {
    struct str key; /* of the part that it replaces */
    uint32_t cross, of, by;
};

struct known_parts {
    const struct ruleset *rules;
    struct arena arena;
    struct mpn_matcher matcher;
    struct map numbers; /* key -> index into `parts` */
    struct strbuf key;
    struct known_part **parts; /* in the arena: they stay where they are */
    size_t count, cap;
    bool *read; /* of each family: its examples are among them */
    struct known_replacement *replacements; /* sorted like `keyed` */
    struct keyed_replacement *keyed;
    size_t replacement_count;
};

bool known_source(const char *source) {
    return *source != '\0' &&
           !str_starts(str_from(source), STR_LIT("unconfirmed"));
}

/* The facts of a number, and its maker where it says so for sure. With a party
   given, what the number says of a part of that party. */
static bool read_number(struct known_parts *parts, struct str mpn,
                        struct known_part *out) {
    struct mpn_match match;
    out->facts = (struct part_facts){
        .category = RULES_NONE, .family = RULES_NONE, .category_source = ""};
    out->facts.package = out->facts.temperature = out->facts.interface = "";
    if (!mpn_match_number(&parts->matcher, mpn, &match))
        return false;
    for (size_t i = 0; i < match.count; i++) {
        const struct mpn_hit *hit = &match.hits[i];
        bool sure = hit->tier == RULES_TIER_HIGH && !hit->ambiguous;
        if (out->party == RULES_NONE && !sure)
            continue;
        if (out->party != RULES_NONE &&
            !maker_linked(parts->rules, out->party, hit->party))
            continue;
        if (out->party == RULES_NONE)
            out->party = hit->party;
        out->facts = hit->facts;
        break;
    }
    return true;
}

static bool append(struct known_parts *parts, const struct known_part *part,
                   uint32_t *number) {
    void *items = parts->parts;
    struct str key = arena_str(&parts->arena, strbuf_str(&parts->key));
    struct known_part *kept = arena_alloc(&parts->arena, sizeof(*kept));
    if (parts->arena.failed || parts->key.failed ||
        !mem_grow(&items, &parts->cap, parts->count + 1, sizeof(*parts->parts)))
        return false;
    *kept = *part;
    parts->parts = items;
    parts->parts[parts->count] = kept;
    *number = (uint32_t)parts->count++;
    return map_put(&parts->numbers, key, *number);
}

/* One number stands for one part, whoever names it. */
static bool add_number(struct known_parts *parts, uint32_t text, uint32_t party,
                       const char *source, uint32_t *number) {
    struct known_part part = {
        .party = party,
        .mpn = rules_text(parts->rules, text),
        .source = source,
    };
    mpn_key(&parts->key, str_from(part.mpn));
    *number = map_get(&parts->numbers, strbuf_str(&parts->key));
    if (*number == MAP_NONE &&
        (!read_number(parts, str_from(part.mpn), &part) ||
         !append(parts, &part, number)))
        return false;
    struct known_part *known = parts->parts[*number];
    if (known->party == RULES_NONE)
        known->party = party;
    if (!known_source(known->source) && known_source(source))
        known->source = source;
    return true;
}

static bool add_cross(struct known_parts *parts, uint32_t number) {
    const struct rules_cross *cross = rules_cross(parts->rules, number);
    const char *source = rules_text(parts->rules, cross->source);
    struct keyed_replacement *there = &parts->keyed[parts->replacement_count];
    struct keyed_replacement *back = there + 1;
    uint32_t of, by;
    if (!add_number(parts, cross->to, cross->to_party, source, &by) ||
        !add_number(parts, cross->from, RULES_NONE, source, &of))
        return false;
    parts->parts[of]->replacements++;
    parts->parts[by]->replacements++;
    mpn_key(&parts->key, str_from(parts->parts[by]->mpn));
    *there = (struct keyed_replacement){
        .key = rules_str(parts->rules, cross->from_key),
        .cross = number,
        .of = of,
        .by = by,
    };
    *back = (struct keyed_replacement){
        .key = arena_str(&parts->arena, strbuf_str(&parts->key)),
        .cross = number,
        .of = by,
        .by = of,
    };
    parts->replacement_count += 2;
    return !parts->arena.failed && !parts->key.failed;
}

static bool add_examples(struct known_parts *parts, uint32_t number) {
    const struct ruleset *rules = parts->rules;
    const struct rules_family *family = rules_family(rules, number);
    const char *source = "";
    if (family->examples.count != 0)
        source = arena_printf(&parts->arena, "rules/parts, %s",
                              rules_text(rules, family->id))
                     .ptr;
    for (uint32_t i = 0; i < family->examples.count; i++) {
        uint32_t known;
        if (parts->arena.failed ||
            !add_number(parts, rules_item(rules, family->examples, i),
                        family->party, source, &known))
            return false;
    }
    return true;
}

static int by_key(const void *a, const void *b) {
    const struct keyed_replacement *left = a, *right = b;
    int order = str_cmp(left->key, right->key);
    if (order != 0)
        return order;
    if (left->cross != right->cross)
        return left->cross < right->cross ? -1 : 1;
    return left->by < right->by ? -1 : left->by > right->by;
}

static bool link_replacements(struct known_parts *parts) {
    parts->replacements =
        mem_calloc(parts->replacement_count + 1, sizeof(*parts->replacements));
    if (parts->replacements == NULL)
        return false;
    if (parts->replacement_count > 1)
        qsort(parts->keyed, parts->replacement_count, sizeof(*parts->keyed),
              by_key);
    for (size_t i = 0; i < parts->replacement_count; i++) {
        const struct keyed_replacement *from = &parts->keyed[i];
        parts->replacements[i] = (struct known_replacement){
            .cross = rules_cross(parts->rules, from->cross),
            .of = parts->parts[from->of],
            .by = parts->parts[from->by],
        };
    }
    return true;
}

static bool load(struct known_parts *parts) {
    uint32_t crosses = rules_cross_count(parts->rules);
    parts->keyed = mem_calloc(2 * (size_t)crosses + 1, sizeof(*parts->keyed));
    parts->read =
        mem_calloc(rules_family_count(parts->rules) + 1, sizeof(*parts->read));
    bool ok = mpn_matcher_init(&parts->matcher, parts->rules) &&
              parts->keyed != NULL && parts->read != NULL;
    for (uint32_t i = 0; ok && i < crosses; i++)
        ok = add_cross(parts, i);
    return ok && link_replacements(parts);
}

struct known_parts *known_parts_new(const struct ruleset *rules) {
    struct known_parts *parts = mem_calloc(1, sizeof(*parts));
    if (parts == NULL)
        return NULL;
    parts->rules = rules;
    if (load(parts))
        return parts;
    known_parts_free(parts);
    return NULL;
}

void known_parts_free(struct known_parts *parts) {
    if (parts == NULL)
        return;
    mpn_matcher_dispose(&parts->matcher);
    map_dispose(&parts->numbers);
    strbuf_dispose(&parts->key);
    arena_dispose(&parts->arena);
    mem_free(parts->read);
    mem_free(parts->keyed);
    mem_free(parts->replacements);
    mem_free(parts->parts);
    mem_free(parts);
}

const struct known_part *const *known_parts_of_kind(struct known_parts *parts,
                                                    uint32_t category,
                                                    size_t *count) {
    for (uint32_t i = 0; i < rules_family_count(parts->rules); i++) {
        if (parts->read[i] || !family_is_of_kind(parts->rules, i, category))
            continue;
        parts->read[i] = true;
        if (!add_examples(parts, i))
            return NULL;
    }
    *count = parts->count;
    return (const struct known_part *const *)parts->parts;
}

/* The first replacement whose key is not below `key`. */
static size_t lower_bound(const struct known_parts *parts, struct str key) {
    size_t low = 0, high = parts->replacement_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(parts->keyed[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_base(struct str key, size_t len) {
    return len == key.len || len >= BASE_NUMBER_MIN ||
           (len >= SHORT_BASE_MIN &&
            ascii_is_digit(key.ptr[len]) != ascii_is_digit(key.ptr[len - 1]));
}

size_t known_parts_replacements(const struct known_parts *parts, struct str key,
                                size_t *len,
                                const struct known_replacement **first) {
    while (*len >= SHORT_BASE_MIN) {
        size_t base_len = (*len)--;
        struct str base = str_take(key, base_len);
        if (!is_base(key, base_len))
            continue;
        size_t begin = lower_bound(parts, base), end = begin;
        while (end < parts->replacement_count &&
               str_eq(parts->keyed[end].key, base))
            end++;
        *first = &parts->replacements[begin];
        if (end != begin)
            return end - begin;
    }
    return 0;
}
