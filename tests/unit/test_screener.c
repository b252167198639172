#include "screen/screen.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen_rules.h"

static struct strbuf text;

static void tear_down(void) { strbuf_dispose(&text); }

TestSuite(screener, .timeout = 60, .fini = tear_down);

#define TWO_CLAUSES                                                            \
    "reach: owned\ncovers: [memory]\nparties: [{party: micron}]\nclauses:\n"   \
    "  - {id: a, effect: duty, activities: [purchase], from: 2010-01-01,\n"    \
    "     binds: [buyer]}\n"                                                   \
    "  - {id: b, effect: prohibit, activities: [purchase], from: "             \
    "2010-01-01,\n"                                                            \
    "     binds: [buyer, buyer-5g]}\n"                                         \
    "  - {id: c, effect: prohibit, activities: [use], from: 2010-01-01,\n"     \
    "     binds: [stranger], covers: [camera]}\n"

static struct ruleset *open_measure(const char *measure) {
    struct err err = ERR_INIT;
    struct ruleset *rules = screen_open(measure, &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
    return rules;
}

/* A screener for everybody, or for one declared profile. */
static struct screener *make_screener(const struct ruleset *rules,
                                      const char *profile,
                                      uint32_t profiles[16]) {
    struct screen_options options = {
        .rules = rules,
        .profiles = profiles,
        .declared = profile != NULL,
        .activity = RULES_PURCHASE,
        .as_of = screen_day("2024-01-01"),
    };
    for (uint32_t i = 0; i < rules_profile_count(rules); i++) {
        if (profile == NULL ||
            str_eq(rules_str(rules, rules_profile(rules, i)->id),
                   str_from(profile)))
            profiles[options.profile_count++] = i;
    }
    struct screener *screener = screener_new(&options);
    cr_assert(screener != NULL);
    return screener;
}

static struct maker_candidate certain(const struct ruleset *rules,
                                      const char *party) {
    return (struct maker_candidate){
        .party = rules_find_party(rules, str_from(party)),
        .confidence = MAKER_CERTAIN,
        .matched_by = MAKER_BY_NAME,
        .name = RULES_NONE,
    };
}

static struct screening screen(struct screener *screener,
                               const struct ruleset *rules,
                               const struct maker_candidate *candidates,
                               size_t count, const char *category) {
    struct maker maker = {
        .candidates = candidates,
        .candidate_count = count,
        .facts = {.category = rules_find_category(rules, str_from(category)),
                  .family = RULES_NONE},
    };
    struct screening out;
    struct err err = ERR_INIT;
    cr_assert(screen_part(screener, &maker, NULL,
                          &(struct screen_said){.contents = NULL}, &out, &err));
    return out;
}

/* "m@buyer …": who is asked what is inside. */
static void expect_asked(const struct ruleset *rules,
                         const struct screening *screening, const char *want) {
    strbuf_clear(&text);
    for (size_t i = 0; i < screening->asked_count; i++) {
        const struct screen_asked *asked = &screening->asked[i];
        strbuf_printf(
            &text, "%s%s@%s", i == 0 ? "" : " ",
            rules_text(rules, rules_measure(rules, asked->measure)->id),
            rules_text(rules, rules_profile(rules, asked->profile)->id));
    }
    cr_expect(str_eq(strbuf_str(&text), str_from(want)), "'%s', not '%s'",
              text.len == 0 ? "" : text.ptr, want);
}

/* "prohibited m/b@buyer, …" */
static const char *shown(const struct ruleset *rules,
                         const struct screening *screening) {
    strbuf_clear(&text);
    strbuf_printf(&text, "%s:", verdict_name(screening->verdict));
    for (size_t i = 0; i < screening->hit_count; i++) {
        const struct screen_hit *hit = &screening->hits[i];
        strbuf_printf(
            &text, " %s/%s@%s", verdict_name(hit->verdict),
            rules_text(rules, rules_clause(rules, hit->clause)->id),
            rules_text(rules, rules_profile(rules, hit->profile)->id));
    }
    return text.ptr;
}

static void expect_shown(const struct ruleset *rules,
                         const struct screening *screening, const char *want) {
    const char *got = shown(rules, screening);
    cr_expect(strcmp(got, want) == 0, "'%s'\nnot '%s'", got, want);
}

Test(screener, hits_come_worst_first_then_by_profile) {
    struct ruleset *rules = open_measure(TWO_CLAUSES);
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, NULL, profiles);
    struct maker_candidate micron = certain(rules, "micron");
    struct screening out = screen(screener, rules, &micron, 1, "memory");
    expect_shown(rules, &out,
                 "prohibited: prohibited/b@buyer prohibited/b@buyer-5g "
                 "prohibited/b@buyer-5g-core prohibited/b@like-5g "
                 "prohibited/b@like-buyer prohibited/b@seller "
                 "restricted/a@buyer restricted/a@buyer-5g "
                 "restricted/a@buyer-5g-core restricted/a@like-5g "
                 "restricted/a@like-buyer restricted/a@seller "
                 "out-of-scope/c@stranger");
    screener_free(screener);
    ruleset_close(rules);
}

