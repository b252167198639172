#include "maker/describe.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "ruleset/compile.h"
#include "ruleset/name.h"

static struct ruleset *rules;
static struct describer describer;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/maker-rules",
                                  NULL, NULL, &err),
              "%s", err.msg);
    cr_assert(describer_init(&describer, rules));
}

static void tear_down(void) {
    describer_dispose(&describer);
    ruleset_close(rules);
}

TestSuite(describe, .timeout = 30, .init = set_up, .fini = tear_down);

static const char *category_id(uint32_t category) {
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->id);
}

static const char *described(const char *text, bool column) {
    struct strbuf folded = {.ptr = NULL};
    name_fold(&folded, str_from(text));
    uint32_t category =
        column
            ? describe_column(&describer, str_from(text), strbuf_str(&folded))
            : describe_category(&describer, strbuf_str(&folded));
    strbuf_dispose(&folded);
    return category_id(category);
}

Test(describe, a_description_names_its_category) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"IC DRAM 4GBIT PARALLEL 96FBGA", "memory/dram"},
        {"CAP CER 0.1UF 16V X7R 0402", "passive/capacitor"},
        {"Flash, NAND FLASH, 4G", "memory/nand"},
        {"landscape", ""}, /* holds "cap" */
        {"颗粒内存条", "memory/dram"},
        {"", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str, (char *)described(cases[i].text, false),
                     (char *)cases[i].want),
                  "%s", cases[i].text);
}

Test(describe, the_longest_phrase_decides) {
    cr_expect(
        eq(str, (char *)described("Quad NAND gate", false), (char *)"logic"));
    cr_expect(eq(str, (char *)described("NAND flash NAND", false),
                 (char *)"memory/nand"));
}

Test(describe, a_word_below_another_ones_category_decides) {
    cr_expect(eq(str, (char *)described("SDRAM - DDR3 4Gb", false),
                 (char *)"memory/dram/ddr3"));
    cr_expect(eq(str, (char *)described("DDR3 SDRAM", false),
                 (char *)"memory/dram/ddr3"));
}

Test(describe, a_category_column_may_hold_an_id_a_name_or_words) {
    cr_expect(eq(str, (char *)described("memory/dram/ddr4", true),
                 (char *)"memory/dram/ddr4"));
    cr_expect(eq(str, (char *)described("Capacitors", true),
                 (char *)"passive/capacitor"));
    cr_expect(eq(str, (char *)described("DDR4 module", true),
                 (char *)"memory/dram/ddr4"));
}

