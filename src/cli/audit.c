#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "core/atomic_file.h"
#include "core/date.h"
#include "core/json_file.h"
#include "core/lang.h"
#include "report/audit_phrases.h"
#include "report/audit_report.h"
#include "run/config.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_HISTORY_OPTION,
    {"quarter", 0, "QUARTER", false,
     "such as 2026Q3; default the last one that has ended"},
    {"from", 0, "DATE", false, "the first of any days, instead of a quarter"},
    {"to", 0, "DATE", false,
     "the last of them; they are compared with as many days before"},
    {"fiscal-year-start", 0, "MONTH", false,
     "the month, 1 to 12, in which a fiscal year begins, which is named by the "
     "calendar year of that month: with 4, 2026Q1 is April to June 2026; "
     "default 1"},
    {"profile", 'p', "PROFILE", true,
     "only for this buyer; default all, whatever the settings say"},
    {"product", 0, "NAME", false, "only this product; likewise"},
    {"previous", 0, "FILE|HASH", false,
     "the audit before, as JSON, or the chain's head that it printed: exit 1 "
     "when that does not stand in the chain any more"},
    {"output", 'o', "[FORMAT=]FILE", true,
     "write the audit to FILE; its extension picks the format: .xlsx, .json, "
     ".md, .html, .txt"},
    {"format", 'f', "FORMAT", false,
     "what to print: text (default), json, xlsx, markdown, html"},
    {"title", 0, "TEXT", false, "stands before the audit's own title"},
    {"company", 0, "NAME", false, "the company that the audit is of"},
    {NULL, 0, NULL, false, NULL},
};

/* Where it is written; path NULL: standard output. */
struct output {
    const struct audit_format *format;
    const char *path;
    bool summary_only;
};

struct call {
    struct audit_options options;
    struct audit_report report;
    struct output *outputs; /* the printed one last */
    size_t output_count;
    char previous[DIGEST_HEX_SIZE];
    struct arena arena; /* what was given in lists */
};

/* ---- the period ---- */

static bool read_start(const struct cli_args *args, unsigned *start,
                       struct err *err) {
    const char *value = cli_value(args, "fiscal-year-start");
    unsigned long month = value == NULL ? 1 : str_number(str_from(value));
    if (value != NULL && (!str_is_digits(str_from(value)) ||
                          strlen(value) > 2 || month < 1 || month > 12))
        return err_set(err, ERR_INVALID,
                       "--fiscal-year-start '%s' is no month from 1 to 12",
                       value);
    *start = (unsigned)month;
    return true;
}

static bool read_period(const struct cli_args *args, struct audit_period *out,
                        struct err *err) {
    const char *quarter = cli_value(args, "quarter");
    const char *from = cli_value(args, "from"), *to = cli_value(args, "to");
    unsigned start = 1;
    int32_t first = DATE_NONE, last = DATE_NONE;
    if (!read_start(args, &start, err))
        return false;
    if ((from == NULL) != (to == NULL))
        return err_set(err, ERR_INVALID, tr("%s and %s belong together"),
                       lang_option("from"), lang_option("to"));
    if (quarter != NULL && from != NULL)
        return err_set(
            err, ERR_INVALID,
            tr("an audit is of a quarter (%s), or of the days %s and %s"),
            lang_option("quarter"), lang_option("from"), lang_option("to"));
    if (from != NULL)
        return cli_read_day(args, "from", &first, err) &&
               cli_read_day(args, "to", &last, err) &&
               audit_period_days(out, first, last, err);
    if (quarter != NULL)
        return audit_period_quarter(out, str_from(quarter), start, err);
    *out = audit_period_ended(date_today(), start);
    return true;
}

/* ---- the head that was printed before ---- */

static bool is_head(const char *text) {
    size_t len = strlen(text);
    return len == DIGEST_HEX_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == len;
}

static bool read_head(const char *path, char out[DIGEST_HEX_SIZE],
                      struct err *err) {
    json_t *audit = json_file_load(path, err);
    if (audit == NULL)
        return false;
    const char *schema = json_string_value(json_object_get(audit, "schema"));
    const char *head = json_string_value(
        json_object_get(json_object_get(audit, "chain"), "head"));
    bool ok = schema != NULL && strcmp(schema, "bomgate-audit/1") == 0 &&
              head != NULL && is_head(head);
    if (ok)
        memcpy(out, head, DIGEST_HEX_SIZE);
    json_decref(audit);
    if (!ok)
        err_set(err, ERR_FOREIGN,
                "this is no audit in JSON that tells its chain's head");
    return ok || err_at(err, path, 0, 0);
}

