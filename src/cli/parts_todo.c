#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/parts_verbs.h"
#include "cli/progress.h"
#include "core/lang.h"
#include "run/parts_todo.h"
#include "run/run.h"

struct call {
    struct cli_progress progress; /* first: the run's ctx is both */
    struct cli_screen screen;
    struct cli_decisions decisions;
    struct cli_readings readings;
    struct parts_todo *todo;
};

static bool take_line(void *ctx, const struct run_info *run,
                      const struct report_line *line, struct err *err) {
    struct call *call = ctx;
    if (call->todo == NULL)
        call->todo = parts_todo_new(run);
    if (call->todo == NULL)
        return err_nomem(err);
    return parts_todo_line(call->todo, line, err);
}

static void print_keyless(const struct parts_todo *todo) {
    struct str lines;
    size_t count = parts_todo_keyless(todo, &lines);
    if (count == 0)
        return;
    printf(tr_count("%zu line has no number and no value that a parts file "
                    "could name it by; add one on the BOM: ",
                    "%zu lines have no number and no value that a parts file "
                    "could name them by; add one on the BOM: ",
                    count),
           count);
    cli_print_text(stdout, lines);
    putchar('\n');
}

static void print_sums(const struct call *call, const char *path) {
    size_t open = parts_todo_count(call->todo);
    uint32_t beyond = parts_todo_beyond(call->todo);
    printf(tr_count("%zu part to be named: ", "%zu parts to be named: ", open),
           open);
    cli_print_text(stdout, str_from(path));
    putchar('\n');
    if (beyond != 0)
        printf(tr_count("%u line more found no room; name these first\n",
                        "%u lines more found no room; name these first\n",
                        beyond),
               (unsigned)beyond);
    print_keyless(call->todo);
}

static int write_list(struct call *call, const char *path,
                      enum exit_status status, struct err *err) {
    if (call->todo == NULL)
        return (int)status;
    if (!parts_todo_write(call->todo, call->decisions.parts, path, err)) {
        err_at(err, path, 0, 0);
        return cli_fail(err);
    }
    print_sums(call, path);
    return cli_finish((int)status);
}

static int list_parts(struct call *call, const struct cli_args *args,
                      const char *path) {
    const struct run_options run = {
        .rules = call->screen.rules,
        .paths = args->operands + 1,
        .path_count = args->operand_count - 1,
        .profiles = call->screen.profiles,
        .profile_count = call->screen.profile_count,
        .declared = call->screen.declared,
        .activity = call->screen.activity,
        .as_of = call->screen.as_of,
        .waivers = call->decisions.waivers,
        .parts = call->decisions.parts,
        .survey = true,
        .fail_on = VERDICT_PROHIBITED,
        .no_fail = true,
        .context.product = cli_value(args, "product"),
        .readings = {call->readings.items, call->readings.count},
        .message = cli_progress_message,
        .progress = cli_progress_tell,
        .line = take_line,
        .ctx = call,
    };
    enum exit_status status;
    struct err err = ERR_INIT;
    bool ok = run_check(&run, &status, &err);
    cli_progress_end(&call->progress);
    return ok ? write_list(call, path, status, &err) : cli_refuse(&err);
}

int cli_parts_todo(const struct cli_args *args) {
    struct call call = {.todo = NULL};
    struct err err = ERR_INIT;
    const char *path = cli_value(args, "output");
    if (args->operand_count < 2)
        return cli_usage_error(
            "parts todo needs a BOM: a file, a folder, or -");
    if (path == NULL)
        return cli_usage_error("parts todo needs -o FILE, such as todo.xlsx");
    int status = cli_read_screen(args, &call.screen, &err) &&
                         cli_read_decisions(args, &call.screen, path,
                                            &call.decisions, &err) &&
                         cli_read_readings(args, &call.readings, &err) &&
                         cli_progress_begin(&call.progress, NULL, &err)
                     ? list_parts(&call, args, path)
                     : cli_refuse(&err);
    parts_todo_free(call.todo);
    cli_readings_dispose(&call.readings);
    cli_decisions_dispose(&call.decisions);
    cli_screen_dispose(&call.screen);
    return status;
}
