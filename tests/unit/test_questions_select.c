#include "ask.h"

/* The first question, both ways: does the clause select the part? */

TestSuite(questions_select, .timeout = 60);

Test(questions_select, named_reach_selects_the_party_alone) {
    static const struct ask asks[] = {
        {.party = "micron", .want = "prohibited"},
        {.party = "elpida", .want = ""},
        {.party = "half", .want = ""},
        {.party = "samsung", .want = ""},
        {.party = "", .want = ""},
    };
    EXPECT_EACH("reach: named\n" BINDS MICRON CLAUSE_IN_FORCE, asks);
}

Test(questions_select, owned_reach_selects_whom_it_owns_by_half_or_more) {
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

Test(questions_select,
     affiliated_reach_selects_owners_and_siblings_for_review) {
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

Test(questions_select, owners_count_on_the_day_they_own) {
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

Test(questions_select, a_brand_leads_to_its_company) {
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

Test(questions_select, what_may_be_inside_is_for_review) {
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

Test(questions_select, a_sold_business_is_for_review_after_the_sale) {
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
        {.party = "toshiba", .category = "", .want = ""},
        {.party = "kioxia", .category = "memory/nand", .want = "prohibited"},
    };
    EXPECT_EACH("reach: named\n" BINDS
                "parties: [{party: kioxia}]\n" CLAUSE_IN_FORCE,
                asks);
}

Test(questions_select, a_white_list_hits_who_is_not_on_it) {
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

Test(questions_select, origin_is_where_the_part_was_made) {
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
        {.party = "", .origin = "RU", .want = "prohibited"},
        {.party = "", .want = "review open-origin"},
        {.party = "samsung", .category = "", .want = ""},
        {.party = "samsung", .category = "passive", .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions_select, a_supplier_may_say_where_it_was_made) {
    static const char measure[] =
        "reach: named\n" BINDS
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, made-in: [CN-XJ, RU]}\n";
    static const struct ask asks[] = {
        {.party = "samsung", .declared_origin = "RU", .want = "prohibited"},
        {.party = "samsung", .declared_origin = "KR", .want = ""},
        {.party = "samsung",
         .origin = "CN",
         .declared_origin = "CN-XJ",
         .want = "prohibited"},
        {.party = "samsung",
         .origin = "RU",
         .declared_origin = "RU",
         .want = "prohibited"},
        /* Who says otherwise settles nothing, either way. */
        {.party = "samsung",
         .origin = "RU",
         .declared_origin = "KR",
         .want = "review open-origin"},
        {.party = "samsung",
         .origin = "KR",
         .declared_origin = "RU",
         .want = "review open-origin"},
        {.party = "samsung",
         .origin = "KR",
         .declared_origin = "JP",
         .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

/* Box may contain Micron's parts in an SSD. */
Test(questions_select, a_declaration_settles_what_is_inside) {
    static const char measure[] =
        "reach: named\n" BINDS MICRON
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01, inside: true}\n";
    static const struct ask asks[] = {
        {.party = "box",
         .category = "storage/ssd",
         .want = "review inside may-contain"},
        {.party = "box",
         .category = "storage/ssd",
         .contents = CONTENTS_NONE,
         .want = ""},
        {.party = "box",
         .category = "storage/ssd",
         .contents = CONTENTS_LISTED,
         .want = "prohibited contains"},
        {.party = "box",
         .category = "storage/ssd",
         .contents = CONTENTS_LAPSED,
         .want = "review contents contains"},
        {.party = "plain",
         .contents = CONTENTS_LISTED,
         .want = "prohibited contains"},
        {.party = "plain",
         .contents = CONTENTS_LISTED,
         .profile = "stranger",
         .want = "out-of-scope buyer contains"},
        /* Who made it does not matter then. */
        {.party = "plain",
         .contents = CONTENTS_LISTED,
         .probable = true,
         .want = "prohibited contains"},
        {.party = "",
         .contents = CONTENTS_LISTED,
         .want = "prohibited contains"},
        /* Micron's own part stays Micron's. */
        {.party = "micron", .contents = CONTENTS_NONE, .want = "prohibited"},
        {.party = "micron", .contents = CONTENTS_LISTED, .want = "prohibited"},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions_select, a_clause_that_does_not_reach_inside_leaves_a_question) {
    static const char measure[] =
        "reach: named\nbinds: [buyer]\ncovers: [camera]\n" MICRON
        "clauses:\n  - {id: a, effect: prohibit, activities: [purchase], "
        "from: 2010-01-01}\n";
    static const struct ask asks[] = {
        {.party = "plain",
         .category = "camera",
         .contents = CONTENTS_LISTED,
         .want = "review inside contains"},
        {.party = "plain",
         .category = "passive",
         .contents = CONTENTS_LISTED,
         .want = "review inside contains"},
        {.party = "plain", .category = "camera", .want = ""},
    };
    EXPECT_EACH(measure, asks);
}

Test(questions_select, not_made_in_hits_everywhere_else) {
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

Test(questions_select, the_makers_seat_is_asked_of_its_country) {
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

Test(questions_select, a_clauses_own_list_with_an_origin_needs_both) {
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
Test(questions_select, a_rule_of_origin_stands_beside_the_measures_list) {
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

Test(questions_select, the_surer_of_two_ways_is_told) {
    static const char measure[] =
        "reach: affiliated\n" BINDS
        "parties: [{party: holding}, {party: brother}]\n" CLAUSE_IN_FORCE;
    static const struct ask asks[] = {
        {.party = "sister", .want = "prohibited owned-by"},
        {.party = "brother", .want = "prohibited"},
    };
    EXPECT_EACH(measure, asks);
}
