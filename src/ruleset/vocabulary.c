#include "ruleset/ruleset.h"

#include "core/lang.h"

/* The one place for the words that stand for the index's numbers. */

static const char *const effect_names[] = {
    [RULES_PROHIBIT] = N_("prohibit"), [RULES_APPROVE] = N_("approve"),
    [RULES_DUTY] = N_("duty"),         [RULES_ADVISE] = N_("advise"),
    [RULES_CHECK] = N_("check"),       [RULES_EXPORT] = N_("export"),
};

static const char *const reach_names[] = {
    [RULES_NAMED] = "named",
    [RULES_OWNED] = "owned",
    [RULES_AFFILIATED] = "affiliated",
};

static const char *const confidence_names[] = {
    [RULES_OFFICIAL_TEXT] = N_("official-text"),
    [RULES_TRANSCRIPTION] = N_("transcription"),
    [RULES_SECONDARY] = N_("secondary"),
    [RULES_UNCONFIRMED] = N_("unconfirmed"),
};

const char *const rules_activity_names[] = {
    N_("purchase"),  N_("install"), N_("use"),       N_("sell"), N_("import"),
    N_("authorise"), N_("fund"),    N_("export-to"), NULL,
};

const char *rules_dies_name(enum rules_dies dies) {
    static const char *const names[] = {
        [RULES_DIES_OWN] = "own",
        [RULES_DIES_FOUNDRY] = "foundry",
        [RULES_DIES_UNKNOWN] = NULL,
        [RULES_DIES_BOUGHT] = "bought",
    };
    return names[dies];
}

const char *rules_effect_name(enum rules_effect effect) {
    return effect_names[effect];
}

const char *rules_reach_name(enum rules_reach reach) {
    return reach_names[reach];
}

const char *rules_confidence_name(enum rules_confidence confidence) {
    return confidence_names[confidence];
}

const char *rules_approval_status_name(enum rules_approval_status status) {
    static const char *const names[] = {
        [RULES_APPROVED] = N_("approved"),
        [RULES_CONDITIONAL] = N_("conditional"),
        [RULES_PENDING] = N_("pending"),
        [RULES_OBSOLETE] = N_("obsolete"),
        [RULES_DISQUALIFIED] = N_("disqualified"),
    };
    return names[status];
}

const char *rules_activity_name(enum rules_activity activity) {
    unsigned i = 0;
    while (rules_activity_names[i] != NULL && (1u << i) != (unsigned)activity)
        i++;
    return rules_activity_names[i];
}

unsigned rules_activity_parse(struct str name) {
    for (unsigned i = 0; rules_activity_names[i] != NULL; i++) {
        if (str_eq(name, str_from(rules_activity_names[i])))
            return 1u << i;
    }
    return 0;
}
