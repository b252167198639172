#include "screen/ownership.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "screen/screen.h"
#include "screen_rules.h"

static struct ruleset *rules;
static struct strbuf text;

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = screen_open("", &err);
    cr_assert(rules != NULL, "%s:%u: %s", err.file, err.line, err.msg);
}

static void tear_down(void) {
    ruleset_close(rules);
    strbuf_dispose(&text);
}

TestSuite(ownership, .timeout = 30, .init = set_up, .fini = tear_down);

static struct date_span span_of(const char *date) {
    struct date_span span = DATE_SPAN_NONE;
    cr_assert(date[0] == '\0' || date_parse_span(str_from(date), &span), "%s",
              date);
    return span;
}

Test(ownership, a_dated_fact_holds_from_its_first_day_to_its_last) {
    static const struct {
        const char *from, *until, *day;
        enum holds want;
    } cases[] = {
        {"", "", "1900-01-01", HOLDS_YES},
        {"2013-07-31", "", "2013-07-30", HOLDS_NOT_YET},
        {"2013-07-31", "", "2013-07-31", HOLDS_YES},
        {"2013-07-31", "", "2013-08-01", HOLDS_YES},
        {"", "2017-08-30", "2017-08-29", HOLDS_YES},
        {"", "2017-08-30", "2017-08-30", HOLDS_YES},
        {"", "2017-08-30", "2017-08-31", HOLDS_ENDED},
        {"2006", "", "2005-12-31", HOLDS_NOT_YET},
        {"2006", "", "2006-01-01", HOLDS_OPEN},
        {"2006", "", "2006-12-30", HOLDS_OPEN},
        {"2006", "", "2006-12-31", HOLDS_YES},
        {"2006", "", "2007-01-01", HOLDS_YES},
        {"2021-11", "", "2021-10-31", HOLDS_NOT_YET},
        {"2021-11", "", "2021-11-01", HOLDS_OPEN},
        {"2021-11", "", "2021-11-30", HOLDS_YES},
        {"", "2023", "2022-12-31", HOLDS_YES},
        {"", "2023", "2023-01-01", HOLDS_YES},
        {"", "2023", "2023-01-02", HOLDS_OPEN},
        {"", "2023", "2023-12-31", HOLDS_OPEN},
        {"", "2023", "2024-01-01", HOLDS_ENDED},
        {"2006", "2006", "2006-06-01", HOLDS_OPEN},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cr_expect(eq(int,
                     span_holds(span_of(cases[i].from), span_of(cases[i].until),
                                screen_day(cases[i].day)),
                     cases[i].want),
                  "%s to %s on %s", cases[i].from, cases[i].until,
                  cases[i].day);
}

/* "micron longsys?": '?' a date is open, '-' below half, '!' unconfirmed. */
static const char *owners(const char *party, const char *day) {
    struct owner_step steps[OWNERS_MAX];
    size_t count = owners_on(rules, rules_find_party(rules, str_from(party)),
                             screen_day(day), steps);
    strbuf_clear(&text);
    for (size_t i = 0; i < count; i++)
        strbuf_printf(&text, "%s%s%s%s%s", i == 0 ? "" : " ",
                      rules_text(rules, rules_party(rules, steps[i].party)->id),
                      steps[i].open ? "?" : "", steps[i].minority ? "-" : "",
                      steps[i].unconfirmed ? "!" : "");
    return text.len == 0 ? "" : text.ptr;
}

Test(ownership, owners_are_those_of_the_day) {
    static const struct {
        const char *party, *day, *want;
    } cases[] = {
        {"micron", "2024-01-01", ""},
        {"elpida", "2013-07-30", ""},
        {"elpida", "2013-07-31", "micron"},
        {"elpida-akita", "2013-07-30", "elpida"},
        {"elpida-akita", "2013-07-31", "elpida micron"},
        {"lexar", "2005-12-31", ""},
        {"lexar", "2006-06-01", "micron?"},
        {"lexar", "2017-08-30", "micron"},
        {"lexar", "2017-08-31", "longsys"},
        {"honor", "2020-11-16", "huawei"},
        {"honor", "2020-11-17", ""},
        {"minor", "2024-01-01", "micron-"},
        {"half", "2024-01-01", "micron"},
        {"minor-sub", "2024-01-01", "minor micron-"},
        {"rumour", "2024-01-01", "micron!"},
        {"vague", "2021-10-31", ""},
        {"vague", "2021-11-15", "micron?"},
        {"vague", "2022-06-01", "micron"},
        {"vague", "2023-06-01", "micron?"},
        {"vague", "2024-01-01", ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *got = owners(cases[i].party, cases[i].day);
        cr_expect(strcmp(got, cases[i].want) == 0, "%s on %s: '%s', not '%s'",
                  cases[i].party, cases[i].day, got, cases[i].want);
    }
}

/* A stake beside full control, or one that was raised, must not hide it. */
Test(ownership, the_surest_way_to_an_owner_counts) {
    static const struct {
        const char *party, *day, *want;
    } cases[] = {
        {"around", "2024-01-01", "middle micron"},
        {"raised", "2009-12-31", "micron-"},
        {"raised", "2010-06-01", "micron?"},
        {"raised", "2011-01-01", "micron"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *got = owners(cases[i].party, cases[i].day);
        cr_expect(strcmp(got, cases[i].want) == 0, "%s on %s: '%s', not '%s'",
                  cases[i].party, cases[i].day, got, cases[i].want);
    }
}

Test(ownership, a_ring_of_owners_ends) {
    cr_expect(strcmp(owners("ring-a", "2024-01-01"), "ring-b ring-a") == 0);
}

Test(ownership, the_owner_holds_half_or_more) {
    static const struct {
        const char *party, *day, *want;
    } cases[] = {
        {"elpida", "2013-07-30", NULL},
        {"elpida", "2013-07-31", "micron"},
        {"minor", "2024-01-01", NULL},
        {"half", "2024-01-01", "micron"},
        {"lexar", "2024-01-01", "longsys"},
        {"around", "2024-01-01", "middle"},
        {"minor-sub", "2024-01-01", "minor"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t owner = screen_owner(
            rules, rules_find_party(rules, str_from(cases[i].party)),
            screen_day(cases[i].day));
        uint32_t want = cases[i].want == NULL
                            ? RULES_NONE
                            : rules_find_party(rules, str_from(cases[i].want));
        cr_expect(eq(u32, owner, want), "%s on %s", cases[i].party,
                  cases[i].day);
    }
}

/* A chain longer than any real one is followed as far as it is kept. */
Test(ownership, a_long_chain_is_cut_not_overrun) {
    struct strbuf parties = {.ptr = NULL};
    for (int i = 0; i < 40; i++) {
        strbuf_printf(&parties, "- {id: p%02d, name: Party%02d", i, i);
        if (i > 0)
            strbuf_printf(&parties, ", owned-by: [{party: p%02d}]", i - 1);
        strbuf_add_text(&parties, "}\n");
    }
    const struct tiny_file files[] = {TINY_WORDS,
                                      {"parties/p.yaml", parties.ptr, false}};
    struct err err = ERR_INIT;
    struct ruleset *chain = tiny_open(files, ARRAY_LEN(files), &err);
    cr_assert(chain != NULL, "%s", err.msg);
    struct owner_step steps[OWNERS_MAX];
    cr_expect(eq(sz, owners_on(chain, 39, 0, steps), OWNERS_MAX));
    cr_expect(eq(u32, steps[0].party, 38));
    ruleset_close(chain);
    strbuf_dispose(&parties);
}
