#include "bom/cell_text.h"

#include <locale.h>
#include <stdlib.h>

#include <criterion/criterion.h>

TestSuite(cell_text, .timeout = 30);

Test(cell_text, numbers_are_the_shortest_decimal_that_reads_back) {
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-42, "-42"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {22232061, "22232061"},
        {9955167123456, "9955167123456"},
        {1e22, "10000000000000000000000"},
        {1.5e-7, "0.00000015"},
        {123456.789, "123456.789"},
        {1e40, "10000000000000000000000000000000000000000"},
        {1e300, "1e300"},
        {-1.5e-300, "-15e-301"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "17976931348623157e292"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf text = {.ptr = NULL};
        double back = 0;
        cell_number_add(&text, cases[i].value);
        cr_expect_str_eq(text.ptr, cases[i].text);
        cr_expect(cell_number_parse(strbuf_str(&text), &back));
        cr_expect_eq(back, cases[i].value, "%s", text.ptr);
        strbuf_dispose(&text);
    }
}

Test(cell_text, a_locale_with_decimal_commas_changes_nothing) {
    struct strbuf text = {.ptr = NULL};
    double value = 0;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL &&
        setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL)
        cr_skip_test("no locale with decimal commas is installed");
    cell_number_add(&text, 1234.5);
    cr_expect_str_eq(text.ptr, "1234.5");
    cr_expect(cell_number_parse(STR_LIT("1234.5"), &value));
    cr_expect_eq(value, 1234.5);
    strbuf_dispose(&text);
}

Test(cell_text, only_decimal_numbers_are_numbers) {
    static const char *const good[] = {"0",  "-1",  "+1",    "1.",
                                       ".5", "1e5", "1E-05", "0000000000001"};
    static const char *const bad[] = {
        "",    "-",   ".",   "e5", "1e", "1e99999", "1e999", "0x10",
        "inf", "nan", "1,5", "1 ", " 1", "1.2.3",   "--1"};
    double value;
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        cr_expect(cell_number_parse(str_from(good[i]), &value), "%s", good[i]);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        cr_expect_not(cell_number_parse(str_from(bad[i]), &value), "%s",
                      bad[i]);
}

Test(cell_text, format_codes_are_understood) {
    static const struct {
        const char *code;
        enum cell_kind kind;
        unsigned digits;
    } cases[] = {
        {"General", CELL_NUMBER, 0},
        {"0", CELL_NUMBER, 1},
        {"0000", CELL_NUMBER, 4},
        {"0.00", CELL_NUMBER, 0},
        {"0.00E+00", CELL_NUMBER, 0},
        {"#,##0 \"days\"", CELL_NUMBER, 0},
        {"0.0 m", CELL_NUMBER, 0},
        {"[Red]-0", CELL_NUMBER, 0},
        {"[Magenta]0", CELL_NUMBER, 0},
        {"@", CELL_NUMBER, 0},
        {"0%", CELL_PERCENT, 0},
        {"yyyy-mm-dd", CELL_DATE, 0},
        {"[$-409]d\\-mmm\\-yy;@", CELL_DATE, 0},
        {"mmm", CELL_DATE, 0},
        {"yyyy\"年\"m\"月\"d\"日\"", CELL_DATE, 0},
        {"dd/mm/yyyy hh:mm", CELL_DATE_TIME, 0},
        {"h:mm AM/PM", CELL_TIME, 0},
        {"mm:ss.0", CELL_TIME, 0},
        {"[h]:mm:ss", CELL_DURATION, 0},
        {"[mm]", CELL_DURATION, 0},
        {"0;yyyy", CELL_NUMBER, 0},
        {"\"unclosed", CELL_NUMBER, 0},
        {"[unclosed", CELL_NUMBER, 0},
        {"\\", CELL_NUMBER, 0},
        {"", CELL_NUMBER, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct cell_format format = cell_format_parse(str_from(cases[i].code));
        cr_expect_eq(format.kind, cases[i].kind, "%s", cases[i].code);
        cr_expect_eq(format.digits, cases[i].digits, "%s", cases[i].code);
    }
    cr_expect_eq(cell_format_builtin(14).kind, CELL_DATE);
    cr_expect_eq(cell_format_builtin(22).kind, CELL_DATE_TIME);
    cr_expect_eq(cell_format_builtin(46).kind, CELL_DURATION);
    cr_expect_eq(cell_format_builtin(0).kind, CELL_NUMBER);
    cr_expect_eq(cell_format_builtin(49).kind, CELL_NUMBER);
}

Test(cell_text, a_value_is_shown_as_its_format_says) {
    static const struct {
        double value;
        struct cell_format format;
        bool from_1904;
        const char *text;
    } cases[] = {
        {45067, {.kind = CELL_DATE}, false, "2023-05-21"},
        {43605, {.kind = CELL_DATE}, true, "2023-05-21"},
        {1, {.kind = CELL_DATE}, false, "1900-01-01"},
        {59, {.kind = CELL_DATE}, false, "1900-02-28"},
        {61, {.kind = CELL_DATE}, false, "1900-03-01"},
        {0, {.kind = CELL_DATE}, true, "1904-01-01"},
        {0, {.kind = CELL_DATE}, false, "0"},
        {-1, {.kind = CELL_DATE}, false, "-1"},
        {2958465, {.kind = CELL_DATE}, false, "2958465"},
        {1e15, {.kind = CELL_DATE_TIME}, false, "1000000000000000"},
        {45067.5, {.kind = CELL_DATE}, false, "2023-05-21"},
        {45067.5, {.kind = CELL_DATE_TIME}, false, "2023-05-21 12:00:00"},
        {45067, {.kind = CELL_DATE_TIME}, false, "2023-05-21"},
        {45066.999999, {.kind = CELL_DATE_TIME}, false, "2023-05-21"},
        {0.5, {.kind = CELL_TIME}, false, "12:00:00"},
        {1.5, {.kind = CELL_DURATION}, false, "36:00:00"},
        {0.07, {.kind = CELL_PERCENT}, false, "7%"},
        {0, {.kind = CELL_PERCENT}, false, "0%"},
        {1.5, {.kind = CELL_PERCENT}, false, "150%"},
        {402, {.digits = 4}, false, "0402"},
        {-5, {.digits = 3}, false, "-005"},
        {12345, {.digits = 4}, false, "12345"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf text = {.ptr = NULL};
        cell_value_add(&text, cases[i].value, cases[i].format,
                       cases[i].from_1904);
        cr_expect_str_eq(text.ptr, cases[i].text, "case %zu", i);
        strbuf_dispose(&text);
    }
}
