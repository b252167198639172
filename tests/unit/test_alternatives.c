#include "screen/alternatives.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "alternatives_bench.h"
#include "screen_rules.h"

static struct strbuf text;

static void tear_down(void) { strbuf_dispose(&text); }

TestSuite(alternatives, .timeout = 120, .fini = tear_down);

static const char parties[] =
    "- {id: micron, name: Micron, makes: [memory/dram]}\n"
    "- {id: elpida, name: Elpida, makes: [memory/dram],\n"
    "   owned-by: [{party: micron}]}\n"
    "- {id: akita, name: Akita, makes: [memory/dram],\n"
    "   owned-by: [{party: elpida}]}\n"
    "- {id: stake, name: Stake, makes: [memory/dram],\n"
    "   owned-by: [{party: micron, share: 20}]}\n"
    "- {id: samsung, name: Samsung, makes: [memory/dram], dies: own}\n"
    "- {id: nanya, name: Nanya, makes: [memory/dram], dies: foundry}\n"
    "- {id: winbond, name: Winbond, makes: [memory]}\n"
    "- {id: repack, name: Repack, makes: [memory/dram], dies: bought}\n"
    "- {id: issi, name: Issi, makes: [passive], legacy: [memory/dram]}\n"
    "- {id: cxmt, name: Cxmt, makes: [memory/dram], dies: own}\n"
    "- {id: ymtc, name: Ymtc, makes: [memory/dram], dies: own}\n"
    "- {id: far, name: Far, makes: [memory/dram], dies: own}\n"
    "- {id: doubt, name: Doubt, makes: [memory/dram], dies: own}\n"
    "- {id: flash, name: Flash, makes: [memory/nand]}\n"
    "- {id: label, name: Label, makes: [memory/nand],\n"
    "   may-contain: [{party: flash}]}\n"
    "- {id: rebrand, name: Rebrand, makes: [memory/nand],\n"
    "   may-contain: [{party: akita, covers: [memory]}]}\n"
    "- {id: former, name: Former, makes: [memory/nand],\n"
    "   may-contain: [{party: micron, until: 2020-12-31},\n"
    "                 {party: cxmt, covers: [camera]}]}\n"
    "- {id: doubtful, name: Doubtful, makes: [memory/nand],\n"
    "   may-contain: [{party: doubt}]}\n"
    "- {id: anything, name: Anything, makes: [all]}\n"
    "- {id: oldest, name: Oldest, legacy: [camera]}\n"
    "- {id: homeless, name: Homeless, makes: [camera], dies: own}\n"
    "- {id: abroad, name: Abroad, makes: [camera], country: CN}\n"
    "- {id: local, name: Local, makes: [camera], country: US,\n"
    "   owned-by: [{party: abroad}]}\n"
    "- {id: other, name: Other, makes: [camera], country: JP}\n";

static const char measure[] =
    "id: m\n" SCREEN_MEASURE
    "reach: named\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
    "  - {id: now, effect: prohibit, activities: [purchase],\n"
    "     from: 2010-01-01, parties: [{party: cxmt}, {party: micron}]}\n"
    "  - {id: soon, effect: prohibit, activities: [purchase],\n"
    "     from: 2026-12-31, parties: [{party: ymtc}]}\n"
    "  - {id: later, effect: prohibit, activities: [purchase],\n"
    "     from: 2027-01-02, parties: [{party: far}]}\n"
    "  - {id: look, effect: check, activities: [purchase],\n"
    "     from: 2010-01-01, parties: [{party: doubt}]}\n";

static const char parts[] =
    "party: micron\ncrosses:\n"
    "  - {from: MT41K256M16TW-107, to: K4B4G1646E, to-party: samsung,\n"
    "     level: B, check: refresh, source: s}\n"
    "  - {from: MT41K256M16TW-107, to: K4B4G1646E, to-party: samsung,\n"
    "     level: B, source: t}\n"
    "  - {from: MT41K256M16TW-107, to: NT5CC256M16, to-party: nanya,\n"
    "     level: A, source: s}\n"
    "  - {from: MT41K256M16TW-107, to: CXDB4, to-party: cxmt, level: A,\n"
    "     source: s}\n"
    "  - {from: MT41K256M16TW-107, to: CXDB4, to-party: cxmt, level: B,\n"
    "     source: s}\n"
    "  - {from: MT41K256M16TW-107, to: EDJ4216, to-party: elpida, level: A,\n"
    "     source: s}\n"
    "  - {from: MT41K256M16TW-107, to: W634, to-party: winbond, level: D,\n"
    "     source: \"unconfirmed: nobody saw it\"}\n";

