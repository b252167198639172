#include "ruleset/compile.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "sound_rules.h"

/* One fault at a time in sound rules: the file, the line, the words. */

TestSuite(compile_faults, .timeout = 30);

/* One fault, and exactly what is said of it. */
struct fault {
    struct tiny_file file;
    uint32_t line;
    const char *words;
};

#define PROFILES(text)                                                         \
    { "profiles/p.yaml", text, false }
#define PARTIES(text)                                                          \
    {                                                                          \
        "parties/p.yaml",                                                      \
            "- {id: micron, name: Micron}\n"                                   \
            "- {id: elpida, name: Elpida}\n" text,                             \
            false                                                              \
    }
#define PARTS(text)                                                            \
    { "parts/micron.yaml", "party: micron\n" text, false }
/* A measure whose first ten lines are right. */
#define MEASURE(text)                                                          \
    {                                                                          \
        "measures/m.yaml",                                                     \
            "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"   \
            "announced: 2023-03-31\nknown-to: 2025-10-17\n"                    \
            "parties: [{party: micron}]\n"                                     \
            "sources: [{url: u}]\nreach: owned\n" text,                        \
            false                                                              \
    }
#define SCOPE "binds: [buyer]\ncovers: [all]\n"
#define CLAUSE "effect: prohibit, activities: [purchase]"

static void tell_once(const struct fault *fault) {
    struct tiny_file files[SOUND_COUNT + 1];
    size_t count = with_file(files, &fault->file), size;
    void *bytes;
    struct err err = ERR_INIT;
    if (tiny_compile(&bytes, &size, files, count, NULL, &err)) {
        mem_free(bytes);
        cr_expect(false, "nothing was told: %s", fault->words);
        return;
    }
    cr_expect(strcmp(err.file, fault->file.path) == 0 &&
                  err.line == fault->line && strcmp(err.msg, fault->words) == 0,
              "\nwanted %s:%u: %s\n   got %s:%u: %s", fault->file.path,
              fault->line, fault->words, err.file, err.line, err.msg);
}

static void tell_each(const struct fault *faults, size_t count) {
    for (size_t i = 0; i < count; i++)
        tell_once(&faults[i]);
}

Test(compile_faults, what_is_no_rule_file_is_told_with_its_line) {
    static const struct fault faults[] = {
        {PARTIES("- {id: x, name: X, colour: red}\n"), 3,
         "unknown key 'colour'"},
        {MEASURE("party: micron\n"), 11, "unknown key 'party'"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE "}\n"
                       "  - {id: b, " CLAUSE ", title: x}\n"),
         15, "unknown key 'title'"},
        {PARTIES("- {id: x, name: X, name: Y}\n"), 3,
         "the key 'name' stands twice"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, effect: forbid, activities: "
                       "[purchase], from: 2023-05-21}\n"),
         14, "'forbid' is none of the words that may stand here"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, effect: prohibit, activities: "
                       "[buy], from: 2023-05-21}\n"),
         14, "'buy' is none of the words that may stand here"},
        {MEASURE("confidence: sure\n"), 11,
         "'sure' is none of the words that may stand here"},
        {PARTIES("- {name: X}\n"), 3, "the key 'id' is missing"},
        {PROFILES(""), 0, "the file is empty"},
        {PROFILES("# nothing\n"), 0, "the file is empty"},
        {PROFILES("---\n...\n"), 0,
         "the file must be keys with values (key: value), not a text"},
        {PARTIES("- &a {id: x, name: X}\n- *a\n"), 3,
         "a YAML alias (*) may not stand here"},
        {PARTIES("- {id: x, name: [X]}\n"), 3,
         "'name' must be a text, not a list"},
        {PARTIES("- {id: x, name: X, aliases: Y}\n"), 3,
         "'aliases' must be a list, not a text"},
        {PARTIES("- {id: x\n"), 3, "libyaml: did not find expected ',' or '}'"},
        {PARTIES("- x\n"), 3,
         "entry 3 must be keys with values (key: value), not a text"},
        {PARTIES(
             "- {id: x, name: X, owned-by: [{party: micron, share: -1}]}\n"),
         3, "'share' must be a whole number, not '-1'"},
        {PARTIES(
             "- {id: x, name: X, owned-by: [{party: micron, share: many}]}\n"),
         3, "'share' must be a whole number, not 'many'"},
        {{"other/x.yaml", "id: x\n", false},
         0,
         "no rule file belongs here; the folders are measures, parties, "
         "profiles, parts and words"},
        {{"extra.yaml", "id: x\n", false},
         0,
         "no rule file belongs here; the folders are measures, parties, "
         "profiles, parts and words"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}

