#ifndef BOMGATE_CORE_UTF8_H
#define BOMGATE_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/**
 * Decode the character at the start of `text`.
 *
 * @param[out] code  The code point; 0xFFFD for a byte that fits nothing; 0 at
 *                   the end.
 * @return bytes taken, 1 to 4; 0 only when `text` is empty.
 */
static inline size_t utf8_next(struct str text, uint32_t *code);
/** The same where it is no ASCII character; `text` is not empty. */
size_t utf8_next_wide(struct str text, uint32_t *code);

static inline size_t utf8_next(struct str text, uint32_t *code) {
    if (text.len == 0) {
        *code = 0;
        return 0;
    }
    if ((unsigned char)text.ptr[0] >= 0x80)
        return utf8_next_wide(text, code);
    *code = (unsigned char)text.ptr[0];
    return 1;
}

/** Strict: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool utf8_valid(struct str text);

/** Append a code point. */
void utf8_add(struct strbuf *out, uint32_t code);

/**
 * Append `text` with every byte that fits nothing replaced by U+FFFD.
 *
 * @return how many were replaced.
 */
size_t utf8_repair(struct strbuf *out, struct str text);

/** Number of code points; each byte that fits nothing counts as one. */
size_t utf8_count(struct str text);

/** Columns on a terminal: 2 for East Asian wide, 0 for combining marks. */
size_t utf8_width(struct str text);

/**
 * Append at most `columns` terminal columns of `text` with control and
 * direction characters replaced by U+FFFD; an ellipsis marks what was cut.
 */
void utf8_add_visible(struct strbuf *out, struct str text, size_t columns);

/** A control, a line or paragraph separator, or a direction override. */
bool utf8_is_hostile(uint32_t code);

#endif
