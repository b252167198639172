#include <string.h>

#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/parts_verbs.h"

static const struct cli_option options[] = {
    CLI_SCREEN_OPTIONS,
    CLI_PARTS_OPTION,
    {"output", 'o', "FILE", false,
     "with todo: the work-list to write, .xlsx or .csv"},
    {"product", 0, "NAME", false,
     "with todo: what the BOMs are for, which waivers may ask"},
    {"waivers", 0, "FILE", false,
     "with todo: the accepted findings, which are not asked again"},
    {"map", 0, "[BOM:]FIELD=HEADER", true,
     "with todo: take the column HEADER for FIELD (mpn, manufacturer, …)"},
    {"sheet", 0, "[BOM:]SHEET", true, "with todo: the sheet to read, by name"},
    {"encoding", 0, "[BOM:]NAME", true,
     "with todo: the text's encoding, such as GBK"},
    {"format", 'f', "FORMAT", false, "text (default) or json"},
    {NULL, 0, NULL, false, NULL},
};

static const struct {
    const char *name;
    int (*run)(const struct cli_args *args);
} verbs[] = {
    {"todo", cli_parts_todo},
    {"check", cli_parts_check},
};

static int parts(const struct cli_args *args) {
    const char *verb = args->operand_count != 0 ? args->operands[0] : "";
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, verb) == 0)
            return verbs[i].run(args);
    }
    return cli_usage_error("parts needs one of todo BOM…, check [FILE]");
}

const struct cli_command parts_command = {
    .name = "parts",
    .operands = "todo BOM…|check [FILE]",
    .summary = "who makes what: a work-list to fill in, and its check",
    .help =
        "todo lists each part that could not be resolved or asks for review "
        "once, the\nmost used first, with what the parts file says already: "
        "filled in, it is the\nparts file. check looks at a parts file, or at "
        "the one of the settings, and\nexits 1 when something is wrong in it.",
    .options = options,
    .reads_boms = true,
    .verbs = 1,
    .run = parts,
};
