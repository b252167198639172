#include "core/err.h"

#include <stdio.h>
#include <string.h>

bool err_vset(struct err *err, enum err_code code, const char *fmt,
              va_list args) {
    err->code = code;
    vsnprintf(err->msg, sizeof(err->msg), fmt, args);
    return false;
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    err_vset(err, code, fmt, args);
    va_end(args);
    return false;
}

bool err_nomem(struct err *err) {
    return err_set(err, ERR_NOMEM, "out of memory");
}

bool err_at(struct err *err, const char *file, uint32_t line, uint32_t column) {
    if (err->file[0] == '\0')
        snprintf(err->file, sizeof(err->file), "%s", file);
    if (err->line == 0) {
        err->line = line;
        err->column = column;
    }
    return false;
}

/* A file name or a value from a BOM may hold escape sequences. */
static void replace_controls(char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = '?';
    }
}

void err_format(const struct err *err, char *buf, size_t size) {
    char place[sizeof(err->file) + 32] = "";
    if (err->file[0] != '\0' && err->line != 0 && err->column != 0)
        snprintf(place, sizeof(place), "%s:%u:%u: ", err->file,
                 (unsigned)err->line, (unsigned)err->column);
    else if (err->file[0] != '\0' && err->line != 0)
        snprintf(place, sizeof(place), "%s:%u: ", err->file,
                 (unsigned)err->line);
    else if (err->file[0] != '\0')
        snprintf(place, sizeof(place), "%s: ", err->file);
    snprintf(buf, size, "%s%s", place, err->msg);
    replace_controls(buf);
}
