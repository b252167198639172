#include "ruleset/country.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "cli/shipped_rules.h"

TestSuite(country, .timeout = 30);

Test(country, a_country_is_known_however_it_is_written) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"CN", "CN"},
        {"cn", "CN"},
        {" CN ", "CN"},
        {"CN-XJ", "CN-XJ"},
        {"cn-xj", "CN-XJ"},
        {"China", "CN"},
        {"CHINA", "CN"},
        {"CHN", "CN"},
        {"P.R. China", "CN"},
        {"PRC", "CN"},
        {"People's Republic of China", "CN"},
        {"Made in China", "CN"},
        {"中国", "CN"},
        {"Taiwan", "TW"},
        {"TAIWAN, PROVINCE OF CHINA", "TW"},
        {"Taiwan (China)", "TW"},
        {"Hong Kong", "HK"},
        {"USA", "US"},
        {"U.S.A.", "US"},
        {"United States", "US"},
        {"UK", "GB"},
        {"GB", "GB"},
        {"Korea, Republic of", "KR"},
        {"Türkiye", "TR"},
        {"Russian Federation", "RU"},
        {"DE", "DE"},
        {"FJ", "FJ"},
        /* Nobody can say what these are not. */
        {"", ""},
        {"-", ""},
        {"N/A", ""},
        {"NA", ""},
        {"unknown", ""},
        {"China / Taiwan", ""},
        {"CN, MY", ""},
        {"various", ""},
        {"C", ""},
        {"CN-", ""},
        {"C1", ""},
        {"Xinjiang", ""},
        {"\xFF\xFF", ""},
    };
    struct ruleset *rules;
    struct err err = ERR_INIT;
    struct strbuf code = {.ptr = NULL};
    cr_assert(ruleset_open(&rules, shipped_rules, shipped_rules_size, &err));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        country_code(&code, rules, str_from(cases[i].text));
        cr_expect(str_eq(strbuf_str(&code), str_from(cases[i].want)),
                  "'%s' is '%.*s', not '%s'", cases[i].text,
                  STR_ARG(strbuf_str(&code)), cases[i].want);
    }
    strbuf_dispose(&code);
    ruleset_close(rules);
}

/* A code that no measure could mean would never be found. */
Test(country, every_list_of_a_country_has_its_code) {
    struct ruleset *rules;
    struct err err = ERR_INIT;
    uint32_t lists = 0;
    cr_assert(ruleset_open(&rules, shipped_rules, shipped_rules_size, &err));
    for (uint32_t i = 0; i < rules_words_count(rules); i++) {
        struct str name = rules_str(rules, rules_words(rules, i)->name);
        if (!str_starts(name, STR_LIT("country/")))
            continue;
        struct str code = str_skip(name, 8);
        cr_expect(code.len == 2 && ascii_is_upper(code.ptr[0]) &&
                      ascii_is_upper(code.ptr[1]),
                  "%.*s", STR_ARG(name));
        lists++;
    }
    cr_expect(gt(u32, lists, 50));
    ruleset_close(rules);
}
