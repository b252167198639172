#ifndef BOMGATE_SCREEN_DIFFERENCES_H
#define BOMGATE_SCREEN_DIFFERENCES_H

#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"

/**
 * Where a part differs from the one that it is to replace, as far as both are
 * known: "package FBGA78, not FBGA96; slower: 1600, not 1866 MT/s". A faster
 * part stands in for a slower one.
 *
 * @param[out] out  Appended to, behind a semicolon when something is there.
 * @return how many differences there are.
 */
unsigned part_differences(struct strbuf *out, const struct ruleset *rules,
                          const struct part_facts *wanted,
                          const struct part_facts *offered);

#endif
