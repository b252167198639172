#ifndef BOMGATE_RUN_TEXT_FILE_H
#define BOMGATE_RUN_TEXT_FILE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

#define TEXT_FILE_MAX (1024 * 1024) /* bytes; a real one has a page */

/**
 * Read a small file that a person wrote, whole.
 *
 * @param what      What it holds, for the message on one that is too large.
 * @param[out] out  Cleared first.
 * @return false when it cannot be read or is too large; err names the file.
 */
NODISCARD bool text_file_read(const char *path, const char *what,
                              struct strbuf *out, struct err *err);

#endif
