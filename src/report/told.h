#ifndef BOMGATE_REPORT_TOLD_H
#define BOMGATE_REPORT_TOLD_H

#include "core/str.h"
#include "report/report.h"

/* A finding in plain sentences, as a build log, a code review and a test
   report say it: one line, of bounded length, without control characters, and
   not escaped for any format. */

/** "U3: MICRON TECH MT41K256M16TW-107:P", cut to a line's length. */
void told_subject(struct strbuf *out, const struct report_line *line,
                  const struct bom_part *part);

/** What no measure says has a rule of its own. */
#define TOLD_UNKNOWN_MAKER "bomgate-" WAIVER_UNKNOWN_MAKER

/** The finding's measure, or TOLD_UNKNOWN_MAKER. */
const char *told_rule_id(const struct ruleset *rules,
                         const struct finding *finding);

/** "us-ndaa-889, B", or "maker not known". */
void told_rule(struct strbuf *out, const struct ruleset *rules,
               const struct finding *finding);

/** " (waived as exception until …)", or nothing without a decision. */
void told_decision(struct strbuf *out, const struct finding *finding);

/** Why, what to do, what to buy instead, and what was decided before. */
void told_reason(struct strbuf *out, const struct run_info *run,
                 const struct finding *finding);

/**
 * A waiver to paste into the file of waivers and to fill in, with a line break
 * after each line.
 *
 * @param of  What it covers there: its key, and what is to be filled in.
 */
void told_waiver_form(struct strbuf *out, const char *measure, const char *of);

#endif
