#include "bom/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "bom/encoding.h"
#include "bom/source.h"
#include "core/lang.h"

/* Where old DOS programs end a file. */
#define DOS_END '\x1a'

bool text_open(struct text *text, struct source *source,
               const struct reader_options *options, struct err *err) {
    *text = (struct text){.line = 1};
    return encoding_open(&text->encoding, source, options->encoding,
                         &options->judge, err);
}

struct str text_waiting(const struct text *text) {
    return str_skip(strbuf_str(&text->buffer), text->at);
}

static void drop_taken(struct text *text) {
    struct str rest = text_waiting(text);
    if (text->at == 0)
        return;
    if (rest.len != 0)
        memmove(text->buffer.ptr, rest.ptr, rest.len);
    text->buffer.len = rest.len;
    text->at = 0;
}

bool text_more(struct text *text, struct err *err) {
    drop_taken(text);
    struct strbuf *buffer = &text->buffer;
    size_t enough = buffer->len != 0 ? 2 * buffer->len : 1;
    while (!text->end && buffer->len < enough) {
        if (!encoding_read(text->encoding, buffer, &text->end, err))
            return false;
    }
    if (text->end && buffer->len != 0 &&
        buffer->ptr[buffer->len - 1] == DOS_END)
        buffer->len--;
    return true;
}

bool text_want(struct text *text, size_t len, struct err *err) {
    while (!text->end && text_waiting(text).len < len) {
        if (!text_more(text, err))
            return false;
    }
    return true;
}

void text_take(struct text *text, size_t len, uint32_t lines) {
    text->at += len;
    text->offset += len;
    if (lines > UINT32_MAX - text->line)
        lines = UINT32_MAX - text->line;
    text->line += lines;
}

static void tell_repair(const struct text *text, enum encoding_repair repair,
                        size_t count, const struct reader_diagnostics *to) {
    const char *name = encoding_name(text->encoding);
    switch (repair) {
    case ENCODING_REPLACED:
        text_tell(to, BOM_NOTE_KEPT, "bad-bytes", text->line, 0,
                  tr_count("%zu byte of this row: not %s, replaced by U+FFFD",
                           "%zu bytes of this row: not %s, replaced by U+FFFD",
                           count),
                  count, name);
        break;
    case ENCODING_GUESSED:
        text_tell(to, BOM_NOTE_KEPT, "mixed-encoding", text->line, 0,
                  tr_count("%zu byte of this row: not %s, read as Windows-1252",
                           "%zu bytes of this row: not %s, read as "
                           "Windows-1252",
                           count),
                  count, name);
        break;
    case ENCODING_DROPPED:
        text_tell(to, BOM_NOTE_KEPT, "nul-byte", text->line, 0,
                  tr_count("%zu NUL byte in this row: left out",
                           "%zu NUL bytes in this row: left out", count),
                  count);
        break;
    }
}

