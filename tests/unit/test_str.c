#include "core/str.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/mem.h"

TestSuite(str, .timeout = 30);

Test(str, null_is_the_empty_text) {
    struct str none = str_from(NULL);
    cr_expect_eq(none.len, 0);
    cr_expect(str_eq(none, STR_EMPTY));
    cr_expect(str_eq((struct str){NULL, 0}, STR_EMPTY));
    cr_expect_eq(str_cmp((struct str){NULL, 0}, STR_EMPTY), 0);
}

Test(str, equality_looks_at_every_byte_and_at_the_length) {
    cr_expect(str_eq(STR_LIT("Micron"), str_from("Micron")));
    cr_expect_not(str_eq(STR_LIT("Micron"), STR_LIT("Micronas")));
    cr_expect_not(str_eq(STR_LIT("Micron"), STR_LIT("micron")));
    cr_expect_not(str_eq(STR_LIT("a\0b"), STR_LIT("a\0c")),
                  "a NUL does not end a text");
}

Test(str, equality_without_case_touches_ascii_letters_only) {
    cr_expect(str_eq_nocase(STR_LIT("MICRON Tech"), STR_LIT("micron tECH")));
    cr_expect_not(str_eq_nocase(STR_LIT("@"), STR_LIT("`")));
    cr_expect_not(str_eq_nocase(STR_LIT("["), STR_LIT("{")));
    cr_expect_not(str_eq_nocase(STR_LIT("\xC3\x84"), STR_LIT("\xC3\xA4")),
                  "U+00C4 and U+00E4 differ");
    cr_expect_not(str_eq_nocase(STR_LIT("ab"), STR_LIT("abc")));
}

Test(str, order_is_by_unsigned_bytes_and_a_prefix_comes_first) {
    static const char *const sorted[] = {"",     "A",        "AB",          "B",
                                         "a",    "a\t",      "aa",          "b",
                                         "\x7f", "\xC3\xA4", "\xE5\xB8\x9D"};
    for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
        for (size_t j = 0; j < ARRAY_LEN(sorted); j++) {
            int order = str_cmp(str_from(sorted[i]), str_from(sorted[j]));
            cr_expect_eq(order < 0, i < j, "%zu < %zu", i, j);
            cr_expect_eq(order > 0, i > j, "%zu > %zu", i, j);
        }
    }
}

Test(str, starts_and_ends) {
    struct str mpn = STR_LIT("MT41K256M16TW");
    cr_expect(str_starts(mpn, STR_LIT("MT41")));
    cr_expect(str_starts(mpn, STR_EMPTY));
    cr_expect(str_starts(mpn, mpn));
    cr_expect_not(str_starts(mpn, STR_LIT("MT41K256M16TW-107")));
    cr_expect(str_ends(mpn, STR_LIT("TW")));
    cr_expect(str_ends(mpn, STR_EMPTY));
    cr_expect_not(str_ends(mpn, STR_LIT("tw")));
    cr_expect_not(str_ends(STR_EMPTY, STR_LIT("W")));
}

Test(str, find_gives_the_first_place_or_minus_one) {
    struct str text = STR_LIT("aababc");
    cr_expect_eq(str_find(text, STR_LIT("ab")), 1);
    cr_expect_eq(str_find(text, STR_LIT("abc")), 3);
    cr_expect_eq(str_find(text, STR_LIT("abcd")), -1);
    cr_expect_eq(str_find(text, STR_EMPTY), 0);
    cr_expect_eq(str_find(STR_EMPTY, STR_LIT("a")), -1);
    cr_expect_eq(str_find_char(text, 'c'), 5);
    cr_expect_eq(str_find_char(text, 'x'), -1);
    cr_expect_eq(str_find_char((struct str){NULL, 0}, 'x'), -1);
}

Test(str, skip_and_take_stop_at_the_end) {
    struct str text = STR_LIT("abc");
    cr_expect(str_eq(str_skip(text, 1), STR_LIT("bc")));
    cr_expect(str_eq(str_skip(text, 3), STR_EMPTY));
    cr_expect(str_eq(str_skip(text, SIZE_MAX), STR_EMPTY));
    cr_expect(str_eq(str_take(text, 2), STR_LIT("ab")));
    cr_expect(str_eq(str_take(text, SIZE_MAX), text));
    cr_expect_eq(str_skip((struct str){NULL, 0}, 5).len, 0);
}

Test(str, trim_takes_ascii_blanks_at_both_ends_only) {
    cr_expect(str_eq(str_trim(STR_LIT(" \t\r\n\v\fa b \n")), STR_LIT("a b")));
    cr_expect(str_eq(str_trim(STR_LIT(" \t ")), STR_EMPTY));
    cr_expect(str_eq(str_trim(STR_EMPTY), STR_EMPTY));
    cr_expect(str_eq(str_trim(STR_LIT("\xC2\xA0x")), STR_LIT("\xC2\xA0x")),
              "a no-break space is no ASCII blank");
}

