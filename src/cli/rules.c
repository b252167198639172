#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/rules_page.h"
#include "core/date.h"
#include "maker/grammar_check.h"
#include "ruleset/compile.h"
#include "run/run.h"

static const struct cli_option options[] = {
    {"as-of", 0, "DATE", false, "the state of that day; default today"},
    {"categories", 0, NULL, false, "with list: the categories instead"},
    CLI_RULES_OPTIONS,
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

/* What the verbs share. */
struct call {
    const struct cli_args *args;
    struct ruleset *rules;
    int32_t as_of;
    bool json;
};

static bool read_call(struct call *call, struct err *err) {
    const char *as_of = cli_value(call->args, "as-of");
    call->as_of = date_today();
    if (as_of != NULL && !date_parse(str_from(as_of), &call->as_of))
        return err_set(err, ERR_INVALID,
                       "--as-of '%s' is no day; write YYYY-MM-DD", as_of);
    return cli_wants_json(call->args, &call->json, err) &&
           cli_open_rules(call->args, &call->rules, err);
}

static int list(struct call *call) {
    if (call->args->operand_count != 1)
        return cli_usage_error("rules list takes no operand");
    if (cli_flag(call->args, "categories") && call->json)
        return cli_usage_error("the categories are listed as text only");
    if (cli_flag(call->args, "categories"))
        rules_page_categories(stdout, call->rules);
    else if (call->json)
        rules_page_json(stdout, call->rules, call->as_of, RULES_NONE);
    else
        rules_page_list(stdout, call->rules, call->as_of);
    return cli_finish(EXIT_CLEAN);
}

static int show(struct call *call) {
    if (call->args->operand_count != 2)
        return cli_usage_error("rules show needs the id of a measure, a party "
                               "or a profile");
    struct str id = str_from(call->args->operands[1]);
    uint32_t measure = rules_find_measure(call->rules, id);
    uint32_t party = rules_find_party(call->rules, id);
    uint32_t profile = rules_find_profile(call->rules, id);
    if (measure != RULES_NONE && call->json)
        rules_page_json(stdout, call->rules, call->as_of, measure);
    else if (call->json && (party != RULES_NONE || profile != RULES_NONE))
        return cli_usage_error("only measures are shown as JSON");
    else if (measure != RULES_NONE)
        rules_page_measure(stdout, call->rules, call->as_of, measure);
    else if (party != RULES_NONE)
        rules_page_party(stdout, call->rules, party);
    else if (profile != RULES_NONE)
        rules_page_profile(stdout, call->rules, profile);
    else
        return cli_usage_error("no measure, party or profile is called '%s'; "
                               "`bomgate rules list` shows them",
                               call->args->operands[1]);
    return cli_finish(EXIT_CLEAN);
}

/* The rules in a folder, or the shipped ones: the same checks either way. */
static int lint(struct call *call) {
    struct rule_problems problems = {.add = cli_print_problem};
    struct err err = ERR_INIT;
    struct ruleset *shipped = NULL, *linted = NULL;
    const char *folder =
        call->args->operand_count > 1 ? call->args->operands[1] : NULL;
    if (call->args->operand_count > 2)
        return cli_usage_error("rules lint takes one folder");
    if (!ruleset_open(&shipped, call->args->shipped_rules,
                      call->args->shipped_rules_size, &err))
        return cli_fail(&err);
    int status = EXIT_CLEAN;
    if (folder != NULL &&
        !ruleset_load_folder(&linted, folder, shipped, &problems, &err))
        status = err.code == ERR_INVALID || err.code == ERR_SYNTAX
                     ? EXIT_FOUND
                     : EXIT_NO_ANSWER;
    if (status != EXIT_CLEAN) {
        cli_print_problem(NULL, &err);
    } else if (!grammar_check(linted != NULL ? linted : shipped, &problems,
                              &err)) {
        cli_print_problem(NULL, &err);
        status = EXIT_FOUND;
    } else {
        rules_page_sums(stdout, linted != NULL ? linted : shipped);
    }
    ruleset_close(linted);
    ruleset_close(shipped);
    return cli_finish(status);
}

static const struct {
    const char *name;
    int (*run)(struct call *call);
    bool opens_rules;
} verbs[] = {
    {"list", list, true},
    {"show", show, true},
    {"lint", lint, false},
};

static int rules(const struct cli_args *args) {
    struct call call = {.args = args};
    struct err err = ERR_INIT;
    const char *verb = args->operand_count != 0 ? args->operands[0] : "";
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, verb) != 0)
            continue;
        if (verbs[i].opens_rules && !read_call(&call, &err))
            return cli_refuse(&err);
        int status = verbs[i].run(&call);
        ruleset_close(call.rules);
        return status;
    }
    return cli_usage_error("rules needs one of list, show ID, lint [DIR]");
}

const struct cli_command rules_command = {
    .name = "rules",
    .operands = "list|show ID|lint [DIR]",
    .summary = "what the rule set holds; check a folder of rules",
    .options = options,
    .run = rules,
};
