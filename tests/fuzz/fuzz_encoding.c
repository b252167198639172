/* Whatever bytes come, in whatever pieces: the same UTF-8 comes out, and UTF-8
   comes out as it went in. The formats that are offered are sure or are not. */
#include <string.h>

#include "bom/encoding.h"
#include "bom/reader.h"
#include "bom/source_chunked.h"
#include "fuzz.h"

struct decoded {
    struct strbuf text, faults;
    char name[40];
    bool opened;
};

static void take_faults(struct encoding *encoding, struct decoded *out) {
    const struct encoding_fault *fault;
    uint64_t before = 0;
    while ((fault = encoding_fault(encoding)) != NULL) {
        must(fault->offset >= before && fault->offset <= out->text.len,
             "faults stand in the text, in order");
        before = fault->offset;
        strbuf_printf(&out->faults, "%llu:%d:%llu ",
                      (unsigned long long)fault->offset, (int)fault->repair,
                      (unsigned long long)fault->count);
        encoding_take_fault(encoding);
    }
}

static struct decoded decode(struct str bytes, size_t chunk, const char *name) {
    struct decoded out = {.opened = false};
    struct source *source;
    struct encoding *encoding;
    struct err err = ERR_INIT;
    bool end = false;
    must(source_open_chunked(&source, bytes, chunk, &err), "memory");
    out.opened = encoding_open(&encoding, source, name, NULL, &err);
    must(out.opened || err.msg[0] != '\0', "a refusal says why");
    if (out.opened) {
        while (!end) {
            if (!encoding_read(encoding, &out.text, &end, &err)) {
                must(err.msg[0] != '\0', "what breaks off says why");
                break;
            }
            must_be_text(strbuf_str(&out.text), "cut between characters");
        }
        take_faults(encoding, &out);
        snprintf(out.name, sizeof(out.name), "%s", encoding_name(encoding));
        encoding_close(encoding);
    }
    source_close(source);
    must(memchr(out.text.len == 0 ? "" : out.text.ptr, '\0', out.text.len) ==
             NULL,
         "no NUL comes out");
    return out;
}

static void decoded_dispose(struct decoded *decoded) {
    strbuf_dispose(&decoded->text);
    strbuf_dispose(&decoded->faults);
}

static void check_pieces(struct str bytes, const char *name) {
    static const size_t chunks[] = {1, 7, 39, 4096};
    struct decoded whole = decode(bytes, 0, name);
    struct decoded pieces =
        decode(bytes, chunks[bytes.len % ARRAY_LEN(chunks)], name);
    must(whole.opened == pieces.opened, "both open");
    must_be_same(&whole.text, &pieces.text, "the same text");
    must_be_same(&whole.faults, &pieces.faults, "the same faults");
    must(strcmp(whole.name, pieces.name) == 0, "the same encoding");
    decoded_dispose(&whole);
    decoded_dispose(&pieces);
}

static void check_utf8(struct str bytes) {
    bool marked = str_starts(bytes, STR_LIT("\xef\xbb\xbf"));
    if (!utf8_valid(bytes) || str_find(bytes, (struct str){"", 1}) >= 0)
        return;
    struct decoded read = decode(bytes, 0, "UTF-8");
    must(read.opened && read.faults.len == 0, "UTF-8 is no fault");
    must(str_eq(strbuf_str(&read.text), marked ? str_skip(bytes, 3) : bytes),
         "UTF-8 stays as it is");
    decoded_dispose(&read);
}

static void check_formats(struct str bytes) {
    struct err err = ERR_INIT;
    struct str head = str_take(bytes, SOURCE_PEEK_MAX);
    const struct reader_format *found = reader_format_find(head, &err);
    must(found != NULL || err.msg[0] != '\0', "what is nothing is named");
    for (size_t i = 0; reader_formats[i] != NULL; i++) {
        int sure = reader_formats[i]->sniff(head);
        must(sure >= 0 && sure <= 100, "sure in per cent");
        must(found == NULL || sure <= found->sniff(head), "the surest");
    }
}

/* The first byte chooses what the others are said to be. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {
        NULL,   "UTF-8",     "UTF-16LE", "UTF-16BE", "GB18030",
        "BIG5", "SHIFT_JIS", "EUC-KR",   "UTF-32",   "WINDOWS-1252"};
    if (size == 0)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    check_pieces(bytes, names[data[0] % ARRAY_LEN(names)]);
    check_utf8(bytes);
    check_formats(bytes);
    return 0;
}
