#ifndef BOMGATE_CLI_PARTS_VERBS_H
#define BOMGATE_CLI_PARTS_VERBS_H

#include "cli/cli.h"

/* The verbs of `bomgate parts`, a file each: the first operand is the verb.
   @return the exit status. */

int cli_parts_todo(const struct cli_args *args);
int cli_parts_check(const struct cli_args *args);

#endif
