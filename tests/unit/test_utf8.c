#include "core/utf8.h"

#include <string.h>

#include <criterion/criterion.h>

TestSuite(utf8, .timeout = 30);

/* What is no UTF-8, each by the rule that it breaks (RFC 3629). */
static const char *const broken[] = {
    "\x80",             /* continues nothing */
    "\xBF",             /* likewise */
    "\xC3",             /* cut off */
    "\xE5\xB8",         /* cut off */
    "\xF0\x9F\x98",     /* cut off */
    "\xC3(",            /* the second byte is none */
    "\xC0\xAF",         /* overlong '/' */
    "\xC1\xBF",         /* overlong */
    "\xE0\x80\xAF",     /* overlong */
    "\xF0\x80\x80\xAF", /* overlong */
    "\xED\xA0\x80",     /* a surrogate */
    "\xED\xBF\xBF",     /* a surrogate */
    "\xF4\x90\x80\x80", /* above U+10FFFF */
    "\xF8\x88\x80\x80", /* five bytes */
    "\xFE",             /* never used */
    "\xFF",             /* never used */
};

Test(utf8, every_code_point_goes_there_and_back) {
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct strbuf text = {.ptr = NULL};
        utf8_add(&text, code);
        uint32_t back = 0;
        cr_assert_eq(utf8_next(strbuf_str(&text), &back), text.len, "U+%04X",
                     code);
        cr_assert_eq(back, code, "U+%04X", code);
        cr_assert(utf8_valid(strbuf_str(&text)), "U+%04X", code);
        strbuf_dispose(&text);
    }
}

Test(utf8, what_fits_nothing_is_one_byte_and_the_replacement) {
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        uint32_t code = 0;
        struct str text = str_from(broken[i]);
        cr_expect_eq(utf8_next(text, &code), 1, "case %zu", i);
        cr_expect_eq(code, 0xFFFD, "case %zu", i);
        cr_expect_not(utf8_valid(text), "case %zu", i);
    }
}

Test(utf8, nothing_is_taken_of_an_empty_text) {
    uint32_t code = 7;
    cr_expect_eq(utf8_next(STR_EMPTY, &code), 0);
    cr_expect(utf8_valid(STR_EMPTY));
    cr_expect_eq(utf8_count(STR_EMPTY), 0);
    cr_expect_eq(utf8_width(STR_EMPTY), 0);
}

Test(utf8, never_reads_past_the_end) {
    /* The bytes after the view would complete the character. */
    uint32_t code;
    cr_expect_eq(utf8_next((struct str){"\xE5\xB8\x9D", 2}, &code), 1);
    cr_expect_eq(code, 0xFFFD);
}

Test(utf8, a_written_replacement_is_no_fault) {
    cr_expect(utf8_valid(STR_LIT("a\xEF\xBF\xBD")));
}

