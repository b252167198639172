#include "ruleset/compile.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "ruleset/index.h"
#include "tiny_rules.h"

TestSuite(compile, .timeout = 30);

/* A rule set with one of everything, in which a fault is planted. */
static const struct tiny_file sound[] = {
    TINY_WORDS,
    {"profiles/p.yaml",
     "- {id: buyer, name: Buyer}\n"
     "- {id: buyer-5g, name: 5G buyer, within: buyer}\n",
     false},
    {"parties/p.yaml",
     "- id: micron\n"
     "  name: Micron Technology, Inc.\n"
     "  country: US\n"
     "  aliases: [美光科技有限公司]\n"
     "  not: [Micronas]\n"
     "  makes: [memory/dram]\n"
     "- id: elpida\n"
     "  name: Elpida Memory\n"
     "  country: JP\n"
     "  owned-by:\n"
     "    - {party: micron, from: 2013-07-31}\n",
     false},
    {"parts/micron.yaml",
     "party: micron\n"
     "tables:\n"
     "  - name: org\n"
     "    codes:\n"
     "      - {code: 256M16, depth: 256, width: 16}\n"
     "families:\n"
     "  - {id: micron-ddr3, name: DDR3, pattern: MT41K<org>*, tier: high,\n"
     "     category: memory/dram/ddr3, examples: [MT41K256M16TW]}\n"
     "crosses:\n"
     "  - {from: MT41K256M16TW, to: K4B4G1646E, to-party: elpida, level: A}\n",
     false},
    {"measures/m.yaml",
     "id: m\n"
     "title: T\n"
     "authority: A\n"
     "jurisdiction: CN\n"
     "citation: C\n"
     "announced: 2023-03-31\n"
     "known-to: 2025-10-17\n"
     "reach: owned\n"
     "binds: [buyer]\n"
     "covers: [all]\n"
     "parties:\n"
     "  - {party: micron}\n"
     "clauses:\n"
     "  - {id: one, effect: prohibit, activities: [purchase], from: "
     "2023-05-21}\n"
     "sources:\n"
     "  - {url: 'https://example.org'}\n",
     false},
};

#define SOUND_COUNT ARRAY_LEN(sound)

/* The sound files with one more, which replaces that of the same path. */
static size_t with_file(struct tiny_file files[SOUND_COUNT + 1],
                        const struct tiny_file *one) {
    size_t count = SOUND_COUNT;
    memcpy(files, sound, sizeof(sound));
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        if (strcmp(files[i].path, one->path) == 0) {
            files[i] = *one;
            return count;
        }
    }
    files[count++] = *one;
    return count;
}

static struct ruleset *open_sound(void) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(sound, SOUND_COUNT, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    return rules;
}

Test(compile, small_rule_set_holds_what_its_files_say) {
    struct ruleset *rules = open_sound();
    cr_expect(strcmp(ruleset_version(rules), "7") == 0);
    cr_expect(eq(sz, strlen(ruleset_sha256(rules)), 64));
    char day[DATE_TEXT_SIZE];
    date_format(ruleset_known_to(rules), day);
    cr_expect(strcmp(day, "2026-01-01") == 0, "%s", day);
    cr_expect(eq(u32, rules_party_count(rules), 2));
    cr_expect(eq(u32, rules_measure_count(rules), 1));
    cr_expect(eq(u32, rules_profile_count(rules), 2));
    cr_expect(eq(u32, rules_category_count(rules), 10));
    cr_expect(eq(u32, rules_family_count(rules), 1));
    cr_expect(eq(u32, rules_cross_count(rules), 1));
    cr_expect(eq(u32, rules_file_count(rules), (uint32_t)SOUND_COUNT));
    uint32_t elpida = rules_find_party(rules, STR_LIT("elpida"));
    uint32_t micron = rules_find_party(rules, STR_LIT("micron"));
    const struct rules_party *party = rules_party(rules, elpida);
    cr_assert(eq(u32, party->owners.count, 1));
    const struct rules_link *link = rules_link(rules, party->owners.first);
    cr_expect(eq(u32, link->party, micron));
    cr_expect(eq(u32, link->share, RULES_NONE));
    const struct rules_clause *clause = rules_clause(rules, 0);
    cr_expect(eq(u32, clause->reach, RULES_OWNED));
    cr_expect(eq(u32, clause->binds.count, 1));
    cr_expect(eq(u32, rules_item(rules, clause->covers, 0), 0));
    cr_expect(
        eq(u32, rules_find_crosses(rules, STR_LIT("MT41K256M16TW")).count, 1));
    cr_expect(eq(u32, rules_find_crosses(rules, STR_LIT("MT41K256")).count, 0));
    ruleset_close(rules);
}

