#include "core/uri.h"

#include <stddef.h>

#include <criterion/criterion.h>

#include "core/compiler.h"

TestSuite(uri, .timeout = 5);

Test(uri, a_path_is_percent_encoded) {
    static const struct {
        const char *path, *uri;
    } cases[] = {
        {"board.csv", "board.csv"},
        {"./a/b-1_2~.csv", "a/b-1_2~.csv"},
        {"a b/100%.csv", "a%20b/100%25.csv"},
        {"a:b.csv", "a%3Ab.csv"},
        {"ü?#[].csv", "%C3%BC%3F%23%5B%5D.csv"},
        {"\xff\n.csv", "%FF%0A.csv"},
        {"/home/x y.csv", "file:///home/x%20y.csv"},
        {"../up.csv", "../up.csv"},
        {"-", "-"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        uri_add_path(&out, cases[i].path);
        cr_expect_str_eq(out.ptr, cases[i].uri, "case %zu: %s", i, out.ptr);
        strbuf_dispose(&out);
    }
}

Test(uri, only_the_web_is_a_link) {
    cr_expect(uri_is_web(STR_LIT("https://example.com/a,b?c=(d)")));
    cr_expect(uri_is_web(STR_LIT("http://example.com")));
    cr_expect(!uri_is_web(STR_LIT("ftp://example.com")));
    cr_expect(!uri_is_web(STR_LIT("javascript:alert(1)")));
    cr_expect(!uri_is_web(STR_LIT("https://example.com/a b")));
    cr_expect(!uri_is_web(STR_EMPTY));
}
