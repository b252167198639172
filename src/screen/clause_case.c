#include "screen/clause_case.h"

#include <string.h>

static struct screen_hit out_of_scope(struct screen_hit hit,
                                      enum screen_reason reason) {
    hit.verdict = VERDICT_OUT_OF_SCOPE;
    hit.reason = reason;
    return hit;
}

/* A clause may ask what it is and where it was made, and not by whom. */
static bool asks_for_maker(const struct rules_clause *clause) {
    return clause->listings.count != 0 || clause->maker_in.count != 0 ||
           clause->not_maker_in.count != 0 ||
           (clause->flags & RULES_HITS_UNLISTED) != 0;
}

static enum screen_reason doubt_maker(const struct subject *subject,
                                      const struct clause_case *found) {
    const struct maker_candidate *candidate = subject->candidate;
    if (!asks_for_maker(found->clause))
        return REASON_NONE;
    if (candidate == NULL)
        return found->origin == ANSWER_OPEN ? REASON_OPEN_ORIGIN : REASON_MAKER;
    if ((candidate->matched_by & MAKER_CONTRADICTED) != 0)
        return REASON_CONTRADICTION;
    if ((candidate->matched_by & MAKER_BY_SHARED) != 0)
        return REASON_SHARED_NAME;
    if (candidate->confidence != MAKER_CERTAIN)
        return REASON_MAKER;
    if (found->selection.inside)
        return REASON_INSIDE;
    return found->selection.affiliate ? REASON_AFFILIATE : REASON_NONE;
}

/* Whoever made it, its supplier says what is inside; of which company that is,
   and what kind of part, he does not say. */
static enum screen_reason doubt_contents(const struct clause_case *found) {
    if (found->selection.lapsed)
        return REASON_CONTENTS;
    bool reaches = (found->clause->flags & RULES_INSIDE) != 0;
    return reaches && found->category != ANSWER_NO ? REASON_NONE
                                                   : REASON_INSIDE;
}

/* The reason a person would ask for first. */
static enum screen_reason doubt(const struct subject *subject,
                                const struct clause_case *found,
                                enum answer buyer) {
    enum screen_reason reason = found->selection.declared
                                    ? doubt_contents(found)
                                    : doubt_maker(subject, found);
    if (reason != REASON_NONE)
        return reason;
    if (buyer == ANSWER_OPEN)
        return REASON_OPEN_PROFILE;
    if (found->category == ANSWER_OPEN)
        return REASON_OPEN_CATEGORY;
    if (found->origin == ANSWER_OPEN)
        return REASON_OPEN_ORIGIN;
    if (found->selection.open_date || found->now == HOLDS_OPEN)
        return REASON_OPEN_DATE;
    if (found->selection.unconfirmed ||
        found->clause->confidence == RULES_UNCONFIRMED)
        return REASON_UNCONFIRMED;
    return found->clause->effect == RULES_CHECK ? REASON_CHECK : REASON_NONE;
}

/* The same for an approved list, which knows its own. */
static enum screen_reason doubt_approval(const struct clause_case *found) {
    if (found->approval.approved == ANSWER_OPEN)
        return found->approval.reason;
    if (found->now == HOLDS_OPEN)
        return REASON_OPEN_DATE;
    if (found->clause->confidence == RULES_UNCONFIRMED)
        return REASON_UNCONFIRMED;
    return found->clause->effect == RULES_CHECK ? REASON_CHECK : REASON_NONE;
}

static enum verdict verdict_of(const struct rules_clause *clause) {
    switch ((enum rules_effect)clause->effect) {
    case RULES_PROHIBIT:
        return VERDICT_PROHIBITED;
    case RULES_APPROVE:
    case RULES_DUTY:
    case RULES_ADVISE:
    case RULES_EXPORT:
        return VERDICT_RESTRICTED;
    case RULES_CHECK:
        break;
    }
    return VERDICT_REVIEW;
}

static void decide(const struct subject *subject,
                   const struct clause_case *found, enum answer buyer,
                   struct screen_hit *hit) {
    enum verdict verdict = verdict_of(found->clause);
    hit->reason =
        found->list ? doubt_approval(found) : doubt(subject, found, buyer);
    hit->verdict = verdict;
    if (found->now == HOLDS_NOT_YET) {
        hit->verdict = VERDICT_UPCOMING;
        hit->becomes = verdict;
        hit->days_left = hit->from.first - subject->as_of;
    }
    if (hit->reason != REASON_NONE) {
        hit->verdict = VERDICT_REVIEW;
        hit->becomes = VERDICT_COUNT;
        hit->days_left = -1;
    } else if (found->list) {
        hit->reason = found->approval.reason;
    }
}

/* The later of two days from which something holds. */
static struct date_span later(struct date_span a, struct date_span b) {
    if (a.first == DATE_NONE)
        return b;
    return b.first != DATE_NONE && b.first > a.first ? b : a;
}

/* For a white-list: is the maker on it, for such parts? An entry that is not
   sure does not clear the part, it leaves a person to look. */
