#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "alternatives_bench.h"
#include "cli/shipped_rules.h"
#include "core/date.h"
#include "maker/mpn.h"
#include "screen/clause_case.h"
#include "screen/ownership.h"
#include "screen_rules.h"

TestSuite(offers, .timeout = 120);

/* What is offered, held against every clause of the shipped rules. */

static bool may_be_offered(const struct bench *bench, uint32_t party,
                           uint32_t category, uint32_t profile) {
    struct maker_candidate candidate = {
        .party = party,
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    struct subject subject = {
        .rules = bench->rules,
        .candidate = &candidate,
        .category = category,
        .activity = RULES_PURCHASE,
        .as_of = bench->as_of,
    };
    for (uint32_t m = 0; m < rules_measure_count(bench->rules); m++) {
        struct rules_run clauses = rules_measure(bench->rules, m)->clauses;
        for (uint32_t c = 0; c < clauses.count; c++) {
            struct screen_hit hit;
            if (!ask_clause(&subject, clauses.first + c, profile, &hit))
                continue;
            if (hit.verdict == VERDICT_PROHIBITED ||
                (hit.verdict == VERDICT_UPCOMING &&
                 hit.becomes == VERDICT_PROHIBITED &&
                 hit.from.first <= bench->horizon))
                return false;
        }
    }
    return true;
}

static bool have_common_owner(const struct bench *bench, uint32_t a,
                              uint32_t b) {
    struct owner_step steps[OWNERS_MAX];
    size_t count = owners_on(bench->rules, a, bench->as_of, steps);
    for (size_t i = 0; i < count; i++) {
        if (!steps[i].minority && steps[i].party == b)
            return true;
    }
    return a == b;
}

static bool may_have(const struct bench *bench, uint32_t party, uint32_t other,
                     uint32_t category) {
    bool right = !have_common_owner(bench, party, other) &&
                 !have_common_owner(bench, other, party);
    for (size_t p = 0; right && p < bench->profile_count; p++)
        right = may_be_offered(bench, other, category, bench->profiles[p]);
    return right;
}

static bool is_of(const struct bench *bench, const struct rules_link *link,
                  uint32_t category) {
    bool covered = link->covers.count == 0;
    for (uint32_t i = 0; i < link->covers.count; i++)
        covered = covered || rules_category_within(
                                 bench->rules, category,
                                 rules_item(bench->rules, link->covers, i));
    enum holds holds = span_holds(link->from, link->until, bench->as_of);
    return covered && (holds == HOLDS_YES || holds == HOLDS_OPEN);
}

/* Criterion's asserts take longer than what they assert here. */
static void check_offer(const struct bench *bench, uint32_t party,
                        uint32_t other, uint32_t category) {
    struct rules_run contains = rules_party(bench->rules, other)->contains;
    bool right = may_have(bench, party, other, category);
    for (uint32_t i = 0; right && i < contains.count; i++) {
        const struct rules_link *link =
            rules_link(bench->rules, contains.first + i);
        right = !is_of(bench, link, category) ||
                may_have(bench, party, link->party, category);
    }
    if (!right)
        cr_expect(
            false, "%s for %s",
            rules_text(bench->rules, rules_party(bench->rules, other)->id),
            rules_text(bench->rules, rules_party(bench->rules, party)->id));
}

static size_t check_offers(struct bench *bench, uint32_t party,
                           uint32_t category) {
    const struct rules_party *maker = rules_party(bench->rules, party);
    const struct rules_category *kind = rules_category(bench->rules, category);
    struct alternatives found =
        find_for(bench, rules_text(bench->rules, maker->id), "",
                 rules_text(bench->rules, kind->id));
    for (size_t i = 0; i < found.count; i++)
        check_offer(bench, party, found.items[i].party, category);
    return found.count;
}

/* Distinct categories are few, so each is asked of its first maker. */
static size_t check_profiles(struct bench *bench) {
    size_t offers = 0;
    uint32_t categories = rules_category_count(bench->rules);
    bench_start(bench, true);
    for (uint32_t c = 1; c < categories; c++) {
        for (uint32_t p = 0; p < rules_party_count(bench->rules); p++) {
            struct rules_run makes = rules_party(bench->rules, p)->makes;
            bool wanted = false;
            for (uint32_t i = 0; i < makes.count && !wanted; i++)
                wanted = rules_item(bench->rules, makes, i) == c;
            if (!wanted)
                continue;
            offers += check_offers(bench, p, c);
            break;
        }
    }
    bench_stop(bench);
    return offers;
}

static void open_shipped(struct bench *bench, const char *day) {
    struct err err = ERR_INIT;
    *bench = (struct bench){.as_of = screen_day(day)};
    bench->horizon = date_add_years(bench->as_of, ALTERNATIVES_HORIZON_YEARS);
    cr_assert(
        ruleset_open(&bench->rules, shipped_rules, shipped_rules_size, &err));
}

Test(offers, nothing_is_offered_that_any_of_the_buyers_may_not_have) {
    struct bench bench;
    open_shipped(&bench, "2026-11-21");
    for (uint32_t p = 0; p < rules_profile_count(bench.rules); p++)
        bench.profiles[bench.profile_count++] = p;
    cr_expect(gt(sz, check_profiles(&bench), 500));
    ruleset_close(bench.rules);
}

/* The days on which an answer can change: the first and the last of clauses,
   listings and ownership, each with the day before. */
struct days {
    int32_t items[4096];
    size_t count;
};

static void add_day(struct days *days, struct date_span span) {
    if (span.first == DATE_NONE)
        return;
    for (int32_t i = 0; i < 2; i++) {
        int32_t day = span.first - i;
        size_t k = 0;
        while (k < days->count && days->items[k] != day)
            k++;
        cr_assert(lt(sz, k, ARRAY_LEN(days->items)));
        days->items[k] = day;
        days->count += k == days->count;
    }
}

static void collect_days(const struct ruleset *rules, struct days *days) {
    days->count = 0;
    for (uint32_t m = 0; m < rules_measure_count(rules); m++) {
        struct rules_run clauses = rules_measure(rules, m)->clauses;
        struct rules_run listings = rules_measure(rules, m)->listings;
        for (uint32_t i = 0; i < clauses.count; i++) {
            const struct rules_clause *clause =
                rules_clause(rules, clauses.first + i);
            add_day(days, clause->from);
            add_day(days, clause->until);
        }
        for (uint32_t i = 0; i < listings.count; i++) {
            const struct rules_listing *listing =
                rules_listing(rules, listings.first + i);
            add_day(days, listing->from);
            add_day(days, listing->until);
        }
    }
    for (uint32_t p = 0; p < rules_party_count(rules); p++) {
        struct rules_run owners = rules_party(rules, p)->owners;
        for (uint32_t i = 0; i < owners.count; i++)
            add_day(days, rules_link(rules, owners.first + i)->from);
    }
}

/* The first maker of each category that somebody makes. */
static size_t collect_kinds(const struct ruleset *rules, uint32_t kinds[][2]) {
    size_t count = 0;
    for (uint32_t c = 1; c < rules_category_count(rules); c++) {
        bool found = false;
        for (uint32_t p = 0; p < rules_party_count(rules) && !found; p++) {
            struct rules_run makes = rules_party(rules, p)->makes;
            for (uint32_t i = 0; i < makes.count && !found; i++)
                found = rules_item(rules, makes, i) == c;
            if (found) {
                kinds[count][0] = p;
                kinds[count++][1] = c;
            }
        }
    }
    return count;
}

/* A profile is asked on every fourth day of the list. */
#define DAYS_BETWEEN 4

/* Every profile and every day; the kinds of parts take turns. */
Test(offers, nothing_is_offered_that_the_buyer_may_not_have_on_any_day) {
    static struct days days;
    static uint32_t kinds[512][2];
    struct bench bench;
    size_t turn = 0, offers = 0;
    open_shipped(&bench, "2026-11-21");
    collect_days(bench.rules, &days);
    size_t count = collect_kinds(bench.rules, kinds);
    bench.profile_count = 1;
    for (size_t d = 0; d < days.count; d++) {
        bench.as_of = days.items[d];
        bench.horizon = date_add_years(bench.as_of, ALTERNATIVES_HORIZON_YEARS);
        bench_start(&bench, true);
        uint32_t profiles = rules_profile_count(bench.rules);
        for (uint32_t p = d % DAYS_BETWEEN; p < profiles; p += DAYS_BETWEEN) {
            const uint32_t *kind = kinds[turn++ % count];
            bench.profiles[0] = p;
            offers += check_offers(&bench, kind[0], kind[1]);
        }
        bench_stop(&bench);
    }
    cr_expect(gt(sz, offers, 50000));
    ruleset_close(bench.rules);
}

Test(offers, no_company_is_offered_its_own_house) {
    struct bench bench;
    open_shipped(&bench, "2026-11-21");
    bench.profile_count = 1;
    bench.profiles[0] =
        rules_find_profile(bench.rules, STR_LIT("cn-cii-operator"));
    bench_start(&bench, true);
    for (uint32_t p = 0; p < rules_party_count(bench.rules); p++) {
        struct rules_run makes = rules_party(bench.rules, p)->makes;
        if (makes.count != 0)
            check_offers(&bench, p, rules_item(bench.rules, makes, 0));
    }
    bench_close(&bench);
}

/* ---- what is equivalent ---- */

static struct maker decode(struct mpn_matcher *matcher, const char *mpn,
                           struct maker_candidate *candidate) {
    struct mpn_match match;
    cr_assert(mpn_match_cell(matcher, str_from(mpn), false, &match));
    cr_assert(gt(sz, match.count, 0), "%s", mpn);
    *candidate = (struct maker_candidate){.party = match.hits[0].party,
                                          .confidence = MAKER_CERTAIN,
                                          .name = RULES_NONE};
    return (struct maker){.candidates = candidate,
                          .candidate_count = 1,
                          .facts = match.hits[0].facts};
}

static size_t expect_same_form(struct bench *bench, struct mpn_matcher *matcher,
                               const char *mpn) {
    struct maker_candidate of, by;
    struct maker maker = decode(matcher, mpn, &of);
    struct alternatives found;
    struct err err = ERR_INIT;
    size_t count = 0;
    cr_assert(alternatives_find(
        bench->finder, &(struct part_named){.mpn = str_from(mpn)}, &maker,
        bench->profiles, bench->profile_count, &found, &err));
    for (size_t i = 0; i < found.count; i++) {
        const struct alternative *item = &found.items[i];
        if (item->fit == FIT_SUPPLIER || item->pattern)
            continue;
        struct part_facts facts = decode(matcher, item->mpn, &by).facts;
        cr_expect(strcmp(facts.package, maker.facts.package) == 0 &&
                      strcmp(facts.interface, maker.facts.interface) == 0,
                  "%s for %s", item->mpn, mpn);
        count++;
    }
    return count;
}

/* A DDR3 module fits no slot for DDR4, whatever its size. */
Test(offers, what_is_plugged_in_is_of_the_same_form) {
    struct bench bench;
    struct mpn_matcher matcher;
    open_shipped(&bench, "2026-11-21");
    bench.profile_count = 1;
    bench.profiles[0] =
        rules_find_profile(bench.rules, STR_LIT("cn-cii-operator"));
    bench_start(&bench, true);
    cr_assert(mpn_matcher_init(&matcher, bench.rules));
    cr_expect(
        gt(sz, expect_same_form(&bench, &matcher, "MTA4ATF51264HZ-2G6E1"), 0));
    cr_expect(
        gt(sz, expect_same_form(&bench, &matcher, "MTA8ATF1G64HZ-2G6E1"), 2));
    expect_same_form(&bench, &matcher, "MTA18ASF2G72PDZ-2G6D1");
    expect_same_form(&bench, &matcher, "SDSQUAR-032G-GN6MA");
    mpn_matcher_dispose(&matcher);
    bench_close(&bench);
}

static size_t expect_same_supply(struct bench *bench,
                                 struct mpn_matcher *matcher, const char *mpn,
                                 uint32_t voltage_mv) {
    struct maker_candidate of, by;
    struct maker maker = decode(matcher, mpn, &of);
    struct alternatives found;
    struct err err = ERR_INIT;
    size_t count = 0;
    cr_expect(eq(u32, maker.facts.voltage_mv, voltage_mv), "%s", mpn);
    cr_assert(alternatives_find(
        bench->finder, &(struct part_named){.mpn = str_from(mpn)}, &maker,
        bench->profiles, bench->profile_count, &found, &err));
    for (size_t i = 0; i < found.count; i++) {
        const struct alternative *item = &found.items[i];
        if (item->fit == FIT_SUPPLIER || item->pattern)
            continue;
        uint32_t other = decode(matcher, item->mpn, &by).facts.voltage_mv;
        cr_expect(other == voltage_mv || other == 0, "%s for %s", item->mpn,
                  mpn);
        count++;
    }
    return count;
}

/* Of what nobody knows more than "NOR flash", nothing is equivalent. */
Test(offers, what_is_equivalent_is_of_one_kind_and_supply) {
    struct bench bench;
    struct mpn_matcher matcher;
    open_shipped(&bench, "2026-11-21");
    bench.profile_count = 1;
    bench.profiles[0] =
        rules_find_profile(bench.rules, STR_LIT("cn-cii-operator"));
    bench_start(&bench, true);
    cr_assert(mpn_matcher_init(&matcher, bench.rules));
    expect_same_supply(&bench, &matcher, "JS28F256P30BFE", 1800);
    expect_same_supply(&bench, &matcher, "M29F160FB55N3E2", 5000);
    cr_expect(gt(
        sz, expect_same_supply(&bench, &matcher, "MT48LC16M16A2P-6A:G", 3300),
        2));
    struct alternatives found;
    struct err err = ERR_INIT;
    struct maker_candidate of;
    struct maker maker = decode(&matcher, "MT25QL128ABA1ESE-0SIT", &of);
    maker.facts.category =
        rules_find_category(bench.rules, STR_LIT("memory/nor"));
    cr_assert(alternatives_find(bench.finder,
                                &(struct part_named){.maker = false}, &maker,
                                bench.profiles, 1, &found, &err));
    for (size_t i = 0; i < found.count; i++)
        cr_expect(found.items[i].fit == FIT_SUPPLIER);
    cr_expect(gt(sz, found.count, 5));
    mpn_matcher_dispose(&matcher);
    bench_close(&bench);
}
