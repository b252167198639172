#include "report/excel_text.h"

#include "core/utf8.h"

#define CUT_MARK " … [cut]"
#define CUT_MARK_UNITS 8

static bool is_hex(char c) {
    return ascii_is_digit(c) || (c >= 'a' && c <= 'f') ||
           (c >= 'A' && c <= 'F');
}

/* "_x0041_" in a file means "A": ECMA-376, 22.9.2.19. */
static bool is_escape(struct str text) {
    if (text.len < 7 || text.ptr[0] != '_' || text.ptr[1] != 'x' ||
        text.ptr[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++) {
        if (!is_hex(text.ptr[i]))
            return false;
    }
    return true;
}

/* Not allowed in XML 1.0, or able to turn what a person reads around. */
static bool is_dropped(uint32_t code) {
    return (utf8_is_hostile(code) && code != '\n' && code != '\t') ||
           code == 0xFFFE || code == 0xFFFF;
}

static size_t units_of(uint32_t code) { return code > 0xFFFF ? 2 : 1; }

static size_t units_in(struct str text) {
    size_t units = 0;
    uint32_t code;
    while (text.len != 0) {
        units += is_escape(text) ? 7 : 0;
        text = str_skip(text, utf8_next(text, &code));
        units += is_dropped(code) ? 0 : units_of(code);
    }
    return units;
}

void excel_text_clean(struct strbuf *out, struct str text) {
    /* A byte is at least as much as a unit. */
    bool cut = text.len > EXCEL_CELL_MAX / 2 && units_in(text) > EXCEL_CELL_MAX;
    size_t room = cut ? EXCEL_CELL_MAX - CUT_MARK_UNITS : EXCEL_CELL_MAX;
    uint32_t code;
    while (text.len != 0) {
        bool escape = is_escape(text);
        text = str_skip(text, utf8_next(text, &code));
        if (is_dropped(code))
            continue;
        size_t units = units_of(code) + (escape ? 6 : 0);
        if (units > room)
            break;
        room -= units;
        if (escape)
            strbuf_add_text(out, "_x005F_");
        else
            utf8_add(out, code == '\t' ? ' ' : code);
    }
    if (cut)
        strbuf_add_text(out, CUT_MARK);
}

size_t excel_text_width(struct str text) {
    size_t widest = 0;
    struct str line;
    while (str_split(&text, '\n', &line)) {
        size_t width = utf8_width(line);
        if (width > widest)
            widest = width;
    }
    return widest;
}

/* Words are not taken apart, so a line holds less than its width: about one
   word's half is lost at each break. */
#define LOST_AT_BREAK 4

/* An average letter is narrower than a digit, a Chinese character not much
   narrower than two: of the letters that a cell holds it takes more. */
static size_t letters_of(struct str line) {
    size_t width = utf8_width(line);
    size_t wide = width > utf8_count(line) ? width - utf8_count(line) : 0;
    return width + wide / 7;
}

size_t excel_text_lines(struct str text, size_t width) {
    size_t lines = 0,
           room = width > 4 * LOST_AT_BREAK ? width - LOST_AT_BREAK : width;
    struct str line;
    while (str_split(&text, '\n', &line)) {
        size_t needed = letters_of(line);
        lines += needed <= width || room == 0 ? 1 : (needed + room - 1) / room;
    }
    return lines == 0 ? 1 : lines;
}
