#ifndef BOMGATE_CLI_RULES_VERBS_H
#define BOMGATE_CLI_RULES_VERBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cli/cli.h"
#include "core/json_writer.h"
#include "ruleset/diff.h"

/* The verbs of `bomgate rules` that work on folders. */

/** What the verbs share. */
struct rules_call {
    const struct cli_args *args;
    struct ruleset *base;  /* what folders are held against: the shipped rules,
                              or those of --rules */
    struct ruleset *rules; /* those in use; NULL for verbs on folders */
    int32_t as_of;
    bool json;
};

/** @return the exit status. */
int rules_lint(struct rules_call *call);
int rules_diff_folders(struct rules_call *call);
int rules_import(struct rules_call *call);

/** Where differences are printed, a line each, or as `bomgate-rules-diff/1`. */
struct change_printer {
    FILE *out;
    bool as_json;
    struct json_writer json;
};

/** Begin, hand `change_printer_add` to rules_diff(), end. */
void change_printer_begin(struct change_printer *printer, FILE *out,
                          bool as_json);
void change_printer_add(void *ctx, const struct rule_change *change);
/** @param complete  Everything could be compared. */
void change_printer_end(struct change_printer *printer, bool complete);

#endif
