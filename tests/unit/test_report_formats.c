#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "report_fixture.h"

TestSuite(report_formats, .timeout = 60);

static const struct fixture_line lines[] = {
    {"R1", "", "", "", NULL, VERDICT_UNKNOWN, REASON_NONE},
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"U3", "1", "Acme", "AC-2", "acme", VERDICT_OUT_OF_SCOPE, REASON_BUYER},
    {"U4", "1", "Acme", "AC-3", "acme", VERDICT_REVIEW, REASON_CHECK},
    {"U5", "1", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
};

static const struct waiver waiver = {
    .measure = "no-acme",
    .kind = "exception",
    .reason = "the council <agreed> [here](http://example.com)",
    .approved_by = "Ann",
    .expires = 20000,
    .path = ".bomgate-waivers.yaml",
    .line = 3,
};

static char *text_of(const char *format, const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(str_from(format)),
                                fixture, &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    return text;
}

static json_t *json_of(const char *format, const struct fixture *fixture) {
    char *text = text_of(format, fixture);
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    cr_assert(root != NULL, "line %d: %s", error.line, error.text);
    free(text);
    return root;
}

static const char *word(json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static void expect_text(const char *format, const struct fixture *fixture,
                        const char *wanted, bool there) {
    char *text = text_of(format, fixture);
    cr_expect((strstr(text, wanted) != NULL) == there, "%s%s in\n%s", wanted,
              there ? " is not" : " is", text);
    free(text);
}

Test(report_formats, the_longest_extension_picks_the_format) {
    static const struct {
        const char *path, *name;
    } cases[] = {
        {"a.sarif", "sarif"},        {"a.sarif.json", "sarif"},
        {"a.xml", "junit"},          {"a.json", "json"},
        {"a.cdx.json", "cyclonedx"}, {"a.CDX.JSON", "cyclonedx"},
        {"a.gitlab.json", "gitlab"}, {"out/cdx.json", "json"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect_str_eq(report_format_by_path(cases[i].path)->name,
                         cases[i].name, "%s", cases[i].path);
    cr_expect(report_format_by_path(".cdx.json") ==
              report_format_by_name(STR_LIT("json")));
    cr_expect(report_format_by_path("github") == NULL);
}

/* --- SARIF --- */

static json_t *run_of(json_t *root) {
    return json_array_get(json_object_get(root, "runs"), 0);
}

static json_t *result_at(json_t *root, size_t i) {
    return json_array_get(json_object_get(run_of(root), "results"), i);
}

static json_t *rule_at(json_t *root, json_t *index) {
    json_t *driver =
        json_object_get(json_object_get(run_of(root), "tool"), "driver");
    return json_array_get(json_object_get(driver, "rules"),
                          (size_t)json_integer_value(index));
}

Test(report_formats, sarif_has_the_worst_first_and_nothing_out_of_scope) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    json_t *root = json_of("sarif", &fixture);
    static const char *const levels[] = {"error", "error", "warning", "note"};
    json_t *results = json_object_get(run_of(root), "results");
    cr_assert_eq(json_array_size(results), ARRAY_LEN(levels));
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        json_t *result = result_at(root, i);
        cr_expect_str_eq(word(result, "level"), levels[i], "result %zu", i);
        json_t *rule = rule_at(root, json_object_get(result, "ruleIndex"));
        cr_expect_str_eq(word(rule, "id"), word(result, "ruleId"));
    }
    cr_expect_str_eq(word(result_at(root, 3), "ruleId"),
                     "bomgate-unknown-maker");
    json_decref(root);
}

Test(report_formats, sarif_help_ends_with_a_waiver_to_paste) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    json_t *root = json_of("sarif", &fixture);
    json_t *rule =
        rule_at(root, json_object_get(result_at(root, 0), "ruleIndex"));
    json_t *help = json_object_get(rule, "help");
    cr_expect(strstr(word(help, "text"), "\n- measure: no-acme\n") != NULL);
    cr_expect(strstr(word(help, "markdown"), "```yaml\n- measure: no-acme\n") !=
              NULL);
    cr_expect(strstr(word(help, "markdown"), "<https://example.com/no-acme>") !=
              NULL);
    cr_expect(strstr(word(help, "text"), "Ordinance 7") != NULL);
    json_decref(root);
}

