#include "maker/describe.h"

#include "maker/facts.h"

static bool is_within(const struct ruleset *rules, uint32_t category,
                      uint32_t above) {
    return category != RULES_NONE && above != RULES_NONE &&
           rules_category_within(rules, category, above);
}

/* ---- categories ---- */

/* What a word's first two bytes are, roughly; of one byte anything follows. */
static uint64_t second_bit(struct str text) {
    return text.len < 2 ? UINT64_MAX
                        : UINT64_C(1) << ((unsigned char)text.ptr[1] % 64);
}

static void add_beginning(struct describer *d, struct str word) {
    if (word.len != 0)
        d->begins[(unsigned char)word.ptr[0]] |= second_bit(word);
}

/* May words begin as the text, which is not empty, does? Most cannot. */
static bool may_begin(const struct describer *d, struct str text) {
    return (d->begins[(unsigned char)text.ptr[0]] & second_bit(text)) != 0;
}

static bool add_words(struct describer *d, uint32_t category,
                      struct strbuf *list) {
    strbuf_clear(list);
    strbuf_add_text(list, "category/");
    strbuf_add(list,
               rules_str(d->rules, rules_category(d->rules, category)->id));
    if (list->failed)
        return false;
    struct rules_run words = rules_find_words(d->rules, strbuf_str(list));
    for (uint32_t i = 0; i < words.count; i++) {
        struct str word = rules_str(d->rules, rules_item(d->rules, words, i));
        if (word.len > d->longest)
            d->longest = word.len;
        add_beginning(d, word);
        if (!map_put(&d->words, word, category))
            return false;
    }
    return true;
}

static bool add_categories(struct describer *d) {
    struct strbuf list = {.ptr = NULL};
    uint32_t count = rules_category_count(d->rules);
    bool done = true;
    for (uint32_t i = 0; done && i < count; i++)
        done = add_words(d, i, &list);
    strbuf_dispose(&list);
    return done;
}

bool describer_init(struct describer *describer, const struct ruleset *rules) {
    *describer = (struct describer){
        .rules = rules,
        .memory = rules_find_category(rules, STR_LIT("memory")),
        .storage = rules_find_category(rules, STR_LIT("storage")),
        .ic = rules_find_category(rules, STR_LIT("ic")),
        .dram = rules_find_category(rules, STR_LIT("memory/dram")),
        .module = rules_find_category(rules, STR_LIT("memory/dram/module")),
    };
    return add_categories(describer) &&
           terms_init(&describer->heads, rules, "head/") &&
           terms_init(&describer->wholes, rules, "whole/") &&
           terms_init(&describer->interfaces, rules, "interface/") &&
           terms_init(&describer->generations, rules, "generation/") &&
           terms_init(&describer->flash_words, rules, "flash-word") &&
           terms_init(&describer->flash_kinds, rules, "flash-kind/") &&
           packages_init(&describer->packages, rules) &&
           quantities_init(&describer->quantities, rules);
}

void describer_dispose(struct describer *describer) {
    map_dispose(&describer->words);
    terms_dispose(&describer->heads);
    terms_dispose(&describer->wholes);
    terms_dispose(&describer->interfaces);
    terms_dispose(&describer->generations);
    terms_dispose(&describer->flash_words);
    terms_dispose(&describer->flash_kinds);
    packages_dispose(&describer->packages);
    quantities_dispose(&describer->quantities);
}

struct found {
    uint32_t category;
    size_t len;
};

static bool is_below(const struct ruleset *rules, uint32_t category,
                     uint32_t above) {
    return category != above && is_within(rules, category, above);
}

/* "Integrated circuit" says how a thing is made; all else says more. */
static void weigh(const struct describer *d, struct found *best,
                  uint32_t category, size_t len) {
    bool better = len > best->len;
    if (best->category != RULES_NONE) {
        if (is_below(d->rules, category, best->category) ||
            best->category == d->ic)
            better = true;
        else if (is_below(d->rules, best->category, category) ||
                 category == d->ic)
            better = false;
    }
    if (better)
        *best = (struct found){category, len};
}

/* The category that words beginning at `from` name; `but` aside. */
static void find_from(const struct describer *d, struct str text, size_t from,
                      uint32_t but, struct found *best) {
    size_t last = from + d->longest;
    for (size_t to = from + 1; to <= text.len && to <= last; to++) {
        if (!terms_is_edge(text, to) || text.ptr[to - 1] == ' ')
            continue;
        uint32_t category =
            map_get(&d->words, str_take(str_skip(text, from), to - from));
        if (category != MAP_NONE && category != but)
            weigh(d, best, category, to - from);
    }
}

