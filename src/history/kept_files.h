#ifndef BOMGATE_HISTORY_KEPT_FILES_H
#define BOMGATE_HISTORY_KEPT_FILES_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/store.h"

/**
 * Told of a file that the history keeps; both texts are valid until the next.
 *
 * @param path  Below a folder, whatever the history says: a rule set's under
 *              `rules/SHA-256/`, its company's own under
 *              `rules/SHA-256+ORIGIN/`, a BOM's under `boms/SHA-256/`.
 */
typedef bool kept_file(void *ctx, const char *path, struct str bytes,
                       struct err *err);

/** Tell every file that is kept, in the order of rule sets and BOMs. */
NODISCARD bool kept_files_tell(struct history *history, kept_file *tell,
                               void *ctx, struct err *err);

#endif
