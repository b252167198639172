#ifndef BOMGATE_REPORT_SARIF_RULES_H
#define BOMGATE_REPORT_SARIF_RULES_H

#include <stdint.h>

#include "core/json_writer.h"
#include "report/report.h"
#include "report/scratch.h"

/** The rule of what no measure says: the maker is not known. */
#define SARIF_UNKNOWN_MAKER "bomgate-unknown-maker"

/** `rules`: every measure, in its order, then SARIF_UNKNOWN_MAKER. */
void sarif_rules(struct json_writer *json, const struct ruleset *rules,
                 struct scratch *scratch);

/** `ruleId` and `ruleIndex` of a finding. */
void sarif_rule_of(struct json_writer *json, const struct ruleset *rules,
                   const struct finding *finding);

/** "error", "warning" or "note". */
const char *sarif_level(enum verdict verdict);

#endif
