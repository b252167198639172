#include <inttypes.h>

#include "cli/history_verbs.h"
#include "core/json_writer.h"
#include "run/report_import.h"
#include "run/run.h"

static void print_mark(const struct history_call *call, const char *path,
                       const struct history_mark *mark) {
    if (call->json) {
        struct json_writer json = JSON_WRITER(stdout);
        json_open_object(&json);
        json_put_text(&json, "schema", "bomgate-history-import/1");
        json_put_text(&json, "report", path);
        json_put_int(&json, "run", mark->run);
        json_put_text(&json, "head", mark->head);
        json_put_bool(&json, "old", mark->is_old);
        json_close_object(&json);
        json_finish(&json);
        return;
    }
    cli_print_text(stdout, str_from(path));
    printf(": %s run %" PRId64 ", %s\n",
           mark->is_old ? "was recorded before as" : "recorded as", mark->run,
           mark->head);
}

/* Each report is a run of its own: one that cannot be read does not take back
   those before it. */
int cli_history_import(struct history_call *call) {
    const struct cli_args *args = call->args;
    struct cli_record record = {.options = {.history = NULL}};
    struct err err = ERR_INIT;
    if (args->operand_count < 2)
        return cli_usage_error("history import needs a report of `bomgate "
                               "check --all-lines -f json`");
    if (call->json && args->operand_count > 2)
        return cli_usage_error("history import -f json takes one report");
    struct ruleset *rules = NULL;
    bool ok = cli_read_origin(args, &record, &err) &&
              cli_open_rules(args, &rules, &err);
    record.options.rules = rules;
    record.options.history = call->history;
    for (size_t i = 1; ok && i < args->operand_count; i++) {
        struct history_mark mark;
        ok = report_import(args->operands[i], &record.options, &mark, &err);
        if (ok)
            print_mark(call, args->operands[i], &mark);
    }
    ruleset_close(rules);
    arena_dispose(&record.arena);
    return ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}
