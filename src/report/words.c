#include "report/report.h"

#include <inttypes.h>

#include "report/phrases.h"

/* The words of an activity, by its bit: what is forbidden, and what may not
   be done. */
struct activity_words {
    const char *noun, *done;
};

static const struct activity_words activity_words[] = {
    {"purchase", "bought"},  {"installation", "installed"},
    {"use", "used"},         {"sale", "sold"},
    {"import", "imported"},  {"authorisation", "authorised"},
    {"funding", "paid for"}, {"supply to it", "supplied to its maker"},
};

static const struct activity_words *words_of(unsigned activity) {
    for (size_t i = 0; i < ARRAY_LEN(activity_words); i++) {
        if (activity & (1u << i))
            return &activity_words[i];
    }
    return &activity_words[0];
}

/* What a supplier sells, its customer buys. */
static const struct activity_words *words_for(const struct run_info *run,
                                              bool customer) {
    bool sold = customer && run->activity == RULES_SELL;
    return words_of(sold ? RULES_PURCHASE : run->activity);
}

/* Beyond so many, a sentence with every profile's name is no sentence. */
#define PROFILES_NAMED 3

static void add_profile_names(struct strbuf *out, const struct run_info *run,
                              size_t limit) {
    size_t shown = run->profile_count < limit ? run->profile_count : limit;
    bool more = run->profile_count > shown;
    for (size_t i = 0; i < shown; i++) {
        phrase_join(out, i, more ? shown + 1 : shown);
        strbuf_printf(out, "“%s”",
                      phrase_profile(run->rules, run->profiles[i]));
    }
    if (more) {
        strbuf_add_text(out, " and ");
        phrase_count(out, run->profile_count - shown, "other profile");
    }
}

void report_profiles(struct strbuf *out, const struct run_info *run) {
    if (run->declared)
        add_profile_names(out, run, SIZE_MAX);
    else
        strbuf_add_text(out, "all profiles");
}

static void add_buyer(struct strbuf *out, const struct run_info *run) {
    if (run->declared) {
        strbuf_add_text(out, "For ");
        add_profile_names(out, run, PROFILES_NAMED);
    } else {
        strbuf_add_text(out, "For at least one of ");
        phrase_count(out, run->profile_count, "kind");
        strbuf_add_text(out, " of buyer (none was declared)");
    }
    strbuf_add_text(out, ": ");
}

static size_t flagged_count(const struct run_totals *totals) {
    size_t count = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        count += totals->counts[v];
    return count;
}

static void add_nothing_flagged(struct strbuf *out,
                                const struct run_totals *totals) {
    uint32_t unknown = totals->counts[VERDICT_UNKNOWN];
    uint32_t listed = totals->counts[VERDICT_OUT_OF_SCOPE];
    strbuf_add_text(out, listed == 0 ? "no listed maker was found on "
                                     : "no rule binds here on ");
    phrase_count(out, totals->lines - unknown - totals->waived, "line");
    if (unknown != 0)
        strbuf_add_text(out, " whose maker is known");
    if (listed != 0) {
        strbuf_add_text(out, ", ");
        phrase_number(out, listed);
        strbuf_add_text(out, " of them with a maker that is listed for "
                             "other cases");
    }
}

const char *report_title(const struct run_info *run) {
    return run->title != NULL ? run->title : "BOM compliance report";
}

/* Is every buyer in use one that only supplies those whom rules bind? */
static bool only_supplies(const struct run_info *run) {
    for (size_t i = 0; i < run->profile_count; i++) {
        if (rules_profile(run->rules, run->profiles[i])->supplies.count == 0)
            return false;
    }
    return run->profile_count != 0;
}

static void add_may_not(struct strbuf *out, const struct run_info *run) {
    bool customer = only_supplies(run);
    strbuf_printf(out, "may not be %s%s", words_for(run, customer)->done,
                  customer ? " by your customer" : "");
}

/* "2 of 47 lines may not be bought, 1 needs …". */
static void add_flagged(struct strbuf *out, const struct run_info *run,
                        const struct run_totals *totals) {
    static const char *const one[] = {"", "will fall under an announced rule",
                                      "is allowed only under conditions",
                                      "needs a person's look"};
    static const char *const many[] = {"", "will fall under an announced rule",
                                       "are allowed only under conditions",
                                       "need a person's look"};
    size_t kinds = 0, said = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        kinds += totals->counts[v] != 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++) {
        uint32_t count = totals->counts[v];
        if (count == 0)
            continue;
        phrase_join(out, said, kinds);
        phrase_number(out, count);
        if (said++ == 0) {
            strbuf_add_text(out, " of ");
            phrase_count(out, totals->lines, "line");
        }
        strbuf_add_char(out, ' ');
        if (v == VERDICT_PROHIBITED)
            add_may_not(out, run);
        else
            strbuf_add_text(out, count == 1 ? one[v] : many[v]);
    }
}

