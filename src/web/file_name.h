#ifndef BOMGATE_WEB_FILE_NAME_H
#define BOMGATE_WEB_FILE_NAME_H

#include "core/str.h"

#define FILE_NAME_BYTES_MAX 180

/**
 * The name of an upload on our disk: the one that a person knows it by,
 * without a folder, as UTF-8, never one that means something (a setting,
 * standard input), and with its extension where it is too long.
 *
 * @param given  As it came; may hold anything.
 */
void file_name_safe(struct strbuf *out, struct str given);

#endif
