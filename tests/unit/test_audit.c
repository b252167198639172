#include <stddef.h>
#include <string.h>

#include "history_fixture.h"

#include <criterion/new/assert.h>

#include "core/mem.h"
#include "history/audit.h"
#include "history/audit_inside.h"

/* Hand-made histories, and what an auditor would say of them. */

static struct temp_folder folder;
static char path[TEMP_PATH_MAX];
static struct history *history;

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    cr_assert(history_open(&history, temp_path(&folder, "history.db", path),
                           HISTORY_RECORD, &err),
              "%s", err.msg);
}

static void tear_down(void) {
    mem_fail_after(0);
    history_close(history);
    temp_folder_remove(&folder);
}

TestSuite(audit, .timeout = 60, .init = set_up, .fini = tear_down);

#define TELL(...) tell_run(path, &(struct told_run){__VA_ARGS__})

/* Micron's memory, prohibited; and a part that nobody minds. */
#define DRAM                                                                   \
    {                                                                          \
        .refdes = "U1", .maker = "Micron", .mpn = "MT41K",                     \
        .verdict = "prohibited", .party = "micron"                             \
    }
#define CLEAN_DRAM                                                             \
    { .refdes = "U1", .maker = "Micron", .mpn = "MT41K" }
#define CAMERA                                                                 \
    {                                                                          \
        .refdes = "U2", .maker = "Hikvision", .mpn = "DS-2CD",                 \
        .verdict = "prohibited", .party = "hikvision"                          \
    }
#define CLEAN                                                                  \
    { .refdes = "U9", .maker = "ST", .mpn = "STM32" }

static struct audit_options options_for(const char *quarter) {
    struct audit_options options = {.profiles = NULL};
    struct err err = ERR_INIT;
    cr_assert(
        audit_period_quarter(&options.period, str_from(quarter), 1, &err));
    return options;
}

static struct audit *make(const struct audit_options *options) {
    struct audit *audit = NULL;
    struct err err = ERR_INIT;
    cr_assert(audit_make(&audit, history, options, &err), "%s", err.msg);
    return audit;
}

static struct audit *audit_of(const char *quarter) {
    struct audit_options options = options_for(quarter);
    return make(&options);
}

static void expect_counts(const struct audit *audit, uint32_t new,
                          uint32_t persisting, uint32_t resolved,
                          uint32_t not_checked, uint32_t passing) {
    const uint32_t wanted[] = {new, persisting, resolved, not_checked, passing};
    uint32_t sum = 0;
    for (int s = 0; s < AUDIT_STATE_COUNT; s++) {
        enum audit_state state = (enum audit_state)s;
        cr_expect_eq(audit_count(audit, state), wanted[s], "%s: %u, not %u",
                     audit_state_name(state), audit_count(audit, state),
                     wanted[s]);
        sum += wanted[s];
    }
    cr_expect_eq(audit->finding_count, sum);
}

static const struct audit_finding *find(const struct audit *audit,
                                        const char *mpn) {
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (strcmp(audit->findings[i].fact->mpn, mpn) == 0)
            return &audit->findings[i];
    }
    cr_fatal("no finding of %s", mpn);
    return NULL;
}

Test(audit, new_persisting_and_resolved_by_design) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM, CLEAN));
    TELL(.time = "2026-05-04T11:00:00Z", .product = "board-b",
         TOLD_PARTS(CAMERA));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM, CAMERA));
    TELL(.time = "2026-08-04T11:00:00Z", .product = "board-b",
         TOLD_PARTS(CLEAN));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 1, 1, 1, 0, 0);
    const struct audit_finding *brought = &audit->findings[0];
    cr_expect_eq(brought->state, AUDIT_NEW);
    cr_expect_eq(brought->cause, AUDIT_DESIGN);
    cr_expect_str_eq(brought->fact->mpn, "DS-2CD");
    cr_expect_str_eq(brought->series->board->product, "board-a");
    cr_expect_str_eq(brought->refdes, "U2");
    const struct audit_finding *gone = &audit->findings[2];
    cr_expect_eq(gone->state, AUDIT_RESOLVED);
    cr_expect_eq(gone->cause, AUDIT_DESIGN);
    cr_expect_str_eq(gone->series->board->product, "board-b");
    cr_expect_eq(audit->boards, 2);
    cr_expect_eq(audit->run_count, 2);
    cr_expect_eq(audit->lines, 3);
    cr_expect_not(audit_is_broken(audit));
    audit_free(audit);
}

