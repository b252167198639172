#include "report/report.h"

#include "core/lang.h"
#include "report/phrases.h"

/* The words of an activity, by its bit: what is forbidden, and what may not
   be done. */
struct activity_words {
    const char *noun, *done;
};

static const struct activity_words activity_words[] = {
    {N_("purchase"), N_("bought")},
    {N_("installation"), N_("installed")},
    {N_("use"), N_("used")},
    {N_("sale"), N_("sold")},
    {N_("import"), N_("imported")},
    {N_("authorisation"), N_("authorised")},
    {N_("funding"), N_("paid for")},
    {N_("supply to it"), N_("supplied to its maker")},
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
    size_t more = run->profile_count - shown;
    for (size_t i = 0; i < shown; i++) {
        phrase_join(out, i, more != 0 ? shown + 1 : shown);
        strbuf_printf(out, tr("“%s”"),
                      phrase_profile(run->rules, run->profiles[i]));
    }
    if (more != 0)
        strbuf_printf(
            out,
            tr_count(" and %s other profile", " and %s other profiles", more),
            shown_number(more).text);
}

void report_profiles(struct strbuf *out, const struct run_info *run) {
    if (run->declared)
        add_profile_names(out, run, SIZE_MAX);
    else
        strbuf_add_text(out, tr("all profiles"));
}

static void add_buyer(struct strbuf *out, const struct run_info *run) {
    struct strbuf names = {.ptr = NULL};
    size_t count = run->profile_count;
    if (run->declared) {
        add_profile_names(&names, run, PROFILES_NAMED);
        strbuf_printf(out, tr("For %s: "), phrase_text(&names));
    } else {
        strbuf_printf(out,
                      tr_count("For at least one of %s kind of buyer (none "
                               "was declared): ",
                               "For at least one of %s kinds of buyer (none "
                               "was declared): ",
                               count),
                      shown_number(count).text);
    }
    phrase_end(out, &names);
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
    struct strbuf lines = {.ptr = NULL};
    phrase_lines(&lines, totals->lines - unknown - totals->waived);
    if (listed == 0)
        strbuf_printf(out,
                      unknown == 0
                          ? tr("no listed maker was found on %s")
                          : tr("no listed maker was found on %s whose maker is "
                               "known"),
                      phrase_text(&lines));
    else
        strbuf_printf(out,
                      unknown == 0
                          ? tr("no rule binds here on %s, %s of them with a "
                               "maker that is listed for other cases")
                          : tr("no rule binds here on %s whose maker is known, "
                               "%s of them with a maker that is listed for "
                               "other cases"),
                      phrase_text(&lines), shown_number(listed).text);
    phrase_end(out, &lines);
}

const char *report_title(const struct run_info *run) {
    return run->title != NULL ? run->title : tr("BOM compliance report");
}

/* Is every buyer in use one that only supplies those whom rules bind? */
static bool only_supplies(const struct run_info *run) {
    for (size_t i = 0; i < run->profile_count; i++) {
        if (rules_profile(run->rules, run->profiles[i])->supplies.count == 0)
            return false;
    }
    return run->profile_count != 0;
}

/* "2 of 47 lines"; in what follows, "1". */
static void add_how_many(struct strbuf *out, const struct run_totals *totals,
                         uint32_t count, bool first) {
    struct strbuf lines = {.ptr = NULL};
    phrase_lines(&lines, totals->lines);
    if (first)
        strbuf_printf(out, tr_in("lines", "%s of %s"), shown_number(count).text,
                      phrase_text(&lines));
    else
        strbuf_printf(out, tr_in("lines", "%s"), shown_number(count).text);
    phrase_end(out, &lines);
}

static void add_may_not(struct strbuf *out, const struct run_info *run,
                        const char *lines) {
    bool customer = only_supplies(run);
    strbuf_printf(out,
                  customer ? tr("%s may not be %s by your customer")
                           : tr("%s may not be %s"),
                  lines, tr(words_for(run, customer)->done));
}

