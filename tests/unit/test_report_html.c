#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report_fixture.h"

TestSuite(report_html, .timeout = 30);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"R1", "3", "<b>&\"'\x1b", "", NULL, VERDICT_UNKNOWN, REASON_NONE},
    {"U3", "1", "Acme", "AC-2", "acme", VERDICT_REVIEW, REASON_MAKER},
};

static char *report_of(const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("html")), fixture,
                                &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    return text;
}

Test(report_html, has_every_section_in_order) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    char *text = report_of(&fixture);
    static const char *const said[] = {"class=\"headline\"",
                                       "id=\"summary\"",
                                       "What was not checked",
                                       "id=\"todo\"",
                                       "AC-1",
                                       "Globex (KR) GX-1",
                                       "id=\"flagged\"",
                                       "prohibited",
                                       "line 2",
                                       "review",
                                       "line 5",
                                       "id=\"measures\"",
                                       "Ban of Acme",
                                       "id=\"coverage\"",
                                       "a/board.csv",
                                       "id=\"rules\"",
                                       "not a certificate"};
    const char *at = text;
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        at = strstr(at, said[i]);
        cr_assert(at != NULL, "missing or too early: %s", said[i]);
    }
    free(text);
}

Test(report_html, text_of_a_bom_is_no_markup) {
    struct fixture fixture = {FIXTURE_LINES(lines)};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "<b>") == NULL);
    cr_expect(strchr(text, 0x1b) == NULL);
    cr_expect(strstr(text, "&lt;b&gt;&amp;&quot;&#39;\xEF\xBF\xBD") != NULL);
    free(text);
}

Test(report_html, an_incomplete_run_says_so_before_anything_else) {
    struct fixture fixture = {FIXTURE_LINES(lines), .lost = true};
    char *text = report_of(&fixture);
    const char *alarm = strstr(text, "INCOMPLETE");
    cr_expect(alarm != NULL && alarm < strstr(text, "class=\"headline\""));
    free(text);
}

Test(report_html, tells_what_is_waived_and_what_is_known) {
    static const struct waiver waiver = {.measure = "no-acme",
                                         .kind = "licence",
                                         .approved_by = "Jo",
                                         .reason = "why",
                                         .path = "w",
                                         .state = WAIVER_USED};
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver,
                              .waived = true, .baseline = true, .known = 1};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "waived as licence until ") != NULL);
    cr_expect(strstr(text, "known: it is in the baseline") != NULL);
    cr_expect(strstr(text, "id=\"waivers\"") != NULL);
    free(text);
}