Test(audit, nothing_is_new_in_a_quarter_like_the_one_before) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 1, 0, 0, 0);
    cr_expect_null(audit->findings[0].before);
    audit_free(audit);
}

Test(audit, what_was_not_checked_again_is_not_resolved) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .product = "board-b",
         TOLD_PARTS(CLEAN));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 1, 0);
    cr_assert_eq(audit->missed_count, 1);
    cr_expect_str_eq(audit->missed[0]->product, "board-a");
    audit_free(audit);
}

Test(audit, another_profile_or_activity_is_another_series) {
    TELL(.time = "2026-05-04T10:00:00Z", .profiles = {"buyer"},
         TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .profiles = {"other"},
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-08-04T11:00:00Z", .activity = "use",
         TOLD_PARTS(CLEAN_DRAM));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 1, 0);
    audit_free(audit);
}

Test(audit, the_same_product_of_another_repository_is_another_board) {
    TELL(.time = "2026-05-04T10:00:00Z", .repository = "a/x", TOLD_PARTS(DRAM));
    TELL(.time = "2026-05-05T10:00:00Z", .path = "one/bom.csv",
         .product = "bom.csv", TOLD_PARTS(CAMERA));
    TELL(.time = "2026-08-04T10:00:00Z", .repository = "b/x",
         TOLD_PARTS(CLEAN));
    TELL(.time = "2026-08-05T10:00:00Z", .path = "two/bom.csv",
         .product = "bom.csv", TOLD_PARTS(CLEAN));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 2, 0);
    audit_free(audit);
}

Test(audit, first_checked_is_new_and_says_so) {
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 1, 0, 0, 0, 0);
    cr_expect_eq(audit->findings[0].cause, AUDIT_FIRST_CHECKED);
    cr_expect_not(audit->covered[0].before);
    audit_free(audit);
}

Test(audit, the_newest_run_of_the_quarter_speaks) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(CLEAN));
    TELL(.time = "2026-07-01T00:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-09-30T23:59:59Z", TOLD_PARTS(CLEAN));
    TELL(.time = "2026-10-01T00:00:00Z", TOLD_PARTS(CAMERA));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 0, 1);
    cr_expect_str_eq(audit->findings[0].fact->mpn, "MT41K");
    cr_expect_str_eq(audit->findings[0].run->time, "2026-07-01T00:00:00Z");
    cr_expect_eq(audit->run_count, 2);
    audit_free(audit);
}

Test(audit, an_announced_rule_that_comes_into_force_is_told) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS({.refdes = "U1",
                                                     .maker = "Micron",
                                                     .mpn = "MT41K",
                                                     .verdict = "upcoming"}));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 1, 0, 0, 0);
    cr_assert_not_null(audit->findings[0].before);
    cr_expect_eq(audit->findings[0].before->verdict, VERDICT_UPCOMING);
    cr_expect_eq(audit->findings[0].fact->verdict, VERDICT_PROHIBITED);
    audit_free(audit);
}

Test(audit, other_rules_another_program_and_a_day_are_causes) {
    static const struct {
        const char *rules, *tool, *as_of;
        enum audit_cause cause;
    } cases[] = {
        {"r2", "0.1.0", "2026-08-04", AUDIT_RULES},
        {"r1", "0.2.0", "2026-08-04", AUDIT_PROGRAM},
        {"r1", "0.1.0", "2026-08-04", AUDIT_DAY},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char product[16];
        snprintf(product, sizeof(product), "board-%zu", i);
        TELL(.time = "2026-05-04T10:00:00Z", .product = product,
             TOLD_PARTS(CLEAN_DRAM, CAMERA));
    }
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char product[16];
        snprintf(product, sizeof(product), "board-%zu", i);
        TELL(.time = "2026-08-04T10:00:00Z", .product = product,
             .rules = cases[i].rules, .tool = cases[i].tool,
             .as_of = cases[i].as_of,
             TOLD_PARTS(
                 DRAM,
                 {.refdes = "U2", .maker = "Hikvision", .mpn = "DS-2CD"}));
    }
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 3, 0, 3, 0, 0);
    for (size_t i = 0; i < audit->finding_count; i++) {
        const struct audit_finding *finding = &audit->findings[i];
        int board = finding->series->board->product[6] - '0';
        cr_expect_eq(finding->cause, cases[board].cause, "%s, board %d: %s",
                     audit_state_name(finding->state), board,
                     audit_cause_name(finding->cause));
    }
    audit_free(audit);
}

