#include "core/utf8.h"

#include <utf8proc.h>

size_t utf8_next_wide(struct str text, uint32_t *code) {
    utf8proc_int32_t point;
    size_t room = text.len < 4 ? text.len : 4;
    utf8proc_ssize_t taken = utf8proc_iterate(
        (const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)room, &point);
    if (taken <= 0) {
        *code = 0xFFFD;
        return 1;
    }
    *code = (uint32_t)point;
    return (size_t)taken;
}

/* True for a byte that utf8_next() could only replace, which a written
   U+FFFD (three bytes) is not. */
static bool is_broken(size_t taken, uint32_t code) {
    return taken == 1 && code == 0xFFFD;
}

bool utf8_valid(struct str text) {
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (is_broken(taken, code))
            return false;
        text = str_skip(text, taken);
    }
    return true;
}

void utf8_add(struct strbuf *out, uint32_t code) {
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    strbuf_add(out, (struct str){(const char *)bytes, (size_t)len});
}

size_t utf8_repair(struct strbuf *out, struct str text) {
    size_t replaced = 0;
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        if (is_broken(taken, code)) {
            utf8_add(out, code);
            replaced++;
        } else {
            strbuf_add(out, str_take(text, taken));
        }
        text = str_skip(text, taken);
    }
    return replaced;
}

size_t utf8_count(struct str text) {
    size_t count = 0;
    uint32_t code;
    while (text.len != 0) {
        text = str_skip(text, utf8_next(text, &code));
        count++;
    }
    return count;
}

static size_t code_width(uint32_t code) {
    int width = utf8proc_charwidth((utf8proc_int32_t)code);
    return width < 0 ? 0 : (size_t)width;
}

size_t utf8_width(struct str text) {
    size_t width = 0;
    uint32_t code;
    while (text.len != 0) {
        text = str_skip(text, utf8_next(text, &code));
        width += code_width(code);
    }
    return width;
}

bool utf8_is_hostile(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c ||
           (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
}

void utf8_add_visible(struct strbuf *out, struct str text, size_t columns) {
    bool cut = utf8_width(text) > columns;
    size_t room = cut && columns > 0 ? columns - 1 : columns;
    uint32_t code;
    while (text.len != 0) {
        size_t taken = utf8_next(text, &code);
        if (utf8_is_hostile(code))
            code = code == '\n' || code == '\t' ? ' ' : 0xFFFD;
        size_t width = code_width(code);
        if (width > room)
            break;
        utf8_add(out, code);
        room -= width;
        text = str_skip(text, taken);
    }
    if (cut && columns > 0)
        strbuf_add_text(out, "\xE2\x80\xA6");
}
