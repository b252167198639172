#include <stdio.h>

#include "core/date.h"
#include "run/lint_check.h"
#include "screen/questions.h"

static const struct rules_measure *measure_of(const struct lint *lint) {
    const char *id = lint->document->measures[lint->position].id;
    return rules_measure(lint->rules,
                         rules_find_measure(lint->rules, str_from(id)));
}

static const struct rules_clause *clause_of(const struct lint *lint,
                                            uint32_t i) {
    return rules_clause(lint->rules, measure_of(lint)->clauses.first + i);
}

static bool overlap(struct date_span from_a, struct date_span until_a,
                    struct date_span from_b, struct date_span until_b) {
    bool a_after = from_a.first != DATE_NONE && until_b.last != DATE_NONE &&
                   from_a.first > until_b.last;
    bool b_after = from_b.first != DATE_NONE && until_a.last != DATE_NONE &&
                   from_b.first > until_a.last;
    return !a_after && !b_after;
}

static bool covers_meet(const struct ruleset *rules, struct rules_run a,
                        struct rules_run b) {
    for (uint32_t i = 0; i < a.count; i++) {
        for (uint32_t k = 0; k < b.count; k++) {
            uint32_t left = rules_item(rules, a, i);
            uint32_t right = rules_item(rules, b, k);
            if (rules_category_within(rules, left, right) ||
                rules_category_within(rules, right, left))
                return true;
        }
    }
    return a.count == 0 || b.count == 0;
}

/* The first day on which a clause says anything. */
static struct date_span speaks_from(const struct rules_clause *clause) {
    return clause->announced == DATE_NONE
               ? clause->from
               : (struct date_span){clause->announced, clause->announced};
}

/* Do a clause, from a day on, and an entry of its list ever hold together? */
enum meeting { MEETS, APART_BY_DATES, APART_BY_COVERS };

static enum meeting meet(const struct ruleset *rules,
                         const struct rules_clause *clause,
                         struct date_span since,
                         const struct rules_listing *listing) {
    if (!overlap(since, clause->until, listing->from, listing->until))
        return APART_BY_DATES;
    return covers_meet(rules, clause->covers, listing->covers)
               ? MEETS
               : APART_BY_COVERS;
}

static const char *apart(enum meeting why) {
    return why == APART_BY_DATES ? "no entry of its list is in force together "
                                   "with it"
                                 : "no entry of its list covers what it covers";
}

/* A white-list hits who is not on it, so nothing need meet. */
void lint_clause_never(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    char path[48];
    for (uint32_t i = 0; i < yaml->clauses_count; i++) {
        const struct rules_clause *clause = clause_of(lint, i);
        enum meeting best = APART_BY_DATES;
        snprintf(path, sizeof(path), "clauses %u", (unsigned)i);
        if (clause->listings.count == 0 ||
            (clause->flags & RULES_HITS_UNLISTED) != 0)
            continue;
        for (uint32_t k = 0; k < clause->listings.count && best != MEETS; k++) {
            enum meeting one =
                meet(lint->rules, clause, clause->from,
                     rules_listing(lint->rules, clause->listings.first + k));
            best = one == APART_BY_DATES ? best : one;
        }
        if (best != MEETS)
            lint_tell(lint, path, "clause '%s' can never hit: %s",
                      yaml->clauses[i].id, apart(best));
    }
}

/* Is the entry of any use to a clause that has it in its list? Before the
   clause is in force it warns. */
static bool is_met(const struct ruleset *rules, uint32_t number,
                   enum meeting *why, bool *used) {
    const struct rules_listing *listing = rules_listing(rules, number);
    for (uint32_t m = 0; m < rules_measure_count(rules); m++) {
        struct rules_run clauses = rules_measure(rules, m)->clauses;
        for (uint32_t i = 0; i < clauses.count; i++) {
            const struct rules_clause *clause =
                rules_clause(rules, clauses.first + i);
            if (number < clause->listings.first ||
                number >= clause->listings.first + clause->listings.count)
                continue;
            *used = true;
            *why = meet(rules, clause, speaks_from(clause), listing);
            if (*why == MEETS)
                return true;
        }
    }
    return false;
}

static const char *listing_name(const struct yaml_listing *listing) {
    return listing->party != NULL ? listing->party : listing->name;
}

static void check_listings(struct lint *lint, const char *key,
                           const struct yaml_listing *listings, uint32_t count,
                           uint32_t first) {
    char path[64];
    for (uint32_t i = 0; i < count; i++) {
        enum meeting why = MEETS;
        bool used = false;
        if (is_met(lint->rules, first + i, &why, &used) || !used)
            continue;
        snprintf(path, sizeof(path), "%s %u", key, (unsigned)i);
        lint_tell(lint, path, "the entry '%s' never holds: no clause %s",
                  listing_name(&listings[i]),
                  why == APART_BY_DATES ? "is in force together with it"
                                        : "covers what it covers");
    }
}

void lint_listing_never(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    char key[48];
    check_listings(lint, "parties", yaml->parties, yaml->parties_count,
                   measure_of(lint)->listings.first);
    for (uint32_t i = 0; i < yaml->clauses_count; i++) {
        snprintf(key, sizeof(key), "clauses %u parties", (unsigned)i);
        check_listings(lint, key, yaml->clauses[i].parties,
                       yaml->clauses[i].parties_count,
                       clause_of(lint, i)->listings.first);
    }
}