Test(compile_faults, what_is_not_there_is_told_with_its_line) {
    static const struct fault faults[] = {
        {PARTIES("- id: x\n  name: X\n  owned-by:\n    - {party: nobody}\n"), 6,
         "unknown party 'nobody'"},
        {PARTIES("- id: x\n  name: X\n  makes:\n    - memory\n    - toys\n"), 7,
         "unknown category 'toys'"},
        {PARTIES("- id: x\n  name: X\n  legacy: [toys]\n"), 5,
         "unknown category 'toys'"},
        {PARTIES(
             "- id: x\n  name: X\n  may-contain:\n"
             "    - party: micron\n      covers: [memory,\n        toys]\n"),
         8, "unknown category 'toys'"},
        {PROFILES("- {id: buyer}\n- {id: x, within: nobody}\n"), 2,
         "unknown profile 'nobody'"},
        {PROFILES("- {id: buyer}\n- {id: x, includes: [buyer, nobody]}\n"), 2,
         "unknown profile 'nobody'"},
        {PROFILES("- {id: buyer}\n- {id: x, supplies: [buyer, nobody]}\n"), 2,
         "unknown profile 'nobody'"},
        {MEASURE("binds:\n  - buyer\n  - nobody\n"), 13,
         "unknown profile 'nobody'"},
        {MEASURE("covers:\n  - all\n  - toys\n"), 13,
         "unknown category 'toys'"},
        {MEASURE(SCOPE "clauses:\n  - id: a\n    effect: prohibit\n"
                       "    activities: [purchase]\n    parties:\n"
                       "      - {party: micron}\n      - {party: nobody}\n"),
         19, "unknown party 'nobody'"},
        {MEASURE(SCOPE "clauses:\n  - id: a\n    effect: prohibit\n"
                       "    activities: [purchase]\n    parties:\n"
                       "      - party: micron\n        covers: [toys]\n"),
         19, "unknown category 'toys'"},
        {MEASURE("parties-of: other-list\n"), 11,
         "unknown measure 'other-list'"},
        {PARTS("tables:\n  - name: t\n    codes:\n"
               "      - {code: A}\n      - {code: B, category: toys}\n"),
         6, "unknown category 'toys'"},
        {PARTS("families:\n  - {id: f, name: F, tier: high, pattern: A#,\n"
               "     category: toys}\n"),
         3, "unknown category 'toys'"},
        {PARTS("families:\n  - {id: f, name: F, tier: high, pattern: A#,\n"
               "     party: nobody}\n"),
         3, "unknown party 'nobody'"},
        {PARTS("crosses:\n  - {from: A, to: B, to-party: nobody, level: A}\n"),
         3, "unknown party 'nobody'"},
        {{"words/categories.yaml", "- {id: memory, name: Memory}\n", false},
         1,
         "the category 'all' is missing"},
        {{"words/categories.yaml",
          "- {id: all, name: All}\n- {id: a/b, name: B}\n", false},
         2,
         "the category 'a' above 'a/b' is missing"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}

/* The measure's own list, or that of another: not both, and not none. */
Test(compile_faults, a_list_that_is_not_the_measures_is_told) {
    static const struct fault faults[] = {
        {MEASURE("parties-of: m\n"), 11,
         "a measure has either 'parties' or 'parties-of'"},
        {{"measures/n.yaml",
          "id: n\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
          "announced: 2023-03-31\nknown-to: 2025-10-17\n"
          "sources: [{url: u}]\nparties-of: n\n",
          false},
         9,
         "the measure 'n' has no list"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}

Test(compile_faults, what_stands_twice_is_told_with_both_places) {
    static const struct fault faults[] = {
        {PARTIES("- {id: micron, name: Other}\n"), 3,
         "the id 'micron' stands in parties/p.yaml too"},
        {{"parties/q.yaml", "id: elpida\nname: Other\n", false},
         1,
         "the id 'elpida' stands in parties/p.yaml too"},
        {{"profiles/q.yaml", "id: buyer\n", false},
         1,
         "the id 'buyer' stands in profiles/p.yaml too"},
        {{"measures/n.yaml",
          "title: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
          "announced: 2023-03-31\nknown-to: 2025-10-17\n"
          "sources: [{url: u}]\nid: m\n",
          false},
         8,
         "the id 'm' stands in measures/m.yaml too"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE "}\n"
                       "  - {id: a, " CLAUSE "}\n"),
         15, "the clause 'a' is there twice"},
        {PARTS("families:\n"
               "  - {id: f, name: F, tier: high, pattern: A#}\n"
               "  - {id: f, name: G, tier: high, pattern: B#}\n"),
         4, "the family 'f' is there twice"},
        {{"parties/q.yaml",
          "id: other\nname: Other\naliases: [A, MICRON TECHNOLOGY Ltd]\n",
          false},
         3,
         "the name 'MICRON TECHNOLOGY Ltd' belongs to the party 'micron' too "
         "(parties/p.yaml); a name that several use stands under "
         "'shared-names' of each"},
        {PARTIES("- {id: x, name: Elpida}\n"), 3,
         "the name 'Elpida' belongs to the party 'elpida' too "
         "(parties/p.yaml); a name that several use stands under "
         "'shared-names' of each"},
        {PARTIES("- id: x\n  name: X\n  aliases: [Xy]\n  not: [xy ltd]\n"), 6,
         "the name 'xy ltd' belongs to the party 'x' too (parties/p.yaml); it "
         "cannot be under 'not' as well"},
        {PARTIES("- {id: x, name: Ex}\n- {id: Y!, name: Why}\n"), 4,
         "the id 'Y!' may hold lower-case letters, digits, '-', '.' and '/' "
         "only"},
        {PARTIES("- {id: x, name: '---'}\n"), 3,
         "the name '---' holds no letter"},
        {PARTIES("- {id: x, name: X, aliases: [Y, '?']}\n"), 3,
         "the name '?' holds no letter"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}

Test(compile_faults, a_measure_that_cannot_work_is_told) {
    static const struct fault faults[] = {
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE ", from: tomorrow}\n"),
         14, "'tomorrow' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE ", from: 2023-02-29}\n"),
         14, "'2023-02-29' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE ", from: 2024-05-02,\n"
                       "     until: 2024-05-01}\n"),
         15, "'until' lies before 'from'"},
        {MEASURE(SCOPE "clauses:\n  - {id: a, " CLAUSE ", from: 2023-03-30}\n"),
         14, "clause 'a' is in force before it was announced"},
        {MEASURE("covers: [all]\nclauses:\n  - {id: a, " CLAUSE "}\n"), 13,
         "clause 'a' binds no profile"},
        {MEASURE("binds: [buyer]\nclauses:\n  - {id: a, " CLAUSE "}\n"), 13,
         "clause 'a' covers no category"},
        {{"measures/m.yaml",
          "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
          "announced: 2023-03-31\nknown-to: 2025-10-17\n"
          "sources: [{url: u}]\n" SCOPE "clauses:\n  - {id: a, " CLAUSE "}\n",
          false},
         12,
         "clause 'a' names no party"},
        {{"measures/m.yaml",
          "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
          "announced: 2023-03-31\nknown-to: 2025-10-17\n",
          false},
         1,
         "the measure 'm' names no source"},
        {{"measures/m.yaml",
          "id: m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
          "announced: soon\nknown-to: 2025-10-17\nsources: [{url: u}]\n",
          false},
         6,
         "'soon' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"},
        {MEASURE("blind: [contents]\nclauses:\n  - {id: a, " CLAUSE
                 ", parties: [{from: 2023-05-05}]}\n"),
         13,
         "an entry names either a 'party' or, for one without a party file, a "
         "'name'"},
        {MEASURE("blind: [contents]\nclauses:\n  - {id: a, " CLAUSE
                 ", parties: [{name: '---'}]}\n"),
         13, "the name '---' holds no letter"},
        {MEASURE(SCOPE "clauses:\n  - id: a\n    effect: check\n"
                       "    activities: [use]\n    parties:\n"
                       "      - party: micron\n        from: 2024-02\n"
                       "        until: 2024-01-31\n"),
         20, "'until' lies before 'from'"},
        {MEASURE(SCOPE "clauses:\n  - id: a\n    effect: check\n"
                       "    activities: [use]\n    made-in: [China]\n"),
         17, "'China' is no country code such as CN or CN-XJ"},
        {MEASURE(SCOPE "clauses:\n  - id: a\n    effect: check\n"
                       "    activities: [use]\n    not-maker-in: [US, cn]\n"),
         17, "'cn' is no country code such as CN or CN-XJ"},
        {PARTIES("- {id: x, name: X, country: Japan}\n"), 3,
         "'Japan' is no country code such as CN or CN-XJ"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}

Test(compile_faults, a_party_profile_or_pattern_that_cannot_work_is_told) {
    static const struct fault faults[] = {
        {PARTIES("- id: x\n  name: X\n  owned-by:\n"
                 "    - {party: micron, share: 101}\n"),
         6, "a share of 101 per cent"},
        {PARTIES("- id: x\n  name: X\n  owned-by:\n"
                 "    - {party: micron, from: 2006, until: 2005-12}\n"),
         6, "'until' lies before 'from'"},
        {PARTIES("- id: x\n  name: X\n  sources:\n"
                 "    - {url: u, seen: May}\n"),
         6, "'May' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"},
        {PARTIES("- id: x\n  name: X\n  owned-by:\n    - party: x\n"), 6,
         "the party 'x' is linked to itself"},
        {PROFILES("- {id: buyer}\n- id: x\n  within: y\n- id: y\n  within: "
                  "x\n"),
         3, "the profile 'x' lies within itself"},
        {PROFILES("- {id: buyer}\n- id: x\n  within: x\n"), 3,
         "the profile 'x' lies within itself"},
        {PARTS("families:\n  - {id: f, name: F, tier: high,\n"
               "     pattern: 'A[BC'}\n"),
         3,
         "pattern of 'f': part-number pattern \"A[BC\": '[' without ']' at "
         "character 2"},
        {PARTS("families:\n  - {id: f, name: F, tier: high,\n"
               "     pattern: 'A<org>'}\n"),
         3,
         "pattern of 'f': part-number pattern \"A<org>\": a table that does "
         "not exist at character 2"},
        {PARTS("families:\n  - {id: f, name: F, tier: high,\n"
               "     pattern: 'A*B'}\n"),
         3,
         "pattern of 'f': part-number pattern \"A*B\": '*' that is not at the "
         "end at character 2"},
        {{"parts/micron.yaml",
          "families:\n  - {id: f, name: F, tier: high, pattern: A}\n", false},
         2,
         "no party is named"},
        {{"ruleset.yaml", "version: '1'\nknown-to: now\n", false},
         2,
         "'now' is no day; write YYYY-MM-DD"},
    };
    tell_each(faults, ARRAY_LEN(faults));
}
