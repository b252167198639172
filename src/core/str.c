#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/mem.h"

struct str str_from(const char *text) {
    return text == NULL ? STR_EMPTY : (struct str){text, strlen(text)};
}

bool str_eq_nocase(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    }
    return true;
}

int str_cmp(struct str a, struct str b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    if (order != 0 || a.len == b.len)
        return order;
    return a.len < b.len ? -1 : 1;
}

bool str_starts(struct str text, struct str prefix) {
    return text.len >= prefix.len && str_eq(str_take(text, prefix.len), prefix);
}

bool str_ends(struct str text, struct str suffix) {
    return text.len >= suffix.len &&
           str_eq(str_skip(text, text.len - suffix.len), suffix);
}

ptrdiff_t str_find(struct str text, struct str needle) {
    for (size_t i = 0; i + needle.len <= text.len; i++) {
        if (str_eq((struct str){text.ptr + i, needle.len}, needle))
            return (ptrdiff_t)i;
    }
    return -1;
}

ptrdiff_t str_find_char(struct str text, char c) {
    const char *hit = text.len == 0 ? NULL : memchr(text.ptr, c, text.len);
    return hit == NULL ? -1 : hit - text.ptr;
}

struct str str_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return str_from(slash == NULL ? path : slash + 1);
}

bool str_is_digits(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
    }
    return text.len != 0;
}

unsigned long str_number(struct str text) {
    unsigned long number = 0;
    for (size_t i = 0; i < text.len && i < 9 && ascii_is_digit(text.ptr[i]);
         i++)
        number = number * 10 + (unsigned long)(text.ptr[i] - '0');
    return number;
}

bool str_split(struct str *rest, char separator, struct str *piece) {
    if (rest->ptr == NULL)
        return false;
    ptrdiff_t at = str_find_char(*rest, separator);
    if (at < 0) {
        *piece = *rest;
        *rest = (struct str){NULL, 0};
        return true;
    }
    *piece = str_take(*rest, (size_t)at);
    *rest = (struct str){rest->ptr + at + 1, rest->len - (size_t)at - 1};
    return true;
}

uint64_t str_hash(struct str text) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.len; i++) {
        hash ^= (unsigned char)text.ptr[i];
        hash *= UINT64_C(0x100000001b3);
    }
    return hash;
}

static bool reserve(struct strbuf *buf, size_t more) {
    void *items = buf->ptr;
    if (!buf->failed && more < buf->cap - buf->len)
        return true;
    if (buf->failed || more > SIZE_MAX - buf->len - 1 ||
        !mem_grow(&items, &buf->cap, buf->len + more + 1, 1)) {
        buf->failed = true;
        return false;
    }
    buf->ptr = items;
    return true;
}

void strbuf_add(struct strbuf *buf, struct str text) {
    if (!reserve(buf, text.len))
        return;
    if (text.len != 0)
        memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
}

void strbuf_add_text(struct strbuf *buf, const char *text) {
    strbuf_add(buf, str_from(text));
}

void strbuf_add_lower(struct strbuf *buf, struct str text) {
    for (size_t i = 0; i < text.len; i++)
        strbuf_add_char(buf, ascii_lower(text.ptr[i]));
}

void strbuf_printf(struct strbuf *buf, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0 || !reserve(buf, (size_t)len)) {
        buf->failed = true;
        return;
    }
    va_start(args, fmt);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, args);
    va_end(args);
    buf->len += (size_t)len;
}

void strbuf_clear(struct strbuf *buf) {
    buf->len = 0;
    buf->failed = false;
    if (buf->ptr != NULL)
        buf->ptr[0] = '\0';
}

void strbuf_dispose(struct strbuf *buf) {
    mem_free(buf->ptr);
    *buf = (struct strbuf){.ptr = NULL};
}

struct str strbuf_str(const struct strbuf *buf) {
    return buf->ptr == NULL ? STR_EMPTY : (struct str){buf->ptr, buf->len};
}
