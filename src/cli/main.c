#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/args.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/shipped_rules.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/report.h"
#include "run/config.h"
#include "run/run.h"
#include "web/program.h"

const struct cli_command *const cli_commands[] = {
    &check_command,
    &explain_command,
    &alternatives_command,
    &columns_command,
    &parts_command,
    &rules_command,
    &waive_command,
    &history_command,
    &audit_command,
    &serve_command,
    NULL,
};

static const struct {
    enum exit_status status;
    const char *meaning;
} exits[] = {
    {EXIT_CLEAN, "nothing at or above --fail-on"},
    {EXIT_FOUND, "something is; rules lint, rules diff: problems, differences"},
    {EXIT_NO_ANSWER, "it could not be checked, not all of it, or too few "
                     "makers are known"},
    {EXIT_NO_LINES, "understood, but there were no part lines"},
};

static void print_help(void) {
    puts("bomgate: which lines of a bill of materials may we not buy, under "
         "whose rule,\nfrom which day, and what can we buy instead?\n");
    puts("Commands (bomgate COMMAND --help says more):");
    for (size_t i = 0; cli_commands[i] != NULL; i++)
        printf("  %-13s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    puts("\nFormats:");
    for (size_t i = 0; report_formats[i] != NULL; i++)
        printf("  %-13s %s\n", report_formats[i]->name,
               report_formats[i]->summary);
    puts("\nExit status:");
    for (size_t i = 0; i < ARRAY_LEN(exits); i++)
        printf("  %-13d %s\n", (int)exits[i].status, exits[i].meaning);
    puts("\nbomgate --version names the program and its rule set.");
}

#define HELP_INDENT 31
#define HELP_COLUMNS 80

/* Words from HELP_INDENT on, the next line where one would not fit. */
static void print_wrapped(const char *text) {
    size_t column = HELP_INDENT;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        if (column > HELP_INDENT && column + 1 + len >= HELP_COLUMNS) {
            printf("\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        }
        if (column > HELP_INDENT) {
            putchar(' ');
            column++;
        }
        fwrite(text, 1, len, stdout);
        column += len;
        text += len;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void print_option(const struct cli_option *option) {
    char name[64];
    snprintf(name, sizeof(name), "%c%c%s--%s%s%s",
             option->letter != 0 ? '-' : ' ',
             option->letter != 0 ? option->letter : ' ',
             option->letter != 0 ? ", " : "  ", option->name,
             option->value != NULL ? " " : "",
             option->value != NULL ? option->value : "");
    printf("  %-28s ", name);
    print_wrapped(option->help);
}

static void print_command_help(const struct cli_command *command) {
    printf("bomgate %s [option]…%s%s\n%s\n", command->name,
           command->operands[0] != '\0' ? " " : "", command->operands,
           command->summary);
    if (command->help != NULL)
        printf("\n%s\n", command->help);
    puts("\nOptions:");
    for (const struct cli_option *o = command->options; o->name != NULL; o++)
        print_option(o);
}

static int print_version(void) {
    struct err err = ERR_INIT;
    struct ruleset *rules;
    if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err))
        return cli_fail(&err);
    printf("bomgate %s\nrules %s, sha256 %s\n", BOMGATE_VERSION,
           ruleset_version(rules), ruleset_sha256(rules));
    ruleset_close(rules);
    return cli_finish(EXIT_CLEAN);
}

static bool asks_for_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

/* Settings lie beside the BOMs; for a command without one, beside its user. */
static bool find_config(const struct cli_command *command,
                        const struct cli_args *args, struct config **out,
                        struct err *err) {
    static const char *const here[] = {"."};
    size_t verbs = command->verbs;
    bool beside = command->reads_boms && args->operand_count > verbs;
    const char *const *paths = beside ? args->operands + verbs : here;
    size_t count = beside ? args->operand_count - verbs : 1;
    return args->base != NULL
               ? config_find_in(out, args->base, paths, count, err)
               : config_find(out, paths, count, err);
}

/* What a change says itself of how it is gated is not for this run.
   @param[out] there  The settings that hold, where a change is checked. */
static bool settle(const struct cli_command *command, struct cli_args *args,
                   struct config **there, struct err *err) {
    const struct config *here = args->config;
    args->base = cli_value(args, "waivers-from");
    if (args->base == NULL)
        return true;
    if (!find_config(command, args, there, err))
        return false;
    if (!config_is_same(here, *there))
        cli_tell_pending(args, config_path(here != NULL ? here : *there));
    args->config = *there;
    return true;
}

static int run_command(const struct cli_command *command, int argc,
                       char **argv) {
    struct cli_args args;
    struct err err = ERR_INIT;
    if (asks_for_help(argc, argv)) {
        print_command_help(command);
        return cli_finish(EXIT_CLEAN);
    }
    if (!cli_args_parse(&args, command->options, argc, argv, &err))
        return lang_is_by_form()
                   ? cli_refuse(&err)
                   : cli_usage_error("%s: %s", command->name, err.msg);
    cli_tell_variables();
    args.verbs = command->verbs;
    args.shipped_rules = shipped_rules;
    args.shipped_rules_size = shipped_rules_size;
    struct config *config = NULL;
    /* What is wrong with the settings is told in the language of the call. */
    if (!cli_choose_language(&args, &err)) {
        cli_args_dispose(&args);
        return cli_refuse(&err);
    }
    if (!find_config(command, &args, &config, &err)) {
        cli_args_dispose(&args);
        return cli_fail(&err);
    }
    args.config = config;
    struct config *there = NULL;
    struct cli_pending pending = {.paths = NULL};
    args.pending = &pending;
    int status;
    if (!settle(command, &args, &there, &err))
        status = cli_fail(&err);
    else if (!cli_choose_language(&args, &err))
        status = cli_refuse(&err);
    else
        status = command->run(&args);
    mem_free(pending.paths);
    arena_dispose(&pending.arena);
    config_free(there);
    config_free(config);
    cli_args_dispose(&args);
    return status;
}

/* A file opened later must not get the number of a stream that the caller
   closed: what is printed would land in it. */
static void hold_streams(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
            _exit(EXIT_NO_ANSWER);
    }
}

/* What the page calls the options that its form has. */
static const struct lang_label form_labels[] = {
    {"profile", N_("Who is buying")},
    {"activity", N_("What is being done")},
    {"as-of", N_("The day to judge by")},
    {"company", N_("Company")},
    {"product", N_("Product")},
    {"revision", N_("Revision")},
    {"sheet", N_("Sheet")},
    {"encoding", N_("Text encoding")},
    {NULL, NULL},
};

/* Whatever is wrong is said in its language from the first word on. */
static void ask_by_form(const char *language) {
    if (language != NULL && lang_use(language))
        lang_ask_by_form(form_labels);
}

int main(int argc, char **argv) {
    hold_streams();
    if (getenv(PROGRAM_BY_FORM) != NULL)
        ask_by_form(getenv(PROGRAM_LANGUAGE));
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write */
    signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
    if (argc < 2)
        return cli_usage_error("a command is missing");
    if (strcmp(argv[1], "--version") == 0)
        return print_version();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return cli_finish(EXIT_CLEAN);
    }
    for (size_t i = 0; cli_commands[i] != NULL; i++) {
        if (strcmp(argv[1], cli_commands[i]->name) == 0)
            return run_command(cli_commands[i], argc - 2, argv + 2);
    }
    return cli_usage_error("unknown command '%s'", argv[1]);
}
