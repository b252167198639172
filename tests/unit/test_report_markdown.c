#include "report/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report_fixture.h"

TestSuite(report_markdown, .timeout = 30);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"U3", "1", "Acme", "AC-2", "acme", VERDICT_REVIEW, REASON_MAKER},
    {"U4", "1", "Acme", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
};

static char *report_of(const struct fixture *fixture) {
    size_t size = 0;
    struct err err = ERR_INIT;
    char *text = fixture_report(report_format_by_name(STR_LIT("markdown")),
                                fixture, &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    cr_expect_eq(strlen(text), size);
    return text;
}

Test(report_markdown, an_entry_says_where_why_what_instead_and_how_to_waive) {
    struct fixture fixture = {FIXTURE_LINES(lines), .declared = true};
    char *text = report_of(&fixture);
    static const char *const said[] = {
        "<!-- bomgate -->\n",
        "prohibited: Acme Memory `AC-1`",
        "`a/board.csv` line 2, `U1`",
        "no-acme, purchase",
        "“Ban of Acme”",
        "**Do:** Buy another maker's part.",
        "- Globex (KR) GX-1: drop-in, clear",
        "- measure: no-acme\n  clause: purchase\n  mpn: \"AC-1\"\n",
        "As line 2.",
        "review: Acme Memory `AC-2`",
        "### Coverage",
    };
    const char *at = text;
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        const char *found = strstr(at, said[i]);
        cr_assert(found != NULL, "missing or too early: %s\n%s", said[i], text);
        at = found;
    }
    free(text);
}

Test(report_markdown, what_is_known_or_waived_is_counted_and_not_told) {
    static const struct waiver waiver = {.measure = "no-acme",
                                         .kind = "exception",
                                         .path = "w",
                                         .state = WAIVER_USED};
    struct fixture fixture = {FIXTURE_LINES(lines), .baseline = true,
                              .known = 1};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "### New: 2 parts to act on") != NULL, "%s", text);
    cr_expect(strstr(text, "`U1`") == NULL);
    cr_expect(strstr(text, "`U4`") != NULL);
    cr_expect(strstr(text, "### 1 known, not yours") != NULL);
    free(text);
    fixture = (struct fixture){FIXTURE_LINES(lines), .waiver = &waiver,
                               .waived = true};
    text = report_of(&fixture);
    cr_expect(strstr(text, "####") == NULL);
    cr_expect(strstr(text, "1 waiver in use") != NULL, "%s", text);
    free(text);
}

Test(report_markdown, a_waiver_that_does_not_hold_is_named) {
    static const struct waiver waiver = {
        .measure = "no-acme",
        .kind = "exception",
        .reason = "why",
        .approved_by = "Jo",
        .path = ".bomgate-waivers.yaml",
        .line = 7,
        .state = WAIVER_PENDING,
    };
    struct fixture fixture = {FIXTURE_LINES(lines), .waiver = &waiver};
    char *text = report_of(&fixture);
    cr_expect(strstr(text, "**Decided:** its waiver is pending") != NULL, "%s",
              text);
    cr_expect(strstr(text, "- pending: exception for no-acme; until ") != NULL);
    cr_expect(strstr(text, ".bomgate-waivers.yaml, line 7") != NULL);
    free(text);
}

Test(report_markdown, a_comment_holds_whole_entries_the_worst_first) {
    enum { COUNT = 700 };
    static struct fixture_line many[COUNT];
    static char names[COUNT][400];
    for (size_t i = 0; i < COUNT; i++) {
        memset(names[i], '|', sizeof(names[i]) - 1);
        snprintf(names[i], 8, "%zu", i);
        names[i][strlen(names[i])] = '@';
        many[i] = (struct fixture_line){
            names[i],       "1",          names[i], names[i], "acme",
            VERDICT_REVIEW, REASON_MAKER,
        };
    }
    many[COUNT - 1].verdict = VERDICT_PROHIBITED;
    struct fixture fixture = {FIXTURE_LINES(many), .lost = true};
    char *text = report_of(&fixture);
    cr_expect(strlen(text) <= 65536, "%zu", strlen(text));
    cr_expect(strlen(text) > 50000, "%zu", strlen(text));
    const char *first = strstr(text, "####");
    cr_assert(first != NULL);
    cr_expect(strstr(first, "prohibited") < strstr(first, "review"));
    cr_expect(strstr(text, "to act on found no room here") != NULL);
    cr_expect(strstr(text, "### Coverage") != NULL);
    cr_expect(strstr(text, "INCOMPLETE") < first);
    free(text);
}
