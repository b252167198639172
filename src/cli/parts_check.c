#include <stdio.h>

#include "cli/cli.h"
#include "cli/parts_verbs.h"
#include "core/date.h"
#include "core/json_writer.h"
#include "run/parts_check.h"
#include "run/run.h"

/* What is wrong on its way out: a line each on stderr, or one document. */
struct printer {
    bool as_json;
    struct json_writer json;
    size_t problems, notes;
};

static void put_finding(struct json_writer *json,
                        const struct parts_finding *finding) {
    const struct err *what = &finding->what;
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "severity", finding->note ? "note" : "problem");
    json_put_text(json, "check", finding->check);
    json_put_int(json, "line", what->line);
    json_put_int(json, "column", what->column);
    json_put_text(json, "message", what->msg);
    json_close_object(json);
}

static void print_finding(void *ctx, const struct parts_finding *finding) {
    struct printer *printer = ctx;
    struct err what = finding->what;
    *(finding->note ? &printer->notes : &printer->problems) += 1;
    if (printer->as_json) {
        put_finding(&printer->json, finding);
        return;
    }
    if (finding->note)
        err_set(&what, what.code, "note: %s", finding->what.msg);
    cli_print_problem(NULL, &what);
}

/* A cell that nobody understands. */
static void print_fault(void *ctx, const struct err *fault) {
    const struct parts_finding finding = {"cell", false, *fault};
    print_finding(ctx, &finding);
}

static void count_rows(const struct parts_file *parts, size_t *answered) {
    *answered = 0;
    for (size_t i = 0; i < parts_file_count(parts); i++)
        *answered += parts_file_row(parts, i)->answered;
}

static void end_json(struct printer *printer, const char *path,
                     const struct parts_file *parts) {
    struct json_writer *json = &printer->json;
    size_t answered = 0, rows = 0;
    if (parts != NULL) {
        count_rows(parts, &answered);
        rows = parts_file_count(parts);
    }
    json_close_array(json);
    json_put_text(json, "path", path);
    json_put_int(json, "rows", (int64_t)rows);
    json_put_int(json, "answered", (int64_t)answered);
    json_put_int(json, "problems", (int64_t)printer->problems);
    json_put_int(json, "notes", (int64_t)printer->notes);
    json_close_object(json);
    putchar('\n');
}

static void print_sums(const struct printer *printer, const char *path,
                       const struct parts_file *parts) {
    size_t answered;
    if (parts != NULL) {
        count_rows(parts, &answered);
        cli_print_text(stdout, str_from(path));
        printf(": %zu row%s, %zu answered, %zu to be filled in\n",
               parts_file_count(parts), parts_file_count(parts) == 1 ? "" : "s",
               answered, parts_file_count(parts) - answered);
    }
    if (printer->problems != 0)
        fprintf(stderr, "bomgate: %zu problem%s in the parts file\n",
                printer->problems, printer->problems == 1 ? "" : "s");
}

static int look(struct printer *printer, const char *path,
                const struct ruleset *rules) {
    struct parts_file *parts = NULL;
    struct err err = ERR_INIT;
    const struct parts_file_options options = {
        .path = path,
        .name = path,
        .rules = rules,
        .fault = print_fault,
        .ctx = printer,
        .keep_faulty = true,
    };
    if (printer->as_json) {
        json_open_object(&printer->json);
        json_put_text(&printer->json, "schema", "bomgate-parts-check/1");
        json_key(&printer->json, "findings");
        json_open_array(&printer->json);
    }
    bool ok = parts_file_read(&parts, &options, &err);
    if (ok) {
        const struct parts_check_options check = {.parts = parts,
                                                  .rules = rules,
                                                  .today = date_today(),
                                                  .add = print_finding,
                                                  .ctx = printer};
        ok = parts_check(&check, &err);
    } else if (err.code == ERR_SYNTAX && printer->problems == 0) {
        print_fault(printer, &err); /* no table at all */
    }
    if (printer->as_json)
        end_json(printer, path, parts);
    else
        print_sums(printer, path, parts);
    parts_file_free(parts);
    if (!ok && printer->problems == 0)
        return cli_fail(&err);
    return cli_finish(printer->problems != 0 ? EXIT_FOUND : EXIT_CLEAN);
}

int cli_parts_check(const struct cli_args *args) {
    struct printer printer = {.json = JSON_WRITER(stdout)};
    struct err err = ERR_INIT;
    struct ruleset *rules = NULL;
    const char *path =
        args->operand_count > 1 ? args->operands[1] : cli_value(args, "parts");
    if (args->operand_count > 2)
        return cli_usage_error("parts check takes one file");
    if (path == NULL)
        return cli_usage_error("parts check needs a file; no --parts and no "
                               "settings name one");
    if (!cli_wants_json(args, &printer.as_json, &err) ||
        !cli_open_rules(args, &rules, &err))
        return cli_refuse(&err);
    int status = look(&printer, path, rules);
    ruleset_close(rules);
    return status;
}
