#include "ruleset/pattern.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(pattern, .timeout = 30);

/* One table, "depth", with codes that begin each other. */
static const char *const depth_codes[] = {"1", "128M", "1G", "12", "64M"};

static bool only_depth(void *ctx, struct str name) {
    (void)ctx;
    return str_eq(name, STR_LIT("depth"));
}

#define DEPTH 7 /* the number of the table */

static uint32_t depth_number(void *ctx, struct str name, uint64_t *chars) {
    (void)ctx;
    (void)name;
    *chars = 0;
    for (size_t i = 0; i < ARRAY_LEN(depth_codes); i++)
        *chars |= pattern_char_bit(depth_codes[i][0]);
    return DEPTH;
}

static size_t find_depth(void *ctx, uint32_t table, struct str text,
                         size_t below, uint32_t *code) {
    (void)ctx;
    size_t best = 0;
    if (table != DEPTH)
        return 0;
    for (uint32_t i = 0; i < ARRAY_LEN(depth_codes); i++) {
        struct str candidate = str_from(depth_codes[i]);
        if (candidate.len < below && candidate.len > best &&
            str_starts(text, candidate)) {
            best = candidate.len;
            *code = i;
        }
    }
    return best;
}

static const struct pattern_tables tables = {.find = find_depth};

static bool match(const char *pattern, const char *key,
                  struct pattern_match *out) {
    const struct pattern_names names = {.find = depth_number};
    struct pattern_op ops[PATTERN_OPS_MAX];
    size_t count = pattern_compile(str_from(pattern), &names, ops);
    return pattern_match(ops, count, str_from(key), &tables, out);
}

static bool matches(const char *pattern, const char *key) {
    struct pattern_match found;
    return match(pattern, key, &found);
}