Test(audit, a_day_that_passed_is_the_cause_where_no_rule_of_it_changed) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2",
         TOLD_PARTS({.refdes = "U1",
                     .maker = "Micron",
                     .mpn = "MT41K",
                     .verdict = "prohibited",
                     .since = "2026-07-01"}));
    struct audit *audit = audit_of("2026Q3");
    cr_expect_eq(find(audit, "MT41K")->cause, AUDIT_DAY);
    audit_free(audit);
}

#define LAW(from)                                                              \
    "id: law\ntitle: A law\nauthority: A\njurisdiction: CN\n"                  \
    "citation: Act 1\nannounced: 2020-01-01\nknown-to: 2025-01-01\n"           \
    "binds: [buyer]\ncovers: [all]\nparties:\n  - {party: micron}\n"           \
    "clauses:\n  - {id: purchase, effect: prohibit, activities: [purchase], "  \
    "from: " from "}\n"

Test(audit, the_change_of_the_rules_that_brought_a_finding_is_told) {
    TELL(.time = "2026-05-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2026-01-01"), TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    const struct audit_finding *finding = find(audit, "MT41K");
    cr_expect_eq(finding->cause, AUDIT_RULES);
    cr_assert_eq(finding->change_count, 1);
    cr_expect_str_eq(finding->changes[0]->field, "from");
    cr_expect_str_eq(finding->changes[0]->before, "2027-01-01");
    cr_assert_eq(audit->step_count, 1);
    cr_expect_str_eq(audit->steps[0].before->version, "r1");
    cr_expect_str_eq(audit->steps[0].rules->version, "r2");
    cr_assert_eq(audit->steps[0].change_count, 1);
    cr_expect_str_eq(audit->steps[0].changes[0].name, "law");
    cr_expect_eq(audit->steps[0].changes[0].brought, 1);
    cr_expect_eq(audit->steps[0].changes[0].changed, 1);
    cr_assert_eq(audit->rules_count, 1);
    cr_expect(audit->rules[0]->is_new);
    audit_free(audit);
}

/* What a step says first: "law.from 2027-01-01 -> 2026-01-01". */
static void expect_step(const struct audit *audit, size_t number,
                        const char *want) {
    char got[128] = "nothing";
    cr_assert_gt(audit->step_count, number);
    const struct audit_rule_step *step = &audit->steps[number];
    if (step->change_count != 0) {
        const struct audit_change *change = step->changes[0].changes[0];
        snprintf(got, sizeof(got), "%s.%s %s -> %s", change->name,
                 change->field, change->before, change->after);
    }
    cr_expect_str_eq(got, want);
}

#define LAW_FINDING                                                            \
    {                                                                          \
        .refdes = "U1", .maker = "Micron", .mpn = "MT41K",                     \
        .verdict = "prohibited", .party = "micron", .measure = "law"           \
    }

Test(audit, going_back_to_earlier_rules_is_told_the_right_way_round) {
    TELL(.time = "2026-02-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-05-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2026-01-01"), TOLD_PARTS(LAW_FINDING));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(CLEAN_DRAM));
    struct audit *audit = audit_of("2026Q3");
    const struct audit_finding *finding = find(audit, "MT41K");
    cr_expect_eq(finding->state, AUDIT_RESOLVED);
    cr_expect_eq(finding->cause, AUDIT_RULES);
    cr_assert_eq(finding->change_count, 1);
    cr_expect_str_eq(finding->changes[0]->after, "2027-01-01");
    cr_assert_eq(audit->step_count, 1);
    expect_step(audit, 0, "law.from 2026-01-01 -> 2027-01-01");
    cr_expect_eq(audit->steps[0].changes[0].ended, 1);
    cr_expect_not(audit->rules[0]->is_new);
    audit_free(audit);
}