static bool read_previous(const struct cli_args *args, struct call *call,
                          struct err *err) {
    const char *value = cli_value(args, "previous");
    if (value == NULL)
        return true;
    call->options.previous = call->previous;
    if (!is_head(value))
        return read_head(value, call->previous, err);
    memcpy(call->previous, value, DIGEST_HEX_SIZE);
    return true;
}

/* ---- where it goes ---- */

/* A path may hold a '=' itself, so only the name of a format counts before
   it. */
static bool read_output(const char *value, struct output *out,
                        struct err *err) {
    const char *equals = strchr(value, '=');
    *out = (struct output){.path = value};
    if (equals != NULL)
        out->format =
            audit_format_by_name((struct str){value, (size_t)(equals - value)});
    if (out->format != NULL)
        out->path = equals + 1;
    else
        out->format = audit_format_by_path(value);
    if (out->path[0] == '\0')
        return err_set(err, ERR_INVALID, "-o '%s' names no file", value);
    return out->format != NULL ||
           err_set(err, ERR_INVALID,
                   "-o '%s': the extension names no format of an audit; write "
                   "-o FORMAT=FILE",
                   value);
}

static bool read_printed(const struct cli_args *args, struct call *call,
                         struct err *err) {
    const char *name = cli_value(args, "format");
    struct output *printed = &call->outputs[call->output_count];
    *printed = (struct output){
        .format = audit_format_by_name(str_from(name != NULL ? name : "text")),
        .summary_only = call->output_count != 0,
    };
    if (printed->format == NULL)
        return err_set(err, ERR_INVALID,
                       "unknown format '%s'; one of text, json, xlsx, "
                       "markdown, html",
                       name);
    if ((printed->format->flags & REPORT_BINARY) != 0 && isatty(STDOUT_FILENO))
        return err_set(err, ERR_INVALID,
                       "%s is not for a terminal; use -o FILE or redirect it",
                       printed->format->name);
    call->output_count++;
    return true;
}

/* What an audit is narrowed to is said on the command line: settings are for
   the checks. */
static const char *given(const struct cli_args *args, const char *option,
                         size_t i) {
    for (size_t k = 0; k < args->given_count; k++) {
        if (strcmp(args->given[k].option->name, option) == 0 && i-- == 0)
            return args->given[k].value;
    }
    return NULL;
}

static bool read_outputs(const struct cli_args *args, struct call *call,
                         struct err *err) {
    size_t count = 0;
    while (given(args, "output", count) != NULL)
        count++;
    call->outputs =
        arena_array(&call->arena, count + 1, sizeof(*call->outputs));
    if (call->arena.failed)
        return err_nomem(err);
    for (size_t i = 0; i < count; i++) {
        if (!read_output(given(args, "output", i),
                         &call->outputs[call->output_count++], err))
            return false;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(call->outputs[i].path, call->outputs[k].path) == 0)
                return err_set(err, ERR_INVALID, "-o '%s' is given twice",
                               call->outputs[i].path);
        }
    }
    return read_printed(args, call, err);
}

static bool write_one(const struct audit_report *report,
                      const struct output *output, struct err *err) {
    unsigned columns = cli_terminal_columns();
    struct report_target target = {
        .out = stdout,
        .color = columns != 0 && getenv("NO_COLOR") == NULL,
        .columns = columns,
        .summary_only = output->summary_only,
    };
    struct atomic_file file = {.path = NULL};
    if (output->path == NULL)
        return output->format->write(report, &target, err);
    if (!atomic_file_begin(&file, output->path, err))
        return err_at(err, output->path, 0, 0);
    target = (struct report_target){.out = file.out, .path = file.temp};
    bool by_name = (output->format->flags & REPORT_BY_NAME) != 0;
    if ((!by_name || atomic_file_close(&file, err)) &&
        output->format->write(report, &target, err))
        return atomic_file_commit(&file, err);
    atomic_file_abandon(&file);
    return err_at(err, output->path, 0, 0);
}

/* ---- the command ---- */

static void read_profiles(const struct cli_args *args, struct call *call) {
    size_t *count = &call->options.profile_count;
    const char **profiles =
        arena_array(&call->arena, args->given_count + 1, sizeof(*profiles));
    call->options.profiles = profiles;
    for (*count = 0; profiles != NULL &&
                     (profiles[*count] = given(args, "profile", *count));)
        ++*count;
}

static const char *join_markets(struct call *call,
                                const struct product_words *markets) {
    struct str text = STR_LIT("\n");
    for (size_t i = 0; i < markets->count; i++)
        text = arena_printf(&call->arena, "%.*s%s\n", STR_ARG(text),
                            markets->items[i].text);
    return text.ptr;
}