static void add_kind(struct strbuf *out, const struct run_info *run,
                     enum verdict verdict, uint32_t count, const char *lines) {
    if (verdict == VERDICT_PROHIBITED)
        add_may_not(out, run, lines);
    else if (verdict == VERDICT_UPCOMING)
        strbuf_printf(out, tr("%s will fall under an announced rule"), lines);
    else if (verdict == VERDICT_RESTRICTED)
        strbuf_printf(out,
                      tr_count("%s is allowed only under conditions",
                               "%s are allowed only under conditions", count),
                      lines);
    else
        strbuf_printf(out,
                      tr_count("%s needs a person's look",
                               "%s need a person's look", count),
                      lines);
}

/* "2 of 47 lines may not be bought, 1 needs …". */
static void add_flagged(struct strbuf *out, const struct run_info *run,
                        const struct run_totals *totals) {
    size_t kinds = 0, said = 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++)
        kinds += totals->counts[v] != 0;
    for (enum verdict v = VERDICT_PROHIBITED; phrase_is_flagged(v); v++) {
        uint32_t count = totals->counts[v];
        struct strbuf lines = {.ptr = NULL};
        if (count == 0)
            continue;
        if (said != 0)
            strbuf_add_text(out, said + 1 == kinds ? tr_in("sentence", " and ")
                                                   : tr(", "));
        add_how_many(&lines, totals, count, said++ == 0);
        add_kind(out, run, v, count, phrase_text(&lines));
        phrase_end(out, &lines);
    }
}

static void add_unknown(struct strbuf *out, const struct run_totals *totals) {
    struct strbuf lines = {.ptr = NULL};
    phrase_lines(&lines, totals->counts[VERDICT_UNKNOWN]);
    if (totals->counts[VERDICT_UNKNOWN] != 0)
        strbuf_printf(out, tr("; no maker could be found for %s"),
                      phrase_text(&lines));
    phrase_end(out, &lines);
    if (totals->waived != 0)
        strbuf_printf(out,
                      tr_count("; %s line is waived", "; %s lines are waived",
                               totals->waived),
                      shown_number(totals->waived).text);
    strbuf_add_text(out, tr("."));
}

const char *report_alarm(const struct run_totals *totals) {
    if (!totals->complete)
        return tr("INCOMPLETE: not everything could be checked");
    return totals->outdated
               ? tr("INCONCLUSIVE: the rules are too old for an answer")
               : tr("INCONCLUSIVE: too little could be compared for an answer");
}

void report_headline(struct strbuf *out, const struct run_info *run,
                     const struct run_totals *totals) {
    if (totals->lines == 0) {
        strbuf_add_text(out, tr("No part lines were read, so nothing was "
                                "checked."));
        return;
    }
    add_buyer(out, run);
    if (flagged_count(totals) != 0)
        add_flagged(out, run, totals);
    else if (totals->counts[VERDICT_UNKNOWN] + totals->waived < totals->lines)
        add_nothing_flagged(out, totals);
    else
        strbuf_add_text(out, tr("nothing could be compared"));
    add_unknown(out, totals);
    if (!totals->complete)
        strbuf_add_text(out, tr(" Not everything could be read."));
    if (totals->outdated)
        strbuf_add_text(out, tr(" The rules are too old for an answer."));
    else if (!totals->conclusive)
        strbuf_add_text(out, tr(" Too few makers are known for an answer."));
}

/* What a link from the maker to the listed party is. */
enum link {
    LINK_NONE,
    LINK_BRAND,
    LINK_FORMER_NAME,
    LINK_OWNED_BY,
    LINK_OWNS,
    LINK_SAME_OWNER,
    LINK_MAY_CONTAIN,
    LINK_SOLD,
    LINK_AFFILIATE, /* a minority share is no ownership */
};

static enum link link_of(const struct screen_hit *hit) {
    static const char *const relations[] = {
        [LINK_BRAND] = "brand",
        [LINK_FORMER_NAME] = "former-name",
        [LINK_OWNED_BY] = "owned-by",
        [LINK_OWNS] = "owns",
        [LINK_SAME_OWNER] = "same-owner",
        [LINK_MAY_CONTAIN] = "may-contain",
        [LINK_SOLD] = "sold",
    };
    struct str relation = str_from(hit->via.relation);
    for (size_t i = LINK_BRAND; i < ARRAY_LEN(relations); i++) {
        if (str_eq(relation, str_from(relations[i])))
            return hit->reason == REASON_AFFILIATE ? LINK_AFFILIATE
                                                   : (enum link)i;
    }
    return LINK_NONE;
}

