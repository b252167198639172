#include "report/report.h"

#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report_fixture.h"

TestSuite(headline, .timeout = 30);

#define BUYERS 2

/* What the headline goes by; the rules' two profiles are the buyers. */
struct told {
    struct ruleset *rules;
    uint32_t profiles[BUYERS * 3];
    struct bom_totals bom;
    struct line_counts by_profile[BUYERS * 3];
    struct run_info run;
    struct run_totals totals;
};

static void told_init(struct told *told) {
    *told = (struct told){.rules = fixture_rules()};
    told->run = (struct run_info){
        .rules = told->rules,
        .activity = RULES_PURCHASE,
        .profiles = told->profiles,
        .profile_count = BUYERS,
        .declared = true,
    };
    for (uint32_t i = 0; i < ARRAY_LEN(told->profiles); i++)
        told->profiles[i] = i % BUYERS;
    told->totals = (struct run_totals){
        .boms = &told->bom,
        .bom_count = 1,
        .lines = 10,
        .by_profile = told->by_profile,
        .complete = true,
        .conclusive = true,
    };
}

static void expect_headline(struct told *told, const char *wanted) {
    struct strbuf text = {.ptr = NULL};
    report_headline(&text, &told->run, &told->totals, NULL);
    cr_assert(!text.failed);
    cr_expect_str_eq(text.ptr, wanted);
    strbuf_dispose(&text);
    ruleset_close(told->rules);
}

Test(headline, each_buyer_has_a_sentence_and_counts_of_its_own) {
    struct told told;
    told_init(&told);
    told.totals.all.verdicts[VERDICT_PROHIBITED] = 3;
    told.by_profile[0].verdicts[VERDICT_PROHIBITED] = 2;
    told.by_profile[0].verdicts[VERDICT_CLEAR] = 8;
    told.by_profile[1].verdicts[VERDICT_PROHIBITED] = 1;
    told.by_profile[1].verdicts[VERDICT_REVIEW] = 1;
    told.by_profile[1].verdicts[VERDICT_CLEAR] = 8;
    expect_headline(&told,
                    "For “City hall”: 2 of 10 lines may not be bought. For "
                    "“Harbour”: 1 of 10 lines may not be bought and 1 needs a "
                    "person's look.");
}

Test(headline, open_contents_and_unread_rows_are_told) {
    struct told told;
    told_init(&told);
    told.run.profile_count = 1;
    told.totals.complete = false;
    told.bom.lost = 3;
    told.by_profile[0].verdicts[VERDICT_REVIEW] = 4;
    told.by_profile[0].verdicts[VERDICT_UNKNOWN] = 1;
    told.by_profile[0].undeclared = 2;
    expect_headline(&told,
                    "For “City hall”: 4 of 10 lines need a person's look; what "
                    "is inside is not declared for 2 lines; no maker could be "
                    "found for 1 line. 3 rows could not be "
                    "read.");
}

Test(headline, what_is_waived_is_not_left_to_act_on) {
    struct told told;
    told_init(&told);
    told.run.profile_count = 1;
    told.totals.lines = 1;
    told.by_profile[0].waived = 1;
    expect_headline(
        &told, "For “City hall”: nothing is left to act on; 1 line is waived.");
}

Test(headline, of_many_buyers_those_with_something_to_act_on_are_told) {
    struct told told;
    told_init(&told);
    told.run.profile_count = 6;
    for (size_t i = 0; i < 6; i++)
        told.by_profile[i]
            .verdicts[i == 0 ? VERDICT_CLEAR : VERDICT_PROHIBITED] = 10;
    expect_headline(&told,
                    "For “Harbour”: 10 of 10 lines may not be bought. For "
                    "“City hall”: 10 of 10 lines may not be bought. For "
                    "“Harbour”: 10 of 10 lines may not be bought. For “City "
                    "hall”: 10 of 10 lines may not be bought. 1 buyer more has "
                    "lines to act on. For 1 other buyer nothing was flagged.");
}

Test(headline, without_a_declared_buyer_it_is_one_sentence_for_any) {
    struct told told;
    told_init(&told);
    told.run.declared = false;
    told.totals.all.verdicts[VERDICT_PROHIBITED] = 3;
    expect_headline(&told,
                    "For at least one of 2 kinds of buyer (none was declared): "
                    "3 of 10 lines may not be bought.");
}

Test(headline, where_nothing_could_be_read_it_says_that) {
    struct told told;
    told_init(&told);
    told.totals.lines = 0;
    told.bom.lost = 1;
    expect_headline(&told, "No part lines were read, so nothing was checked. "
                           "1 row could not be read.");
}
