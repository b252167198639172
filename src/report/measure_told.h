#ifndef BOMGATE_REPORT_MEASURE_TOLD_H
#define BOMGATE_REPORT_MEASURE_TOLD_H

#include "report/report.h"

/* What a list of measures says of each. */

/** Its title, and the one in the act's own language where it has another. */
void measure_title(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure, const char *between);
/** The profiles that it binds, each once. */
void measure_binds(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure, const char *between);
/** The day from which the first of its clauses holds. */
void measure_from(struct strbuf *out, const struct ruleset *rules,
                  const struct rules_measure *measure);
/** How sure its text is: "transcription, list incomplete". */
void measure_sure(struct strbuf *out, const struct rules_measure *measure);
/** What no BOM shows of it: "foundry, contents". */
void measure_blind(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure);

#endif
