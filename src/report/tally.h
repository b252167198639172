#ifndef BOMGATE_REPORT_TALLY_H
#define BOMGATE_REPORT_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "report/report.h"

/** What a measure said of a line, the worst first. */
enum tally_rank {
    TALLY_FLAGGED, /* somebody must act on it */
    TALLY_WAIVED,  /* somebody had to, but all of that is waived */
    TALLY_LISTED,  /* for information */
    TALLY_RANKS
};

/** How many lines each measure said what of; a line once, by its worst. */
struct tally {
    uint32_t (*counts)[TALLY_RANKS]; /* by measure */
    struct tally_mark *marks;
    uint32_t line; /* number of the current line */
};

NODISCARD bool tally_init(struct tally *tally, const struct ruleset *rules);
void tally_add(struct tally *tally, const struct report_line *line);
/** Accepts a zeroed struct. */
void tally_dispose(struct tally *tally);

#endif
