#include "report/csv_cell.h"

#include <stddef.h>

#include <criterion/criterion.h>

#include "core/compiler.h"

TestSuite(csv_cell, .timeout = 5);

static void expect(const char *in, const char *want) {
    struct strbuf out = {.ptr = NULL};
    csv_cell(&out, str_from(in));
    cr_expect(str_eq(strbuf_str(&out), str_from(want)), "in=%s got=%.*s", in,
              STR_ARG(strbuf_str(&out)));
    strbuf_dispose(&out);
}

Test(csv_cell, plain_text_stays_and_rfc_4180_quotes) {
    expect("", "");
    expect("MT41K256M16TW-107:P", "MT41K256M16TW-107:P");
    expect("U1, U2", "\"U1, U2\"");
    expect("3\" cable", "\"3\"\" cable\"");
    expect(" a ", "\" a \"");
    expect("one\r\ntwo", "\"one  two\"");
}

Test(csv_cell, a_formula_is_text) {
    static const char *const cases[][2] = {
        {"=1+1", "'=1+1"},
        {"+cmd", "'+cmd"},
        {"-2+3", "'-2+3"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"  =1", "\"  '=1\""},
        {"\xC2\xA0=1", "\xC2\xA0'=1"},
        {"\xE2\x80\x8B=1", "\xEF\xBF\xBD'=1"},
        {"\xEF\xBC\x9D"
         "1",
         "'\xEF\xBC\x9D"
         "1"},
        {"\xEF\xBC\xA0x", "'\xEF\xBC\xA0x"},
        {"\xFF=1", "\xEF\xBF\xBD'=1"},
        {"\t=1", "\"' =1\""},
        {"\rx", "\"' x\""},
        {"a;=1+1", "\"a;'=1+1\""},
        {"a; =1;-b", "\"a; '=1;'-b\""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect(cases[i][0], cases[i][1]);
}

Test(csv_cell, a_number_stays_a_number) {
    static const char *const numbers[] = {"0", "12", "-40", "+5", "-1.5"};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        expect(numbers[i], numbers[i]);
    expect("-", "'-");
    expect("-1.5.2", "'-1.5.2");
}

Test(csv_cell, nothing_acts_in_a_terminal) {
    expect("a\x1b[31mb", "a\xEF\xBF\xBD[31mb");
    expect("\xE2\x80\xAEgnp", "\xEF\xBF\xBDgnp");
}
