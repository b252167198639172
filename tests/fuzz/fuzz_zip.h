#ifndef BOMGATE_TESTS_FUZZ_ZIP_H
#define BOMGATE_TESTS_FUZZ_ZIP_H

#include <zlib.h>

#include "core/str.h"

/* A zip archive whose checksums hold, however its parts were bent: the fuzzer
   is past them. */

struct fuzz_zip {
    struct strbuf bytes, directory;
    unsigned count;
};

static inline void fuzz_add_number(struct strbuf *out, unsigned long value,
                                   unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++)
        strbuf_add_char(out, (char)(value >> 8 * i & 0xff));
}

/* What stands before a file and in the directory alike. */
static inline void fuzz_zip_head(struct strbuf *out, const char *name,
                                 struct str data) {
    unsigned long sum = crc32(0, (const unsigned char *)data.ptr,
                              data.len == 0 ? 0 : (unsigned)data.len);
    fuzz_add_number(out, 20, 2);
    fuzz_add_number(out, 0, 2);
    fuzz_add_number(out, 0, 2); /* stored */
    fuzz_add_number(out, 0x5021u << 16, 4);
    fuzz_add_number(out, data.len == 0 ? 0 : sum, 4);
    fuzz_add_number(out, data.len, 4);
    fuzz_add_number(out, data.len, 4);
    fuzz_add_number(out, str_from(name).len, 2);
    fuzz_add_number(out, 0, 2);
}

static inline void fuzz_zip_add(struct fuzz_zip *zip, const char *name,
                                struct str data) {
    size_t offset = zip->bytes.len;
    strbuf_add(&zip->bytes, STR_LIT("PK\3\4"));
    fuzz_zip_head(&zip->bytes, name, data);
    strbuf_add_text(&zip->bytes, name);
    strbuf_add(&zip->bytes, data);
    strbuf_add(&zip->directory, STR_LIT("PK\1\2"));
    fuzz_add_number(&zip->directory, 20, 2);
    fuzz_zip_head(&zip->directory, name, data);
    fuzz_add_number(&zip->directory, 0, 6);
    fuzz_add_number(&zip->directory, 0, 4);
    fuzz_add_number(&zip->directory, offset, 4);
    strbuf_add_text(&zip->directory, name);
    zip->count++;
}

/** The archive; end with fuzz_zip_dispose(). */
static inline struct str fuzz_zip_end(struct fuzz_zip *zip) {
    size_t offset = zip->bytes.len;
    strbuf_add(&zip->bytes, strbuf_str(&zip->directory));
    strbuf_add(&zip->bytes, STR_LIT("PK\5\6"));
    fuzz_add_number(&zip->bytes, 0, 4);
    fuzz_add_number(&zip->bytes, zip->count, 2);
    fuzz_add_number(&zip->bytes, zip->count, 2);
    fuzz_add_number(&zip->bytes, zip->directory.len, 4);
    fuzz_add_number(&zip->bytes, offset, 4);
    fuzz_add_number(&zip->bytes, 0, 2);
    return strbuf_str(&zip->bytes);
}

static inline void fuzz_zip_dispose(struct fuzz_zip *zip) {
    strbuf_dispose(&zip->bytes);
    strbuf_dispose(&zip->directory);
}

#endif