static bool is_listed_for_sure(struct selection *selection) {
    struct selection found = *selection;
    bool listed = found.listing != NULL && !found.ended && !found.uncovered &&
                  !found.inside;
    *selection = (struct selection){.listing = NULL};
    if (!listed)
        return false;
    selection->affiliate = found.affiliate;
    selection->open_date = found.open_date;
    selection->unconfirmed = found.unconfirmed;
    return !found.affiliate && !found.open_date && !found.unconfirmed;
}

/* 1. Does the clause select the part? False: it says nothing of it. */
static bool is_selected(const struct subject *subject,
                        const struct rules_clause *clause,
                        struct clause_case *found) {
    bool unlisted = (clause->flags & RULES_HITS_UNLISTED) != 0;
    if (found->list) {
        found->approval = ask_approved(subject, clause);
        found->selection = (struct selection){.listing = NULL};
        found->origin = select_origin(subject, clause, &found->doubt);
        found->nobody = true;
        return found->origin != ANSWER_NO && !found->approval.silent &&
               found->approval.approved != ANSWER_YES;
    }
    found->selection = select_listed(subject, clause);
    found->origin = select_origin(subject, clause, &found->doubt);
    found->nobody = unlisted || clause->listings.count == 0;
    if (found->origin == ANSWER_NO)
        return false;
    if (unlisted)
        return !is_listed_for_sure(&found->selection);
    return clause->listings.count == 0 || found->selection.listing != NULL ||
           found->selection.declared;
}

static enum answer ask_covers(const struct subject *subject,
                              const struct rules_clause *clause,
                              const struct clause_case *found) {
    uint32_t party =
        subject->candidate != NULL ? subject->candidate->party : RULES_NONE;
    const struct rules_listing *listing = found->selection.listing;
    enum answer answer =
        ask_category(subject->rules, clause->covers, subject->category, party);
    if (listing != NULL && listing->covers.count != 0) {
        enum answer entry = ask_category(subject->rules, listing->covers,
                                         subject->category, party);
        answer = entry < answer ? entry : answer;
    }
    return answer;
}

/* A clause that names nobody would flag every resistor, were its category or
   its buyer left open. Only the origin may be, and that only for what the
   clause singles out. */
static bool is_silent(const struct subject *subject,
                      const struct clause_case *found, enum answer buyer,
                      bool activity) {
    return found->nobody &&
           (!activity || found->category != ANSWER_YES || buyer != ANSWER_YES ||
            found->clause->from.first == DATE_NONE ||
            (found->everything ? found->origin == ANSWER_OPEN &&
                                     found->doubt != ORIGIN_DISPUTED
                               : subject->category == RULES_NONE));
}

static struct screen_hit blank_hit(const struct subject *subject,
                                   uint32_t number, uint32_t profile) {
    const struct rules_clause *clause = rules_clause(subject->rules, number);
    return (struct screen_hit){
        .becomes = VERDICT_COUNT,
        .measure = clause->measure,
        .clause = number,
        .profile = profile,
        .party =
            subject->candidate != NULL ? subject->candidate->party : RULES_NONE,
        .listed = RULES_NONE,
        .via = {.from = DATE_SPAN_NONE, .until = DATE_SPAN_NONE},
        .from = clause->from,
        .days_left = -1,
        .declare = RULES_NONE,
        .customer = RULES_NONE,
        .candidate = subject->candidate,
        .approval = RULES_NONE,
    };
}

/* Most clauses are lists of parties that have nothing to do with the maker, and
   nobody has said what is inside. */
static bool is_far(const struct subject *subject,
                   const struct rules_clause *clause) {
    return clause->listings.count != 0 &&
           (clause->flags & RULES_HITS_UNLISTED) == 0 &&
           subject->said.contents == NULL && !select_reaches(subject);
}

bool clause_case_open(const struct subject *subject, uint32_t number,
                      struct clause_case *out) {
    const struct ruleset *rules = subject->rules;
    const struct rules_clause *clause = rules_clause(rules, number);
    bool other = subject->candidate != NULL && subject->candidate_count == 0;
    if (is_far(subject, clause))
        return false;
    *out = (struct clause_case){
        .clause = clause,
        .number = number,
        .list = is_approved_list(rules, clause),
    };
    if (out->list && (subject->named == NULL || other))
        return false;
    if (clause->announced != DATE_NONE && subject->as_of < clause->announced)
        return false;
    if (!is_selected(subject, clause, out))
        return false;
    out->category = ask_covers(subject, clause, out);
    out->everything = ask_category(rules, clause->covers, RULES_NONE,
                                   RULES_NONE) == ANSWER_YES;
    out->now = span_holds(clause->from, clause->until, subject->as_of);
    return !out->nobody || out->now != HOLDS_ENDED;
}

