/* The fast way to read CSV finds what the slow one finds: the same rows, cells
   and diagnostics, whatever the bytes and however they come in. The first byte
   says in which pieces. Readers look at the first 64 KiB at once, so that what
   follows a line as long is what really comes in pieces. */
#include "bom/csv_slow.h"
#include "bom/formats.h"
#include "bom/source_chunked.h"
#include "core/str.h"
#include "fuzz.h"

#define HEAD_SIZE (64 * 1024)
#define LED 0xf8 /* first bytes from here on: after a line as long */

/* All that a reader says, in one text. */
struct said {
    struct strbuf text;
};

static void add_diagnostic(void *ctx, enum bom_severity severity,
                           const char *code, uint32_t line, uint32_t column,
                           const char *message) {
    struct said *said = ctx;
    strbuf_printf(&said->text, "%d %s %u:%u %s\n", (int)severity, code,
                  (unsigned)line, (unsigned)column, message);
}

static void add_number(struct said *said, size_t number) {
    strbuf_add(&said->text,
               (struct str){(const char *)&number, sizeof(number)});
}

static void add_row(struct said *said, const struct row *row) {
    add_number(said, row->line);
    add_number(said, row->count);
    add_number(said, row->text.len);
    strbuf_add(&said->text, row->text);
    for (size_t i = 0; i < row->count; i++) {
        add_number(said, row->cells[i].len);
        strbuf_add(&said->text, row->cells[i]);
        for (size_t k = 0; row->ascii && k < row->cells[i].len; k++)
            must((unsigned char)row->cells[i].ptr[k] < 0x80, "it is ASCII");
    }
}

static void read_rows(struct said *said, struct reader *reader) {
    struct err err = ERR_INIT;
    struct reader_facts facts;
    struct row row;
    while (csv_format.next(reader, &row, &err) == READER_ROW)
        add_row(said, &row);
    csv_format.facts(reader, &facts);
    strbuf_printf(&said->text, "%s %s %s\n", err.msg, facts.encoding,
                  facts.delimiter);
}

static void listen(struct said *said, struct str bytes, size_t chunk,
                   bool slow) {
    struct reader_options options = {.diagnostics = {add_diagnostic, said}};
    struct err err = ERR_INIT;
    struct source *source;
    struct reader *reader;
    strbuf_clear(&said->text);
    must(source_open_chunked(&source, bytes, chunk, &err), "memory");
    /* What begins as gzip and is none is refused, in the same words. */
    if (slow ? csv_open_slow(&reader, source, &options, &err)
             : csv_format.open(&reader, source, &options, &err)) {
        read_rows(said, reader);
        csv_format.close(reader);
    } else {
        strbuf_printf(&said->text, "refused: %s", err.msg);
    }
    source_close(source);
    must(!said->text.failed, "memory");
}

/* The bytes after a line that names the delimiter, and a long one. */
static struct str led(struct strbuf *out, unsigned choice, struct str bytes) {
    static const char delimiters[] = ",;\t|";
    strbuf_clear(out);
    strbuf_printf(out, "sep=%c\n", delimiters[choice % 4]);
    while (out->len < HEAD_SIZE)
        strbuf_add_text(out, "A long line to begin with, which has no cells. ");
    strbuf_add_char(out, '\n');
    strbuf_add(out, bytes);
    must(!out->failed, "memory");
    return strbuf_str(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct said slow, fast;
    if (size == 0)
        return 0;
    static struct strbuf text;
    struct str bytes = {(const char *)data + 1, size - 1};
    size_t chunk = data[0];
    if (chunk >= LED) {
        chunk -= LED - 1;
        bytes = led(&text, data[0], bytes);
    }
    listen(&slow, bytes, 0, true);
    listen(&fast, bytes, chunk, false);
    must(str_eq(strbuf_str(&slow.text), strbuf_str(&fast.text)),
         "the fast way reads what the slow one does");
    return 0;
}
