#include "maker/match_name.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "ruleset/compile.h"
#include "ruleset/name.h"

static struct ruleset *rules;
static struct name_matcher matcher;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/maker-rules",
                                  NULL, NULL, &err),
              "%s", err.msg);
    name_matcher_init(&matcher, rules);
}

static void tear_down(void) {
    name_matcher_dispose(&matcher);
    ruleset_close(rules);
}

TestSuite(match_name, .timeout = 30, .init = set_up, .fini = tear_down);

/* "micron? samsung": the parties found, '?' behind a proposal. */
static const char *found(const char *cell) {
    static struct strbuf text;
    struct name_match match;
    strbuf_clear(&text);
    strbuf_add_text(&text, "");
    cr_assert(name_match(&matcher, str_from(cell), &match));
    for (size_t i = 0; i < match.count; i++) {
        uint32_t id = rules_party(rules, match.hits[i].party)->id;
        strbuf_printf(&text, "%s%s%s", i == 0 ? "" : " ", rules_text(rules, id),
                      match.hits[i].confidence == MAKER_CERTAIN ? "" : "?");
    }
    return text.len == 0 ? "" : text.ptr;
}

static void expect_all(const char *const (*cases)[2], size_t count) {
    for (size_t i = 0; i < count; i++)
        cr_expect(eq(str, (char *)found(cases[i][0]), (char *)cases[i][1]),
                  "%s", cases[i][0]);
}

static enum name_state state_of(const char *cell) {
    struct name_match match;
    cr_assert(name_match(&matcher, str_from(cell), &match));
    return match.state;
}

