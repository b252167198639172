#ifndef BOMGATE_REPORT_ALIKE_H
#define BOMGATE_REPORT_ALIKE_H

#include <stddef.h>

#include "report/report.h"

/* The same rule, said of one part for several profiles, is one thing to read:
   without a declared profile a part has dozens of findings. */

/** How many of `count` findings, which start at `findings`, say the same as the
    first; at least 1. */
size_t alike_count(const struct finding *findings, size_t count);

/** "cn-cii-operator, us-dod and 3 more": for whom they say it. */
void alike_profiles(struct strbuf *out, const struct run_info *run,
                    const struct finding *findings, size_t count);

/** Why, in a sentence that is true of all of them and names no profile. */
void alike_why(struct strbuf *out, const struct run_info *run,
               const struct finding *findings);

#endif
