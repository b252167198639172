#ifndef BOMGATE_CLI_ARGS_H
#define BOMGATE_CLI_ARGS_H

#include "cli/cli.h"

/**
 * Take the words after the command apart: `--name value`, `--name=value`,
 * `-x value`, `-xvalue`, flags, operands; "--" ends the options, "-" is an
 * operand.
 *
 * @param[out] out  Dispose of with cli_args_dispose(). Untouched on failure.
 * @return false for an unknown option, a missing or a superfluous value.
 */
NODISCARD bool cli_args_parse(struct cli_args *out,
                              const struct cli_option *options, int argc,
                              char **argv, struct err *err);
void cli_args_dispose(struct cli_args *args);

#define CLI_VARIABLE "BOMGATE_"
/** The environment's name for an option: "as-of" is BOMGATE_AS_OF.
    @param[out] out  Cleared first. */
void cli_variable(struct strbuf *out, const char *option);

/** Tell of each variable that looks like one of ours and is none. */
void cli_tell_variables(void);

#endif
