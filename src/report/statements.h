#ifndef BOMGATE_REPORT_STATEMENTS_H
#define BOMGATE_REPORT_STATEMENTS_H

#include "report/report.h"
#include "report/scratch.h"

/* What every report says of itself, in the same words. */

/** Shown as a row: what it is, which is "" where the row before goes on, and
    what was said. Both are borrowed for the call. */
typedef void statement_put(void *ctx, const char *label, struct str text);

/**
 * What the user declared, or the CI system: who buys what on which day, for
 * which product, from which repository, by whose rules and waivers.
 *
 * @param text  What the rows are composed in.
 */
void report_declarations(struct scratch *text, const struct run_info *run,
                         const struct run_totals *totals, statement_put *put,
                         void *ctx);

/** "Buyer: “…”; purchase as of 2026-11-21; method …; rules …". */
void report_declared(struct strbuf *out, const struct run_info *run);

/** The day on which a source of the measures that were asked was last read;
    "" when none has one. */
const char *report_last_read(const struct run_info *run,
                             const struct run_totals *totals);

/** Where a BOM is the baseline's own file: that a rule changed, or a day came,
    and not the design. Nothing where nothing is new for that. */
void report_rule_change(struct strbuf *out, const struct run_info *run,
                        const struct run_totals *totals);

/** "Recorded in the history as run 12; the chain ends in …". Nothing where it
    is not. */
void report_recorded(struct strbuf *out, const struct run_totals *totals);

/** What was compared with what, and what this is not. */
void report_disclaimer(struct strbuf *out, const struct run_info *run,
                       const struct run_totals *totals);

/** "csv, UTF-8": what a file was read as, or that it was not. */
void report_read_as(struct strbuf *out, const struct bom_info *info);

/** What became of a row that could not be read as it stands. */
const char *report_severity(enum bom_severity severity);

#endif