static uint32_t names_of(const struct ruleset *rules, const char *text,
                         uint32_t *first) {
    return rules_find_names(rules, str_from(text), first);
}

Test(compile, names_are_found_by_their_normal_form_and_their_core) {
    struct ruleset *rules = open_sound();
    static const struct {
        const char *text;
        uint32_t kind;
    } cases[] = {
        {"micron technology", RULES_NAME_LEGAL}, {"micron", RULES_NAME_CORE},
        {"美光科技", RULES_NAME_ALIAS},          {"micronas", RULES_NAME_NOT},
        {"elpida memory", RULES_NAME_LEGAL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t first;
        cr_expect(eq(u32, names_of(rules, cases[i].text, &first), 1), "%s",
                  cases[i].text);
        cr_expect(eq(u32, rules_name(rules, first)->kind, cases[i].kind), "%s",
                  cases[i].text);
    }
    uint32_t first;
    cr_expect(eq(u32, names_of(rules, "nobody", &first), 0));
    cr_expect(eq(u32, names_of(rules, "", &first), 0));
    ruleset_close(rules);
}

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

Test(compile, what_is_no_rule_file_is_told_with_its_line) {
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
        {PROFILES("---\n...\n"), 0, "Expecting MAPPING, got event: SCALAR"},
        {PARTIES("- &a {id: x, name: X}\n- *a\n"), 3,
         "a YAML alias (*) may not stand here"},
        {PARTIES("- {id: x, name: [X]}\n"), 3,
         "Expecting STRING, got event: SEQUENCE_START"},
        {PARTIES("- {id: x, name: X, aliases: Y}\n"), 3,
         "Expecting SEQUENCE, got event: SCALAR"},
        {PARTIES("- {id: x\n"), 3, "libyaml: did not find expected ',' or '}'"},
        {PARTIES("- x\n"), 3, "Expecting MAPPING, got event: SCALAR"},
        {PARTIES(
             "- {id: x, name: X, owned-by: [{party: micron, share: -1}]}\n"),
         3, "Invalid UINT value: '-1'"},
        {PARTIES(
             "- {id: x, name: X, owned-by: [{party: micron, share: many}]}\n"),
         3, "Invalid uint64_t value: 'many'"},
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

Test(compile, what_is_not_there_is_told_with_its_line) {
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

Test(compile, what_stands_twice_is_told_with_both_places) {
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

Test(compile, a_measure_that_cannot_work_is_told) {
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

Test(compile, a_party_profile_or_pattern_that_cannot_work_is_told) {
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

/* Everything that is told, as text. */
static void write_down(void *ctx, const struct err *problem) {
    char line[1024];
    err_format(problem, line, sizeof(line));
    strbuf_printf(ctx, "%s\n", line);
}

Test(compile, every_problem_is_told_and_the_error_sums_them_up) {
    struct strbuf told = {.ptr = NULL};
    struct rule_problems problems = {write_down, &told};
    struct tiny_file files[SOUND_COUNT + 2];
    static const struct tiny_file parties = {
        "parties/q.yaml",
        "- {id: x, name: X, makes: [toys]}\n"
        "- {id: y, name: Y, country: Japan}\n",
        false};
    static const struct tiny_file extra = {"extra.yaml", "a: b\n", false};
    size_t count = with_file(files, &parties), size;
    files[count++] = extra;
    void *bytes;
    struct err err = ERR_INIT;
    cr_assert(not(tiny_compile(&bytes, &size, files, count, &problems, &err)));
    cr_expect(strcmp(err.msg, "3 problems in the rules") == 0, "%s", err.msg);
    static const char *const wanted[] = {
        "extra.yaml: no rule file belongs here",
        "parties/q.yaml:1: unknown category 'toys'\n",
        "parties/q.yaml:2: 'Japan' is no country code such as CN or CN-XJ\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        cr_expect(strstr(told.ptr, wanted[i]) != NULL, "%s\nis not in\n%s",
                  wanted[i], told.ptr);
    strbuf_dispose(&told);
}

Test(compile, a_shared_name_finds_each_who_shares_it) {
    static const struct tiny_file parties = {
        "parties/p.yaml",
        "- {id: micron, name: Micron, shared-names: [Spectek]}\n"
        "- {id: elpida, name: Elpida, shared-names: ['SPECTEK Inc.']}\n"
        "- {id: third, name: Third, not: [Spectek]}\n",
        false};
    struct tiny_file files[SOUND_COUNT + 1];
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &parties), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first, shared = 0;
    uint32_t count = names_of(rules, "spectek", &first);
    cr_expect(eq(u32, count, 3));
    for (uint32_t i = 0; i < count; i++)
        shared += rules_name(rules, first + i)->kind == RULES_NAME_SHARED;
    cr_expect(eq(u32, shared, 2));
    ruleset_close(rules);
}

Test(compile, a_core_that_two_have_is_nobodys) {
    static const struct tiny_file parties = {
        "parties/p.yaml",
        "- {id: micron, name: Zetta Technology}\n"
        "- {id: elpida, name: Zetta Semiconductor}\n",
        false};
    struct tiny_file files[SOUND_COUNT + 1];
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &parties), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first;
    cr_expect(eq(u32, names_of(rules, "zetta", &first), 0));
    cr_expect(eq(u32, names_of(rules, "zetta technology", &first), 1));
    ruleset_close(rules);
}

Test(compile, a_lent_file_may_name_parties_that_are_not_there) {
    struct tiny_file files[SOUND_COUNT + 1];
    static const struct tiny_file lent = {
        "base:parts/other.yaml",
        "party: nobody\n"
        "families:\n"
        "  - {id: f, name: F, tier: high, pattern: X#}\n"
        "  - {id: g, name: G, tier: high, pattern: Y#, party: micron}\n"
        "crosses:\n"
        "  - {from: A, to: B, to-party: nobody, level: A}\n",
        true};
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, with_file(files, &lent), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_expect(eq(u32, rules_family_count(rules), 2));
    cr_expect(eq(u32, rules_cross_count(rules), 1));
    ruleset_close(rules);
}

struct compiled {
    void *bytes;
    size_t size;
    char sha256[65];
};

static struct compiled compiled_from(const struct tiny_file *files,
                                     size_t count) {
    struct compiled out = {.bytes = NULL};
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_assert(tiny_compile(&out.bytes, &out.size, files, count, NULL, &err) &&
                  ruleset_open(&rules, out.bytes, out.size, &err),
              "%s", err.msg);
    snprintf(out.sha256, sizeof(out.sha256), "%s", ruleset_sha256(rules));
    ruleset_close(rules);
    return out;
}

static bool same_bytes(const struct compiled *a, const struct compiled *b) {
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

Test(compile, the_same_files_in_any_order_give_the_same_bytes) {
    struct tiny_file files[SOUND_COUNT];
    struct compiled first = compiled_from(sound, SOUND_COUNT);
    for (size_t turn = 0; turn < SOUND_COUNT; turn++) {
        for (size_t i = 0; i < SOUND_COUNT; i++)
            files[i] = sound[(SOUND_COUNT - 1 - i + turn) % SOUND_COUNT];
        struct compiled again = compiled_from(files, SOUND_COUNT);
        cr_expect(same_bytes(&first, &again), "turn %zu", turn);
        mem_free(again.bytes);
    }
    mem_free(first.bytes);
}

Test(compile, any_byte_of_any_file_changes_the_hash) {
    struct compiled first = compiled_from(sound, SOUND_COUNT);
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        struct tiny_file files[SOUND_COUNT];
        struct strbuf text = {.ptr = NULL};
        memcpy(files, sound, sizeof(files));
        strbuf_printf(&text, "%s#\n", sound[i].text);
        files[i].text = text.ptr;
        struct compiled other = compiled_from(files, SOUND_COUNT);
        cr_expect(strcmp(first.sha256, other.sha256) != 0, "%s", sound[i].path);
        text.ptr[text.len - 2] = ' ';
        struct compiled blank = compiled_from(files, SOUND_COUNT);
        cr_expect(strcmp(blank.sha256, other.sha256) != 0, "%s", sound[i].path);
        mem_free(other.bytes);
        mem_free(blank.bytes);
        strbuf_dispose(&text);
    }
    mem_free(first.bytes);
}

static bool opens(const void *bytes, size_t size) {
    struct ruleset *rules = NULL;
    struct err err = ERR_INIT;
    bool ok = ruleset_open(&rules, bytes, size, &err);
    cr_expect(ok || (err.code == ERR_INVALID && err.msg[0] != '\0'));
    ruleset_close(rules);
    return ok;
}

Test(compile, bytes_that_are_no_whole_index_are_refused) {
    struct compiled good = compiled_from(sound, SOUND_COUNT);
    cr_assert(opens(good.bytes, good.size));
    for (size_t size = 0; size < good.size; size += 7) {
        void *part = mem_alloc(size);
        cr_assert(part != NULL);
        memcpy(part, good.bytes, size);
        cr_expect(not(opens(part, size)), "%zu bytes", size);
        mem_free(part);
    }
    static const uint64_t foreign[64] = {UINT64_C(0x314b50504b0304)};
    cr_expect(not(opens(foreign, sizeof(foreign))));
    mem_free(good.bytes);
}

/* Whatever number of the header is wrong: what opens can be read to its
   bounds, and nothing else opens. */
Test(compile, a_damaged_header_is_refused) {
    struct compiled good = compiled_from(sound, SOUND_COUNT);
    struct index_header *header = good.bytes;
    struct index_header kept = *header;
    header->magic++;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->size--;
    cr_expect(not(opens(good.bytes, good.size)));
    for (int i = 0; i < SECTION_COUNT; i++) {
        *header = kept;
        header->sections[i].count = UINT64_MAX;
        cr_expect(not(opens(good.bytes, good.size)), "count %d", i);
        *header = kept;
        header->sections[i].offset = UINT64_MAX - 7;
        cr_expect(not(opens(good.bytes, good.size)), "offset %d", i);
        *header = kept;
        header->sections[i].offset++;
        cr_expect(not(opens(good.bytes, good.size)), "odd offset %d", i);
    }
    *header = kept;
    header->sections[SECTION_TEXT].count = 0;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->sections[SECTION_TEXT].count--;
    cr_expect(not(opens(good.bytes, good.size)), "the last text has no end");
    *header = kept;
    header->sections[SECTION_SLOTS].count--;
    cr_expect(not(opens(good.bytes, good.size)), "no power of two");
    *header = kept;
    header->version = UINT32_MAX;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    header->sha256 = (uint32_t)header->sections[SECTION_TEXT].count;
    cr_expect(not(opens(good.bytes, good.size)));
    *header = kept;
    cr_expect(opens(good.bytes, good.size));
    mem_free(good.bytes);
}

Test(compile, nothing_at_all_is_a_rule_set_without_parties) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(NULL, 0, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    uint32_t first;
    cr_expect(strcmp(ruleset_version(rules), "unversioned") == 0);
    cr_expect(eq(u32, rules_find_party(rules, STR_LIT("x")), RULES_NONE));
    cr_expect(eq(u32, names_of(rules, "x", &first), 0));
    cr_expect(eq(i32, ruleset_known_to(rules), DATE_NONE));
    ruleset_close(rules);
}

Test(compile, category_tree_order_is_by_path) {
    struct ruleset *rules = open_sound();
    uint32_t dram = rules_find_category(rules, STR_LIT("memory/dram"));
    uint32_t ddr4 = rules_find_category(rules, STR_LIT("memory/dram/ddr4"));
    uint32_t nand = rules_find_category(rules, STR_LIT("memory/nand"));
    uint32_t all = rules_find_category(rules, STR_LIT("all"));
    cr_expect(eq(u32, all, 0));
    cr_expect(rules_category_within(rules, ddr4, dram));
    cr_expect(rules_category_within(rules, dram, dram));
    cr_expect(rules_category_within(rules, ddr4, all));
    cr_expect(not(rules_category_within(rules, dram, ddr4)));
    cr_expect(not(rules_category_within(rules, nand, dram)));
    cr_expect(eq(u32, rules_find_category(rules, STR_LIT("toys")), RULES_NONE));
    ruleset_close(rules);
}
