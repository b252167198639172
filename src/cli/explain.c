#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/explanation.h"
#include "core/mem.h"
#include "run/rule_age.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_SCREEN_OPTIONS,
    {"category", 0, "CATEGORY", false,
     "what the part is, such as memory/dram/ddr4"},
    {"origin", 0, "COUNTRY", false, "where it was made, such as US or CN-XJ"},
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

#define QUERY_MAX (64 * 1024) /* bytes of one line of standard input */

/* What stays the same from one query to the next. */
struct session {
    struct cli_screen screen;
    struct explainer *explainer;
    bool json;
};

static bool explain_one(struct session *session, struct str query,
                        bool one_of_many, struct err *err) {
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

/* One query a line; blank lines are none. */
static bool explain_input(struct session *session, struct err *err) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    bool ok = true;
    errno = 0;
    while (ok && (len = getline(&line, &cap, stdin)) >= 0) {
        struct str query = str_trim((struct str){line, (size_t)len});
        if (query.len > QUERY_MAX)
            ok = err_set(err, ERR_LIMIT, "a query has at most %d bytes",
                         QUERY_MAX);
        else if (query.len != 0)
            ok = explain_one(session, query, true, err);
    }
    if (ok && ferror(stdin))
        ok = err_set(err, ERR_IO, "cannot read standard input: %s",
                     strerror(errno));
    free(line); /* getline() allocates it */
    return ok;
}

static bool open_session(const struct cli_args *args, struct session *session,
                         struct err *err) {
    const char *category = cli_value(args, "category");
    const char *origin = cli_value(args, "origin");
    uint32_t number = RULES_NONE;
    if (!cli_wants_json(args, &session->json, err) ||
        !cli_read_screen(args, &session->screen, err))
        return false;
    if (category != NULL) {
        number = rules_find_category(session->screen.rules, str_from(category));
        if (number == RULES_NONE)
            return err_set(err, ERR_INVALID,
                           "unknown category '%s'; `bomgate rules list "
                           "--categories` shows them",
                           category);
    }
    session->explainer =
        explainer_new(&session->screen, number, str_from(origin));
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
        const char *query = args->operands[0];
        bool ok = strcmp(query, "-") == 0
                      ? explain_input(&session, &err)
                      : explain_one(&session, str_from(query), false, &err);
        status =
            !ok || !rule_age_check(session.screen.rules, session.screen.as_of,
                                   session.screen.max_rule_age, &err)
                ? cli_fail(&err)
                : EXIT_CLEAN;
        status = cli_finish(status);
    }
    explainer_free(session.explainer);
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
