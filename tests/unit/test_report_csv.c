#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report_fixture.h"

TestSuite(report_csv, .timeout = 30);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"U3", "1", "=1+1", "-5", NULL, VERDICT_UNKNOWN, REASON_NONE},
};

static char *report_of(const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("csv")), fixture,
                                &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    return text;
}

static size_t rows_of(const char *text) {
    size_t rows = 0;
    while ((text = strstr(text, "\r\n")) != NULL) {
        rows++;
        text += 2;
    }
    return rows;
}

Test(report_csv, a_row_a_finding_under_a_header) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    char *text = report_of(&fixture);
    cr_expect_eq(rows_of(text), 3, "%s", text);
    cr_expect_eq(strncmp(text,
                         "\xEF\xBB\xBF"
                         "bom,sheet,line,",
                         18),
                 0);
    cr_expect(strstr(text,
                     "\r\na/board.csv,,2,U1,2,ACME,Acme Memory,,AC-1,,"
                     "prohibited,city-hall,no-acme,purchase,2025-02-01,") !=
                  NULL,
              "%s", text);
    cr_expect(strstr(text, ",U3,1,'=1+1,,,-5,") != NULL, "%s", text);
    free(text);
}

Test(report_csv, an_incomplete_run_says_so_in_its_first_row) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    char *text = report_of(&fixture);
    const char *second = strstr(text, "\r\n");
    cr_assert(second != NULL);
    const char *said = strstr(second, ",INCOMPLETE,");
    cr_expect(said != NULL && said < strstr(second, "a/board.csv,"));
    free(text);
}

Test(report_csv, tells_what_is_waived_and_what_is_new) {
    static const struct waiver waiver = {
        .measure = "no-acme", .kind = "licence", .state = WAIVER_EXPIRED};
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver,
                              .baseline = true, .known = 1};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, ",no,licence (expired),known,") != NULL, "%s", text);
    cr_expect(strstr(text, ",no,licence (expired),new,") != NULL);
    free(text);
    fixture.waived = true;
    text = report_of(&fixture);
    cr_expect(strstr(text, ",yes,licence,known,") != NULL, "%s", text);
    free(text);
}

Test(report_csv, without_a_finding_only_the_header_is_written) {
    struct fixture fixture = {.line_count = 0};
    char *text = report_of(&fixture);
    cr_expect_eq(rows_of(text), 1);
    free(text);
}
