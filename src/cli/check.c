#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/product.h"
#include "cli/progress.h"
#include "core/lang.h"
#include "core/mem.h"
#include "report/report.h"
#include "run/config.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_SCREEN_OPTIONS,
    {"output", 'o', "[FORMAT=]FILE", true,
     "write a report to FILE; its extension picks the format"},
    {"format", 'f', "FORMAT", false,
     "what to print: text (default) or another format"},
    CLI_FAIL_ON_OPTION,
    {"no-fail", 0, NULL, false, "exit 0 instead of 1"},
    {"allow-empty", 0, NULL, false, "exit 0 instead of 3 without part lines"},
    {"min-resolved", 0, "PERCENT", false,
     "exit 2 when fewer lines have a known maker; default 50"},
    {"baseline", 0, "FILE", false,
     "fail only on what this earlier JSON report does not have"},
    {"waivers", 0, "FILE", false,
     "the accepted findings; default " WAIVERS_NAME " beside the BOMs"},
    {"waivers-from", 0, "REF", false,
     "the commit that a change is for: the settings are those there, and "
     "waivers that are not there too do not hold yet"},
    CLI_PARTS_OPTION,
    CLI_DECLARATIONS_OPTIONS,
    {"product", 0, "NAME", false,
     "what the BOM is for, default the file's name; without a BOM: the "
     "product of the settings whose BOMs are checked"},
    CLI_VARIANT_OPTION,
    {"title", 0, "TEXT", false, "the report's title"},
    {"company", 0, "NAME", false, "the company that the report is for"},
    {"revision", 0, "REV", false, "of the product, for the history"},
    CLI_RECORD_OPTIONS,
    {"progress", 0, "FILE", false,
     "write there how many lines were read, as it goes on"},
    {"keep-files", 0, NULL, false, "keep the BOMs themselves in the history"},
    CLI_READING_OPTIONS,
    CLI_WISH_OPTIONS,
    {"all-lines", 0, NULL, false, "list the lines without a finding too"},
    {"no-digest", 0, NULL, false, "leave out the files' SHA-256"},
    {NULL, 0, NULL, false, NULL},
};

#define HEADING_MAX 200

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

static bool is_interrupted(void *ctx) {
    (void)ctx;
    return interrupted != 0;
}

/* Reports and readings live here until the run is over. */
struct call {
    struct cli_product chosen;
    struct cli_screen screen;
    struct cli_wish wish;
    struct cli_record record;
    struct cli_decisions decisions;
    struct run_options run;
    struct run_output *outputs;
    struct cli_readings readings;
    struct arena arena;       /* the outputs' paths */
    bool files;               /* at least one report goes to a file */
    const char *step_summary; /* GitHub's file for it, or NULL */
    const char *step_part;    /* what is to be added to that */
    struct cli_progress progress;
};

static bool known_format(struct str name, const struct report_format **format,
                         struct err *err) {
    *format = report_format_by_name(name);
    if (*format != NULL)
        return true;
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; report_formats[i] != NULL; i++)
        strbuf_printf(&known, "%s%s", i == 0 ? "" : ", ",
                      report_formats[i]->name);
    err_set(err, ERR_INVALID, "unknown format '%.*s'; one of %s", STR_ARG(name),
            known.failed ? "those of --help" : known.ptr);
    strbuf_dispose(&known);
    return false;
}

/* "sarif=out.json", else the extension says. A path may hold a '=' itself, so
   only the name of a format counts before it. */
static bool read_output(const char *value, struct run_output *out,
                        struct err *err) {
    const char *equals = strchr(value, '=');
    *out = (struct run_output){.path = value};
    if (equals != NULL)
        out->format = report_format_by_name(
            (struct str){value, (size_t)(equals - value)});
    if (out->format != NULL)
        out->path = equals + 1;
    else
        out->format = report_format_by_path(value);
    if (out->path[0] == '\0')
        return err_set(err, ERR_INVALID, "-o '%s' names no file", value);
    if (out->format == NULL)
        return err_set(err, ERR_INVALID,
                       "-o '%s': the extension names no format; write "
                       "-o FORMAT=FILE",
                       value);
    return true;
}

static bool read_printed(const struct cli_args *args, struct call *call,
                         struct err *err) {
    const char *format = cli_value(args, "format");
    struct run_output *printed = &call->outputs[call->run.output_count];
    /* On a terminal somebody is looking; into a log goes the summary. */
    *printed = (struct run_output){.summary_only =
                                       call->files && !isatty(STDOUT_FILENO)};
    if (!known_format(str_from(format != NULL ? format : "text"),
                      &printed->format, err))
        return false;
    if ((printed->format->flags & REPORT_BINARY) != 0 && isatty(STDOUT_FILENO))
        return err_set(err, ERR_INVALID,
                       "%s is not for a terminal; use -o FILE or redirect it",
                       printed->format->name);
    call->run.output_count++;
    return true;
}

