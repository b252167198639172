#include "ruleset/ruleset.h"

#include <assert.h>

#include "core/mem.h"
#include "ruleset/alike.h"
#include "ruleset/index.h"
#include "ruleset/name.h"

struct ruleset {
    const unsigned char *bytes;
    const struct index_header *header;
    void *adopted; /* NULL when the bytes belong to somebody else */
    struct name_words words;
    struct str *legal_forms, *generic; /* what `words` points to */
};

const uint32_t index_element_size[SECTION_COUNT] = {
    [SECTION_TEXT] = 1,
    [SECTION_ITEMS] = sizeof(uint32_t),
    [SECTION_PARTIES] = sizeof(struct rules_party),
    [SECTION_NAMES] = sizeof(struct rules_name),
    [SECTION_SLOTS] = sizeof(struct index_slot),
    [SECTION_SHAPES] = sizeof(struct rules_shape),
    [SECTION_ALIKE] = sizeof(struct rules_alike),
    [SECTION_GRAMS] = sizeof(struct rules_gram),
    [SECTION_POSTINGS] = sizeof(uint32_t),
    [SECTION_LINKS] = sizeof(struct rules_link),
    [SECTION_SOURCES] = sizeof(struct rules_source),
    [SECTION_MEASURES] = sizeof(struct rules_measure),
    [SECTION_CLAUSES] = sizeof(struct rules_clause),
    [SECTION_LISTINGS] = sizeof(struct rules_listing),
    [SECTION_APPROVALS] = sizeof(struct rules_approval),
    [SECTION_PROFILES] = sizeof(struct rules_profile),
    [SECTION_CATEGORIES] = sizeof(struct rules_category),
    [SECTION_TABLES] = sizeof(struct rules_table),
    [SECTION_CODES] = sizeof(struct rules_code),
    [SECTION_FAMILIES] = sizeof(struct rules_family),
    [SECTION_STEPS] = sizeof(struct pattern_op),
    [SECTION_CROSSES] = sizeof(struct rules_cross),
    [SECTION_WORDS] = sizeof(struct rules_words),
    [SECTION_FILES] = sizeof(struct rules_file),
};

/* Every text ends within its section, and the three of the header lie there. */
static bool has_texts(const struct index_header *header) {
    const struct index_place *place = &header->sections[SECTION_TEXT];
    const char *texts = (const char *)header + place->offset;
    return place->count != 0 && texts[place->count - 1] == '\0' &&
           header->version < place->count && header->licence < place->count &&
           header->sha256 < place->count;
}

/* A power of two with a free slot: else a search would never end. */
static bool has_slots(const struct index_header *header) {
    uint64_t slots = header->sections[SECTION_SLOTS].count;
    uint64_t names = header->sections[SECTION_NAMES].count;
    return (slots & (slots - 1)) == 0 && (slots > names || names == 0);
}

static bool is_index(const struct index_header *header, size_t size) {
    if (size < sizeof(*header) || header->magic != INDEX_MAGIC ||
        header->size != size)
        return false;
    for (int i = 0; i < SECTION_COUNT; i++) {
        const struct index_place *place = &header->sections[i];
        if (place->offset > size || place->offset % sizeof(uint64_t) != 0 ||
            place->count > (size - place->offset) / index_element_size[i])
            return false;
    }
    return has_texts(header) && has_slots(header);
}

static bool list_words(const struct ruleset *rules, const char *name,
                       struct str **out, size_t *count) {
    struct rules_run run = rules_find_words(rules, str_from(name));
    struct str *list = mem_calloc(run.count, sizeof(*list));
    if (list == NULL)
        return false;
    for (uint32_t i = 0; i < run.count; i++)
        list[i] = rules_str(rules, rules_item(rules, run, i));
    *out = list;
    *count = run.count;
    return true;
}

static bool load_name_words(struct ruleset *rules) {
    struct name_words *words = &rules->words;
    if (!list_words(rules, "legal-form", &rules->legal_forms,
                    &words->legal_form_count) ||
        !list_words(rules, "generic-word", &rules->generic,
                    &words->generic_count))
        return false;
    words->legal_forms = rules->legal_forms;
    words->generic = rules->generic;
    return true;
}

