#include "maker/maker.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "ruleset/compile.h"

static struct ruleset *rules;
static struct maker_resolver *resolver;
static struct strbuf text;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(ruleset_load_folder(&rules,
                                  BOMGATE_SOURCE_DIR "/tests/data/maker-rules",
                                  NULL, NULL, &err),
              "%s", err.msg);
    resolver = maker_resolver_new(rules);
    cr_assert(resolver != NULL);
}

static void tear_down(void) {
    maker_resolver_free(resolver);
    ruleset_close(rules);
    strbuf_dispose(&text);
}

TestSuite(resolver, .timeout = 30, .init = set_up, .fini = tear_down);

static struct maker resolve(const struct maker_query *query) {
    struct err err = ERR_INIT;
    struct maker answer;
    cr_assert(maker_resolve(resolver, query, &answer, &err), "%s", err.msg);
    return answer;
}

static struct maker_query query_of(const char *manufacturer, const char *mpn,
                                   const char *description) {
    return (struct maker_query){.manufacturer = str_from(manufacturer),
                                .mpn = str_from(mpn),
                                .description = str_from(description)};
}

/* "micron!name,mpn samsung?…": '!' certain, '?' probable, and how matched. */
static const char *shown(const struct maker *answer) {
    static const char *const bits[MAKER_MATCH_COUNT] = {
        "name", "core", "shared", "similar", "mpn", "prefix", "against",
    };
    strbuf_clear(&text);
    for (size_t i = 0; i < answer->candidate_count; i++) {
        const struct maker_candidate *c = &answer->candidates[i];
        strbuf_printf(&text, "%s%s%c", i == 0 ? "" : " ",
                      rules_text(rules, rules_party(rules, c->party)->id),
                      c->confidence == MAKER_CERTAIN ? '!' : '?');
        const char *comma = "";
        for (unsigned b = 0; b < MAKER_MATCH_COUNT; b++)
            if ((c->matched_by & (1u << b)) != 0) {
                strbuf_printf(&text, "%s%s", comma, bits[b]);
                comma = ",";
            }
    }
    return text.len == 0 ? "" : text.ptr;
}

struct expectation {
    const char *manufacturer, *mpn, *description, *want;
};

static void expect_all(const struct expectation *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct maker_query query =
            query_of(cases[i].manufacturer, cases[i].mpn, cases[i].description);
        struct maker answer = resolve(&query);
        cr_expect(eq(str, (char *)shown(&answer), (char *)cases[i].want),
                  "%s, %s, %s", cases[i].manufacturer, cases[i].mpn,
                  cases[i].description);
    }
}

