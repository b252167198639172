#ifndef BOMGATE_TESTS_REPORT_FIXTURE_H
#define BOMGATE_TESTS_REPORT_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"

/** One BOM line of one part, and what is said of it by the rule "no-acme". */
struct fixture_line {
    const char *refdes, *quantity, *manufacturer, *mpn; /* "0": not fitted */
    const char *party; /* id, or NULL: no maker is known */
    enum verdict verdict;
    enum screen_reason reason;
};

/** What a report is told. Zeroed fields are what most tests want. */
struct fixture {
    const struct fixture_line *lines;
    size_t line_count;
    bool declared; /* as city-hall; else both profiles are screened */
    bool all_lines;
    bool lost; /* a row could not be read */
    bool color, summary_only;
    unsigned columns;
    unsigned boms; /* how often the lines come, each time as a BOM; 0: 1 */
    enum verdict fail_on;
    bool baseline; /* findings were compared with an earlier report's … */
    size_t known;  /* … in which those of the first lines stand */
    const struct waiver *waiver; /* that is meant for every finding */
    bool waived;                 /* and holds */
    const char *path;            /* what the report may open by name */
    size_t fail_after;           /* see mem_fail_after() */
};

/** The lines of a fixture, from an array. */
#define FIXTURE_LINES(array) .lines = (array), .line_count = ARRAY_LEN(array)

/** The rules in tests/data/report-rules; close with ruleset_close(). */
struct ruleset *fixture_rules(void);

/**
 * Write a report of the fixture.
 *
 * @param[out] size  Bytes written to the report's stream.
 * @return what was written, followed by a NUL, to be freed with free(); NULL
 *         when the report failed, with `err` filled.
 */
char *fixture_report(const struct report_format *format,
                     const struct fixture *fixture, size_t *size,
                     struct err *err);

#endif
