#ifndef BOMGATE_RUN_GIT_FILE_H
#define BOMGATE_RUN_GIT_FILE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * Read a file as it stands in another commit of its repository, with the
 * program `git`.
 *
 * @param ref       A branch, tag or commit: "origin/main".
 * @param path      The file's place in the working tree; it need not be there.
 * @param[out] out  Its text, at most GIT_FILE_MAX bytes.
 * @param[out] there  False when that commit has no such file.
 * @return false when there is no such commit, no repository or no git.
 */
#define GIT_FILE_MAX (1024 * 1024)
NODISCARD bool git_file_read(const char *ref, const char *path,
                             struct strbuf *out, bool *there, struct err *err);

#endif