/* Beside annotations GitHub shows a summary of the step, when it is added to a
   file that the runner names. */
static bool add_step_summary(struct call *call, struct err *err) {
    struct run_output *printed = &call->outputs[call->run.output_count - 1];
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    if (path == NULL || *path == '\0' ||
        strcmp(printed->format->name, "github") != 0)
        return true;
    call->step_summary = path;
    call->step_part = arena_printf(&call->arena, "%s.bomgate", path).ptr;
    if (call->arena.failed)
        return err_nomem(err);
    /* What is printed stands last. */
    printed[1] = printed[0];
    printed[0] = (struct run_output){
        .format = report_format_by_name(STR_LIT("markdown")),
        .path = call->step_part,
    };
    call->run.output_count++;
    return true;
}

static bool append_file(const char *to, const char *from, struct err *err) {
    char block[4096];
    size_t got;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "ab");
    while (in != NULL && out != NULL &&
           (got = fread(block, 1, sizeof(block), in)) != 0)
        fwrite(block, 1, got, out);
    bool ok = in != NULL && out != NULL && !ferror(in) && !ferror(out);
    if (in != NULL)
        fclose(in);
    if (out != NULL)
        ok = fclose(out) == 0 && ok;
    unlink(from);
    if (!ok)
        err_set(err, ERR_IO, "cannot add the summary to it");
    return ok || err_at(err, to, 0, 0);
}

static bool read_outputs(const struct cli_args *args, struct call *call,
                         struct err *err) {
    struct strbuf buf = {.ptr = NULL};
    const char *value;
    size_t count = 0;
    bool ok = true;
    while (cli_value_at(args, "output", count, &buf) != NULL)
        count++;
    call->outputs = mem_calloc(count + 2, sizeof(*call->outputs));
    if (call->outputs == NULL)
        ok = err_nomem(err);
    call->run.outputs = call->outputs;
    call->files = count != 0;
    for (size_t i = 0; ok && i < count; i++) {
        value = cli_value_at(args, "output", i, &buf);
        struct str kept = arena_str(&call->arena, str_from(value));
        ok = read_output(kept.ptr, &call->outputs[call->run.output_count++],
                         err);
    }
    for (size_t i = 0; ok && i < call->run.output_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(call->outputs[i].path, call->outputs[k].path) == 0)
                ok = err_set(err, ERR_INVALID, "-o '%s' is given twice",
                             call->outputs[i].path);
        }
    }
    strbuf_dispose(&buf);
    return ok && read_printed(args, call, err) && add_step_summary(call, err);
}

static bool read_percent(const char *value, unsigned *out, struct err *err) {
    struct str text = str_from(value);
    unsigned long percent = str_number(text);
    if (!str_is_digits(text) || text.len > 3 || percent > 100)
        return err_set(err, ERR_INVALID,
                       "--min-resolved '%s' is no percentage from 0 to 100",
                       value);
    *out = (unsigned)percent;
    return true;
}

static bool read_gate(const struct cli_args *args, struct run_options *run,
                      struct err *err) {
    const char *min_resolved = cli_value(args, "min-resolved");
    run->min_resolved = 50;
    if (!cli_read_fail_on(args, &run->fail_on, err))
        return false;
    run->no_fail = cli_flag(args, "no-fail");
    run->allow_empty = cli_flag(args, "allow-empty");
    return min_resolved == NULL ||
           read_percent(min_resolved, &run->min_resolved, err);
}

/* Excel takes 255 characters as a file's title. */
static bool read_heading(const struct cli_args *args, const char *option,
                         const char **out, struct err *err) {
    *out = cli_value(args, option);
    return *out == NULL || strlen(*out) <= HEADING_MAX ||
           err_set(err, ERR_INVALID, tr("%s has at most %d bytes"),
                   lang_option(option), HEADING_MAX);
}

/* A run that is said to be made on another day judges by that day. */
static bool read_record(const struct cli_args *args, struct call *call,
                        struct err *err) {
    struct cli_record *record = &call->record;
    if (!cli_read_record(args, record, err))
        return false;
    record->options.keep_files = cli_flag(args, "keep-files");
    if (record->options.history != NULL)
        call->run.record = &record->options;
    return !record->options.timed || cli_value(args, "as-of") != NULL ||
           date_parse(str_take(str_from(record->time), 10),
                      &call->screen.as_of) ||
           err_nomem(err);
}

/* The folders of rules that were named. */
static const char *name_rules(const struct cli_args *args,
                              struct arena *arena) {
    const char *folder = cli_value(args, "rules"), *added;
    struct str names = folder == NULL ? STR_EMPTY : str_from(folder);
    for (size_t i = 0;
         args->config != NULL &&
         (added = config_value_at(args->config, "rules-added", i)) != NULL;
         i++)
        names = arena_printf(arena, "%.*s%s%s", STR_ARG(names),
                             names.len == 0 ? "" : ", ", added);
    return names.len == 0 ? NULL : names.ptr;
}

