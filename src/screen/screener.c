#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/mem.h"
#include "ruleset/country.h"
#include "ruleset/name.h"
#include "screen/approval.h"
#include "screen/clause_case.h"
#include "screen/ownership.h"
#include "screen/screen.h"

/* What is remembered before all is forgotten: a BOM of a million lines has some
   thousands of makers and kinds of part. */
#define REMEMBERED_MAX 10000
#define REMEMBERED_BYTES_MAX (1024 * 1024)

/* For clauses that bind whoever buys. */
static const uint32_t any_buyer = RULES_NONE;

/* What was said of a party that makes parts of a category. */
struct party_answer {
    enum verdict verdict;
    bool hit_set;
    struct screen_hit hit;
};

struct screener {
    struct screen_options options;
    struct arena arena; /* answers, and the keys of `known` */
    struct map known;   /* part -> index into `answers` */
    struct screening *answers;
    size_t count, cap;
    struct map known_parties; /* party, category, profile -> its index */
    struct party_answer *party_answers;
    size_t party_count, party_cap;
    struct strbuf key, origin, noted_origin, declared_origin, mpn, ipn;
    struct part_named named; /* what the part in hand is called, reduced */
    struct screen_hit *hits; /* of the part in hand */
    size_t hit_count, hit_cap;
    struct screen_asked *asked; /* of it, what is inside */
    size_t asked_count, asked_cap;
    struct clause_case *cases; /* of one measure for it */
    size_t case_count, case_cap;
    struct contents_case *insides; /* likewise */
    size_t inside_count, inside_cap;
    bool strict; /* what nobody declares is a hit */
};

struct screener *screener_new(const struct screen_options *options) {
    struct screener *screener = mem_calloc(1, sizeof(*screener));
    if (screener != NULL)
        screener->options = *options;
    return screener;
}

void screener_free(struct screener *screener) {
    if (screener == NULL)
        return;
    arena_dispose(&screener->arena);
    map_dispose(&screener->known);
    map_dispose(&screener->known_parties);
    mem_free(screener->party_answers);
    strbuf_dispose(&screener->key);
    strbuf_dispose(&screener->origin);
    strbuf_dispose(&screener->noted_origin);
    strbuf_dispose(&screener->declared_origin);
    strbuf_dispose(&screener->mpn);
    strbuf_dispose(&screener->ipn);
    mem_free(screener->answers);
    mem_free(screener->hits);
    mem_free(screener->asked);
    mem_free(screener->cases);
    mem_free(screener->insides);
    mem_free(screener);
}

static bool add_hit(struct screener *screener, const struct screen_hit *hit) {
    void *items = screener->hits;
    if (!mem_grow(&items, &screener->hit_cap, screener->hit_count + 1,
                  sizeof(*screener->hits)))
        return false;
    screener->hits = items;
    screener->hits[screener->hit_count++] = *hit;
    return true;
}

/* How far the questions got before a clause turned out not to bind: what came
   closest is what a person wants explained. */
static int closeness(enum screen_reason reason) {
    static const int steps[REASON_COUNT] = {
        [REASON_BUYER] = 1, [REASON_EXPORT] = 2,   [REASON_PROPOSED] = 3,
        [REASON_ENDED] = 4, [REASON_ACTIVITY] = 5, [REASON_CATEGORY] = 6,
    };
    return steps[reason];
}

/* That a narrower buyer is bound too is no news beside a verdict on the one who
   was declared. */
static void drop_narrower(struct screener *screener, size_t before) {
    enum verdict worst = VERDICT_CLEAR;
    for (size_t i = before; i < screener->hit_count; i++)
        worst = verdict_worst(worst, screener->hits[i].verdict);
    size_t kept = before;
    for (size_t i = before; i < screener->hit_count; i++) {
        if (worst == VERDICT_REVIEW ||
            screener->hits[i].reason != REASON_OPEN_PROFILE)
            screener->hits[kept++] = screener->hits[i];
    }
    screener->hit_count = kept;
}

static bool binds_any(const struct ruleset *rules, uint32_t clause) {
    return (rules_clause(rules, clause)->flags & RULES_BINDS_ANY) != 0;
}

static bool add_asked(struct screener *screener, struct screen_asked asked) {
    void *items = screener->asked;
    for (size_t i = 0; i < screener->asked_count; i++) {
        if (screener->asked[i].measure == asked.measure &&
            screener->asked[i].profile == asked.profile)
            return true;
    }
    if (!mem_grow(&items, &screener->asked_cap, screener->asked_count + 1,
                  sizeof(*screener->asked)))
        return false;
    screener->asked = items;
    screener->asked[screener->asked_count++] = asked;
    return true;
}