Test(audit, boards_under_other_rules_do_not_stand_between_two_rule_sets) {
    TELL(.time = "2026-05-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-05-05T10:00:00Z", .product = "board-b", .rules = "other",
         .rule_text = LAW("2025-01-01"), TOLD_PARTS(CLEAN));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2026-01-01"), TOLD_PARTS(LAW_FINDING));
    TELL(.time = "2026-08-05T10:00:00Z", .product = "board-b", .rules = "other",
         .rule_text = LAW("2025-01-01"), TOLD_PARTS(CLEAN));
    struct audit *audit = audit_of("2026Q3");
    cr_assert_eq(audit->step_count, 1);
    expect_step(audit, 0, "law.from 2027-01-01 -> 2026-01-01");
    cr_expect_eq(audit->steps[0].changes[0].brought, 1);
    audit_free(audit);
}

/* r1 and r2 are both told against `other`. */
Test(audit, what_changed_on_the_way_and_back_is_no_change) {
    TELL(.time = "2026-05-01T10:00:00Z", .product = "board-b", .rules = "other",
         .rule_text = LAW("2025-01-01"), TOLD_PARTS(CLEAN));
    TELL(.time = "2026-05-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-05-05T10:00:00Z", .product = "board-c", .rules = "r2",
         .rule_text = LAW("2027-01-01") "original-title: Said otherwise\n",
         TOLD_PARTS(CLEAN));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2027-01-01") "original-title: Said otherwise\n",
         TOLD_PARTS(CLEAN_DRAM));
    struct audit *audit = audit_of("2026Q3");
    cr_assert_eq(audit->step_count, 1);
    cr_assert_eq(audit->steps[0].change_count, 1);
    cr_expect_eq(audit->steps[0].changes[0].change_count, 1);
    expect_step(audit, 0, "law.original-title  -> Said otherwise");
    audit_free(audit);
}

Test(audit, a_verdict_that_a_rule_raised_has_its_cause) {
    TELL(.time = "2026-05-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS({.refdes = "U1",
                     .maker = "Micron",
                     .mpn = "MT41K",
                     .verdict = "upcoming",
                     .party = "micron",
                     .measure = "law"}));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2026-01-01"), TOLD_PARTS(LAW_FINDING));
    struct audit *audit = audit_of("2026Q3");
    const struct audit_finding *finding = find(audit, "MT41K");
    expect_counts(audit, 0, 1, 0, 0, 0);
    cr_expect_eq(finding->cause, AUDIT_RULES);
    cr_expect_eq(finding->change_count, 1);
    cr_assert_eq(audit->step_count, 1);
    cr_expect_eq(audit->steps[0].changes[0].altered, 1);
    audit_free(audit);
}

Test(audit, rule_files_that_come_later_tell_what_changed_from_then_on) {
    TELL(.time = "2026-05-04T10:00:00Z", .rule_text = LAW("2027-01-01"),
         TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .rules = "r2", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    cr_assert_eq(audit->step_count, 1);
    expect_step(audit, 0, "nothing");
    audit_free(audit);
    TELL(.time = "2026-11-04T10:00:00Z", .rules = "r2",
         .rule_text = LAW("2026-01-01"), TOLD_PARTS(DRAM));
    audit = audit_of("2026Q3");
    expect_step(audit, 0, "nothing"); /* closed is closed */
    audit_free(audit);
    TELL(.time = "2027-02-04T10:00:00Z", .rules = "r1",
         .rule_text = LAW("2027-01-01"), TOLD_PARTS(CLEAN_DRAM));
    audit = audit_of("2027Q1");
    expect_step(audit, 0, "law.from 2026-01-01 -> 2027-01-01");
    audit_free(audit);
}

Test(audit, what_ifs_are_left_out) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-05T10:00:00Z", .as_of = "2027-12-23",
         TOLD_PARTS(CAMERA));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 1, 0, 0, 0);
    cr_expect_eq(audit->what_ifs, 1);
    cr_expect_eq(audit->run_count, 2);
    audit_free(audit);
}