/* Who is not declared needs no word about who else is not bound. */
Test(screener, buyers_who_are_not_bound_are_told_only_when_declared) {
    struct ruleset *rules = open_measure(
        "reach: owned\ncovers: [memory]\nparties: [{party: micron}]\nclauses:\n"
        "  - {id: a, effect: duty, activities: [purchase], from: 2010-01-01,\n"
        "     binds: [buyer]}\n"
        "  - {id: b, effect: duty, activities: [purchase], from: 2010-01-01,\n"
        "     binds: [buyer-5g]}\n");
    uint32_t profiles[16];
    struct maker_candidate micron = certain(rules, "micron");
    struct screener *screener = make_screener(rules, "stranger", profiles);
    struct screening out = screen(screener, rules, &micron, 1, "memory");
    expect_shown(rules, &out, "out-of-scope: out-of-scope/a@stranger");
    cr_expect(eq(int, out.hits[0].reason, REASON_BUYER));
    screener_free(screener);
    screener = make_screener(rules, NULL, profiles);
    out = screen(screener, rules, &micron, 1, "memory");
    cr_expect(strstr(shown(rules, &out), "stranger") == NULL, "%s", text.ptr);
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, a_measure_that_does_not_bind_has_one_row_the_closest) {
    struct ruleset *rules = open_measure(
        "reach: owned\nparties: [{party: micron}]\nclauses:\n"
        "  - {id: other, effect: duty, activities: [purchase],\n"
        "     from: 2010-01-01, binds: [stranger], covers: [all]}\n"
        "  - {id: activity, effect: duty, activities: [fund],\n"
        "     from: 2010-01-01, binds: [buyer], covers: [all]}\n"
        "  - {id: kind, effect: duty, activities: [purchase],\n"
        "     from: 2010-01-01, binds: [buyer], covers: [camera]}\n"
        "  - {id: over, effect: duty, activities: [purchase],\n"
        "     from: 2010-01-01, until: 2011, binds: [buyer], covers: [all]}\n");
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate micron = certain(rules, "micron");
    struct screening out = screen(screener, rules, &micron, 1, "memory");
    expect_shown(rules, &out, "out-of-scope: out-of-scope/kind@buyer");
    cr_expect(eq(int, out.hits[0].reason, REASON_CATEGORY));
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, what_nothing_hits_is_clear_unknown_or_for_review) {
    struct ruleset *rules = open_measure(TWO_CLAUSES);
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate samsung = certain(rules, "samsung");
    struct screening out = screen(screener, rules, NULL, 0, "memory");
    cr_expect(eq(int, out.verdict, VERDICT_UNKNOWN));
    cr_expect(eq(u32, out.owner, RULES_NONE));
    out = screen(screener, rules, &samsung, 1, "memory");
    cr_expect(eq(int, out.verdict, VERDICT_CLEAR));
    samsung.confidence = MAKER_PROBABLE;
    samsung.matched_by = MAKER_BY_SIMILAR;
    out = screen(screener, rules, &samsung, 1, "memory");
    cr_expect(eq(int, out.verdict, VERDICT_REVIEW));
    samsung.matched_by = MAKER_BY_MPN_PREFIX;
    out = screen(screener, rules, &samsung, 1, "memory");
    cr_expect(eq(int, out.verdict, VERDICT_UNKNOWN));
    samsung.matched_by = MAKER_BY_NAME | MAKER_BY_SHARED;
    out = screen(screener, rules, &samsung, 1, "memory");
    cr_expect(eq(int, out.verdict, VERDICT_CLEAR));
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, each_possible_maker_is_asked_about) {
    struct ruleset *rules = open_measure(TWO_CLAUSES);
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate both[] = {certain(rules, "samsung"),
                                     certain(rules, "elpida")};
    both[1].confidence = MAKER_PROBABLE;
    both[1].matched_by = MAKER_BY_SHARED;
    struct screening out = screen(screener, rules, both, 2, "memory");
    expect_shown(rules, &out, "review: review/a@buyer review/b@buyer");
    cr_expect(eq(int, out.hits[0].reason, REASON_SHARED_NAME));
    cr_expect(eq(u32, out.hits[0].party, both[1].party));
    cr_expect(eq(u32, out.hits[0].listed,
                 rules_find_party(rules, STR_LIT("micron"))));
    cr_assert(out.hits[0].candidate != NULL);
    cr_expect(eq(u32, out.hits[0].candidate->party, both[1].party));
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, the_owner_is_that_of_the_first_candidate) {
    struct ruleset *rules = open_measure(TWO_CLAUSES);
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate elpida = certain(rules, "elpida");
    struct screening out = screen(screener, rules, &elpida, 1, "memory");
    cr_expect(eq(u32, out.owner, rules_find_party(rules, STR_LIT("micron"))));
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, the_same_part_gets_the_same_answer_and_another_its_own) {
    struct ruleset *rules = open_measure(
        "reach: owned\nbinds: [buyer]\ncovers: [memory]\nclauses:\n"
        "  - {id: a, effect: prohibit, activities: [purchase],\n"
        "     from: 2010-01-01, made-in: [CN]}\n");
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate samsung = certain(rules, "samsung");
    struct maker maker = {
        .candidates = &samsung,
        .candidate_count = 1,
        .facts = {.category = rules_find_category(rules, STR_LIT("memory"))},
    };
    struct err err = ERR_INIT;
    struct screening first, again, other;
    cr_assert(screen_part(screener, &maker, NULL,
                          &(struct screen_said){.origin = STR_LIT("CN")},
                          &first, &err));
    cr_assert(screen_part(screener, &maker, NULL,
                          &(struct screen_said){.origin = STR_LIT("KR")},
                          &other, &err));
    cr_assert(screen_part(screener, &maker, NULL,
                          &(struct screen_said){.origin = STR_LIT("CN")},
                          &again, &err));
    cr_expect(eq(int, first.verdict, VERDICT_PROHIBITED));
    cr_expect(eq(int, other.verdict, VERDICT_CLEAR));
    cr_expect(first.hits == again.hits && first.hit_count == again.hit_count);
    /* Not the caller's: that one may be gone. */
    cr_expect(first.hits[0].candidate != &samsung);
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, memory_is_trimmed_and_the_answers_stay_right) {
    struct ruleset *rules = open_measure(TWO_CLAUSES);
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct maker_candidate micron = certain(rules, "micron");
    struct maker maker = {
        .candidates = &micron,
        .candidate_count = 1,
        .facts = {.category = rules_find_category(rules, STR_LIT("memory"))},
    };
    struct err err = ERR_INIT;
    for (unsigned i = 0; i < 70000; i++) {
        char origin[16];
        struct screening out;
        snprintf(origin, sizeof(origin), "CN-%u", i);
        screener_trim(screener);
        cr_assert(screen_part(screener, &maker, NULL,
                              &(struct screen_said){.origin = str_from(origin)},
                              &out, &err));
        cr_assert(eq(int, out.verdict, VERDICT_PROHIBITED));
    }
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, a_supplier_is_judged_by_what_weighs_most) {
    struct ruleset *rules = open_measure(
        "reach: owned\nbinds: [buyer]\ncovers: [memory]\n"
        "parties: [{party: micron}]\nclauses:\n"
        "  - {id: duty, effect: duty, activities: [purchase],\n"
        "     from: 2024-02-01}\n"
        "  - {id: late, effect: prohibit, activities: [purchase],\n"
        "     from: 2029-01-01}\n"
        "  - {id: soon, effect: prohibit, activities: [purchase],\n"
        "     from: 2025-01-01}\n");
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, "buyer", profiles);
    struct screen_hit hit;
    struct err err = ERR_INIT;
    enum verdict verdict;
    uint32_t memory = rules_find_category(rules, STR_LIT("memory"));
    cr_assert(screen_party(screener, rules_find_party(rules, STR_LIT("micron")),
                           memory, profiles[0], &verdict, &hit, &err));
    cr_expect(eq(int, verdict, VERDICT_UPCOMING));
    cr_expect(strcmp(rules_text(rules, rules_clause(rules, hit.clause)->id),
                     "soon") == 0);
    cr_assert(screen_party(screener, rules_find_party(rules, STR_LIT("mute")),
                           memory, profiles[0], &verdict, NULL, &err));
    cr_expect(eq(int, verdict, VERDICT_CLEAR));
    screener_free(screener);
    ruleset_close(rules);
}

