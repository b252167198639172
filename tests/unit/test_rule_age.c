#include "run/rule_age.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/date.h"
#include "tiny_rules.h"

TestSuite(rule_age, .timeout = 30);

static const struct tiny_file files[] = {TINY_WORDS}; /* to 2026-01-01 */

Test(rule_age, is_counted_from_the_day_the_rules_are_known_to) {
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(files, ARRAY_LEN(files), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    static const struct {
        const char *day;
        unsigned max;
        bool ok;
    } cases[] = {
        {"2026-01-01", 1, true},   {"2026-01-02", 1, true},
        {"2026-01-03", 1, false},  {"2026-01-31", 30, true},
        {"2026-02-01", 30, false}, {"2020-01-01", 1, true},
        {"2099-01-01", 0, true},   {"9999-12-31", RULE_AGE_MAX, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int32_t day;
        err = ERR_INIT;
        cr_assert(date_parse(str_from(cases[i].day), &day));
        cr_expect(rule_age_check(rules, day, cases[i].max, &err) == cases[i].ok,
                  "%s", cases[i].day);
    }
    ruleset_close(rules);
}

Test(rule_age, rules_that_do_not_say_are_too_old) {
    static const struct tiny_file undated[] = {
        {"ruleset.yaml", "version: \"1\"\n", false},
        {"words/categories.yaml", "- {id: all, name: Everything}\n", false},
    };
    struct err err = ERR_INIT;
    struct ruleset *rules = tiny_open(undated, ARRAY_LEN(undated), &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_expect(rule_age_check(rules, 0, 0, &err));
    cr_expect(not(rule_age_check(rules, 0, 1, &err)));
    ruleset_close(rules);
}

Test(rule_age, is_a_number_of_days) {
    unsigned days;
    struct err err = ERR_INIT;
    cr_expect(rule_age_parse("1", &days, &err) && days == 1);
    cr_expect(rule_age_parse("36500", &days, &err) && days == RULE_AGE_MAX);
    static const char *const wrong[] = {"",   "0",     "-1", "1.5",        "x",
                                        "1d", "36501", " 1", "99999999999"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        cr_expect(not(rule_age_parse(wrong[i], &days, &err)), "%s", wrong[i]);
}
