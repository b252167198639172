#ifndef BOMGATE_REPORT_TEXT_END_H
#define BOMGATE_REPORT_TEXT_END_H

#include "report/contents.h"
#include "report/report.h"
#include "report/text_layout.h"

/** INCOMPLETE or INCONCLUSIVE and why; nothing when it is neither. */
void text_problems(struct text_page *page, const struct run_totals *totals);

/** The rules, the day, the activity and who is buying. */
void text_declared(struct text_page *page, const struct run_info *run);

/** That a rule changed and not the design; or nothing. */
void text_rule_change(struct text_page *page, const struct run_info *run,
                      const struct run_totals *totals);
/** Where the run was recorded; or nothing. */
void text_recorded(struct text_page *page, const struct run_totals *totals);

/** Flagged lines by profile; without a declared one only those that have any.
 */
void text_profile_table(struct text_page *page, const struct run_info *run,
                        const struct run_totals *totals);

/** What a folder held that is no BOM, and why. */
void text_skipped(struct text_page *page, const struct run_totals *totals);

/* A run over a folder of BOMs without a declared profile has hundreds of
   remarks; more than that nobody reads on a screen. */
#define TEXT_LIST_SHOWN 20

/** The parts of which a measure asks what is inside. */
void text_contents(struct text_page *page, const struct run_info *run,
                   struct contents_sums *sums, bool with_bom);

/** What was not checked, and what was skipped. */
void text_not_checked(struct text_page *page, const struct run_totals *totals);

/** How the worst finding could be accepted; nothing for an empty form. */
void text_waiver_form(struct text_page *page, struct str form);

/** "2 prohibited, 0 upcoming, … of 47 lines". */
void text_summary(struct text_page *page, const struct run_totals *totals);

#endif
