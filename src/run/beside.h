#ifndef BOMGATE_RUN_BESIDE_H
#define BOMGATE_RUN_BESIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/**
 * Find the file `name` that belongs to these BOMs: from the folder that they
 * have in common up to the root of its repository; outside a repository in that
 * folder only.
 *
 * @param paths     Files, folders, "-" (which stands for the working folder).
 * @param[out] out  Its path; empty when there is none.
 * @return false only when memory is out.
 */
NODISCARD bool find_beside(const char *const *paths, size_t path_count,
                           const char *name, struct strbuf *out,
                           struct err *err);

/**
 * The same in another commit of the repository: where its file lies, and what
 * that holds there.
 *
 * @param ref  As git_file_read() takes it, and fails for it.
 */
NODISCARD bool find_beside_in(const char *ref, const char *const *paths,
                              size_t path_count, const char *name,
                              struct strbuf *out, struct strbuf *text,
                              struct err *err);

#endif
