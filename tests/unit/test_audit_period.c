#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/date.h"
#include "history/audit_period.h"

TestSuite(audit_period, .timeout = 5);

static struct audit_period quarter(const char *text, unsigned start) {
    struct audit_period period = {.from = 0};
    struct err err = ERR_INIT;
    cr_assert(audit_period_quarter(&period, str_from(text), start, &err),
              "%s: %s", text, err.msg);
    return period;
}

static void expect_days(const struct audit_period *period, const char *from,
                        const char *to) {
    char text[DATE_TEXT_SIZE];
    date_format(period->from, text);
    cr_expect_str_eq(text, from);
    date_format(period->to, text);
    cr_expect_str_eq(text, to);
}

static int32_t day(const char *text) {
    int32_t found = 0;
    cr_assert(date_parse(str_from(text), &found));
    return found;
}

Test(audit_period, quarters_of_a_year_from_any_month) {
    static const struct {
        const char *text;
        unsigned start;
        const char *from, *to;
    } cases[] = {
        {"2026Q1", 1, "2026-01-01", "2026-03-31"},
        {"2026Q2", 1, "2026-04-01", "2026-06-30"},
        {"2026q3", 1, "2026-07-01", "2026-09-30"},
        {"2026Q4", 1, "2026-10-01", "2026-12-31"},
        {"2024Q1", 1, "2024-01-01", "2024-03-31"},
        {"2026Q1", 4, "2026-04-01", "2026-06-30"},
        {"2026Q4", 4, "2027-01-01", "2027-03-31"},
        {"2026Q1", 12, "2026-12-01", "2027-02-28"},
        {"2027Q1", 12, "2027-12-01", "2028-02-29"},
        {"2026Q4", 12, "2027-09-01", "2027-11-30"},
        {"2026Q2", 10, "2027-01-01", "2027-03-31"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct audit_period period = quarter(cases[i].text, cases[i].start);
        expect_days(&period, cases[i].from, cases[i].to);
    }
}

Test(audit_period, what_is_no_quarter_is_refused) {
    static const char *const wrong[] = {
        "",     "2026",   "2026Q",  "2026Q0", "2026Q5", "2026Q33",
        "26Q3", "Q32026", "2026-3", "1969Q4", "9991Q1", "202aQ1"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct audit_period period = {.from = 0};
        struct err err = ERR_INIT;
        cr_expect(
            not(audit_period_quarter(&period, str_from(wrong[i]), 1, &err)),
            "%s", wrong[i]);
        cr_expect_neq(err.code, ERR_NONE);
    }
}

Test(audit_period, before_and_after_a_quarter) {
    struct audit_period period = quarter("2026Q1", 4);
    struct audit_period before = audit_period_before(&period);
    struct audit_period after = audit_period_after(&period);
    char name[AUDIT_PERIOD_NAME_SIZE];
    expect_days(&before, "2026-01-01", "2026-03-31");
    audit_period_name(&before, name);
    cr_expect_str_eq(name, "2025Q4");
    expect_days(&after, "2026-07-01", "2026-09-30");
    period = quarter("2026Q4", 1);
    after = audit_period_after(&period);
    expect_days(&after, "2027-01-01", "2027-03-31");
    before = audit_period_before(&after);
    cr_expect_eq(before.from, period.from);
    cr_expect_eq(before.quarter, 4);
}

Test(audit_period, before_and_after_days) {
    struct audit_period period = {.from = 0};
    struct err err = ERR_INIT;
    char name[AUDIT_PERIOD_NAME_SIZE];
    cr_assert(
        audit_period_days(&period, day("2026-02-01"), day("2026-02-10"), &err));
    audit_period_name(&period, name);
    cr_expect_str_eq(name, "2026-02-01 to 2026-02-10");
    struct audit_period before = audit_period_before(&period);
    expect_days(&before, "2026-01-22", "2026-01-31");
    struct audit_period after = audit_period_after(&period);
    expect_days(&after, "2026-02-11", "2026-02-20");
    cr_expect(not(audit_period_days(&period, 20, 19, &err)));
    cr_expect(not(audit_period_days(&period, -1, 19, &err)));
    cr_expect(not(audit_period_days(&period, 0, AUDIT_DAYS_MAX, &err)));
    cr_expect(audit_period_days(&period, 5, 5, &err));
}

Test(audit_period, the_last_quarter_that_has_ended) {
    static const struct {
        const char *today;
        unsigned start;
        const char *name;
    } cases[] = {
        {"2026-11-22", 1, "2026Q3"},  {"2026-09-30", 1, "2026Q2"},
        {"2026-10-01", 1, "2026Q3"},  {"2026-01-01", 1, "2025Q4"},
        {"2026-11-22", 4, "2026Q2"},  {"2026-03-31", 4, "2025Q3"},
        {"2026-04-01", 4, "2025Q4"},  {"2026-11-22", 12, "2025Q3"},
        {"2026-12-01", 12, "2025Q4"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct audit_period period =
            audit_period_ended(day(cases[i].today), cases[i].start);
        char name[AUDIT_PERIOD_NAME_SIZE];
        audit_period_name(&period, name);
        cr_expect_str_eq(name, cases[i].name, "%s, from month %u: %s",
                         cases[i].today, cases[i].start, name);
    }
}
