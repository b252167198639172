#ifndef BOMGATE_RUN_RULE_AGE_H
#define BOMGATE_RUN_RULE_AGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"

#define RULE_AGE_MAX 36500 /* days; a century */

/**
 * Are the rules' sources recent enough to judge a day by?
 *
 * @param max_age  Days from the rule set's known-to to `as_of`; 0: any.
 * @return false when there are more, or the rules do not say; err says so in
 *         one sentence.
 */
NODISCARD bool rule_age_check(const struct ruleset *rules, int32_t as_of,
                              unsigned max_age, struct err *err);

/** Read a number of days, 1 to RULE_AGE_MAX, as --max-rule-age has it. */
NODISCARD bool rule_age_parse(const char *text, unsigned *days,
                              struct err *err);

#endif
