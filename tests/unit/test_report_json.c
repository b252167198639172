#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

#include "core/mem.h"
#include "report/json_bom.h"
#include "report_fixture.h"

TestSuite(report_json, .timeout = 30);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"R1", "", "", "", NULL, VERDICT_UNKNOWN, REASON_NONE},
    {"U3", "1", "Acme \x1b[31m\"<b>\xff", "AC-2", "acme", VERDICT_OUT_OF_SCOPE,
     REASON_BUYER},
};

static json_t *report_of(const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("json")), fixture,
                                &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    json_error_t error;
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    cr_assert(root != NULL, "line %d: %s", error.line, error.text);
    free(text);
    return root;
}

static const char *text_of(json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

Test(report_json, has_a_finding_for_every_verdict_but_clear) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    json_t *root = report_of(&fixture);
    json_t *findings = json_object_get(root, "findings");
    cr_expect_str_eq(text_of(root, "schema"), "bomgate-check/1");
    cr_assert_eq(json_array_size(findings), 3);
    json_t *first = json_array_get(findings, 0);
    cr_expect_str_eq(text_of(first, "verdict"), "prohibited");
    cr_expect_str_eq(text_of(first, "bom"), "a/board.csv");
    cr_expect_str_eq(text_of(first, "party"), "acme");
    cr_expect_str_eq(text_of(first, "measure"), "no-acme");
    cr_expect_str_eq(text_of(first, "clause"), "purchase");
    cr_expect_str_eq(text_of(first, "profile"), "city-hall");
    cr_expect_str_eq(text_of(first, "from"), "2025-02-01");
    cr_expect_str_eq(text_of(first, "do"), "Buy another maker's part.");
    cr_expect_eq(json_integer_value(json_object_get(first, "line")), 2);
    json_decref(root);
}

Test(report_json, keys_come_in_the_order_of_the_contract) {
    static const char *const keys[] = {
        "\"schema\":",   "\"tool\":",        "\"ruleset\":",
        "\"as_of\":",    "\"activity\":",    "\"profiles\":",
        "\"findings\":", "\"fingerprint\":", "\"alternatives\":",
        "\"excluded\":", "\"boms\":",        "\"skipped\":",
        "\"waivers\":",  "\"not_checked\":", "\"counts_by_profile\":",
        "\"complete\":", "\"conclusive\":",  "\"lines\": ["};
    struct fixture fixture = {
        .lines = lines, .line_count = 1, .all_lines = true};
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("json")),
                                &fixture, &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    const char *at = text;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        at = strstr(at, keys[i]);
        cr_assert(at != NULL, "%s is missing or too early", keys[i]);
    }
    free(text);
}

Test(report_json, an_unknown_maker_has_no_party_and_no_measure) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    json_t *root = report_of(&fixture);
    json_t *unknown = json_array_get(json_object_get(root, "findings"), 1);
    cr_expect_str_eq(text_of(unknown, "verdict"), "unknown");
    static const char *const null_keys[] = {
        "party", "measure", "profile",   "clause", "reason",
        "from",  "becomes", "days_left", "url",    "quantity",
        "mpn",   "waiver",  "baseline"};
    for (size_t i = 0; i < ARRAY_LEN(null_keys); i++)
        cr_expect(json_is_null(json_object_get(unknown, null_keys[i])),
                  "%s is not null", null_keys[i]);
    json_decref(root);
}

Test(report_json, text_of_a_bom_can_neither_break_json_nor_reach_a_terminal) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("json")),
                                &fixture, &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    cr_expect(memchr(text, 0x1b, size) == NULL);
    cr_expect(strstr(text, "<b>") == NULL);
    free(text);
    json_t *root = report_of(&fixture);
    json_t *last = json_array_get(json_object_get(root, "findings"), 2);
    cr_expect_str_eq(text_of(last, "manufacturer"),
                     "Acme \x1b[31m\"<b>\xEF\xBF\xBD");
    json_decref(root);
}

Test(report_json, all_lines_are_listed_only_when_asked_for) {
    struct fixture fixture = {FIXTURE_LINES(lines), .boms = 2};
    json_t *root = report_of(&fixture);
    cr_expect(json_object_get(root, "lines") == NULL);
    json_decref(root);
    fixture.all_lines = true;
    root = report_of(&fixture);
    json_t *all = json_object_get(root, "lines");
    cr_assert_eq(json_array_size(all), 2 * ARRAY_LEN(lines));
    json_t *clear = json_array_get(all, 1);
    cr_expect_str_eq(text_of(clear, "verdict"), "clear");
    json_t *part = json_array_get(json_object_get(clear, "parts"), 0);
    cr_expect_str_eq(text_of(part, "party"), "globex");
    json_decref(root);
}

Test(report_json, a_bom_without_lines_still_has_every_list) {
    struct fixture fixture = {.line_count = 0, .all_lines = true};
    json_t *root = report_of(&fixture);
    cr_expect_eq(json_array_size(json_object_get(root, "findings")), 0);
    cr_expect(json_is_array(json_object_get(root, "lines")));
    cr_expect(json_is_array(json_object_get(root, "waivers")));
    json_decref(root);
}

