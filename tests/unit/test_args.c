#include "cli/args.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(args, .timeout = 30);

static const struct cli_option options[] = {
    {"profile", 'p', "PROFILE", true, "who is buying"},
    {"as-of", 0, "DATE", false, "the day"},
    {"format", 'f', "FORMAT", false, "which"},
    {"no-fail", 0, NULL, false, "a flag"},
    {"quiet", 'q', NULL, false, "a flag"},
    {"verbose", 'v', NULL, true, "a flag that repeats"},
    {.name = NULL},
};

/* The words of a command line, separated by blanks; '_' is an empty word. */
struct line {
    char text[256];
    char *words[32];
    int count;
};

static void split(struct line *line, const char *text) {
    snprintf(line->text, sizeof(line->text), "%s", text);
    line->count = 0;
    for (char *at = line->text; *at != '\0';) {
        char *blank = strchr(at, ' ');
        if (blank != NULL)
            *blank = '\0';
        line->words[line->count++] = at;
        if (strcmp(at, "_") == 0)
            *at = '\0';
        if (blank == NULL)
            break;
        at = blank + 1;
    }
}

/* "profile=a quiet= | x -": what was given, then the operands. */
static void show(const struct cli_args *args, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < args->given_count; i++)
        used +=
            (size_t)snprintf(out + used, size - used, "%s=%s ",
                             args->given[i].option->name, args->given[i].value);
    used += (size_t)snprintf(out + used, size - used, "|");
    for (size_t i = 0; i < args->operand_count; i++)
        used +=
            (size_t)snprintf(out + used, size - used, " %s", args->operands[i]);
}

Test(args, options_are_read_in_every_usual_spelling) {
    static const struct {
        const char *line, *want;
    } cases[] = {
        {"", "|"},
        {"bom.csv", "| bom.csv"},
        {"--profile a bom.csv", "profile=a | bom.csv"},
        {"--profile=a bom.csv", "profile=a | bom.csv"},
        {"-p a bom.csv", "profile=a | bom.csv"},
        {"-pa bom.csv", "profile=a | bom.csv"},
        {"-p a -p b", "profile=a profile=b |"},
        {"bom.csv -p a", "profile=a | bom.csv"},
        {"--as-of=", "as-of= |"},
        {"--as-of _ x", "as-of= | x"},
        {"--format=a=b", "format=a=b |"},
        {"-f json -q", "format=json quiet= |"},
        {"-qfjson", "quiet= format=json |"},
        {"-qf json", "quiet= format=json |"},
        {"-vvv", "verbose= verbose= verbose= |"},
        {"--no-fail", "no-fail= |"},
        {"-", "| -"},
        {"- -p -", "profile=- | -"},
        {"-p -x", "profile=-x |"},
        {"-- -p --quiet", "| -p --quiet"},
        {"-q -- -- x", "quiet= | -- x"},
        {"_", "| "},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct line line;
        struct cli_args args;
        struct err err = ERR_INIT;
        char got[512];
        split(&line, cases[i].line);
        cr_assert(cli_args_parse(&args, options, line.count, line.words, &err),
                  "'%s': %s", cases[i].line, err.msg);
        show(&args, got, sizeof(got));
        cr_expect(strcmp(got, cases[i].want) == 0, "'%s' is '%s', not '%s'",
                  cases[i].line, got, cases[i].want);
        cli_args_dispose(&args);
    }
}

