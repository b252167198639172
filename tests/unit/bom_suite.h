#ifndef BOMGATE_TESTS_BOM_SUITE_H
#define BOMGATE_TESTS_BOM_SUITE_H

#include <criterion/criterion.h>

#include "read_bom.h"

/* For suites that read BOMs by the words of the shipped rules: give
   suite_set_up() and suite_tear_down() to TestSuite(). */

static struct ruleset *suite_rules;

static inline void suite_set_up(void) {
    struct err err = ERR_INIT;
    suite_rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    cr_assert(suite_rules != NULL, "%s", err.msg);
}

static inline void suite_tear_down(void) { ruleset_close(suite_rules); }

/** Read a BOM that must be read to its end; dispose of it. */
static inline struct bom_reading suite_read(const char *text) {
    struct bom_reading reading;
    struct bom_options options = {.rules = suite_rules, .no_digest = true};
    bool ok = read_bom(&reading, text, &options);
    cr_assert(ok, "%s", reading.err.msg);
    return reading;
}

static inline void expect_lines(const char *text, const char *lines) {
    struct bom_reading reading = suite_read(text);
    cr_expect_str_eq(bom_text(&reading.lines), lines);
    bom_reading_dispose(&reading);
}

static inline void expect_notes(const char *text, const char *diagnostics) {
    struct bom_reading reading = suite_read(text);
    cr_expect_str_eq(bom_text(&reading.diagnostics), diagnostics);
    bom_reading_dispose(&reading);
}

#endif