static uint32_t find_category(const struct describer *d, struct str folded,
                              uint32_t but) {
    struct found best = {RULES_NONE, 0};
    for (size_t from = 0; from < folded.len; from++)
        if (folded.ptr[from] != ' ' && may_begin(d, str_skip(folded, from)) &&
            terms_is_edge(folded, from))
            find_from(d, folded, from, but, &best);
    return best.category;
}

bool describe_is_memory(const struct describer *describer, uint32_t category) {
    return is_within(describer->rules, category, describer->memory) ||
           is_within(describer->rules, category, describer->storage);
}

/* The category that a deciding word names, else `category`. */
static uint32_t decided(const struct describer *d, const struct terms *words,
                        struct str folded, uint32_t category) {
    const char *id = terms_find(words, folded);
    uint32_t found =
        id == NULL ? RULES_NONE : rules_find_category(d->rules, str_from(id));
    return found == RULES_NONE || is_below(d->rules, category, found) ? category
                                                                      : found;
}

uint32_t describe_category(const struct describer *describer,
                           struct str folded) {
    uint32_t category = find_category(describer, folded, RULES_NONE);
    if (!describe_is_memory(describer, category))
        return category;
    category = decided(describer, &describer->wholes, folded, category);
    return decided(describer, &describer->heads, folded, category);
}

uint32_t describe_column(const struct describer *describer, struct str cell,
                         struct str folded) {
    const struct ruleset *rules = describer->rules;
    uint32_t count = rules_category_count(rules);
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_category *category = rules_category(rules, i);
        if (str_eq_nocase(rules_str(rules, category->id), str_trim(cell)) ||
            str_eq_nocase(rules_str(rules, category->name), folded))
            return i;
    }
    return describe_category(describer, folded);
}

/* ---- parameters ---- */

/* Chips have the bus of their kind; modules and all else say theirs. */
static const char *find_interface(const struct describer *d, struct str folded,
                                  uint32_t category) {
    const char *name = NULL;
    if (is_within(d->rules, category, d->module))
        name = terms_find(&d->generations, folded);
    else if (!is_within(d->rules, category, d->dram))
        name = terms_find(&d->interfaces, folded);
    return name == NULL ? "" : name;
}

/* "spi 1 256": that interface, and a density from 1 to 256 Mbit. */
static bool fits_rule(struct str rule, const struct part_facts *facts) {
    struct str interface, least, most;
    return str_split(&rule, ' ', &interface) && str_split(&rule, ' ', &least) &&
           str_split(&rule, ' ', &most) &&
           str_eq_nocase(interface, str_from(facts->interface)) &&
           facts->density_mbit >= str_number(least) &&
           facts->density_mbit <= str_number(most);
}

static bool fits_list(const struct ruleset *rules, struct rules_run list,
                      const struct part_facts *facts) {
    for (uint32_t i = 0; i < list.count; i++)
        if (fits_rule(rules_str(rules, rules_item(rules, list, i)), facts))
            return true;
    return false;
}

/* The category of "flash" with that interface and size; or RULES_NONE. */
static uint32_t find_flash(const struct ruleset *rules,
                           const struct part_facts *facts) {
    struct str prefix = STR_LIT("flash/");
    uint32_t count = rules_words_count(rules);
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_words *list = rules_words(rules, i);
        struct str name = rules_str(rules, list->name);
        if (str_starts(name, prefix) && fits_list(rules, list->words, facts))
            return rules_find_category(rules, str_skip(name, prefix.len));
    }
    return RULES_NONE;
}

static void refine(const struct describer *d, struct str folded,
                   struct part_facts *facts) {
    if (facts->category != d->memory ||
        terms_find(&d->flash_words, folded) == NULL)
        return;
    uint32_t flash = decided(d, &d->flash_kinds, folded, RULES_NONE);
    if (flash == RULES_NONE)
        flash = find_flash(d->rules, facts);
    if (flash != RULES_NONE)
        facts->category = flash;
}

bool describe_memory(struct describer *describer, struct str text,
                     struct str folded, uint32_t category,
                     struct description *out) {
    struct quantities numbers;
    struct quantity_kinds kinds = {
        .sizes_of = category,
        .rates_of = category == describer->module
                        ? find_category(describer, folded, category)
                        : category,
    };
    if (!quantities_read(&describer->quantities, text, &kinds, &numbers))
        return false;
    out->facts = facts_none();
    out->facts.category = category;
    out->facts.density_mbit = numbers.density_mbit;
    out->facts.speed_mts = numbers.speed_mts;
    out->facts.voltage_mv = numbers.voltage_mv;
    out->facts.package = packages_find(&describer->packages, folded);
    out->facts.interface = find_interface(describer, folded, category);
    if (!is_within(describer->rules, category, describer->storage))
        out->facts.width = numbers.width;
    out->density_sure = numbers.density_sure;
    refine(describer, folded, &out->facts);
    return true;
}
