#include "maker/family.h"

/* A spelling in hand. */
struct wish {
    const struct ruleset *rules;
    uint32_t family;
    const struct part_facts *wanted;
    bool plugs_in;
    struct part_facts facts; /* of what was spelt last */
};

static bool says_anything(const struct wish *wish,
                          const struct rules_code *code) {
    return code->category != RULES_NONE || code->density_mbit != 0 ||
           code->depth_mwords != 0 || code->width != 0 ||
           code->voltage_mv != 0 ||
           *rules_text(wish->rules, code->interface) != '\0' ||
           (wish->plugs_in && *rules_text(wish->rules, code->package) != '\0');
}

static bool agree(uint32_t a, uint32_t b) { return a == 0 || b == 0 || a == b; }

static bool agree_text(const char *a, const char *b) {
    return *a == '\0' || *b == '\0' || str_eq(str_from(a), str_from(b));
}

static bool code_agrees(const struct wish *wish,
                        const struct rules_code *code) {
    const struct part_facts *wanted = wish->wanted;
    return (code->category == RULES_NONE ||
            code->category == wanted->category) &&
           agree(code->density_mbit, wanted->density_mbit) &&
           agree(code->width, wanted->width) &&
           agree(code->voltage_mv, wanted->voltage_mv) &&
           agree_text(rules_text(wish->rules, code->interface),
                      wanted->interface) &&
           (!wish->plugs_in ||
            agree_text(rules_text(wish->rules, code->package),
                       wanted->package));
}

static bool find_code(void *ctx, struct str name, size_t i, struct str *text,
                      uint32_t *number, bool *any) {
    const struct wish *wish = ctx;
    const struct rules_table *table =
        family_table(wish->rules, wish->family, name);
    *any = table != NULL;
    for (uint32_t k = 0; table != NULL && k < table->codes.count; k++) {
        const struct rules_code *code =
            rules_code(wish->rules, table->codes.first + k);
        if (!says_anything(wish, code))
            continue;
        *any = false;
        if (!code_agrees(wish, code) || i-- != 0)
            continue;
        *number = table->codes.first + k;
        *text = rules_str(wish->rules, code->code);
        return true;
    }
    return false;
}

static bool says_wanted(void *ctx, const uint32_t *codes, size_t code_count) {
    struct wish *wish = ctx;
    struct pattern_match match = {.code_count = code_count};
    for (size_t i = 0; i < code_count; i++)
        match.codes[i] = codes[i];
    wish->facts = family_facts(wish->rules, wish->family, &match);
    return facts_agree(wish->rules, wish->wanted, &wish->facts);
}

bool facts_contradict(const struct part_facts *a, const struct part_facts *b) {
    bool both = a->category != RULES_NONE && b->category != RULES_NONE;
    return (both && a->category != b->category) ||
           !agree(a->density_mbit, b->density_mbit) ||
           !agree(a->width, b->width) || !agree(a->voltage_mv, b->voltage_mv) ||
           !agree_text(a->interface, b->interface);
}

static bool plugs_in(const struct ruleset *rules, uint32_t category) {
    for (; category != RULES_NONE;
         category = rules_category(rules, category)->parent) {
        if (rules_category(rules, category)->plugs_in != 0)
            return true;
    }
    return false;
}

static bool say_same(const char *a, const char *b) {
    return *a != '\0' && str_eq(str_from(a), str_from(b));
}

bool facts_agree(const struct ruleset *rules, const struct part_facts *a,
                 const struct part_facts *b) {
    return a->category != RULES_NONE && b->category != RULES_NONE &&
           rules_category(rules, a->category)->heading == 0 &&
           a->density_mbit != 0 && b->density_mbit != 0 &&
           !facts_contradict(a, b) &&
           (!plugs_in(rules, a->category) ||
            (say_same(a->interface, b->interface) &&
             say_same(a->package, b->package)));
}

bool family_is_of_kind(const struct ruleset *rules, uint32_t number,
                       uint32_t category) {
    const struct rules_family *family = rules_family(rules, number);
    if (family->category == category)
        return true;
    for (uint32_t t = 0; t < family->tables.count; t++) {
        struct rules_run codes =
            rules_table(rules, family->tables.first + t)->codes;
        for (uint32_t i = 0; i < codes.count; i++) {
            if (rules_code(rules, codes.first + i)->category == category)
                return true;
        }
    }
    return false;
}

bool family_spell(const struct ruleset *rules, uint32_t family,
                  const struct part_facts *wanted, struct strbuf *out,
                  struct part_facts *facts) {
    struct wish wish = {.rules = rules,
                        .family = family,
                        .wanted = wanted,
                        .plugs_in = plugs_in(rules, wanted->category)};
    struct pattern_speller speller = {
        .code = find_code, .accept = says_wanted, .ctx = &wish};
    struct str pattern = rules_str(rules, rules_family(rules, family)->pattern);
    if (!family_is_of_kind(rules, family, wanted->category) ||
        !pattern_spell(pattern, &speller, out))
        return false;
    *facts = wish.facts;
    return true;
}