Test(report_json, an_incomplete_run_says_why) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    json_t *root = report_of(&fixture);
    cr_expect(json_is_false(json_object_get(root, "complete")));
    cr_expect_eq(json_array_size(json_object_get(root, "problems")), 1);
    json_t *bom = json_array_get(json_object_get(root, "boms"), 0);
    json_t *diagnostic = json_array_get(json_object_get(bom, "diagnostics"), 0);
    cr_expect_str_eq(text_of(diagnostic, "severity"), "lost");
    cr_expect_str_eq(text_of(diagnostic, "code"), "open-quote");
    json_decref(root);
}

Test(report_json, counts_name_every_verdict_and_the_waived) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    json_t *root = report_of(&fixture);
    json_t *counts = json_object_get(root, "counts");
    cr_expect_eq(json_object_size(counts), VERDICT_COUNT + 1);
    cr_expect_eq(json_integer_value(json_object_get(counts, "prohibited")), 1);
    cr_expect_eq(json_integer_value(json_object_get(counts, "waived")), 0);
    json_t *by_profile = json_object_get(root, "counts_by_profile");
    cr_expect_eq(json_object_size(by_profile), 1);
    cr_expect(json_object_get(by_profile, "city-hall") != NULL);
    json_decref(root);
}

Test(report_json, columns_are_told_without_answers_that_nobody_asked_for) {
    struct bom_column column = {.field = BOM_MPN,
                                .index = 4,
                                .header = STR_LIT("Part Number"),
                                .runner_up = BOM_FIELD_COUNT,
                                .why = "header"};
    struct bom_totals totals = {
        .info = {.path = "x.csv", .columns = &column, .column_count = 1}};
    FILE *out = tmpfile();
    struct err err = ERR_INIT;
    struct str names[] = {STR_LIT("Part Number"), STR_LIT("Qty")};
    struct str cells[] = {STR_LIT("STM32"), STR_LIT("4")};
    struct bom_preview preview = {
        .headers = {names, 2}, .rows = {{cells, 2}}, .row_count = 1};
    cr_assert(report_json_columns(out, "9.9.9", &totals, &preview, &err), "%s",
              err.msg);
    rewind(out);
    json_t *root = json_loadf(out, 0, NULL);
    cr_assert(root != NULL);
    cr_expect_str_eq(text_of(root, "schema"), "bomgate-columns/1");
    cr_expect(json_is_null(json_object_get(root, "resolved")));
    cr_expect(json_is_null(json_object_get(root, "counts")));
    json_t *mpn = json_array_get(
        json_object_get(json_object_get(root, "columns"), "mpn"), 0);
    cr_expect_str_eq(text_of(mpn, "header"), "Part Number");
    cr_expect_eq(json_integer_value(json_object_get(mpn, "index")), 4);
    cr_expect_eq(json_array_size(json_object_get(root, "headers")), 2);
    json_t *row = json_array_get(json_object_get(root, "rows"), 0);
    cr_expect_str_eq(json_string_value(json_array_get(row, 0)), "STM32");
    cr_expect_eq(json_array_size(json_object_get(root, "fields")),
                 BOM_FIELD_COUNT);
    json_decref(root);
    fclose(out);
}

Test(report_json, a_full_disk_is_an_error) {
    FILE *full = fopen("/dev/full", "wb");
    if (full == NULL)
        cr_skip_test("/dev/full is not there");
    struct bom_totals totals = {.info = {.path = "x.csv"}};
    struct bom_preview preview = {.row_count = 0};
    struct err err = ERR_INIT;
    cr_expect(!report_json_columns(full, "9.9.9", &totals, &preview, &err));
    cr_expect_eq(err.code, ERR_IO);
    fclose(full);
}

Test(report_json, formats_are_found_by_name_and_by_extension) {
    cr_expect_str_eq(report_format_by_path("out/Report.XLSX")->name, "xlsx");
    cr_expect_str_eq(report_format_by_path("a.json")->name, "json");
    cr_expect(report_format_by_path(".json") == NULL);
    cr_expect(report_format_by_path("report") == NULL);
    cr_expect(report_format_by_name(STR_LIT("JSON")) == NULL);
    for (size_t i = 0; report_formats[i] != NULL; i++)
        cr_expect(report_format_by_name(str_from(report_formats[i]->name)) ==
                  report_formats[i]);
}

/* Fails the Nth allocation for N = 1, 2, … until the report no longer asks for
   so many. A leak shows in an AddressSanitizer build. */
Test(report_json, out_of_memory_is_an_error_in_every_format) {
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        struct fixture fixture = {FIXTURE_LINES(lines), .all_lines = true};
        bool failed = true;
        while (failed) {
            struct err err = ERR_INIT;
            size_t size = 0;
            fixture.fail_after++;
            char *text =
                fixture_report(report_formats[i], &fixture, &size, &err);
            failed = mem_failed();
            mem_fail_after(0);
            cr_assert(failed == (text == NULL), "%s, allocation %zu",
                      report_formats[i]->name, fixture.fail_after);
            if (failed)
                cr_expect_eq(err.code, ERR_NOMEM, "%s, allocation %zu: %s",
                             report_formats[i]->name, fixture.fail_after,
                             err.msg);
            free(text);
        }
        cr_expect(fixture.fail_after > 3);
    }
}