static void bench_open(struct bench *bench, bool all) {
    const struct tiny_file files[] = {
        TINY_WORDS,
        {"profiles/p.yaml", SCREEN_PROFILES, false},
        {"parties/p.yaml", parties, false},
        {"parts/p.yaml", parts, false},
        {"measures/m.yaml", measure, false},
    };
    struct err err = ERR_INIT;
    *bench = (struct bench){.as_of = screen_day("2024-01-01"),
                            .horizon = screen_day("2026-12-31"),
                            .profile_count = 1};
    bench->rules = tiny_open(files, ARRAY_LEN(files), &err);
    cr_assert(bench->rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    bench->profiles[0] = rules_find_profile(bench->rules, STR_LIT("buyer"));
    bench_start(bench, all);
}

static const char *offered(const struct bench *bench,
                           const struct alternatives *found) {
    strbuf_clear(&text);
    for (size_t i = 0; i < found->count; i++) {
        const struct alternative *item = &found->items[i];
        strbuf_printf(&text, "%s%s", i == 0 ? "" : " ",
                      rules_text(bench->rules,
                                 rules_party(bench->rules, item->party)->id));
        if (item->mpn != NULL)
            strbuf_printf(&text, "=%s", item->mpn);
        if (item->lifecycle != NULL)
            strbuf_add_char(&text, '*');
    }
    return text.len == 0 ? "" : text.ptr;
}

static const char *excluded(const struct bench *bench,
                            const struct alternatives *found) {
    strbuf_clear(&text);
    for (size_t i = 0; i < found->excluded_count; i++) {
        const struct alternative_excluded *one = &found->excluded[i];
        strbuf_printf(&text, "%s%s", i == 0 ? "" : " ",
                      rules_text(bench->rules,
                                 rules_party(bench->rules, one->party)->id));
        if (one->mpn != NULL)
            strbuf_printf(&text, "=%s", one->mpn);
        if (one->bar == BAR_HOUSE)
            strbuf_add_text(&text, "/house");
        else if (one->bar == BAR_COUNTRY)
            strbuf_printf(&text, "/%s", one->country);
        else if (one->bar == BAR_CONTENTS)
            strbuf_printf(
                &text, "/%s inside",
                rules_text(bench->rules,
                           rules_party(bench->rules, one->holds)->id));
        else
            strbuf_printf(
                &text, "/%s",
                rules_text(bench->rules,
                           rules_clause(bench->rules, one->hit.clause)->id));
    }
    return text.len == 0 ? "" : text.ptr;
}

#define EXPECT_SAME(got, want)                                                 \
    do {                                                                       \
        const char *is = (got);                                                \
        cr_expect(strcmp(is, want) == 0, "'%s'\nnot '%s'", is, want);          \
    } while (0)

Test(alternatives, come_best_first_and_crosses_before_suppliers) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found =
        find_for(&bench, "micron", "MT41K256M16TW-107:P", "memory/dram");
    EXPECT_SAME(offered(&bench, &found),
                "nanya=NT5CC256M16 samsung=K4B4G1646E stake winbond "
                "doubt repack issi* far");
    cr_expect(eq(int, found.items[0].fit, FIT_DROP_IN));
    cr_expect(eq(int, found.items[1].fit, FIT_EQUIVALENT));
    cr_expect(eq(int, found.items[2].fit, FIT_SUPPLIER));
    cr_expect(eq(sz, found.beyond, 0));
    bench_close(&bench);
}

Test(alternatives, what_may_not_be_bought_is_named_with_its_clause) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found =
        find_for(&bench, "nanya", "MT41K256M16TW-107", "memory/dram");
    EXPECT_SAME(excluded(&bench, &found),
                "cxmt=CXDB4/now micron/now ymtc/soon elpida=EDJ4216/now "
                "akita/now");
    cr_expect(
        eq(i32, found.excluded[2].hit.from.first, screen_day("2026-12-31")));
    bench_close(&bench);
}

