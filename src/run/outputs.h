#ifndef BOMGATE_RUN_OUTPUTS_H
#define BOMGATE_RUN_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/atomic_file.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/run.h"

/** Every report of a run, told of everything at once. */
struct outputs {
    struct output *items;
    size_t count;
};

/**
 * Open every report of the run.
 *
 * @param[out] outputs  End with outputs_finish() or outputs_abandon().
 * @return false when one cannot be opened; all are abandoned then.
 */
NODISCARD bool outputs_begin(struct outputs *outputs,
                             const struct run_options *options,
                             const struct run_info *info, struct err *err);
NODISCARD bool outputs_bom_begin(struct outputs *outputs,
                                 const struct bom_info *bom, struct err *err);
NODISCARD bool outputs_line(struct outputs *outputs,
                            const struct report_line *line, struct err *err);
/** Need no report be told any more of clear lines of which nothing is told? */
bool outputs_skip_clear(const struct outputs *outputs);
NODISCARD bool outputs_bom_end(struct outputs *outputs,
                               const struct bom_totals *totals,
                               struct err *err);
/**
 * Finish every report and put it in its place. One that fails does not keep
 * the others from being written.
 *
 * @return false when one failed; err tells of the first.
 */
NODISCARD bool outputs_finish(struct outputs *outputs,
                              const struct run_totals *totals, struct err *err);
/** Leave nothing behind. */
void outputs_abandon(struct outputs *outputs);

#endif