Test(report_formats, sarif_waivers_are_suppressions) {
    static const struct {
        bool waived;
        enum waiver_state state;
        const char *status;
    } cases[] = {
        {true, WAIVER_USED, "accepted"},
        {false, WAIVER_PENDING, "underReview"},
        {false, WAIVER_EXPIRED, "rejected"},
        {false, WAIVER_REFUSED, "rejected"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct waiver said = waiver;
        said.state = cases[i].state;
        struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &said,
                                  .waived = cases[i].waived};
        json_t *root = json_of("sarif", &fixture);
        json_t *item = json_array_get(
            json_object_get(result_at(root, 0), "suppressions"), 0);
        cr_expect_str_eq(word(item, "kind"), "external");
        cr_expect_str_eq(word(item, "status"), cases[i].status, "case %zu", i);
        cr_expect(strstr(word(item, "justification"), "the council") != NULL);
        json_decref(root);
    }
}

Test(report_formats, sarif_without_a_waiver_says_that_nothing_is_suppressed) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    json_t *root = json_of("sarif", &fixture);
    json_t *none = json_object_get(result_at(root, 0), "suppressions");
    cr_expect(json_is_array(none));
    cr_expect_eq(json_array_size(none), 0);
    json_decref(root);
}

Test(report_formats, sarif_tells_new_from_known_only_with_a_baseline) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    json_t *root = json_of("sarif", &fixture);
    cr_expect(json_object_get(result_at(root, 0), "baselineState") == NULL);
    json_decref(root);
    fixture.baseline = true;
    root = json_of("sarif", &fixture);
    cr_expect_str_eq(word(result_at(root, 0), "baselineState"), "new");
    json_decref(root);
    fixture.known = ARRAY_LEN(lines);
    root = json_of("sarif", &fixture);
    cr_expect_str_eq(word(result_at(root, 0), "baselineState"), "unchanged");
    json_decref(root);
}

Test(report_formats, sarif_text_of_a_bom_is_no_link) {
    static const struct fixture_line hostile[] = {
        {"U1", "1", "ACME", "[x](http://evil)", "acme", VERDICT_PROHIBITED,
         REASON_NONE},
    };
    struct fixture fixture = {FIXTURE_LINES(hostile)};
    json_t *root = json_of("sarif", &fixture);
    const char *text =
        word(json_object_get(result_at(root, 0), "message"), "text");
    cr_expect(strstr(text, "\\[x\\](http://evil)") != NULL, "%s", text);
    json_decref(root);
}

/* A prohibited part at the end of a long BOM is the last thing to leave out. */
Test(report_formats, sarif_beyond_its_limit_leaves_out_the_mildest) {
    enum { COUNT = 25002 };
    struct fixture_line *many = calloc(COUNT, sizeof(*many));
    for (size_t i = 0; i < COUNT; i++)
        many[i] = lines[i + 1 == COUNT ? 1 : 0];
    struct fixture fixture = {.lines = many, .line_count = COUNT};
    json_t *root = json_of("sarif", &fixture);
    json_t *results = json_object_get(run_of(root), "results");
    cr_expect_eq(json_array_size(results), 25000);
    cr_expect_str_eq(word(result_at(root, 0), "level"), "error");
    json_t *invocation =
        json_array_get(json_object_get(run_of(root), "invocations"), 0);
    json_t *notice = json_array_get(
        json_object_get(invocation, "toolExecutionNotifications"), 0);
    const char *text = word(json_object_get(notice, "message"), "text");
    cr_expect(strstr(text, "2 findings more") == text, "%s", text);
    json_decref(root);
    free(many);
}

Test(report_formats, sarif_of_a_run_that_lost_rows_is_no_success) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    json_t *root = json_of("sarif", &fixture);
    json_t *invocation =
        json_array_get(json_object_get(run_of(root), "invocations"), 0);
    cr_expect(
        json_is_false(json_object_get(invocation, "executionSuccessful")));
    expect_text("sarif", &fixture, "a quoted cell is not closed", true);
    json_decref(root);
}

