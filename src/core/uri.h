#ifndef BOMGATE_CORE_URI_H
#define BOMGATE_CORE_URI_H

#include <stdbool.h>

#include "core/str.h"

/** Is it a path from the file system's root? */
bool uri_is_absolute(const char *path);

/** A path as a URI reference: percent-encoded, "file://" before an absolute
    one, "./" taken from a relative one. */
void uri_add_path(struct strbuf *out, const char *path);

/** Can the text be followed as a link to the web? */
bool uri_is_web(struct str text);

#endif
