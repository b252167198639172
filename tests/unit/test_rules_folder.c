#include "ruleset/compile.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/shipped_rules.h"
#include "temp_folder.h"
#include "tiny_rules.h"

/* Rules as they lie in a folder, and how `--rules` lays them over others. */

static struct temp_folder folder;
static struct ruleset *base;

/* What the program would carry. */
static const struct tiny_file lent[] = {
    TINY_WORDS,
    {"profiles/p.yaml", "id: theirs\n", false},
    {"parties/p.yaml",
     "- {id: micron, name: Micron, makes: [memory/dram]}\n"
     "- {id: elpida, name: Elpida}\n",
     false},
    {"parts/p.yaml",
     "party: micron\nfamilies:\n"
     "  - {id: mt, name: MT, tier: high, pattern: MT41#}\n"
     "  - {id: ed, name: ED, tier: high, pattern: ED#, party: elpida}\n",
     false},
    {"measures/m.yaml",
     "id: theirs-m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"
     "announced: 2023-03-31\nknown-to: 2025-10-17\n"
     "sources: [{url: u}]\nbinds: [theirs]\ncovers: [all]\n"
     "parties: [{party: micron}]\nclauses:\n"
     "  - {id: a, effect: prohibit, activities: [purchase], from: "
     "2023-05-21}\n",
     false},
};

#define OWN_MEASURE                                                            \
    "id: own-m\ntitle: T\nauthority: A\njurisdiction: CN\ncitation: C\n"       \
    "announced: 2023-03-31\nknown-to: 2025-10-17\n"                            \
    "sources: [{url: u}]\nbinds: [own]\ncovers: [memory]\n"                    \
    "parties: [{party: micron}]\nclauses:\n"                                   \
    "  - {id: a, effect: prohibit, activities: [purchase], from: "             \
    "2023-05-21}\n"

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    base = tiny_open(lent, ARRAY_LEN(lent), &err);
    cr_assert(base != NULL, "%s: %s", err.file, err.msg);
}

static void tear_down(void) {
    ruleset_close(base);
    temp_folder_remove(&folder);
}

TestSuite(rules_folder, .timeout = 60, .init = set_up, .fini = tear_down);

static void write_own(void) {
    cr_assert(temp_write(&folder, "profiles/own.yaml", "id: own\n"));
    cr_assert(temp_write(&folder, "parties/own.yaml",
                         "{id: micron, name: Micron Inc., country: US}\n"));
    cr_assert(temp_write(&folder, "measures/own.yaml", OWN_MEASURE));
}

static struct ruleset *load(void) {
    struct ruleset *rules = NULL;
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules, folder.path, base, NULL, &err),
              "%s: %s", err.file, err.msg);
    return rules;
}

static bool fails_with(const char *words) {
    struct ruleset *rules = NULL;
    struct err err = ERR_INIT;
    if (ruleset_load_folder(&rules, folder.path, base, NULL, &err)) {
        ruleset_close(rules);
        cr_expect(false, "nothing was told: %s", words);
        return false;
    }
    cr_expect(strstr(err.msg, words) != NULL, "%s: %s\nnot: %s", err.file,
              err.msg, words);
    return true;
}

Test(rules_folder, measures_parties_and_profiles_are_the_folders_alone) {
    write_own();
    struct ruleset *rules = load();
    cr_expect(eq(u32, rules_measure_count(rules), 1));
    cr_expect(ne(u32, rules_find_measure(rules, STR_LIT("own-m")), RULES_NONE));
    cr_expect(eq(u32, rules_party_count(rules), 1));
    cr_expect(eq(u32, rules_profile_count(rules), 1));
    cr_expect(ne(u32, rules_find_category(rules, STR_LIT("memory/dram/ddr4")),
                 RULES_NONE));
    ruleset_close(rules);
}

/* Whose party the folder does not know is left out without a word. */
Test(rules_folder, parts_of_the_base_serve_a_folder_without_parts) {
    write_own();
    struct ruleset *rules = load();
    cr_assert(eq(u32, rules_family_count(rules), 1));
    cr_expect(strcmp(rules_text(rules, rules_family(rules, 0)->id), "mt") == 0);
    ruleset_close(rules);
}

Test(rules_folder, own_parts_replace_those_of_the_base) {
    write_own();
    cr_assert(temp_write(&folder, "parts/own.yaml",
                         "party: micron\nfamilies:\n"
                         "  - {id: own, name: O, tier: low, pattern: Z#}\n"));
    struct ruleset *rules = load();
    cr_assert(eq(u32, rules_family_count(rules), 1));
    cr_expect(strcmp(rules_text(rules, rules_family(rules, 0)->id), "own") ==
              0);
    ruleset_close(rules);
}