/* Splits `text` and joins it again with '|'; a final '.' shows the end. */
static void split_and_join(struct strbuf *out, struct str text) {
    struct str piece;
    while (str_split(&text, ',', &piece)) {
        strbuf_add_char(out, '|');
        strbuf_add(out, piece);
    }
    cr_expect_null(text.ptr, "nothing is left at the end");
    strbuf_add_char(out, '.');
}

Test(str, split_keeps_empty_pieces) {
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        {"a,b", "|a|b."}, {"a", "|a."},         {"", "|."},
        {",", "||."},     {"a,,b,", "|a||b|."},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        split_and_join(&out, str_from(cases[i].text));
        cr_expect_str_eq(out.ptr, cases[i].pieces);
        strbuf_dispose(&out);
    }
}

Test(str, hash_is_fnv_1a_on_every_machine) {
    /* Test vectors of draft-eastlake-fnv. */
    cr_expect_eq(str_hash(STR_EMPTY), UINT64_C(0xcbf29ce484222325));
    cr_expect_eq(str_hash(STR_LIT("a")), UINT64_C(0xaf63dc4c8601ec8c));
    cr_expect_eq(str_hash(STR_LIT("foobar")), UINT64_C(0x85944171f73967e8));
}

Test(str, ascii_classes_know_no_other_letters) {
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        bool upper = i >= 65 && i <= 90, lower = i >= 97 && i <= 122;
        cr_expect_eq(ascii_is_upper(c), upper, "byte %d", i);
        cr_expect_eq(ascii_is_lower(c), lower, "byte %d", i);
        cr_expect_eq(ascii_is_alpha(c), upper || lower, "byte %d", i);
        cr_expect_eq(ascii_is_digit(c), i >= 48 && i <= 57, "byte %d", i);
        cr_expect_eq(ascii_lower(c), (char)(upper ? i + 32 : i), "byte %d", i);
        cr_expect_eq(ascii_upper(c), (char)(lower ? i - 32 : i), "byte %d", i);
        cr_expect_eq(ascii_is_space(c), i == 32 || (i >= 9 && i <= 13),
                     "byte %d", i);
    }
}

Test(strbuf, grows_and_is_always_terminated) {
    struct strbuf buf = {.ptr = NULL};
    cr_expect_eq(strbuf_str(&buf).len, 0);
    for (size_t i = 0; i < 10000; i++) {
        strbuf_add_char(&buf, (char)('a' + i % 26));
        cr_assert_eq(buf.ptr[i + 1], '\0');
    }
    cr_expect_eq(buf.len, 10000);
    for (size_t i = 0; i < buf.len; i++)
        cr_assert_eq(buf.ptr[i], (char)('a' + i % 26), "byte %zu", i);
    cr_expect_not(buf.failed);
    strbuf_dispose(&buf);
    cr_expect_null(buf.ptr);
}

Test(strbuf, adds_text_of_every_kind) {
    struct strbuf buf = {.ptr = NULL};
    strbuf_add_text(&buf, "line ");
    strbuf_printf(&buf, "%d, %s", 12, "U3");
    strbuf_add(&buf, STR_EMPTY);
    strbuf_add_text(&buf, NULL);
    strbuf_add(&buf, STR_LIT("\0!"));
    cr_expect(str_eq(strbuf_str(&buf), STR_LIT("line 12, U3\0!")));
    strbuf_dispose(&buf);
}

Test(strbuf, clear_keeps_the_memory) {
    struct strbuf buf = {.ptr = NULL};
    strbuf_add_text(&buf, "something");
    size_t cap = buf.cap;
    strbuf_clear(&buf);
    cr_expect_eq(buf.len, 0);
    cr_expect_eq(buf.cap, cap);
    cr_expect_str_eq(buf.ptr, "");
    strbuf_dispose(&buf);
    strbuf_add_text(&buf, "usable again");
    cr_expect_str_eq(buf.ptr, "usable again");
    strbuf_dispose(&buf);
}

Test(strbuf, out_of_memory_stays_set_and_keeps_what_was_added) {
    struct strbuf buf = {.ptr = NULL};
    strbuf_add_text(&buf, "kept");
    mem_fail_after(1);
    for (size_t i = 0; i < 100; i++)
        strbuf_add_text(&buf, "more than fits");
    strbuf_printf(&buf, "%0200d", 1);
    cr_expect(mem_failed());
    mem_fail_after(0);
    cr_expect(buf.failed);
    cr_expect(str_starts(strbuf_str(&buf), STR_LIT("kept")));
    cr_expect_eq(strlen(buf.ptr), buf.len);
    size_t len = buf.len;
    strbuf_add_text(&buf, "!");
    cr_expect_eq(buf.len, len, "a gap in the middle would be worse");
    strbuf_clear(&buf);
    cr_expect_not(buf.failed);
    strbuf_dispose(&buf);
}