static void add_unknown(struct strbuf *out, const struct run_totals *totals) {
    if (totals->counts[VERDICT_UNKNOWN] != 0) {
        strbuf_add_text(out, "; no maker could be found for ");
        phrase_count(out, totals->counts[VERDICT_UNKNOWN], "line");
    }
    if (totals->waived != 0) {
        strbuf_add_text(out, "; ");
        phrase_count(out, totals->waived, "line");
        strbuf_add_text(out,
                        totals->waived == 1 ? " is waived" : " are waived");
    }
    strbuf_add_char(out, '.');
}

const char *report_alarm(const struct run_totals *totals) {
    if (!totals->complete)
        return "INCOMPLETE: not everything could be checked";
    return totals->outdated
               ? "INCONCLUSIVE: the rules are too old for an answer"
               : "INCONCLUSIVE: too little could be compared for an answer";
}

void report_headline(struct strbuf *out, const struct run_info *run,
                     const struct run_totals *totals) {
    if (totals->lines == 0) {
        strbuf_add_text(out, "No part lines were read, so nothing was "
                             "checked.");
        return;
    }
    add_buyer(out, run);
    if (flagged_count(totals) != 0)
        add_flagged(out, run, totals);
    else if (totals->counts[VERDICT_UNKNOWN] + totals->waived < totals->lines)
        add_nothing_flagged(out, totals);
    else
        strbuf_add_text(out, "nothing could be compared");
    add_unknown(out, totals);
    if (!totals->complete)
        strbuf_add_text(out, " Not everything could be read.");
    if (totals->outdated)
        strbuf_add_text(out, " The rules are too old for an answer.");
    else if (!totals->conclusive)
        strbuf_add_text(out, " Too few makers are known for an answer.");
}

/* How a link from the maker to the listed party is said. */
struct link_words {
    const char *relation, *before, *verb;
    bool from_name; /* it starts at the name that is told, not at the maker */
    bool to_name;   /* it leads to the name that is told */
};

static const struct link_words link_words[] = {
    {"brand", "", "is a brand of", true, false},
    {"former-name", "", "is a former name of", true, false},
    {"owned-by", "", "is owned by", false, false},
    {"owns", "", "owns", false, false},
    {"same-owner", "", "has the same owner as", false, false},
    {"may-contain", "products of ", "may contain parts of", false, true},
    {"sold", "a business of ", "went to", false, true},
};

static const struct link_words *find_link(const char *relation) {
    for (size_t i = 0; i < ARRAY_LEN(link_words); i++) {
        if (str_eq(str_from(relation), str_from(link_words[i].relation)))
            return &link_words[i];
    }
    return NULL;
}

/* "Crucial is a brand of Micron, which is" … named by the measure. */
static void add_link(struct strbuf *out, const struct ruleset *rules,
                     const struct screen_hit *hit) {
    const struct screen_via *via = &hit->via;
    const struct link_words *words = find_link(via->relation);
    struct str maker = str_from(phrase_party(rules, hit->party));
    struct str listed = str_from(phrase_party(rules, hit->listed));
    if (words == NULL) {
        strbuf_printf(out, "%.*s is", STR_ARG(maker));
        return;
    }
    struct str from = words->from_name ? via->name : maker;
    struct str to = words->to_name ? via->name : listed;
    /* A minority share is no ownership. */
    const char *verb =
        hit->reason == REASON_AFFILIATE ? "is linked to" : words->verb;
    strbuf_printf(out, "%s%.*s %s %.*s", words->before, STR_ARG(from), verb,
                  STR_ARG(to));
    if (!str_eq(to, listed))
        strbuf_printf(out, ", owned by %.*s", STR_ARG(listed));
    strbuf_add_text(out, ", which is");
}

