#ifndef BOMGATE_TESTS_ASK_H
#define BOMGATE_TESTS_ASK_H

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen/clause_case.h"
#include "screen_rules.h"

/* Tables of questions over a measure of one clause, and their answers. */

/* What is asked; NULL and 0 stand for what the most usual buyer has. */
struct ask {
    const char *party;    /* "": no maker is known */
    const char *day;      /* NULL: 2024-01-01 */
    const char *category; /* NULL: memory/dram; "": not known */
    const char *origin, *profile, *activity;
    unsigned matched_by; /* 0: by name */
    bool probable;
    const char *declared_origin;
    enum contents contents; /* what is declared of them */
    const char *want;       /* "verdict reason relation", or "" for nothing */
};

/* What answer() returns lives here; expect_each() disposes of it. */
static struct strbuf answer_text;

static inline struct maker_candidate candidate_of(const struct ruleset *rules,
                                                  const struct ask *ask) {
    struct maker_candidate candidate = {
        .party = rules_find_party(rules, str_from(ask->party)),
        .confidence = ask->probable ? MAKER_PROBABLE : MAKER_CERTAIN,
        .matched_by = ask->matched_by != 0 ? ask->matched_by : MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    cr_assert(ne(u32, candidate.party, RULES_NONE), "%s", ask->party);
    return candidate;
}

static inline uint32_t profile_of(const struct ruleset *rules, const char *id) {
    uint32_t profile =
        rules_find_profile(rules, str_from(id == NULL ? "buyer" : id));
    cr_assert(ne(u32, profile, RULES_NONE), "%s", id);
    return profile;
}

static inline struct subject subject_of(
    const struct ruleset *rules, const struct ask *ask,
    const struct maker_candidate *candidate) {
    static uint8_t contents; /* of the only measure */
    contents = (uint8_t)ask->contents;
    const char *category =
        ask->category == NULL ? "memory/dram" : ask->category;
    struct subject subject = {
        .rules = rules,
        .candidate = candidate,
        .category = RULES_NONE,
        .said = {.origin = str_from(ask->origin),
                 .declared_origin = str_from(ask->declared_origin),
                 .contents = &contents},
        .activity = rules_activity_parse(
            str_from(ask->activity == NULL ? "purchase" : ask->activity)),
        .as_of = screen_day(ask->day == NULL ? "2024-01-01" : ask->day),
    };
    if (category[0] != '\0') {
        subject.category = rules_find_category(rules, str_from(category));
        cr_assert(ne(u32, subject.category, RULES_NONE), "%s", category);
    }
    cr_assert(ne(i32, subject.as_of, DATE_NONE), "%s", ask->day);
    return subject;
}

static inline const char *answer(const struct ruleset *rules,
                                 const struct ask *ask,
                                 struct screen_hit *hit) {
    struct maker_candidate candidate;
    bool known = ask->party[0] != '\0';
    if (known)
        candidate = candidate_of(rules, ask);
    struct subject subject = subject_of(rules, ask, known ? &candidate : NULL);
    strbuf_clear(&answer_text);
    if (!ask_clause(&subject, 0, profile_of(rules, ask->profile), hit))
        return "";
    strbuf_printf(&answer_text, "%s", verdict_name(hit->verdict));
    if (hit->reason != REASON_NONE)
        strbuf_printf(&answer_text, " %s", screen_reason_name(hit->reason));
    if (hit->via.relation != NULL)
        strbuf_printf(&answer_text, " %s", hit->via.relation);
    hit->candidate = NULL;
    return answer_text.ptr;
}

static inline struct ruleset *open_measure(const char *measure) {
    struct err err = ERR_INIT;
    struct ruleset *rules = screen_open(measure, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    return rules;
}

static inline void expect_each(const char *measure, const struct ask *asks,
                               size_t count) {
    struct ruleset *rules = open_measure(measure);
    for (size_t i = 0; i < count; i++) {
        const struct ask *ask = &asks[i];
        struct screen_hit hit;
        const char *got = answer(rules, ask, &hit);
        cr_expect(strcmp(got, ask->want) == 0,
                  "%zu: %s on %s, %s from %s, %s does %s: '%s', not '%s'", i,
                  ask->party, ask->day == NULL ? "-" : ask->day,
                  ask->category == NULL ? "-" : ask->category,
                  ask->origin == NULL ? "-" : ask->origin,
                  ask->profile == NULL ? "-" : ask->profile,
                  ask->activity == NULL ? "-" : ask->activity, got, ask->want);
    }
    ruleset_close(rules);
    strbuf_dispose(&answer_text);
}

#define EXPECT_EACH(measure, asks) expect_each(measure, asks, ARRAY_LEN(asks))

#define BINDS "binds: [buyer]\ncovers: [all]\n"
#define MICRON "parties: [{party: micron}]\n"
#define CLAUSE_IN_FORCE                                                        \
    "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "         \
    "from: 2010-01-01}\n"

#endif
