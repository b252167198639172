#include "report/markdown_text.h"

#include <stddef.h>

#include <criterion/criterion.h>

#include "core/compiler.h"

TestSuite(markdown_text, .timeout = 5);

typedef void writer(struct strbuf *out, struct str text, size_t columns);

static void expect(writer *write, const char *in, const char *want) {
    struct strbuf out = {.ptr = NULL};
    write(&out, str_from(in), 60);
    cr_expect(str_eq(strbuf_str(&out), str_from(want)), "in=%s got=%.*s", in,
              STR_ARG(strbuf_str(&out)));
    strbuf_dispose(&out);
}

Test(markdown_text, plain_text_stays) {
    expect(markdown_text, "Buy another maker's part; 52.204-25 (b).",
           "Buy another maker's part; 52.204-25 (b).");
    expect(markdown_text, "“美光”, c/o: 3 #", "“美光”, c/o: 3 #");
}

Test(markdown_text, nothing_becomes_markup) {
    expect(markdown_text, "a|b *c* _d_ `e` [f](g) \\h",
           "a&#124;b &#42;c&#42; &#95;d&#95; &#96;e&#96; &#91;f&#93;(g) "
           "&#92;h");
    expect(markdown_text, "<b>&amp;", "&#60;b&#62;&#38;<!-- -->amp;");
    expect(markdown_text, "# head", "&#35; head");
    expect(markdown_text, "- item", "&#45; item");
    expect(markdown_text, "1. item", "&#49;. item");
    expect(markdown_text, "one\n\n> two", "one  &#62; two");
    expect(markdown_text, "\x1b[31m", "\xEF\xBF\xBD&#91;31m");
}

Test(markdown_text, nothing_becomes_a_mention_a_reference_or_a_link) {
    expect(markdown_text, "see @octocat", "see @<!-- -->octocat");
    expect(markdown_text, "see #12 and GH-7",
           "see #<!-- -->12 and GH-<!-- -->7");
    expect(markdown_text, "to https://x.example",
           "to https:<!-- -->//x.example");
    expect(markdown_text, "to www.x.example", "to www.<!-- -->x.example");
    expect(markdown_text, "a :bell:", "a :<!-- -->bell:");
}

Test(markdown_text, code_ends_where_it_should) {
    expect(markdown_code, "MT41K256M16TW-107:P", "`MT41K256M16TW-107:P`");
    expect(markdown_code, "a`b", "`` a`b ``");
    expect(markdown_code, "```", "```` ``` ````");
    expect(markdown_code, "a\nb", "`a b`");
    expect(markdown_code, "  ", "");
}

Test(markdown_text, only_an_address_of_the_web_is_a_link) {
    static const char *const cases[][2] = {
        {"https://x.example/a(b)c", "[t](https://x.example/a%28b%29c)"},
        {"https://x.example/a b", "t"},
        {"javascript:alert(1)", "t"},
        {"", "t"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf out = {.ptr = NULL};
        markdown_link(&out, STR_LIT("t"), cases[i][0]);
        cr_expect(str_eq(strbuf_str(&out), str_from(cases[i][1])), "%.*s",
                  STR_ARG(strbuf_str(&out)));
        strbuf_dispose(&out);
    }
}
