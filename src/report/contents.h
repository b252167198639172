#ifndef BOMGATE_REPORT_CONTENTS_H
#define BOMGATE_REPORT_CONTENTS_H

#include <stdbool.h>

#include "report/groups.h"
#include "report/report.h"
#include "report/scratch.h"

/* The parts of which a measure asks what is inside: those that nobody declares
   first, then those that somebody does. */

/** Sums them up by part and declaration, in bounded memory. */
struct contents_sums {
    struct groups groups[2]; /* open, declared */
    struct strbuf key;
    struct scratch text;
    uint32_t marker;
};

/** @param limit  Of parts under each title; what is beyond is counted. */
void contents_init(struct contents_sums *sums, size_t limit);
void contents_line(struct contents_sums *sums, const struct run_info *run,
                   const struct report_line *line);
/** False when memory ran out. */
bool contents_ok(const struct contents_sums *sums);
void contents_dispose(struct contents_sums *sums);

/** Told a sentence; of the first of a list its title, else NULL. */
typedef void contents_put(void *ctx, const char *title, struct str sentence);

/** Tell both lists, those that have anything. */
void contents_tell(struct contents_sums *sums, const struct run_info *run,
                   bool with_bom, contents_put *put, void *ctx);

#endif
