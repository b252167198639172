#ifndef BOMGATE_RUN_PATHS_H
#define BOMGATE_RUN_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"

/** The BOMs of a run, in order, and what in its folders is none. */
struct path_list {
    struct listed_path {
        const char *path;
        const char *place; /* from place_of() */
        bool found;        /* in a folder; else the user named it */
        size_t named;      /* which of the names led to it, from 0 */
    } * paths;
    size_t count, cap;
    size_t named; /* so far */
    struct report_skip *skipped;
    size_t skipped_count, skipped_cap;
    struct arena arena;
};

/* A folder that holds more is not a folder of BOMs. */
#define PATHS_MAX 100000
#define PATHS_DEPTH_MAX 32

/**
 * Expand what the user named: a file and "-" stand for themselves, a folder
 * for the files below it that have a BOM's extension, in byte order. Hidden
 * entries and links to folders are passed over.
 *
 * @param[in,out] list  Zeroed before the first call; path_list_dispose().
 */
NODISCARD bool path_list_add(struct path_list *list, const char *path,
                             struct err *err);

/** Note that a file is no BOM after all. `why` is copied. */
NODISCARD bool path_list_skip(struct path_list *list, const char *path,
                              const char *why, struct err *err);

void path_list_dispose(struct path_list *list);

#endif
