#include <stddef.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/config.h"

TestSuite(config, .timeout = 30);

static void expect_refused(const char *text, uint32_t line, const char *words) {
    char path[] = "/tmp/bomgate-config-XXXXXX";
    struct err err = ERR_INIT;
    struct config *config = NULL;
    int file = mkstemp(path);
    cr_assert(file >= 0 &&
              write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    cr_expect_not(config_read(&config, path, &err), "%s", text);
    cr_expect(strstr(err.msg, words) != NULL, "%s", err.msg);
    cr_expect_eq(err.line, line);
    remove(path);
}

Test(config, map_written_as_a_mapping_is_told_the_right_form) {
    static const char words[] = "map: [{field: mpn, header: Part No.}]";
    expect_refused("map: {mpn: D}\n", 1, words);
    expect_refused("sheet: BOM\nmap:\n  # ours\n  mpn: D\n", 4, words);
    expect_refused("map: D\n", 1, words);
}

Test(config, fault_elsewhere_is_not_put_down_to_the_map) {
    expect_refused("map: [{field: mpn, header: D}]\nnonsense: 1\n", 2,
                   "nonsense");
}

Test(config, a_word_that_is_no_answer_is_none) {
    expect_refused("sheet: BOM\nall-lines: maybe\n", 2,
                   "all-lines: 'maybe' is neither yes nor no");
    expect_refused("min-resolved: 50.5\n", 1,
                   "min-resolved: '50.5' is no whole number");
    expect_refused("max-rule-age: -1\n", 1, "is no whole number");
}

Test(config, yes_and_no_are_read_however_they_are_written) {
    struct config *config = NULL;
    struct err err = ERR_INIT;
    const char *text = "all-lines: Yes\nstrict-contents: \"false\"\n"
                       "min-resolved: 50\n";
    cr_assert(config_parse(&config, str_from(text), "x.yaml", &err), "%s",
              err.msg);
    cr_expect_str_eq(config_value(config, "all-lines"), "true");
    cr_expect_null(config_value(config, "strict-contents"));
    cr_expect_str_eq(config_value(config, "min-resolved"), "50");
    config_free(config);
}