Test(audit, silence_of_a_partial_run_resolves_nothing) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-05-04T11:00:00Z", .product = "board-b",
         TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .lost = 1, TOLD_PARTS(CAMERA));
    TELL(.time = "2026-08-04T11:00:00Z", .product = "board-b",
         .inconclusive = true, TOLD_PARTS(CLEAN));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 1, 0, 0, 2, 0);
    cr_expect_eq(audit->partial, 2);
    cr_expect_eq(audit->covered_count, 2);
    cr_expect_not(audit->covered[0].checked);
    audit_free(audit);
}

Test(audit, a_partial_run_adds_to_the_complete_one_before_it) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(CLEAN));
    TELL(.time = "2026-08-05T10:00:00Z", .lost = 1, TOLD_PARTS(CAMERA));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 1, 0, 1, 0, 0);
    cr_expect_str_eq(find(audit, "MT41K")->fact->mpn, "MT41K");
    cr_expect_eq(find(audit, "MT41K")->state, AUDIT_RESOLVED);
    audit_free(audit);
}

Test(audit, a_run_that_looks_back_resolves_nothing) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", .as_of = "2020-01-01",
         TOLD_PARTS(CLEAN_DRAM));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 1, 0);
    cr_expect_eq(audit->stale, 1);
    audit_free(audit);
}

Test(audit, a_line_that_says_something_else_is_by_design) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(CLEAN_DRAM));
    TELL(.time = "2026-08-04T10:00:00Z",
         TOLD_PARTS({.refdes = "U1",
                     .maker = "Micron",
                     .mpn = "MT41K",
                     .description = "DDR3L SDRAM",
                     .verdict = "prohibited"}));
    struct audit *audit = audit_of("2026Q3");
    cr_expect_eq(find(audit, "MT41K")->cause, AUDIT_DESIGN);
    audit_free(audit);
}

Test(audit, one_part_on_two_lines_is_one_finding) {
    TELL(.time = "2026-08-04T10:00:00Z",
         TOLD_PARTS(DRAM, {.refdes = "U7",
                           .maker = "Micron",
                           .mpn = "MT41K",
                           .verdict = "prohibited"}));
    struct audit *audit = audit_of("2026Q3");
    expect_counts(audit, 1, 0, 0, 0, 0);
    cr_expect_str_eq(audit->findings[0].refdes, "U1, U7");
    cr_expect_eq(audit->findings[0].lines, 2);
    audit_free(audit);
}

Test(audit, profiles_and_products_narrow_it) {
    TELL(.time = "2026-08-04T10:00:00Z", .profiles = {"buyer", "other"},
         TOLD_PARTS(DRAM, {.refdes = "U2",
                           .maker = "Hikvision",
                           .mpn = "DS-2CD",
                           .verdict = "review",
                           .party = "hikvision",
                           .profile = "other"}));
    TELL(.time = "2026-08-04T11:00:00Z", .product = "board-b",
         TOLD_PARTS(DRAM));
    const char *profiles[] = {"other"};
    struct audit_options options = options_for("2026Q3");
    options.product = "board-b";
    struct audit *audit = make(&options);
    expect_counts(audit, 1, 0, 0, 0, 0);
    cr_expect_eq(audit->run_count, 1);
    audit_free(audit);
    options.product = NULL;
    options.profiles = profiles;
    options.profile_count = 1;
    audit = make(&options);
    expect_counts(audit, 1, 0, 0, 0, 0);
    cr_expect_str_eq(audit->findings[0].fact->profile, "other");
    cr_expect_eq(audit->run_count, 1);
    audit_free(audit);
}

Test(audit, waivers_by_when_they_end) {
    static const struct history_waiver past = {.measure = "law",
                                               .expires = "2026-09-29"},
                                       last_day = {.measure = "law",
                                                   .expires = "2026-09-30",
                                                   .approved_by = "Ann"},
                                       soon = {.measure = "law",
                                               .expires = "2026-12-31"},
                                       late = {.measure = "law",
                                               .expires = "2027-01-01"};
    TELL(.time = "2026-08-04T10:00:00Z",
         .waivers = {&past, &last_day, &soon, &late},
         TOLD_PARTS({.refdes = "U1",
                     .maker = "Micron",
                     .mpn = "MT41K",
                     .verdict = "prohibited",
                     .waiver = &last_day}));
    struct audit *audit = audit_of("2026Q3");
    cr_expect_eq(audit->expired.count, 1);
    cr_expect_eq(audit->active.count, 1);
    cr_assert_eq(audit->expiring.count, 2);
    cr_expect_str_eq(audit->expiring.items[0]->approved_by, "Ann");
    cr_expect_eq(audit->expiring.items[0]->findings, 1);
    cr_expect(audit->findings[0].waived);
    cr_expect_eq(audit->trend[AUDIT_POINTS - 1].waived, 1);
    audit_free(audit);
}

