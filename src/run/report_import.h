#ifndef BOMGATE_RUN_REPORT_IMPORT_H
#define BOMGATE_RUN_REPORT_IMPORT_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/mark.h"
#include "run/recorder.h"

/**
 * Record the run that a report tells of: one of `check --all-lines -f json`,
 * made elsewhere.
 *
 * The same report of the same commit, pipeline and stage is recorded once;
 * `mark->is_old` is set for a later one.
 *
 * @param options  Unless it is `timed`, the run is taken to have been made on
 *                 the day that the report judges by; but not later than now,
 *                 where it judges by a day to come.
 */
NODISCARD bool report_import(const char *path,
                             const struct record_options *options,
                             struct history_mark *mark, struct err *err);

#endif
