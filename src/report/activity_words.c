#include "report/activity_words.h"

#include "core/lang.h"
#include "ruleset/ruleset.h"

static unsigned as_bought(unsigned activity, bool customer) {
    return customer && activity == RULES_SELL ? RULES_PURCHASE : activity;
}

const char *activity_noun(unsigned activity, bool customer) {
    switch (as_bought(activity, customer)) {
    case RULES_INSTALL:
        return tr("installation");
    case RULES_USE:
        return tr("use");
    case RULES_SELL:
        return tr("sale");
    case RULES_IMPORT:
        return tr("import");
    case RULES_AUTHORISE:
        return tr("authorisation");
    case RULES_FUND:
        return tr("funding");
    case RULES_EXPORT_TO:
        return tr("supply to it");
    default:
        return tr("purchase");
    }
}

/* A waiver is "used" too, in another sense. */
const char *activity_done(unsigned activity, bool customer) {
    switch (as_bought(activity, customer)) {
    case RULES_INSTALL:
        return tr_in("activity", "installed");
    case RULES_USE:
        return tr_in("activity", "used");
    case RULES_SELL:
        return tr_in("activity", "sold");
    case RULES_IMPORT:
        return tr_in("activity", "imported");
    case RULES_AUTHORISE:
        return tr_in("activity", "authorised");
    case RULES_FUND:
        return tr_in("activity", "paid for");
    case RULES_EXPORT_TO:
        return tr_in("activity", "supplied to its maker");
    default:
        return tr_in("activity", "bought");
    }
}
