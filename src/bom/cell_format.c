#include "bom/cell_text.h"

struct cell_format cell_format_builtin(unsigned id) {
    static const struct {
        unsigned first, last;
        enum cell_kind kind;
    } ranges[] = {
        {9, 10, CELL_PERCENT},
        {14, 17, CELL_DATE},
        {18, 21, CELL_TIME},
        {22, 22, CELL_DATE_TIME},
        {45, 45, CELL_TIME},
        {46, 46, CELL_DURATION},
        {47, 47, CELL_TIME},
        /* Chinese, Japanese and Korean Excel. */
        {27, 31, CELL_DATE},
        {32, 35, CELL_TIME},
        {36, 36, CELL_DATE},
        {50, 54, CELL_DATE},
        {55, 56, CELL_TIME},
        {57, 58, CELL_DATE},
    };
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (id >= ranges[i].first && id <= ranges[i].last)
            return (struct cell_format){.kind = ranges[i].kind};
    }
    return (struct cell_format){.kind = CELL_NUMBER};
}

/* What stands in the first section of a format code. */
struct code_parts {
    bool day, month_or_minute, time, elapsed, placeholder, percent;
};

static size_t skip_to(struct str code, size_t at, char end) {
    while (at < code.len && code.ptr[at] != end)
        at++;
    return at;
}

/* "[hh]" counts on past a day; "[Magenta]" and "[$-409]" are no times. */
static bool is_elapsed(struct str inside) {
    char first = inside.len != 0 ? ascii_lower(inside.ptr[0]) : '\0';
    for (size_t i = 0; i < inside.len; i++) {
        if (ascii_lower(inside.ptr[i]) != first)
            return false;
    }
    return first == 'h' || first == 'm' || first == 's';
}

static void note_char(struct code_parts *parts, char c) {
    switch (ascii_lower(c)) {
    case 'y':
    case 'd':
        parts->day = true;
        break;
    case 'm':
        parts->month_or_minute = true;
        break;
    case 'h':
    case 's':
        parts->time = true;
        break;
    case '%':
        parts->percent = true;
        break;
    case '0':
    case '#':
    case '?':
        parts->placeholder = true;
        break;
    default:
        break;
    }
}

static struct code_parts read_code(struct str code) {
    struct code_parts parts = {.day = false};
    for (size_t i = 0; i < code.len && code.ptr[i] != ';'; i++) {
        char c = code.ptr[i];
        if (c == '"') {
            i = skip_to(code, i + 1, '"');
        } else if (c == '[') {
            size_t end = skip_to(code, i + 1, ']');
            parts.elapsed |= is_elapsed(str_skip(str_take(code, end), i + 1));
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else {
            note_char(&parts, c);
        }
    }
    return parts;
}

static bool is_all_zeros(struct str code) {
    for (size_t i = 0; i < code.len; i++) {
        if (code.ptr[i] != '0')
            return false;
    }
    return code.len != 0 && code.len <= 16;
}

struct cell_format cell_format_parse(struct str code) {
    struct cell_format format = {.kind = CELL_NUMBER};
    if (is_all_zeros(code)) {
        format.digits = (unsigned)code.len;
        return format;
    }
    struct code_parts parts = read_code(code);
    if (parts.percent && parts.placeholder)
        format.kind = CELL_PERCENT;
    else if (parts.elapsed)
        format.kind = CELL_DURATION;
    else if (parts.day && parts.time)
        format.kind = CELL_DATE_TIME;
    else if (parts.time)
        format.kind = CELL_TIME;
    else if ((parts.day || parts.month_or_minute) && !parts.placeholder)
        /* "0.0 m" is a length. */
        format.kind = CELL_DATE;
    return format;
}
