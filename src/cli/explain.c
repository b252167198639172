#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/explanation.h"
#include "run/declarations.h"
#include "run/rule_age.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_SCREEN_OPTIONS,
    {"category", 0, "CATEGORY", false,
     "what the part is, such as memory/dram/ddr4"},
    {"origin", 0, "COUNTRY", false, "where it was made, such as US or CN-XJ"},
    CLI_DECLARATIONS_OPTIONS,
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

/* What stays the same from one query to the next. */
struct session {
    struct cli_screen screen;
    struct declarations *declarations; /* or NULL */
    struct explainer *explainer;
    bool json;
};

static bool explain_one(void *ctx, struct str query, bool one_of_many,
                        struct err *err) {
    struct session *session = ctx;
    struct explanation explanation;
    if (!explainer_ask(session->explainer, query, &explanation, err))
        return false;
    if (session->json)
        explanation_print_json(stdout, &session->screen, &explanation,
                               one_of_many);
    else
        explanation_print_text(stdout, &session->screen, &explanation);
    return true;
}

static bool open_session(const struct cli_args *args, struct session *session,
                         struct err *err) {
    const char *origin = cli_value(args, "origin");
    struct explainer_said said = {
        .origin = str_from(origin),
        .strict_contents = cli_flag(args, "strict-contents"),
    };
    if (!cli_wants_json(args, &session->json, err) ||
        !cli_read_screen(args, &session->screen, err) ||
        !cli_read_category(args, session->screen.rules, &said.category, err) ||
        !cli_read_declarations(args, &session->screen, &session->declarations,
                               err))
        return false;
    said.declarations = session->declarations;
    session->explainer = explainer_new(&session->screen, &said);
    return session->explainer != NULL || err_nomem(err);
}

static int explain(const struct cli_args *args) {
    struct session session = {.explainer = NULL};
    struct err err = ERR_INIT;
    int status = EXIT_CLEAN;
    if (args->operand_count != 1)
        return cli_usage_error("explain needs one name or part number, or -");
    if (!open_session(args, &session, &err)) {
        status = cli_refuse(&err);
    } else {
        bool ok =
            cli_each_query(args->operands[0], explain_one, &session, &err);
        status =
            !ok || !rule_age_check(session.screen.rules, session.screen.as_of,
                                   session.screen.max_rule_age, &err)
                ? cli_fail(&err)
                : EXIT_CLEAN;
        status = cli_finish(status);
    }
    explainer_free(session.explainer);
    declarations_free(session.declarations);
    cli_screen_dispose(&session.screen);
    return status;
}

const struct cli_command explain_command = {
    .name = "explain",
    .operands = "NAME|MPN|-",
    .summary = "who is it, what hits, and why",
    .help = "- reads one query a line from standard input.",
    .options = options,
    .run = explain,
};
