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

/** "us-ndaa-889, B", or "maker not known". */
void told_rule(struct strbuf *out, const struct ruleset *rules,
               const struct finding *finding);

/** Why, what to do, and what to buy instead. */
void told_reason(struct strbuf *out, const struct run_info *run,
                 const struct finding *finding);

/** "exception: …; approved by …; until 2026-12-31; .bomgate-waivers.yaml:3". */
void told_waiver(struct strbuf *out, const struct waiver *waiver);

/**
 * A waiver to paste into the file of waivers and to fill in, with a line break
 * after each line.
 *
 * @param party  NULL: to be filled in too.
 */
void told_waiver_form(struct strbuf *out, const char *measure,
                      const char *party);

#endif
