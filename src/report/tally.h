#ifndef BOMGATE_REPORT_TALLY_H
#define BOMGATE_REPORT_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "report/report.h"

/** How many lines each measure said what of; a line once, by its worst. */
struct tally {
    uint32_t (*counts)[VERDICT_COUNT]; /* by measure */
    struct tally_mark *marks;
    uint32_t line; /* number of the current line */
};

NODISCARD bool tally_init(struct tally *tally, const struct ruleset *rules);
void tally_add(struct tally *tally, const struct report_line *line);
/** Lines of a measure that somebody must act on. */
uint32_t tally_flagged(const struct tally *tally, uint32_t measure);
/** Accepts a zeroed struct. */
void tally_dispose(struct tally *tally);

#endif