/* Does the measure in hand ask what is inside? One clause that does is enough.
 */
static bool ask_inside(struct screener *screener, const struct subject *subject,
                       uint32_t measure, uint32_t profile) {
    const uint8_t *said = subject->said.contents;
    struct screen_hit hit;
    size_t i = 0;
    while (i < screener->inside_count &&
           !contents_case_decide(&screener->insides[i], subject, profile, &hit))
        i++;
    if (i == screener->inside_count)
        return true;
    if (screener->strict && hit.reason == REASON_CONTENTS &&
        (said == NULL || said[measure] == CONTENTS_OPEN) &&
        !add_hit(screener, &hit))
        return false;
    return add_asked(screener, (struct screen_asked){measure, profile});
}

/* The measure in hand, one profile, one possible maker: all clauses that hit,
   else the one that came closest. */
static bool ask_buyer(struct screener *screener, const struct subject *subject,
                      uint32_t measure, uint32_t profile) {
    struct screen_hit closest = {.reason = REASON_NONE};
    size_t before = screener->hit_count;
    for (size_t i = 0; i < screener->case_count; i++) {
        const struct clause_case *found = &screener->cases[i];
        struct screen_hit hit;
        if (!clause_case_decide(found, subject, profile, &hit))
            continue;
        if (hit.verdict != VERDICT_OUT_OF_SCOPE) {
            if (!add_hit(screener, &hit))
                return false;
        } else if (closeness(hit.reason) > closeness(closest.reason)) {
            closest = hit;
        }
    }
    if (!ask_inside(screener, subject, measure, profile))
        return false;
    /* Nobody declared to be the buyer: then each is asked about, and that the
       others are not bound goes without saying. */
    bool tell = closest.reason != REASON_NONE &&
                (screener->options.declared || closest.reason != REASON_BUYER);
    if (screener->hit_count != before) {
        drop_narrower(screener, before);
        return true;
    }
    return !tell || add_hit(screener, &closest);
}

/* What one measure says of the part, whoever buys it.
   @param any  Only what binds any buyer, which asks nobody what is inside: it
               is the company's own. Else all but that. */
static bool open_cases(struct screener *screener, const struct subject *subject,
                       const struct rules_measure *measure, bool any) {
    void *cases = screener->cases, *insides = screener->insides;
    uint32_t count = measure->clauses.count;
    screener->case_count = screener->inside_count = 0;
    if (!mem_grow(&cases, &screener->case_cap, count, sizeof(*screener->cases)))
        return false;
    screener->cases = cases;
    if (!mem_grow(&insides, &screener->inside_cap, count,
                  sizeof(*screener->insides)))
        return false;
    screener->insides = insides;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t clause = measure->clauses.first + i;
        if (binds_any(subject->rules, clause) == any)
            screener->case_count += clause_case_open(
                subject, clause, &screener->cases[screener->case_count]);
        if (!any)
            screener->inside_count += contents_case_open(
                subject, clause, &screener->insides[screener->inside_count]);
    }
    return true;
}

/* Most measures say nothing of most parts, to nobody.
   @param profiles  RULES_NONE alone: what binds any buyer. */
static bool ask_measures(struct screener *screener,
                         const struct subject *subject,
                         const uint32_t *profiles, size_t profile_count) {
    uint32_t measures =
        profile_count != 0 ? rules_measure_count(subject->rules) : 0;
    for (uint32_t i = 0; i < measures; i++) {
        if (!open_cases(screener, subject, rules_measure(subject->rules, i),
                        profiles[0] == RULES_NONE))
            return false;
        if (screener->case_count + screener->inside_count == 0)
            continue;
        for (size_t p = 0; p < profile_count; p++) {
            if (!ask_buyer(screener, subject, i, profiles[p]))
                return false;
        }
    }
    return true;
}

static int by_verdict(const void *a, const void *b) {
    const struct screen_hit *left = a, *right = b;
    if (left->verdict != right->verdict)
        return left->verdict < right->verdict ? -1 : 1;
    if (left->measure != right->measure)
        return left->measure < right->measure ? -1 : 1;
    if (left->profile != right->profile)
        return left->profile < right->profile ? -1 : 1;
    if (left->clause != right->clause)
        return left->clause < right->clause ? -1 : 1;
    return left->party < right->party ? -1 : left->party > right->party;
}

