#include "screen/approval.h"

#include "screen/ownership.h"

bool is_approved_list(const struct ruleset *rules,
                      const struct rules_clause *clause) {
    return (clause->flags & RULES_HITS_UNLISTED) != 0 &&
           clause->listings.count == 0 &&
           rules_measure(rules, clause->measure)->approvals.count != 0;
}

/* ---- one row ---- */

/* How a row covers a part. */
struct cover {
    enum answer answer;
    enum screen_reason open; /* why it is ANSWER_OPEN */
    int closeness;
};

/* A part number goes before a maker, that before a category, and of two
   categories the narrower. */
enum {
    CLOSE_CATEGORY = 1,
    CLOSE_OWNER = 100,
    CLOSE_MAKER = 200,
    CLOSE_MPN = 500
};

static struct cover no_cover(void) {
    return (struct cover){.answer = ANSWER_NO};
}

static void leave_open(struct cover *cover, enum screen_reason why) {
    if (cover->answer != ANSWER_YES)
        return;
    cover->answer = ANSWER_OPEN;
    cover->open = why;
}

static void cover_owner(const struct subject *subject, uint32_t maker,
                        uint32_t owner, struct cover *cover) {
    struct owner_step owners[OWNERS_MAX];
    size_t count = owners_on(subject->rules, maker, subject->as_of, owners);
    for (size_t i = 0; i < count; i++) {
        if (owners[i].party != owner || owners[i].minority)
            continue;
        cover->closeness += CLOSE_OWNER;
        if (owners[i].open || owners[i].unconfirmed)
            leave_open(cover, REASON_UNCONFIRMED);
        return;
    }
    *cover = no_cover();
}

/* A line that names no maker asks for a part number of whoever has it; a name
   that nobody knows may be this maker's. */
static void cover_maker(const struct subject *subject,
                        const struct rules_clause *clause,
                        const struct rules_approval *row, uint32_t maker,
                        struct cover *cover) {
    bool mpn = rules_str(subject->rules, row->mpn_key).len != 0 &&
               subject->named->mpn.len != 0;
    if (row->party == RULES_NONE)
        return;
    if (row->party == maker)
        cover->closeness += CLOSE_MAKER;
    else if (maker != RULES_NONE && clause->reach != RULES_NAMED)
        cover_owner(subject, maker, row->party, cover);
    else if (maker != RULES_NONE || (subject->named->maker && !mpn))
        *cover = no_cover();
    else if (subject->named->maker)
        leave_open(cover, REASON_MAKER);
}

static void cover_mpn(const struct subject *subject,
                      const struct rules_approval *row, struct cover *cover) {
    struct str wanted = rules_str(subject->rules, row->mpn_key);
    if (wanted.len == 0 || subject->named->mpn.len == 0)
        return;
    if (str_eq(wanted, subject->named->mpn))
        cover->closeness += CLOSE_MPN;
    else
        *cover = no_cover();
}

static int depth_of(const struct ruleset *rules, uint32_t category) {
    int depth = 0;
    for (; category != RULES_NONE;
         category = rules_category(rules, category)->parent)
        depth++;
    return depth;
}

/* By its kind alone only a part of a known kind is approved. */
static void cover_category(const struct subject *subject,
                           const struct rules_approval *row, uint32_t maker,
                           struct cover *cover) {
    const struct ruleset *rules = subject->rules;
    if (row->covers.count == 0)
        return;
    enum answer answer =
        row->party == RULES_NONE && subject->category == RULES_NONE
            ? ANSWER_NO
            : ask_category(rules, row->covers, subject->category, maker);
    if (answer == ANSWER_NO)
        *cover = no_cover();
    else if (answer == ANSWER_OPEN)
        leave_open(cover, REASON_OPEN_CATEGORY);
    cover->closeness +=
        CLOSE_CATEGORY * depth_of(rules, rules_item(rules, row->covers, 0));
}

