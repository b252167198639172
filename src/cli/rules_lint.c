#include "cli/rules_page.h"
#include "cli/rules_verbs.h"
#include "ruleset/compile.h"
#include "run/lint.h"
#include "run/run.h"

/* Findings on their way out: a line each on stderr, or one document. */
struct printer {
    struct rules_call *call;
    struct json_writer json;
    struct lint_sums sums;
};

static void put_finding(struct json_writer *json,
                        const struct lint_finding *finding) {
    const struct err *what = &finding->what;
    json_open_object(json);
    json_inline(json);
    json_put_text(json, "severity", finding->note ? "note" : "problem");
    json_put_text(json, "check", finding->check);
    json_put_optional(json, "file", str_from(what->file));
    json_key(json, "line");
    if (what->line != 0)
        json_int(json, what->line);
    else
        json_none(json);
    json_put_text(json, "message", what->msg);
    json_close_object(json);
}

static void print_finding(void *ctx, const struct lint_finding *finding) {
    struct printer *printer = ctx;
    if (printer->call->json) {
        put_finding(&printer->json, finding);
        return;
    }
    struct err what = finding->what;
    if (finding->note)
        err_set(&what, what.code, "note: %s", finding->what.msg);
    cli_print_problem(NULL, &what);
}

/* What the compiler refuses. */
static void print_problem(void *ctx, const struct err *problem) {
    struct printer *printer = ctx;
    struct lint_finding finding = {.check = "compile", .what = *problem};
    printer->sums.problems++;
    print_finding(printer, &finding);
}

/* A folder with a ruleset.yaml is a rule set of its own, as --rules takes it;
   one without is a company's own rules, which are added to the shipped ones. */
static bool load(struct rules_call *call, const char *folder,
                 const struct rule_problems *problems, struct ruleset **linted,
                 bool *added, struct err *err) {
    struct rule_sources sources = {.files = NULL};
    bool ok = rule_sources_add_folder(&sources, folder, "", err);
    *added = !rule_sources_has(&sources, "ruleset.yaml");
    rule_sources_dispose(&sources);
    if (!ok)
        return false;
    return *added
               ? ruleset_load_added(linted, call->base, &folder, 1, problems,
                                    err)
               : ruleset_load_folder(linted, folder, call->base, problems, err);
}

static int status_of(const struct printer *printer, bool ok,
                     const struct err *err) {
    if (printer->sums.problems != 0)
        return EXIT_FOUND;
    return ok ? EXIT_CLEAN
           : err->code == ERR_INVALID || err->code == ERR_SYNTAX
               ? EXIT_FOUND
               : EXIT_NO_ANSWER;
}

static void print_sums(const struct printer *printer,
                       const struct ruleset *rules) {
    size_t problems = printer->sums.problems, notes = printer->sums.notes;
    if (problems != 0)
        fprintf(stderr, "bomgate: %zu problem%s in the rules\n", problems,
                problems == 1 ? "" : "s");
    else
        rules_page_sums(stdout, rules, notes);
}

/* @return whether everything could be looked at. */
static bool lint_folder(struct printer *printer, const char *folder,
                        struct ruleset **linted, struct err *err) {
    struct rules_call *call = printer->call;
    struct rule_problems problems = {.add = print_problem, .ctx = printer};
    struct lint_options options = {
        .rules = call->base,
        .root = folder != NULL ? folder : "rules",
        .add = print_finding,
        .ctx = printer,
    };
    bool added = false;
    if (folder != NULL) {
        if (!load(call, folder, &problems, linted, &added, err))
            return false;
        options.rules = *linted;
        options.origin = added ? "added-1" : NULL;
    }
    return lint_rules(&options, &printer->sums, err);
}

int rules_lint(struct rules_call *call) {
    struct printer printer = {.call = call, .json = JSON_WRITER(stdout)};
    struct err err = ERR_INIT;
    struct ruleset *linted = NULL;
    const char *folder =
        call->args->operand_count > 1 ? call->args->operands[1] : NULL;
    if (call->args->operand_count > 2)
        return cli_usage_error("rules lint takes one folder");
    if (call->json) {
        json_open_object(&printer.json);
        json_put_text(&printer.json, "schema", "bomgate-rules-lint/1");
        json_key(&printer.json, "findings");
        json_open_array(&printer.json);
    }
    bool ok = lint_folder(&printer, folder, &linted, &err);
    int status = status_of(&printer, ok, &err);
    if (!ok && printer.sums.problems == 0)
        cli_print_problem(NULL, &err);
    if (call->json) {
        json_close_array(&printer.json);
        json_put_int(&printer.json, "problems", (int64_t)printer.sums.problems);
        json_put_int(&printer.json, "notes", (int64_t)printer.sums.notes);
        json_put_bool(&printer.json, "complete", ok);
        json_close_object(&printer.json);
        json_finish(&printer.json);
    } else if (ok || printer.sums.problems != 0) {
        print_sums(&printer, linted != NULL ? linted : call->base);
    }
    ruleset_close(linted);
    return cli_finish(status);
}
