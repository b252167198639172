#ifndef BOMGATE_CLI_RULES_PAGE_H
#define BOMGATE_CLI_RULES_PAGE_H

#include <stdio.h>

#include "ruleset/ruleset.h"

/* What `bomgate rules` prints. */

/** Measures with their state on a day, then profiles. */
void rules_page_list(FILE *out, const struct ruleset *rules, int32_t as_of);
void rules_page_categories(FILE *out, const struct ruleset *rules);
/** One measure, as a lawyer would read it. */
void rules_page_measure(FILE *out, const struct ruleset *rules, int32_t as_of,
                        uint32_t measure);
void rules_page_party(FILE *out, const struct ruleset *rules, uint32_t party);
void rules_page_profile(FILE *out, const struct ruleset *rules,
                        uint32_t profile);
/** `bomgate-rules/1`; one measure, or all with RULES_NONE. */
void rules_page_json(FILE *out, const struct ruleset *rules, int32_t as_of,
                     uint32_t measure);
/** One line: how much there is of each. */
void rules_page_sums(FILE *out, const struct ruleset *rules, size_t notes);

/** "in force", "upcoming", "ended", "proposed", "not announced", "list". */
const char *rules_measure_state(const struct ruleset *rules, uint32_t measure,
                                int32_t as_of);

#endif