static struct cover cover_of(const struct subject *subject,
                             const struct rules_clause *clause,
                             const struct rules_approval *row, uint32_t maker) {
    struct cover cover = {.answer = ANSWER_YES};
    cover_maker(subject, clause, row, maker, &cover);
    if (cover.answer != ANSWER_NO)
        cover_mpn(subject, row, &cover);
    if (cover.answer != ANSWER_NO)
        cover_category(subject, row, maker, &cover);
    if (row->confidence == RULES_UNCONFIRMED)
        leave_open(&cover, REASON_UNCONFIRMED);
    return cover;
}

/* What a row says on the day; REASON_COUNT: nothing, for it refuses only on
   other days. */
static enum screen_reason says(const struct rules_approval *row, int32_t day) {
    static const enum screen_reason refusals[] = {
        [RULES_PENDING] = REASON_PENDING,
        [RULES_OBSOLETE] = REASON_OBSOLETE,
        [RULES_DISQUALIFIED] = REASON_DISQUALIFIED,
    };
    enum holds holds = span_holds(row->from, row->until, day);
    if (row->status > RULES_CONDITIONAL)
        return holds == HOLDS_NOT_YET || holds == HOLDS_ENDED
                   ? REASON_COUNT
                   : refusals[row->status];
    switch (holds) {
    case HOLDS_NOT_YET:
        return REASON_NOT_YET_APPROVED;
    case HOLDS_ENDED:
        return REASON_APPROVAL_EXPIRED;
    case HOLDS_OPEN:
        return REASON_OPEN_DATE;
    case HOLDS_YES:
        break;
    }
    return row->status == RULES_CONDITIONAL ? REASON_CONDITIONAL : REASON_NONE;
}

bool approval_holds(const struct rules_approval *row, int32_t day) {
    return row->status <= RULES_CONDITIONAL &&
           span_holds(row->from, row->until, day) == HOLDS_YES;
}

/* ---- the rows of one possible maker ---- */

/* The closest row so far. */
struct closest {
    uint32_t row; /* RULES_NONE: there is none */
    int closeness;
    enum screen_reason reason, open;
};

/* Of two rows that are as close, what approves goes first. */
static int order_of(enum screen_reason reason) {
    return reason == REASON_NONE          ? 0
           : reason == REASON_CONDITIONAL ? 1
           : reason == REASON_OPEN_DATE   ? 2
                                          : 3;
}

static void take(struct closest *best, const struct closest *found) {
    if (best->row == RULES_NONE || found->closeness > best->closeness ||
        (found->closeness == best->closeness &&
         order_of(found->reason) < order_of(best->reason)))
        *best = *found;
}

struct asking {
    const struct subject *subject;
    const struct rules_clause *clause;
    uint32_t maker;
    struct closest sure, any; /* of the rows that cover it, or may */
};

static void consider(struct asking *asking, struct rules_run rows) {
    const struct ruleset *rules = asking->subject->rules;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct rules_approval *row =
            rules_approval(rules, rows.first + i);
        struct cover cover =
            cover_of(asking->subject, asking->clause, row, asking->maker);
        struct closest found = {
            .row = rows.first + i,
            .closeness = cover.closeness,
            .reason = says(row, asking->subject->as_of),
            .open = cover.answer == ANSWER_OPEN ? cover.open : REASON_NONE,
        };
        if (cover.answer == ANSWER_NO || found.reason == REASON_COUNT)
            continue;
        take(&asking->any, &found);
        if (cover.answer == ANSWER_YES)
            take(&asking->sure, &found);
    }
}

static struct rules_run find(const struct asking *asking, struct str mpn,
                             uint32_t party) {
    const struct ruleset *rules = asking->subject->rules;
    return rules_find_approvals(rules,
                                rules_measure(rules, asking->clause->measure),
                                STR_EMPTY, mpn, party);
}

