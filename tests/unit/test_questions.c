#include "ask.h"

/* Each of the five questions both ways; the first is in
   test_questions_select.c. */

TestSuite(questions, .timeout = 60);

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
    strbuf_dispose(&answer_text);
}

Test(questions, a_clause_reaches_who_supplies_the_buyer) {
    struct ruleset *rules = open_measure(
        "reach: named\nbinds: [buyer]\ncovers: [all]\n" MICRON CLAUSE_IN_FORCE);
    struct screen_hit hit;
    struct ask own = {.party = "micron", .profile = "buyer"};
    struct ask ask = {.party = "micron", .profile = "seller"};
    cr_expect(strcmp(answer(rules, &own, &hit), "prohibited") == 0);
    cr_expect(eq(u32, hit.customer, RULES_NONE));
    cr_expect(strcmp(answer(rules, &ask, &hit), "prohibited") == 0);
    cr_expect(eq(u32, hit.customer, profile_of(rules, "buyer")));
    ask.activity = "sell"; /* the customer buys what is sold to it */
    cr_expect(strcmp(answer(rules, &ask, &hit), "prohibited") == 0);
    ask.activity = "fund";
    cr_expect(strcmp(answer(rules, &ask, &hit), "out-of-scope activity") == 0);
    ruleset_close(rules);
    strbuf_dispose(&answer_text);
}

Test(questions, a_suppliers_customer_may_be_a_narrower_buyer) {
    struct ruleset *rules =
        open_measure("reach: named\nbinds: [buyer-5g]\ncovers: [all]\n" MICRON
                         CLAUSE_IN_FORCE);
    struct screen_hit hit;
    struct ask ask = {.party = "micron", .profile = "seller"};
    cr_expect(strcmp(answer(rules, &ask, &hit), "review open-profile") == 0);
    cr_expect(eq(u32, hit.customer, profile_of(rules, "buyer")));
    cr_expect(eq(u32, hit.declare, profile_of(rules, "buyer-5g")));
    ruleset_close(rules);
    strbuf_dispose(&answer_text);
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
    strbuf_dispose(&answer_text);
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
    strbuf_dispose(&answer_text);
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
