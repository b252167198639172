#include "core/json_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A file while it is read. */
struct counted {
    FILE *in;
    size_t used;
    int trouble; /* errno */
};

static size_t read_more(void *buffer, size_t size, void *ctx) {
    struct counted *file = ctx;
    if (file->used > JSON_FILE_MAX)
        return (size_t)-1;
    size_t got = fread(buffer, 1, size, file->in);
    file->used += got;
    if (got == 0 && ferror(file->in)) {
        file->trouble = errno;
        return (size_t)-1;
    }
    return got;
}

json_t *json_file_load(const char *path, struct err *err) {
    json_error_t fault;
    uint32_t line = 0;
    struct counted file = {.in = fopen(path, "rb"), .trouble = errno};
    if (file.in == NULL) {
        err_set(err, ERR_IO, "cannot read: %s", strerror(file.trouble));
        err_at(err, path, 0, 0);
        return NULL;
    }
    file.trouble = 0;
    json_t *json =
        json_load_callback(read_more, &file, JSON_REJECT_DUPLICATES, &fault);
    fclose(file.in);
    if (json != NULL)
        return json;
    if (file.trouble != 0) {
        err_set(err, ERR_IO, "cannot read: %s", strerror(file.trouble));
    } else if (file.used > JSON_FILE_MAX) {
        err_set(err, ERR_LIMIT, "a JSON file may have %d MiB",
                JSON_FILE_MAX / 1024 / 1024);
    } else {
        err_set(err, ERR_SYNTAX, "this is no JSON: %s", fault.text);
        line = fault.line > 0 ? (uint32_t)fault.line : 0;
    }
    err_at(err, path, line, 0);
    return NULL;
}
