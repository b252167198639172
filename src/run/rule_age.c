#include "run/rule_age.h"

#include "core/date.h"
#include "core/lang.h"
#include "core/str.h"

bool rule_age_check(const struct ruleset *rules, int32_t as_of,
                    unsigned max_age, struct err *err) {
    int32_t known_to = ruleset_known_to(rules);
    char day[DATE_TEXT_SIZE], known[DATE_TEXT_SIZE];
    if (max_age == 0)
        return true;
    if (known_to == DATE_NONE)
        return err_set(err, ERR_INVALID,
                       tr("the rules do not say to which day they are known, "
                          "which must be told here%s"),
                       lang_is_by_form() ? "" : " (--max-rule-age)");
    int64_t age = (int64_t)as_of - known_to;
    if (age <= (int64_t)max_age)
        return true;
    date_format(as_of, day);
    date_format(known_to, known);
    return err_set(err, ERR_INVALID,
                   tr("the rules are known to %s, %lld days before %s; at most "
                      "%u are allowed%s"),
                   known, (long long)age, day, max_age,
                   lang_is_by_form() ? "" : " (--max-rule-age)");
}

bool rule_age_parse(const char *text, unsigned *days, struct err *err) {
    unsigned number = 0;
    size_t i = 0;
    for (; ascii_is_digit(text[i]) && number <= RULE_AGE_MAX; i++)
        number = number * 10 + (unsigned)(text[i] - '0');
    if (i == 0 || text[i] != '\0' || number == 0 || number > RULE_AGE_MAX)
        return err_set(err, ERR_INVALID,
                       "--max-rule-age '%s' is no number of days from 1 to %d",
                       text, RULE_AGE_MAX);
    *days = number;
    return true;
}