/* The horizon is the last day within it. */
Test(alternatives, a_prohibition_to_come_counts_within_the_horizon) {
    struct bench bench;
    bench_open(&bench, true);
    bench_stop(&bench);
    bench.horizon = screen_day("2027-01-02");
    bench_start(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "memory/dram");
    cr_expect(strstr(excluded(&bench, &found), "far/later") != NULL);
    bench_stop(&bench);
    bench.horizon = screen_day("2026-12-30");
    bench_start(&bench, true);
    found = find_for(&bench, "samsung", "", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "ymtc") != NULL);
    EXPECT_SAME(excluded(&bench, &found),
                "cxmt/now micron/now akita/now elpida/now");
    bench_close(&bench);
}

/* Who belongs with the maker is no way out of a rule about the maker. */
Test(alternatives, the_same_house_is_never_offered) {
    static const struct {
        const char *maker;
        const char *not_offered[4];
    } cases[] = {
        {"micron", {"micron", "elpida", "akita"}},
        {"elpida", {"micron", "elpida", "akita"}},
        {"akita", {"micron", "elpida", "akita"}},
        {"samsung", {"samsung"}},
    };
    struct bench bench;
    bench_open(&bench, true);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct alternatives found = find_for(
            &bench, cases[i].maker, "MT41K256M16TW-107", "memory/dram");
        for (size_t n = 0; cases[i].not_offered[n] != NULL; n++) {
            uint32_t party = rules_find_party(
                bench.rules, str_from(cases[i].not_offered[n]));
            for (size_t k = 0; k < found.count; k++)
                cr_expect(ne(u32, found.items[k].party, party), "%s for %s",
                          cases[i].not_offered[n], cases[i].maker);
        }
    }
    struct alternatives found =
        find_for(&bench, "micron", "MT41K256M16TW-107", "memory/dram");
    EXPECT_SAME(excluded(&bench, &found),
                "cxmt=CXDB4/now ymtc/soon elpida=EDJ4216/now akita/now");
    found = find_for(&bench, "abroad", "", "camera");
    EXPECT_SAME(excluded(&bench, &found), "local/house");
    bench_close(&bench);
}

/* A name of its own on what the buyer may not have is no way out either. */
Test(alternatives, who_may_sell_what_is_forbidden_is_never_offered) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "memory/nand");
    EXPECT_SAME(excluded(&bench, &found),
                "doubtful/doubt inside rebrand/akita inside");
    found = find_for(&bench, "flash", "", "memory/nand");
    EXPECT_SAME(offered(&bench, &found), "former winbond");
    EXPECT_SAME(excluded(&bench, &found),
                "doubtful/doubt inside label/flash inside "
                "rebrand/akita inside");
    bench_close(&bench);
}

Test(alternatives, a_base_number_stands_for_its_grades_but_not_a_stub) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found =
        find_for(&bench, "micron", "mt41k256m16tw-107 IT:P TR", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "nanya=NT5CC256M16") != NULL);
    found = find_for(&bench, "micron", "MT41K256", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "=") == NULL, "%s", text.ptr);
    bench_close(&bench);
}

Test(alternatives, who_makes_another_kind_is_no_supplier) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "memory/nand");
    EXPECT_SAME(offered(&bench, &found), "flash former label winbond");
    found = find_for(&bench, "samsung", "", "passive");
    EXPECT_SAME(offered(&bench, &found), "issi");
    found = find_for(&bench, "samsung", "", "storage");
    EXPECT_SAME(offered(&bench, &found), "");
    found = find_for(&bench, "samsung", "", "");
    EXPECT_SAME(offered(&bench, &found), "");
    bench_close(&bench);
}

/* Of "memory" nobody says that it is at its end because DRAM is. */
Test(alternatives, legacy_is_told_of_the_category_that_is_asked) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found = find_for(&bench, "flash", "", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "issi*") != NULL);
    found = find_for(&bench, "flash", "", "memory/dram/ddr3");
    cr_expect(strstr(offered(&bench, &found), "issi*") != NULL);
    found = find_for(&bench, "flash", "", "memory/nand");
    cr_expect(strstr(offered(&bench, &found), "issi") == NULL);
    bench_close(&bench);
}

