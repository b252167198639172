#ifndef BOMGATE_CORE_LIBRARY_H
#define BOMGATE_CORE_LIBRARY_H

#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"

/** Where a pointer to a library's function goes. */
struct library_function {
    const char *name;
    void *to; /* a pointer to a function */
};

/**
 * Load a shared library, once; it stays until the process ends. Threads may
 * call this at the same time.
 *
 * @param functions  Filled in order; the same ones at each call.
 * @return false when the library, or one of its functions, is not there; the
 *         message names the Debian package that has it.
 */
NODISCARD bool library_load(const char *file, const char *package,
                            const struct library_function *functions,
                            size_t count, struct err *err);

#endif