Test(screener, verdicts_and_reasons_have_names) {
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        const char *name = verdict_name((enum verdict)v);
        cr_expect(eq(int, verdict_parse(str_from(name)), (int)v));
    }
    cr_expect(eq(int, verdict_parse(STR_LIT("prohibite")), VERDICT_COUNT));
    cr_expect(eq(int, verdict_parse(STR_EMPTY), VERDICT_COUNT));
    cr_expect(screen_reason_name(REASON_NONE) == NULL);
    for (unsigned r = REASON_NONE + 1; r < REASON_COUNT; r++)
        cr_expect(screen_reason_name((enum screen_reason)r) != NULL, "%u", r);
    cr_expect(
        eq(int, verdict_worst(VERDICT_CLEAR, VERDICT_REVIEW), VERDICT_REVIEW));
    cr_expect(eq(int, verdict_worst(VERDICT_PROHIBITED, VERDICT_UPCOMING),
                 VERDICT_PROHIBITED));
}

#define REACHES_INSIDE                                                         \
    "reach: owned\nbinds: [buyer]\ncovers: [all]\n"                            \
    "parties: [{party: micron}]\nclauses:\n"                                   \
    "  - {id: a, effect: prohibit, activities: [purchase],\n"                  \
    "     from: 2030-01-01, inside: true}\n"                                   \
    "  - {id: b, effect: duty, activities: [purchase],\n"                      \
    "     from: 2010-01-01, until: 2011-01-01, inside: true}\n"

