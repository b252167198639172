#include "core/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <criterion/criterion.h>

TestSuite(date, .timeout = 30);

/* The calendar as it is taught in school; slow and plain. */
static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static void expect_day(int32_t day, int year, int month, int mday) {
    char want[DATE_TEXT_SIZE], got[DATE_TEXT_SIZE];
    int y, m, d;
    int32_t parsed = DATE_NONE;
    snprintf(want, sizeof(want), "%04d-%02d-%02d", year % 10000, month % 100,
             mday % 100);
    date_format(day, got);
    date_split(day, &y, &m, &d);
    cr_assert_str_eq(got, want);
    cr_assert(y == year && m == month && d == mday, "%s", want);
    cr_assert(date_parse(str_from(want), &parsed), "%s", want);
    cr_assert_eq(parsed, day, "%s", want);
}

Test(date, a_span_is_written_as_its_source_wrote_it) {
    static const char *const texts[] = {"2023-05-21", "2026-02", "2006"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct date_span span;
        char text[DATE_TEXT_SIZE];
        cr_assert(date_parse_span(str_from(texts[i]), &span));
        date_format_span(span, text);
        cr_expect_str_eq(text, texts[i]);
    }
    char none[DATE_TEXT_SIZE] = "x";
    date_format_span(DATE_SPAN_NONE, none);
    cr_expect_str_eq(none, "");
}

Test(date, every_day_from_1900_to_2999_goes_there_and_back) {
    int32_t day = -25567; /* 1900-01-01: 70 years and 17 leap days back */
    for (int year = 1900; year <= 2999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int mday = 1; mday <= month_length(year, month); mday++)
                expect_day(day++, year, month, mday);
        }
    }
}

Test(date, days_count_from_1970) {
    int32_t day = DATE_NONE;
    cr_assert(date_parse(STR_LIT("1970-01-01"), &day));
    cr_expect_eq(day, 0);
    cr_assert(date_parse(STR_LIT("2023-05-21"), &day));
    cr_expect_eq(day, 19498);
    cr_assert(date_parse(STR_LIT("9999-12-31"), &day));
    cr_expect_eq(day, 2932896);
}

Test(date, a_day_that_does_not_exist_is_refused) {
    static const char *const wrong[] = {
        "",
        "2023-02-29",
        "1900-02-29",
        "2100-02-29",
        "2023-04-31",
        "2023-13-01",
        "2023-00-10",
        "2023-01-00",
        "2023-01-32",
        "1899-12-31",
        "0000-01-01",
        "23-05-21",
        "2023-5-21",
        "2023-05-1",
        "2023/05/21",
        "2023-05/21",
        "20230521",
        "2023-05-21 ",
        " 2023-05-21",
        "2023-05-21T00",
        "-023-05-21",
        "2023-+5-21",
        "2023-05- 1",
        "10000-01-01",
        "2023-05-\xD9\xA1",
        "abcd-ef-gh",
        "2023-0x-01",
        "2023 05 21",
    };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        int32_t day = 42;
        cr_expect_not(date_parse(str_from(wrong[i]), &day), "\"%s\"", wrong[i]);
        cr_expect_eq(day, 42, "\"%s\" leaves the day alone", wrong[i]);
    }
}

Test(date, leap_days_of_leap_centuries_exist) {
    int32_t day;
    cr_expect(date_parse(STR_LIT("2000-02-29"), &day));
    cr_expect(date_parse(STR_LIT("2024-02-29"), &day));
    cr_expect(date_parse(STR_LIT("2400-02-29"), &day));
}

Test(date, a_month_or_a_year_is_all_the_days_it_could_be) {
    static const struct {
        const char *text, *first, *last;
    } cases[] = {
        {"2023-05-21", "2023-05-21", "2023-05-21"},
        {"2026-07", "2026-07-01", "2026-07-31"},
        {"2024-02", "2024-02-01", "2024-02-29"},
        {"2023-02", "2023-02-01", "2023-02-28"},
        {"2026-12", "2026-12-01", "2026-12-31"},
        {"2006", "2006-01-01", "2006-12-31"},
        {"9999", "9999-01-01", "9999-12-31"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct date_span span = DATE_SPAN_NONE;
        char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
        cr_assert(date_parse_span(str_from(cases[i].text), &span), "%s",
                  cases[i].text);
        date_format(span.first, first);
        date_format(span.last, last);
        cr_expect_str_eq(first, cases[i].first);
        cr_expect_str_eq(last, cases[i].last);
    }
}

Test(date, a_span_that_is_none_is_refused) {
    static const char *const wrong[] = {
        "",        "199",     "1899", "2026-",   "2026-1", "2026-13",
        "2026-00", "2026-7-", "20 6", "2026_07", "26-07-1"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct date_span span = DATE_SPAN_NONE;
        cr_expect_not(date_parse_span(str_from(wrong[i]), &span), "\"%s\"",
                      wrong[i]);
        cr_expect_eq(span.first, DATE_NONE, "\"%s\"", wrong[i]);
    }
}

Test(date, a_month_is_no_day) {
    int32_t day;
    cr_expect_not(date_parse(STR_LIT("2026-07"), &day));
    cr_expect_not(date_parse(STR_LIT("2026"), &day));
}

Test(date, text_never_outgrows_its_buffer) {
    static const int32_t days[] = {INT32_MIN + 719468, -719529, -1000000,
                                   2932897, 100000000};
    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        char text[DATE_TEXT_SIZE];
        memset(text, 'x', sizeof(text));
        date_format(days[i], text);
        cr_expect_eq(strnlen(text, sizeof(text)), 10, "day %d", days[i]);
    }
}

Test(date, today_is_utc_whatever_the_time_zone) {
    time_t now = time(NULL);
    int32_t day = date_today();
    time_t later = time(NULL);
    cr_expect(day == now / 86400 || day == later / 86400);
}

Test(date, years_later_is_the_same_day_where_there_is_one) {
    static const struct {
        const char *day, *want;
        unsigned years;
    } cases[] = {
        {"2026-11-21", "2029-11-21", 3},    {"2024-02-29", "2027-02-28", 3},
        {"2024-02-29", "2028-02-29", 4},    {"2026-12-31", "2026-12-31", 0},
        {"2026-01-01", "9999-01-01", 9999},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int32_t day, want;
        cr_assert(date_parse(str_from(cases[i].day), &day));
        cr_assert(date_parse(str_from(cases[i].want), &want));
        cr_expect_eq(date_add_years(day, cases[i].years), want, "%s",
                     cases[i].day);
    }
}
