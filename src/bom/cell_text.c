#include "bom/cell_text.h"

#include "core/date.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits of a number in a file; a double has at most 767 that matter, and
 * nobody writes more than 17. */
#define NUMBER_TEXT_MAX 400
#define ZEROS_MAX 40
#define SECONDS_PER_DAY 86400
/* 9999-12-31, the last day that a spreadsheet knows, in both counts. */
#define SERIAL_MAX 2958465.0
#define SERIAL_MAX_1904 2957003.0
#define DAY_1899_12_30 (-25569)
#define DAY_1904_01_01 (-24107)

static struct str digits_at(struct str *rest) {
    size_t n = 0;
    while (n < rest->len && ascii_is_digit(rest->ptr[n]))
        n++;
    struct str digits = str_take(*rest, n);
    *rest = str_skip(*rest, n);
    return digits;
}

static bool take_char(struct str *rest, char c) {
    if (rest->len == 0 || rest->ptr[0] != c)
        return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static bool parse_exponent(struct str *rest, int *exponent) {
    *exponent = 0;
    if (!take_char(rest, 'e') && !take_char(rest, 'E'))
        return true;
    bool minus = take_char(rest, '-');
    if (!minus)
        (void)take_char(rest, '+');
    struct str digits = digits_at(rest);
    if (digits.len == 0 || digits.len > 4)
        return false;
    for (size_t i = 0; i < digits.len; i++)
        *exponent = *exponent * 10 + (digits.ptr[i] - '0');
    if (minus)
        *exponent = -*exponent;
    return true;
}

/* strtod() of digits and an exponent: without a decimal point the locale has
 * no say. */
static double from_digits(bool minus, const char *digits, int exponent) {
    char text[NUMBER_TEXT_MAX + 32];
    snprintf(text, sizeof(text), "%s%se%d", minus ? "-" : "", digits, exponent);
    return strtod(text, NULL);
}

bool cell_number_parse(struct str text, double *value) {
    char digits[NUMBER_TEXT_MAX + 1];
    int exponent;
    if (text.len > NUMBER_TEXT_MAX)
        return false;
    bool minus = take_char(&text, '-');
    if (!minus)
        (void)take_char(&text, '+');
    struct str whole = digits_at(&text);
    struct str fraction = STR_EMPTY;
    if (take_char(&text, '.'))
        fraction = digits_at(&text);
    if (whole.len + fraction.len == 0 || !parse_exponent(&text, &exponent) ||
        text.len != 0)
        return false;
    memcpy(digits, whole.ptr, whole.len);
    memcpy(digits + whole.len, fraction.ptr, fraction.len);
    digits[whole.len + fraction.len] = '\0';
    *value = from_digits(minus, digits, exponent - (int)fraction.len);
    return isfinite(*value);
}

/* "%e" gives d.ddde+xx with the locale's point; only the digits are kept. */
static int split_number(double value, int precision, char digits[32]) {
    char text[64];
    snprintf(text, sizeof(text), "%.*e", precision - 1, value);
    const char *e = strchr(text, 'e');
    size_t n = 0;
    for (const char *p = text; p < e; p++) {
        if (ascii_is_digit(*p))
            digits[n++] = *p;
    }
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    return (int)strtol(e + 1, NULL, 10);
}

static void add_zeros(struct strbuf *out, int count) {
    for (int i = 0; i < count; i++)
        strbuf_add_char(out, '0');
}

/* `exponent` is that of the first digit. */
static void add_plain(struct strbuf *out, const char *digits, int exponent) {
    int count = (int)strlen(digits);
    if (exponent < 0) {
        strbuf_add_text(out, "0.");
        add_zeros(out, -exponent - 1);
        strbuf_add_text(out, digits);
    } else if (exponent + 1 >= count) {
        strbuf_add_text(out, digits);
        add_zeros(out, exponent + 1 - count);
    } else {
        strbuf_printf(out, "%.*s.%s", exponent + 1, digits,
                      digits + exponent + 1);
    }
}

/* `shift` moves the point to the right: no rounding, as a product would. */
static void add_shifted(struct strbuf *out, double value, int shift) {
    char digits[32];
    int exponent = 0;
    if (value < 0)
        strbuf_add_char(out, '-');
    value = fabs(value);
    /* 15 digits are never more than were written, but for subnormal ones. */
    for (int precision = value < DBL_MIN ? 1 : 15; precision <= 17;
         precision++) {
        exponent = split_number(value, precision, digits);
        int last = exponent - (int)strlen(digits) + 1;
        if (from_digits(false, digits, last) == value)
            break;
    }
    if (value != 0)
        exponent += shift;
    if (exponent < -ZEROS_MAX || exponent > ZEROS_MAX)
        strbuf_printf(out, "%se%d", digits, exponent - (int)strlen(digits) + 1);
    else
        add_plain(out, digits, exponent);
}

void cell_number_add(struct strbuf *out, double value) {
    add_shifted(out, value, 0);
}

/* Day 60 is 1900-02-29 in a spreadsheet, a day that never was (a fault of
 * Lotus 1-2-3, kept ever since); before it the count is off by one. */
static int32_t serial_day(int32_t serial, bool from_1904) {
    if (from_1904)
        return DAY_1904_01_01 + serial;
    return DAY_1899_12_30 + serial + (serial < 60);
}

static void add_time(struct strbuf *out, int64_t seconds) {
    strbuf_printf(out, "%02d:%02d:%02d", (int)(seconds / 3600),
                  (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void add_serial(struct strbuf *out, double value, enum cell_kind kind,
                       bool from_1904) {
    double whole = floor(value);
    int64_t seconds = llround((value - whole) * SECONDS_PER_DAY);
    if (seconds == SECONDS_PER_DAY && kind != CELL_DATE) {
        whole += 1;
        seconds = 0;
    }
    if (kind == CELL_DURATION) {
        add_time(out, (int64_t)whole * SECONDS_PER_DAY + seconds);
        return;
    }
    if (kind == CELL_TIME || (whole == 0 && !from_1904)) {
        add_time(out, seconds);
        return;
    }
    char day[DATE_TEXT_SIZE];
    date_format(serial_day((int32_t)whole, from_1904), day);
    strbuf_add_text(out, day);
    if (kind == CELL_DATE_TIME && seconds != 0) {
        strbuf_add_char(out, ' ');
        add_time(out, seconds);
    }
}

static void add_padded(struct strbuf *out, struct str number, unsigned digits) {
    if (number.len != 0 && number.ptr[0] == '-') {
        strbuf_add_char(out, '-');
        number = str_skip(number, 1);
    }
    ptrdiff_t point = str_find_char(number, '.');
    size_t whole = point < 0 ? number.len : (size_t)point;
    if (whole < digits)
        add_zeros(out, (int)(digits - whole));
    strbuf_add(out, number);
}

static bool is_serial(double value, enum cell_kind kind, bool from_1904) {
    double first = kind == CELL_DATE && !from_1904 ? 1.0 : 0.0;
    double last = from_1904 ? SERIAL_MAX_1904 : SERIAL_MAX;
    return kind != CELL_NUMBER && kind != CELL_PERCENT && value >= first &&
           value < last;
}

void cell_value_add(struct strbuf *out, double value, struct cell_format format,
                    bool from_1904) {
    if (is_serial(value, format.kind, from_1904)) {
        add_serial(out, value, format.kind, from_1904);
        return;
    }
    if (format.kind == CELL_PERCENT) {
        add_shifted(out, value, 2);
        strbuf_add_char(out, '%');
        return;
    }
    struct strbuf number = {.ptr = NULL};
    cell_number_add(&number, value);
    if (number.failed)
        out->failed = true;
    add_padded(out, strbuf_str(&number), format.digits);
    strbuf_dispose(&number);
}

static bool is_integer(struct str text) {
    (void)take_char(&text, '-');
    struct str digits = digits_at(&text);
    return digits.len != 0 && text.len == 0;
}

void cell_text_add(struct strbuf *out, struct str number,
                   struct cell_format format, bool from_1904) {
    double value;
    number = str_trim(number);
    if (format.kind == CELL_NUMBER && is_integer(number))
        add_padded(out, number, format.digits);
    else if (cell_number_parse(number, &value))
        cell_value_add(out, value, format, from_1904);
    else
        strbuf_add(out, number);
}

void cell_iso_date_add(struct strbuf *out, struct str text) {
    ptrdiff_t at = str_find_char(text, 'T');
    if (at < 0) {
        strbuf_add(out, text);
        return;
    }
    struct str time = str_skip(text, (size_t)at + 1);
    strbuf_add(out, str_take(text, (size_t)at));
    if (str_starts(time, STR_LIT("00:00:00")))
        return;
    strbuf_add_char(out, ' ');
    strbuf_add(out, time);
}
