#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/history_verbs.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_RECORD_OPTIONS,
    CLI_SCREEN_OPTIONS,
    CLI_FAIL_ON_OPTION,
    {"only-new", 0, NULL, false,
     "with rescreen: only what was not found before fails"},
    CLI_WISH_OPTIONS,
    CLI_PARTS_OPTION,
    CLI_DECLARATIONS_OPTIONS,
    {"product", 0, "NAME", false, "with list and rescreen: only this one"},
    {"from", 0, "DATE", false, "with list: the first day"},
    {"to", 0, "DATE", false, "with list: the last day"},
    {"before", 0, "DATE", false, "with forget: the runs before that day"},
    {"keep", 0, "TIME", false,
     "with forget: the runs before the last 90d (days), 8q (quarters) or 2y "
     "(years); the newest BOM of each board stays"},
    {"why", 0, "TEXT", false, "with forget: the reason, which stays"},
    {"dry-run", 0, NULL, false, "with forget: say which, and change nothing"},
    {"output", 'o', "DIR", false,
     "with export: the folder that the tables go to, as CSV, and the files "
     "that are kept"},
    {"head", 0, "HASH", false,
     "with verify: a head that was printed before, which must be in the chain"},
    {"format", 'f', "FORMAT", false,
     "text (default) or json; with export: json (default) or csv"},
    {NULL, 0, NULL, false, NULL},
};

static const struct {
    const char *name, *operands;
    int (*run)(struct history_call *call);
    enum history_use use;
    bool has_formats; /* of its own */
} verbs[] = {
    {"list", "", cli_history_list, HISTORY_READ, false},
    {"show", " RUN", cli_history_show, HISTORY_READ, false},
    {"diff", " RUN RUN", cli_history_diff, HISTORY_READ, false},
    {"where-used", " PARTY|MPN", cli_history_where_used, HISTORY_READ, false},
    {"rescreen", "", cli_history_rescreen, HISTORY_READ, false},
    {"import", " REPORT…", cli_history_import, HISTORY_RECORD, false},
    {"export", "", cli_history_export, HISTORY_READ, true},
    {"forget", " [RUN…]", cli_history_forget, HISTORY_CHANGE, false},
    {"verify", "", cli_history_verify, HISTORY_READ, false},
};

static int unknown_verb(void) {
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        strbuf_printf(&known, "%s%s%s", i == 0 ? "" : ", ", verbs[i].name,
                      verbs[i].operands);
    int status = cli_usage_error("history needs one of %s",
                                 known.failed ? "--help" : known.ptr);
    strbuf_dispose(&known);
    return status;
}

/* What a reader prints is of one moment. */
static bool open_history(struct history_call *call, enum history_use use,
                         struct err *err) {
    return cli_open_history(call->args, use, &call->history, err) &&
           (use != HISTORY_READ || history_exec(call->history, "BEGIN", err));
}

static int history(const struct cli_args *args) {
    struct history_call call = {.args = args};
    struct err err = ERR_INIT;
    const char *verb = args->operand_count != 0 ? args->operands[0] : "";
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, verb) != 0)
            continue;
        bool ok =
            (verbs[i].has_formats || cli_wants_json(args, &call.json, &err)) &&
            open_history(&call, verbs[i].use, &err);
        int status = ok ? verbs[i].run(&call) : cli_refuse(&err);
        history_close(call.history);
        return status;
    }
    return unknown_verb();
}

const struct cli_command history_command = {
    .name = "history",
    .operands = "list|show RUN|diff RUN RUN|where-used PARTY|MPN|rescreen|"
                "import REPORT…|export|forget [RUN…]|verify",
    .summary = "what was checked before, by which rules, and what was found",
    .help = "A RUN is its number, or the first 8 or more characters of its "
            "hash. diff exits 1\nwhen the runs differ, verify when the history "
            "is not as it was recorded. forget\nleaves the hash, the time and "
            "the reason of each run in the chain.",
    .options = options,
    .run = history,
};
