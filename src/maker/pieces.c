#include "maker/pieces.h"

#include <stdint.h>

#include "core/utf8.h"

static bool is_separator(uint32_t code) {
    switch (code) {
    case '/':
    case '\\':
    case ';':
    case '|':
    case ',':
    case '~':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '\n':
    case '\r':
    case '\t':
    case 0x3001: /* ideographic comma */
    case 0x3010: /* corner brackets */
    case 0x3011:
    case 0xFF08: /* the full-width ( ) , / ; | */
    case 0xFF09:
    case 0xFF0C:
    case 0xFF0F:
    case 0xFF1B:
    case 0xFF5C:
        return true;
    default:
        return false;
    }
}

bool pieces_is_cjk(uint32_t code) {
    return (code >= 0x3005 && code <= 0x30FF && code != 0x3010 &&
            code != 0x3011) ||
           (code >= 0x3400 && code <= 0x9FFF) ||
           (code >= 0xAC00 && code <= 0xD7A3) ||
           (code >= 0xF900 && code <= 0xFAFF);
}

/* "Micron or Samsung", and OLIMEX's "H27U_or_MT29F". @return its length. */
static size_t or_word(struct str text) {
    if (text.len < 4 || (text.ptr[0] != ' ' && text.ptr[0] != '_') ||
        text.ptr[3] != text.ptr[0])
        return 0;
    return str_eq_nocase(str_take(str_skip(text, 1), 2), STR_LIT("or")) ? 4 : 0;
}

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CJK };

static enum script script_of(uint32_t code) {
    if (pieces_is_cjk(code))
        return SCRIPT_CJK;
    return code < 0x80 && ascii_is_alpha((char)code) ? SCRIPT_LATIN
                                                     : SCRIPT_NONE;
}

/* The end of the piece at the start of `text`, and what separates it. */
static size_t piece_end(struct str text, bool by_script, size_t *separator) {
    enum script script = SCRIPT_NONE;
    for (size_t at = 0; at < text.len;) {
        struct str here = str_skip(text, at);
        uint32_t code;
        size_t len = utf8_next(here, &code);
        *separator = is_separator(code) ? len : or_word(here);
        if (*separator > 0)
            return at;
        enum script next = script_of(code);
        if (by_script && next != SCRIPT_NONE) {
            if (script != SCRIPT_NONE && script != next)
                return at;
            script = next;
        }
        at += len;
    }
    *separator = 0;
    return text.len;
}

static bool next_piece(struct str *rest, struct str *piece, bool by_script) {
    while (rest->len > 0) {
        size_t separator;
        size_t end = piece_end(*rest, by_script, &separator);
        *piece = str_trim(str_take(*rest, end));
        *rest = str_skip(*rest, end + separator);
        if (piece->len > 0)
            return true;
    }
    return false;
}

bool pieces_next(struct str *rest, struct str *piece) {
    return next_piece(rest, piece, false);
}

bool pieces_next_script(struct str *rest, struct str *piece) {
    return next_piece(rest, piece, true);
}
