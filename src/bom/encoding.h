#ifndef BOMGATE_BOM_ENCODING_H
#define BOMGATE_BOM_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "bom/charset.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

struct source;

/** What was done about a byte that could not be read as it stands. */
enum encoding_repair {
    ENCODING_REPLACED, /* by U+FFFD: its character is lost */
    ENCODING_GUESSED,  /* no UTF-8, so read as Windows-1252 */
    ENCODING_DROPPED,  /* a NUL byte */
};

struct encoding_fault {
    uint64_t offset; /* in the UTF-8 that came out, from its beginning */
    enum encoding_repair repair;
    uint64_t count; /* of bytes, one after the other */
};

/** A stream of UTF-8, whatever the source was written in. */
struct encoding;

/**
 * @param[out] out  Close with encoding_close(). Untouched on failure.
 * @param source    Must outlive `out`; nobody else reads from it.
 * @param name      NULL: find out. Otherwise a name that iconv knows.
 * @param judge     Of words, to find out by; NULL: nobody. Its
 *                  context outlives `out`.
 * @return false when there is no such encoding or nothing can be read.
 */
NODISCARD bool encoding_open(struct encoding **out, struct source *source,
                             const char *name,
                             const struct charset_judge *judge,
                             struct err *err);

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

/** What it may be instead; NULL when it is sure, or was named. */
const char *encoding_doubt(const struct encoding *encoding);

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
