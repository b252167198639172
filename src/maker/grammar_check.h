#ifndef BOMGATE_MAKER_GRAMMAR_CHECK_H
#define BOMGATE_MAKER_GRAMMAR_CHECK_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"

struct maker_resolver;

/**
 * Try one example part number of a family.
 *
 * @param resolver  For `rules`.
 * @param[out] fits Is it taken for the family, or for another one of the same
 *                  maker?
 * @return false when memory is out.
 */
NODISCARD bool grammar_try_example(struct maker_resolver *resolver,
                                   const struct ruleset *rules,
                                   const struct rules_family *family,
                                   struct str example, bool *fits,
                                   struct err *err);

#endif
