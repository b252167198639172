#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "core/mem.h"
#include "report/json_bom.h"
#include "run/columns_of.h"
#include "run/run.h"

static const struct cli_option options[] = {
    CLI_READING_OPTIONS,
    {"no-digest", 0, NULL, false, "leave out the file's SHA-256"},
    CLI_LANG_OPTION,
    CLI_RULES_OPTIONS,
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

static void print_column(const struct bom_column *column) {
    printf("  %-18s column %-3u ", bom_field_name(column->field),
           column->index + 1);
    if (column->header.len != 0) {
        putchar('"');
        cli_print_text(stdout, column->header);
        putchar('"');
    } else {
        fputs("without a header", stdout);
    }
    printf(", by %s", column->why);
    if (column->runner_up != BOM_FIELD_COUNT)
        printf("; could be %s", bom_field_name(column->runner_up));
    putchar('\n');
}

static void print_diagnostic(const struct report_diagnostic *diagnostic) {
    fputs("  ", stdout);
    if (diagnostic->line != 0)
        printf("line %u", (unsigned)diagnostic->line);
    if (diagnostic->column != 0)
        printf(", column %u", (unsigned)diagnostic->column);
    printf("%s%s: ", diagnostic->line != 0 ? ": " : "",
           diagnostic->severity == BOM_LOST ? "LOST" : "note");
    cli_print_text(stdout, str_from(diagnostic->message));
    putchar('\n');
}

static void print_delimiter(const char *delimiter) {
    if (strcmp(delimiter, "\t") == 0)
        fputs(", separated by tabs", stdout);
    else
        printf(", separated by \"%s\"", delimiter);
}

static void print_text(const struct bom_totals *totals) {
    const struct bom_info *info = &totals->info;
    cli_print_text(stdout, str_from(info->path));
    printf(": %s, %s", info->format, info->encoding);
    if (info->delimiter != NULL)
        print_delimiter(info->delimiter);
    if (info->sheet != NULL) {
        fputs(", sheet ", stdout);
        cli_print_text(stdout, str_from(info->sheet));
    }
    if (info->header_line != 0)
        printf("; header on line %u", (unsigned)info->header_line);
    else
        fputs("; no header", stdout);
    printf("; %u part line%s\n", (unsigned)info->lines,
           info->lines == 1 ? "" : "s");
    for (size_t i = 0; i < info->column_count; i++)
        print_column(&info->columns[i]);
    if (info->unmapped_count != 0)
        fputs("  not used:", stdout);
    for (size_t i = 0; i < info->unmapped_count; i++) {
        fputs(i == 0 ? " \"" : ", \"", stdout);
        cli_print_text(stdout, info->unmapped[i]);
        putchar('"');
    }
    if (info->unmapped_count != 0)
        putchar('\n');
    for (size_t i = 0; i < totals->diagnostic_count; i++)
        print_diagnostic(&totals->diagnostics[i]);
    if (totals->diagnostics_more != 0)
        printf("  and %u more\n", (unsigned)totals->diagnostics_more);
}

static int print_columns(const struct cli_args *args,
                         const struct bom_options *how, struct err *err) {
    struct columns_of *columns = NULL;
    bool json;
    if (!cli_wants_json(args, &json, err))
        return cli_refuse(err);
    if (!columns_of_read(&columns, args->operands[0], how, err))
        return cli_fail(err);
    const struct bom_totals *totals = columns_of_totals(columns);
    bool ok = true;
    if (totals->error != NULL)
        cli_print_line(NULL, totals->error);
    if (json)
        ok = report_json_columns(stdout, BOMGATE_VERSION, totals,
                                 columns_of_preview(columns), err);
    else if (totals->error == NULL)
        print_text(totals);
    bool whole = totals->error == NULL && totals->lost == 0;
    int status = !whole                    ? EXIT_NO_ANSWER
                 : totals->info.lines == 0 ? EXIT_NO_LINES
                                           : EXIT_CLEAN;
    columns_of_free(columns);
    return ok ? cli_finish(status) : cli_fail(err);
}

static int read_columns(const struct cli_args *args,
                        const struct ruleset *rules,
                        const struct cli_readings *wishes, struct err *err) {
    struct bom_options how = {.rules = rules,
                              .no_digest = cli_flag(args, "no-digest")};
    struct listed_path path = {.path = args->operands[0]};
    const struct path_list paths = {.paths = &path, .count = 1};
    const struct reading_wishes said = {wishes->items, wishes->count};
    struct readings readings;
    if (!readings_resolve(&readings, &said, &paths, err))
        return cli_refuse(err);
    readings_fill(&readings, path.path, &how);
    int status = print_columns(args, &how, err);
    readings_dispose(&readings);
    return status;
}

static int columns(const struct cli_args *args) {
    struct err err = ERR_INIT;
    struct ruleset *rules = NULL;
    struct cli_readings wishes = {.items = NULL};
    if (args->operand_count != 1)
        return cli_usage_error("columns needs one BOM, or -");
    int status = cli_open_rules(args, &rules, &err) &&
                         cli_read_readings(args, &wishes, &err)
                     ? read_columns(args, rules, &wishes, &err)
                     : cli_refuse(&err);
    cli_readings_dispose(&wishes);
    ruleset_close(rules);
    return status;
}

const struct cli_command columns_command = {
    .name = "columns",
    .operands = "BOM",
    .summary = "how a file was read",
    .options = options,
    .reads_boms = true,
    .run = columns,
};
