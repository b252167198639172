#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/utf8.h"
#include "report_fixture.h"

TestSuite(report_text, .timeout = 30);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"R1,R2,R3", "3", "", "", NULL, VERDICT_UNKNOWN, REASON_NONE},
    {"U3", "1", "Acme", "AC-2", "acme", VERDICT_OUT_OF_SCOPE, REASON_BUYER},
    {"U4", "1", "Acme \x1b[31m\xe2\x80\xae", "AC-1", "acme", VERDICT_PROHIBITED,
     REASON_NONE},
};

static char *report_of(const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("text")), fixture,
                                &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    cr_expect_eq(strlen(text), size);
    return text;
}

Test(report_text, a_flagged_line_says_what_why_and_what_instead) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    char *text = report_of(&fixture);
    static const char *const said[] = {
        "2 of 5 lines may not be bought",
        "AC-1",
        "no-acme for city-hall",
        "“Ban of Acme”",
        "Do: Buy another maker's part.",
        "Instead: Globex (KR) GX-1: drop-in, clear",
        "Not instead: Acme Memory",
        "R1…",
        "2 prohibited, 0 upcoming",
        "of 5 lines",
    };
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        cr_expect(strstr(text, said[i]) != NULL, "missing: %s", said[i]);
    free(text);
}

Test(report_text, what_is_not_fitted_says_so) {
    static const struct fixture_line two[] = {
        {"U1", "1", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
        {"U2", "0", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    };
    struct fixture fixture = {FIXTURE_LINES(two), .declared = true};
    char *text = report_of(&fixture);
    const char *second = strstr(text, "U2");
    const char *said = strstr(text, "Not fitted.");
    cr_expect(second != NULL && said > second, "%s", text);
    cr_expect(said != NULL && strstr(said + 1, "Not fitted.") == NULL);
    free(text);
}

Test(report_text, the_same_explanation_is_given_once) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "As line 2.") != NULL);
    const char *first = strstr(text, "Instead: Globex");
    cr_assert(first != NULL);
    cr_expect(strstr(first + 1, "Instead: Globex") == NULL);
    free(text);
}

Test(report_text, an_incomplete_run_says_so_before_anything_else) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    for (int summary = 0; summary < 2; summary++) {
        fixture.summary_only = summary != 0;
        char *text = report_of(&fixture);
        cr_expect(strncmp(text, "INCOMPLETE", 10) == 0);
        cr_expect(strstr(text, "1 row could not be read") != NULL);
        free(text);
    }
}

Test(report_text, the_summary_alone_lists_no_lines) {
    struct fixture fixture = {FIXTURE_LINES(lines), .summary_only = true};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "AC-1") == NULL);
    cr_expect(strstr(text, "2 prohibited") != NULL);
    free(text);
}

Test(report_text, nothing_of_a_bom_reaches_the_terminal_raw) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    char *text = report_of(&fixture);
    cr_expect(strchr(text, 0x1b) == NULL);
    cr_expect(strstr(text, "\xe2\x80\xae") == NULL);
    free(text);
}

Test(report_text, no_row_is_wider_than_the_terminal) {
    for (unsigned columns = 60; columns <= 160; columns += 7) {
        struct fixture fixture = {FIXTURE_LINES(lines), .columns = columns};
        char *text = report_of(&fixture);
        struct str rest = str_from(text), line;
        while (str_split(&rest, '\n', &line))
            cr_expect(utf8_width(line) <= columns, "%u: %.*s", columns,
                      STR_ARG(line));
        free(text);
    }
}

Test(report_text, colour_is_only_for_a_terminal) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    char *text = report_of(&fixture);
    cr_expect(strchr(text, 0x1b) == NULL);
    free(text);
    fixture.color = true;
    text = report_of(&fixture);
    cr_expect(strstr(text, "\x1b[1;31mprohibited") != NULL);
    free(text);
}

Test(report_text, clear_is_never_called_more_than_no_listed_maker_found) {
    struct fixture fixture = {
        .lines = &lines[1], .line_count = 1, .declared = true, .columns = 160};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "no listed maker was found on 1 line") != NULL);
    cr_expect(strstr(text, "1 with no listed maker found") != NULL);
    cr_expect(strstr(text, "OK") == NULL);
    cr_expect(strstr(text, "compliant") == NULL);
    free(text);
}

Test(report_text, each_of_several_boms_has_its_heading) {
    struct fixture fixture = {FIXTURE_LINES(lines), .boms = 2};
    char *text = report_of(&fixture);
    const char *first = strstr(text, "a/board.csv\n");
    cr_assert(first != NULL);
    cr_expect(strstr(first, "b/board2.csv\n") != NULL);
    cr_expect(strstr(text, "board2.csv: U3") != NULL);
    free(text);
}

Test(report_text, without_lines_nothing_is_claimed) {
    struct fixture fixture = {.line_count = 0};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "nothing was checked") != NULL);
    free(text);
}

Test(report_text, many_unknown_makers_are_summed_up) {
    static char names[40][16];
    struct fixture_line many[40];
    for (size_t i = 0; i < 40; i++) {
        snprintf(names[i], sizeof(names[i]), "Maker%zu", i);
        many[i] = (struct fixture_line){
            "J1", "1", names[i], "X", NULL, VERDICT_UNKNOWN, REASON_NONE};
    }
    struct fixture fixture = {FIXTURE_LINES(many)};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "40 lines have no maker that is known") != NULL);
    cr_expect(strstr(text, "Maker9") != NULL);
    cr_expect(strstr(text, "Maker10") == NULL);
    cr_expect(strstr(text, "and others, on 30 lines") != NULL);
    free(text);
}
