#ifndef BOMGATE_REPORT_INSTEAD_H
#define BOMGATE_REPORT_INSTEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"

#include "core/lang.h"

#define INSTEAD_NONE N_("no clear alternative is known")
#define INSTEAD_NONE_CLEAR                                                     \
    N_("no clear alternative is known, only ones that need a look")

/** Is at least one of them clear? */
bool report_instead_is_clear(const struct alternatives *found);

/**
 * What can be bought instead, for a cell or a paragraph: part numbers one by
 * one, a supplier once, with what to check; then those who make such parts, by
 * verdict, what is at the end of its life last. Says so when there is nothing.
 *
 * @param parts    How many part numbers at most.
 * @param between  What stands between the items.
 */
void report_instead(struct strbuf *out, const struct run_info *run,
                    const struct alternatives *found, size_t parts,
                    const char *between);

/** What engineering must look at with any of them; nothing when there are none.
 */
void report_instead_check(struct strbuf *out, const struct alternatives *found);

#endif
