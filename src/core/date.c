#include "core/date.h"

#include <stdio.h>
#include <time.h>

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static int32_t from_civil(int year, int month, int mday) {
    year -= month <= 2;
    int era = year / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void date_split(int32_t day, int *year, int *month, int *mday) {
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *mday = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

static bool digits(struct str text, int *value) {
    *value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        *value = *value * 10 + (text.ptr[i] - '0');
    }
    return text.len != 0;
}

static int days_in_month(int year, int month) {
    return month == 12
               ? 31
               : from_civil(year, month + 1, 1) - from_civil(year, month, 1);
}

bool date_parse_span(struct str text, struct date_span *span) {
    int year, month, mday;
    if (text.len != 4 && text.len != 7 && text.len != 10)
        return false;
    if (!digits(str_take(text, 4), &year) || year < 1900)
        return false;
    if (text.len == 4) {
        *span = (struct date_span){from_civil(year, 1, 1),
                                   from_civil(year, 12, 31)};
        return true;
    }
    if (text.ptr[4] != '-' || !digits(str_take(str_skip(text, 5), 2), &month) ||
        month < 1 || month > 12)
        return false;
    int last = days_in_month(year, month);
    if (text.len == 7) {
        *span = (struct date_span){from_civil(year, month, 1),
                                   from_civil(year, month, last)};
        return true;
    }
    if (text.ptr[7] != '-' || !digits(str_skip(text, 8), &mday) || mday < 1 ||
        mday > last)
        return false;
    span->first = span->last = from_civil(year, month, mday);
    return true;
}

bool date_parse(struct str text, int32_t *day) {
    struct date_span span;
    if (text.len != 10 || !date_parse_span(text, &span))
        return false;
    *day = span.first;
    return true;
}

void date_format(int32_t day, char text[DATE_TEXT_SIZE]) {
    int year, month, mday;
    date_split(day, &year, &month, &mday);
    snprintf(text, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
             (unsigned)month % 100, (unsigned)mday % 100);
}

void date_format_span(struct date_span span, char text[DATE_TEXT_SIZE]) {
    text[0] = '\0';
    if (span.first == DATE_NONE)
        return;
    date_format(span.first, text);
    if (span.last > span.first)
        text[span.last - span.first > 31 ? 4 : 7] = '\0';
}

int32_t date_add_years(int32_t day, unsigned years) {
    int year, month, mday;
    date_split(day, &year, &month, &mday);
    year = years > (unsigned)(9999 - year) ? 9999 : year + (int)years;
    int last = days_in_month(year, month);
    return from_civil(year, month, mday < last ? mday : last);
}

int32_t date_today(void) {
    time_t now = time(NULL);
    return (int32_t)(now / 86400 - (now % 86400 < 0));
}

void moment_now(char text[MOMENT_TEXT_SIZE]) {
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts) == NULL ||
        strftime(text, MOMENT_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        snprintf(text, MOMENT_TEXT_SIZE, "1970-01-01T00:00:00Z");
}

/* Two digits, at most `limit`. */
static bool clock_part(struct str text, size_t at, int limit) {
    int value;
    return digits((struct str){text.ptr + at, 2}, &value) && value <= limit;
}

bool moment_parse(struct str text, char out[MOMENT_TEXT_SIZE]) {
    static const char form[] = "YYYY-MM-DDTHH:MM:SSZ";
    int32_t day;
    if (!date_parse(str_take(text, 10), &day))
        return false;
    if (text.len == 10) {
        snprintf(out, MOMENT_TEXT_SIZE, "%.*sT00:00:00Z", STR_ARG(text));
        return true;
    }
    if (text.len != sizeof(form) - 1 || text.ptr[10] != 'T' ||
        text.ptr[13] != ':' || text.ptr[16] != ':' || text.ptr[19] != 'Z' ||
        !clock_part(text, 11, 23) || !clock_part(text, 14, 59) ||
        !clock_part(text, 17, 60))
        return false;
    snprintf(out, MOMENT_TEXT_SIZE, "%.*s", STR_ARG(text));
    return true;
}
