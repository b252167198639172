#include "screen/questions.h"

#include <string.h>

#include "screen/approval.h"
#include "screen/ownership.h"
#include "screen/selection.h"

static bool is_within(const struct ruleset *rules, uint32_t profile,
                      uint32_t above) {
    while (profile != RULES_NONE && profile != above)
        profile = rules_profile(rules, profile)->within;
    return profile != RULES_NONE;
}

/* A clause binds whoever it names, whoever lies within that, and who says of
   itself that it is bound like one of these. */
bool profile_binds(const struct ruleset *rules, uint32_t bound,
                   uint32_t profile) {
    for (uint32_t up = profile; up != RULES_NONE;
         up = rules_profile(rules, up)->within) {
        struct rules_run includes = rules_profile(rules, up)->includes;
        if (up == bound)
            return true;
        for (uint32_t i = 0; i < includes.count; i++) {
            if (is_within(rules, rules_item(rules, includes, i), bound))
                return true;
        }
    }
    return false;
}

/* Is `bound` a narrower case of what the profile declares? */
static bool is_narrower(const struct ruleset *rules, uint32_t bound,
                        uint32_t profile) {
    struct rules_run includes = rules_profile(rules, profile)->includes;
    if (is_within(rules, bound, profile))
        return true;
    for (uint32_t i = 0; i < includes.count; i++) {
        if (is_within(rules, bound, rules_item(rules, includes, i)))
            return true;
    }
    return false;
}

/* What lies within a profile that does not apply does not apply either. */
static bool is_denied(const struct ruleset *rules,
                      const struct profile_set *denied, uint32_t profile) {
    for (size_t i = 0; denied != NULL && i < denied->count; i++) {
        if (is_within(rules, profile, denied->items[i]))
            return true;
    }
    return false;
}

static enum answer ask_one(const struct ruleset *rules,
                           const struct rules_clause *clause, uint32_t profile,
                           const struct profile_set *denied,
                           uint32_t *declare) {
    enum answer answer = ANSWER_NO;
    *declare = RULES_NONE;
    for (uint32_t i = 0; i < clause->binds.count; i++) {
        uint32_t bound = rules_item(rules, clause->binds, i);
        if (profile_binds(rules, bound, profile)) {
            *declare = RULES_NONE;
            return ANSWER_YES;
        }
        if (answer == ANSWER_OPEN || !is_narrower(rules, bound, profile))
            continue;
        *declare = bound;
        if (!is_denied(rules, denied, bound))
            answer = ANSWER_OPEN;
    }
    return answer;
}

enum answer ask_profile(const struct ruleset *rules,
                        const struct rules_clause *clause, uint32_t profile,
                        const struct profile_set *denied,
                        struct binding *binding) {
    *binding = (struct binding){RULES_NONE, RULES_NONE};
    if ((clause->flags & RULES_BINDS_ANY) != 0)
        return ANSWER_YES;
    struct rules_run customers = rules_profile(rules, profile)->supplies;
    enum answer best =
        ask_one(rules, clause, profile, denied, &binding->declare);
    for (uint32_t i = 0; i < customers.count && best != ANSWER_YES; i++) {
        uint32_t customer = rules_item(rules, customers, i), declare;
        enum answer answer = ask_one(rules, clause, customer, denied, &declare);
        bool says = answer == best && binding->declare == RULES_NONE &&
                    declare != RULES_NONE;
        if (answer <= best && !says)
            continue;
        best = answer;
        *binding = (struct binding){declare, customer};
    }
    return best;
}

static unsigned does(const struct ruleset *rules, uint32_t profile) {
    unsigned set = 0;
    for (; profile != RULES_NONE;
         profile = rules_profile(rules, profile)->within)
        set |= rules_profile(rules, profile)->does;
    return set;
}

bool ask_activity(const struct ruleset *rules,
                  const struct rules_clause *clause, uint32_t profile,
                  const struct binding *binding, unsigned activity) {
    if (binding->customer != RULES_NONE) {
        profile = binding->customer;
        activity = activity == RULES_SELL ? RULES_PURCHASE : activity;
    }
    unsigned set = activity;
    if (activity == RULES_PURCHASE)
        set |= RULES_INSTALL | RULES_USE | does(rules, profile);
    else if (activity == RULES_INSTALL)
        set |= RULES_USE;
    return (clause->activities & set) != 0;
}

static enum answer covers_one(const struct ruleset *rules,
                              struct rules_run covers, uint32_t category) {
    enum answer answer = ANSWER_NO;
    for (uint32_t i = 0; i < covers.count; i++) {
        uint32_t covered = rules_item(rules, covers, i);
        if (rules_category_within(rules, category, covered))
            return ANSWER_YES;
        if (rules_category_within(rules, covered, category))
            answer = ANSWER_OPEN;
    }
    return answer;
}