/* The link leads to a part of the listed party that has a name of its own. */
static void add_link_through(struct strbuf *out, enum link link,
                             const char *maker, const char *through,
                             const char *listed, const char *title) {
    if (link == LINK_SOLD)
        strbuf_printf(out,
                      tr("a business of %s went to %s, owned by %s, which is "
                         "named in “%s”"),
                      maker, through, listed, title);
    else
        strbuf_printf(out,
                      tr("products of %s may contain parts of %s, owned by %s, "
                         "which is named in “%s”"),
                      maker, through, listed, title);
}

/* "Crucial is a brand of Micron, which is named in “…”". */
static void add_link(struct strbuf *out, enum link link, const char *maker,
                     const char *name, const char *listed, const char *title) {
    switch (link) {
    case LINK_NONE:
        strbuf_printf(out, tr("%s is named in “%s”"), maker, title);
        break;
    case LINK_BRAND:
        strbuf_printf(out, tr("%s is a brand of %s, which is named in “%s”"),
                      name, listed, title);
        break;
    case LINK_FORMER_NAME:
        strbuf_printf(out,
                      tr("%s is a former name of %s, which is named in “%s”"),
                      name, listed, title);
        break;
    case LINK_OWNED_BY:
        strbuf_printf(out, tr("%s is owned by %s, which is named in “%s”"),
                      maker, listed, title);
        break;
    case LINK_OWNS:
        strbuf_printf(out, tr("%s owns %s, which is named in “%s”"), maker,
                      listed, title);
        break;
    case LINK_SAME_OWNER:
        strbuf_printf(out,
                      tr("%s has the same owner as %s, which is named in “%s”"),
                      maker, listed, title);
        break;
    case LINK_MAY_CONTAIN:
        strbuf_printf(out,
                      tr("products of %s may contain parts of %s, which is "
                         "named in “%s”"),
                      maker, listed, title);
        break;
    case LINK_SOLD:
        strbuf_printf(out,
                      tr("a business of %s went to %s, which is named in “%s”"),
                      maker, listed, title);
        break;
    case LINK_AFFILIATE:
        strbuf_printf(out, tr("%s is linked to %s, which is named in “%s”"),
                      maker, listed, title);
        break;
    }
}

static void add_listed(struct strbuf *out, const struct ruleset *rules,
                       const struct screen_hit *hit, const char *title) {
    enum link link = link_of(hit);
    const char *maker = phrase_party(rules, hit->party);
    const char *listed = phrase_party(rules, hit->listed);
    bool through = (link == LINK_MAY_CONTAIN || link == LINK_SOLD) &&
                   !str_eq(hit->via.name, str_from(listed));
    /* It is one of the rules' texts, which end in a NUL. */
    const char *name = hit->via.name.len == 0 ? "" : hit->via.name.ptr;
    if (through)
        add_link_through(out, link, maker, name, listed, title);
    else
        add_link(out, link, maker, name, listed, title);
}

static void add_why_selected(struct strbuf *out, const struct ruleset *rules,
                             const struct screen_hit *hit) {
    const char *title = phrase_measure(rules, hit->measure);
    unsigned flags =
        hit->clause == RULES_NONE ? 0 : rules_clause(rules, hit->clause)->flags;
    if (hit->listed != RULES_NONE)
        add_listed(out, rules, hit, title);
    else if (flags & RULES_HITS_UNLISTED)
        strbuf_printf(out, tr("%s is not among those that “%s” allows"),
                      phrase_party(rules, hit->party), title);
    else
        strbuf_printf(out,
                      tr("“%s” goes by where a part or its maker comes from"),
                      title);
}

