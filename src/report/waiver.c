#include "report/report.h"

const char *waiver_state_name(enum waiver_state state) {
    static const char *const names[] = {
        [WAIVER_UNUSED] = "unused",   [WAIVER_USED] = "used",
        [WAIVER_PENDING] = "pending", [WAIVER_EXPIRED] = "expired",
        [WAIVER_REFUSED] = "refused",
    };
    return names[state];
}
