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
#define GIT_FILE_MAX (64 * 1024 * 1024)
NODISCARD bool git_file_read(const char *ref, const char *path,
                             struct strbuf *out, bool *there, struct err *err);

/**
 * The files below a folder of another commit.
 *
 * @param[out] names  From the folder on, each ended by NUL.
 * @param[out] there  False when that commit has no such folder.
 */
NODISCARD bool git_folder_list(const char *ref, const char *path,
                               struct strbuf *names, bool *there,
                               struct err *err);

/**
 * Does the working tree have a file, or anything in a folder, otherwise than
 * another commit? What git does not track, which no change brings along, has
 * not changed.
 */
NODISCARD bool git_path_changed(const char *ref, const char *path,
                                bool *changed, struct err *err);

#endif
