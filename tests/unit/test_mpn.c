#include "maker/mpn.h"

#include <stddef.h>
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "ruleset/compile.h"

static struct ruleset *rules;
static struct mpn_matcher matcher;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/maker-rules",
                                  NULL, NULL, &err),
              "%s", err.msg);
    cr_assert(mpn_matcher_init(&matcher, rules));
}

static void tear_down(void) {
    mpn_matcher_dispose(&matcher);
    ruleset_close(rules);
}

TestSuite(mpn, .timeout = 30, .init = set_up, .fini = tear_down);

/* "micron samsung": whose families fit, '?' where the text is ambiguous. */
static const char *owners(const struct mpn_match *match) {
    static struct strbuf text;
    strbuf_clear(&text);
    for (size_t i = 0; i < match->count; i++) {
        uint32_t id = rules_party(rules, match->hits[i].party)->id;
        strbuf_printf(&text, "%s%s%s", i == 0 ? "" : " ", rules_text(rules, id),
                      match->hits[i].ambiguous ? "?" : "");
    }
    return text.len == 0 ? "" : text.ptr;
}

static struct mpn_match match_cell(const char *cell) {
    struct mpn_match match;
    cr_assert(mpn_match_cell(&matcher, str_from(cell), false, &match));
    return match;
}

static const char *fits(const char *cell) {
    struct mpn_match match = match_cell(cell);
    return owners(&match);
}

Test(mpn, a_part_number_is_found_however_it_is_written) {
    static const char *const cells[] = {
        "MT41K256M16TW-107:P",
        "mt41k256m16tw-107",
        "MT41K256M16TW-107:J TR",
        "MT41K256M16TW-107_J-TR",
        "MT41K256M16 TW107",
        " MT41K256M16TW\xE2\x88\x92"
        "107 ",
        "MT41K256M16TW-107(FBGA96)",
        "NA(MT41K256M16TW-107)",
        "part MT41K256M16TW-107:P",
        "Micron_MT41K256M16TW",
        "557-MT41K256M16TW-107:P", /* a shop's number */
    };
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        cr_expect(eq(str, (char *)fits(cells[i]), (char *)"micron"), "%s",
                  cells[i]);
}

Test(mpn, packing_and_distributor_codes_are_taken_off) {
    static const char *const cells[] = {
        "XF1234",     "XF1234 TR",    "XF1234-ND",  "XF1234CT-ND",
        "XF1234 T&R", "XF1234-TR-ND", "XF1234 (TR)"};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        cr_expect(eq(str, (char *)fits(cells[i]), (char *)"micron"), "%s",
                  cells[i]);
    cr_expect(eq(str, (char *)fits("XF1234CT"), (char *)""));
}

Test(mpn, a_family_says_what_the_part_is) {
    struct mpn_match match = match_cell("MT41K1G8TW-107:P");
    cr_assert(eq(sz, match.count, 1));
    const struct part_facts *facts = &match.hits[0].facts;
    cr_expect(eq(u32, facts->density_mbit, 8192));
    cr_expect(eq(u32, facts->width, 8));
    cr_expect(eq(u32, facts->voltage_mv, 1350));
    cr_expect(eq(u32, facts->dies, 1));
    cr_expect(eq(str, (char *)facts->category_source, (char *)"mpn"));
    cr_expect(eq(u32, facts->category,
                 rules_find_category(rules, STR_LIT("memory/dram/ddr3"))));
    cr_expect(eq(str, (char *)facts->package, (char *)""));
}

