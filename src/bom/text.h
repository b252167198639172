#ifndef BOMGATE_BOM_TEXT_H
#define BOMGATE_BOM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/reader.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

struct encoding;
struct source;

/**
 * The UTF-8 text of a file as a window that moves over it. The readers of text
 * formats look at what waits, ask for more until it holds a whole row, and
 * take that.
 */
struct text {
    struct encoding *encoding;
    struct strbuf buffer;
    size_t at;       /* in `buffer`: the first byte not taken */
    uint64_t offset; /* of that byte in the whole text */
    uint32_t line;   /* it stands on, from 1 */
    bool end;        /* nothing follows the buffer */
    bool told;       /* that the encoding is a guess */
};

/** @param options  Borrowed. End with text_dispose(), also on failure.
 */
NODISCARD bool text_open(struct text *text, struct source *source,
                         const struct reader_options *options, struct err *err);

/** What waits. Borrowed until text_more(). */
struct str text_waiting(const struct text *text);

/**
 * Let more wait: at least one byte and about twice as many as before, so that
 * looking at a row again and again costs no more than looking twice. At the
 * end of the file sets `end`.
 */
NODISCARD bool text_more(struct text *text, struct err *err);

/** text_more() until `len` bytes wait or the file ends. */
NODISCARD bool text_want(struct text *text, size_t len, struct err *err);

/** Where the line ends that waits. */
struct text_line {
    size_t len;     /* without its line break */
    size_t end_len; /* bytes of the line break; 0 when there is none */
    bool too_long;  /* `len` is all of it that fits */
};

/** Let one whole line of at most `max` bytes wait; `max` bytes of a longer. */
NODISCARD bool text_find_line(struct text *text, size_t max,
                              struct text_line *line, struct err *err);

/** Take what is left of the line, however long, without holding it. */
NODISCARD bool text_skip_line(struct text *text, struct err *err);

/** Take `len` bytes, which hold `lines` line breaks. */
void text_take(struct text *text, size_t len, uint32_t lines);

/** Tell of the bytes among the next `len` that could not be read, and once of
   an encoding that they leave in doubt. */
void text_report(struct text *text, size_t len,
                 const struct reader_diagnostics *to);

/** Accepts a zeroed struct. */
void text_dispose(struct text *text);

/**
 * The length of the first line of `piece`, without its line break:
 * LF, CR or CR LF.
 *
 * @param[out] end_len  Bytes of the line break: 0 when there is none.
 */
size_t text_line_length(struct str piece, size_t *end_len);

/** Cut to `max` bytes, not inside a character. */
struct str text_cut(struct str piece, size_t max);

/**
 * The text of the first bytes of a file as far as it can be read.
 *
 * @param[in,out] out  Cleared; caller-owned.
 * @return false when these are not the bytes of a text, or memory is out.
 */
bool text_of_head(struct strbuf *out, struct str head);

/** Hand a formatted diagnostic on. Nothing when nobody listens. */
void text_tell(const struct reader_diagnostics *to, enum bom_severity severity,
               const char *code, uint32_t line, uint32_t column,
               const char *fmt, ...) PRINTF_LIKE(6, 7);

#endif