Test(resolver, names_and_part_numbers_agree) {
    static const struct expectation cases[] = {
        {"Micron", "MT41K256M16TW", "", "micron!name,mpn"},
        {"Micron", "MPN-1", "", "micron!name"},
        {"", "MT41K256M16TW", "", "micron!mpn"},
        {"Mouser", "MT41K256M16TW", "", "micron!mpn"},
        {"N/A", "MT41K256M16TW", "", "micron!mpn"},
        {"Micorn", "MT41K256M16TW", "", "micron!similar,mpn"},
        {"Micorn", "", "", "micron?similar"},
        /* Elpida is Micron's: no contradiction, the named one stays. */
        {"Elpida", "MT41K256M16TW", "", "elpida!name,mpn"},
        {"Micron", "EDJ4216EFBG", "", "micron!name,mpn"},
        {"Micron / Samsung", "K4B4G1646E", "", "micron!name samsung!name,mpn"},
        {"", "", "", ""},
        {"Unheard-of Ltd", "MPN-1", "", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(resolver, a_contradiction_names_both_and_is_never_sure) {
    static const struct expectation cases[] = {
        {"Samsung", "MT41K256M16TW", "",
         "samsung?name,against micron?mpn,against"},
        {"Unheard-of Ltd", "MT41K256M16TW", "", "micron?mpn,against"},
        {"Router-Link", "MT41K256M16TW", "",
         "router-cn?shared,against router-us?shared,against "
         "micron?mpn,against"},
        {"Micorn", "K4B4G1646E-BYMA", "",
         "micron?similar,against samsung?mpn,against"},
        /* Shapes that others use too, and mended ones, contradict nobody. */
        {"Samsung", "M95", "", "samsung!name"},
        {"Micron", "K4B461646E-BYKO", "", "micron!name"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(resolver, weaker_shapes_need_company) {
    static const struct expectation cases[] = {
        {"", "M95", "", "quectel?prefix"},
        {"", "M95", "GSM module; Quectel", "quectel!name,prefix"},
        {"", "M95", "GSM module, quad band", "quectel!prefix"},
        {"", "M95", "DRAM", "quectel?prefix"},
        {"Quectel", "M95", "", "quectel!name,prefix"},
        {"Unheard-of Ltd", "M95", "", ""},
        {"Unheard-of Ltd", "M95", "GSM module", "quectel?prefix"},
        {"Unheard-of Ltd", "M95", "as Quectel M95", "quectel?name,prefix"},
        {"", "SC20", "", ""},
        {"", "SC20", "GSM module", "quectel?prefix"},
        {"", "SC20", "Quectel smart module", "quectel?name,prefix"},
        {"Quectel", "SC20", "", "quectel!name,prefix"},
        {"", "广和通 L610", "", "fibocom!name,prefix"},
        {"", "K4B461646E-BYKO", "", "samsung?mpn"},
        {"", "XF8234", "", "samsung?mpn micron?mpn"},
        {"Micron", "XF8234", "", "micron!name,mpn"},
        /* Of those who share a name it tells which one. */
        {"Router-Link", "RTR-100", "", "router-us!shared,prefix"},
        {"Router-Link", "MPN-1", "", "router-cn?shared router-us?shared"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(resolver, a_part_number_of_another_maker_beside_the_named_one_is_told) {
    static const struct expectation cases[] = {
        {"Samsung", "K4B4G1646E-BYMA (MT41K256M16TW)", "",
         "samsung!name,mpn micron?mpn"},
        {"", "K4B4G1646E-BYMA / MT41K256M16TW", "", "samsung!mpn micron!mpn"},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(resolver, the_part_number_may_stand_in_another_cell) {
    struct maker_query query = {.value = STR_LIT("MT41K256M16TW-107")};
    struct maker answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron!mpn"));
    cr_expect(eq(u32, answer.facts.width, 16));

    query.mpn = STR_LIT("C14663");
    answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron?mpn"));

    /* A value left from a library does not speak against a named maker. */
    query.manufacturer = STR_LIT("Samsung");
    answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"samsung!name"));

    query = query_of("", "", "RAM chip MT41K256M16TW-107, 2 pcs");
    answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron!mpn"));

    query = (struct maker_query){.value = STR_LIT("M95")};
    answer = resolve(&query);
    cr_expect(eq(sz, answer.candidate_count, 0));
    query.description = STR_LIT("GSM module");
    answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"quectel!prefix"));
}

Test(resolver, columns_taken_for_each_other_hide_no_maker) {
    static const struct expectation cases[] = {
        {"YAGEO CC0402KRX7R7BB104", "", "", "yageo!name"},
        {"Micron MT41K256M16TW", "", "", "micron!name,mpn"},
        {"MT41K256M16TW-107", "C14663", "", "micron?mpn"},
        {"MT41K256M16TW-107", "Micron", "", "micron?mpn"},
        {"", "Micron", "", "micron?name"},
        {"IC FLASH 8MBIT 8SOIC", " ", "", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

Test(resolver, a_maker_in_front_of_its_part_number_counts) {
    static const struct expectation cases[] = {
        {"", "YAGEO CC0402KRX7R7BB104", "", "yageo!name"},
        {"", "Micron MT41K256M16TW", "", "micron!name,mpn"},
        {"", "Samsung MT41K256M16TW", "",
         "samsung?name,against micron?mpn,against"},
        {"", "", "YAGEO CC0402KRX7R7BB104 0402", "yageo!name"},
        {"", "", "Micron memory", ""},
    };
    expect_all(cases, ARRAY_LEN(cases));
}

static const char *category_of(const struct maker *answer) {
    uint32_t category = answer->facts.category;
    return category == RULES_NONE
               ? ""
               : rules_text(rules, rules_category(rules, category)->id);
}

Test(resolver, the_category_comes_from_the_surest_place) {
    struct maker_query query = query_of("", "MT41K256M16TW", "IC DDR4 4Gbit");
    query.category = STR_LIT("Capacitors");
    struct maker answer = resolve(&query);
    cr_expect(
        eq(str, (char *)category_of(&answer), (char *)"memory/dram/ddr3"));
    cr_expect(eq(str, (char *)answer.facts.category_source, (char *)"mpn"));

    query.mpn = STR_LIT("MPN-1");
    answer = resolve(&query);
    cr_expect(
        eq(str, (char *)category_of(&answer), (char *)"passive/capacitor"));
    cr_expect(eq(str, (char *)answer.facts.category_source, (char *)"column"));

    query.category = STR_EMPTY;
    answer = resolve(&query);
    cr_expect(
        eq(str, (char *)category_of(&answer), (char *)"memory/dram/ddr4"));
    cr_expect(
        eq(str, (char *)answer.facts.category_source, (char *)"description"));
    cr_expect(eq(u32, answer.facts.density_mbit, 4096));

    query = query_of("Micron", "MPN-1", "");
    answer = resolve(&query);
    cr_expect(eq(u32, answer.facts.category, RULES_NONE));
    cr_expect(eq(u32, answer.facts.family, RULES_NONE));
    cr_expect(eq(str, (char *)answer.facts.package, (char *)""));
}

static const char *source_of(const struct maker *answer,
                             enum part_parameter parameter) {
    return answer->facts.sources[parameter];
}

Test(resolver, each_parameter_tells_its_source) {
    struct maker_query query =
        query_of("", "MT41K256M16TW", "DDR3 4Gbit 96FBGA 1.35V");
    struct maker answer = resolve(&query);
    cr_expect(eq(str, (char *)source_of(&answer, PART_DENSITY), (char *)"mpn"));
    cr_expect(eq(str, (char *)source_of(&answer, PART_PACKAGE),
                 (char *)"description"));
    cr_expect(eq(str, (char *)answer.facts.package, (char *)"FBGA96"));
    cr_expect(
        eq(str, (char *)source_of(&answer, PART_TEMPERATURE), (char *)""));
}

Test(resolver, a_description_that_says_otherwise_is_told) {
    struct maker_query query =
        query_of("", "MT41K256M16TW", "DDR3 SDRAM 8Gbit");
    struct maker answer = resolve(&query);
    cr_expect(eq(u32, answer.facts.density_mbit, 4096));
    cr_expect(str_ends(answer.evidence, STR_LIT("; but the line says 8 Gbit")));

    query.description = STR_LIT("DDR3 SDRAM 8Gb"); /* bits or bytes? */
    answer = resolve(&query);
    cr_expect(str_find(answer.evidence, STR_LIT("says")) < 0);
}

Test(resolver, a_generic_passive_names_no_maker) {
    static const struct {
        const char *manufacturer, *mpn, *description;
        bool passive;
    } cases[] = {
        {"", "", "CAP CER 100nF", true},
        {"Any", "DNP", "CAP CER 100nF", true},
        {"Mouser", "", "CAP CER 100nF", true},
        {"", "100nF", "CAP CER 100nF", true},
        {"", "GRM155R71C104KA88", "CAP CER 100nF", false},
        {"Unheard-of Ltd", "", "CAP CER 100nF", false},
        {"Samsung", "", "CAP CER 100nF", false},
        {"", "", "DDR3", false},
        {"", "", "", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct maker_query query =
            query_of(cases[i].manufacturer, cases[i].mpn, cases[i].description);
        struct maker answer = resolve(&query);
        cr_expect(answer.passive == cases[i].passive ? 1 : 0, "%s, %s, %s",
                  cases[i].manufacturer, cases[i].mpn, cases[i].description);
    }
}

Test(resolver, the_evidence_can_be_checked_by_a_person) {
    static const struct {
        const char *manufacturer, *mpn, *says;
    } cases[] = {
        {"MICRON", "MT41K256M16TW-107:P",
         "\"Mfr\" says \"MICRON\", an alias of Micron Technology, Inc.; MPN "
         "MT41K256M16TW-107:P fits DDR3 SDRAM of Micron Technology, Inc., "
         "4 Gbit x16"},
        {"Micorn", "", "which looks like \"Micron\""},
        {"Samsung", "MT41K256M16TW", "which contradicts it"},
        {"Mouser", "", "\"Mouser\", a distributor; no MPN is given"},
        {"Unheard-of Ltd", "X-1",
         "a name that the rules do not know; MPN X-1 fits no family"},
        {"", "K4B461646E-BYKO", "read as K4B4G1646EBYKO"},
        {"", "M95", "MPN M95 begins like GSM modules of Quectel Wireless"},
        {"Router-Link", "", "a name that several companies use"},
        {"Micron / TI", "",
         "where \"Micron\" is an alias of Micron Technology, Inc. and where "
         "\"TI\" is"},
        {"DNP", "", "\"DNP\", which names no maker"},
        {"", "YAGEO CC0402KRX7R7BB104", "the part begins with \"YAGEO\""},
        {"https://www.micron.com/x", "", "an address in which \"micron\""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct maker_query query =
            query_of(cases[i].manufacturer, cases[i].mpn, "");
        query.manufacturer_header = STR_LIT("Mfr");
        struct maker answer = resolve(&query);
        cr_expect(str_find(answer.evidence, str_from(cases[i].says)) >= 0,
                  "%.*s", STR_ARG(answer.evidence));
    }
}

Test(resolver, long_cells_are_cut_and_the_evidence_says_so) {
    struct strbuf cell = {.ptr = NULL};
    strbuf_add_text(&cell, "Micron/");
    while (cell.len < 5000)
        strbuf_add_text(&cell, "Nobody/");
    struct maker_query query = {.manufacturer = strbuf_str(&cell)};
    struct maker answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron!name"));
    cr_expect(str_find(answer.evidence, STR_LIT("too long to be read")) >= 0);
    cr_expect(lt(sz, answer.evidence.len, 400));
    strbuf_dispose(&cell);
}

Test(resolver, a_cell_says_the_same_when_it_is_remembered) {
    struct maker_query query = query_of("MICRON", "MT41K256M16TW", "");
    struct maker answer = resolve(&query);
    char *first = strndup(answer.evidence.ptr, answer.evidence.len);
    query.description = STR_LIT("something else");
    answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron!name,mpn"));
    cr_expect(eq(str, (char *)answer.evidence.ptr, first));
    free(first);
}

Test(resolver, a_brief_answer_is_the_same_without_evidence) {
    struct maker_query query = query_of("MICRON", "MT41K256M16TW", "");
    query.brief = true;
    struct maker answer = resolve(&query);
    cr_expect(eq(str, (char *)shown(&answer), (char *)"micron!name,mpn"));
    cr_expect(eq(sz, answer.evidence.len, 0));
}

Test(resolver, a_name_is_not_taken_for_a_part_number) {
    struct maker_query query = query_of("Micron", "", "");
    struct maker answer = resolve(&query);
    cr_expect(eq(int, answer.candidates[0].confidence, MAKER_CERTAIN));
    query = query_of("", "Micron", "");
    answer = resolve(&query);
    cr_expect(eq(int, answer.candidates[0].confidence, MAKER_PROBABLE));
}

/* More distinct queries than are remembered: answers stay right. */
Test(resolver, memory_is_bounded) {
    for (unsigned i = 0; i < 70000; i++) {
        char mpn[32];
        snprintf(mpn, sizeof mpn, "X%u", i);
        struct maker_query query = query_of("Micron", mpn, "");
        struct maker answer = resolve(&query);
        cr_assert(eq(sz, answer.candidate_count, 1));
    }
}

Test(resolver, memory_that_runs_out_is_told_and_the_resolver_goes_on) {
    struct maker_query query =
        query_of("Micorn / Samsnug", "K4B461646E-BYKO TR", "DDR3 4Gb");
    for (size_t n = 1; n < 500; n++) {
        struct err err = ERR_INIT;
        struct maker answer;
        bool failed;
        mem_fail_after(n);
        struct maker_resolver *fresh = maker_resolver_new(rules);
        bool done =
            fresh != NULL && maker_resolve(fresh, &query, &answer, &err);
        failed = mem_failed();
        mem_fail_after(0);
        if (failed)
            cr_expect(not(done), "allocation %zu", n);
        if (fresh != NULL)
            cr_expect(maker_resolve(fresh, &query, &answer, &err),
                      "after allocation %zu", n);
        maker_resolver_free(fresh);
        if (!failed)
            break;
    }
    maker_resolver_free(NULL);
}

Test(resolver, who_left_may_still_sell_the_former_owners_parts) {
    struct maker_query query = {.manufacturer = STR_LIT("Lexar"),
                                .mpn = STR_LIT("MT41K256M16TW-107:P")};
    struct err err = ERR_INIT;
    struct maker answer;
    uint32_t micron = rules_find_party(rules, STR_LIT("micron"));
    cr_assert(maker_resolve(resolver, &query, &answer, &err));
    cr_assert(eq(sz, answer.candidate_count, 2));
    cr_expect(eq(int, answer.candidates[0].confidence, MAKER_CERTAIN));
    cr_expect(eq(u32, answer.candidates[1].party, micron));
    cr_expect(eq(int, answer.candidates[1].confidence, MAKER_PROBABLE));
    query.manufacturer = STR_LIT("Elpida"); /* is Micron's still */
    cr_assert(maker_resolve(resolver, &query, &answer, &err));
    cr_expect(eq(sz, answer.candidate_count, 1));
}

Test(resolver, parties_are_linked_both_ways) {
    static const struct {
        const char *a, *b;
        bool linked;
    } cases[] = {
        {"micron", "micron", true},        {"elpida", "micron", true},
        {"toshiba", "kioxia", true},       {"micron", "samsung", false},
        {"fab-a", "fund", true},           {"fab-a", "fab-b", false},
        {"router-cn", "router-us", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t a = rules_find_party(rules, str_from(cases[i].a));
        uint32_t b = rules_find_party(rules, str_from(cases[i].b));
        cr_expect(maker_linked(rules, a, b) == cases[i].linked ? 1 : 0,
                  "%s, %s", cases[i].a, cases[i].b);
        cr_expect(maker_linked(rules, b, a) == cases[i].linked ? 1 : 0,
                  "%s, %s", cases[i].b, cases[i].a);
    }
}

Test(resolver, every_way_of_matching_has_a_name) {
    for (unsigned i = 0; i < MAKER_MATCH_COUNT; i++)
        cr_expect(gt(sz, strlen(maker_match_name(i)), 3));
    cr_expect(eq(sz, strlen(maker_match_name(MAKER_MATCH_COUNT)), 0));
}
