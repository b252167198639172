#include "screen/questions.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen_rules.h"

/* Each of the five questions both ways, over one measure of one clause. */

TestSuite(questions, .timeout = 60);

/* What is asked; NULL and 0 stand for what the most usual buyer has. */
struct ask {
    const char *party;    /* "": no maker is known */
    const char *day;      /* NULL: 2024-01-01 */
    const char *category; /* NULL: memory/dram; "": not known */
    const char *origin, *profile, *activity;
    unsigned matched_by; /* 0: by name */
    bool probable;
    const char *want; /* "verdict reason relation", or "" for nothing */
};

static struct strbuf text;

static struct maker_candidate candidate_of(const struct ruleset *rules,
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

static uint32_t profile_of(const struct ruleset *rules, const char *id) {
    uint32_t profile =
        rules_find_profile(rules, str_from(id == NULL ? "buyer" : id));
    cr_assert(ne(u32, profile, RULES_NONE), "%s", id);
    return profile;
}

static struct subject subject_of(const struct ruleset *rules,
                                 const struct ask *ask,
                                 const struct maker_candidate *candidate) {
    const char *category =
        ask->category == NULL ? "memory/dram" : ask->category;
    struct subject subject = {
        .rules = rules,
        .candidate = candidate,
        .category = RULES_NONE,
        .origin = str_from(ask->origin),
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

static const char *answer(const struct ruleset *rules, const struct ask *ask,
                          struct screen_hit *hit) {
    struct maker_candidate candidate;
    bool known = ask->party[0] != '\0';
    if (known)
        candidate = candidate_of(rules, ask);
    struct subject subject = subject_of(rules, ask, known ? &candidate : NULL);
    strbuf_clear(&text);
    if (!ask_clause(&subject, 0, profile_of(rules, ask->profile), hit))
        return "";
    strbuf_printf(&text, "%s", verdict_name(hit->verdict));
    if (hit->reason != REASON_NONE)
        strbuf_printf(&text, " %s", screen_reason_name(hit->reason));
    if (hit->via.relation != NULL)
        strbuf_printf(&text, " %s", hit->via.relation);
    hit->candidate = NULL;
    return text.ptr;
}

static struct ruleset *open_measure(const char *measure) {
    struct err err = ERR_INIT;
    struct ruleset *rules = screen_open(measure, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    return rules;
}

static void expect_each(const char *measure, const struct ask *asks,
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
    strbuf_dispose(&text);
}

#define EXPECT_EACH(measure, asks) expect_each(measure, asks, ARRAY_LEN(asks))

#define BINDS "binds: [buyer]\ncovers: [all]\n"
#define MICRON "parties: [{party: micron}]\n"
#define CLAUSE_IN_FORCE                                                        \
    "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "         \
    "from: 2010-01-01}\n"

/* 1. Does it select the part? */

Test(questions, named_reach_selects_the_party_alone) {
    static const struct ask asks[] = {
        {.party = "micron", .want = "prohibited"},
        {.party = "elpida", .want = ""},
        {.party = "half", .want = ""},
        {.party = "samsung", .want = ""},
        {.party = "", .want = ""},
    };
    EXPECT_EACH("reach: named\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
}

Test(questions, owned_reach_selects_whom_it_owns_by_half_or_more) {
    static const struct ask asks[] = {
        {.party = "micron", .want = "prohibited"},
        {.party = "elpida", .want = "prohibited owned-by"},
        {.party = "elpida-akita", .want = "prohibited owned-by"},
        {.party = "half", .want = "prohibited owned-by"},
        {.party = "around", .want = "prohibited owned-by"},
        {.party = "raised", .want = "prohibited owned-by"},
        {.party = "raised",
         .day = "2010-06-01",
         .want = "review open-date owned-by"},
        {.party = "minor", .want = ""},
        {.party = "minor-sub", .want = ""},
        {.party = "rumour", .want = "review unconfirmed owned-by"},
        {.party = "holding", .want = ""},
        {.party = "samsung", .want = ""},
    };
    EXPECT_EACH("reach: owned\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
}

Test(questions, affiliated_reach_selects_owners_and_siblings_for_review) {
    static const struct ask asks[] = {
        {.party = "sister", .want = "prohibited"},
        {.party = "brother", .want = "review affiliate same-owner"},
        {.party = "holding", .want = "review affiliate owns"},
        {.party = "micron", .want = ""},
    };
    EXPECT_EACH("reach: affiliated\n" BINDS
                "parties: [{party: sister}]\n" CLAUSE_IN_FORCE,
                asks);
    static const struct ask stakes[] = {
        {.party = "minor", .want = "review affiliate owned-by"},
        {.party = "minor-sub", .want = "review affiliate owned-by"},
        {.party = "elpida", .want = "prohibited owned-by"},
    };
    EXPECT_EACH("reach: affiliated\n" BINDS MICRON CLAUSE_IN_FORCE, stakes);
}

Test(questions, owners_count_on_the_day_they_own) {
    static const struct ask asks[] = {
        {.party = "elpida", .day = "2013-07-30", .want = ""},
        {.party = "elpida", .day = "2013-07-31", .want = "prohibited owned-by"},
        {.party = "elpida", .day = "2013-08-01", .want = "prohibited owned-by"},
        {.party = "lexar",
         .day = "2017-08-29",
         .category = "storage/ssd",
         .want = "prohibited owned-by"},
        {.party = "lexar",
         .day = "2017-08-30",
         .category = "storage/ssd",
         .want = "prohibited owned-by"},
        {.party = "lexar",
         .day = "2017-08-31",
         .category = "storage/ssd",
         .want = ""},
        {.party = "vague", .day = "2021-10-31", .want = ""},
        {.party = "vague",
         .day = "2021-11-01",
         .want = "review open-date owned-by"},
        {.party = "vague", .day = "2021-11-30", .want = "prohibited owned-by"},
        {.party = "vague",
         .day = "2023-01-02",
         .want = "review open-date owned-by"},
        {.party = "vague", .day = "2024-01-01", .want = ""},
    };
    EXPECT_EACH("reach: owned\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
    static const struct ask honor[] = {
        {.party = "honor", .day = "2020-11-15", .want = "prohibited owned-by"},
        {.party = "honor", .day = "2020-11-16", .want = "prohibited owned-by"},
        {.party = "honor", .day = "2020-11-17", .want = ""},
        {.party = "huawei", .day = "2020-11-17", .want = "prohibited"},
    };
    EXPECT_EACH("reach: owned\n" BINDS
                "parties: [{party: huawei}]\n" CLAUSE_IN_FORCE,
                honor);
    static const struct ask longsys[] = {
        {.party = "lexar", .day = "2017-08-30", .want = ""},
        {.party = "lexar", .day = "2017-08-31", .want = "prohibited owned-by"},
    };
    EXPECT_EACH("reach: owned\n" BINDS
                "parties: [{party: longsys}]\n" CLAUSE_IN_FORCE,
                longsys);
}

Test(questions, a_brand_leads_to_its_company) {
    struct ruleset *rules =
        open_measure("reach: owned\n" BINDS MICRON CLAUSE_IN_FORCE);
    struct ask ask = {.party = "micron"};
    struct maker_candidate candidate = candidate_of(rules, &ask);
    struct subject subject = subject_of(rules, &ask, &candidate);
    struct screen_hit hit;
    uint32_t first;
    cr_assert(eq(u32, rules_find_names(rules, STR_LIT("crucial"), &first), 1));
    candidate.name = first;
    cr_assert(ask_clause(&subject, 0, profile_of(rules, NULL), &hit));
    cr_expect(eq(int, hit.verdict, VERDICT_PROHIBITED));
    cr_assert(hit.via.relation != NULL);
    cr_expect(strcmp(hit.via.relation, "brand") == 0);
    cr_expect(str_eq(hit.via.name, STR_LIT("Crucial")));
    ruleset_close(rules);
}

Test(questions, what_may_be_inside_is_for_review) {
    static const char measure[] =
        "reach: owned\nbinds: [buyer]\ncovers: [storage, memory]\n" MICRON
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, inside: true}\n";
    static const struct ask asks[] = {
        {.party = "box",
         .category = "storage/ssd",
         .want = "review inside may-contain"},
        {.party = "box", .category = "camera", .want = ""},
        {.party = "box",
         .category = "storage/ssd",
         .profile = "stranger",
         .want = ""},
        {.party = "box",
         .category = "storage/ssd",
         .activity = "use",
         .want = ""},
        {.party = "micron", .want = "prohibited"},
    };
    EXPECT_EACH(measure, asks);
    static const struct ask outside[] = {
        {.party = "box", .category = "storage/ssd", .want = ""},
    };
    EXPECT_EACH("reach: owned\n" BINDS MICRON CLAUSE_IN_FORCE, outside);
}

Test(questions, a_sold_business_is_for_review_after_the_sale) {
    static const struct ask asks[] = {
        {.party = "toshiba",
         .category = "memory/nand",
         .day = "2017-03-31",
         .want = ""},
        {.party = "toshiba",
         .category = "memory/nand",
         .day = "2017-04-01",
         .want = "review inside sold"},
        {.party = "toshiba", .category = "passive", .want = ""},
        {.party = "kioxia", .category = "memory/nand", .want = "prohibited"},
    };
    EXPECT_EACH("reach: named\n" BINDS
                "parties: [{party: kioxia}]\n" CLAUSE_IN_FORCE,
                asks);
}

Test(questions, a_white_list_hits_who_is_not_on_it) {
    static const char measure[] =
        "reach: owned\nbinds: [buyer]\ncovers: [memory]\nparties:\n"
        "  - {party: micron}\n"
        "  - {party: samsung, until: 2022-12-31}\n"
        "  - {party: longsys, from: 2024-06-01}\n"
        "  - {party: kioxia, covers: [memory/nand]}\n"
        "  - {party: sister, confidence: unconfirmed}\n"
        "clauses:\n  - {id: a, effect: approve, activities: [purchase], "
        "from: 2010-01-01, hits: unlisted}\n";
    static const struct ask asks[] = {
        {.party = "micron", .want = ""},
        {.party = "elpida", .want = ""},
        {.party = "samsung", .day = "2022-12-31", .want = ""},
        {.party = "samsung", .day = "2023-01-01", .want = "restricted"},
        {.party = "longsys", .day = "2024-05-31", .want = "restricted"},
        {.party = "longsys", .day = "2024-06-01", .want = ""},
        {.party = "kioxia", .category = "memory/nand", .want = ""},
        {.party = "kioxia", .category = "memory/dram", .want = "restricted"},
        {.party = "sister", .want = "review unconfirmed"},
        {.party = "toshiba", .category = "memory/nand", .want = "restricted"},
        {.party = "huawei", .want = "restricted"},
        {.party = "huawei", .probable = true, .want = "review probable-maker"},
        {.party = "", .want = "review probable-maker"},
        /* Else every resistor would be flagged. */
        {.party = "huawei", .category = "", .want = ""},
        {.party = "huawei", .category = "passive", .want = ""},
        {.party = "huawei", .profile = "stranger", .want = ""},
        {.party = "huawei", .activity = "use", .want = ""},
        {.party = "huawei", .day = "2009-12-31", .want = "upcoming"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, origin_is_where_the_part_was_made) {
    static const char measure[] =
        "reach: named\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
        "  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, made-in: [CN-XJ, RU]}\n";
    static const struct ask asks[] = {
        {.party = "samsung", .origin = "RU", .want = "prohibited"},
        {.party = "samsung", .origin = "CN-XJ", .want = "prohibited"},
        {.party = "samsung", .origin = "CN", .want = "review open-origin"},
        {.party = "samsung", .origin = "CN-GD", .want = ""},
        {.party = "samsung", .origin = "KR", .want = ""},
        {.party = "samsung", .origin = "RUS", .want = ""},
        {.party = "samsung", .want = "review open-origin"},
        {.party = "", .origin = "RU", .want = "review probable-maker"},
        {.party = "", .want = "review open-origin"},
        {.party = "samsung", .category = "", .want = ""},
        {.party = "samsung", .category = "passive", .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, not_made_in_hits_everywhere_else) {
    static const char measure[] =
        "reach: named\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
        "  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, not-made-in: [US, CN-HK]}\n";
    static const struct ask asks[] = {
        {.party = "samsung", .origin = "US", .want = ""},
        {.party = "samsung", .origin = "US-TX", .want = ""},
        {.party = "samsung", .origin = "KR", .want = "prohibited"},
        {.party = "samsung", .origin = "CN-HK", .want = ""},
        {.party = "samsung", .origin = "CN", .want = "review open-origin"},
        {.party = "samsung", .want = "review open-origin"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, the_makers_seat_is_asked_of_its_country) {
    static const char in[] =
        "reach: named\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
        "  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, maker-in: [CN]}\n";
    static const struct ask asks[] = {
        {.party = "longsys", .want = "prohibited"},
        {.party = "samsung", .want = ""},
        {.party = "mute", .want = "review open-origin"},
        {.party = "", .want = "review open-origin"},
    };
    EXPECT_EACH(in, asks);
    static const char not_in[] =
        "reach: named\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
        "  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, not-maker-in: [CN]}\n";
    static const struct ask others[] = {
        {.party = "longsys", .want = ""},
        {.party = "samsung", .want = "prohibited"},
        {.party = "mute", .want = "review open-origin"},
    };
    EXPECT_EACH(not_in, others);
}

Test(questions, a_clauses_own_list_with_an_origin_needs_both) {
    static const char measure[] =
        "reach: named\n" BINDS
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, made-in: [CN], parties: [{party: micron}]}\n";
    static const struct ask asks[] = {
        {.party = "micron", .origin = "CN", .want = "prohibited"},
        {.party = "micron", .origin = "SG", .want = ""},
        {.party = "micron", .want = "review open-origin"},
        {.party = "samsung", .origin = "CN", .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

/* Forced labour: whom the act lists, and whatever comes from the region. */
Test(questions, a_rule_of_origin_stands_beside_the_measures_list) {
    static const char measure[] =
        "reach: named\n" BINDS MICRON
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, made-in: [CN]}\n";
    static const struct ask asks[] = {
        {.party = "samsung", .origin = "CN", .want = "prohibited"},
        {.party = "samsung",
         .origin = "CN",
         .category = "",
         .want = "prohibited"},
        {.party = "samsung", .origin = "SG", .want = ""},
        /* It covers everything: else every part would be for review. */
        {.party = "samsung", .want = ""},
        {.party = "micron", .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

/* 2. Who is buying? */

Test(questions, profiles_bind_along_their_tree) {
    static const char measure[] =
        "reach: named\nbinds: [buyer-5g]\ncovers: [all]\n" MICRON
            CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "micron", .profile = "buyer-5g", .want = "prohibited"},
        {.party = "micron", .profile = "buyer-5g-core", .want = "prohibited"},
        {.party = "micron", .profile = "buyer", .want = "review open-profile"},
        {.party = "micron", .profile = "like-5g", .want = "prohibited"},
        {.party = "micron",
         .profile = "like-buyer",
         .want = "review open-profile"},
        {.party = "micron",
         .profile = "stranger",
         .want = "out-of-scope buyer"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, a_parents_clause_binds_the_child) {
    static const struct ask asks[] = {
        {.party = "micron", .profile = "buyer-5g-core", .want = "prohibited"},
        {.party = "micron", .profile = "like-5g", .want = "prohibited"},
        {.party = "micron", .profile = "like-buyer", .want = "prohibited"},
    };
    EXPECT_EACH("reach: named\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
}

Test(questions, the_narrower_profile_to_declare_is_named) {
    struct ruleset *rules =
        open_measure("reach: named\nbinds: [stranger, buyer-5g-core]\ncovers: "
                     "[all]\n" MICRON CLAUSE_IN_FORCE);
    struct screen_hit hit;
    struct ask ask = {.party = "micron"};
    cr_expect(strcmp(answer(rules, &ask, &hit), "review open-profile") == 0);
    cr_expect(eq(u32, hit.declare, profile_of(rules, "buyer-5g-core")));
    ruleset_close(rules);
    strbuf_dispose(&text);
}

/* 3. What are they doing? */

Test(questions, purchase_stands_for_what_the_buyer_does_with_it) {
    static const struct {
        const char *restricts, *profile, *activity, *want;
    } cases[] = {
        {"purchase", "buyer", "purchase", "prohibited"},
        {"install", "buyer", "purchase", "prohibited"},
        {"use", "buyer", "purchase", "prohibited"},
        {"sell", "buyer", "purchase", "prohibited"},
        {"sell", "buyer-5g", "purchase", "prohibited"},
        {"import", "buyer-5g", "purchase", "prohibited"},
        {"import", "buyer", "purchase", "out-of-scope activity"},
        {"authorise", "buyer", "purchase", "out-of-scope activity"},
        {"fund", "buyer", "purchase", "out-of-scope activity"},
        {"use", "buyer", "install", "prohibited"},
        {"install", "buyer", "install", "prohibited"},
        {"purchase", "buyer", "install", "out-of-scope activity"},
        {"sell", "buyer", "install", "out-of-scope activity"},
        {"use", "buyer", "use", "prohibited"},
        {"install", "buyer", "use", "out-of-scope activity"},
        {"purchase", "buyer", "use", "out-of-scope activity"},
        {"sell", "buyer", "sell", "prohibited"},
        {"purchase", "buyer", "sell", "out-of-scope activity"},
        {"export-to", "buyer", "purchase", "out-of-scope activity"},
        {"export-to", "buyer", "export-to", "prohibited"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char measure[512];
        snprintf(measure, sizeof(measure),
                 "reach: named\nbinds: [buyer, buyer-5g]\ncovers: "
                 "[all]\n" MICRON
                 "clauses:\n  - {id: a, effect: prohibit, activities: [%s], "
                 "from: 2010-01-01}\n",
                 cases[i].restricts);
        const struct ask ask = {.party = "micron",
                                .profile = cases[i].profile,
                                .activity = cases[i].activity,
                                .want = cases[i].want};
        expect_each(measure, &ask, 1);
    }
}

/* 4. What is it? */

Test(questions, a_category_above_or_below_what_is_covered) {
    static const char measure[] =
        "reach: named\nbinds: [buyer]\ncovers: [memory/dram]\nparties:\n"
        "  [{party: micron}, {party: samsung}, {party: plain}, {party: mute},\n"
        "   {party: old-line}, {party: elpida}]\n" CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "micron", .category = "memory/dram", .want = "prohibited"},
        {.party = "micron",
         .category = "memory/dram/ddr4",
         .want = "prohibited"},
        {.party = "micron",
         .category = "memory/nand",
         .want = "out-of-scope category"},
        {.party = "micron",
         .category = "memory",
         .want = "review open-category"},
        /* Unknown is every category that the party makes. */
        {.party = "elpida", .category = "", .want = "prohibited"},
        {.party = "micron", .category = "", .want = "review open-category"},
        {.party = "micron", .category = "all", .want = "review open-category"},
        {.party = "samsung", .category = "", .want = "review open-category"},
        {.party = "plain", .category = "", .want = "out-of-scope category"},
        {.party = "mute", .category = "", .want = "review open-category"},
        {.party = "old-line", .category = "", .want = "review open-category"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, an_entry_narrows_what_the_clause_covers) {
    static const char measure[] =
        "reach: owned\nbinds: [buyer]\ncovers: [memory]\nparties:\n"
        "  - {party: micron, covers: [memory/nand, passive]}\n" CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "micron", .category = "memory/nand", .want = "prohibited"},
        {.party = "micron",
         .category = "memory/dram",
         .want = "out-of-scope category"},
        {.party = "micron",
         .category = "passive",
         .want = "out-of-scope category"},
        {.party = "micron", .category = "", .want = "review open-category"},
        {.party = "elpida",
         .category = "",
         .want = "out-of-scope category owned-by"},
    };
    EXPECT_EACH(measure, asks);
}

/* 5. When? */

Test(questions, a_clause_is_silent_then_upcoming_then_in_force_then_ended) {
    static const char measure[] =
        "reach: named\n" BINDS MICRON
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase],\n"
        "     announced: 2023-03-31, from: 2023-05-21, until: 2025-12-31}\n";
    static const struct ask asks[] = {
        {.party = "micron", .day = "2023-03-30", .want = ""},
        {.party = "micron", .day = "2023-03-31", .want = "upcoming"},
        {.party = "micron", .day = "2023-05-20", .want = "upcoming"},
        {.party = "micron", .day = "2023-05-21", .want = "prohibited"},
        {.party = "micron", .day = "2025-12-31", .want = "prohibited"},
        {.party = "micron", .day = "2026-01-01", .want = "out-of-scope ended"},
        /* The buyer is asked for before the day. */
        {.party = "micron",
         .day = "2026-01-01",
         .profile = "stranger",
         .want = "out-of-scope buyer"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, what_is_to_come_says_when_and_what_it_becomes) {
    struct ruleset *rules = open_measure(
        "reach: named\n" BINDS MICRON
        "clauses:\n  - {id: a, effect: duty, activities: [purchase],\n"
        "     from: 2027-12}\n");
    struct screen_hit hit;
    struct ask ask = {.party = "micron", .day = "2027-11-30"};
    cr_expect(strcmp(answer(rules, &ask, &hit), "upcoming") == 0);
    cr_expect(eq(i32, hit.days_left, 1));
    cr_expect(eq(int, hit.becomes, VERDICT_RESTRICTED));
    cr_expect(eq(i32, hit.from.first, screen_day("2027-12-01")));
    ask.probable = true;
    cr_expect(strcmp(answer(rules, &ask, &hit), "review probable-maker") == 0);
    cr_expect(eq(i32, hit.days_left, -1));
    cr_expect(eq(int, hit.becomes, VERDICT_COUNT));
    ask.probable = false;
    ask.day = "2027-12-15";
    cr_expect(strcmp(answer(rules, &ask, &hit), "review open-date") == 0);
    ask.day = "2027-12-31";
    cr_expect(strcmp(answer(rules, &ask, &hit), "restricted") == 0);
    cr_expect(eq(i32, hit.days_left, -1));
    ruleset_close(rules);
    strbuf_dispose(&text);
}

Test(questions, a_clause_without_a_day_is_a_proposal) {
    static const struct ask asks[] = {
        {.party = "micron", .want = "out-of-scope proposed"},
        {.party = "micron",
         .profile = "stranger",
         .want = "out-of-scope buyer"},
    };
    EXPECT_EACH("reach: named\n" BINDS MICRON
                "clauses:\n  - {id: a, effect: prohibit, activities: "
                "[purchase]}\n",
                asks);
}

Test(questions, a_listing_counts_while_it_stands) {
    static const char measure[] =
        "reach: owned\n" BINDS "parties:\n"
        "  - {party: micron, from: 2012-01-01, until: 2014-12-31}\n"
        "  - {party: micron, from: 2020-06}\n" CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "micron", .day = "2011-12-31", .want = ""},
        {.party = "micron", .day = "2012-01-01", .want = "prohibited"},
        {.party = "micron", .day = "2014-12-31", .want = "prohibited"},
        {.party = "micron", .day = "2015-01-01", .want = "out-of-scope ended"},
        {.party = "micron", .day = "2020-05-31", .want = "out-of-scope ended"},
        {.party = "micron", .day = "2020-06-15", .want = "review open-date"},
        {.party = "micron", .day = "2020-06-30", .want = "prohibited"},
        {.party = "elpida", .day = "2014-12-31", .want = "prohibited owned-by"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions, it_holds_since_the_later_of_clause_and_listing) {
    struct ruleset *rules = open_measure(
        "reach: named\n" BINDS
        "parties: [{party: micron, from: 2015-02-03}]\n" CLAUSE_IN_FORCE);
    struct screen_hit hit;
    struct ask ask = {.party = "micron"};
    answer(rules, &ask, &hit);
    cr_expect(eq(i32, hit.from.first, screen_day("2015-02-03")));
    cr_expect(eq(u32, hit.listed, hit.party));
    ruleset_close(rules);
    strbuf_dispose(&text);
}

/* Effects, and how sure. */

Test(questions, an_effect_has_its_verdict) {
    static const struct {
        const char *effect, *want;
    } cases[] = {
        {"prohibit", "prohibited"}, {"approve", "restricted"},
        {"duty", "restricted"},     {"advise", "restricted"},
        {"check", "review check"},  {"export", "out-of-scope export-side"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char measure[512];
        snprintf(measure, sizeof(measure),
                 "reach: named\n" BINDS MICRON
                 "clauses:\n  - {id: a, effect: %s, activities: [purchase], "
                 "from: 2010-01-01}\n",
                 cases[i].effect);
        const struct ask ask = {.party = "micron", .want = cases[i].want};
        expect_each(measure, &ask, 1);
    }
}

Test(questions, an_unconfirmed_fact_gives_no_more_than_review) {
    static const struct ask asks[] = {
        {.party = "micron", .want = "review unconfirmed"},
    };
    EXPECT_EACH(
        "confidence: unconfirmed\nreach: named\n" BINDS MICRON CLAUSE_IN_FORCE,
        asks);
    EXPECT_EACH("reach: named\n" BINDS MICRON
                "clauses:\n  - {id: a, effect: prohibit, activities: "
                "[purchase], from: 2010-01-01, confidence: unconfirmed}\n",
                asks);
    EXPECT_EACH(
        "reach: named\n" BINDS
        "parties: [{party: micron, confidence: unconfirmed}]\n" CLAUSE_IN_FORCE,
        asks);
    /* A measure without a good source has no clause with one. */
    EXPECT_EACH("confidence: unconfirmed\nreach: named\n" BINDS MICRON
                "clauses:\n  - {id: a, effect: prohibit, activities: "
                "[purchase], from: 2010-01-01, confidence: official-text}\n",
                asks);
}

Test(questions, a_maker_in_doubt_gives_no_more_than_review) {
    static const struct ask asks[] = {
        {.party = "micron", .probable = true, .want = "review probable-maker"},
        {.party = "micron",
         .matched_by = MAKER_BY_NAME | MAKER_BY_SHARED,
         .want = "review shared-name"},
        {.party = "micron",
         .matched_by = MAKER_BY_NAME | MAKER_CONTRADICTED,
         .want = "review contradiction"},
        {.party = "micron",
         .matched_by = MAKER_BY_SHARED | MAKER_CONTRADICTED,
         .probable = true,
         .want = "review contradiction"},
        {.party = "micron", .matched_by = MAKER_BY_MPN, .want = "prohibited"},
        /* Doubt about the maker never hides that nothing binds. */
        {.party = "micron",
         .probable = true,
         .profile = "stranger",
         .want = "out-of-scope buyer"},
    };
    EXPECT_EACH("reach: named\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
}

Test(questions, the_surer_of_two_ways_is_told) {
    static const char measure[] =
        "reach: affiliated\n" BINDS
        "parties: [{party: holding}, {party: brother}]\n" CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "sister", .want = "prohibited owned-by"},
        {.party = "brother", .want = "prohibited"},
    };
    EXPECT_EACH(measure, asks);
}