enum answer ask_category(const struct ruleset *rules, struct rules_run covers,
                         uint32_t category, uint32_t party) {
    const uint32_t everything = 0;
    if (category != RULES_NONE && category != everything)
        return covers_one(rules, covers, category);
    if (covers_one(rules, covers, everything) == ANSWER_YES)
        return ANSWER_YES;
    if (party == RULES_NONE)
        return ANSWER_OPEN;
    struct rules_run made[] = {rules_party(rules, party)->makes,
                               rules_party(rules, party)->legacy};
    uint32_t all = made[0].count + made[1].count, yes = 0, no = 0;
    for (size_t m = 0; m < ARRAY_LEN(made); m++) {
        for (uint32_t i = 0; i < made[m].count; i++) {
            enum answer answer =
                covers_one(rules, covers, rules_item(rules, made[m], i));
            yes += answer == ANSWER_YES;
            no += answer == ANSWER_NO;
        }
    }
    if (all != 0 && yes == all)
        return ANSWER_YES;
    return all != 0 && no == all ? ANSWER_NO : ANSWER_OPEN;
}

/* What was found out while asking, before it becomes a verdict. */
struct finding_of_clause {
    struct selection selection;
    struct approval_answer approval;
    bool list; /* `approval` was asked for */
    enum answer origin, profile, category;
    bool disputed; /* where it was made is said in two ways */
    bool nobody;   /* the clause names nobody: a white-list, or origin */
};

static struct screen_hit out_of_scope(struct screen_hit hit,
                                      enum screen_reason reason) {
    hit.verdict = VERDICT_OUT_OF_SCOPE;
    hit.reason = reason;
    return hit;
}

