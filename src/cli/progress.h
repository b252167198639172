#ifndef BOMGATE_CLI_PROGRESS_H
#define BOMGATE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "core/compiler.h"
#include "core/err.h"
#include "run/run.h"

/**
 * How far a check is: on a terminal one line on stderr that is written over,
 * once it has taken a second; in a file, for a program that waits, the number
 * of lines read.
 */
struct cli_progress {
    struct timespec begun, told;
    bool terminal;
    bool shown; /* a line stands on the terminal */
    FILE *file; /* or NULL */
};

/** @param path  The file, or NULL. */
NODISCARD bool cli_progress_begin(struct cli_progress *progress,
                                  const char *path, struct err *err);
/** What run_options.progress and run_options.message are told; `ctx` is the
    struct cli_progress. */
void cli_progress_tell(void *ctx, const struct run_progress *how_far);
void cli_progress_message(void *ctx, const char *line);
/** Take the line off the terminal, and close the file. */
void cli_progress_end(struct cli_progress *progress);

#endif
