#ifndef BOMGATE_REPORT_JSON_PART_H
#define BOMGATE_REPORT_JSON_PART_H

#include <stdint.h>

#include "core/date.h"
#include "core/json_writer.h"
#include "maker/maker.h"
#include "report/report.h"
#include "ruleset/ruleset.h"
#include "screen/screen.h"

/* What every JSON document says of a part in the same keys. */

/** `key`: the party's id, or null. */
void json_part_party(struct json_writer *json, const char *key,
                     const struct ruleset *rules, uint32_t party);
/** `key`: what the party is called, or null. */
void json_part_name(struct json_writer *json, const char *key,
                    const struct ruleset *rules, uint32_t party);
/** `key`: a day, as sure as its source ("2006"), or null. */
void json_part_span(struct json_writer *json, const char *key,
                    struct date_span span);
/** `from`, `days_left` and `becomes` of a hit. */
void json_part_when(struct json_writer *json, const struct screen_hit *hit);
/** `via`: what leads to the listed party; null without a relation. */
void json_part_via(struct json_writer *json, const struct screen_via *via);
/** `matched_by`: enum maker_match bits as a list. */
void json_part_matches(struct json_writer *json, unsigned matched_by);
/** `category` and `parameters`, each with its source. */
void json_part_facts(struct json_writer *json, const struct ruleset *rules,
                     const struct part_facts *facts);
/** "none", "probable", "certain". */
const char *json_part_confidence(enum maker_confidence confidence);

/** `key`: what a supplier declares, or null. */
void json_part_declaration(struct json_writer *json, const char *key,
                           const struct ruleset *rules,
                           const struct declaration *declaration);

#endif
