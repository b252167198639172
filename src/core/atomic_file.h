#ifndef BOMGATE_CORE_ATOMIC_FILE_H
#define BOMGATE_CORE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * A file that appears whole or not at all: it is written beside its final
 * place and renamed over it once everything is on the disk.
 */
struct atomic_file {
    char *path; /* final place */
    char *temp; /* where it is written meanwhile, in the same folder */
    FILE *out;  /* NULL when somebody else writes `temp` by name */
};

/**
 * Create the temporary file, readable as the umask says, and open it.
 *
 * @param[out] file  Caller-owned; end with atomic_file_commit() or
 *                   atomic_file_abandon(). Untouched on failure.
 */
NODISCARD bool atomic_file_begin(struct atomic_file *file, const char *path,
                                 struct err *err);

/** Close `out` early, for a writer that opens `temp` by its name. */
NODISCARD bool atomic_file_close(struct atomic_file *file, struct err *err);

/**
 * Flush, sync, check and rename. Whatever the result, `file` is disposed of;
 * on failure, and when memory ran out at any time (mem_failed()), nothing is
 * left behind and an older file at `path` stays.
 */
NODISCARD bool atomic_file_commit(struct atomic_file *file, struct err *err);

/** All of it in one go. */
NODISCARD bool atomic_file_write(const char *path, struct str text,
                                 struct err *err);

/** Remove the temporary file and dispose. Accepts a zeroed struct. */
void atomic_file_abandon(struct atomic_file *file);

#endif
