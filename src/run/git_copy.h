#ifndef BOMGATE_RUN_GIT_COPY_H
#define BOMGATE_RUN_GIT_COPY_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/** A file or folder as it stands in another commit. Zeroed it holds nothing. */
struct git_copy {
    const char *path;     /* where to read it; borrowed */
    bool changed;         /* the working tree has it otherwise */
    struct strbuf named;  /* the path as it was given */
    struct strbuf folder; /* temporary; empty without a copy */
    struct strbuf copied; /* in that folder */
};

/**
 * Make sure that what is read at a path is what a commit has there. What is
 * unchanged, and what git does not track, is read in place; else it is copied
 * to a temporary folder.
 *
 * @param ref       A branch, tag or commit that git_file_read() knows.
 * @param[out] out  git_copy_dispose() removes the copy.
 */
NODISCARD bool git_copy_make(struct git_copy *out, const char *ref,
                             const char *path, struct err *err);

void git_copy_dispose(struct git_copy *copy);

#endif