/* "purchase is prohibited for “…” since 2023-05-21". */
static void add_state(struct strbuf *out, const struct run_info *run,
                      const struct screen_hit *hit, const char *what,
                      const char *whom, const char *when) {
    enum rules_effect effect =
        hit->clause == RULES_NONE
            ? RULES_ADVISE
            : (enum rules_effect)rules_clause(run->rules, hit->clause)->effect;
    if (hit->verdict == VERDICT_PROHIBITED)
        strbuf_printf(out, tr("%s is prohibited%s%s"), what, whom, when);
    else if (hit->verdict == VERDICT_UPCOMING)
        strbuf_printf(out, tr("%s will be %s%s%s"), what,
                      tr(hit->becomes == VERDICT_COUNT
                             ? verdict_name(VERDICT_RESTRICTED)
                             : verdict_name(hit->becomes)),
                      whom, when);
    else if (effect == RULES_APPROVE || effect == RULES_EXPORT)
        strbuf_printf(out, tr("%s needs a permission%s%s"), what, whom, when);
    else if (effect == RULES_DUTY)
        strbuf_printf(out, tr("%s carries a duty%s%s"), what, whom, when);
    else
        strbuf_printf(out, tr("%s is advised against%s%s"), what, whom, when);
}

static void add_consequence(struct strbuf *out, const struct run_info *run,
                            const struct screen_hit *hit) {
    struct strbuf whom = {.ptr = NULL}, when = {.ptr = NULL};
    bool upcoming = hit->verdict == VERDICT_UPCOMING;
    phrase_for_whom(&whom, run->rules, hit);
    phrase_when(&when, upcoming, hit->from);
    add_state(out, run, hit,
              tr(words_for(run, hit->customer != RULES_NONE)->noun),
              phrase_text(&whom), phrase_text(&when));
    phrase_end(out, &whom);
    phrase_end(out, &when);
    if (upcoming && hit->days_left >= 0)
        strbuf_printf(
            out,
            tr_count(", in %d day", ", in %d days", (size_t)hit->days_left),
            (int)hit->days_left);
}

static void add_unknown_why(struct strbuf *out, const struct finding *finding) {
    struct str maker = str_trim(finding->part->manufacturer);
    struct str mpn = str_trim(finding->part->mpn);
    if (maker.len == 0 && mpn.len == 0)
        strbuf_add_text(out, tr("The line names neither a maker nor a part "
                                "number."));
    else if (maker.len == 0)
        strbuf_add_text(out, tr("The line names no maker, and the part number "
                                "has no maker's known form."));
    else
        strbuf_printf(out, tr("No company is known by the name “%.*s”."),
                      STR_ARG(maker));
}

/* No clause asks, but who made it is not sure: what is known of that. */
static void add_unsure_why(struct strbuf *out, const struct finding *finding) {
    const struct maker *maker = finding->maker;
    if (maker->candidate_count == 0)
        add_unknown_why(out, finding);
    else if (maker->candidates[0].matched_by & MAKER_CONTRADICTED)
        strbuf_add_text(out,
                        tr("The maker's name and the part number disagree."));
    else if (maker->candidate_count > 1)
        strbuf_add_text(out, tr("Several companies could have made it."));
    else
        strbuf_printf(out, tr("The maker is only probable: %.*s."),
                      STR_ARG(maker->evidence));
}

/* A look that is asked for may be at a rule still to come. */
static void add_reason(struct strbuf *out, const struct run_info *run,
                       const struct screen_hit *hit) {
    phrase_reason(out, run->rules, hit);
    if (hit->verdict == VERDICT_REVIEW && hit->reason != REASON_OPEN_DATE &&
        hit->from.first != DATE_NONE && hit->from.first > run->as_of)
        strbuf_printf(out, tr("; the rule would hold from %s"),
                      shown_span(hit->from).text);
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
    strbuf_add_text(out, tr("; "));
    if (hit->verdict <= VERDICT_RESTRICTED)
        add_consequence(out, run, hit);
    else
        add_reason(out, run, hit);
    strbuf_add_text(out, tr("."));
    if (!out->failed)
        out->ptr[start] = ascii_upper(out->ptr[start]);
}
