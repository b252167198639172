#ifndef BOMGATE_CORE_ERR_H
#define BOMGATE_CORE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"

/** Why a run cannot go on. ERR_NONE is the state of a fresh `struct err`. */
enum err_code {
    ERR_NONE,
    ERR_NOMEM,
    ERR_IO,
    ERR_SYNTAX,
    ERR_LIMIT,
    ERR_INVALID,
    ERR_FOREIGN, /* a file is something else than what was looked for */
    ERR_CANCELLED,
    ERR_EMPTY, /* nothing is there, which some callers do not mind */
};

/** An error with the place it belongs to; plain data, owned by the caller. */
struct err {
    enum err_code code;
    char file[256];        /* empty: no file */
    uint32_t line, column; /* from 1; 0: not known */
    char msg[512];
};

#define ERR_INIT ((struct err){.code = ERR_NONE})

/**
 * Fill `err` with a code and a formatted message. A message longer than the
 * buffer is cut; the place set before is kept.
 *
 * @return always false, so that a function can `return err_set(...)`.
 */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/** The same with an argument list. */
bool err_vset(struct err *err, enum err_code code, const char *fmt,
              va_list args) PRINTF_LIKE(3, 0);

/** Set ERR_NOMEM with its one standard message. @return always false. */
bool err_nomem(struct err *err);

/**
 * Add the place to an error that has none yet; an inner place, being the more
 * exact one, stays.
 *
 * @return always false.
 */
bool err_at(struct err *err, const char *file, uint32_t line, uint32_t column);

/**
 * Write the error as one line, `file:line:column: message`, without control
 * characters, into `buf`; cut at `size` bytes including the final NUL.
 */
void err_format(const struct err *err, char *buf, size_t size);

#endif
