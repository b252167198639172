#ifndef BOMGATE_REPORT_BY_PROFILE_H
#define BOMGATE_REPORT_BY_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"

/**
 * Should the profile with this index get a row of its own? A declared one
 * does. Of all the others only those do for which more is flagged than for
 * everybody: a maker that is not sure is `review` for each of them.
 */
bool by_profile_shown(const struct run_info *run,
                      const struct run_totals *totals, size_t index);

/** Is a line waived for one of the profiles? They have a column then. */
bool by_profile_waived(const struct run_info *run,
                       const struct run_totals *totals);

/** What heads the table of them. */
const char *by_profile_title(const struct run_info *run);

#endif