Test(alternatives, the_best_of_each_maker_are_kept_and_the_others_counted) {
    struct bench bench;
    bench_open(&bench, false);
    struct alternatives found =
        find_for(&bench, "micron", "MT41K256M16TW-107", "memory/dram");
    EXPECT_SAME(offered(&bench, &found),
                "nanya=NT5CC256M16 samsung=K4B4G1646E stake winbond doubt "
                "repack");
    cr_expect(eq(sz, found.beyond, 2));
    bench_close(&bench);
}

Test(alternatives, every_profile_that_is_asked_screens) {
    struct bench bench;
    bench_open(&bench, true);
    bench_stop(&bench);
    bench.profiles[0] = rules_find_profile(bench.rules, STR_LIT("stranger"));
    bench.profiles[1] = rules_find_profile(bench.rules, STR_LIT("buyer"));
    bench.profile_count = 1;
    bench_start(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "cxmt") != NULL);
    EXPECT_SAME(excluded(&bench, &found), "");
    bench.profile_count = 2;
    found = find_for(&bench, "samsung", "", "memory/dram");
    cr_expect(strstr(offered(&bench, &found), "cxmt") == NULL);
    EXPECT_SAME(excluded(&bench, &found),
                "cxmt/now micron/now ymtc/soon akita/now elpida/now");
    cr_assert(eq(sz, found.profile_count, 2));
    uint32_t doubt = rules_find_party(bench.rules, STR_LIT("doubt"));
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].party != doubt)
            continue;
        cr_expect(eq(int, found.items[i].verdicts[0], VERDICT_CLEAR));
        cr_expect(eq(int, found.items[i].verdicts[1], VERDICT_REVIEW));
        cr_expect(eq(int, found.items[i].verdict, VERDICT_REVIEW));
    }
    bench_close(&bench);
}

Test(alternatives, the_same_question_gets_the_same_answer) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives first =
        find_for(&bench, "micron", "MT41K256M16TW-107", "memory/dram");
    struct alternatives again =
        find_for(&bench, "micron", "MT41K256M16TW-107", "memory/dram");
    cr_expect(first.items == again.items && first.count == again.count);
    for (unsigned i = 0; i < 5000; i++) {
        char mpn[32];
        snprintf(mpn, sizeof(mpn), "X%u", i);
        alternatives_trim(bench.finder);
        find_for(&bench, "micron", mpn, "");
    }
    again = find_for(&bench, "micron", "MT41K256M16TW-107", "memory/dram");
    cr_expect(eq(sz, again.count, 8));
    bench_close(&bench);
}

/* ---- who is wanted ---- */

Test(alternatives, countries_that_are_avoided_are_excluded_with_whom_they_own) {
    static const char *const cn[] = {"CN", NULL}, *const none[] = {NULL};
    struct bench bench;
    bench_open(&bench, true);
    bench_stop(&bench);
    bench.avoids = cn;
    bench_start(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "camera");
    EXPECT_SAME(offered(&bench, &found), "other homeless oldest*");
    EXPECT_SAME(excluded(&bench, &found), "abroad/CN local/CN");
    bench_stop(&bench);
    bench.avoids = none;
    bench_start(&bench, true);
    found = find_for(&bench, "samsung", "", "camera");
    EXPECT_SAME(excluded(&bench, &found), "");
    bench_close(&bench);
}

Test(alternatives, countries_that_are_preferred_come_first) {
    static const char *const jp[] = {"JP", NULL};
    struct bench bench;
    bench_open(&bench, true);
    bench_stop(&bench);
    bench.prefers = jp;
    bench_start(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "camera");
    EXPECT_SAME(offered(&bench, &found), "other abroad homeless local oldest*");
    uint32_t abroad = rules_find_party(bench.rules, STR_LIT("abroad"));
    cr_expect(eq(u32, found.items[3].owner, abroad));
    bench_close(&bench);
}

Test(alternatives, what_closes_beyond_the_horizon_comes_last_and_says_when) {
    struct bench bench;
    bench_open(&bench, true);
    struct alternatives found = find_for(&bench, "samsung", "", "memory/dram");
    cr_assert(found.count > 1);
    const struct alternative *last = &found.items[found.count - 1];
    cr_expect(
        eq(u32, last->party, rules_find_party(bench.rules, STR_LIT("far"))));
    cr_expect(last->closes);
    cr_expect(eq(i32, last->later.from.first, screen_day("2027-01-02")));
    cr_expect(not(found.items[0].closes));
    bench_close(&bench);
}
