#include "ruleset/yaml_place.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/compiler.h"
#include "ruleset/ruleset.h"

TestSuite(yaml_place, .timeout = 30);

static const char list[] = "# parties\n"         /* 1 */
                           "- id: a\n"           /* 2 */
                           "  owned-by:\n"       /* 3 */
                           "    - {party: x}\n"  /* 4 */
                           "    - party: y\n"    /* 5 */
                           "      covers: [m,\n" /* 6 */
                           "        n]\n"        /* 7 */
                           "- id: b\n"           /* 8 */
                           "  note: |\n"         /* 9 */
                           "    party: no key\n" /* 10 */
                           "  party: late\n";    /* 11 */

Test(yaml_place, a_path_leads_to_its_line) {
    static const struct {
        const char *path;
        uint32_t line;
    } cases[] = {
        {"0", 2},
        {"0 id", 2},
        {"0 owned-by 0", 4},
        {"0 owned-by 0 party", 4},
        {"0 owned-by 1", 5},
        {"0 owned-by 1 covers 1", 7},
        {"1", 8},
        {"1 party", 11},
        {"2", 0},
        {"0 owned-by 2", 0},
        {"0 nothing", 0},
        {"0 ", 0},
        {"", 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(u32,
                     yaml_line_of_path(STR_LIT(list), str_from(cases[i].path)),
                     cases[i].line),
                  "'%s'", cases[i].path);
}

Test(yaml_place, a_key_is_found_from_a_line_on) {
    cr_expect(eq(u32, yaml_line_of_key(STR_LIT(list), STR_LIT("party"), 1), 4));
    cr_expect(eq(u32, yaml_line_of_key(STR_LIT(list), STR_LIT("party"), 5), 5));
    cr_expect(
        eq(u32, yaml_line_of_key(STR_LIT(list), STR_LIT("party"), 8), 11));
    cr_expect(eq(u32, yaml_line_of_key(STR_LIT(list), STR_LIT("late"), 1), 0));
}

Test(yaml_place, a_list_is_told_from_a_mapping) {
    cr_expect(yaml_starts_with_sequence(STR_LIT(list)));
    cr_expect(yaml_starts_with_sequence(STR_LIT("[]")));
    cr_expect(yaml_starts_with_sequence(STR_LIT("--- # x\n- a")));
    cr_expect(not(yaml_starts_with_sequence(STR_LIT("a: [b]"))));
    cr_expect(not(yaml_starts_with_sequence(STR_LIT("a"))));
    cr_expect(not(yaml_starts_with_sequence(STR_EMPTY)));
    cr_expect(not(yaml_starts_with_sequence(STR_LIT("\"open"))));
}

/* Deeper than any rule file, with longer keys, and broken: a line or none. */
Test(yaml_place, hostile_text_gives_no_line) {
    struct strbuf deep = {.ptr = NULL};
    for (int i = 0; i < 200; i++)
        strbuf_add_char(&deep, '[');
    cr_expect(eq(u32, yaml_line_of_path(strbuf_str(&deep), STR_LIT("9")), 0));
    strbuf_clear(&deep);
    for (int i = 0; i < 500; i++)
        strbuf_add_char(&deep, 'k');
    strbuf_add_text(&deep, ": 1\nid: 2\n");
    cr_expect(eq(u32, yaml_line_of_path(strbuf_str(&deep), STR_LIT("id")), 2));
    strbuf_dispose(&deep);
    cr_expect(
        eq(u32, yaml_line_of_path(STR_LIT("a: {b"), STR_LIT("a b c")), 0));
    cr_expect(eq(u32, yaml_line_of_path(STR_LIT("\xFF\xFE"), STR_LIT("a")), 0));
}

TestSuite(vocabulary, .timeout = 30);

Test(vocabulary, words_of_the_rules_lead_back_to_their_numbers) {
    for (unsigned i = 0; rules_activity_names[i] != NULL; i++) {
        struct str name = str_from(rules_activity_names[i]);
        cr_expect(eq(uint, rules_activity_parse(name), 1u << i));
        cr_expect(strcmp(rules_activity_name((enum rules_activity)(1u << i)),
                         rules_activity_names[i]) == 0);
    }
    cr_expect(eq(uint, rules_activity_parse(STR_LIT("buy")), 0));
    cr_expect(eq(uint, rules_activity_parse(STR_EMPTY), 0));
    cr_expect(strcmp(rules_effect_name(RULES_EXPORT), "export") == 0);
    cr_expect(strcmp(rules_reach_name(RULES_AFFILIATED), "affiliated") == 0);
    cr_expect(strcmp(rules_confidence_name(RULES_UNCONFIRMED), "unconfirmed") ==
              0);
    cr_expect(rules_dies_name(RULES_DIES_UNKNOWN) == NULL);
    cr_expect(strcmp(rules_dies_name(RULES_DIES_BOUGHT), "bought") == 0);
}
