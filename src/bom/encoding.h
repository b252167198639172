#ifndef BOMGATE_BOM_ENCODING_H
#define BOMGATE_BOM_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

struct source;

/** One way to write text as bytes. */
struct charset {
    const char *name;  /* for people and reports: "Windows-1252" */
    const char *iconv; /* for iconv_open(); NULL: UTF-8, which needs none */
};

/**
 * What the first bytes of a file are written in, as far as they show it: a
 * mark, or the zero bytes of UTF-16 without one.
 *
 * @return NULL when they are neither; it may still be anything else.
 */
const struct charset *charset_of_head(struct str head);

/**
 * What text that is not ASCII is written in, by what the bytes can be and by
 * which characters they would be.
 *
 * @param sample  From the first byte above 0x7f on.
 * @return never NULL: Windows-1252 when nothing fits better.
 */
const struct charset *charset_of_text(struct str sample);

/** True when more bytes could complete the UTF-8 character `bytes` begin. */
bool utf8_is_cut_short(struct str bytes);

/** What was done about a byte that could not be read as it stands. */
enum encoding_repair {
    ENCODING_REPLACED, /* by U+FFFD: its character is lost */
    ENCODING_GUESSED,  /* no UTF-8, so read as Windows-1252 */
    ENCODING_DROPPED,  /* a NUL byte */
};

struct encoding_fault {
    uint64_t offset; /* in the UTF-8 that came out, from its beginning */
    enum encoding_repair repair;
};

/** A stream of UTF-8, whatever the source was written in. */
struct encoding;

/**
 * @param[out] out  Close with encoding_close(). Untouched on failure.
 * @param source    Must outlive `out`; nobody else reads from it.
 * @param name      NULL: find out. Otherwise a name that iconv knows.
 * @return false when there is no such encoding or nothing can be read.
 */
NODISCARD bool encoding_open(struct encoding **out, struct source *source,
                             const char *name, struct err *err);

/**
 * Append the next piece to `text`: valid UTF-8 without a mark and without NUL
 * bytes, cut between characters.
 *
 * @param[out] end  True when nothing follows.
 */
NODISCARD bool encoding_read(struct encoding *encoding, struct strbuf *text,
                             bool *end, struct err *err);

/** "ASCII" until the first byte that is not. Lives as long as `encoding`. */
const char *encoding_name(const struct encoding *encoding);

/**
 * The first fault that has not been taken, in the order of the text.
 *
 * @return NULL when there is none. Borrowed until the next encoding_read().
 */
const struct encoding_fault *encoding_fault(const struct encoding *encoding);
void encoding_take_fault(struct encoding *encoding);

/** Accepts NULL. */
void encoding_close(struct encoding *encoding);

#endif
