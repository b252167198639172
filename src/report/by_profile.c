#include "report/by_profile.h"

#include "core/lang.h"
#include "report/phrases.h"

static uint32_t flagged_for(const struct run_totals *totals, size_t index) {
    const uint32_t *counts = totals->by_profile[index].verdicts;
    uint32_t sum = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        sum += counts[v];
    return sum;
}

static bool is_more_than_review(const struct run_totals *totals, size_t index) {
    const uint32_t *counts = totals->by_profile[index].verdicts;
    return counts[VERDICT_REVIEW] != flagged_for(totals, index);
}

bool by_profile_shown(const struct run_info *run,
                      const struct run_totals *totals, size_t index) {
    if (run->declared || is_more_than_review(totals, index))
        return true;
    for (size_t i = 0; i < run->profile_count; i++) {
        if (flagged_for(totals, i) < flagged_for(totals, index))
            return true;
    }
    return false;
}

bool by_profile_waived(const struct run_info *run,
                       const struct run_totals *totals) {
    for (size_t i = 0; i < run->profile_count; i++) {
        if (totals->by_profile[i].waived != 0)
            return true;
    }
    return false;
}

const char *by_profile_title(const struct run_info *run) {
    return run->declared ? tr("Lines by profile")
                         : tr("Lines by profile (those with more to act on "
                              "than every buyer has)");
}
