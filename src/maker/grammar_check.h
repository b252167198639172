#ifndef BOMGATE_MAKER_GRAMMAR_CHECK_H
#define BOMGATE_MAKER_GRAMMAR_CHECK_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/compile.h"

/**
 * Try every family's example part numbers: each must be taken for its family,
 * or for another one of the same maker.
 *
 * @param problems  Told of each that is not.
 * @return false when there is any, or memory is out; err sums up.
 */
NODISCARD bool grammar_check(const struct ruleset *rules,
                             const struct rule_problems *problems,
                             struct err *err);

#endif