/* --- JUnit --- */

Test(report_formats, junit_counts_what_stands_in_it) {
    struct fixture fixture = {FIXTURE_LINES(lines), .boms = 2};
    expect_text("junit", &fixture,
                "<testsuites name=\"bomgate\" tests=\"12\" failures=\"4\" "
                "errors=\"0\" skipped=\"2\">",
                true);
    expect_text("junit", &fixture,
                "<testsuite name=\"b/board2.csv\" tests=\"6\" failures=\"2\" "
                "errors=\"0\" skipped=\"1\">",
                true);
}

Test(report_formats, junit_fails_from_the_verdict_on_that_fails_the_run) {
    struct fixture fixture = {FIXTURE_LINES(lines), .fail_on = VERDICT_REVIEW};
    expect_text("junit", &fixture, "failures=\"3\"", true);
    expect_text("junit", &fixture, "<failure type=\"review\"", true);
    fixture.fail_on = VERDICT_UNKNOWN;
    expect_text("junit", &fixture, "failures=\"4\"", true);
}

Test(report_formats, junit_skips_what_is_waived_or_known) {
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver,
                              .waived = true};
    expect_text("junit", &fixture, "<failure", false);
    expect_text("junit", &fixture, "<skipped type=\"waived\"", true);
    expect_text("junit", &fixture, "the council &lt;agreed&gt;", true);
    struct fixture known = {FIXTURE_LINES(lines), .baseline = true,
                            .known = ARRAY_LEN(lines)};
    expect_text("junit", &known, "<failure", false);
    expect_text("junit", &known, "<skipped type=\"known\"", true);
}

Test(report_formats, junit_fails_under_a_waiver_that_is_only_pending) {
    struct waiver pending = waiver;
    pending.state = WAIVER_PENDING;
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &pending};
    expect_text("junit", &fixture, "failures=\"2\"", true);
    expect_text("junit", &fixture,
                "its waiver is pending, not yet in the base: "
                "exception",
                true);
}

/* --- GitHub --- */

Test(report_formats, github_calls_an_error_what_fails_the_run) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    expect_text("github", &fixture, "::warning file=a/board.csv,line=6", true);
    fixture.fail_on = VERDICT_REVIEW;
    expect_text("github", &fixture, "::error file=a/board.csv,line=6", true);
    expect_text("github", &fixture, "::warning", false);
}

Test(report_formats, github_shows_no_annotation_of_what_is_waived_or_known) {
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver,
                              .waived = true};
    expect_text("github", &fixture, "::", false);
    expect_text("github", &fixture, "bomgate: 4 parts waived, 0 in the", true);
    struct fixture known = {FIXTURE_LINES(lines), .baseline = true,
                            .known = ARRAY_LEN(lines)};
    expect_text("github", &known, "::", false);
    expect_text("github", &known, "0 parts waived, 4 in the baseline", true);
}

Test(report_formats, github_text_of_a_bom_ends_no_property_and_no_command) {
    static const struct fixture_line hostile[] = {
        {"U1", "1", "ACME\r\n::error::x", "A%0A,line=9::y", "acme",
         VERDICT_PROHIBITED, REASON_NONE},
    };
    struct fixture fixture = {FIXTURE_LINES(hostile)};
    char *text = text_of("github", &fixture);
    cr_expect(strstr(text, "\n::") == NULL, "%s", text);
    cr_expect(strchr(text, '\r') == NULL, "%s", text);
    cr_expect(strstr(text, "A%250A,line=9::y") != NULL, "%s", text);
    free(text);
}

/* --- GitLab --- */

Test(report_formats, gitlab_fingerprints_of_one_part_on_two_lines_differ) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    json_t *root = json_of("gitlab", &fixture);
    cr_assert_eq(json_array_size(root), 4);
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(word(json_array_get(root, i), "fingerprint"),
                              word(json_array_get(root, k), "fingerprint"));
    }
    json_decref(root);
}

