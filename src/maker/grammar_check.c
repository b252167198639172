#include "maker/grammar_check.h"

#include "maker/maker.h"

struct check {
    const struct ruleset *rules;
    const struct rule_problems *problems;
    struct maker_resolver *resolver;
    size_t wrong;
};

/* A family of a low tier claims nothing on its own: its maker is named too. */
static bool try_example(struct check *check, const struct rules_family *family,
                        struct str example, struct err *err) {
    const struct ruleset *rules = check->rules;
    const struct rules_party *party = rules_party(rules, family->party);
    struct maker_query query = {
        .mpn = example,
        .mpn_header = STR_LIT("example"),
    };
    struct maker maker;
    if (family->tier != RULES_TIER_HIGH)
        query.manufacturer = rules_str(rules, party->name);
    if (!maker_resolve(check->resolver, &query, &maker, err))
        return false;
    if (maker.candidate_count == 1 &&
        maker.candidates[0].party == family->party &&
        maker.candidates[0].confidence == MAKER_CERTAIN &&
        maker.facts.family != RULES_NONE &&
        rules_family(rules, maker.facts.family)->party == family->party)
        return true;
    struct err problem = ERR_INIT;
    err_set(&problem, ERR_INVALID,
            "the example '%.*s' of the family '%s' is not taken for it",
            STR_ARG(example), rules_text(rules, family->id));
    check->problems->add(check->problems->ctx, &problem);
    check->wrong++;
    return true;
}

static bool try_all(struct check *check, struct err *err) {
    const struct ruleset *rules = check->rules;
    for (uint32_t f = 0; f < rules_family_count(rules); f++) {
        const struct rules_family *family = rules_family(rules, f);
        for (uint32_t i = 0; i < family->examples.count; i++) {
            uint32_t example = rules_item(rules, family->examples, i);
            if (!try_example(check, family, rules_str(rules, example), err))
                return false;
        }
    }
    return true;
}

bool grammar_check(const struct ruleset *rules,
                   const struct rule_problems *problems, struct err *err) {
    struct check check = {
        .rules = rules,
        .problems = problems,
        .resolver = maker_resolver_new(rules),
    };
    if (check.resolver == NULL)
        return err_nomem(err);
    bool ok = try_all(&check, err);
    maker_resolver_free(check.resolver);
    if (ok && check.wrong != 0)
        return err_set(err, ERR_INVALID,
                       "%zu examples of part-number families do not fit",
                       check.wrong);
    return ok;
}
