#include "core/lang.h"
#include "report/phrases.h"

/* What the two groups of reasons say where no name or day belongs to it. */
static const char *reason_text(enum screen_reason reason) {
    static const char *const texts[REASON_COUNT] = {
        [REASON_NONE] = N_("a person must look"),
        [REASON_BUYER] = N_("it does not bind this buyer"),
        [REASON_ACTIVITY] = N_("it does not restrict this activity"),
        [REASON_CATEGORY] = N_("it does not cover this kind of part"),
        [REASON_EXPORT] = N_("it restricts selling to the company, not buying "
                             "from it"),
        [REASON_ENDED] = N_("it had ended by the day that was asked for"),
        [REASON_PROPOSED] = N_("it is proposed and has no date yet"),
        [REASON_MAKER] = N_("the maker is only probable"),
        [REASON_CONTRADICTION] = N_("the maker's name and the part number "
                                    "disagree"),
        [REASON_SHARED_NAME] = N_("several companies use this name"),
        [REASON_OPEN_CATEGORY] = N_("only some of what this part could be is "
                                    "covered"),
        [REASON_OPEN_ORIGIN] =
            N_("the BOM does not say where the part was made"),
        [REASON_OPEN_PROFILE] = N_("it binds only a narrower profile"),
        [REASON_INSIDE] = N_("what is inside the product decides"),
        [REASON_AFFILIATE] = N_("the companies are linked, but no ownership by "
                                "half or more is known"),
        [REASON_CONTENTS] = N_("what is inside is not declared"),
        [REASON_UNCONFIRMED] = N_("the fact has no confirmed source"),
        [REASON_CONDITIONAL] = N_("whether its condition is met no BOM shows"),
    };
    return reason < REASON_COUNT && texts[reason] != NULL ? tr(texts[reason])
                                                          : "";
}

void phrase_for_whom(struct strbuf *out, const struct ruleset *rules,
                     const struct screen_hit *hit) {
    if (hit->customer != RULES_NONE)
        strbuf_printf(out, tr(" for your customer (“%s”)"),
                      phrase_profile(rules, hit->customer));
    else if (hit->profile != RULES_NONE)
        strbuf_printf(out, tr(" for “%s”"),
                      phrase_profile(rules, hit->profile));
}

static void add_check(struct strbuf *out, const struct ruleset *rules,
                      const struct screen_hit *hit) {
    struct strbuf whom = {.ptr = NULL};
    phrase_for_whom(&whom, rules, hit);
    strbuf_printf(out, tr("it asks for a check%s"), phrase_text(&whom));
    phrase_end(out, &whom);
}

void phrase_reason(struct strbuf *out, const struct ruleset *rules,
                   const struct screen_hit *hit) {
    if (hit->reason == REASON_BUYER && hit->declare != RULES_NONE)
        strbuf_printf(out,
                      tr("it binds only “%s”, which the settings say does not "
                         "apply to the product"),
                      phrase_profile(rules, hit->declare));
    else if (hit->reason == REASON_BUYER && hit->profile != RULES_NONE)
        strbuf_printf(out, tr("it does not bind “%s”"),
                      phrase_profile(rules, hit->profile));
    else if (hit->reason == REASON_CHECK)
        add_check(out, rules, hit);
    else if (hit->reason == REASON_OPEN_PROFILE && hit->declare != RULES_NONE)
        strbuf_printf(out, tr("it binds only a narrower profile, “%s”"),
                      phrase_profile(rules, hit->declare));
    else if (hit->reason == REASON_OPEN_ORIGIN && hit->doubt == ORIGIN_UNREAD)
        strbuf_add_text(out, tr("where the part was made is written, but names "
                                "no country that is known"));
    else if (hit->reason == REASON_OPEN_ORIGIN && hit->doubt == ORIGIN_DISPUTED)
        strbuf_add_text(out, tr("where the part was made is said in two ways"));
    else if (hit->reason == REASON_OPEN_DATE)
        strbuf_printf(out, tr("its day is known only roughly: %s"),
                      shown_span(hit->from).text);
    else
        strbuf_add_text(out, reason_text(hit->reason));
}
