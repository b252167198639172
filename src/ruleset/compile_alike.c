#include <stdlib.h>

#include "core/mem.h"
#include "ruleset/alike.h"
#include "ruleset/builder.h"

/* A key of a name: the key above, the name's number below. */
struct pairs {
    uint64_t *items;
    size_t count, cap;
    bool failed;
};

static void add_pair(struct pairs *pairs, uint32_t key, uint32_t name) {
    void *items = pairs->items;
    if (!mem_grow(&items, &pairs->cap, pairs->count + 1, sizeof(uint64_t))) {
        pairs->failed = true;
        return;
    }
    pairs->items = items;
    pairs->items[pairs->count++] = (uint64_t)key << 32 | name;
}

static int by_value(const void *a, const void *b) {
    const uint64_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* In order, each once. */
static void settle_pairs(struct pairs *pairs) {
    size_t kept = 0;
    if (pairs->count > 1)
        qsort(pairs->items, pairs->count, sizeof(uint64_t), by_value);
    for (size_t i = 0; i < pairs->count; i++)
        if (kept == 0 || pairs->items[i] != pairs->items[kept - 1])
            pairs->items[kept++] = pairs->items[i];
    pairs->count = kept;
}

static uint32_t key_of(uint64_t pair) { return (uint32_t)(pair >> 32); }

/* What can be misspelt or misspaced: the short ones match exactly, and what is
   somebody else's name is nothing to propose. */
static bool can_be_alike(const struct rules_name *name,
                         const struct rules_shape *shape) {
    return name->kind != RULES_NAME_NOT && shape->words <= ALIKE_WORDS_MAX &&
           shape->letters > NAME_SHORT;
}

static void add_keys(struct builder *builder, struct pairs *grams,
                     struct pairs *wholes) {
    const struct builder_section *names = &builder->sections[SECTION_NAMES];
    const char *texts = builder->sections[SECTION_TEXT].items;
    for (uint32_t i = 0; i < names->count; i++) {
        const struct rules_name *name = names->items;
        struct str text = str_from(texts + name[i].text);
        struct rules_shape shape = alike_shape(text);
        builder_add(builder, SECTION_SHAPES, &shape);
        if (!can_be_alike(&name[i], &shape))
            continue;
        for (size_t g = 0; g < alike_gram_count(text); g++)
            add_pair(grams, alike_gram(text, g), i);
        add_pair(wholes, alike_letters_key(text), i);
        if (str_find_char(text, ' ') >= 0)
            add_pair(wholes, alike_words_key(text), i);
    }
}

static void write_wholes(struct builder *builder, const struct pairs *pairs) {
    for (size_t i = 0; i < pairs->count; i++) {
        struct rules_alike alike = {key_of(pairs->items[i]),
                                    (uint32_t)pairs->items[i]};
        builder_add(builder, SECTION_ALIKE, &alike);
    }
}

static size_t count_keys(const struct pairs *pairs) {
    size_t count = 0;
    for (size_t i = 0; i < pairs->count; i++)
        count +=
            i == 0 || key_of(pairs->items[i]) != key_of(pairs->items[i - 1]);
    return count;
}

/* A hash table, at most half full, of runs of names. */
static void write_grams(struct builder *builder, const struct pairs *pairs) {
    struct rules_gram none = {0, {0, 0}};
    uint32_t size = 16, keys = (uint32_t)count_keys(pairs);
    while (size < 2 * keys)
        size *= 2;
    for (uint32_t i = 0; i < size; i++)
        builder_add(builder, SECTION_GRAMS, &none);
    for (size_t i = 0; !builder->failed && i < pairs->count;) {
        uint32_t key = key_of(pairs->items[i]), at = alike_slot(key);
        struct rules_gram *gram;
        do
            gram = builder_get(builder, SECTION_GRAMS, at++ & (size - 1));
        while (gram->key != 0);
        gram->key = key;
        gram->names.first = builder_count(builder, SECTION_POSTINGS);
        for (; i < pairs->count && key_of(pairs->items[i]) == key; i++) {
            uint32_t name = (uint32_t)pairs->items[i];
            builder_add(builder, SECTION_POSTINGS, &name);
            gram->names.count++;
        }
    }
}

void compile_alike(struct builder *builder) {
    struct pairs grams = {.items = NULL}, wholes = {.items = NULL};
    add_keys(builder, &grams, &wholes);
    settle_pairs(&grams);
    settle_pairs(&wholes);
    write_wholes(builder, &wholes);
    write_grams(builder, &grams);
    if (grams.failed || wholes.failed)
        builder->failed = true;
    mem_free(grams.items);
    mem_free(wholes.items);
}
