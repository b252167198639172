#include "report/report.h"

#include "core/lang.h"

const char *waiver_state_name(enum waiver_state state) {
    static const char *const names[] = {
        [WAIVER_UNUSED] = N_("unused"),   [WAIVER_USED] = N_("used"),
        [WAIVER_PENDING] = N_("pending"), [WAIVER_EXPIRED] = N_("expired"),
        [WAIVER_REFUSED] = N_("refused"),
    };
    return names[state];
}
