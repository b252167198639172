/* A CSV file gives the same rows however it comes in, and every character of it
   is in a cell, but for quotes, separators and blanks. */
#include "fuzz.h"
#include "read_rows.h"

#include "bom/csv_record.h"

/* In bytes; 0 is the whole. */
static const size_t chunks[] = {1, 7, 39, 4096};

static struct reading read_in(struct str bytes, size_t chunk,
                              const char *encoding) {
    struct reading reading;
    bool ended = read_rows(&reading, &csv_format, bytes, chunk, encoding);
    must(ended || reading.err.msg[0] != '\0', "a failure says why");
    return reading;
}

static void check_chunks(struct str bytes) {
    struct reading whole = read_in(bytes, 0, NULL);
    struct reading pieces =
        read_in(bytes, chunks[bytes.len % ARRAY_LEN(chunks)], NULL);
    must(utf8_valid(strbuf_str(&whole.rows)), "rows are UTF-8");
    must_be_same(&whole.rows, &pieces.rows, "the same rows");
    must_be_same(&whole.diagnostics, &pieces.diagnostics, "the same notes");
    must(strcmp(whole.delimiter, pieces.delimiter) == 0, "one delimiter");
    reading_dispose(&whole);
    reading_dispose(&pieces);
}

/* ---- every byte is accounted for ---- */

static bool separates(char c, char delimiter) {
    return c == delimiter || c == '"' || c == ' ' || c == '\t' || c == '\r' ||
           c == '\n';
}

static void add_content(struct strbuf *out, struct str text, char delimiter) {
    for (size_t i = 0; i < text.len; i++)
        if (!separates(text.ptr[i], delimiter))
            strbuf_add_char(out, text.ptr[i]);
}

struct content {
    struct strbuf cells;
    bool cut; /* a limit was told of */
};

static void look_for_limits(void *ctx, enum bom_severity severity,
                            const char *code, uint32_t line, uint32_t column,
                            const char *message) {
    struct content *content = ctx;
    (void)severity;
    (void)line;
    (void)column;
    (void)message;
    content->cut = content->cut || strcmp(code, "cell-too-long") == 0 ||
                   strcmp(code, "row-too-long") == 0 ||
                   strcmp(code, "too-many-columns") == 0;
}

/* @return the delimiter. */
static char read_content(struct str bytes, struct content *content) {
    struct reader_options options = {.encoding = "UTF-8",
                                     .diagnostics = {look_for_limits, content}};
    struct err err = ERR_INIT;
    struct source *source;
    struct reader *reader;
    struct reader_facts facts;
    struct row row;
    must(source_open_memory(&source, bytes, &err), "memory");
    must(csv_format.open(&reader, source, &options, &err), "it opens");
    csv_format.facts(reader, &facts);
    char delimiter = facts.delimiter[0];
    while (csv_format.next(reader, &row, &err) == READER_ROW)
        for (size_t i = 0; i < row.count; i++)
            add_content(&content->cells, row.cells[i], delimiter);
    csv_format.close(reader);
    source_close(source);
    must(err.code == ERR_NONE, "text is read to its end");
    return delimiter;
}

static void check_bytes(struct str bytes) {
    const struct str mark = STR_LIT("\xef\xbb\xbf");
    struct strbuf all = {.ptr = NULL};
    struct content content = {.cut = false};
    if (str_starts(bytes, mark))
        bytes = str_skip(bytes, mark.len);
    if (!utf8_valid(bytes) || str_find(bytes, (struct str){"", 1}) >= 0 ||
        csv_named_delimiter(bytes) != '\0' || str_starts(bytes, mark))
        return;
    while (str_ends(bytes, STR_LIT("\x1a"))) /* how DOS ended a file */
        bytes = str_take(bytes, bytes.len - 1);
    char delimiter = read_content(bytes, &content);
    add_content(&all, bytes, delimiter);
    if (!content.cut)
        must_be_same(&all, &content.cells, "every byte is in a cell");
    strbuf_dispose(&all);
    strbuf_dispose(&content.cells);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    check_chunks(bytes);
    check_bytes(bytes);
    return 0;
}
