#include "cli/rules_verbs.h"
#include "run/run.h"

/* What `--rules DIR` would take from the shipped rules is no difference. */
static bool add_shipped(struct rule_sources *sources,
                        const struct ruleset *shipped,
                        const struct rule_sources *folder, struct err *err) {
    static const char *const always[] = {"measures/", "parties/", "profiles/"};
    static const char *const if_there[] = {"ruleset.yaml", "parts/", "words/"};
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LEN(always); i++)
        ok = rule_sources_add_ruleset(sources, shipped, always[i], false, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(if_there); i++)
        ok =
            !rule_sources_has(folder, if_there[i]) ||
            rule_sources_add_ruleset(sources, shipped, if_there[i], false, err);
    return ok;
}

static bool gather(const struct rules_call *call, struct rule_sources *before,
                   struct rule_sources *after, struct err *err) {
    const char *const *operands = call->args->operands;
    if (call->args->operand_count == 3)
        return rule_sources_add_folder(before, operands[1], "", err) &&
               rule_sources_add_folder(after, operands[2], "", err);
    return rule_sources_add_folder(after, operands[1], "", err) &&
           add_shipped(before, call->base, after, err);
}

int rules_diff_folders(struct rules_call *call) {
    struct rule_sources before = {.files = NULL}, after = {.files = NULL};
    struct change_printer printer;
    struct rule_changes changes = {change_printer_add, &printer};
    struct err err = ERR_INIT;
    size_t count = 0;
    int status = EXIT_NO_ANSWER;
    if (call->args->operand_count < 2 || call->args->operand_count > 3)
        return cli_usage_error("rules diff needs two folders of rules, or one "
                               "to compare with the shipped rules");
    bool ok = gather(call, &before, &after, &err);
    if (ok) {
        change_printer_begin(&printer, stdout, call->json);
        ok = rules_diff(&before, &after, &changes, &count, &err);
        change_printer_end(&printer, ok);
    }
    if (ok && count == 0 && !call->json)
        puts("no difference");
    if (ok)
        status = cli_finish(count != 0 ? EXIT_FOUND : EXIT_CLEAN);
    else
        cli_fail(&err);
    rule_sources_dispose(&before);
    rule_sources_dispose(&after);
    return status;
}
