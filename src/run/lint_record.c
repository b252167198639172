#include <stdio.h>

#include "maker/grammar_check.h"
#include "run/lint_check.h"
#include "screen/questions.h"

/* Checks of parties, profiles, categories, families and the rule set. */

void lint_party_sources(struct lint *lint) {
    const struct yaml_party *yaml = &lint->document->parties[lint->position];
    uint32_t party = rules_find_party(lint->rules, str_from(yaml->id));
    if (yaml->sources_count == 0 && party != RULES_NONE &&
        lint->party_listed[party])
        lint_tell(lint, "id", "the party '%s' is listed, but names no source",
                  yaml->id);
}

void lint_profile_unused(struct lint *lint) {
    const struct ruleset *rules = lint->rules;
    const struct yaml_profile *yaml = &lint->document->profiles[lint->position];
    uint32_t profile = rules_find_profile(rules, str_from(yaml->id));
    struct binding binding;
    for (uint32_t m = 0; m < rules_measure_count(rules); m++) {
        struct rules_run clauses = rules_measure(rules, m)->clauses;
        for (uint32_t i = 0; i < clauses.count; i++) {
            if (ask_profile(rules, rules_clause(rules, clauses.first + i),
                            profile, NULL, &binding) != ANSWER_NO)
                return;
        }
    }
    lint_tell(lint, "id", "no clause binds the profile '%s'", yaml->id);
}

void lint_category_unused(struct lint *lint) {
    const struct yaml_category *yaml =
        &lint->document->categories[lint->position];
    uint32_t category = rules_find_category(lint->rules, str_from(yaml->id));
    if (category != RULES_NONE && !lint->category_needed[category])
        lint_tell(lint, "id",
                  "the category '%s' has no words, and nothing names it or one "
                  "below it",
                  yaml->id);
}

static void try_family(struct lint *lint, const struct yaml_family *yaml,
                       unsigned index, uint32_t number) {
    const struct rules_family *family = rules_family(lint->rules, number);
    char path[64];
    for (uint32_t i = 0; i < yaml->examples_count && !lint->failed; i++) {
        bool fits = true;
        if (!grammar_try_example(lint->resolver, lint->rules, family,
                                 str_from(yaml->examples[i]), &fits, lint->err))
            lint->failed = true;
        snprintf(path, sizeof(path), "families %u examples %u", index,
                 (unsigned)i);
        if (!fits)
            lint_tell(lint, path,
                      "the example '%s' of the family '%s' is not taken for it",
                      yaml->examples[i], yaml->id);
    }
}

/* A family of a party that these rules do not know is left out of them. */
void lint_family_examples(struct lint *lint) {
    const struct yaml_parts *yaml = &lint->document->parts[lint->position];
    for (uint32_t i = 0; i < yaml->families_count; i++) {
        uint32_t number =
            map_get(&lint->families, str_from(yaml->families[i].id));
        if (number != MAP_NONE)
            try_family(lint, &yaml->families[i], (unsigned)i, number);
    }
}

void lint_family_untried(struct lint *lint) {
    const struct yaml_parts *yaml = &lint->document->parts[lint->position];
    char path[48];
    for (uint32_t i = 0; i < yaml->families_count; i++) {
        snprintf(path, sizeof(path), "families %u id", (unsigned)i);
        if (yaml->families[i].examples_count == 0)
            lint_tell(lint, path, "the family '%s' has no example",
                      yaml->families[i].id);
    }
}

void lint_ruleset_dates(struct lint *lint) {
    const struct ruleset *rules = lint->rules;
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        const struct rules_measure *measure = rules_measure(rules, i);
        if (measure->known_to.first != DATE_NONE &&
            measure->known_to.first > ruleset_known_to(rules)) {
            lint_tell(lint, "known-to",
                      "'known-to' lies before that of the measure '%s'",
                      rules_text(rules, measure->id));
            return;
        }
    }
}