Test(args, a_wrong_call_is_told) {
    static const struct {
        const char *line, *want;
    } cases[] = {
        {"--profil a", "unknown option --profil"},
        {"--profiles=a", "unknown option --profiles"},
        {"--=a", "unknown option --"},
        {"-x", "unknown option -x"},
        {"-qx", "unknown option -x"},
        {"-p", "--profile needs a value: PROFILE"},
        {"--as-of", "--as-of needs a value: DATE"},
        {"-qf", "--format needs a value: FORMAT"},
        {"--quiet=yes", "--quiet takes no value"},
        {"--quiet=", "--quiet takes no value"},
        {"--as-of a --as-of b", "--as-of is given twice"},
        {"-fa -fb", "--format is given twice"},
        {"-qq", "--quiet is given twice"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct line line;
        struct cli_args args;
        struct err err = ERR_INIT;
        split(&line, cases[i].line);
        cr_expect(
            not(cli_args_parse(&args, options, line.count, line.words, &err)),
            "'%s'", cases[i].line);
        cr_expect(strcmp(err.msg, cases[i].want) == 0, "'%s': '%s', not '%s'",
                  cases[i].line, err.msg, cases[i].want);
    }
}

static void parse(struct cli_args *args, struct line *line, const char *text) {
    struct err err = ERR_INIT;
    split(line, text);
    cr_assert(cli_args_parse(args, options, line->count, line->words, &err),
              "%s", err.msg);
}

Test(args, a_flag_stands_before_the_environment) {
    struct line line;
    struct cli_args args;
    cr_assert(eq(int, setenv("BOMGATE_AS_OF", "2020-01-01", 1), 0));
    cr_assert(eq(int, setenv("BOMGATE_FORMAT", "", 1), 0));
    cr_assert(eq(int, setenv("BOMGATE_NO_FAIL", "1", 1), 0));
    cr_assert(eq(int, setenv("BOMGATE_OTHER", "x", 1), 0));
    parse(&args, &line, "--as-of 2024-01-01");
    cr_expect(strcmp(cli_value(&args, "as-of"), "2024-01-01") == 0);
    cr_expect(cli_flag(&args, "no-fail"));
    cr_expect(not(cli_flag(&args, "quiet")));
    cr_expect(cli_value(&args, "format") == NULL, "empty is not set");
    cr_expect(cli_value(&args, "other") == NULL, "no option of the command");
    cli_args_dispose(&args);
    parse(&args, &line, "");
    cr_expect(strcmp(cli_value(&args, "as-of"), "2020-01-01") == 0);
    cli_args_dispose(&args);
}

Test(args, several_values_come_in_order_or_from_one_list) {
    struct line line;
    struct cli_args args;
    struct strbuf buf = {.ptr = NULL};
    cr_assert(eq(int, setenv("BOMGATE_PROFILE", "x, y", 1), 0));
    parse(&args, &line, "-p a -p b");
    cr_expect(strcmp(cli_value_at(&args, "profile", 0, &buf), "a") == 0);
    cr_expect(strcmp(cli_value_at(&args, "profile", 1, &buf), "b") == 0);
    cr_expect(cli_value_at(&args, "profile", 2, &buf) == NULL);
    cli_args_dispose(&args);
    parse(&args, &line, "");
    cr_expect(strcmp(cli_value_at(&args, "profile", 0, &buf), "x") == 0);
    cr_expect(strcmp(cli_value_at(&args, "profile", 1, &buf), "y") == 0);
    cr_expect(cli_value_at(&args, "profile", 2, &buf) == NULL);
    cli_args_dispose(&args);
    strbuf_dispose(&buf);
}

Test(args, a_flag_of_the_environment_may_say_no) {
    static const struct {
        const char *value;
        bool want;
    } cases[] = {
        {"1", true},      {"yes", true},  {"true", true},
        {"0", false},     {"no", false},  {"No", false},
        {"FALSE", false}, {"off", false}, {"", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct line line;
        struct cli_args args;
        cr_assert(eq(int, setenv("BOMGATE_NO_FAIL", cases[i].value, 1), 0));
        parse(&args, &line, "");
        cr_expect(eq(int, cli_flag(&args, "no-fail"), cases[i].want), "'%s'",
                  cases[i].value);
        cli_args_dispose(&args);
        parse(&args, &line, "--no-fail");
        cr_expect(cli_flag(&args, "no-fail"), "the flag itself");
        cli_args_dispose(&args);
    }
}