static int by_measure(const void *a, const void *b) {
    const struct screen_asked *left = a, *right = b;
    if (left->measure != right->measure)
        return left->measure < right->measure ? -1 : 1;
    return left->profile < right->profile ? -1 : left->profile > right->profile;
}

static struct subject make_subject(const struct screener *screener,
                                   uint32_t category) {
    return (struct subject){
        .rules = screener->options.rules,
        .category = category,
        .denied = screener->options.denied,
        .activity = screener->options.activity,
        .as_of = screener->options.as_of,
    };
}

static bool ask_all(struct screener *screener,
                    const struct maker_candidate *candidates, size_t count,
                    uint32_t category, const struct screen_said *said) {
    struct subject subject = make_subject(screener, category);
    subject.named = &screener->named;
    subject.said = *said;
    screener->strict = screener->options.strict_contents;
    screener->hit_count = screener->asked_count = 0;
    for (size_t c = 0; c < (count != 0 ? count : 1); c++) {
        subject.candidate = count != 0 ? &candidates[c] : NULL;
        subject.candidate_count = c == 0 ? count : 0;
        if (!ask_measures(screener, &subject, &any_buyer, 1) ||
            !ask_measures(screener, &subject, screener->options.profiles,
                          screener->options.profile_count))
            return false;
    }
    if (screener->hit_count > 1)
        qsort(screener->hits, screener->hit_count, sizeof(*screener->hits),
              by_verdict);
    if (screener->asked_count > 1)
        qsort(screener->asked, screener->asked_count, sizeof(*screener->asked),
              by_measure);
    return true;
}

/* Without a hit: a maker who is only guessed at is no clear part, but one that
   merely shares its name with somebody who is not listed either is. */
static enum verdict verdict_without_hit(
    const struct maker_candidate *candidates, size_t count) {
    if (count == 0 || (candidates[0].confidence != MAKER_CERTAIN &&
                       candidates[0].matched_by == MAKER_BY_MPN_PREFIX))
        return VERDICT_UNKNOWN;
    if (candidates[0].confidence == MAKER_CERTAIN ||
        (candidates[0].matched_by & MAKER_BY_SHARED) != 0)
        return VERDICT_CLEAR;
    return VERDICT_REVIEW;
}

static bool remember(struct screener *screener,
                     const struct maker_candidate *candidates, size_t count,
                     struct screening *out) {
    struct arena *arena = &screener->arena;
    struct screen_hit *hits =
        arena_array(arena, screener->hit_count, sizeof(*hits));
    struct screen_asked *asked =
        arena_array(arena, screener->asked_count, sizeof(*asked));
    struct str key = arena_str(arena, strbuf_str(&screener->key));
    void *items = screener->answers;
    if (arena->failed || !mem_grow(&items, &screener->cap, screener->count + 1,
                                   sizeof(*screener->answers)))
        return false;
    screener->answers = items;
    if (screener->hit_count != 0)
        memcpy(hits, screener->hits, screener->hit_count * sizeof(*hits));
    if (screener->asked_count != 0)
        memcpy(asked, screener->asked, screener->asked_count * sizeof(*asked));
    struct screening answer = {
        .hits = hits,
        .hit_count = screener->hit_count,
        .asked = asked,
        .asked_count = screener->asked_count,
        .owner = RULES_NONE,
        .without_hits = verdict_without_hit(candidates, count),
    };
    answer.verdict = answer.without_hits;
    if (answer.hit_count != 0)
        answer.verdict = verdict_worst(answer.verdict, hits[0].verdict);
    if (count != 0)
        answer.owner =
            screen_owner(screener->options.rules, candidates[0].party,
                         screener->options.as_of);
    screener->answers[screener->count] = answer;
    *out = answer;
    return map_put(&screener->known, key, (uint32_t)screener->count++);
}

static void add_bytes(struct strbuf *key, const void *bytes, size_t size) {
    strbuf_add(key, (struct str){bytes, size});
}

/* What a line calls a part matters to approved lists only; without one a BOM
   has few distinct parts. "100nF" in the column of part numbers is none. */
