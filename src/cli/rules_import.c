#include "cli/rules_verbs.h"
#include "run/list_import.h"
#include "run/run.h"

static bool print_changes(struct rules_call *call, struct list_import *import,
                          struct err *err) {
    struct change_printer printer;
    struct rule_changes changes = {change_printer_add, &printer};
    size_t count = 0;
    change_printer_begin(&printer, stdout, call->json);
    bool ok =
        rules_diff(&import->before, &import->after, &changes, &count, err);
    change_printer_end(&printer, ok);
    if (ok && count == 0 && !call->json)
        puts("no difference");
    return ok;
}

static void print_approved(const struct list_import *import,
                           const char *measure, bool written) {
    printf("%s: rows %zu; makers that were known %zu, by name only %zu, "
           "unclear %zu; rows left out %zu; %s\n",
           import->title, import->entries, import->known, import->others,
           import->unsure, import->left_out,
           written ? "written" : "nothing was written");
    if (import->new_measure)
        printf("%s is new; it binds whoever checks with these rules\n",
               measure);
}

static void print_sums(const struct list_import *import, const char *measure,
                       bool written) {
    if (import->approved) {
        print_approved(import, measure, written);
        return;
    }
    printf("%s: entries %zu; parties that were known %zu, that are new %zu; "
           "by name only (no company, or unclear) %zu; %s\n",
           import->title, import->entries, import->known, import->made,
           import->others, written ? "written" : "nothing was written");
    if (import->new_measure)
        printf("%s is new and only a list: it has no effect until it gets "
               "clauses, or another measure takes it with 'parties-of'\n",
               measure);
}

static int import_list(struct rules_call *call,
                       const struct list_import_options *options) {
    struct list_import import;
    struct err err = ERR_INIT;
    bool dry = cli_flag(call->args, "dry-run");
    if (!list_import_plan(&import, options, &err))
        return cli_refuse(&err);
    bool ok = print_changes(call, &import, &err) &&
              (dry || list_import_write(&import, options->folder, &err));
    if (ok && !call->json)
        print_sums(&import, options->measure, !dry);
    list_import_dispose(&import);
    return ok ? cli_finish(EXIT_CLEAN) : cli_fail(&err);
}

int rules_import(struct rules_call *call) {
    struct list_import_options options = {
        .measure = cli_value(call->args, "measure"),
        .folder = cli_value(call->args, "into"),
        .from = cli_value(call->args, "from"),
        .shipped = call->base,
        .note = cli_print_problem,
    };
    if (call->args->operand_count != 2 || options.measure == NULL ||
        options.folder == NULL)
        return cli_usage_error("rules import needs a list (CSV), --measure ID "
                               "and --into DIR");
    options.list = call->args->operands[1];
    return import_list(call, &options);
}
