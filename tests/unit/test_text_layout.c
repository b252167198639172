#include "report/text_layout.h"

#include <stdlib.h>

#include <criterion/criterion.h>

#include "core/compiler.h"

TestSuite(text_layout, .timeout = 5);

static void expect_set(size_t columns, const char *text, const char *wanted) {
    char *set = NULL;
    size_t size = 0;
    struct text_page page = {.columns = columns,
                             .out = open_memstream(&set, &size)};
    cr_assert(page.out != NULL);
    text_paragraph(&page, "", 0, str_from(text));
    cr_assert(text_page_ok(&page));
    fclose(page.out);
    cr_expect_str_eq(set, wanted, "%zu: %s", columns, text);
    text_page_dispose(&page);
    free(set);
}

Test(text_layout, words_are_broken_at_blanks_and_only_when_too_long_inside) {
    expect_set(20, "one two three four five", "one two three four\nfive\n");
    expect_set(20, "abcdefghijklmnopqrstuvwxyz abc",
               "abcdefghijklmnopqrst\nuvwxyz abc\n");
}

Test(text_layout, chinese_breaks_between_any_two_characters) {
    expect_set(20, "一二三四五六七八九十一二", "一二三四五六七八九十\n一二\n");
    expect_set(20, "MT41K256M16 被列明于此处", "MT41K256M16 被列明于\n此处\n");
}

Test(text_layout, no_line_begins_with_a_closing_sign_or_ends_with_an_opening) {
    static const char *const closing[] = {"，", "。", "；", "：",
                                          "、", "）", "》", "？"};
    for (size_t i = 0; i < ARRAY_LEN(closing); i++) {
        char text[128], wanted[128];
        snprintf(text, sizeof(text), "一二三四五六七八九十%s甲", closing[i]);
        snprintf(wanted, sizeof(wanted), "一二三四五六七八九\n十%s甲\n",
                 closing[i]);
        expect_set(20, text, wanted);
    }
    expect_set(20, "一二三四五六七八九（十）", "一二三四五六七八九\n（十）\n");
    expect_set(20, "一二三四五六七八九“十”", "一二三四五六七八九\n“十”\n");
}

Test(text_layout, a_cell_counts_chinese_characters_as_two_columns) {
    char *set = NULL;
    size_t size = 0;
    struct text_page page = {.columns = 80, .out = open_memstream(&set, &size)};
    cr_assert(page.out != NULL);
    text_cell(&page, STR_LIT("制造商"), 8);
    text_right(&page, STR_LIT("行号"), 6);
    text_cell(&page, STR_LIT("需人工复核"), 6);
    fclose(page.out);
    cr_expect_str_eq(set, "制造商     行号需人…  ");
    text_page_dispose(&page);
    free(set);
}