Test(audit, the_trend_is_made_as_the_audits_are) {
    static const char *const months[] = {"2024-08", "2024-11", "2025-02",
                                         "2025-05", "2025-08", "2025-11",
                                         "2026-02", "2026-05", "2026-08"};
    for (size_t i = 0; i < 9; i++) {
        char time[32];
        snprintf(time, sizeof(time), "%s-04T10:00:00Z", months[i]);
        if (i % 2 == 0)
            TELL(.time = time, TOLD_PARTS(DRAM, CLEAN));
        else
            TELL(.time = time, TOLD_PARTS(CLEAN));
    }
    struct audit *audit = audit_of("2026Q3");
    for (size_t i = 0; i < AUDIT_POINTS; i++) {
        const struct audit_point *point = &audit->trend[i];
        bool flagged = i % 2 == 1;
        cr_expect_eq(point->boards, 1);
        cr_expect_eq(point->runs, 1);
        cr_expect_eq(point->lines, flagged ? 2 : 1);
        cr_expect_eq(point->flagged[VERDICT_PROHIBITED], flagged ? 1 : 0);
        cr_expect_eq(point->brought, flagged ? 1 : 0);
        cr_expect_eq(point->resolved, flagged ? 0 : 1);
    }
    cr_expect_eq(audit->trend[7].period.quarter, 3);
    cr_expect_eq(audit->trend[0].period.year, 2024);
    cr_expect_eq(audit->trend[0].period.quarter, 4);
    audit_free(audit);
}

static void run_sql(const char *sql) {
    struct err err = ERR_INIT;
    cr_assert(history_exec(history, sql, &err), "%s", err.msg);
}

Test(audit, the_head_that_was_printed_before_must_stand) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q2");
    char head[DIGEST_HEX_SIZE];
    strcpy(head, audit->chain.head);
    cr_expect_eq(strlen(head), 64);
    audit_free(audit);
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit_options options = options_for("2026Q3");
    options.previous = head;
    audit = make(&options);
    cr_expect(audit->chain.previous_holds);
    cr_expect_not(audit_is_broken(audit));
    cr_expect_str_eq(audit->chain.previous_time, "2026-05-04T10:00:00Z");
    cr_expect_str_neq(audit->chain.head, head);
    char later[DIGEST_HEX_SIZE];
    strcpy(later, audit->chain.head);
    audit_free(audit);
    options = options_for("2026Q2");
    options.previous = later; /* of a run after the period */
    audit = make(&options);
    cr_expect_str_eq(audit->chain.head, head);
    cr_expect_not(audit->chain.previous_holds);
    cr_expect(audit_is_broken(audit));
    audit_free(audit);
}

Test(audit, a_record_that_was_changed_shows) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    run_sql("UPDATE run SET actor = 'somebody else' WHERE id = 2");
    struct audit *audit = audit_of("2026Q3");
    cr_expect_eq(audit->chain.fault_count, 1);
    cr_expect(audit_is_broken(audit));
    audit_free(audit);
    audit = audit_of("2026Q2");
    cr_expect_not(audit_is_broken(audit));
    audit_free(audit);
    run_sql("DELETE FROM run WHERE id = 1; DELETE FROM link WHERE id = 1;"
            "UPDATE run SET actor = NULL WHERE id = 2");
    audit = audit_of("2026Q3");
    cr_expect(audit_is_broken(audit));
    audit_free(audit);
}

