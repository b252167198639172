#ifndef BOMGATE_CORE_FOLDER_H
#define BOMGATE_CORE_FOLDER_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"

/** Make a folder, unless it is there. */
NODISCARD bool folder_make(const char *path, struct err *err);

/** Make every folder on the way to a file. */
NODISCARD bool folder_make_above(const char *path, struct err *err);

/** What the files in a folder take, those in folders below not counted; 0 when
    it cannot be read. */
unsigned long long folder_bytes(const char *path);

/** Remove a folder with all that is in it, as far as that can be; links are
    not followed. */
void folder_remove(const char *path);

#endif
