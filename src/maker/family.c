#include "maker/family.h"

#include "maker/facts.h"

/* Where pattern_match() finds its tables. */
struct asked {
    const struct ruleset *rules;
    size_t left; /* the least that was left of it behind what a code has */
};

/* How many characters two texts begin with alike. */
static size_t alike(struct str a, struct str b) {
    size_t len = 0;
    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len])
        len++;
    return len;
}

const struct rules_table *family_table(const struct ruleset *rules,
                                       uint32_t family, struct str name) {
    struct rules_run tables = rules_family(rules, family)->tables;
    for (uint32_t i = 0; i < tables.count; i++) {
        const struct rules_table *table = rules_table(rules, tables.first + i);
        if (str_eq(rules_str(rules, table->name), name))
            return table;
    }
    return NULL;
}

static size_t find_code(void *ctx, uint32_t number, struct str text,
                        size_t below, uint32_t *code) {
    struct asked *from = ctx;
    struct rules_run run = rules_table(from->rules, number)->codes;
    size_t best = 0;
    if (run.count == 0 || text.len == 0)
        return 0;
    const struct rules_code *codes = rules_code(from->rules, run.first);
    for (uint32_t i = 0; i < run.count; i++) {
        const char *spelt = rules_text(from->rules, codes[i].code);
        if (spelt[0] != text.ptr[0])
            continue;
        struct str candidate = str_from(spelt);
        size_t same = alike(candidate, text);
        if (text.len - same < from->left)
            from->left = text.len - same;
        if (candidate.len > best && candidate.len < below &&
            same == candidate.len) {
            best = candidate.len;
            *code = run.first + i;
        }
    }
    return best;
}

static void take_number(uint32_t *to, uint32_t from) {
    if (from != 0)
        *to = from;
}

static void take_text(const struct ruleset *rules, const char **to,
                      uint32_t from) {
    const char *text = rules_text(rules, from);
    if (*text != '\0')
        *to = text;
}

static void take_code(const struct ruleset *rules, struct part_facts *facts,
                      uint32_t *depth, const struct rules_code *code) {
    if (code->category != RULES_NONE)
        facts->category = code->category;
    take_number(depth, code->depth_mwords);
    take_number(&facts->density_mbit, code->density_mbit);
    take_number(&facts->width, code->width);
    take_number(&facts->speed_mts, code->speed_mts);
    take_number(&facts->voltage_mv, code->voltage_mv);
    take_number(&facts->dies, code->dies);
    take_text(rules, &facts->package, code->package);
    take_text(rules, &facts->temperature, code->temperature);
    take_text(rules, &facts->interface, code->interface);
}

struct part_facts family_facts(const struct ruleset *rules, uint32_t number,
                               const struct pattern_match *match) {
    const struct rules_family *family = rules_family(rules, number);
    struct part_facts facts = facts_none();
    facts.category = family->category;
    facts.family = number;
    uint32_t depth = 0;
    take_code(rules, &facts, &depth, &family->fixed);
    for (size_t i = 0; i < match->code_count; i++)
        take_code(rules, &facts, &depth, rules_code(rules, match->codes[i]));
    if (facts.density_mbit == 0 && facts.width <= UINT16_MAX &&
        depth <= UINT16_MAX)
        facts.density_mbit = depth * facts.width;
    if (facts.category != RULES_NONE)
        facts.category_source = "mpn";
    facts_mark(&facts, "mpn");
    return facts;
}

bool family_fits(const struct ruleset *rules, uint32_t family, struct str key,
                 struct pattern_match *out) {
    const struct rules_family *record = rules_family(rules, family);
    struct asked from = {rules, key.len};
    struct pattern_tables tables = {.find = find_code, .ctx = &from};
    bool fits = pattern_match(rules_steps(rules, record->steps),
                              record->steps.count, key, &tables, out);
    size_t within = key.len - from.left;
    out->reach = within > out->reached ? within : out->reached;
    return fits;
}

struct str family_exception(const struct ruleset *rules, uint32_t family,
                            struct str folded) {
    struct rules_run except = rules_family(rules, family)->except;
    for (uint32_t i = 0; i < except.count; i++) {
        struct str text = rules_str(rules, rules_item(rules, except, i));
        if (str_starts(folded, text))
            return text;
    }
    return STR_EMPTY;
}
