#include "report/report.h"

enum waiver_state finding_waiver_state(const struct finding *finding) {
    enum waiver_state state = finding->waiver->state;
    if (finding->waived)
        return WAIVER_USED;
    return state == WAIVER_USED || state == WAIVER_UNUSED ? WAIVER_REFUSED
                                                          : state;
}

bool finding_counts(const struct finding *finding) {
    return !finding->waived && !finding->known;
}

const struct maker_candidate *finding_candidate(const struct finding *finding) {
    const struct maker *maker = finding->maker;
    if (finding->hit != NULL && finding->hit->candidate != NULL)
        return finding->hit->candidate;
    return maker->candidate_count != 0 ? &maker->candidates[0] : NULL;
}

uint32_t finding_party(const struct finding *finding) {
    const struct maker_candidate *candidate = finding_candidate(finding);
    if (finding->hit != NULL)
        return finding->hit->party;
    return candidate != NULL ? candidate->party : RULES_NONE;
}
