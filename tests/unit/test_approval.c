#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen_rules.h"

/* What an approved list says of parts, one row of a table each. */

static struct strbuf text;
static struct ruleset *rules;
static struct screener *screener;
static uint32_t buyer;

static void tear_down(void) {
    screener_free(screener);
    ruleset_close(rules);
    strbuf_dispose(&text);
}

TestSuite(approval, .timeout = 60, .fini = tear_down);

#define LIST                                                                   \
    "binds: [any]\ncovers: [all]\nclauses:\n  - {id: a, hits: unlisted, "      \
    "effect: approve, activities: [purchase], from: 2010-01-01}\n"             \
    "approved:\n"

static void open_list(const char *measure) {
    struct err err = ERR_INIT;
    rules = screen_open(measure, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    buyer = rules_find_profile(rules, STR_LIT("stranger"));
    struct screen_options options = {
        .rules = rules,
        .profiles = &buyer,
        .profile_count = 1,
        .declared = true,
        .activity = RULES_PURCHASE,
        .as_of = screen_day("2024-01-01"),
    };
    screener = screener_new(&options);
    cr_assert(screener != NULL);
}

/* A part as a line has it; NULL: not said. */
struct part {
    const char *maker, *other; /* parties; "?": a name that nobody knows */
    const char *mpn, *ipn, *category;
    bool passive;
    const char *want; /* the line's verdict, and what the list says */
};

static size_t add_candidate(struct maker_candidate *out, const char *party,
                            unsigned matched_by) {
    if (party == NULL || party[0] == '?')
        return 0;
    *out = (struct maker_candidate){
        .party = rules_find_party(rules, str_from(party)),
        .confidence =
            matched_by == MAKER_BY_NAME ? MAKER_CERTAIN : MAKER_PROBABLE,
        .matched_by = matched_by,
        .name = RULES_NONE,
    };
    cr_assert(ne(u32, out->party, RULES_NONE), "%s", party);
    return 1;
}

static const char *answer(const struct part *part) {
    struct maker_candidate candidates[2];
    unsigned how = part->other == NULL
                       ? MAKER_BY_NAME
                       : (unsigned)(MAKER_BY_NAME | MAKER_CONTRADICTED);
    size_t count = add_candidate(candidates, part->maker, how);
    count += add_candidate(candidates + count, part->other, how);
    struct maker maker = {
        .candidates = candidates,
        .candidate_count = count,
        .passive = part->passive,
        .facts = {.category = RULES_NONE, .family = RULES_NONE},
    };
    if (part->category != NULL)
        maker.facts.category =
            rules_find_category(rules, str_from(part->category));
    struct part_named named = {
        .mpn = str_from(part->mpn),
        .ipn = str_from(part->ipn),
        .maker = part->maker != NULL,
    };
    struct screening out;
    struct err err = ERR_INIT;
    cr_assert(screen_part(screener, &maker, &named,
                          &(struct screen_said){.contents = NULL}, &out, &err));
    strbuf_clear(&text);
    strbuf_add_text(&text, verdict_name(out.verdict));
    for (size_t i = 0; i < out.hit_count; i++) {
        const struct screen_hit *hit = &out.hits[i];
        cr_expect(eq(u32, hit->profile, RULES_NONE));
        strbuf_printf(&text, ", %s %s", verdict_name(hit->verdict),
                      screen_reason_name(hit->reason));
    }
    return text.ptr;
}

static void expect_each(const char *measure, const struct part *parts,
                        size_t count) {
    open_list(measure);
    for (size_t i = 0; i < count; i++) {
        const char *got = answer(&parts[i]);
        cr_expect(strcmp(got, parts[i].want) == 0, "%zu: '%s', not '%s'", i,
                  got, parts[i].want);
    }
}

#define EXPECT_EACH(measure, parts)                                            \
    expect_each(measure, parts, ARRAY_LEN(parts))

#define NOT_LISTED "restricted, restricted not-listed"

Test(approval, a_maker_approves_all_its_parts) {
    static const struct part parts[] = {
        {.maker = "samsung", .mpn = "K4B4G", .want = "clear"},
        {.maker = "samsung", .want = "clear"},
        {.maker = "micron", .mpn = "MT41K", .want = NOT_LISTED},
        {.maker = "micron", .category = "memory/dram", .want = NOT_LISTED},
        {.maker = "?", .mpn = "X1", .want = NOT_LISTED},
        {.mpn = "X1", .want = NOT_LISTED},
    };
    EXPECT_EACH(LIST "  - {party: samsung}\n", parts);
}

Test(approval, whom_a_maker_owns_is_approved_where_the_list_reaches_it) {
    static const struct part named[] = {
        {.maker = "elpida", .want = NOT_LISTED},
    };
    EXPECT_EACH(LIST "  - {party: micron}\n", named);
    tear_down();
    static const struct part owned[] = {
        {.maker = "elpida", .want = "clear"},
        {.maker = "minor", .want = NOT_LISTED},
        {.maker = "rumour", .want = "review, review unconfirmed"},
        {.maker = "half", .want = "restricted, restricted disqualified"},
    };
    EXPECT_EACH("reach: owned\n" LIST "  - {party: micron}\n"
                "  - {party: half, status: disqualified}\n",
                owned);
}

Test(approval, a_maker_may_be_approved_for_a_category_only) {
    static const struct part parts[] = {
        {.maker = "micron", .category = "memory/dram/ddr4", .want = "clear"},
        {.maker = "micron", .category = "memory/nand", .want = NOT_LISTED},
        {.maker = "micron", .want = "review, review open-category"},
        {.maker = "micron",
         .category = "memory",
         .want = "review, review open-category"},
        {.maker = "elpida", .category = "memory/dram", .want = NOT_LISTED},
    };
    EXPECT_EACH(LIST "  - {party: micron, covers: [memory/dram]}\n", parts);
}

Test(approval, a_part_number_is_approved_however_it_is_written) {
    static const struct part parts[] = {
        {.maker = "micron", .mpn = "mt41k256m16 tw 107 p", .want = "clear"},
        {.maker = "micron", .mpn = "MT41K256M16TW-107", .want = NOT_LISTED},
        {.maker = "samsung", .mpn = "MT41K256M16TW-107:P", .want = NOT_LISTED},
        /* the line names no maker: that of the list is bought */
        {.mpn = "MT41K256M16TW-107:P", .want = "unknown"},
        /* a name that nobody knows may be this maker's */
        {.maker = "?",
         .mpn = "MT41K256M16TW-107:P",
         .want = "review, review probable-maker"},
        {.maker = "micron",
         .other = "samsung",
         .mpn = "MT41K256M16TW-107:P",
         .want = "review, review contradiction"},
        {.maker = "plain",
         .other = "samsung",
         .mpn = "X1",
         .want = "restricted, restricted not-listed"},
        {.maker = "plain", .mpn = "ANY-1", .want = "clear"},
    };
    EXPECT_EACH(LIST "  - {party: micron, mpn: 'MT41K256M16TW-107:P'}\n"
                     "  - {mpn: ANY1}\n",
                parts);
}

#define OF_IPN                                                                 \
    LIST "  - {ipn: P-100, party: micron, mpn: MT41K}\n"                       \
         "  - {ipn: P-100, party: elpida}\n"                                   \
         "  - {ipn: P-200, party: micron, mpn: MT41K, until: 2023-12-31}\n"    \
         "  - {ipn: P-300}\n"                                                  \
         "  - {party: samsung}\n  - {party: micron}\n"

Test(approval, an_ipn_has_its_own_approved_parts) {
    static const struct part parts[] = {
        {.maker = "micron", .mpn = "MT41K", .ipn = "p-100 ", .want = "clear"},
        {.maker = "elpida", .mpn = "EDJ", .ipn = "P-100", .want = "clear"},
        {.maker = "micron",
         .mpn = "MT40A",
         .ipn = "P-100",
         .want = "restricted, restricted other-approved"},
        {.maker = "samsung",
         .mpn = "K4B",
         .ipn = "P-100",
         .want = "restricted, restricted other-approved"},
        {.maker = "?",
         .mpn = "X1",
         .ipn = "P-100",
         .want = "restricted, restricted other-approved"},
        {.maker = "samsung", .mpn = "K4B", .ipn = "P-999", .want = "clear"},
        {.maker = "plain", .mpn = "P1", .ipn = "P-300", .want = "clear"},
        {.maker = "micron",
         .mpn = "MT41K",
         .ipn = "P-200",
         .want = "restricted, restricted approval-expired"},
    };
    EXPECT_EACH(OF_IPN, parts);
}

/* What a company orders by its own number it orders from that list. */
Test(approval, a_line_may_name_no_more_than_its_ipn) {
    static const struct part parts[] = {
        {.ipn = "P-100", .want = "unknown"},
        {.maker = "micron", .ipn = "P-100", .want = "clear"},
        {.maker = "samsung",
         .ipn = "P-100",
         .want = "restricted, restricted other-approved"},
        {.ipn = "P-200", .want = "restricted, restricted approval-expired"},
        {.ipn = "P-100", .passive = true, .mpn = "100nF", .want = "unknown"},
    };
    EXPECT_EACH(OF_IPN, parts);
}

Test(approval, what_names_nothing_is_judged_by_its_category_alone) {
    static const struct part parts[] = {
        {.passive = true, .mpn = "100nF", .want = "unknown"},
        {.ipn = "C-1", .category = "camera", .want = "unknown"},
        {.category = "passive", .passive = true, .want = "unknown"},
        {.category = "storage/ssd",
         .want = "restricted, restricted disqualified"},
        {.maker = "?",
         .category = "passive",
         .want = "restricted, restricted "
                 "not-listed"},
        {.maker = "plain", .category = "memory", .want = "clear"},
        {.maker = "plain", .want = NOT_LISTED},
    };
    EXPECT_EACH(LIST "  - {covers: [memory]}\n"
                     "  - {covers: [storage], status: disqualified}\n"
                     "  - {party: samsung}\n",
                parts);
}

Test(approval, the_closest_row_decides) {
    static const struct part parts[] = {
        {.maker = "micron", .category = "memory/dram", .want = "clear"},
        /* it may be what is disqualified */
        {.maker = "micron",
         .mpn = "MT41K",
         .want = "review, review open-category"},
        {.maker = "micron",
         .mpn = "BAD-1",
         .want = "restricted, restricted disqualified"},
        {.maker = "micron",
         .mpn = "OLD1",
         .want = "restricted, restricted obsolete"},
        {.maker = "micron",
         .mpn = "NEW1",
         .want = "restricted, restricted pending"},
        {.maker = "micron",
         .mpn = "ODD1",
         .want = "review, review conditional"},
        {.maker = "micron",
         .mpn = "PAST1",
         .want = "restricted, restricted approval-expired"},
        {.maker = "micron",
         .mpn = "NEXT1",
         .want = "restricted, restricted not-yet-approved"},
        {.maker = "micron",
         .mpn = "ROUGH1",
         .want = "review, review open-date"},
        {.maker = "micron", .mpn = "AGAIN1", .want = "clear"},
        {.maker = "micron",
         .category = "memory/nand",
         .want = "restricted, restricted disqualified"},
        {.maker = "micron", .category = "camera", .want = "clear"},
        {.maker = "samsung", .mpn = "BAD1", .want = NOT_LISTED},
        {.maker = "lexar",
         .category = "storage/ssd",
         .want = "review, review unconfirmed"},
    };
    EXPECT_EACH(LIST "  - {party: micron}\n"
                     "  - {party: micron, covers: [memory]}\n"
                     "  - {party: micron, covers: [memory/nand], status: "
                     "disqualified}\n"
                     "  - {party: micron, mpn: BAD1, status: disqualified}\n"
                     "  - {party: micron, mpn: OLD1, status: obsolete}\n"
                     "  - {party: micron, mpn: NEW1, status: pending}\n"
                     "  - {party: micron, mpn: ODD1, status: conditional}\n"
                     "  - {party: micron, mpn: PAST1, until: 2023-12-31}\n"
                     "  - {party: micron, mpn: NEXT1, from: 2024-01-02}\n"
                     "  - {party: micron, mpn: ROUGH1, from: 2024}\n"
                     "  - {party: micron, mpn: AGAIN1, until: 2023-06-30}\n"
                     "  - {party: micron, mpn: AGAIN1, from: 2023-07-01}\n"
                     "  - {party: lexar, confidence: unconfirmed}\n",
                parts);
}

Test(approval, a_list_may_bind_a_profile_instead) {
    open_list("binds: [buyer]\ncovers: [all]\nclauses:\n"
              "  - {id: a, hits: unlisted, effect: approve, activities: "
              "[purchase], from: 2010-01-01}\n"
              "approved:\n  - {party: samsung}\n");
    const struct part part = {.maker = "micron"};
    cr_expect(strcmp(answer(&part), "clear") == 0, "%s", text.ptr);
}

/* Whom a company's own rule binds need not be said each time. */
Test(approval, any_measure_may_bind_any_buyer) {
    open_list("binds: [any]\ncovers: [all]\nparties: [{party: micron}]\n"
              "clauses:\n  - {id: a, effect: prohibit, activities: "
              "[purchase], from: 2010-01-01}\n");
    const struct part part = {.maker = "micron"};
    cr_expect(strcmp(answer(&part), "prohibited, prohibited (null)") == 0, "%s",
              text.ptr);
}

static void expect_fault(const char *measure, const char *want) {
    struct err err = ERR_INIT;
    struct ruleset *bad = screen_open(measure, &err);
    cr_assert(bad == NULL);
    cr_expect(strstr(err.msg, want) != NULL, "%s", err.msg);
    cr_expect(ne(u32, err.line, 0));
}

Test(approval, a_row_that_names_nothing_or_too_much_is_an_error) {
    expect_fault(LIST "  - {status: approved}\n", "an approval names");
    expect_fault(LIST "  - {party: micron, name: Micron}\n", "either");
    expect_fault(LIST "  - {party: nobody}\n", "unknown party");
    expect_fault(LIST "  - {mpn: '--'}\n", "no letter");
    expect_fault(LIST "  - {ipn: ' '}\n", "blank");
    expect_fault(LIST "  - {mpn: X, covers: [memory]}\n", "one part");
    expect_fault(LIST "  - {mpn: X, from: 2024-01-01, until: 2023-01-01}\n",
                 "before");
    expect_fault(LIST "  - {mpn: X, status: fine}\n", "none of the words");
    expect_fault("parties: [{party: micron}]\n" LIST "  - {mpn: X}\n",
                 "either 'parties' or 'approved'");
    expect_fault("binds: [any, buyer]\n", "any");
    expect_fault(LIST "  - {mpn: X-1}\n  - {mpn: X1, status: obsolete}\n",
                 "another entry says 'approved'");
    expect_fault(LIST
                 "  - {party: micron, covers: [memory]}\n"
                 "  - {party: micron, covers: [memory], status: pending}\n",
                 "another entry");
}

/* A name without a party file is somebody of its own. */
Test(approval, a_maker_may_stand_by_name) {
    open_list(LIST "  - {name: Acme Micro}\n");
    const struct part acme = {.maker = "listed/acme-micro"};
    cr_expect(strcmp(answer(&acme), "clear") == 0, "%s", text.ptr);
}

#define MANY 10000 /* a scan of each would be 100 million rows */

/* Rows are found by key: each question is as quick as in a list of ten. */
Test(approval, ten_thousand_rows_are_searched_by_key) {
    struct strbuf list = {.ptr = NULL};
    strbuf_add_text(&list, LIST);
    for (unsigned i = 0; i < MANY; i++)
        strbuf_printf(&list, "  - {ipn: P-%u, party: micron, mpn: MT%u}\n", i,
                      i);
    cr_assert(eq(int, list.failed, 0));
    open_list(list.ptr);
    strbuf_dispose(&list);
    for (unsigned i = 0; i < MANY; i++) {
        char ipn[32], mpn[32];
        snprintf(ipn, sizeof(ipn), "P-%u", i);
        snprintf(mpn, sizeof(mpn), "MT%u", i % 2 == 0 ? i : i + 1);
        const struct part part = {.maker = "micron", .mpn = mpn, .ipn = ipn};
        const char *want =
            i % 2 == 0 ? "clear" : "restricted, restricted other-approved";
        cr_assert(strcmp(answer(&part), want) == 0, "%u: %s", i, text.ptr);
        screener_trim(screener);
    }
}