Test(screener, an_assembly_is_asked_what_is_inside) {
    struct ruleset *rules = open_measure(REACHES_INSIDE);
    static const struct {
        const char *party, *category, *asked;
    } cases[] = {
        {"samsung", "storage/ssd",
         "m@buyer m@buyer-5g m@buyer-5g-core "
         "m@like-5g m@like-buyer m@seller"},
        {"samsung", "memory/nand", ""},
        {"", "storage/ssd",
         "m@buyer m@buyer-5g m@buyer-5g-core m@like-5g "
         "m@like-buyer m@seller"},
        /* Whose own part it is is known. */
        {"micron", "storage/ssd", ""},
        /* A hint that there is something inside asks of any part. */
        {"box", "storage/ssd",
         "m@buyer m@buyer-5g m@buyer-5g-core m@like-5g "
         "m@like-buyer m@seller"},
    };
    uint32_t profiles[16];
    struct screener *screener = make_screener(rules, NULL, profiles);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        bool known = cases[i].party[0] != '\0';
        struct maker_candidate candidate = {.party = RULES_NONE};
        if (known)
            candidate = certain(rules, cases[i].party);
        struct screening out =
            screen(screener, rules, &candidate, known, cases[i].category);
        expect_asked(rules, &out, cases[i].asked);
    }
    screener_free(screener);
    ruleset_close(rules);
}

/* The one profile of a strict check. */
static struct screener *make_strict(const struct ruleset *rules,
                                    uint32_t *profile) {
    *profile = rules_find_profile(rules, STR_LIT("buyer"));
    const struct screen_options options = {
        .rules = rules,
        .profiles = profile,
        .profile_count = 1,
        .declared = true,
        .activity = RULES_PURCHASE,
        .as_of = screen_day("2024-01-01"),
        .strict_contents = true,
    };
    struct screener *screener = screener_new(&options);
    cr_assert(screener != NULL);
    return screener;
}

Test(screener, a_strict_check_hits_what_nobody_declares) {
    struct ruleset *rules = open_measure(REACHES_INSIDE);
    static const struct {
        const char *party;
        uint8_t contents;
        const char *shown, *asked;
    } cases[] = {
        {"samsung", CONTENTS_OPEN, "review: review/a@buyer", "m@buyer"},
        {"samsung", CONTENTS_NONE, "clear:", "m@buyer"},
        {"samsung", CONTENTS_LISTED, "upcoming: upcoming/a@buyer", "m@buyer"},
        {"samsung", CONTENTS_LAPSED, "review: review/a@buyer", "m@buyer"},
        {"box", CONTENTS_OPEN, "review: review/a@buyer", "m@buyer"},
        {"box", CONTENTS_NONE, "clear:", "m@buyer"},
    };
    uint32_t profile;
    struct screener *screener = make_strict(rules, &profile);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct maker_candidate candidate = certain(rules, cases[i].party);
        struct maker maker = {
            .candidates = &candidate,
            .candidate_count = 1,
            .facts = {.category =
                          rules_find_category(rules, STR_LIT("storage/ssd"))},
        };
        const struct screen_said said = {.contents = &cases[i].contents};
        struct screening out;
        struct err err = ERR_INIT;
        cr_assert(screen_part(screener, &maker, NULL, &said, &out, &err));
        expect_shown(rules, &out, cases[i].shown);
        expect_asked(rules, &out, cases[i].asked);
    }
    enum verdict verdict;
    struct err err = ERR_INIT;
    cr_assert(screen_party(screener,
                           rules_find_party(rules, STR_LIT("samsung")),
                           rules_find_category(rules, STR_LIT("storage/ssd")),
                           profile, &verdict, NULL, &err));
    cr_expect(eq(int, verdict, VERDICT_CLEAR));
    screener_free(screener);
    ruleset_close(rules);
}