static bool open_index(struct ruleset **out, const void *bytes, size_t size,
                       void *adopted, struct err *err) {
    if (!is_index(bytes, size))
        return err_set(err, ERR_INVALID,
                       "this is not a rule index of this program's version");
    struct ruleset *rules = mem_calloc(1, sizeof(*rules));
    if (rules == NULL)
        return err_nomem(err);
    rules->bytes = bytes;
    rules->header = bytes;
    if (!load_name_words(rules)) {
        ruleset_close(rules);
        return err_nomem(err);
    }
    rules->adopted = adopted;
    *out = rules;
    return true;
}

bool ruleset_open(struct ruleset **out, const void *bytes, size_t size,
                  struct err *err) {
    return open_index(out, bytes, size, NULL, err);
}

bool ruleset_adopt(struct ruleset **out, void *bytes, size_t size,
                   struct err *err) {
    if (open_index(out, bytes, size, bytes, err))
        return true;
    mem_free(bytes);
    return false;
}

void ruleset_close(struct ruleset *rules) {
    if (rules == NULL)
        return;
    mem_free(rules->legal_forms);
    mem_free(rules->generic);
    mem_free(rules->adopted);
    mem_free(rules);
}

const struct name_words *rules_name_words(const struct ruleset *rules) {
    return &rules->words;
}

const char *ruleset_version(const struct ruleset *rules) {
    return rules_text(rules, rules->header->version);
}

const char *ruleset_sha256(const struct ruleset *rules) {
    return rules_text(rules, rules->header->sha256);
}

int32_t ruleset_known_to(const struct ruleset *rules) {
    return rules->header->known_to;
}

static uint32_t section_count(const struct ruleset *rules,
                              enum index_section section) {
    return (uint32_t)rules->header->sections[section].count;
}

static const void *element(const struct ruleset *rules,
                           enum index_section section, uint32_t index) {
    const struct index_place *place = &rules->header->sections[section];
    assert(index < place->count);
    return rules->bytes + place->offset +
           (size_t)index * index_element_size[section];
}

const char *rules_text(const struct ruleset *rules, uint32_t text) {
    return element(rules, SECTION_TEXT, text);
}

/* As str_cmp() does, without asking first how long the text is. */
static int compare_text(const struct ruleset *rules, uint32_t number,
                        struct str key) {
    const char *text = rules_text(rules, number);
    for (size_t i = 0; i < key.len; i++) {
        unsigned char have = (unsigned char)text[i];
        unsigned char want = (unsigned char)key.ptr[i];
        if (have == '\0' || have < want)
            return -1;
        if (have > want)
            return 1;
    }
    return text[key.len] != '\0';
}

struct str rules_str(const struct ruleset *rules, uint32_t text) {
    return str_from(rules_text(rules, text));
}

uint32_t rules_party_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_PARTIES);
}

const struct rules_party *rules_party(const struct ruleset *rules,
                                      uint32_t index) {
    return element(rules, SECTION_PARTIES, index);
}

uint32_t rules_measure_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_MEASURES);
}

const struct rules_measure *rules_measure(const struct ruleset *rules,
                                          uint32_t index) {
    return element(rules, SECTION_MEASURES, index);
}

uint32_t rules_clause_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_CLAUSES);
}

const struct rules_clause *rules_clause(const struct ruleset *rules,
                                        uint32_t index) {
    return element(rules, SECTION_CLAUSES, index);
}

uint32_t rules_profile_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_PROFILES);
}

const struct rules_profile *rules_profile(const struct ruleset *rules,
                                          uint32_t index) {
    return element(rules, SECTION_PROFILES, index);
}

uint32_t rules_category_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_CATEGORIES);
}

const struct rules_category *rules_category(const struct ruleset *rules,
                                            uint32_t index) {
    return element(rules, SECTION_CATEGORIES, index);
}

uint32_t rules_family_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_FAMILIES);
}

const struct rules_family *rules_family(const struct ruleset *rules,
                                        uint32_t index) {
    return element(rules, SECTION_FAMILIES, index);
}

