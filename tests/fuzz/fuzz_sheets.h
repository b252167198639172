#ifndef BOMGATE_TESTS_FUZZ_SHEETS_H
#define BOMGATE_TESTS_FUZZ_SHEETS_H

#include "bom/formats.h"
#include "bom/sheet_row.h"
#include "fuzz.h"

/* What every reader of spreadsheets promises. */

static inline void fuzz_tell(void *ctx, enum bom_severity severity,
                             const char *code, uint32_t line, uint32_t column,
                             const char *message) {
    struct strbuf *out = ctx;
    must(code[0] != '\0' && message[0] != '\0', "a diagnostic says what");
    must_be_text(str_from(message), "a message is UTF-8");
    strbuf_printf(out, "%d %s %u:%u\n", (int)severity, code, line, column);
}

static inline void fuzz_add_row(struct strbuf *out, const struct row *row) {
    must(row->line != 0, "a row has its number");
    must(row->count <= READER_COLUMNS_MAX, "columns are bounded");
    strbuf_printf(out, "%u", row->line);
    for (size_t i = 0; i < row->count; i++) {
        must_be_text(row->cells[i], "cells are UTF-8");
        must(row->cells[i].len <= READER_CELL_MAX, "cells are bounded");
        strbuf_add_char(out, '\x1f');
        strbuf_add(out, row->cells[i]);
    }
    strbuf_add_char(out, '\n');
}

/** Read a workbook; rows, then what was told, or why it was refused. */
static inline void fuzz_read_sheets(const struct reader_format *format,
                                    struct str bytes, struct strbuf *out) {
    struct strbuf told = {.ptr = NULL};
    struct reader_options options = {.diagnostics = {fuzz_tell, &told}};
    struct err err = ERR_INIT;
    struct source *source;
    struct reader *reader;
    struct row row;
    enum reader_step step = READER_ERROR;
    must(source_open_memory(&source, bytes, &err), "memory");
    if (format->open(&reader, source, &options, &err)) {
        while ((step = format->next(reader, &row, &err)) == READER_ROW)
            fuzz_add_row(out, &row);
        format->close(reader);
    }
    source_close(source);
    must(step == READER_END || err.msg[0] != '\0', "a refusal says why");
    strbuf_add(out, strbuf_str(&told));
    strbuf_add_text(out, err.msg);
    strbuf_dispose(&told);
}

/** Twice the same. */
static inline void fuzz_check_sheets(const struct reader_format *format,
                                     struct str bytes) {
    struct strbuf one = {.ptr = NULL}, two = {.ptr = NULL};
    fuzz_read_sheets(format, bytes, &one);
    fuzz_read_sheets(format, bytes, &two);
    must_be_same(&one, &two, "the same rows again");
    strbuf_dispose(&one);
    strbuf_dispose(&two);
}

/** Can this stand in XML as it is, with markup escaped? */
static inline bool fuzz_is_plain(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 && c != '\t')
            return false;
    }
    return utf8_valid(text) && str_find(text, STR_LIT("\xef\xbf\xbe")) < 0 &&
           str_find(text, STR_LIT("\xef\xbf\xbf")) < 0;
}

static inline void fuzz_add_escaped(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '<' || c == '&' || c == '>')
            strbuf_printf(out, "&#%d;", c);
        else
            strbuf_add_char(out, c);
    }
}

#endif