static enum screen_reason doubt_maker(const struct subject *subject,
                                      const struct finding_of_clause *found) {
    const struct maker_candidate *candidate = subject->candidate;
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
static enum screen_reason doubt_contents(
    const struct rules_clause *clause, const struct finding_of_clause *found) {
    if (found->selection.lapsed)
        return REASON_CONTENTS;
    bool reaches = (clause->flags & RULES_INSIDE) != 0;
    return reaches && found->category != ANSWER_NO ? REASON_NONE
                                                   : REASON_INSIDE;
}

/* The reason a person would ask for first. */
static enum screen_reason doubt(const struct subject *subject,
                                const struct rules_clause *clause,
                                const struct finding_of_clause *found,
                                enum holds now) {
    enum screen_reason reason = found->selection.declared
                                    ? doubt_contents(clause, found)
                                    : doubt_maker(subject, found);
    if (reason != REASON_NONE)
        return reason;
    if (found->profile == ANSWER_OPEN)
        return REASON_OPEN_PROFILE;
    if (found->category == ANSWER_OPEN)
        return REASON_OPEN_CATEGORY;
    if (found->origin == ANSWER_OPEN)
        return REASON_OPEN_ORIGIN;
    if (found->selection.open_date || now == HOLDS_OPEN)
        return REASON_OPEN_DATE;
    if (found->selection.unconfirmed || clause->confidence == RULES_UNCONFIRMED)
        return REASON_UNCONFIRMED;
    return clause->effect == RULES_CHECK ? REASON_CHECK : REASON_NONE;
}

/* The same for an approved list, which knows its own. */
static enum screen_reason doubt_approval(const struct rules_clause *clause,
                                         const struct finding_of_clause *found,
                                         enum holds now) {
    if (found->approval.approved == ANSWER_OPEN)
        return found->approval.reason;
    if (now == HOLDS_OPEN)
        return REASON_OPEN_DATE;
    if (clause->confidence == RULES_UNCONFIRMED)
        return REASON_UNCONFIRMED;
    return clause->effect == RULES_CHECK ? REASON_CHECK : REASON_NONE;
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
                   const struct rules_clause *clause,
                   const struct finding_of_clause *found, enum holds now,
                   struct screen_hit *hit) {
    enum verdict verdict = verdict_of(clause);
    hit->reason = found->list ? doubt_approval(clause, found, now)
                              : doubt(subject, clause, found, now);
    hit->verdict = verdict;
    if (now == HOLDS_NOT_YET) {
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
                        struct finding_of_clause *found) {
    bool unlisted = (clause->flags & RULES_HITS_UNLISTED) != 0;
    if (found->list) {
        found->approval = ask_approved(subject, clause);
        found->selection = (struct selection){.listing = NULL};
        found->origin = select_origin(subject, clause, &found->disputed);
        found->nobody = true;
        return found->origin != ANSWER_NO && !found->approval.silent &&
               found->approval.approved != ANSWER_YES;
    }
    found->selection = select_listed(subject, clause);
    found->origin = select_origin(subject, clause, &found->disputed);
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
                              const struct finding_of_clause *found) {
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

static bool covers_everything(const struct ruleset *rules,
                              const struct rules_clause *clause) {
    const uint32_t everything = 0;
    return covers_one(rules, clause->covers, everything) == ANSWER_YES;
}

/* A clause that names nobody would flag every resistor, were its category or
   its buyer left open. Only the origin may be, and that only for what the
   clause singles out. */
static bool is_silent(const struct subject *subject,
                      const struct rules_clause *clause,
                      const struct finding_of_clause *found, bool activity) {
    bool everything = covers_everything(subject->rules, clause);
    return found->nobody &&
           (!activity || found->category != ANSWER_YES ||
            found->profile != ANSWER_YES || clause->from.first == DATE_NONE ||
            (everything ? found->origin == ANSWER_OPEN && !found->disputed
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

bool ask_clause(const struct subject *subject, uint32_t number,
                uint32_t profile, struct screen_hit *out) {
    const struct ruleset *rules = subject->rules;
    const struct rules_clause *clause = rules_clause(rules, number);
    struct finding_of_clause found = {.list = is_approved_list(rules, clause)};
    bool other = subject->candidate != NULL && subject->candidate_count == 0;
    if (found.list && (subject->named == NULL || other))
        return false;
    if (clause->announced != DATE_NONE && subject->as_of < clause->announced)
        return false;
    if (!is_selected(subject, clause, &found))
        return false;
    struct screen_hit hit = blank_hit(subject, number, profile);
    hit.via = found.selection.via;
    hit.approval = found.list ? found.approval.row : RULES_NONE;
    hit.disputed = found.disputed;
    if (found.selection.listing != NULL) {
        hit.listed = found.selection.listing->party;
        if (clause->from.first != DATE_NONE)
            hit.from = later(clause->from, found.selection.listing->from);
    }
    struct binding binding;
    found.profile =
        ask_profile(rules, clause, profile, &subject->denied, &binding);
    hit.declare = binding.declare;
    hit.customer = binding.customer;
    found.category = ask_covers(subject, clause, &found);
    bool activity =
        ask_activity(rules, clause, profile, &binding, subject->activity);
    enum holds now = span_holds(clause->from, clause->until, subject->as_of);
    if (is_silent(subject, clause, &found, activity) ||
        (found.nobody && now == HOLDS_ENDED))
        return false;
    if (clause->effect == RULES_EXPORT && subject->activity != RULES_EXPORT_TO)
        hit = out_of_scope(hit, REASON_EXPORT);
    else if (found.profile == ANSWER_NO)
        hit = out_of_scope(hit, REASON_BUYER);
    else if (found.selection.ended || now == HOLDS_ENDED)
        hit = out_of_scope(hit, REASON_ENDED);
    else if (clause->from.first == DATE_NONE)
        hit = out_of_scope(hit, REASON_PROPOSED);
    else if (!activity)
        hit = out_of_scope(hit, REASON_ACTIVITY);
    else if (found.category == ANSWER_NO && !found.selection.declared)
        hit = out_of_scope(hit, REASON_CATEGORY);
    else
        decide(subject, clause, &found, now, &hit);
    *out = hit;
    /* What a product may contain is worth a word only where it matters: its
       maker is not listed. */
    return hit.verdict != VERDICT_OUT_OF_SCOPE || !found.selection.inside;
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

bool ask_contents(const struct subject *subject, uint32_t number,
                  uint32_t profile, struct screen_hit *hit) {
    const struct rules_clause *clause = rules_clause(subject->rules, number);
    struct subject open = *subject;
    struct binding binding;
    open.said.contents = NULL;
    if ((clause->flags & RULES_INSIDE) == 0)
        return false;
    bool assembly = is_assembly(subject->rules, subject->category);
    if (!assembly && !may_contain(subject))
        return false;
    bool hits = ask_clause(&open, number, profile, hit);
    if (hits && hit->via.relation != NULL &&
        strcmp(hit->via.relation, RELATION_MAY_CONTAIN) == 0)
        return true;
    /* Who is listed himself needs no look inside. */
    if ((hits && hit->verdict < VERDICT_REVIEW) || !assembly ||
        !may_hit(subject, clause, profile, &binding))
        return false;
    *hit = blank_hit(subject, number, profile);
    hit->verdict = VERDICT_REVIEW;
    hit->reason = REASON_CONTENTS;
    hit->customer = binding.customer;
    return true;
}