Test(mpn, each_part_number_in_a_cell_counts) {
    static const struct {
        const char *cell, *want;
    } cases[] = {
        {"MT41K256M16TW / K4B4G1646E-BYMA", "micron samsung"},
        {"NA(K4B4G1646E_or_MT41K256M16TW:P(8GB))", "samsung micron"},
        {"MT41K256M16TW (K4B4G1646E-BYMA)", "micron samsung"},
        {"MT41K256M16TW-107 EDJ4216EFBG", "micron"}, /* linked */
        {"XX41K256M16TW\nK4B4G1646E-BYMA", "samsung"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(str, (char *)fits(cases[i].cell), (char *)cases[i].want),
                  "%s", cases[i].cell);
}

Test(mpn, rivals_for_one_text_are_all_told_the_closest_first) {
    cr_expect(eq(str, (char *)fits("XF8234"), (char *)"samsung? micron?"));
}

Test(mpn, an_exception_is_somebody_elses) {
    cr_expect(eq(str, (char *)fits("XF-1234"), (char *)""));
    cr_expect(eq(str, (char *)fits("XF1234"), (char *)"micron"));
}

Test(mpn, the_best_tier_is_kept) {
    struct mpn_match match = match_cell("SC20");
    cr_assert(eq(sz, match.count, 1));
    cr_expect(eq(int, match.hits[0].tier, RULES_TIER_LOW));
    match = match_cell("SC20 MT41K256M16TW");
    cr_assert(eq(sz, match.count, 1));
    cr_expect(eq(int, match.hits[0].tier, RULES_TIER_HIGH));
    cr_assert(mpn_match_cell(&matcher, STR_LIT("M95"), true, &match));
    cr_expect(eq(sz, match.count, 0));
}

Test(mpn, slips_are_mended_only_when_nothing_fits) {
    struct mpn_match match = match_cell("K4B461646E-BYKO");
    cr_assert(eq(str, (char *)owners(&match), (char *)"samsung"));
    cr_expect(match.mended);
    cr_expect(str_eq(match.read_as, STR_LIT("K4B4G1646EBYKO")), "%.*s",
              STR_ARG(match.read_as));
    match = match_cell("MT41K256MI6TW");
    cr_expect(match.mended);
    match = match_cell("MT4IK256MI6TW"); /* two slips */
    cr_expect(eq(str, (char *)owners(&match), (char *)"micron"));
    match = match_cell("NOISE"); /* a word, and no part number */
    cr_expect(eq(sz, match.count, 0));
    match = match_cell("MT41K256M16TW-107:P");
    cr_expect(not(match.mended));
    cr_expect(eq(sz, match.read_as.len, 0));
}

Test(mpn, hex_text_is_read) {
    struct mpn_match match =
        match_cell("0x4D5434314B3235364D31365457000000"); /* MT41K256M16TW */
    cr_expect(eq(str, (char *)owners(&match), (char *)"micron"));
    cr_expect(not(match.mended));
    cr_expect(str_eq(match.read_as, STR_LIT("MT41K256M16TW")));
    cr_expect(
        eq(str, (char *)fits("0x4D5434314B3235364D31365457ZZ"), (char *)""));
    match = match_cell("4D5434314B3235364D31365457000000");
    cr_expect(eq(str, (char *)owners(&match), (char *)"micron"));
}

Test(mpn, a_description_is_searched_for_long_words) {
    struct mpn_match match;
    cr_assert(mpn_match_prose(
        &matcher, STR_LIT("DDR3, 2x Micron MT41K256M16TW-107 \"D9\""), &match));
    cr_expect(eq(str, (char *)owners(&match), (char *)"micron"));
    cr_assert(mpn_match_prose(&matcher, STR_LIT("XF1234 M95 SC20"), &match));
    cr_expect(eq(sz, match.count, 0));
}

Test(mpn, what_looks_like_a_part_number_is_known) {
    cr_expect(mpn_looks_like(STR_LIT("RC0603FR-0710KL")));
    cr_expect(not(mpn_looks_like(STR_LIT("100nF"))));
    cr_expect(not(mpn_looks_like(STR_LIT("CAP 1nF 50V C0G 0402"))));
    cr_expect(not(mpn_looks_like(STR_LIT(""))));
}

Test(mpn, hostile_cells_end) {
    static const char *const pieces[] = {
        "MT41K256M16", "O0I1G6B8", "(", "_or_", "K4B ", "0x", "\xFF", "é"};
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct strbuf cell = {.ptr = NULL};
        struct mpn_match match;
        while (cell.len < 2048)
            strbuf_add_text(&cell, pieces[i]);
        cr_expect(mpn_match_cell(&matcher, strbuf_str(&cell), false, &match));
        cr_expect(mpn_match_prose(&matcher, strbuf_str(&cell), &match));
        strbuf_dispose(&cell);
    }
}

Test(mpn, what_is_remembered_says_what_was_found) {
    static const char *const cells[] = {
        "MT41K256M16TW-107:P", "MT41K256M16TW TR", "MT41K256M16TWO107",
        "H27UBG8T2BTR_or_MT29F64G08CBABAWP:BTR", "nothing of the kind"};
    for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
        struct mpn_match match;
        char again[64];
        snprintf(again, sizeof(again), "%s", cells[i]);
        cr_assert(mpn_match_cell(&matcher, str_from(cells[i]), false, &match));
        size_t count = match.count;
        uint32_t family = count == 0 ? 0 : match.hits[0].family;
        ptrdiff_t at = count == 0 ? 0 : match.hits[0].text.ptr - cells[i];
        cr_assert(mpn_match_cell(&matcher, str_from(again), false, &match));
        cr_assert(eq(sz, match.count, count), "%s", cells[i]);
        if (count != 0) {
            cr_expect(eq(u32, match.hits[0].family, family), "%s", cells[i]);
            cr_expect(match.hits[0].text.ptr == again + at, "%s", cells[i]);
        }
    }
}

Test(mpn, memory_that_runs_out_is_told) {
    for (size_t n = 1; n < 100; n++) {
        struct mpn_match match;
        struct mpn_matcher fresh = {.rules = rules};
        mem_fail_after(n);
        bool done =
            mpn_matcher_init(&fresh, rules) &&
            mpn_match_cell(&fresh, STR_LIT("MT41K256M16TW TR"), false, &match);
        bool failed = mem_failed();
        mem_fail_after(0);
        mpn_matcher_dispose(&fresh);
        if (!failed)
            break;
        cr_expect(not(done), "allocation %zu", n);
    }
}
