#include "maker/grammar_check.h"

#include "maker/maker.h"

/* A family of a low tier claims nothing on its own: its maker is named too. */
bool grammar_try_example(struct maker_resolver *resolver,
                         const struct ruleset *rules,
                         const struct rules_family *family, struct str example,
                         bool *fits, struct err *err) {
    const struct rules_party *party = rules_party(rules, family->party);
    struct maker_query query = {
        .mpn = example,
        .mpn_header = STR_LIT("example"),
    };
    struct maker maker;
    if (family->tier != RULES_TIER_HIGH)
        query.manufacturer = rules_str(rules, party->name);
    if (!maker_resolve(resolver, &query, &maker, err))
        return false;
    *fits = maker.candidate_count == 1 &&
            maker.candidates[0].party == family->party &&
            maker.candidates[0].confidence == MAKER_CERTAIN &&
            maker.facts.family != RULES_NONE &&
            rules_family(rules, maker.facts.family)->party == family->party;
    return true;
}
