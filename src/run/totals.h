#ifndef BOMGATE_RUN_TOTALS_H
#define BOMGATE_RUN_TOTALS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/checker.h"
#include "run/run.h"

/* Diagnostics kept for each BOM; of a file that is all wrong the first ones
   tell enough, and the rest is counted. */
#define DIAGNOSTICS_KEPT 200

/** Sums over a run while it goes on. */
struct totals {
    const struct run_options *options;
    struct arena arena;
    struct bom_totals *boms;
    size_t bom_count, bom_cap;
    struct report_diagnostic *diagnostics; /* of the BOM in hand */
    size_t diagnostic_cap;
    bool nameless; /* a BOM has no column for makers or part numbers */
    struct line_counts *by_profile;
    struct line_counts by_all; /* of lines with one answer for all profiles */
    uint32_t gate[VERDICT_COUNT]; /* lines, by what may fail the run */
    struct run_totals run;
    struct report_parts_file parts_file;
    size_t overruled_count; /* part numbers; see struct maker */
    struct str overruled;   /* where the first of them stand */
    const char **problems;
    size_t problem_count, problem_cap;
};

NODISCARD bool totals_init(struct totals *totals,
                           const struct run_options *options, struct err *err);
void totals_dispose(struct totals *totals);

/** A BOM begins, or could not be opened (info with only its path). */
NODISCARD bool totals_bom_begin(struct totals *totals, struct err *err);
void totals_line(struct totals *totals, const struct checked_line *line);
/** So many lines that checker_settles() would say of that they are settled. */
void totals_settled(struct totals *totals, uint32_t lines);
NODISCARD bool totals_diagnostic(struct totals *totals,
                                 const struct bom_diagnostic *diagnostic,
                                 struct err *err);
/**
 * The BOM has been read, or `error` kept it from being read on. `info` is
 * copied.
 *
 * @return what the reports are told; NULL when memory is out.
 */
NODISCARD const struct bom_totals *totals_bom_end(struct totals *totals,
                                                  const struct bom_info *info,
                                                  const char *error);

/**
 * Sum up: what was not checked, whether the run can be relied on, and the exit
 * status.
 *
 * @return NULL when memory is out.
 */
NODISCARD struct run_totals *totals_finish(struct totals *totals,
                                           const struct report_skip *skipped,
                                           size_t skipped_count,
                                           const struct waiver *waivers,
                                           size_t waiver_count);

#endif
