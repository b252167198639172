#include "run/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool read_all(FILE *in, const char *what, struct strbuf *out,
                     struct err *err) {
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof(block), in)) != 0 &&
           out->len <= TEXT_FILE_MAX)
        strbuf_add(out, (struct str){block, got});
    if (ferror(in))
        return err_set(err, ERR_IO, "cannot read: %s", strerror(errno));
    if (out->len > TEXT_FILE_MAX)
        return err_set(err, ERR_LIMIT, "%s have at most %d bytes", what,
                       TEXT_FILE_MAX);
    return !out->failed || err_nomem(err);
}

bool text_file_read(const char *path, const char *what, struct strbuf *out,
                    struct err *err) {
    FILE *in = fopen(path, "rb");
    strbuf_clear(out);
    bool ok = in != NULL
                  ? read_all(in, what, out, err)
                  : err_set(err, ERR_IO, "cannot read: %s", strerror(errno));
    if (in != NULL)
        fclose(in);
    return ok || err_at(err, path, 0, 0);
}
