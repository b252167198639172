#include "screen/selection.h"

#include "screen/ownership.h"

/* One way from the maker to a party that may be listed. */
struct way {
    uint32_t party;
    struct screen_via via;
    bool inside, affiliate, open, unconfirmed;
};

static struct screen_via via_link(const struct ruleset *rules,
                                  const char *relation, uint32_t to,
                                  const struct rules_link *link) {
    struct screen_via via = {
        .relation = relation,
        .name = rules_str(rules, rules_party(rules, to)->name),
        .from = DATE_SPAN_NONE,
        .until = DATE_SPAN_NONE,
    };
    if (link != NULL) {
        via.from = link->from;
        via.until = link->until;
    }
    return via;
}

/* Prefer what is in force, then the surer ground. */
static bool is_better(const struct selection *a, const struct selection *b) {
    if (b->listing == NULL || a->ended != b->ended)
        return b->listing == NULL || !a->ended;
    if (a->uncovered != b->uncovered)
        return !a->uncovered;
    int doubts_a = a->inside + a->affiliate + a->open_date + a->unconfirmed;
    int doubts_b = b->inside + b->affiliate + b->open_date + b->unconfirmed;
    return doubts_a < doubts_b;
}

static bool listing_covers(const struct subject *subject,
                           const struct rules_listing *listing) {
    return listing->covers.count == 0 ||
           ask_category(subject->rules, listing->covers, subject->category,
                        subject->candidate->party) != ANSWER_NO;
}

static void try_way(const struct subject *subject,
                    const struct rules_clause *clause, const struct way *way,
                    struct selection *best) {
    for (uint32_t i = 0; i < clause->listings.count; i++) {
        const struct rules_listing *listing =
            rules_listing(subject->rules, clause->listings.first + i);
        enum holds holds =
            span_holds(listing->from, listing->until, subject->as_of);
        if (listing->party != way->party || holds == HOLDS_NOT_YET)
            continue;
        struct selection found = {
            .listing = listing,
            .via = way->via,
            .inside = way->inside,
            .affiliate = way->affiliate,
            .open_date = way->open || holds == HOLDS_OPEN,
            .unconfirmed =
                way->unconfirmed || listing->confidence == RULES_UNCONFIRMED,
            .ended = holds == HOLDS_ENDED,
            .uncovered = !listing_covers(subject, listing),
        };
        if (is_better(&found, best))
            *best = found;
    }
}

/* The candidate's own brand or former name is worth telling. */
static struct screen_via via_name(const struct subject *subject) {
    struct screen_via via = {.from = DATE_SPAN_NONE, .until = DATE_SPAN_NONE};
    if (subject->candidate->name == RULES_NONE)
        return via;
    const struct rules_name *name =
        rules_name(subject->rules, subject->candidate->name);
    if (name->kind == RULES_NAME_BRAND) {
        via.relation = "brand";
        via.name = rules_str(subject->rules, name->raw);
    }
    return via;
}

/* Everybody who owns `party`; below half only for those who ask for
   affiliates. */
static void try_owners(const struct subject *subject,
                       const struct rules_clause *clause, struct way way,
                       struct selection *best) {
    struct owner_step owners[OWNERS_MAX];
    size_t count = owners_on(subject->rules, way.party, subject->as_of, owners);
    for (size_t i = 0; i < count; i++) {
        struct way up = way;
        if (owners[i].minority && clause->reach != RULES_AFFILIATED)
            continue;
        up.party = owners[i].party;
        up.affiliate = way.affiliate || owners[i].minority;
        up.open = way.open || owners[i].open;
        up.unconfirmed = way.unconfirmed || owners[i].unconfirmed;
        if (way.via.relation == NULL || !way.inside)
            up.via =
                via_link(subject->rules, "owned-by", up.party, owners[i].link);
        try_way(subject, clause, &up, best);
    }
}

