#ifndef BOMGATE_CORE_STR_H
#define BOMGATE_CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/compiler.h"

/**
 * A borrowed piece of text: bytes, usually UTF-8, not NUL-terminated. Print it
 * with `%.*s` and STR_ARG(). `ptr` may be NULL only when `len` is 0.
 */
struct str {
    const char *ptr;
    size_t len;
};

#define STR_EMPTY ((struct str){"", 0})
#define STR_LIT(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).len, (s).ptr

/** A view of a NUL-terminated text; NULL gives the empty text. */
struct str str_from(const char *text);

static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
/** Equal when ASCII letters are compared without case. */
bool str_eq_nocase(struct str a, struct str b);
/** Order by bytes; a prefix comes first. @return <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str text, struct str prefix);
bool str_ends(struct str text, struct str suffix);
/** Offset of the first `needle` in `text`, or -1. */
ptrdiff_t str_find(struct str text, struct str needle);
/** Offset of the first byte `c`, or -1. */
ptrdiff_t str_find_char(struct str text, char c);
/** Without the first `n` bytes (all of them when it is shorter). */
static inline struct str str_skip(struct str text, size_t n) {
    if (n > text.len)
        n = text.len;
    return text.len == 0 ? text : (struct str){text.ptr + n, text.len - n};
}
/** What stands behind the last '/' of a path. */
struct str str_base_name(const char *path);
/** The first `n` bytes at most. */
static inline struct str str_take(struct str text, size_t n) {
    return (struct str){text.ptr, n < text.len ? n : text.len};
}
/** Without ASCII blanks, tabs and line breaks at both ends. */
static inline struct str str_trim(struct str text);
/**
 * Cut the next piece off `*rest` at `separator`.
 *
 * @param[in,out] rest  What is left; its ptr becomes NULL after the last piece.
 * @return false when nothing was left.
 */
bool str_split(struct str *rest, char separator, struct str *piece);
/** 64-bit FNV-1a; the same on every machine. */
uint64_t str_hash(struct str text);

static inline bool ascii_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool ascii_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool ascii_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool ascii_is_alpha(char c) {
    return ascii_is_upper(c) || ascii_is_lower(c);
}
static inline bool ascii_is_alnum(char c) {
    return ascii_is_alpha(c) || ascii_is_digit(c);
}
static inline bool ascii_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char ascii_lower(char c) {
    return ascii_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}
static inline char ascii_upper(char c) {
    return ascii_is_lower(c) ? (char)(c - ('a' - 'A')) : c;
}

static inline struct str str_trim(struct str text) {
    while (text.len != 0 && ascii_is_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len != 0 && ascii_is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

/** True for digits alone; false for nothing. */
bool str_is_digits(struct str text);

/** The number that the text begins with, by up to nine digits; else 0. */
unsigned long str_number(struct str text);

/**
 * Growable text. A zeroed struct is valid and empty. `ptr` is NUL-terminated
 * once anything was added. When memory runs out `failed` is set and stays;
 * what was added before is kept, so a caller checks once, at the end.
 */
struct strbuf {
    char *ptr;
    size_t len, cap;
    bool failed;
};

void strbuf_add(struct strbuf *buf, struct str text);
void strbuf_add_text(struct strbuf *buf, const char *text);
static inline void strbuf_add_char(struct strbuf *buf, char c) {
    if (buf->failed || buf->cap - buf->len < 2) {
        strbuf_add(buf, (struct str){&c, 1});
        return;
    }
    buf->ptr[buf->len++] = c;
    buf->ptr[buf->len] = '\0';
}
/** The text with its ASCII letters in lower case. */
void strbuf_add_lower(struct strbuf *buf, struct str text);
void strbuf_printf(struct strbuf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
/** Empty it; the memory is kept. `failed` is cleared. */
void strbuf_clear(struct strbuf *buf);
/** Free it; usable again. */
void strbuf_dispose(struct strbuf *buf);
/** A view of what it holds; valid until the next change. */
struct str strbuf_str(const struct strbuf *buf);

#endif
