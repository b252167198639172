#include "report/report.h"

const char *waiver_state_name(enum waiver_state state) {
    static const char *const names[] = {
        [WAIVER_UNUSED] = "unused",   [WAIVER_USED] = "used",
        [WAIVER_PENDING] = "pending", [WAIVER_EXPIRED] = "expired",
        [WAIVER_REFUSED] = "refused",
    };
    return names[state];
}

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
