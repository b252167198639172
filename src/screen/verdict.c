#include "screen/screen.h"

#include "core/lang.h"

static const char *const verdict_names[VERDICT_COUNT] = {
    [VERDICT_PROHIBITED] = N_("prohibited"),
    [VERDICT_UPCOMING] = N_("upcoming"),
    [VERDICT_RESTRICTED] = N_("restricted"),
    [VERDICT_REVIEW] = N_("review"),
    [VERDICT_UNKNOWN] = N_("unknown"),
    [VERDICT_OUT_OF_SCOPE] = N_("out-of-scope"),
    [VERDICT_CLEAR] = N_("clear"),
};

static const char *const reason_names[REASON_COUNT] = {
    [REASON_NONE] = NULL,
    [REASON_BUYER] = "buyer",
    [REASON_ACTIVITY] = "activity",
    [REASON_CATEGORY] = "category",
    [REASON_EXPORT] = "export-side",
    [REASON_ENDED] = "ended",
    [REASON_PROPOSED] = "proposed",
    [REASON_CHECK] = "check",
    [REASON_MAKER] = "probable-maker",
    [REASON_CONTRADICTION] = "contradiction",
    [REASON_SHARED_NAME] = "shared-name",
    [REASON_OPEN_CATEGORY] = "open-category",
    [REASON_OPEN_ORIGIN] = "open-origin",
    [REASON_OPEN_PROFILE] = "open-profile",
    [REASON_OPEN_DATE] = "open-date",
    [REASON_INSIDE] = "inside",
    [REASON_AFFILIATE] = "affiliate",
    [REASON_UNCONFIRMED] = "unconfirmed",
    [REASON_CONTENTS] = "contents",
    [REASON_CONDITIONAL] = "conditional",
    [REASON_NOT_LISTED] = "not-listed",
    [REASON_OTHER_APPROVED] = "other-approved",
    [REASON_APPROVAL_EXPIRED] = "approval-expired",
    [REASON_NOT_YET_APPROVED] = "not-yet-approved",
    [REASON_PENDING] = "pending",
    [REASON_OBSOLETE] = "obsolete",
    [REASON_DISQUALIFIED] = "disqualified",
};

const char *verdict_name(enum verdict verdict) {
    return verdict < VERDICT_COUNT ? verdict_names[verdict] : "";
}

enum verdict verdict_parse(struct str name) {
    for (unsigned i = 0; i < VERDICT_COUNT; i++) {
        if (str_eq(name, str_from(verdict_names[i])))
            return (enum verdict)i;
    }
    return VERDICT_COUNT;
}

enum verdict verdict_worst(enum verdict a, enum verdict b) {
    return a < b ? a : b;
}

bool screen_is_unapproved(const struct screen_hit *hit) {
    return hit->reason >= REASON_NOT_LISTED && hit->reason < REASON_COUNT;
}

const char *screen_reason_name(enum screen_reason reason) {
    return reason_names[reason];
}