Test(rules_folder, own_words_are_added_to_those_of_the_base) {
    write_own();
    /* The same file name as the base's: it is another file all the same. */
    cr_assert(temp_write(&folder, "words/names.yaml",
                         "- {list: legal-form, words: [kommandit]}\n"
                         "- {list: own-list, words: [own]}\n"));
    struct ruleset *rules = load();
    struct rules_run forms = rules_find_words(rules, STR_LIT("legal-form"));
    cr_expect(rules_has_word(rules, forms, STR_LIT("kommandit")));
    cr_expect(rules_has_word(rules, forms, STR_LIT("ltd")));
    cr_expect(rules_has_word(
        rules, rules_find_words(rules, STR_LIT("own-list")), STR_LIT("own")));
    ruleset_close(rules);
}

Test(rules_folder, the_hash_tells_a_folder_from_its_base) {
    write_own();
    struct ruleset *rules = load();
    cr_expect(strcmp(ruleset_sha256(rules), ruleset_sha256(base)) != 0);
    ruleset_close(rules);
}

Test(rules_folder, a_file_that_would_be_passed_over_is_an_error) {
    write_own();
    cr_assert(temp_write(&folder, "parties/more.yml", "id: x\nname: X\n"));
    fails_with("'more.yml' would be passed over: rule files end in .yaml");
}

Test(rules_folder, a_folder_that_would_be_passed_over_is_an_error) {
    write_own();
    cr_assert(temp_write(&folder, "parties/asia/x.yaml", "id: x\nname: X\n"));
    fails_with("'asia' would be passed over: the folders are measures, "
               "parties, profiles, parts and words");
}

Test(rules_folder, a_misspelt_folder_is_an_error) {
    write_own();
    cr_assert(temp_write(&folder, "measure/x.yaml", OWN_MEASURE));
    fails_with("'measure' would be passed over: the folders are measures, "
               "parties, profiles, parts and words");
}

Test(rules_folder, a_folder_without_a_measure_is_no_rule_set) {
    fails_with("there is no measure in this folder");
    cr_assert(temp_write(&folder, "profiles/own.yaml", "id: own\n"));
    fails_with("there is no measure in this folder");
}

Test(rules_folder, a_folder_that_is_not_there_is_an_error) {
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_expect(not(
        ruleset_load_folder(&rules, "/tmp/no/such/folder", base, NULL, &err)));
    cr_expect(eq(int, err.code, ERR_IO));
}

Test(rules_folder, other_files_and_hidden_ones_are_passed_over) {
    write_own();
    cr_assert(temp_write(&folder, "README.md", "# read me\n"));
    cr_assert(temp_write(&folder, ".git/config", "x\n"));
    cr_assert(temp_write(&folder, "parties/.x.yaml.swp", "x\n"));
    cr_assert(temp_write(&folder, "parties/notes.txt", "x\n"));
    ruleset_close(load());
}

Test(rules_folder, the_place_of_a_fault_is_the_file_as_the_user_opens_it) {
    write_own();
    char path[TEMP_PATH_MAX];
    cr_assert(temp_write(&folder, "parties/bad.yaml",
                         "id: x\nname: X\ncolour: red\n"));
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_assert(not(ruleset_load_folder(&rules, folder.path, base, NULL, &err)));
    cr_expect(strcmp(err.file, temp_path(&folder, "parties/bad.yaml", path)) ==
                  0,
              "%s", err.file);
    cr_expect(eq(u32, err.line, 3));
}

Test(rules_folder, a_folder_of_its_own_needs_no_base) {
    struct ruleset *rules;
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules, BOMGATE_SOURCE_DIR "/rules", NULL,
                                  NULL, &err),
              "%s:%u: %s", err.file, err.line, err.msg);
    struct ruleset *shipped;
    cr_assert(ruleset_open(&shipped, shipped_rules, shipped_rules_size, &err));
    cr_expect(
        eq(u32, rules_measure_count(rules), rules_measure_count(shipped)));
    ruleset_close(shipped);
    ruleset_close(rules);
}

/* The texts that lawyers drafted are what the schema was made for. */
Test(rules_folder, every_drafted_measure_is_read_strictly) {
    static const char drafts[] = BOMGATE_SOURCE_DIR "/../shared/facts/drafts";
    struct rule_sources sources = {.files = NULL};
    struct err err = ERR_INIT;
    if (temp_count(drafts) == 0)
        cr_skip_test("no drafts at %s", drafts);
    cr_assert(rule_sources_add_folder(&sources, drafts, "measures/", &err),
              "%s: %s", err.file, err.msg);
    cr_expect(gt(sz, sources.count, 20));
    for (size_t i = 0; i < sources.count; i++) {
        struct rule_document document;
        bool ok = rule_document_load(&document, &sources.files[i], &err);
        cr_expect(ok, "%s:%u: %s", err.file, err.line, err.msg);
        if (ok)
            rule_document_dispose(&document);
    }
    rule_sources_dispose(&sources);
}
