#include "report/csv_cell.h"

#include "core/utf8.h"

/* "12", "-40", "+1.5". */
static bool is_number(struct str text) {
    if (text.len != 0 && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        text = str_skip(text, 1);
    ptrdiff_t point = str_find_char(text, '.');
    if (point < 0)
        return str_is_digits(text);
    return str_is_digits(str_take(text, (size_t)point)) &&
           str_is_digits(str_skip(text, (size_t)point + 1));
}

/* Full-width forms are the same signs on an East Asian keyboard. */
static bool begins_formula(uint32_t code) {
    static const uint32_t signs[] = {'=',    '+',    '-',    '@',
                                     0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (code == signs[i])
            return true;
    }
    return false;
}

/* What a program may skip before it looks for a formula. */
static bool is_blank(uint32_t code, struct str character) {
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' ||
           code == 0xA0 || code == 0x3000 || code == 0xFFFD ||
           utf8_is_hostile(code) || utf8_width(character) == 0;
}

static void add_code(struct strbuf *out, uint32_t code) {
    if (code == '\t' || code == '\n' || code == '\r')
        code = ' ';
    else if (utf8_is_hostile(code))
        code = 0xFFFD;
    if (code == '"')
        strbuf_add_char(out, '"');
    utf8_add(out, code);
}

/* A tab or a line break at the very start is a trick as well. */
static bool begins_trick(struct str text) {
    return text.len != 0 &&
           (text.ptr[0] == '\t' || text.ptr[0] == '\r' || text.ptr[0] == '\n');
}

/* How many bytes stand for themselves wherever they stand: most of them. */
static size_t plain_run(struct str text) {
    size_t len = 0;
    while (len < text.len && text.ptr[len] >= ' ' && text.ptr[len] <= '~' &&
           text.ptr[len] != '"' && text.ptr[len] != ';')
        len++;
    return len;
}

static void add_defused(struct strbuf *out, struct str text) {
    bool start = !is_number(text);
    if (begins_trick(text)) {
        strbuf_add_char(out, '\'');
        start = false;
    }
    while (text.len != 0) {
        size_t plain = start ? 0 : plain_run(text);
        strbuf_add(out, str_take(text, plain));
        text = str_skip(text, plain);
        if (text.len == 0)
            break;
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (start && begins_formula(code))
            strbuf_add_char(out, '\'');
        start = code == ';' || (start && is_blank(code, str_take(text, taken)));
        add_code(out, code);
        text = str_skip(text, taken);
    }
}

static bool needs_quotes(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ',' || c == ';' || c == '"' || (c >= '\t' && c <= '\r'))
            return true;
    }
    return text.len != 0 &&
           (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ');
}

void csv_cell(struct strbuf *out, struct str text) {
    bool quoted = needs_quotes(text);
    if (quoted)
        strbuf_add_char(out, '"');
    add_defused(out, text);
    if (quoted)
        strbuf_add_char(out, '"');
}
