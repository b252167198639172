#include "screen/selection.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/shipped_rules.h"
#include "core/mem.h"
#include "screen/ownership.h"
#include "screen_rules.h"

TestSuite(selection, .timeout = 30);

static struct ruleset *rules;

static void open_measure(const char *measure) {
    struct err err = ERR_INIT;
    rules = screen_open(measure, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
}

static struct selection select_for(const char *party, const char *category,
                                   const char *day) {
    struct maker_candidate candidate = {
        .party = rules_find_party(rules, str_from(party)),
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
    struct subject subject = {
        .rules = rules,
        .candidate = &candidate,
        .category = rules_find_category(rules, str_from(category)),
        .activity = RULES_PURCHASE,
        .as_of = screen_day(day),
    };
    return select_listed(&subject, rules_clause(rules, 0));
}

#define LISTED                                                                 \
    "binds: [buyer]\ncovers: [all]\nclauses:\n  - {id: a, effect: prohibit, "  \
    "activities: [purchase], from: 2010-01-01}\n"

Test(selection, an_entry_in_force_wins_over_one_that_ended) {
    open_measure("reach: named\nparties:\n"
                 "  - {party: micron, until: 2014-12-31}\n"
                 "  - {party: micron, from: 2020-01-01, covers: [memory]}\n"
                 "  - {party: micron, from: 2030-01-01}\n" LISTED);
    struct selection found = select_for("micron", "memory", "2024-01-01");
    cr_assert(found.listing != NULL);
    cr_expect(not(found.ended));
    cr_expect(eq(i32, found.listing->from.first, screen_day("2020-01-01")));
    found = select_for("micron", "memory", "2017-01-01");
    cr_assert(found.listing != NULL);
    cr_expect(found.ended);
    ruleset_close(rules);
}

Test(selection, an_entry_about_such_parts_wins_over_another) {
    open_measure("reach: named\nparties:\n"
                 "  - {party: micron, covers: [memory/nand]}\n"
                 "  - {party: micron, covers: [memory/dram],\n"
                 "     confidence: unconfirmed}\n" LISTED);
    struct selection dram = select_for("micron", "memory/dram", "2024-01-01");
    cr_expect(dram.listing != NULL && !dram.uncovered && dram.unconfirmed);
    struct selection nand = select_for("micron", "memory/nand", "2024-01-01");
    cr_expect(nand.listing != NULL && !nand.uncovered && !nand.unconfirmed);
    struct selection other = select_for("micron", "passive", "2024-01-01");
    cr_expect(other.listing != NULL && other.uncovered);
    ruleset_close(rules);
}

Test(selection, a_confirmed_way_wins_over_a_rumour) {
    open_measure("reach: owned\nparties:\n"
                 "  - {party: elpida, confidence: unconfirmed}\n"
                 "  - {party: micron}\n" LISTED);
    struct selection found = select_for("elpida", "memory", "2024-01-01");
    cr_assert(found.listing != NULL);
    cr_expect(not(found.unconfirmed));
    cr_assert(found.via.relation != NULL);
    cr_expect(strcmp(found.via.relation, "owned-by") == 0);
    cr_expect(str_eq(found.via.name, STR_LIT("Micron")));
    cr_expect(eq(i32, found.via.from.first, screen_day("2013-07-31")));
    ruleset_close(rules);
}

Test(selection, nobody_selects_nothing) {
    open_measure("reach: affiliated\nparties: [{party: micron}]\n" LISTED);
    struct subject subject = {.rules = rules, .category = RULES_NONE};
    enum origin_doubt doubt = ORIGIN_DISPUTED;
    cr_expect(select_listed(&subject, rules_clause(rules, 0)).listing == NULL);
    cr_expect(eq(int, select_origin(&subject, rules_clause(rules, 0), &doubt),
                 ANSWER_YES));
    cr_expect(doubt == ORIGIN_UNSAID);
    ruleset_close(rules);
}

Test(selection, what_is_inside_may_have_an_owner_too) {
    open_measure("reach: owned\nparties: [{party: holding}]\n"
                 "binds: [buyer]\ncovers: [all]\nclauses:\n  - {id: a, effect: "
                 "prohibit, activities: [purchase], from: 2010-01-01, inside: "
                 "true}\n");
    /* Box may contain Micron, which nobody owns: not Holding's. */
    cr_expect(select_for("box", "storage/ssd", "2024-01-01").listing == NULL);
    ruleset_close(rules);
}

/* ---- whom a list may reach ---- */

static void mark_listed(uint8_t *near, int32_t day) {
    struct owner_step owners[OWNERS_MAX];
    for (uint32_t c = 0; c < rules_clause_count(rules); c++) {
        struct rules_run listings = rules_clause(rules, c)->listings;
        for (uint32_t i = 0; i < listings.count; i++) {
            uint32_t party = rules_listing(rules, listings.first + i)->party;
            size_t count = owners_on(rules, party, day, owners);
            near[party] = 1;
            for (size_t o = 0; o < count; o++)
                near[owners[o].party] = 1;
        }
    }
}

static bool is_near(const uint8_t *near, uint32_t party, int32_t day) {
    struct owner_step owners[OWNERS_MAX];
    size_t count = owners_on(rules, party, day, owners);
    bool found = near[party] != 0;
    for (size_t o = 0; o < count; o++)
        found = found || near[owners[o].party] != 0;
    return found;
}

static bool has_parts_of_near(const uint8_t *near, struct rules_run links,
                              int32_t day) {
    bool found = false;
    for (uint32_t i = 0; i < links.count; i++)
        found = found ||
                is_near(near, rules_link(rules, links.first + i)->party, day);
    return found;
}

Test(selection, of_the_shipped_parties_only_marked_ones_are_near_a_list) {
    static const char *const days[] = {"2015-01-01", "2019-06-01", "2024-01-01",
                                       "2026-11-21", "2030-01-01"};
    struct err err = ERR_INIT;
    cr_assert(ruleset_open(&rules, shipped_rules, shipped_rules_size, &err));
    uint32_t count = rules_party_count(rules), marked = 0;
    for (size_t d = 0; d < ARRAY_LEN(days); d++) {
        int32_t day = screen_day(days[d]);
        uint8_t *near = mem_calloc(count, 1);
        cr_assert(near != NULL);
        mark_listed(near, day);
        for (uint32_t i = 0; i < count; i++) {
            const struct rules_party *party = rules_party(rules, i);
            marked += party->reached != 0;
            cr_expect(party->reached != 0 ||
                          (!is_near(near, i, day) &&
                           !has_parts_of_near(near, party->contains, day) &&
                           !has_parts_of_near(near, party->sold, day)),
                      "%s, %s", rules_text(rules, party->id), days[d]);
        }
        mem_free(near);
    }
    cr_expect(marked != 0 && marked < count * ARRAY_LEN(days));
    ruleset_close(rules);
}