static bool reduce_names(struct screener *screener, const struct maker *maker,
                         const struct part_named *named) {
    screener->named = (struct part_named){.maker = false};
    if (named == NULL || !rules_have_approvals(screener->options.rules))
        return true;
    mpn_key(&screener->mpn, maker->passive ? STR_EMPTY : named->mpn);
    ipn_key(&screener->ipn, named->ipn);
    screener->named.maker = named->maker;
    screener->named.mpn = strbuf_str(&screener->mpn);
    screener->named.ipn = strbuf_str(&screener->ipn);
    return !screener->mpn.failed && !screener->ipn.failed;
}

static void add_named(struct strbuf *key, const struct part_named *named) {
    strbuf_add_char(key, named->maker ? 'm' : '-');
    strbuf_add(key, named->mpn);
    strbuf_add_char(key, '\0');
    strbuf_add(key, named->ipn);
    strbuf_add_char(key, '\0');
}

static void add_text(struct strbuf *key, struct str text) {
    add_bytes(key, &text.len, sizeof(text.len));
    strbuf_add(key, text);
}

static void make_key(struct strbuf *key, const struct maker *maker,
                     const struct part_named *named,
                     const struct screen_said *said, size_t measures) {
    strbuf_clear(key);
    add_bytes(key, &maker->facts.category, sizeof(maker->facts.category));
    add_bytes(key, &maker->candidate_count, sizeof(maker->candidate_count));
    for (size_t i = 0; i < maker->candidate_count; i++) {
        const struct maker_candidate *candidate = &maker->candidates[i];
        uint32_t fields[] = {candidate->party, (uint32_t)candidate->confidence,
                             candidate->matched_by, candidate->name};
        add_bytes(key, fields, sizeof(fields));
    }
    add_named(key, named);
    add_text(key, said->origin);
    add_text(key, said->noted_origin);
    add_text(key, said->declared_origin);
    add_bytes(key, &said->unread, sizeof(said->unread));
    if (said->contents != NULL)
        add_bytes(key, said->contents, measures);
}

bool screener_trim(struct screener *screener) {
    if (screener->count < REMEMBERED_MAX &&
        screener->party_count < REMEMBERED_MAX &&
        screener->arena.used < REMEMBERED_BYTES_MAX)
        return false;
    arena_reset(&screener->arena);
    map_clear(&screener->known);
    map_clear(&screener->known_parties);
    screener->count = screener->party_count = 0;
    return true;
}

/* Hits point to their candidate, so a copy is kept with the answer. */
static const struct maker_candidate *keep_candidates(
    struct screener *screener, const struct maker *maker) {
    struct maker_candidate *kept =
        arena_array(&screener->arena, maker->candidate_count, sizeof(*kept));
    if (kept != NULL && maker->candidate_count != 0)
        memcpy(kept, maker->candidates, maker->candidate_count * sizeof(*kept));
    return kept;
}

static struct str code_of(const struct screener *screener, struct str country,
                          struct strbuf *out) {
    if (country.len == 0)
        return country;
    country_code(out, screener->options.rules, country);
    return strbuf_str(out);
}

bool screen_part(struct screener *screener, const struct maker *maker,
                 const struct part_named *named, const struct screen_said *said,
                 struct screening *out, struct err *err) {
    const struct ruleset *rules = screener->options.rules;
    struct screen_said coded = {
        .origin = code_of(screener, said->origin, &screener->origin),
        .noted_origin =
            code_of(screener, said->noted_origin, &screener->noted_origin),
        .declared_origin = code_of(screener, said->declared_origin,
                                   &screener->declared_origin),
        .contents = said->contents,
    };
    coded.unread = said->origin.len != 0 && coded.origin.len == 0;
    if (!reduce_names(screener, maker, named))
        return err_nomem(err);
    make_key(&screener->key, maker, &screener->named, &coded,
             rules_measure_count(rules));
    if (screener->key.failed || screener->origin.failed ||
        screener->noted_origin.failed || screener->declared_origin.failed)
        return err_nomem(err);
    uint32_t known = map_get(&screener->known, strbuf_str(&screener->key));
    if (known != MAP_NONE) {
        *out = screener->answers[known];
        return true;
    }
    const struct maker_candidate *candidates = keep_candidates(screener, maker);
    if (candidates == NULL ||
        !ask_all(screener, candidates, maker->candidate_count,
                 maker->facts.category, &coded) ||
        !remember(screener, candidates, maker->candidate_count, out))
        return err_nomem(err);
    return true;
}

/* Which of two hits decides whether a supplier can be offered. Of two still to
   come, what ends in a prohibition, and then the sooner; of two that bind
   nobody here, what comes closest to binding. */