Test(report_formats, gitlab_fingerprints_stay_when_lines_move) {
    const struct fixture_line moved[] = {lines[2], lines[2], lines[1]};
    struct fixture before = {.lines = &lines[1], .line_count = 1};
    struct fixture after = {FIXTURE_LINES(moved)};
    json_t *first = json_of("gitlab", &before);
    json_t *second = json_of("gitlab", &after);
    cr_assert_eq(json_array_size(second), 1);
    cr_expect_str_eq(word(json_array_get(first, 0), "fingerprint"),
                     word(json_array_get(second, 0), "fingerprint"));
    json_decref(first);
    json_decref(second);
}

Test(report_formats, gitlab_leaves_out_what_is_waived_and_keeps_the_known) {
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver,
                              .waived = true};
    json_t *root = json_of("gitlab", &fixture);
    cr_expect(json_is_array(root));
    cr_expect_eq(json_array_size(root), 0);
    json_decref(root);
    struct fixture known = {FIXTURE_LINES(lines), .baseline = true,
                            .known = ARRAY_LEN(lines)};
    root = json_of("gitlab", &known);
    cr_expect_eq(json_array_size(root), 4);
    cr_expect_str_eq(word(json_array_get(root, 0), "severity"), "blocker");
    json_decref(root);
}

/* --- CycloneDX --- */

Test(report_formats, cyclonedx_has_every_part_and_its_findings) {
    struct fixture fixture = {FIXTURE_LINES(lines), .boms = 2};
    json_t *root = json_of("cyclonedx", &fixture);
    json_t *components = json_object_get(root, "components");
    cr_assert_eq(json_array_size(components), 2 * ARRAY_LEN(lines));
    cr_expect_str_eq(word(json_array_get(components, 0), "name"), "R1");
    json_t *second = json_array_get(components, 1);
    cr_expect_str_eq(word(second, "type"), "device");
    cr_expect_str_eq(word(second, "name"), "AC-1");
    cr_expect_str_eq(word(json_object_get(second, "manufacturer"), "name"),
                     "ACME");
    cr_expect(json_object_get(root, "compositions") == NULL);
    json_decref(root);
    expect_text("cyclonedx", &fixture,
                "{\"name\": \"cdx:device:quantity\", \"value\": \"2\"}", true);
    expect_text("cyclonedx", &fixture,
                "bomgate:finding:no-acme:purchase:city-hall", true);
}

Test(report_formats, cyclonedx_says_when_parts_are_missing) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    expect_text("cyclonedx", &fixture, "{\"aggregate\": \"incomplete\"}", true);
}

/* --- all of them --- */

Test(report_formats, no_format_needs_a_line_or_a_bom) {
    static const char *const names[] = {"sarif", "junit", "github", "gitlab",
                                        "cyclonedx"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct fixture fixture = {.line_count = 0};
        char *text = text_of(names[i], &fixture);
        cr_expect(text[0] != '\0', "%s", names[i]);
        free(text);
    }
}

Test(report_formats, a_full_disk_is_an_error_in_every_format) {
    FILE *full = fopen("/dev/full", "wb");
    if (full == NULL)
        cr_skip_test("/dev/full is not there");
    struct ruleset *rules = fixture_rules();
    struct run_info run = {
        .rules = rules, .version = "9.9.9", .activity = RULES_PURCHASE};
    struct run_totals totals = {.complete = true, .conclusive = true};
    struct report_target target = {.out = full};
    static const char *const names[] = {"sarif", "junit", "github", "gitlab",
                                        "cyclonedx"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const struct report_format *format =
            report_format_by_name(str_from(names[i]));
        struct report *report = NULL;
        struct err err = ERR_INIT;
        clearerr(full);
        cr_assert(format->begin(&report, &target, &run, &err), "%s", err.msg);
        cr_expect(!format->finish(report, &totals, &err), "%s", names[i]);
        cr_expect_eq(err.code, ERR_IO, "%s", names[i]);
    }
    fclose(full);
    ruleset_close(rules);
}
