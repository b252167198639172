/* A listing in columns of blanks gives the same rows however it comes in. */
#include "fuzz.h"
#include "read_rows.h"

static struct reading read_in(struct str bytes, size_t chunk) {
    struct reading reading;
    bool ended = read_rows(&reading, &fixed_format, bytes, chunk, NULL);
    must(ended || reading.err.msg[0] != '\0', "a failure says why");
    return reading;
}

static unsigned lines_of(struct str bytes) {
    unsigned lines = 1;
    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n' || bytes.ptr[i] == '\r';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t chunks[] = {1, 7, 39, 4096};
    struct str bytes = {(const char *)data, size};
    struct reading whole = read_in(bytes, 0);
    struct reading pieces = read_in(bytes, chunks[size % ARRAY_LEN(chunks)]);
    must_be_text(strbuf_str(&whole.rows), "rows are UTF-8");
    must(whole.count <= lines_of(bytes), "a row is a line at least");
    must_be_same(&whole.rows, &pieces.rows, "the same rows");
    must_be_same(&whole.diagnostics, &pieces.diagnostics, "the same notes");
    reading_dispose(&whole);
    reading_dispose(&pieces);
    return 0;
}
