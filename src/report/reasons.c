#include "report/phrases.h"

/* What the two groups of reasons say; more follows where a text ends in a
   blank. */
static const char *reason_text(enum screen_reason reason) {
    static const char *const texts[REASON_COUNT] = {
        [REASON_NONE] = "a person must look",
        [REASON_BUYER] = "it does not bind ",
        [REASON_ACTIVITY] = "it does not restrict this activity",
        [REASON_CATEGORY] = "it does not cover this kind of part",
        [REASON_EXPORT] = "it restricts selling to the company, not buying "
                          "from it",
        [REASON_ENDED] = "it had ended by the day that was asked for",
        [REASON_PROPOSED] = "it is proposed and has no date yet",
        [REASON_CHECK] = "it asks for a check",
        [REASON_MAKER] = "the maker is only probable",
        [REASON_CONTRADICTION] = "the maker's name and the part number "
                                 "disagree",
        [REASON_SHARED_NAME] = "several companies use this name",
        [REASON_OPEN_CATEGORY] = "only some of what this part could be is "
                                 "covered",
        [REASON_OPEN_ORIGIN] = "the BOM does not say where the part was made",
        [REASON_OPEN_PROFILE] = "it binds only a narrower profile",
        [REASON_OPEN_DATE] = "its day is known only roughly: ",
        [REASON_INSIDE] = "what is inside the product decides",
        [REASON_AFFILIATE] = "the companies are linked, but no ownership by "
                             "half or more is known",
        [REASON_UNCONFIRMED] = "the fact has no confirmed source",
    };
    return reason < REASON_COUNT ? texts[reason] : "";
}

void phrase_for_whom(struct strbuf *out, const struct ruleset *rules,
                     const struct screen_hit *hit) {
    if (hit->customer != RULES_NONE)
        strbuf_printf(out, " for your customer (“%s”)",
                      phrase_profile(rules, hit->customer));
    else if (hit->profile != RULES_NONE)
        strbuf_printf(out, " for “%s”", phrase_profile(rules, hit->profile));
}

static const char *profile_name(const struct ruleset *rules, uint32_t profile) {
    return profile == RULES_NONE ? NULL : phrase_profile(rules, profile);
}

void phrase_reason(struct strbuf *out, const struct ruleset *rules,
                   const struct screen_hit *hit) {
    const char *buyer = profile_name(rules, hit->profile);
    const char *narrower = profile_name(rules, hit->declare);
    strbuf_add_text(out, reason_text(hit->reason));
    if (hit->reason == REASON_BUYER && buyer == NULL)
        strbuf_add_text(out, "this buyer");
    else if (hit->reason == REASON_BUYER)
        strbuf_printf(out, "“%s”", buyer);
    else if (hit->reason == REASON_CHECK)
        phrase_for_whom(out, rules, hit);
    else if (hit->reason == REASON_OPEN_PROFILE && narrower != NULL)
        strbuf_printf(out, ", “%s”", narrower);
    else if (hit->reason == REASON_OPEN_DATE)
        phrase_span(out, hit->from);
}