/* What a hit says of the part, before anybody decides on it. */
static struct screen_hit hit_of(const struct clause_case *found,
                                const struct subject *subject,
                                uint32_t profile) {
    struct screen_hit hit = blank_hit(subject, found->number, profile);
    hit.via = found->selection.via;
    hit.approval = found->list ? found->approval.row : RULES_NONE;
    hit.doubt = found->doubt;
    if (found->selection.listing != NULL) {
        hit.listed = found->selection.listing->party;
        if (found->clause->from.first != DATE_NONE)
            hit.from =
                later(found->clause->from, found->selection.listing->from);
    }
    return hit;
}

bool clause_case_decide(const struct clause_case *found,
                        const struct subject *subject, uint32_t profile,
                        struct screen_hit *out) {
    const struct ruleset *rules = subject->rules;
    const struct rules_clause *clause = found->clause;
    struct binding binding;
    enum answer buyer =
        ask_profile(rules, clause, profile, &subject->denied, &binding);
    bool activity =
        ask_activity(rules, clause, profile, &binding, subject->activity);
    if (is_silent(subject, found, buyer, activity))
        return false;
    struct screen_hit hit = hit_of(found, subject, profile);
    hit.declare = binding.declare;
    hit.customer = binding.customer;
    if (clause->effect == RULES_EXPORT && subject->activity != RULES_EXPORT_TO)
        hit = out_of_scope(hit, REASON_EXPORT);
    else if (buyer == ANSWER_NO)
        hit = out_of_scope(hit, REASON_BUYER);
    else if (found->selection.ended || found->now == HOLDS_ENDED)
        hit = out_of_scope(hit, REASON_ENDED);
    else if (clause->from.first == DATE_NONE)
        hit = out_of_scope(hit, REASON_PROPOSED);
    else if (!activity)
        hit = out_of_scope(hit, REASON_ACTIVITY);
    else if (found->category == ANSWER_NO && !found->selection.declared)
        hit = out_of_scope(hit, REASON_CATEGORY);
    else
        decide(subject, found, buyer, &hit);
    *out = hit;
    /* What a product may contain is worth a word only where it matters: its
       maker is not listed. */
    return hit.verdict != VERDICT_OUT_OF_SCOPE || !found->selection.inside;
}

bool ask_clause(const struct subject *subject, uint32_t clause,
                uint32_t profile, struct screen_hit *hit) {
    struct clause_case found;
    return clause_case_open(subject, clause, &found) &&
           clause_case_decide(&found, subject, profile, hit);
}

static bool is_assembly(const struct ruleset *rules, uint32_t category) {
    for (; category != RULES_NONE;
         category = rules_category(rules, category)->parent) {
        if (rules_category(rules, category)->assembly != 0)
            return true;
    }
    return false;
}

static bool may_contain(const struct subject *subject) {
    return subject->candidate != NULL &&
           rules_party(subject->rules, subject->candidate->party)
                   ->contains.count != 0;
}

/* Would the clause hit the part for what is inside? Then it has a day, binds
   this very buyer, and covers such parts. */
static bool may_hit(const struct subject *subject,
                    const struct rules_clause *clause, uint32_t profile,
                    struct binding *binding) {
    uint32_t party =
        subject->candidate != NULL ? subject->candidate->party : RULES_NONE;
    return subject->as_of >= clause->announced &&
           clause->from.first != DATE_NONE &&
           span_holds(clause->from, clause->until, subject->as_of) !=
               HOLDS_ENDED &&
           clause->effect != RULES_EXPORT &&
           ask_profile(subject->rules, clause, profile, &subject->denied,
                       binding) == ANSWER_YES &&
           ask_activity(subject->rules, clause, profile, binding,
                        subject->activity) &&
           ask_category(subject->rules, clause->covers, subject->category,
                        party) != ANSWER_NO;
}

bool contents_case_open(const struct subject *subject, uint32_t number,
                        struct contents_case *out) {
    const struct rules_clause *clause = rules_clause(subject->rules, number);
    if ((clause->flags & RULES_INSIDE) == 0)
        return false;
    struct subject undeclared = *subject;
    undeclared.said.contents = NULL;
    out->number = number;
    out->assembly = is_assembly(subject->rules, subject->category);
    if (!out->assembly && !may_contain(subject))
        return false;
    out->says = clause_case_open(&undeclared, number, &out->open);
    return true;
}

bool contents_case_decide(const struct contents_case *found,
                          const struct subject *subject, uint32_t profile,
                          struct screen_hit *hit) {
    const struct rules_clause *clause =
        rules_clause(subject->rules, found->number);
    struct binding binding;
    bool hits =
        found->says && clause_case_decide(&found->open, subject, profile, hit);
    if (hits && hit->via.relation != NULL &&
        strcmp(hit->via.relation, RELATION_MAY_CONTAIN) == 0)
        return true;
    /* Who is listed himself needs no look inside. */
    if ((hits && hit->verdict < VERDICT_REVIEW) || !found->assembly ||
        !may_hit(subject, clause, profile, &binding))
        return false;
    *hit = blank_hit(subject, found->number, profile);
    hit->verdict = VERDICT_REVIEW;
    hit->reason = REASON_CONTENTS;
    hit->customer = binding.customer;
    return true;
}