static bool is_repeated(const struct ruleset *rules, uint32_t a, uint32_t b) {
    const struct rules_listing *one = rules_listing(rules, a);
    const struct rules_listing *other = rules_listing(rules, b);
    return one->party == other->party && one->party != RULES_NONE &&
           overlap(one->from, one->until, other->from, other->until) &&
           covers_meet(rules, one->covers, other->covers);
}

void lint_listing_twice(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    uint32_t first = measure_of(lint)->listings.first;
    char path[48];
    for (uint32_t i = 1; i < yaml->parties_count; i++) {
        bool twice = false;
        for (uint32_t k = 0; k < i && !twice; k++)
            twice = is_repeated(lint->rules, first + k, first + i);
        snprintf(path, sizeof(path), "parties %u", (unsigned)i);
        if (twice)
            lint_tell(lint, path,
                      "the party '%s' is listed twice for the same time",
                      listing_name(&yaml->parties[i]));
    }
}

static bool asked_of_anybody(const struct ruleset *rules,
                             const struct rules_clause *clause) {
    struct binding binding;
    for (uint32_t p = 0; p < rules_profile_count(rules); p++) {
        if (ask_profile(rules, clause, p, NULL, &binding) == ANSWER_YES &&
            ask_activity(rules, clause, p, &binding, RULES_PURCHASE))
            return true;
    }
    return false;
}

/* What stands for purchase is said by the profiles (`does`); what none of them
   does is asked for by nobody who does not think of `-a`. */
void lint_clause_unasked(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    char path[48];
    for (uint32_t i = 0; i < yaml->clauses_count; i++) {
        const struct rules_clause *clause = clause_of(lint, i);
        snprintf(path, sizeof(path), "clauses %u activities", (unsigned)i);
        if (clause->effect != RULES_EXPORT &&
            !asked_of_anybody(lint->rules, clause))
            lint_tell(
                lint, path,
                "clause '%s' restricts what none of its profiles does: only "
                "-a asks for it",
                yaml->clauses[i].id);
    }
}

static bool all_excluded(const struct ruleset *rules, struct rules_run in,
                         struct rules_run not_in) {
    for (uint32_t i = 0; i < in.count; i++) {
        bool excluded = false;
        for (uint32_t k = 0; k < not_in.count; k++)
            excluded =
                excluded ||
                str_starts(rules_str(rules, rules_item(rules, in, i)),
                           rules_str(rules, rules_item(rules, not_in, k)));
        if (!excluded)
            return false;
    }
    return in.count != 0;
}

void lint_clause_origin(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    char path[48];
    for (uint32_t i = 0; i < yaml->clauses_count; i++) {
        const struct rules_clause *clause = clause_of(lint, i);
        snprintf(path, sizeof(path), "clauses %u", (unsigned)i);
        if (all_excluded(lint->rules, clause->made_in, clause->not_made_in) ||
            all_excluded(lint->rules, clause->maker_in, clause->not_maker_in))
            lint_tell(lint, path,
                      "clause '%s' can never hit: it asks for a country and "
                      "excludes it",
                      yaml->clauses[i].id);
    }
}

void lint_clause_advice(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    char path[48];
    for (uint32_t i = 0; i < yaml->clauses_count; i++) {
        snprintf(path, sizeof(path), "clauses %u", (unsigned)i);
        if (yaml->clauses[i].advice == NULL)
            lint_tell(lint, path, "clause '%s' does not say what to do ('do')",
                      yaml->clauses[i].id);
    }
}

/* "2026-01" may be any day of it. */
void lint_measure_dates(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    struct date_span known, announced;
    if (date_parse_span(str_from(yaml->known_to), &known) &&
        date_parse_span(str_from(yaml->announced), &announced) &&
        known.last < announced.first)
        lint_tell(lint, "known-to",
                  "'known-to' lies before the day it was announced");
}

static bool list_is_used(const struct ruleset *rules, struct rules_run list) {
    for (uint32_t m = 0; m < rules_measure_count(rules); m++) {
        struct rules_run clauses = rules_measure(rules, m)->clauses;
        for (uint32_t i = 0; i < clauses.count; i++) {
            struct rules_run used =
                rules_clause(rules, clauses.first + i)->listings;
            if (list.count != 0 && used.count == list.count &&
                used.first == list.first)
                return true;
        }
    }
    return false;
}

void lint_measure_idle(struct lint *lint) {
    const struct rules_measure *measure = measure_of(lint);
    if (measure->clauses.count == 0 &&
        !list_is_used(lint->rules, measure->listings))
        lint_tell(
            lint, "id",
            "the measure has no clause, and no other measure uses its list "
            "('parties-of'): it never hits");
}

static void unseen_sources(struct lint *lint, const struct yaml_source *sources,
                           uint32_t count) {
    char path[48];
    for (uint32_t i = 0; i < count; i++) {
        struct str url = str_from(sources[i].url);
        snprintf(path, sizeof(path), "sources %u", (unsigned)i);
        if (!str_starts(url, STR_LIT("https://")) &&
            !str_starts(url, STR_LIT("http://")) &&
            !str_starts(url, STR_LIT("file:")))
            lint_tell(lint, path, "'%.*s' is no address of a source",
                      STR_ARG(url));
        else if (sources[i].seen == NULL)
            lint_tell(lint, path,
                      "the source says no day on which it was 'seen'");
    }
}

void lint_measure_sources(struct lint *lint) {
    const struct yaml_measure *yaml = &lint->document->measures[lint->position];
    unseen_sources(lint, yaml->sources, yaml->sources_count);
}
