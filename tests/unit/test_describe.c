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

Test(describe, what_is_only_for_memory_is_none) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"SDRAM DDR4 SODIMM", "memory/dram/module"},
        {"DDR4 SODIMM socket", "connector"},
        {"socket", ""}, /* a deciding word decides only about memory */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str, (char *)described(cases[i].text, false),
                     (char *)cases[i].want),
                  "%s", cases[i].text);
}

Test(describe, how_a_thing_is_made_says_least) {
    cr_expect(eq(str, (char *)described("integrated circuit emmc", false),
                 (char *)"memory/nand/emmc"));
    cr_expect(eq(str, (char *)described("emmc integrated circuit", false),
                 (char *)"memory/nand/emmc"));
    cr_expect(
        eq(str, (char *)described("integrated circuit", false), (char *)"ic"));
}

static struct description read_memory(const char *category, const char *text) {
    struct description out = {.density_sure = false};
    struct strbuf folded = {.ptr = NULL};
    name_fold(&folded, str_from(text));
    cr_assert(describe_memory(&describer, str_from(text), strbuf_str(&folded),
                              rules_find_category(rules, str_from(category)),
                              &out));
    strbuf_dispose(&folded);
    return out;
}

Test(describe, density_and_width_are_read_from_memories) {
    static const struct {
        const char *category, *text;
        uint32_t density, width;
    } cases[] = {
        {"memory/dram", "IC DRAM 4GBIT PARALLEL 96FBGA", 4096, 0},
        {"memory/dram/ddr3", "DDR3L 4Gb 256Mx16", 4096, 16},
        {"memory/dram/ddr3", "128M x 8 BIT", 1024, 8},
        {"memory/dram/ddr3", "4Gb x16", 4096, 16},
        {"memory/dram/ddr3",
         "256M\xc3\x97"
         "16",
         4096, 16},
        {"memory/dram/ddr3", "64Mbitx16", 1024, 16},
        {"memory/dram", "64Mb, 1 Mb x 16 b x 4 Banks", 64, 16},
        {"memory/nand", "512 Mbit flash", 512, 0},
        {"memory/nand", "1 Гбит", 1024, 0},
        {"memory/nand", "1Gビット", 1024, 0},
        {"memory/nand", "128 Mo", 1024, 0},
        {"memory/nand/emmc", "eMMC 8GB", 65536, 0},
        {"memory/nand/emmc", "eMMC 4 GiB", 32768, 0},
        {"memory/dram", "package 9 x 16 mm", 0, 0},
        {"memory/dram", "512Kx8 or 256Kx16", 4, 0},
        {"memory/nand", "SATA 6Gb/s", 0, 0},
        {"memory/nand", "99999G 99999GB 123456GB 1234567890GB", 0, 0},
        {"memory/dram/ddr3", "DDR3-1600, 100MHz, 2.4GHz", 0, 0},
        {"memory/dram/ddr3", "", 0, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct part_facts facts =
            read_memory(cases[i].category, cases[i].text).facts;
        cr_expect(eq(u32, facts.density_mbit, cases[i].density), "%s",
                  cases[i].text);
        cr_expect(eq(u32, facts.width, cases[i].width), "%s", cases[i].text);
    }
}

Test(describe, bits_or_bytes_are_told_by_the_sizes_that_there_are) {
    static const struct {
        const char *category, *text;
        uint32_t density;
    } cases[] = {
        {"memory/nand", "4Gb", 4096},
        {"memory/nand", "4GB", 0}, /* 4 Gbit, or the 32 Gbit that it says? */
        {"memory/nand", "4G", 0},
        {"memory/nand", "4GB (4096Mbit)", 4096},
        {"memory/nand", "512MB", 4096}, /* there is none of 512 Mbit */
        {"memory/nand/emmc", "4GB", 32768},
        {"memory/nand/emmc", "8G", 65536},
        {"memory/nand/emmc", "8Gb", 65536},
        {"memory/nand/emmc", "32Gb", 0}, /* 4 GByte, or 32? */
        {"memory/nand", "1Gbit, 4Gbit", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            eq(u32,
               read_memory(cases[i].category, cases[i].text).facts.density_mbit,
               cases[i].density),
            "%s", cases[i].text);
}

Test(describe, only_what_is_said_in_full_is_sure) {
    cr_expect(read_memory("memory/dram/ddr3", "4Gbit").density_sure);
    cr_expect(read_memory("memory/dram/ddr3", "256Mx16").density_sure);
    cr_expect(not(read_memory("memory/dram/ddr3", "4Gb").density_sure));
}

Test(describe, voltages_are_nominal_ones) {
    static const struct {
        const char *text;
        uint32_t want;
    } cases[] = {
        {"1.35V", 1350},     {"1,35 V", 1350},        {"3V", 3300},
        {"2.7V~3.6V", 3300}, {"2.7-3.6V", 3300},      {"2.7 to 3.6 V", 3300},
        {"3.3 VCC", 3300},   {"1.35V/1.5V", 1350},    {"FBGA-96 1.35V", 1350},
        {"1.8V", 0},         {"3.3V and 1.35V", 0},   {"48 / 1.35V", 1350},
        {"12V, 3.3V", 0},    {"VPP=12V, 3.3V", 3300}, {"1.35", 0},
        {"3.3Volt5", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            eq(u32,
               read_memory("memory/dram/ddr3", cases[i].text).facts.voltage_mv,
               cases[i].want),
            "%s", cases[i].text);
}

Test(describe, a_clock_is_half_of_a_data_rate) {
    static const struct {
        const char *category, *text;
        uint32_t want;
    } cases[] = {
        {"memory/dram/ddr3", "933MHz", 1866},
        {"memory/dram/ddr3", "1866MHz", 1866},
        {"memory/dram/ddr3", "DDR3-1600", 1600},
        {"memory/dram/ddr3", "1600/1866", 0},
        {"memory/dram/ddr3", "1066MHz", 0}, /* a rate, and the clock of 2133 */
        {"memory/dram/ddr3", "800 MT/s", 800},
        {"memory/dram/ddr4", "1.6 GHz", 3200},
        {"memory/dram/ddr4", "2400Mbps", 2400},
        {"memory/dram/module", "DDR4 SODIMM 3200MHz", 3200},
        {"memory/dram", "166MHz", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            eq(u32,
               read_memory(cases[i].category, cases[i].text).facts.speed_mts,
               cases[i].want),
            "%s", cases[i].text);
}

Test(describe, packages_have_one_name) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"96FBGA", "FBGA96"},
        {"96-FBGA (8x14)", "FBGA96"},
        {"FBGA-96(7.5x13)", "FBGA96"},
        {"96-Pin F-BGA", "FBGA96"},
        {"TFBGA, 96 ball", "FBGA96"},
        {"63-ball TFBGA", "VFBGA63"},
        {"SOP8", "SOIC8"},
        {"SOIC-8-208mil", "SOIC8"},
        {"54-TSOP II", "TSOP54"},
        {"TSOP-II-54", "TSOP54"},
        {"TSOP II 54pin", "TSOP54"},
        {"260SODIMM", "SODIMM"},
        {"8-SOIC (SOP8)", "SOIC8"},
        {"SOIC-8/TSOP-54", ""},
        {"SOIC 8x6", ""},
        {"X96 FBGA", ""},
        {"FBGA 12345678901234567890", ""},
        {"SOIC", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(
            eq(str,
               (char *)read_memory("memory/dram", cases[i].text).facts.package,
               (char *)cases[i].want),
            "%s", cases[i].text);
}

Test(describe, an_interface_is_that_of_the_kind) {
    static const struct {
        const char *category, *text, *want;
    } cases[] = {
        {"memory/nand", "SPI NAND", "SPI"},
        {"memory/nand", "SPI - Quad", "QSPI"},
        {"memory/dram/ddr3", "parallel", ""},
        {"memory/dram/module", "DDR4 SODIMM", "DDR4"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str,
                     (char *)read_memory(cases[i].category, cases[i].text)
                         .facts.interface,
                     (char *)cases[i].want),
                  "%s", cases[i].text);
}

Test(describe, flash_is_what_its_words_or_interface_and_size_allow) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"FLASH 8GBIT PARALLEL", "memory/nand"},
        {"FLASH 1GBIT PARALLEL", "memory"},
        {"Flash, NAND", "memory/nand"},
        {"8GBIT PARALLEL", "memory"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str,
                     (char *)category_id(
                         read_memory("memory", cases[i].text).facts.category),
                     (char *)cases[i].want),
                  "%s", cases[i].text);
}