/* What a variant does not say is as its product has it. */
static struct audit_build build_of(struct call *call,
                                   const struct product *product,
                                   const struct product_variant *variant) {
    const struct product_boms *boms = &product->boms;
    const struct product_words *markets = &product->markets;
    const char *name = product->name;
    if (variant != NULL && variant->boms.count != 0)
        boms = &variant->boms;
    if (variant != NULL && variant->markets.count != 0)
        markets = &variant->markets;
    if (variant != NULL)
        name = arena_printf(&call->arena, "%s/%s", product->name, variant->name)
                   .ptr;
    return (struct audit_build){name, boms->count, join_markets(call, markets),
                                markets->count};
}

static struct audit_wanted want(struct call *call,
                                const struct product *product) {
    struct audit_build *builds =
        arena_array(&call->arena, product->variant_count + 1, sizeof(*builds));
    for (size_t i = 0; builds != NULL && i <= product->variant_count; i++)
        builds[i] =
            build_of(call, product, i == 0 ? NULL : &product->variants[i - 1]);
    return (struct audit_wanted){product->name, builds,
                                 product->variant_count + 1};
}

/* Whatever the settings say is made should have been checked. */
static bool read_wanted(const struct cli_args *args, struct call *call,
                        struct err *err) {
    if (args->config == NULL)
        return true;
    const struct products *products = config_products(args->config);
    struct audit_wanted *wanted =
        arena_array(&call->arena, products->count, sizeof(*wanted));
    for (size_t i = 0; wanted != NULL && i < products->count; i++)
        wanted[i] = want(call, &products->items[i]);
    call->options.wanted = wanted;
    call->options.wanted_count = wanted == NULL ? 0 : products->count;
    return !call->arena.failed || err_nomem(err);
}

static bool read_call(const struct cli_args *args, struct call *call,
                      struct err *err) {
    read_profiles(args, call);
    call->options.product = given(args, "product", 0);
    call->report.title = cli_value(args, "title");
    call->report.company = cli_value(args, "company");
    return read_wanted(args, call, err) &&
           read_period(args, &call->options.period, err) &&
           read_previous(args, call, err) && read_outputs(args, call, err);
}

static int exit_status_of(const struct audit *audit) {
    if (audit_is_broken(audit))
        return EXIT_FOUND;
    return audit->run_count == audit->what_ifs ? EXIT_NO_LINES : EXIT_CLEAN;
}

static bool write_all(const struct call *call, struct err *err) {
    for (size_t i = 0; i < call->output_count; i++) {
        if (!write_one(&call->report, &call->outputs[i], err))
            return false;
    }
    bool text =
        call->outputs[call->output_count - 1].format == &audit_text_format;
    for (size_t i = 0; text && i + 1 < call->output_count; i++) {
        fputs("Report: ", stdout);
        cli_print_text(stdout, str_from(call->outputs[i].path));
        fputc('\n', stdout);
    }
    return true;
}

/* Whatever is printed where: a log shows it. */
static void print_alarm(const struct audit *audit) {
    struct strbuf text = {.ptr = NULL};
    audit_say_alarm(&text, audit);
    struct str rest = strbuf_str(&text), line;
    while (str_split(&rest, '\n', &line)) {
        struct strbuf one = {.ptr = NULL};
        strbuf_add(&one, line);
        if (one.ptr != NULL)
            cli_print_line(NULL, one.ptr);
        strbuf_dispose(&one);
    }
    strbuf_dispose(&text);
}

static int run(const struct cli_args *args, struct call *call) {
    struct history *history = NULL;
    struct audit *audit = NULL;
    struct err err = ERR_INIT;
    int status = EXIT_NO_ANSWER;
    if (!read_call(args, call, &err) ||
        !cli_open_history(args, HISTORY_READ, &history, &err))
        return cli_refuse(&err);
    bool ok = audit_make(&audit, history, &call->options, &err);
    call->report.audit = audit;
    if (ok && audit_is_broken(audit))
        print_alarm(audit);
    if (ok && write_all(call, &err))
        status = cli_finish(exit_status_of(audit));
    else
        cli_fail(&err);
    audit_free(audit);
    history_close(history);
    return status;
}

static int audit(const struct cli_args *args) {
    struct call call = {.output_count = 0};
    if (args->operand_count != 0)
        return cli_usage_error("audit takes no BOM: it reads the history");
    int status = run(args, &call);
    arena_dispose(&call.arena);
    return status;
}

const struct cli_command audit_command = {
    .name = "audit",
    .operands = "",
    .summary = "what was checked in a quarter, and what is new",
    .help = "Reads the history that `check --history` records. Exit status: 0 "
            "when the audit\nwas made, 1 when the history was changed or "
            "--previous does not hold, 2 when it\ncould not be made, 3 when "
            "no run was recorded in the period.",
    .options = options,
    .run = audit,
};