uint32_t rules_cross_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_CROSSES);
}

const struct rules_cross *rules_cross(const struct ruleset *rules,
                                      uint32_t index) {
    return element(rules, SECTION_CROSSES, index);
}

uint32_t rules_file_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_FILES);
}

const struct rules_file *rules_file(const struct ruleset *rules,
                                    uint32_t index) {
    return element(rules, SECTION_FILES, index);
}

uint32_t rules_name_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_NAMES);
}

uint32_t rules_words_count(const struct ruleset *rules) {
    return section_count(rules, SECTION_WORDS);
}

const struct rules_words *rules_words(const struct ruleset *rules,
                                      uint32_t index) {
    return element(rules, SECTION_WORDS, index);
}

const struct rules_name *rules_name(const struct ruleset *rules, uint32_t i) {
    return element(rules, SECTION_NAMES, i);
}

const struct rules_shape *rules_shape(const struct ruleset *rules,
                                      uint32_t name) {
    return element(rules, SECTION_SHAPES, name);
}

const struct rules_alike *rules_alike(const struct ruleset *rules, uint32_t i) {
    return element(rules, SECTION_ALIKE, i);
}

uint32_t rules_posting(const struct ruleset *rules, uint32_t i) {
    const uint32_t *name = element(rules, SECTION_POSTINGS, i);
    return *name;
}

const struct rules_link *rules_link(const struct ruleset *rules, uint32_t i) {
    return element(rules, SECTION_LINKS, i);
}

const struct rules_source *rules_source(const struct ruleset *rules,
                                        uint32_t i) {
    return element(rules, SECTION_SOURCES, i);
}

const struct rules_listing *rules_listing(const struct ruleset *rules,
                                          uint32_t i) {
    return element(rules, SECTION_LISTINGS, i);
}

const struct rules_approval *rules_approval(const struct ruleset *rules,
                                            uint32_t i) {
    return element(rules, SECTION_APPROVALS, i);
}

const struct pattern_op *rules_steps(const struct ruleset *rules,
                                     struct rules_run run) {
    return element(rules, SECTION_STEPS, run.first);
}

const struct rules_table *rules_table(const struct ruleset *rules, uint32_t i) {
    return element(rules, SECTION_TABLES, i);
}

const struct rules_code *rules_code(const struct ruleset *rules, uint32_t i) {
    return element(rules, SECTION_CODES, i);
}

uint32_t rules_item(const struct ruleset *rules, struct rules_run run,
                    uint32_t i) {
    assert(i < run.count);
    const uint32_t *item = element(rules, SECTION_ITEMS, run.first + i);
    return *item;
}

/* Every section that is searched by text has that text's number first in its
   elements, so one search serves all of them. */
static uint32_t find_by_text(const struct ruleset *rules,
                             enum index_section section, struct str key) {
    uint32_t low = 0, high = section_count(rules, section);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const uint32_t *text = element(rules, section, middle);
        int order = compare_text(rules, *text, key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return RULES_NONE;
}

uint32_t rules_find_party(const struct ruleset *rules, struct str id) {
    return find_by_text(rules, SECTION_PARTIES, id);
}

uint32_t rules_find_measure(const struct ruleset *rules, struct str id) {
    return find_by_text(rules, SECTION_MEASURES, id);
}

uint32_t rules_find_profile(const struct ruleset *rules, struct str id) {
    return find_by_text(rules, SECTION_PROFILES, id);
}

uint32_t rules_find_category(const struct ruleset *rules, struct str id) {
    uint32_t count = section_count(rules, SECTION_CATEGORIES);
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(rules_str(rules, rules_category(rules, i)->id), id))
            return i;
    }
    return RULES_NONE;
}

bool rules_category_within(const struct ruleset *rules, uint32_t category,
                           uint32_t above) {
    return category >= above && category < rules_category(rules, above)->end;
}

