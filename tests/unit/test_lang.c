#include "core/lang.h"

#include <string.h>

#include <criterion/criterion.h>

TestSuite(lang, .timeout = 5);

Test(lang, english_stands_until_another_is_chosen) {
    cr_assert_str_eq(lang_name(), "en");
    cr_assert_str_eq(tr("prohibited"), "prohibited");
    cr_assert_str_eq(tr_count("%s line", "%s lines", 1), "%s line");
    cr_assert_str_eq(tr_count("%s line", "%s lines", 2), "%s lines");
}

Test(lang, an_option_is_called_as_where_it_was_chosen) {
    static const struct lang_label labels[] = {{"as-of", "Company"},
                                               {NULL, NULL}};
    cr_assert_str_eq(lang_option("as-of"), "--as-of");
    cr_assert(!lang_is_by_form());
    lang_ask_by_form(labels);
    cr_assert(lang_is_by_form());
    cr_assert_str_eq(lang_option("as-of"), "“Company” (as_of)");
    cr_assert_str_eq(lang_option("max-age"), "the field “max_age”");
    cr_assert(lang_use("zh-CN"));
    cr_assert_str_eq(lang_option("as-of"), "“公司”（as_of）");
    lang_ask_by_form(NULL);
    cr_assert(lang_use("en"));
}

Test(lang, a_language_is_known_by_its_tag_and_by_its_first_part) {
    static const char *const names[] = {"zh-CN", "zh", "ZH-cn", "Zh"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        cr_assert(lang_use("en"));
        cr_assert(lang_use(names[i]), "%s", names[i]);
        cr_assert_str_eq(lang_name(), "zh-CN", "%s", names[i]);
        cr_assert_str_eq(tr("prohibited"), "禁止");
    }
}

Test(lang, an_unknown_one_changes_nothing) {
    cr_assert(lang_use("zh-CN"));
    static const char *const names[] = {"", "z", "zh-", "zh-TW", "de", "-"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        cr_assert(!lang_use(names[i]), "%s", names[i]);
        cr_assert_str_eq(lang_name(), "zh-CN");
    }
    cr_assert(lang_use("EN"));
    cr_assert_str_eq(tr("prohibited"), "prohibited");
}

Test(lang, what_no_catalogue_has_stays_as_it_is) {
    cr_assert(lang_use("zh"));
    const char *own = "A company's own rule.";
    cr_assert_eq(tr(own), own);
    cr_assert_str_eq(tr(""), "");
    cr_assert_str_eq(tr_in("list", ""), "");
    cr_assert_str_eq(tr_in("no such context", "prohibited"), "prohibited");
    cr_assert_str_eq(tr_count("%s no such", "%s no suches", 1), "%s no such");
    cr_assert_str_eq(tr_count("%s no such", "%s no suches", 3), "%s no suches");
}

Test(lang, a_context_tells_equal_texts_apart) {
    cr_assert(lang_use("zh"));
    cr_assert_str_eq(tr(", "), "，");
    cr_assert_str_eq(tr_in("list", ", "), "、");
}

Test(lang, one_form_serves_every_count) {
    cr_assert(lang_use("zh"));
    cr_assert_str_eq(tr_count("%s line", "%s lines", 1), "%s 行");
    cr_assert_str_eq(tr_count("%s line", "%s lines", 47), "%s 行");
}

Test(lang, the_list_of_languages_begins_with_english_and_ends) {
    size_t count = 0;
    while (lang_name_at(count) != NULL)
        cr_assert(lang_use(lang_name_at(count++)));
    cr_assert_str_eq(lang_name_at(0), "en");
    cr_assert(count >= 2);
}
