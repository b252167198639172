#ifndef BOMGATE_BOM_CHARSET_H
#define BOMGATE_BOM_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

/** One way to write text as bytes. */
struct charset {
    const char *name;  /* for people and reports: "Windows-1252" */
    const char *iconv; /* for iconv_open(); NULL: UTF-8, which needs none */
};

/** Who knows what cells may say: text that makes sense in one encoding only
    is the best sign of it. */
struct charset_judge {
    bool (*knows)(void *ctx, struct str cell); /* NULL: nobody */
    void *ctx;
};

/**
 * What the first bytes of a file are written in, as far as they show it: a
 * mark, or the zero bytes of UTF-16 without one.
 *
 * @return NULL when they are neither; it may still be anything else.
 */
const struct charset *charset_of_head(struct str head);

/** What text was taken for. */
struct charset_guess {
    const struct charset *charset, *other; /* `other` comes next; or NULL */
    bool sure;
};

/**
 * What text that is not ASCII is written in, by what the bytes can be, by which
 * characters they would be, and by the words that they would make.
 *
 * @param text   Where a cell begins before its first byte above 0x7f, that too.
 * @param judge  NULL: nobody knows any words.
 * @return Windows-1252 when nothing fits better.
 */
struct charset_guess charset_of_text(struct str text,
                                     const struct charset_judge *judge);

/** True when more bytes could complete the UTF-8 character `bytes` begin. */
bool utf8_is_cut_short(struct str bytes);

#endif