Test(utf8, repair_keeps_what_is_whole_and_counts_the_rest) {
    static const struct {
        const char *in, *out;
        size_t replaced;
    } cases[] = {
        {"plain", "plain", 0},
        {"", NULL, 0},
        /* Windows-1252: "2.2µF" of a real BOM. */
        {"2.2\xB5\x46", "2.2\xEF\xBF\xBD\x46", 1},
        {"\xE6\xA5\xBC\xFF\xE6\xB0\x8F", "\xE6\xA5\xBC\xEF\xBF\xBD\xE6\xB0\x8F",
         1},
        {"\xE5\xB8", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
        {"\xEF\xBF\xBD", "\xEF\xBF\xBD", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        size_t replaced = utf8_repair(&out, str_from(cases[i].in));
        cr_expect(str_eq(strbuf_str(&out), str_from(cases[i].out)), "case %zu",
                  i);
        cr_expect_eq(replaced, cases[i].replaced, "case %zu", i);
        strbuf_dispose(&out);
    }
}

Test(utf8, repaired_text_is_valid_whatever_went_in) {
    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        for (size_t j = 0; j < ARRAY_LEN(broken); j++) {
            struct strbuf in = {.ptr = NULL}, out = {.ptr = NULL};
            strbuf_printf(&in, "%sA%s", broken[i], broken[j]);
            cr_expect_gt(utf8_repair(&out, strbuf_str(&in)), 0);
            cr_expect(utf8_valid(strbuf_str(&out)), "%zu, %zu", i, j);
            strbuf_dispose(&in);
            strbuf_dispose(&out);
        }
    }
}

Test(utf8, count_and_width) {
    static const struct {
        const char *text;
        size_t count, width;
    } cases[] = {
        {"U3", 2, 2},           {"\xE7\xBE\x8E\xE5\x85\x89", 2, 4}, /* wide */
        {"o\xCC\x88", 2, 1}, /* a combining mark */
        {"\xC2\xB5\x46", 2, 2}, {"\xB5\xFF", 2, 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text = str_from(cases[i].text);
        cr_expect_eq(utf8_count(text), cases[i].count, "case %zu", i);
        cr_expect_eq(utf8_width(text), cases[i].width, "case %zu", i);
    }
}

Test(utf8, what_steers_a_terminal_or_turns_text_around_is_hostile) {
    static const uint32_t hostile[] = {
        0x00,   0x07,   0x08,   0x0a,   0x0d,   0x1b,   0x7f,   0x80,
        0x85,   0x9b,   0x9f,   0x061c, 0x200b, 0x200e, 0x200f, 0x2028,
        0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff,
    };
    static const uint32_t harmless[] = {' ',    'A',    0xa0,   0xb5,   0x2010,
                                        0x2027, 0x2030, 0x3000, 0x7f8e, 0xfffd};
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++)
        cr_expect(utf8_is_hostile(hostile[i]), "U+%04X", hostile[i]);
    for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
        cr_expect_not(utf8_is_hostile(harmless[i]), "U+%04X", harmless[i]);
}

Test(utf8, visible_text_is_cut_to_columns_and_cannot_steer) {
    static const struct {
        const char *in;
        size_t columns;
        const char *out;
    } cases[] = {
        {"MICRON", 6, "MICRON"},
        {"MICRON", 5, "MICR\xE2\x80\xA6"},
        {"MICRON", 1, "\xE2\x80\xA6"},
        {"MICRON", 0, NULL},
        {"\xE7\xBE\x8E\xE5\x85\x89", 4, "\xE7\xBE\x8E\xE5\x85\x89"},
        {"\xE7\xBE\x8E\xE5\x85\x89", 3, "\xE7\xBE\x8E\xE2\x80\xA6"},
        {"\xE7\xBE\x8E\xE5\x85\x89", 2, "\xE2\x80\xA6"},
        {"a\nb\tc", 9, "a b c"},
        {"\x1b[31mred", 20, "\xEF\xBF\xBD[31mred"},
        {"\xE2\x80\xAE"
         "cba",
         9,
         "\xEF\xBF\xBD"
         "cba"},
        {"\xFF", 3, "\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        utf8_add_visible(&out, str_from(cases[i].in), cases[i].columns);
        cr_expect(str_eq(strbuf_str(&out), str_from(cases[i].out)),
                  "case %zu: \"%.*s\"", i, STR_ARG(strbuf_str(&out)));
        strbuf_dispose(&out);
    }
}

Test(utf8, visible_text_never_takes_more_columns_than_asked_for) {
    static const char *const texts[] = {
        "MICRON TECHNOLOGY", "\xE7\xBE\x8E\xE5\x85\x89\xE7\xA7\x91\xE6\x8A\x80",
        "\x1b\x1b\x1b\x1b", "o\xCC\x88o\xCC\x88o\xCC\x88", "a\x9b\xC2\x9b"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        for (size_t columns = 0; columns < 20; columns++) {
            struct strbuf out = {.ptr = NULL};
            utf8_add_visible(&out, str_from(texts[i]), columns);
            cr_expect_leq(utf8_width(strbuf_str(&out)), columns,
                          "text %zu, %zu columns", i, columns);
            strbuf_dispose(&out);
        }
    }
}
