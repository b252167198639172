#ifndef BOMGATE_CLI_COMMANDS_H
#define BOMGATE_CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct cli_command check_command;
extern const struct cli_command explain_command;
extern const struct cli_command alternatives_command;
extern const struct cli_command audit_command;
extern const struct cli_command columns_command;
extern const struct cli_command parts_command;
extern const struct cli_command rules_command;
extern const struct cli_command waive_command;
extern const struct cli_command history_command;
extern const struct cli_command serve_command;

#endif