Test(pattern, tokens_match_the_whole_key) {
    static const struct {
        const char *pattern, *key;
        bool match;
    } cases[] = {
        {"MT41", "MT41", true},
        {"MT41", "MT410", false},
        {"MT41", "MT4", false},
        {"MT##@*", "MT41K", true},
        {"MT##@*", "MT41K256M16TW107P", true},
        {"MT##@*", "MT3608", false},
        {"K4B.G", "K4B4G", true},
        {"K4B.G", "K4BAG", true},
        {"K4B.G", "K4BG", false},
        {"[A-F0-4]X", "AX", true},
        {"[A-F0-4]X", "3X", true},
        {"[A-F0-4]X", "5X", false},
        {"[A-F0-4]X", "GX", false},
        {"(MT)53E", "53E", true},
        {"(MT)53E", "MT53E", true},
        {"(MT)53E", "MTMT53E", false},
        {"M25P(E|X)#", "M25P4", true},
        {"M25P(E|X)#", "M25PX4", true},
        {"M25P(E|X)#", "M25PEX4", false},
        {"A(B(C))D", "AD", true},
        {"A(B(C))D", "ABD", true},
        {"A(B(C))D", "ABCD", true},
        {"A(B(C))D", "ACD", false},
        {"{A|BC|D(E)}F", "AF", true},
        {"{A|BC|D(E)}F", "BCF", true},
        {"{A|BC|D(E)}F", "DF", true},
        {"{A|BC|D(E)}F", "DEF", true},
        {"{A|BC|D(E)}F", "BF", false},
        {"{A|BC|D(E)}F", "F", false},
        {"{A|{B|C}D}E", "CDE", true},
        {"{A|{B|C}D}E", "CE", false},
        {"{A*|B}", "AXYZ", true},
        {"{A*|B}", "BX", false},
        {"*", "", true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(matches(cases[i].pattern, cases[i].key) == cases[i].match,
                  "%s on %s", cases[i].pattern, cases[i].key);
}

Test(pattern, the_longest_code_is_tried_first) {
    struct pattern_match found;
    cr_assert(match("MT<depth>16", "MT128M16", &found));
    cr_assert(eq(sz, found.code_count, 1));
    cr_assert(eq(u32, found.codes[0], 1));
}

Test(pattern, a_shorter_code_is_tried_when_the_longest_leads_nowhere) {
    struct pattern_match found;
    cr_assert(match("MT<depth>2#", "MT128", &found));
    cr_assert(eq(sz, found.code_count, 1));
    cr_assert(eq(u32, found.codes[0], 0));
}

Test(pattern, codes_of_a_path_given_up_are_forgotten) {
    struct pattern_match found;
    cr_assert(match("{<depth>X|1<depth>Y}", "11GY", &found));
    cr_assert(eq(sz, found.code_count, 1));
    cr_assert(eq(u32, found.codes[0], 2));
}

Test(pattern, what_is_spelt_out_weighs_more) {
    struct pattern_match exact, loose;
    cr_assert(match("MT41K*", "MT41K", &exact));
    cr_assert(match("MT##@*", "MT41K", &loose));
    cr_assert(gt(uint, exact.weight, loose.weight));
}

Test(pattern, a_pattern_built_to_explode_takes_no_time) {
    char pattern[PATTERN_MAX + 1] = "", key[PATTERN_TEXT_MAX + 1] = "";
    for (size_t i = 0; i + 1 < PATTERN_CHOICES_MAX; i++)
        strcat(pattern, "(A)");
    strcat(pattern, "{A|AA}");
    memset(key, 'A', 100);
    cr_assert(not(matches(pattern, key)));
    key[40] = 'B';
    cr_assert(not(matches(pattern, key)));
}

Test(pattern, a_key_that_is_too_long_matches_nothing) {
    char key[PATTERN_TEXT_MAX + 2];
    memset(key, 'A', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    cr_assert(not(matches("A*", key)));
    key[PATTERN_TEXT_MAX] = '\0';
    cr_assert(matches("A*", key));
}

Test(pattern, good_patterns_are_accepted) {
    static const char *const good[] = {
        "MT41K<depth>16(TW)*", "[A-F0-4]#@.", "{A|B(C)|{D|E}}", "{A*|B}", "*",
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        struct err err = ERR_INIT;
        cr_expect(pattern_check(str_from(good[i]), only_depth, NULL, &err),
                  "%s: %s", good[i], err.msg);
    }
}

Test(pattern, bad_patterns_are_refused_with_the_place) {
    static const struct {
        const char *pattern, *says;
    } bad[] = {
        {"", "empty"},
        {"mt41", "character 1"},
        {"MT-41", "character 3"},
        {"MT(41", "not closed"},
        {"MT41)", "closes nothing"},
        {"{A|B)", "closes nothing"},
        {"A|B", "outside of brackets"},
        {"()", "nothing inside"},
        {"{A||B}", "empty alternative"},
        {"{A|}", "nothing inside"},
        {"[", "without ']'"},
        {"[]", "empty class"},
        {"[9-0]", "does not ascend"},
        {"[0-A]", "does not ascend"},
        {"[A-]", "does not ascend"},
        {"<dep", "without '>'"},
        {"<>", "does not exist"},
        {"<width>", "does not exist"},
        {"A*B", "not at the end"},
        {"{A*|B}C", "not at the end"},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct err err = ERR_INIT;
        cr_expect(not(pattern_check(str_from(bad[i].pattern), only_depth, NULL,
                                    &err)),
                  "%s", bad[i].pattern);
        cr_expect(strstr(err.msg, bad[i].says) != NULL, "%s: %s",
                  bad[i].pattern, err.msg);
    }
}

Test(pattern, limits_are_errors) {
    char text[PATTERN_MAX + 2];
    memset(text, 'A', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct err err = ERR_INIT;
    cr_expect(not(pattern_check(str_from(text), only_depth, NULL, &err)));
    cr_expect(eq(int, err.code, ERR_LIMIT));

    text[0] = '\0';
    for (size_t i = 0; i <= PATTERN_CHOICES_MAX; i++)
        strcat(text, "(A)");
    cr_expect(not(pattern_check(str_from(text), only_depth, NULL, &err)));
    memset(text, '(', 40);
    text[40] = '\0';
    cr_expect(not(pattern_check(str_from(text), only_depth, NULL, &err)));
}

static uint64_t chars_at(const char *pattern, size_t index) {
    const struct pattern_names names = {.find = depth_number};
    struct pattern_op ops[PATTERN_OPS_MAX];
    size_t count = pattern_compile(str_from(pattern), &names, ops);
    return pattern_chars_at(ops, count, index);
}

Test(pattern, the_first_characters_are_known) {
    static const struct {
        const char *pattern;
        size_t index;
        const char *chars;
    } cases[] = {
        {"MT41", 0, "M"},
        {"MT41", 1, "T"},
        {"MT41", 2, "4"},
        {"(MT)53E", 0, "M5"},
        {"(MT)53E", 1, "T3"},
        {"(MT)53E", 2, "5E"},
        {"{A|(B)C|[0-2]}", 0, "ABC012"},
        {"{A|(B)C|[0-2]}", 1, "C"},
        {"((A)B)(C)D", 0, "ABCD"},
        {"{A|(B)}C", 0, "ABC"},
        {"(A|B)C", 0, "ABC"},
        {"(A|B)C", 1, "C"},
        {"A#@", 1, "0123456789"},
        {"A", 1, ""},
        {"(A)<depth>B", 0, "A16"}, /* depth_codes begin with 1 and 6 */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint64_t want = 0;
        for (const char *c = cases[i].chars; *c != '\0'; c++)
            want |= pattern_char_bit(*c);
        cr_expect(eq(u64, chars_at(cases[i].pattern, cases[i].index), want),
                  "%s at %zu", cases[i].pattern, cases[i].index);
    }
    uint64_t any = chars_at("*", 0);
    cr_expect(eq(u64, any, chars_at("A<depth>", 2)));
    cr_expect(eq(u64, any, chars_at("*", 1)));
    cr_expect(ne(u64, any & pattern_char_bit('Z'), 0));
}

/* What the first characters leave out must really not match. */
Test(pattern, no_key_that_matches_is_left_out) {
    static const char *const patterns[] = {
        "MT41<depth>16(TW)*", "(MT)53E*", "{A|(B)C|[0-2]}#", "((A)B)(C)D",
        "A(B(C))D",           "<depth>*", "(#)(@)X*",
    };
    static const char *const keys[] = {
        "MT41128M16TW", "MT41116", "53E1", "MT53E", "A1", "BC2", "C3",
        "14",           "D",       "ABD",  "BD",    "CD", "AD",  "ABCD",
        "128M",         "1X",      "AX",   "1AXX",  "X",
    };
    for (size_t p = 0; p < ARRAY_LEN(patterns); p++)
        for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
            if (!matches(patterns[p], keys[k]))
                continue;
            for (size_t i = 0; i < PATTERN_HEAD && keys[k][i] != '\0'; i++)
                cr_expect(
                    ne(u64,
                       chars_at(patterns[p], i) & pattern_char_bit(keys[k][i]),
                       0),
                    "%s on %s", patterns[p], keys[k]);
        }
}

/* ---- spelling ---- */

/* Wants 1G of "depth"; "grade" says nothing of it. */
static bool wanted_code(void *ctx, struct str table, size_t i, struct str *text,
                        uint32_t *code, bool *any) {
    bool depth = str_eq(table, STR_LIT("depth"));
    (void)ctx;
    *any = !depth;
    if (!depth || i != 0)
        return false;
    *code = 2;
    *text = str_from(depth_codes[2]);
    return true;
}

static bool has_one_code(void *ctx, const uint32_t *codes, size_t code_count) {
    (void)ctx;
    return code_count == 1 && codes[0] == 2;
}

Test(pattern, spells_what_is_wanted_and_leaves_the_rest_open) {
    static const struct pattern_speller speller = {.code = wanted_code,
                                                   .accept = has_one_code};
    static const struct {
        const char *pattern, *want; /* NULL: nothing of it */
    } cases[] = {
        {"MT41K<depth>16*", "MT41K1G16…"},
        {"MT<grade><depth>", "MT…1G"},
        {"MT##@#<depth>@", "MT…1G…"},
        {"K[AB]X<depth>", "KAX1G"},
        {"K4B12345[AB]<depth>", "K4B12345…1G"},
        {"K(<depth>)E", "K1GE"},
        {"K{X|<depth>}E", "K1GE"},
        {"K(A(<depth>)Z)", "KA1GZ"},
        {"K4B", NULL},
        {"K<depth><depth>", NULL},
        {"K<grade>", NULL},
    };
    struct strbuf out = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool spelt = pattern_spell(str_from(cases[i].pattern), &speller, &out);
        cr_expect(eq(int, spelt, cases[i].want != NULL), "%s",
                  cases[i].pattern);
        if (spelt && cases[i].want != NULL)
            cr_expect(str_eq(strbuf_str(&out), str_from(cases[i].want)),
                      "%s: %s", cases[i].pattern, out.ptr);
    }
    strbuf_dispose(&out);
}

/* Groups inside groups lead to exponentially many ways. */
Test(pattern, spelling_ends_where_nothing_fits) {
    static const struct pattern_speller speller = {.code = wanted_code,
                                                   .accept = has_one_code};
    struct strbuf pattern = {.ptr = NULL}, out = {.ptr = NULL};
    for (size_t i = 0; i < 30; i++)
        strbuf_add_text(&pattern, "(A)(B)");
    strbuf_add_text(&pattern, "<grade>");
    cr_expect(not(pattern_spell(strbuf_str(&pattern), &speller, &out)));
    strbuf_dispose(&pattern);
    strbuf_dispose(&out);
}