Test(match_name, a_name_is_found_however_it_is_written) {
    static const char *const cases[][2] = {
        {"Micron", "micron"},
        {"MICRON TECHNOLOGY INC.", "micron"},
        {" \xE2\x80\x8EMicron\xE2\x80\x8E ", "micron"},
        {"crucial", "micron"},
        {"美光", "micron"},
        {"TI", "ti"},
        {"Samsung Electro-Mechanics", "samsung-em"},
        {"samsung  electro mechanics co., ltd.", "samsung-em"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, generic_words_do_not_hide_a_name) {
    static const char *const cases[][2] = {
        {"Micron Semiconductor", "micron"},
        {"Micron Electronics Co. Semiconductor", "micron"},
        {"美光半导体有限公司", "micron"},
        /* Two letters and a generic word may be anybody. */
        {"TI Electronics", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, similar_names_are_only_proposed) {
    static const char *const cases[][2] = {
        {"Micorn", "micron?"},
        {"Micorn Semiconductor", "micron?"},
        {"Texas Insrtuments", "ti?"},
        {"TEXAS INST.", "ti?"},
        {"Qectel", "quectel?"},
        {"ST Microelectronics", "st"}, /* only spaced otherwise */
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, letters_of_another_alphabet_are_only_proposed) {
    static const char *const cases[][2] = {
        {"Mіcron", "micron?"}, /* a Cyrillic i */
        {"МІСRОN", "micron?"}, /* all that can be */
        {"Micron Technоlogy", "micron?"},
        {"ТІ", ""}, /* two letters match exactly or not at all */
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, a_short_name_is_sure_only_beside_what_is_known) {
    static const char *const cases[][2] = {
        {"TI화학", "ti?"},
        {"Samsung화학", "samsung"},
        {"TI半导体", "ti"},
        {"MCP4361-503E/ST", ""},
        {"MT41K256M16/Samsung", "samsung"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, other_companies_are_nobody_of_ours) {
    static const char *const cases[][2] = {
        {"Omicron", ""},
        {"Micro Crystal", ""},
        {"Micrel", ""},
        {"Micronas", ""},
        {"Microne", ""},
        {"Micro", ""},
        {"Sams", ""},
        {"Nitron", ""},
        {"STC", ""},
        {"Fab", ""},
        {"Micron Solutions", ""},
        {"Micron Solutions Inc", ""},
        {"Micron(美光电器)", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, a_shared_name_gives_all_who_use_it) {
    cr_expect(
        eq(str, (char *)found("Router-Link"), (char *)"router-cn? router-us?"));
}

Test(match_name, each_maker_in_a_cell_counts) {
    static const char *const cases[][2] = {
        {"Micron / Samsung", "micron samsung"},
        {"Micron\nSamsung", "micron samsung"},
        {"Micron;Samsung|TI", "micron samsung ti"},
        {"Micron~Samsung~Micron", "micron samsung"},
        {"Micron or Samsung", "micron samsung"},
        {"TI Samsung", "ti samsung"},
        {"Micron oder Samsung", "micron samsung"},
        {"Micron or Samsung ou TI", "micron samsung ti"},
        {"Micron oder gleichwertig", "micron"},
        {"Micron\\Samsung", "micron samsung"},
        {"Micron-Samsung", "micron? samsung?"}, /* or a venture of both */
        {"MICRON(美光)", "micron"},
        {"（MICRON）美光", "micron"},
        {"Micron美光", "micron"},
        {"Samsung (XY)", "samsung"},
        {"Unheard-of Ltd / Samsung", "samsung"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, linked_makers_in_a_cell_are_one) {
    static const char *const cases[][2] = {
        {"Elpida / Micron", "elpida"},
        {"Toshiba/Kioxia", "toshiba"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, a_web_address_may_name_a_maker) {
    static const char *const cases[][2] = {
        {"https://www.mouser.se/manufacturer/stmicroelectronics/", "st?"},
        {"https://www.st.com/en/imaging/vl6180.html", "st?"},
        {"www.micron.com", "micron?"},
        {"https://www.mouser.com/", ""},
        {"https://example.org/a/b", ""},
        {"://", ""},
        {"http://", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(match_name, what_names_no_maker_is_told_apart) {
    cr_expect(eq(int, state_of(""), NAME_NOT_GIVEN));
    cr_expect(eq(int, state_of("  "), NAME_NOT_GIVEN));
    cr_expect(eq(int, state_of("N/A"), NAME_NOT_GIVEN));
    cr_expect(eq(int, state_of("~~"), NAME_NOT_GIVEN));
    cr_expect(eq(int, state_of("DNP"), NAME_NOT_GIVEN));
    cr_expect(eq(int, state_of("Digi-Key"), NAME_DISTRIBUTOR));
    cr_expect(eq(int, state_of("Mouser / Digi-Key"), NAME_DISTRIBUTOR));
    cr_expect(eq(int, state_of("Unheard-of Ltd"), NAME_UNKNOWN));
    cr_expect(eq(int, state_of("Micron"), NAME_FOUND));
}

static const char *leading(const char *cell, bool prose) {
    struct name_hit hit;
    struct str rest;
    int result =
        name_match_leading(&matcher, str_from(cell), prose, &hit, &rest);
    cr_assert(ge(int, result, 0));
    if (result == 0)
        return "";
    const char *id = rules_text(rules, rules_party(rules, hit.party)->id);
    return hit.confidence == MAKER_CERTAIN ? id : "?";
}

Test(match_name, a_part_number_may_begin_with_its_maker) {
    static const struct {
        const char *cell;
        bool prose;
        const char *want;
    } cases[] = {
        {"Micron MT41K256M16", false, "micron"},
        {"YAGEO CC0402KRX7R7BB104", true, "yageo"},
        {"Micron_MTFDDAK480TDS", false, "micron"},
        {"广和通 L610", false, "fibocom"},
        {"Texas Instruments SN74LVC1G", true, "ti"},
        {"TI SN74LVC1G07", true, ""}, /* a word of a description */
        {"Micron memory", false, "?"},
        {"Micron memory", true, ""},
        {"Micron 3.3V part", true, ""},
        {"Samsung Electro-Mechanics CL05B104", false, "samsung-em"},
        {"Samsung Electro-Mechanics", true, ""},
        {"MT41K256M16 Micron", false, ""},
        {"", false, ""},
        {"  ", true, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str, (char *)leading(cases[i].cell, cases[i].prose),
                     (char *)cases[i].want),
                  "%s", cases[i].cell);
}

Test(match_name, a_mention_is_a_whole_word) {
    uint32_t fibocom = rules_find_party(rules, STR_LIT("fibocom"));
    uint32_t ti = rules_find_party(rules, STR_LIT("ti"));
    cr_expect(name_mentioned(rules, fibocom, STR_LIT("gsm module fibocom")));
    cr_expect(name_mentioned(rules, fibocom, STR_LIT("模块广和通的")));
    cr_expect(not(name_mentioned(rules, fibocom, STR_LIT("fibocomx gsm"))));
    cr_expect(not(name_mentioned(rules, ti, STR_LIT("ti x7r"))));
}

Test(match_name, hostile_cells_end) {
    static const char *const pieces[] = {"/",    "Micron/", "a b ", "é",
                                         "\xFF", "(",       "美",   "://"};
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct strbuf cell = {.ptr = NULL};
        struct name_match match;
        while (cell.len < 2048)
            strbuf_add_text(&cell, pieces[i]);
        cr_expect(name_match(&matcher, strbuf_str(&cell), &match));
        strbuf_dispose(&cell);
    }
}

Test(match_name, memory_that_runs_out_is_told) {
    struct name_match match;
    for (size_t n = 1; n < 200; n++) {
        mem_fail_after(n);
        bool done = name_match(&matcher, STR_LIT("Micorn / Samsnug"), &match);
        bool failed = mem_failed();
        mem_fail_after(0);
        name_matcher_dispose(&matcher);
        if (!failed)
            break;
        cr_expect(not(done), "allocation %zu", n);
    }
}