uint32_t rules_find_names(const struct ruleset *rules, struct str text,
                          uint32_t *first) {
    uint32_t slots = section_count(rules, SECTION_SLOTS);
    uint32_t names = rules_name_count(rules);
    if (slots == 0)
        return 0;
    uint64_t hash = str_hash(text);
    for (uint32_t at = (uint32_t)hash;; at++) {
        const struct index_slot *slot =
            element(rules, SECTION_SLOTS, at & (slots - 1));
        if (slot->name == RULES_NONE)
            return 0;
        if (slot->hash != hash >> 32)
            continue;
        uint32_t wanted = rules_name(rules, slot->name)->text;
        if (!str_eq(rules_str(rules, wanted), text))
            continue;
        uint32_t count = 1;
        while (slot->name + count < names &&
               rules_name(rules, slot->name + count)->text == wanted)
            count++;
        *first = slot->name;
        return count;
    }
}

uint32_t rules_names_from(const struct ruleset *rules, struct str text) {
    uint32_t low = 0, high = rules_name_count(rules);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_text(rules, rules_name(rules, middle)->text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct rules_run rules_find_alike(const struct ruleset *rules, uint32_t key) {
    uint32_t low = 0, count = section_count(rules, SECTION_ALIKE);
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rules_alike(rules, middle)->key < key)
            low = middle + 1;
        else
            high = middle;
    }
    struct rules_run run = {low, 0};
    while (low + run.count < count &&
           rules_alike(rules, low + run.count)->key == key)
        run.count++;
    return run;
}

struct rules_run rules_find_gram(const struct ruleset *rules, uint32_t gram) {
    uint32_t slots = section_count(rules, SECTION_GRAMS);
    for (uint32_t at = alike_slot(gram); slots != 0; at++) {
        const struct rules_gram *found =
            element(rules, SECTION_GRAMS, at & (slots - 1));
        if (found->key == gram || found->key == 0)
            return found->names;
    }
    return (struct rules_run){0, 0};
}

bool rules_have_approvals(const struct ruleset *rules) {
    return section_count(rules, SECTION_APPROVALS) != 0;
}

/* What rows are looked for by; see rules_find_approvals(). */
struct approval_key {
    struct str ipn, mpn;
    uint32_t party;
};

static int compare_approval(const struct ruleset *rules,
                            const struct rules_approval *row,
                            const struct approval_key *key) {
    int order = compare_text(rules, row->ipn_key, key->ipn);
    if (order != 0 || key->ipn.len != 0)
        return order;
    order = compare_text(rules, row->mpn_key, key->mpn);
    if (order != 0 || key->mpn.len != 0)
        return order;
    return row->party < key->party ? -1 : row->party > key->party;
}

struct rules_run rules_find_approvals(const struct ruleset *rules,
                                      const struct rules_measure *measure,
                                      struct str ipn, struct str mpn,
                                      uint32_t party) {
    const struct approval_key key = {ipn, mpn, party};
    uint32_t low = measure->approvals.first;
    uint32_t end = low + measure->approvals.count, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_approval(rules, rules_approval(rules, middle), &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct rules_run run = {low, 0};
    while (low + run.count < end &&
           compare_approval(rules, rules_approval(rules, low + run.count),
                            &key) == 0)
        run.count++;
    return run;
}

struct rules_run rules_find_words(const struct ruleset *rules,
                                  struct str name) {
    uint32_t found = find_by_text(rules, SECTION_WORDS, name);
    if (found == RULES_NONE)
        return (struct rules_run){0, 0};
    const struct rules_words *words = element(rules, SECTION_WORDS, found);
    return words->words;
}

bool rules_has_word(const struct ruleset *rules, struct rules_run words,
                    struct str word) {
    uint32_t low = 0, high = words.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_text(rules, rules_item(rules, words, middle), word);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

struct rules_run rules_find_crosses(const struct ruleset *rules,
                                    struct str key) {
    uint32_t low = 0, high = rules_cross_count(rules);
    uint32_t count = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct rules_cross *cross = rules_cross(rules, middle);
        if (compare_text(rules, cross->from_key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct rules_run run = {low, 0};
    while (
        low + run.count < count &&
        str_eq(rules_str(rules, rules_cross(rules, low + run.count)->from_key),
               key))
        run.count++;
    return run;
}
