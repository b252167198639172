#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/page.h"
#include "cli/rules_page.h"
#include "cli/rules_verbs.h"
#include "core/date.h"
#include "ruleset/compile.h"
#include "run/run.h"

static const struct cli_option options[] = {
    {"as-of", 0, "DATE", false, "the state of that day; default today"},
    {"categories", 0, NULL, false, "with list: the categories instead"},
    {"measure", 0, "ID", false, "with import: the measure whose list it is"},
    {"into", 0, "DIR", false, "with import: the folder of rules to write to"},
    {"from", 0, "DATE", false,
     "with import: since when entries hold that say no day"},
    {"dry-run", 0, NULL, false, "with import: print what would change"},
    CLI_RULES_OPTIONS,
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

static bool read_call(struct rules_call *call, struct err *err) {
    call->as_of = date_today();
    return cli_read_day(call->args, "as-of", &call->as_of, err) &&
           cli_wants_json(call->args, &call->json, err) &&
           cli_open_rules(call->args, &call->rules, err);
}

static int list(struct rules_call *call) {
    struct text_page page = cli_open_page();
    if (call->args->operand_count != 1)
        return cli_usage_error("rules list takes no operand");
    if (cli_flag(call->args, "categories") && call->json)
        return cli_usage_error("the categories are listed as text only");
    if (cli_flag(call->args, "categories"))
        rules_page_categories(&page, call->rules);
    else if (call->json)
        rules_page_json(stdout, call->rules, call->as_of, RULES_NONE);
    else
        rules_page_list(&page, call->rules, call->as_of);
    return cli_close_page(&page, EXIT_CLEAN);
}

static int show(struct rules_call *call) {
    if (call->args->operand_count != 2)
        return cli_usage_error("rules show needs the id of a measure, a party "
                               "or a profile");
    struct text_page page = cli_open_page();
    struct str id = str_from(call->args->operands[1]);
    uint32_t measure = rules_find_measure(call->rules, id);
    uint32_t party = rules_find_party(call->rules, id);
    uint32_t profile = rules_find_profile(call->rules, id);
    if (measure != RULES_NONE && call->json)
        rules_page_json(stdout, call->rules, call->as_of, measure);
    else if (call->json && (party != RULES_NONE || profile != RULES_NONE))
        return cli_usage_error("only measures are shown as JSON");
    else if (measure != RULES_NONE)
        rules_page_measure(&page, call->rules, call->as_of, measure);
    else if (party != RULES_NONE)
        rules_page_party(&page, call->rules, party);
    else if (profile != RULES_NONE)
        rules_page_profile(&page, call->rules, call->as_of, profile);
    else
        return cli_usage_error("no measure, party or profile is called '%s'; "
                               "`bomgate rules list` shows them",
                               call->args->operands[1]);
    return cli_close_page(&page, EXIT_CLEAN);
}

static const struct {
    const char *name, *operands;
    int (*run)(struct rules_call *call);
    bool in_use; /* it shows the rules in use; else it works on folders */
} verbs[] = {
    {"list", "", list, true},
    {"show", " ID", show, true},
    {"lint", " [DIR]", rules_lint, false},
    {"diff", " [OLD] NEW", rules_diff_folders, false},
    {"import", " FILE", rules_import, false},
};

static int unknown_verb(void) {
    struct strbuf known = {.ptr = NULL};
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        strbuf_printf(&known, "%s%s%s", i == 0 ? "" : ", ", verbs[i].name,
                      verbs[i].operands);
    int status = cli_usage_error("rules needs one of %s",
                                 known.failed ? "--help" : known.ptr);
    strbuf_dispose(&known);
    return status;
}

/* What a folder is held against: the shipped rules, or those of --rules. */
static bool open_base(struct rules_call *call, struct err *err) {
    const struct cli_args *args = call->args;
    const char *folder = cli_value(args, "rules");
    struct ruleset *shipped = NULL;
    if (!cli_wants_json(args, &call->json, err) ||
        !ruleset_open(&shipped, args->shipped_rules, args->shipped_rules_size,
                      err))
        return false;
    bool ok = folder == NULL ||
              ruleset_load_folder(&call->base, folder, shipped, NULL, err);
    if (folder == NULL)
        call->base = shipped;
    else
        ruleset_close(shipped);
    return ok;
}

static int rules(const struct cli_args *args) {
    struct rules_call call = {.args = args};
    struct err err = ERR_INIT;
    const char *verb = args->operand_count != 0 ? args->operands[0] : "";
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, verb) != 0)
            continue;
        bool ok =
            verbs[i].in_use ? read_call(&call, &err) : open_base(&call, &err);
        int status = ok ? verbs[i].run(&call) : cli_refuse(&err);
        ruleset_close(call.rules);
        ruleset_close(call.base);
        return status;
    }
    return unknown_verb();
}

const struct cli_command rules_command = {
    .name = "rules",
    .operands = "list|show ID|lint [DIR]|diff [OLD] NEW|import FILE",
    .summary = "what the rule set holds; check, compare and import rules",
    .help =
        "lint checks a folder, or the shipped rules. A folder with a "
        "ruleset.yaml stands\nalone, as --rules takes it; any other is "
        "added to the shipped rules. diff\ncompares two folders, or one with "
        "the shipped rules. import turns an official\nlist (CSV), or a "
        "company's list of approved parts and makers (CSV, Excel), into\nthe "
        "list of a measure. With these, --rules takes the place of the "
        "shipped rules.",
    .options = options,
    .run = rules,
};
