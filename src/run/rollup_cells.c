#include "run/rollup_cells.h"

#include <math.h>

#define LEVEL_DIGITS_MAX 3
#define QUANTITY_DIGITS_MAX 9

static bool is_zeros(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '0')
            return false;
    }
    return true;
}

static const struct rollup_level nothing = {-1, -1, false};

/* "1.2.1" is at the third level, "2.0" at the first; or it is what a
   spreadsheet makes of the number 2. */
static struct rollup_level read_number(struct str cell) {
    struct rollup_level level = nothing;
    struct str rest = cell, one;
    int count = 0;
    while (str_split(&rest, '.', &one)) {
        if (one.len == 0)
            continue; /* "1.2." */
        if (one.len > LEVEL_DIGITS_MAX || !str_is_digits(one))
            return nothing;
        count++;
        if (count == 1)
            level.number = (int)str_number(one);
        if (count == 1 || !is_zeros(one))
            level.outline = count;
    }
    level.only_outline = count > 2 || level.outline > 1;
    return level;
}

static bool is_indent(char c) {
    return c == '.' || c == '-' || c == ' ' || c == '+' || c == '*' ||
           c == '>' || c == '_' || c == '|';
}

static bool is_number_char(char c) { return ascii_is_digit(c) || c == '.'; }

/* "L2", "Level 2" and "第2层" say 2. */
static struct str strip_words(struct str cell) {
    size_t start = 0, end = cell.len;
    while (start < end && !ascii_is_digit(cell.ptr[start]))
        start++;
    while (end > start && !is_number_char(cell.ptr[end - 1]))
        end--;
    return str_take(str_skip(cell, start), end - start);
}

struct rollup_level rollup_level(struct str cell) {
    size_t start = 0;
    cell = str_trim(cell);
    while (start < cell.len && is_indent(cell.ptr[start]))
        start++;
    if (start != cell.len)
        return read_number(strip_words(str_skip(cell, start)));
    return start == 0 ? nothing
                      : (struct rollup_level){(int)start, (int)start, false};
}

double rollup_quantity(struct str cell) {
    cell = str_trim(cell);
    size_t whole = 0;
    while (whole < cell.len && ascii_is_digit(cell.ptr[whole]))
        whole++;
    if (whole == 0 || whole > QUANTITY_DIGITS_MAX)
        return NAN;
    double value = (double)str_number(str_take(cell, whole));
    if (whole == cell.len)
        return value;
    struct str part = str_skip(cell, whole + 1);
    bool dot = cell.ptr[whole] == '.';
    if ((!dot && cell.ptr[whole] != ',') || part.len > QUANTITY_DIGITS_MAX ||
        part.len == 0 || !str_is_digits(part))
        return NAN;
    /* Three digits may be thousands; "1.000" is how ERP systems write 1. */
    if (part.len == 3)
        return dot && is_zeros(part) ? value : NAN;
    return value + (double)str_number(part) / pow(10, (double)part.len);
}