static bool read_context(const struct cli_args *args, struct call *call,
                         struct err *err) {
    const struct record_options *record = &call->record.options;
    call->run.context = (struct run_context){
        .product = cli_value(args, "product"),
        .revision = cli_value(args, "revision"),
        .stage = record->stage,
        .repository = record->repository,
        .commit = record->commit,
        .baseline = cli_value(args, "baseline"),
        .settings = args->config == NULL ? NULL : config_path(args->config),
        .rules = name_rules(args, &call->arena),
    };
    if (call->chosen.product != NULL) {
        call->run.context.product = call->chosen.name;
        call->run.boms = cli_product_boms(&call->chosen);
    }
    if (call->chosen.variant != NULL)
        call->run.not_fitted = call->chosen.variant->not_fitted;
    return !call->arena.failed || err_nomem(err);
}

static bool read_call(const struct cli_args *args, struct call *call,
                      struct err *err) {
    struct run_options *run = &call->run;
    if (!cli_read_screen(args, &call->screen, err) ||
        !read_record(args, call, err) || !read_context(args, call, err) ||
        !cli_read_wish(args, &call->screen, &call->wish, err) ||
        !cli_read_decisions(args, &call->screen, NULL, &call->decisions, err) ||
        !read_gate(args, run, err) || !read_outputs(args, call, err) ||
        !read_heading(args, "title", &run->title, err) ||
        !read_heading(args, "company", &run->company, err) ||
        !cli_read_readings(args, &call->readings, err) ||
        !cli_progress_begin(&call->progress, cli_value(args, "progress"), err))
        return false;
    run->readings.items = call->readings.items;
    run->readings.count = call->readings.count;
    run->rules = call->screen.rules;
    run->paths = args->operands;
    run->path_count = args->operand_count;
    run->profiles = call->screen.profiles;
    run->profile_count = call->screen.profile_count;
    run->denied =
        (struct profile_set){call->screen.denied, call->screen.denied_count};
    run->declared = call->screen.declared;
    run->activity = call->screen.activity;
    run->as_of = call->screen.as_of;
    run->wish = call->wish.wish;
    run->base = args->base;
    run->pending = args->pending->paths;
    run->pending_count = args->pending->count;
    run->waivers = call->decisions.waivers;
    run->baseline = call->decisions.baseline;
    run->parts = call->decisions.parts;
    run->declarations = call->decisions.declarations;
    run->strict_contents = cli_flag(args, "strict-contents");
    run->max_rule_age = call->screen.max_rule_age;
    run->all_lines = cli_flag(args, "all-lines");
    run->no_digest = cli_flag(args, "no-digest");
    run->columns = cli_terminal_columns();
    run->color = run->columns != 0 && getenv("NO_COLOR") == NULL;
    run->ctx = &call->progress;
    run->message = cli_progress_message;
    run->progress = cli_progress_tell;
    run->cancelled = is_interrupted;
    run->by_contract = cli_product_by_contract(&call->chosen);
    if (call->chosen.product != NULL)
        cli_product_tell(&call->chosen, run->as_of);
    return cli_read_day(args, "sold-until", &run->sold_until, err);
}

static int run_call(struct call *call) {
    enum exit_status status;
    struct err err = ERR_INIT;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    bool ok = run_check(&call->run, &status, &err);
    cli_progress_end(&call->progress);
    if (!ok || (call->step_summary != NULL &&
                !append_file(call->step_summary, call->step_part, &err)))
        return cli_refuse(&err);
    for (size_t i = 0; i < call->run.output_count; i++) {
        if (call->run.outputs[i].path != NULL &&
            call->outputs[call->run.output_count - 1].format ==
                report_formats[0]) {
            fputs(tr("Report: "), stdout);
            cli_print_text(stdout, str_from(call->run.outputs[i].path));
            fputc('\n', stdout);
        }
    }
    return cli_finish((int)status);
}

static int check(const struct cli_args *args) {
    struct call call = {.files = false};
    struct err err = ERR_INIT;
    if (!cli_choose_product(args, &call.chosen, &err))
        return cli_refuse(&err);
    int status = read_call(&call.chosen.args, &call, &err) ? run_call(&call)
                                                           : cli_refuse(&err);
    cli_product_dispose(&call.chosen);
    cli_decisions_dispose(&call.decisions);
    cli_record_dispose(&call.record);
    cli_wish_dispose(&call.wish);
    cli_screen_dispose(&call.screen);
    mem_free(call.outputs);
    cli_readings_dispose(&call.readings);
    arena_dispose(&call.arena);
    return status;
}

const struct cli_command check_command = {
    .name = "check",
    .operands = "BOM…",
    .summary = "screen BOMs and write reports",
    .help = "A BOM is a file, - for standard input, or a folder. Without -p "
            "every profile\nis screened. Without a BOM, --product names one "
            "of the settings' products.",
    .options = options,
    .reads_boms = true,
    .run = check,
};