static void add_why_selected(struct strbuf *out, const struct ruleset *rules,
                             const struct screen_hit *hit) {
    const char *title =
        rules_text(rules, rules_measure(rules, hit->measure)->title);
    unsigned flags =
        hit->clause == RULES_NONE ? 0 : rules_clause(rules, hit->clause)->flags;
    if (hit->listed != RULES_NONE) {
        add_link(out, rules, hit);
        strbuf_printf(out, " named in “%s”", title);
    } else if (flags & RULES_HITS_UNLISTED) {
        strbuf_printf(out, "%s is not among those that “%s” allows",
                      phrase_party(rules, hit->party), title);
    } else {
        strbuf_printf(out, "“%s” goes by where a part or its maker comes from",
                      title);
    }
}

static const char *restriction(const struct ruleset *rules,
                               const struct screen_hit *hit) {
    enum rules_effect effect = hit->clause == RULES_NONE
                                   ? RULES_ADVISE
                                   : rules_clause(rules, hit->clause)->effect;
    if (effect == RULES_APPROVE || effect == RULES_EXPORT)
        return "needs a permission";
    return effect == RULES_DUTY ? "carries a duty" : "is advised against";
}

static void add_since(struct strbuf *out, const char *word,
                      struct date_span from) {
    if (from.first == DATE_NONE)
        return;
    strbuf_add_text(out, word);
    phrase_span(out, from);
}

static void add_upcoming(struct strbuf *out, const struct screen_hit *hit) {
    strbuf_add_text(out, "will be ");
    strbuf_add_text(out, hit->becomes == VERDICT_COUNT
                             ? "restricted"
                             : verdict_name(hit->becomes));
}

static void add_consequence(struct strbuf *out, const struct run_info *run,
                            const struct screen_hit *hit) {
    bool customer = hit->customer != RULES_NONE;
    strbuf_printf(out, "%s ", words_for(run, customer)->noun);
    if (hit->verdict == VERDICT_PROHIBITED)
        strbuf_add_text(out, "is prohibited");
    else if (hit->verdict == VERDICT_UPCOMING)
        add_upcoming(out, hit);
    else
        strbuf_add_text(out, restriction(run->rules, hit));
    phrase_for_whom(out, run->rules, hit);
    add_since(out, hit->verdict == VERDICT_UPCOMING ? " from " : " since ",
              hit->from);
    if (hit->verdict == VERDICT_UPCOMING && hit->days_left >= 0)
        strbuf_printf(out, ", in %" PRId32 " day%s", hit->days_left,
                      hit->days_left == 1 ? "" : "s");
}

static void add_unknown_why(struct strbuf *out, const struct finding *finding) {
    struct str maker = str_trim(finding->part->manufacturer);
    struct str mpn = str_trim(finding->part->mpn);
    if (maker.len == 0 && mpn.len == 0)
        strbuf_add_text(out, "The line names neither a maker nor a part "
                             "number.");
    else if (maker.len == 0)
        strbuf_add_text(out, "The line names no maker, and the part number "
                             "has no maker's known form.");
    else
        strbuf_printf(out, "No company is known by the name “%.*s”.",
                      STR_ARG(maker));
}

/* No clause asks, but who made it is not sure: what is known of that. */
static void add_unsure_why(struct strbuf *out, const struct finding *finding) {
    const struct maker *maker = finding->maker;
    if (maker->candidate_count == 0)
        add_unknown_why(out, finding);
    else if (maker->candidates[0].matched_by & MAKER_CONTRADICTED)
        strbuf_add_text(out, "The maker's name and the part number disagree.");
    else if (maker->candidate_count > 1)
        strbuf_add_text(out, "Several companies could have made it.");
    else
        strbuf_printf(out, "The maker is only probable: %.*s.",
                      STR_ARG(maker->evidence));
}

/* A look that is asked for may be at a rule still to come. */
static void add_reason(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit) {
    phrase_reason(out, run->rules, hit);
    if (hit->verdict == VERDICT_REVIEW && hit->reason != REASON_OPEN_DATE &&
        hit->from.first != DATE_NONE && hit->from.first > run->as_of)
        add_since(out, "; the rule would hold from ", hit->from);
}

void report_why(struct strbuf *out, const struct run_info *run,
                const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    if (hit == NULL || hit->measure == RULES_NONE) {
        add_unsure_why(out, finding);
        return;
    }
    size_t start = out->len;
    add_why_selected(out, run->rules, hit);
    strbuf_add_text(out, "; ");
    if (hit->verdict <= VERDICT_RESTRICTED)
        add_consequence(out, run, hit);
    else
        add_reason(out, run, hit);
    strbuf_add_char(out, '.');
    if (!out->failed)
        out->ptr[start] = ascii_upper(out->ptr[start]);
}