static bool is_ascii(struct str piece) {
    for (size_t i = 0; i < piece.len; i++) {
        if ((unsigned char)piece.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

static void tell_doubt(struct text *text, size_t len,
                       const struct reader_diagnostics *to) {
    const char *doubt = encoding_doubt(text->encoding);
    if (text->told || doubt == NULL ||
        is_ascii(str_take(text_waiting(text), len)))
        return;
    text->told = true;
    text_tell(to, BOM_NOTE_KEPT, "guessed-encoding", text->line, 0,
              tr("read as %s, which is a guess: it may be %s; %s says it"),
              encoding_name(text->encoding), doubt, lang_option("encoding"));
}

void text_report(struct text *text, size_t len,
                 const struct reader_diagnostics *to) {
    tell_doubt(text, len, to);
    size_t counts[ENCODING_DROPPED + 1] = {0};
    const struct encoding_fault *fault;
    while ((fault = encoding_fault(text->encoding)) != NULL &&
           fault->offset < text->offset + len) {
        counts[fault->repair] += (size_t)fault->count;
        encoding_take_fault(text->encoding);
    }
    for (unsigned i = 0; i < ARRAY_LEN(counts); i++) {
        if (counts[i] != 0)
            tell_repair(text, (enum encoding_repair)i, counts[i], to);
    }
}

void text_dispose(struct text *text) {
    encoding_close(text->encoding);
    strbuf_dispose(&text->buffer);
    *text = (struct text){.line = 1};
}

size_t text_line_length(struct str piece, size_t *end_len) {
    size_t at = 0;
    while (at < piece.len && piece.ptr[at] != '\n' && piece.ptr[at] != '\r')
        at++;
    if (at == piece.len)
        *end_len = 0;
    else
        *end_len = str_starts(str_skip(piece, at), STR_LIT("\r\n")) ? 2 : 1;
    return at;
}

/* A CR that ends what is there may be half of a CR LF. */
static bool is_half_break(const struct text *text, struct str waiting,
                          size_t len) {
    return !text->end && len + 1 == waiting.len && waiting.ptr[len] == '\r';
}

bool text_find_line(struct text *text, size_t max, struct text_line *line,
                    struct err *err) {
    for (;;) {
        struct str waiting = text_waiting(text);
        *line = (struct text_line){.len = 0};
        line->len = text_line_length(waiting, &line->end_len);
        if (line->len > max) {
            line->len = text_cut(waiting, max).len;
            line->end_len = 0;
            line->too_long = true;
            return true;
        }
        if (text->end ||
            (line->end_len != 0 && !is_half_break(text, waiting, line->len)))
            return true;
        if (!text_more(text, err))
            return false;
    }
}

bool text_skip_line(struct text *text, struct err *err) {
    const struct reader_diagnostics nobody = {.add = NULL};
    for (;;) {
        struct str waiting = text_waiting(text);
        size_t end_len;
        size_t len = text_line_length(waiting, &end_len);
        if (is_half_break(text, waiting, len))
            end_len = 0;
        text_report(text, len + end_len, &nobody);
        text_take(text, len + end_len, end_len != 0);
        if (end_len != 0 || text->end)
            return true;
        if (!text_more(text, err))
            return false;
    }
}

struct str text_cut(struct str piece, size_t max) {
    if (piece.len <= max)
        return piece;
    while (max > 0 && ((unsigned char)piece.ptr[max] & 0xc0) == 0x80)
        max--;
    return str_take(piece, max);
}

/* Control characters that no text has, whatever wrote it. */
static bool is_binary(struct str piece) {
    size_t strange = 0;
    for (size_t i = 0; i < piece.len; i++) {
        unsigned char c = (unsigned char)piece.ptr[i];
        strange +=
            c < 0x20 && !ascii_is_space((char)c) && c != DOS_END && c != 0x1b;
    }
    return strange > 2 + piece.len / 200;
}

/* Every tenth character unreadable, or NUL bytes: a picture, a program. */
static bool is_damaged(struct encoding *encoding, size_t len) {
    size_t bad = 0, guessed = 0;
    const struct encoding_fault *fault;
    while ((fault = encoding_fault(encoding)) != NULL) {
        size_t *sum = fault->repair == ENCODING_GUESSED ? &guessed : &bad;
        *sum += (size_t)fault->count;
        encoding_take_fault(encoding);
    }
    return bad > 2 + len / 10 || guessed > len / 3;
}

static bool decode_head(struct strbuf *out, struct source *source,
                        struct err *err) {
    struct encoding *encoding;
    if (!encoding_open(&encoding, source, NULL, NULL, err))
        return false;
    bool end = false, read = true;
    while (read && !end)
        read = encoding_read(encoding, out, &end, err);
    bool is_text =
        read && !is_damaged(encoding, out->len) && !is_binary(strbuf_str(out));
    encoding_close(encoding);
    return is_text;
}

bool text_of_head(struct strbuf *out, struct str head) {
    struct err err = ERR_INIT;
    struct source *source;
    strbuf_clear(out);
    if (!source_open_memory(&source, head, &err))
        return false;
    bool is_text = decode_head(out, source, &err);
    source_close(source);
    return is_text;
}

void text_tell(const struct reader_diagnostics *to, enum bom_severity severity,
               const char *code, uint32_t line, uint32_t column,
               const char *fmt, ...) {
    char message[512];
    if (to->add == NULL)
        return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    to->add(to->ctx, severity, code, line, column, message);
}
