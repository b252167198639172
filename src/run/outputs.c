#include "run/outputs.h"

#include <errno.h>
#include <string.h>

#include "core/mem.h"

struct output {
    const struct report_format *format;
    struct report *report;   /* NULL once it has ended */
    struct atomic_file file; /* path NULL: standard output */
};

static bool open_report(struct output *output, const struct run_output *wanted,
                        const struct run_options *options,
                        const struct run_info *info, struct err *err) {
    struct report_target target = {
        .out = stdout,
        .color = options->color && wanted->path == NULL,
        .columns = wanted->path == NULL ? options->columns : 0,
        .summary_only = wanted->summary_only,
    };
    output->format = wanted->format;
    if (wanted->path != NULL) {
        if (!atomic_file_begin(&output->file, wanted->path, err))
            return false;
        target.out = output->file.out;
        target.path = output->file.temp;
        if ((wanted->format->flags & REPORT_BY_NAME) != 0 &&
            !atomic_file_close(&output->file, err))
            return false;
    }
    return wanted->format->begin(&output->report, &target, info, err);
}

bool outputs_begin(struct outputs *outputs, const struct run_options *options,
                   const struct run_info *info, struct err *err) {
    struct outputs made = {.count = options->output_count};
    made.items = mem_calloc(made.count, sizeof(*made.items));
    if (made.items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < made.count; i++) {
        const struct run_output *wanted = &options->outputs[i];
        if (!open_report(&made.items[i], wanted, options, info, err)) {
            if (wanted->path != NULL)
                err_at(err, wanted->path, 0, 0);
            outputs_abandon(&made);
            return false;
        }
    }
    *outputs = made;
    return true;
}

bool outputs_bom_begin(struct outputs *outputs, const struct bom_info *bom,
                       struct err *err) {
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];
        if (output->format->bom_begin != NULL &&
            !output->format->bom_begin(output->report, bom, err))
            return false;
    }
    return true;
}

bool outputs_line(struct outputs *outputs, const struct report_line *line,
                  struct err *err) {
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];
        if (!output->format->line(output->report, line, err))
            return false;
    }
    return true;
}

bool outputs_skip_clear(const struct outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        const struct output *output = &outputs->items[i];
        if (output->format->skips_clear == NULL ||
            !output->format->skips_clear(output->report))
            return false;
    }
    return true;
}

bool outputs_bom_end(struct outputs *outputs, const struct bom_totals *totals,
                     struct err *err) {
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];
        if (!output->format->bom_end(output->report, totals, err))
            return false;
    }
    return true;
}

static bool finish_one(struct output *output, const struct run_totals *totals,
                       struct err *err) {
    struct report *report = output->report;
    output->report = NULL;
    if (!output->format->finish(report, totals, err)) {
        if (output->file.path != NULL)
            err_at(err, output->file.path, 0, 0);
        atomic_file_abandon(&output->file);
        return false;
    }
    if (output->file.path != NULL)
        return atomic_file_commit(&output->file, err);
    if (fflush(stdout) != 0 || ferror(stdout))
        return err_set(err, ERR_IO, "cannot write to standard output: %s",
                       strerror(errno));
    return true;
}

bool outputs_finish(struct outputs *outputs, const struct run_totals *totals,
                    struct err *err) {
    bool ok = true;
    for (size_t i = 0; i < outputs->count; i++) {
        struct err failure = ERR_INIT;
        if (finish_one(&outputs->items[i], totals, &failure))
            continue;
        if (ok)
            *err = failure;
        ok = false;
    }
    outputs_abandon(outputs);
    return ok;
}

void outputs_abandon(struct outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        struct output *output = &outputs->items[i];
        if (output->report != NULL)
            output->format->abandon(output->report);
        atomic_file_abandon(&output->file);
    }
    mem_free(outputs->items);
    *outputs = (struct outputs){.items = NULL};
}