static bool is_worse(const struct screen_hit *a, const struct screen_hit *b) {
    if (a->verdict != b->verdict)
        return by_verdict(a, b) < 0;
    if (a->verdict == VERDICT_OUT_OF_SCOPE)
        return closeness(a->reason) > closeness(b->reason);
    if (a->verdict != VERDICT_UPCOMING)
        return by_verdict(a, b) < 0;
    if (a->becomes != b->becomes)
        return a->becomes < b->becomes;
    return a->from.first < b->from.first;
}

static bool ask_party(struct screener *screener, uint32_t party,
                      uint32_t category, uint32_t profile,
                      struct party_answer *out) {
    struct maker_candidate candidate = {
        .party = party,
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    struct subject subject = make_subject(screener, category);
    subject.candidate = &candidate;
    screener->strict = false;
    screener->hit_count = screener->asked_count = 0;
    if (!ask_measures(screener, &subject, &any_buyer, 1) ||
        !ask_measures(screener, &subject, &profile, 1))
        return false;
    *out = (struct party_answer){.verdict = VERDICT_CLEAR};
    for (size_t i = 0; i < screener->hit_count; i++) {
        if (!out->hit_set || is_worse(&screener->hits[i], &out->hit)) {
            out->hit_set = true;
            out->hit = screener->hits[i];
        }
    }
    out->hit.candidate = NULL;
    if (out->hit_set)
        out->verdict = out->hit.verdict;
    return true;
}

static bool remember_party(struct screener *screener,
                           const struct party_answer *answer) {
    void *items = screener->party_answers;
    struct str key = arena_str(&screener->arena, strbuf_str(&screener->key));
    if (screener->arena.failed ||
        !mem_grow(&items, &screener->party_cap, screener->party_count + 1,
                  sizeof(*answer)))
        return false;
    screener->party_answers = items;
    screener->party_answers[screener->party_count] = *answer;
    return map_put(&screener->known_parties, key,
                   (uint32_t)screener->party_count++);
}

bool screen_party(struct screener *screener, uint32_t party, uint32_t category,
                  uint32_t profile, enum verdict *verdict,
                  struct screen_hit *hit, struct err *err) {
    const uint32_t asked[] = {party, category, profile};
    struct party_answer answer;
    strbuf_clear(&screener->key);
    add_bytes(&screener->key, asked, sizeof(asked));
    if (screener->key.failed)
        return err_nomem(err);
    uint32_t known =
        map_get(&screener->known_parties, strbuf_str(&screener->key));
    if (known != MAP_NONE)
        answer = screener->party_answers[known];
    else if (!ask_party(screener, party, category, profile, &answer) ||
             !remember_party(screener, &answer))
        return err_nomem(err);
    *verdict = answer.verdict;
    if (hit != NULL && answer.hit_set)
        *hit = answer.hit;
    return true;
}

static void ask_list(const struct subject *subject, uint32_t clause,
                     uint32_t profile, struct screen_hit *hit,
                     enum verdict *worst) {
    struct screen_hit one;
    if (binds_any(subject->rules, clause) != (profile == RULES_NONE) ||
        !ask_clause(subject, clause, profile, &one) || one.verdict >= *worst)
        return;
    *worst = one.verdict;
    *hit = one;
    hit->candidate = NULL;
}

enum verdict screen_approval(struct screener *screener, uint32_t party,
                             uint32_t category, const char *mpn, struct str ipn,
                             const uint32_t *profiles, size_t profile_count,
                             struct screen_hit *hit) {
    const struct ruleset *rules = screener->options.rules;
    struct maker_candidate candidate = {
        .party = party,
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    struct part_named named = {.maker = true};
    struct subject subject = make_subject(screener, category);
    enum verdict worst = VERDICT_CLEAR;
    if (!rules_have_approvals(rules))
        return worst;
    mpn_key(&screener->mpn, str_from(mpn));
    ipn_key(&screener->ipn, ipn);
    named.mpn = strbuf_str(&screener->mpn);
    named.ipn = strbuf_str(&screener->ipn);
    subject.candidate = &candidate;
    subject.candidate_count = 1;
    subject.named = &named;
    for (uint32_t c = 0; c < rules_clause_count(rules); c++) {
        if (!is_approved_list(rules, rules_clause(rules, c)))
            continue;
        ask_list(&subject, c, RULES_NONE, hit, &worst);
        for (size_t p = 0; p < profile_count; p++)
            ask_list(&subject, c, profiles[p], hit, &worst);
    }
    return worst;
}
