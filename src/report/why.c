#include "report/report.h"

#include "core/lang.h"
#include "report/activity_words.h"
#include "report/phrases.h"
#include "screen/approval.h"

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

static bool is_declared(const struct screen_hit *hit) {
    return str_eq(str_from(hit->via.relation), STR_LIT(RELATION_CONTAINS));
}

static void add_why_selected(struct strbuf *out, const struct run_info *run,
                             const struct screen_hit *hit) {
    const struct ruleset *rules = run->rules;
    const char *title = phrase_measure(rules, hit->measure);
    unsigned flags =
        hit->clause == RULES_NONE ? 0 : rules_clause(rules, hit->clause)->flags;
    if (hit->listed != RULES_NONE)
        add_listed(out, rules, hit, title);
    else if (is_declared(hit))
        strbuf_printf(out,
                      tr("its supplier declares that it contains parts of a "
                         "company that is named in “%s”"),
                      title);
    else if (hit->reason == REASON_CONTENTS)
        strbuf_printf(out, tr("“%s” asks what is inside"), title);
    else if (hit->clause != RULES_NONE &&
             is_approved_list(rules, rules_clause(rules, hit->clause)))
        phrase_unapproved(out, run, hit);
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
              activity_noun(run->activity, hit->customer != RULES_NONE),
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

/* The document that says so, or that did. */
static void add_declaration(struct strbuf *out,
                            const struct declaration *declaration) {
    struct strbuf told = {.ptr = NULL};
    if (declaration == NULL)
        return;
    report_declaration_told(&told, declaration);
    strbuf_printf(out,
                  declaration->state == DECLARATION_HOLDS ? tr("; declared: %s")
                  : declaration->state == DECLARATION_EXPIRED
                      ? tr("; a declaration has expired: %s")
                      : tr("; a declaration does not hold yet: %s"),
                  phrase_text(&told));
    phrase_end(out, &told);
}

void report_why(struct strbuf *out, const struct run_info *run,
                const struct finding *finding) {
    const struct screen_hit *hit = finding->hit;
    if (hit == NULL || hit->measure == RULES_NONE) {
        add_unsure_why(out, finding);
        return;
    }
    size_t start = out->len;
    add_why_selected(out, run, hit);
    strbuf_add_text(out, tr("; "));
    if (hit->verdict <= VERDICT_RESTRICTED)
        add_consequence(out, run, hit);
    else
        add_reason(out, run, hit);
    add_declaration(out, finding->declaration);
    if (finding->after_sale)
        strbuf_printf(out, tr("; the product is sold until %s"),
                      shown_day(run->sold_until).text);
    strbuf_add_text(out, tr("."));
    if (!out->failed)
        out->ptr[start] = ascii_upper(out->ptr[start]);
}