/* A listed party below the maker, or below the same owner. */
static void try_affiliates(const struct subject *subject,
                           const struct rules_clause *clause, uint32_t party,
                           struct selection *best) {
    struct owner_step mine[OWNERS_MAX], theirs[OWNERS_MAX];
    size_t count = owners_on(subject->rules, party, subject->as_of, mine);
    for (uint32_t i = 0; i < clause->listings.count; i++) {
        const struct rules_listing *listing =
            rules_listing(subject->rules, clause->listings.first + i);
        if (listing->party == party)
            continue;
        size_t others =
            owners_on(subject->rules, listing->party, subject->as_of, theirs);
        for (size_t k = 0; k < others; k++) {
            bool owns = theirs[k].party == party, same = false;
            for (size_t m = 0; m < count && !owns; m++)
                same = same || mine[m].party == theirs[k].party;
            if (!owns && !same)
                continue;
            struct way way = {
                .party = listing->party,
                .via = via_link(subject->rules, owns ? "owns" : "same-owner",
                                listing->party, theirs[k].link),
                .affiliate = true,
                .open = theirs[k].open,
                .unconfirmed = theirs[k].unconfirmed,
            };
            try_way(subject, clause, &way, best);
        }
    }
}

static bool link_covers(const struct subject *subject,
                        const struct rules_link *link, uint32_t party) {
    return link->covers.count == 0 ||
           ask_category(subject->rules, link->covers, subject->category,
                        party) != ANSWER_NO;
}

/* What the product may hold inside, or a business that went elsewhere. */
static void try_links(const struct subject *subject,
                      const struct rules_clause *clause, struct rules_run links,
                      const char *relation, struct selection *best) {
    uint32_t maker = subject->candidate->party;
    for (uint32_t i = 0; i < links.count; i++) {
        const struct rules_link *link =
            rules_link(subject->rules, links.first + i);
        enum holds holds = span_holds(link->from, link->until, subject->as_of);
        if (holds == HOLDS_NOT_YET || holds == HOLDS_ENDED ||
            !link_covers(subject, link, maker))
            continue;
        struct way way = {
            .party = link->party,
            .via = via_link(subject->rules, relation, link->party, link),
            .inside = true,
            .open = holds == HOLDS_OPEN,
            .unconfirmed = link->confidence == RULES_UNCONFIRMED,
        };
        try_way(subject, clause, &way, best);
        if (clause->reach != RULES_NAMED)
            try_owners(subject, clause, way, best);
    }
}

static enum contents contents_of(const struct subject *subject,
                                 const struct rules_clause *clause) {
    return subject->said.contents == NULL
               ? CONTENTS_OPEN
               : (enum contents)subject->said.contents[clause->measure];
}

bool select_reaches(const struct subject *subject) {
    return subject->candidate != NULL &&
           rules_party(subject->rules, subject->candidate->party)->reached != 0;
}

static struct selection select_maker(const struct subject *subject,
                                     const struct rules_clause *clause) {
    struct selection best = {.listing = NULL};
    if (!select_reaches(subject))
        return best;
    uint32_t maker = subject->candidate->party;
    const struct rules_party *party = rules_party(subject->rules, maker);
    struct way self = {.party = maker, .via = via_name(subject)};
    try_way(subject, clause, &self, &best);
    if (clause->reach != RULES_NAMED)
        try_owners(subject, clause, self, &best);
    if ((clause->flags & RULES_INSIDE) != 0 &&
        contents_of(subject, clause) == CONTENTS_OPEN)
        try_links(subject, clause, party->contains, RELATION_MAY_CONTAIN,
                  &best);
    /* A maker of many things once sold one business: who says nothing of the
       part does not speak of that one. */
    if (subject->category != RULES_NONE)
        try_links(subject, clause, party->sold, "sold", &best);
    if (clause->reach == RULES_AFFILIATED)
        try_affiliates(subject, clause, maker, &best);
    return best;
}

static bool is_firm(const struct selection *found) {
    return found->listing != NULL && !found->ended && !found->uncovered &&
           !found->inside && !found->affiliate && !found->open_date &&
           !found->unconfirmed;
}

