#ifndef BOMGATE_RUN_RECORDER_H
#define BOMGATE_RUN_RECORDER_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/mark.h"
#include "history/store.h"
#include "report/report.h"

/** Where and why a run was made. Texts are NULL where nothing is said. */
struct record_options {
    struct history *history;
    const char *time; /* UTC: 2026-11-22T05:36:20Z */
    bool timed;       /* somebody said so; else it is now */
    const char *stage, *repository, *commit, *pipeline, *actor;
    bool keep_files;             /* the BOMs themselves too */
    const struct ruleset *rules; /* of an import: kept where the report was
                                    made by them; or NULL */
};

/** Puts a run into the history while it goes on. */
struct recorder;

/** @param options, run  Must outlive the recorder. */
NODISCARD bool recorder_begin(struct recorder **out,
                              const struct record_options *options,
                              const struct run_info *run, struct err *err);
NODISCARD bool recorder_line(struct recorder *recorder,
                             const struct report_line *line, struct err *err);
NODISCARD bool recorder_bom_end(struct recorder *recorder,
                                const struct bom_totals *totals,
                                struct err *err);
/** Write it all, or nothing. */
NODISCARD bool recorder_finish(struct recorder *recorder,
                               const struct run_totals *totals,
                               struct history_mark *mark, struct err *err);
/** Accepts NULL. What was not finished is forgotten. */
void recorder_free(struct recorder *recorder);

#endif
