#include "cli/progress.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "report/phrases.h"

#define SILENT 1.0  /* seconds that nobody minds waiting */
#define REFRESH 0.2 /* of a terminal's line */
#define CLEAR_LINE "\r\033[K"

static double seconds_between(const struct timespec *from,
                              const struct timespec *to) {
    return (double)(to->tv_sec - from->tv_sec) +
           (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

bool cli_progress_begin(struct cli_progress *progress, const char *path,
                        struct err *err) {
    *progress = (struct cli_progress){.terminal = isatty(STDERR_FILENO) == 1};
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->told = progress->begun;
    if (path == NULL)
        return true;
    progress->file = fopen(path, "wb");
    if (progress->file != NULL)
        return true;
    err_set(err, ERR_IO, "cannot write: %s", strerror(errno));
    return err_at(err, path, 0, 0);
}

/* "1,200,000 lines, 45 %, 800,000 lines/s, 2 s left" */
static void add_how_far(struct strbuf *out, const struct run_progress *how_far,
                        double seconds) {
    phrase_number(out, how_far->lines);
    strbuf_add_text(out, " lines, ");
    if (how_far->bom_count > 1)
        strbuf_printf(out, "file %zu of %zu, ", how_far->bom,
                      how_far->bom_count);
    if (how_far->share >= 0)
        strbuf_printf(out, "%.0f %%, ", 100 * how_far->share);
    phrase_number(out, (uint32_t)((double)how_far->lines / seconds));
    strbuf_add_text(out, " lines/s");
    if (how_far->bom_count == 1 && how_far->share > 0)
        strbuf_printf(out, ", %.0f s left",
                      seconds * (1 - how_far->share) / how_far->share);
}

static void show(struct cli_progress *progress,
                 const struct run_progress *how_far) {
    struct strbuf text = {.ptr = NULL};
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = seconds_between(&progress->begun, &now);
    if (seconds < SILENT || seconds_between(&progress->told, &now) < REFRESH)
        return;
    add_how_far(&text, how_far, seconds);
    if (!text.failed)
        fprintf(stderr, CLEAR_LINE "%s", text.ptr);
    strbuf_dispose(&text);
    fflush(stderr);
    progress->shown = true;
    progress->told = now;
}

/* A file that cannot be written is no reason to stop. */
void cli_progress_tell(void *ctx, const struct run_progress *how_far) {
    struct cli_progress *progress = ctx;
    if (progress->terminal)
        show(progress, how_far);
    if (progress->file == NULL)
        return;
    rewind(progress->file);
    fprintf(progress->file, "%u\n", (unsigned)how_far->lines);
    fflush(progress->file);
}

static void clear(struct cli_progress *progress) {
    if (progress->shown)
        fputs(CLEAR_LINE, stderr);
    progress->shown = false;
}

void cli_progress_message(void *ctx, const char *line) {
    clear(ctx);
    cli_print_line(NULL, line);
}

void cli_progress_end(struct cli_progress *progress) {
    clear(progress);
    if (progress->file != NULL)
        fclose(progress->file);
    progress->file = NULL;
}
