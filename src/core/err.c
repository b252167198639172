#include "core/err.h"

#include "core/lang.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

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
    return err_set(err, ERR_NOMEM, tr("out of memory"));
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

/* A file name or a value from a BOM may hold escape sequences, or bytes that
   are no text; the buffer's end may lie within a character. */
static void replace_hostile(char *text) {
    char *end = text;
    for (struct str rest = str_from(text); rest.len != 0;) {
        uint32_t code;
        size_t taken = utf8_next(rest, &code);
        if (utf8_is_hostile(code) || (taken == 1 && code >= 0x80))
            *end++ = '?';
        else {
            memmove(end, rest.ptr, taken);
            end += taken;
        }
        rest = str_skip(rest, taken);
    }
    *end = '\0';
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
    replace_hostile(buf);
}
