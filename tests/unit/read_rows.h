#ifndef BOMGATE_TESTS_READ_ROWS_H
#define BOMGATE_TESTS_READ_ROWS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bom/formats.h"
#include "bom/source_chunked.h"
#include "core/str.h"

/** All that a reader says about some bytes, as text to compare. */
struct reading {
    struct strbuf rows;        /* "2:a|b|c\n": the line, then the cells */
    struct strbuf diagnostics; /* "note stray-quote 2:1\n" */
    struct strbuf messages;    /* of the diagnostics, one a line */
    char encoding[40], delimiter[4];
    struct err err; /* ERR_NONE when it was read to its end */
    size_t count;   /* rows */
};

static inline void reading_dispose(struct reading *reading) {
    strbuf_dispose(&reading->rows);
    strbuf_dispose(&reading->diagnostics);
    strbuf_dispose(&reading->messages);
}

static inline const char *reading_rows(const struct reading *reading) {
    return reading->rows.ptr == NULL ? "" : reading->rows.ptr;
}

static inline const char *reading_diagnostics(const struct reading *reading) {
    return reading->diagnostics.ptr == NULL ? "" : reading->diagnostics.ptr;
}

static inline void reading_add_diagnostic(void *ctx, enum bom_severity severity,
                                          const char *code, uint32_t line,
                                          uint32_t column,
                                          const char *message) {
    struct reading *reading = ctx;
    strbuf_printf(&reading->diagnostics, "%s %s %u:%u\n",
                  severity == BOM_LOST ? "lost" : "note", code, line, column);
    strbuf_printf(&reading->messages, "%s\n", message);
}

static inline void reading_add_row(struct reading *reading,
                                   const struct row *row) {
    reading->count++;
    strbuf_printf(&reading->rows, "%u:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        if (i != 0)
            strbuf_add_char(&reading->rows, '|');
        strbuf_add(&reading->rows, row->cells[i]);
    }
    strbuf_add_char(&reading->rows, '\n');
}

/**
 * Read `bytes`, handed out `chunk` at a time (0: all at once), to the end.
 *
 * @param[out] out  End with reading_dispose(), also on failure.
 * @return false when it cannot be opened or read; out->err says why.
 */
static inline bool read_rows(struct reading *out,
                             const struct reader_format *format,
                             struct str bytes, size_t chunk,
                             const char *encoding) {
    *out = (struct reading){.err = ERR_INIT};
    struct reader_options options = {
        .encoding = encoding,
        .diagnostics = {reading_add_diagnostic, out},
    };
    struct source *source;
    struct reader *reader;
    struct row row;
    if (!source_open_chunked(&source, bytes, chunk, &out->err))
        return false;
    if (!format->open(&reader, source, &options, &out->err)) {
        source_close(source);
        return false;
    }
    enum reader_step step;
    while ((step = format->next(reader, &row, &out->err)) == READER_ROW)
        reading_add_row(out, &row);
    struct reader_facts facts;
    format->facts(reader, &facts);
    snprintf(out->encoding, sizeof(out->encoding), "%s", facts.encoding);
    snprintf(out->delimiter, sizeof(out->delimiter), "%s",
             facts.delimiter == NULL ? "" : facts.delimiter);
    format->close(reader);
    source_close(source);
    return step == READER_END;
}

#endif
