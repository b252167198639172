#ifndef BOMGATE_RUN_PLACE_H
#define BOMGATE_RUN_PLACE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/** The folder above an absolute one; empty above "/". */
struct str folder_parent(struct str folder);

/** The root of the repository that an absolute folder lies in; empty when it
    lies in none, or when memory is out. */
struct str repository_root(struct str folder);

/**
 * Where a file lies, as whatever shows the changes of a repository names it:
 * from the root of its repository; outside of one from the working folder, if
 * it lies below that; else as it was named.
 *
 * @param[out] out  Cleared first.
 * @return false only when memory is out.
 */
NODISCARD bool place_of(struct strbuf *out, const char *path, struct err *err);

#endif
