#ifndef BOMGATE_REPORT_SARIF_RULES_H
#define BOMGATE_REPORT_SARIF_RULES_H

#include <stdint.h>

#include "core/json_writer.h"
#include "report/report.h"
#include "report/scratch.h"

/** `rules`: every measure, in its order, then the one for unknown makers. */
void sarif_rules(struct json_writer *json, const struct ruleset *rules,
                 struct scratch *scratch);

/** `ruleId` and `ruleIndex` of a finding. */
void sarif_rule_of(struct json_writer *json, const struct ruleset *rules,
                   const struct finding *finding);

/** "error", "warning" or "note". */
const char *sarif_level(enum verdict verdict);

#endif
