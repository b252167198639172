#include "history/audit_period.h"

#include <stdio.h>

#include "core/date.h"
#include "core/lang.h"

#define FIRST_YEAR 1970
/* The audit looks a little ahead. */
#define LAST_YEAR 9990

/* `month` counts on beyond the year's end. */
static int32_t first_of_month(int year, int month) {
    char text[64];
    int32_t day = DATE_NONE;
    year += (month - 1) / 12;
    month = (month - 1) % 12 + 1;
    snprintf(text, sizeof(text), "%04d-%02d-01", year, month);
    return date_parse(str_from(text), &day) ? day : DATE_NONE;
}

static struct audit_period quarter_of(int year, int quarter, unsigned start) {
    int month = (int)start + 3 * (quarter - 1);
    return (struct audit_period){
        .from = first_of_month(year, month),
        .to = first_of_month(year, month + 3) - 1,
        .year = year,
        .quarter = quarter,
        .start = start,
    };
}

bool audit_period_quarter(struct audit_period *out, struct str text,
                          unsigned start, struct err *err) {
    unsigned long year = str_number(str_take(text, 4));
    char quarter = text.len == 6 ? text.ptr[5] : '0';
    if (text.len != 6 || !str_is_digits(str_take(text, 4)) ||
        ascii_upper(text.ptr[4]) != 'Q' || quarter < '1' || quarter > '4' ||
        year < FIRST_YEAR || year > LAST_YEAR)
        return err_set(err, ERR_INVALID,
                       tr("'%.*s' is no quarter; write it as 2026Q3"),
                       STR_ARG(text));
    *out = quarter_of((int)year, quarter - '0', start);
    return true;
}

bool audit_period_days(struct audit_period *out, int32_t from, int32_t to,
                       struct err *err) {
    int year, month, mday;
    date_split(to, &year, &month, &mday);
    if (to < from)
        return err_set(err, ERR_INVALID,
                       tr("the period ends before it begins"));
    if (from < 0 || year > LAST_YEAR)
        return err_set(err, ERR_INVALID,
                       tr("a period lies within the years %d to %d"),
                       FIRST_YEAR, LAST_YEAR);
    if (to - from >= AUDIT_DAYS_MAX)
        return err_set(err, ERR_INVALID, tr("a period has at most %d days"),
                       AUDIT_DAYS_MAX);
    *out = (struct audit_period){.from = from, .to = to, .start = 1};
    return true;
}

static struct audit_period next_quarter(const struct audit_period *period) {
    return period->quarter == 4
               ? quarter_of(period->year + 1, 1, period->start)
               : quarter_of(period->year, period->quarter + 1, period->start);
}

struct audit_period audit_period_before(const struct audit_period *period) {
    int32_t days = period->to - period->from + 1;
    if (period->quarter == 0)
        return (struct audit_period){.from = period->from - days,
                                     .to = period->from - 1,
                                     .start = period->start};
    return period->quarter == 1
               ? quarter_of(period->year - 1, 4, period->start)
               : quarter_of(period->year, period->quarter - 1, period->start);
}

struct audit_period audit_period_after(const struct audit_period *period) {
    int32_t days = period->to - period->from + 1;
    if (period->quarter == 0)
        return (struct audit_period){.from = period->to + 1,
                                     .to = period->to + days,
                                     .start = period->start};
    return next_quarter(period);
}

struct audit_period audit_period_ended(int32_t day, unsigned start) {
    int year, month, mday;
    date_split(day, &year, &month, &mday);
    struct audit_period period = quarter_of(year, 4, start);
    while (period.to >= day)
        period = audit_period_before(&period);
    return period;
}

void audit_period_name(const struct audit_period *period,
                       char out[AUDIT_PERIOD_NAME_SIZE]) {
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
    if (period->quarter != 0) {
        snprintf(out, AUDIT_PERIOD_NAME_SIZE, "%dQ%d", period->year,
                 period->quarter);
        return;
    }
    date_format(period->from, from);
    date_format(period->to, to);
    snprintf(out, AUDIT_PERIOD_NAME_SIZE, "%.10s to %.10s", from, to);
}