Test(audit, a_forgotten_run_is_listed) {
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-05T10:00:00Z", TOLD_PARTS(DRAM));
    run_sql("DELETE FROM run WHERE id = 1;"
            "UPDATE link SET forgotten = '2026-10-01', why = 'asked to' "
            "WHERE id = 1");
    struct audit *audit = audit_of("2026Q3");
    cr_assert_eq(audit->forgotten_count, 1);
    cr_expect_str_eq(audit->forgotten[0].why, "asked to");
    cr_expect_eq(audit->run_count, 1);
    cr_expect_not(audit_is_broken(audit));
    audit_free(audit);
}

Test(audit, what_is_recorded_later_changes_no_closed_quarter) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-10-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *before = audit_of("2026Q3");
    TELL(.time = "2026-09-30T10:00:00Z", TOLD_PARTS(CLEAN, CAMERA));
    struct audit *after = audit_of("2026Q3");
    expect_counts(after, 0, 1, 0, 0, 0);
    cr_expect_str_eq(after->chain.head, before->chain.head);
    audit_free(before);
    audit_free(after);
    /* It counts where it was recorded: it shows, but resolves nothing. */
    after = audit_of("2026Q4");
    expect_counts(after, 0, 1, 0, 0, 1);
    cr_expect_eq(after->stale, 1);
    audit_free(after);
}

Test(audit, a_forgotten_run_with_a_wrong_clock_holds_up_nothing) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2036-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2026Q3");
    cr_expect_eq(audit->run_count, 0);
    audit_free(audit);
    run_sql("DELETE FROM run WHERE id = 2;"
            "UPDATE link SET forgotten = '2026-08-03' WHERE id = 2");
    audit = audit_of("2026Q3");
    expect_counts(audit, 0, 1, 0, 0, 0);
    audit_free(audit);
}

Test(audit, an_empty_quarter_has_no_run) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    struct audit *audit = audit_of("2025Q1");
    cr_expect_eq(audit->run_count, 0);
    cr_expect_str_eq(audit->chain.head, "");
    audit_free(audit);
    audit = audit_of("2026Q3");
    expect_counts(audit, 0, 0, 0, 1, 0);
    cr_expect_eq(audit->run_count, 0);
    audit_free(audit);
}

/* Only what has a row a run may be read from end to end. */
Test(audit, no_statement_scans_lines_findings_parts_texts_or_boms) {
    static const char *const small[] = {
        "SCAN link",  "SCAN ruleset",  "SCAN CONSTANT ROW", "SCAN back",
        "SCAN forth", "SCAN meeting",  "SCAN way",          "SCAN told",
        "SCAN sum",   "SCAN (subquery"};
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM));
    for (size_t i = 0; i < AUDIT_SQL_COUNT; i++) {
        struct strbuf sql = {.ptr = NULL};
        struct query query = {.history = NULL};
        struct err err = ERR_INIT;
        bool row = true;
        strbuf_printf(&sql, "EXPLAIN QUERY PLAN %s", audit_sql[i]);
        cr_assert(query_open(&query, history, sql.ptr, &err), "%s", err.msg);
        while (query_next(&query, &row, &err) && row) {
            struct str step = query_text(&query, 3);
            bool fine = !str_starts(step, STR_LIT("SCAN"));
            for (size_t k = 0; k < sizeof(small) / sizeof(small[0]); k++)
                fine = fine || str_starts(step, str_from(small[k]));
            cr_expect(fine, "%s\n%.*s", audit_sql[i], STR_ARG(step));
        }
        query_close(&query);
        strbuf_dispose(&sql);
    }
}

Test(audit, memory_runs_out_without_a_leak) {
    TELL(.time = "2026-05-04T10:00:00Z", TOLD_PARTS(DRAM, CAMERA));
    TELL(.time = "2026-08-04T10:00:00Z", TOLD_PARTS(DRAM, CLEAN));
    struct audit_options options = options_for("2026Q3");
    for (size_t n = 1;; n++) {
        struct audit *audit = NULL;
        struct err err = ERR_INIT;
        mem_fail_after(n);
        bool ok = audit_make(&audit, history, &options, &err);
        bool failed = mem_failed();
        mem_fail_after(0);
        cr_assert(ok != failed, "at allocation %zu", n);
        if (ok) {
            audit_free(audit);
            break;
        }
        cr_assert_eq(err.code, ERR_NOMEM, "at allocation %zu: %s", n, err.msg);
    }
}
