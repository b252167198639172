#ifndef BOMGATE_CORE_MO_H
#define BOMGATE_CORE_MO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/str.h"

/** A catalogue of translations as msgfmt writes it (GNU gettext, "The Format
    of GNU MO Files"), little-endian. */
struct mo {
    const char *bytes;
    size_t size;
};

/**
 * Find a translation, by binary search. Whatever the bytes are, nothing is read
 * outside them.
 *
 * @param context   NULL: a text without one.
 * @param[out] out  Borrowed from the catalogue and NUL-terminated. Forms for
 *                  several counts stand behind each other, a NUL after each.
 * @return false when there is none.
 */
NODISCARD bool mo_find(struct mo mo, const char *context, const char *text,
                       struct str *out);

#endif