struct selection select_listed(const struct subject *subject,
                               const struct rules_clause *clause) {
    struct selection best = select_maker(subject, clause);
    bool names = clause->listings.count != 0 &&
                 (clause->flags & RULES_HITS_UNLISTED) == 0;
    if (!names || contents_of(subject, clause) < CONTENTS_LISTED ||
        is_firm(&best))
        return best;
    return (struct selection){
        .via = {.relation = RELATION_CONTAINS,
                .from = DATE_SPAN_NONE,
                .until = DATE_SPAN_NONE},
        .declared = true,
        .lapsed = contents_of(subject, clause) == CONTENTS_LAPSED,
    };
}

/* "CN-XJ" lies in "CN". */
static bool is_in(struct str place, struct str country) {
    return str_starts(place, country) &&
           (place.len == country.len || place.ptr[country.len] == '-');
}

static bool in_any(const struct ruleset *rules, struct rules_run countries,
                   struct str place) {
    for (uint32_t i = 0; i < countries.count; i++) {
        struct str country = rules_str(rules, rules_item(rules, countries, i));
        if (is_in(place, country))
            return true;
    }
    return false;
}

/* Could the place lie in one of them, were it known better? "CN" may be
   "CN-XJ". */
static bool may_be_in(const struct ruleset *rules, struct rules_run countries,
                      struct str place) {
    for (uint32_t i = 0; i < countries.count; i++) {
        struct str country = rules_str(rules, rules_item(rules, countries, i));
        if (is_in(country, place))
            return true;
    }
    return false;
}

static enum answer ask_places(const struct ruleset *rules, struct rules_run in,
                              struct rules_run not_in, struct str place) {
    if (in.count == 0 && not_in.count == 0)
        return ANSWER_YES;
    if (place.len == 0)
        return ANSWER_OPEN;
    if (in.count != 0 && !in_any(rules, in, place))
        return may_be_in(rules, in, place) ? ANSWER_OPEN : ANSWER_NO;
    if (not_in.count != 0 && in_any(rules, not_in, place))
        return ANSWER_NO;
    return may_be_in(rules, not_in, place) ? ANSWER_OPEN : ANSWER_YES;
}

/* Of several who say where it was made, the one who says it most exactly
   counts, but not where another rules it out. */
static enum answer ask_made(const struct subject *subject,
                            const struct rules_clause *clause,
                            enum origin_doubt *doubt) {
    const struct screen_said *said = &subject->said;
    const struct str places[] = {said->origin, said->noted_origin,
                                 said->declared_origin};
    bool given[ANSWER_YES + 1] = {false};
    size_t answers = 0;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        if (places[i].len == 0)
            continue;
        enum answer answer = ask_places(subject->rules, clause->made_in,
                                        clause->not_made_in, places[i]);
        answers += !given[answer];
        given[answer] = true;
    }
    *doubt = said->unread ? ORIGIN_UNREAD : ORIGIN_UNSAID;
    if (answers == 0) /* nobody says it */
        return ask_places(subject->rules, clause->made_in, clause->not_made_in,
                          STR_EMPTY);
    if (given[ANSWER_NO] && answers > 1) {
        *doubt = ORIGIN_DISPUTED;
        return ANSWER_OPEN;
    }
    return given[ANSWER_YES]  ? ANSWER_YES
           : given[ANSWER_NO] ? ANSWER_NO
                              : ANSWER_OPEN;
}

enum answer select_origin(const struct subject *subject,
                          const struct rules_clause *clause,
                          enum origin_doubt *doubt) {
    const struct ruleset *rules = subject->rules;
    enum answer part = ask_made(subject, clause, doubt);
    struct str country = STR_EMPTY;
    if (subject->candidate != NULL)
        country = rules_str(
            rules, rules_party(rules, subject->candidate->party)->country);
    enum answer maker =
        ask_places(rules, clause->maker_in, clause->not_maker_in, country);
    return part < maker ? part : maker;
}