static void consider_makers(struct asking *asking) {
    struct owner_step owners[OWNERS_MAX];
    const struct subject *subject = asking->subject;
    if (asking->maker == RULES_NONE)
        return;
    consider(asking, find(asking, STR_EMPTY, asking->maker));
    if (asking->clause->reach == RULES_NAMED)
        return;
    size_t count =
        owners_on(subject->rules, asking->maker, subject->as_of, owners);
    for (size_t i = 0; i < count; i++)
        consider(asking, find(asking, STR_EMPTY, owners[i].party));
}

static enum answer approves(const struct closest *closest) {
    if (closest->row == RULES_NONE)
        return ANSWER_NO;
    if (closest->reason == REASON_OPEN_DATE)
        return ANSWER_OPEN;
    return closest->reason == REASON_NONE ||
                   closest->reason == REASON_CONDITIONAL
               ? ANSWER_YES
               : ANSWER_NO;
}

/* A row that only may cover the part matters where it would say otherwise. */
static struct approval_answer settle(const struct asking *asking,
                                     enum screen_reason without) {
    const struct closest *sure = &asking->sure, *any = &asking->any;
    if (approves(sure) != approves(any))
        return (struct approval_answer){
            .approved = ANSWER_OPEN,
            .reason = any->open != REASON_NONE ? any->open : any->reason,
            .row = any->row,
        };
    const struct closest *told = sure->row != RULES_NONE ? sure : any;
    struct approval_answer answer = {
        .approved = approves(told),
        .reason = told->row == RULES_NONE ? without : told->reason,
        .row = told->row,
    };
    if (answer.reason == REASON_CONDITIONAL)
        answer.approved = ANSWER_OPEN;
    return answer;
}

static struct approval_answer ask_maker(const struct subject *subject,
                                        const struct rules_clause *clause,
                                        uint32_t maker) {
    const struct ruleset *rules = subject->rules;
    const struct part_named *named = subject->named;
    struct asking asking = {
        .subject = subject,
        .clause = clause,
        .maker = maker,
        .sure = {.row = RULES_NONE},
        .any = {.row = RULES_NONE},
    };
    struct rules_run of_ipn = {0, 0};
    if (named->ipn.len != 0)
        of_ipn =
            rules_find_approvals(rules, rules_measure(rules, clause->measure),
                                 named->ipn, STR_EMPTY, RULES_NONE);
    consider(&asking, of_ipn);
    if (of_ipn.count != 0) {
        struct approval_answer answer = settle(&asking, REASON_OTHER_APPROVED);
        if (answer.row == RULES_NONE)
            answer.row = of_ipn.first; /* what it says instead */
        return answer;
    }
    if (named->mpn.len != 0)
        consider(&asking, find(&asking, named->mpn, RULES_NONE));
    consider_makers(&asking);
    consider(&asking, find(&asking, STR_EMPTY, RULES_NONE));
    struct approval_answer answer = settle(&asking, REASON_NOT_LISTED);
    answer.silent = answer.row == RULES_NONE && maker == RULES_NONE &&
                    !named->maker && named->mpn.len == 0;
    return answer;
}

/* ---- all possible makers ---- */

static enum screen_reason doubt_of(const struct maker_candidate *candidate) {
    if ((candidate->matched_by & MAKER_CONTRADICTED) != 0)
        return REASON_CONTRADICTION;
    return (candidate->matched_by & MAKER_BY_SHARED) != 0 ? REASON_SHARED_NAME
                                                          : REASON_MAKER;
}

struct approval_answer ask_approved(const struct subject *subject,
                                    const struct rules_clause *clause) {
    const struct maker_candidate *candidates = subject->candidate;
    if (candidates == NULL)
        return ask_maker(subject, clause, RULES_NONE);
    struct approval_answer first =
        ask_maker(subject, clause, candidates[0].party);
    for (size_t i = 1; i < subject->candidate_count; i++) {
        struct approval_answer other =
            ask_maker(subject, clause, candidates[i].party);
        if (other.approved == first.approved)
            continue;
        first.approved = ANSWER_OPEN;
        first.reason = doubt_of(&candidates[i]);
    }
    return first;
}
