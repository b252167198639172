#ifndef BOMGATE_RUN_RUN_H
#define BOMGATE_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/baseline.h"
#include "run/declarations.h"
#include "run/parts_file.h"
#include "run/products.h"
#include "run/readings.h"
#include "run/recorder.h"
#include "run/waivers.h"

/** What the program's exit status means; `--help` prints this table. */
enum exit_status {
    EXIT_CLEAN = 0,     /* nothing at or above --fail-on */
    EXIT_FOUND = 1,     /* something is */
    EXIT_NO_ANSWER = 2, /* it could not be checked, or not all of it */
    EXIT_NO_LINES = 3,  /* understood, but there were no part lines */
};

/** One report to write. */
struct run_output {
    const struct report_format *format;
    const char *path; /* NULL: standard output */
    bool summary_only;
};

/** How far a run is. */
struct run_progress {
    uint32_t lines;        /* of all BOMs so far */
    size_t bom, bom_count; /* the one that is read, from 1, and of how many */
    double share;          /* of it, 0 to 1; negative: not known */
};

struct run_options {
    const struct ruleset *rules;
    const char *const *paths; /* files, folders, "-" */
    size_t path_count;
    const uint32_t *profiles; /* in use; every profile when not declared */
    size_t profile_count;
    struct profile_set denied;
    bool declared;
    unsigned activity;
    int32_t as_of;
    bool by_contract;   /* that is the day of the product's contract */
    int32_t sold_until; /* the product's last day of sale; 0: not said */
    struct alternatives_wish wish;
    struct waivers *waivers;    /* or NULL */
    const char *base;           /* the commit that a change is for, or NULL */
    const char *const *pending; /* files that stay as they are there */
    size_t pending_count;
    struct baseline *baseline;         /* or NULL */
    struct parts_file *parts;          /* or NULL */
    struct declarations *declarations; /* of suppliers, or NULL */
    bool strict_contents; /* contents that nobody declares are for review */
    struct product_words not_fitted; /* designators that are left out */
    const struct product_boms *boms; /* one for each path; NULL: no product of
                                        the settings */
    enum verdict fail_on;
    bool survey; /* makers are looked for, not relied on */
    bool no_fail, allow_empty, all_lines, no_digest;
    unsigned min_resolved;               /* per cent */
    unsigned max_rule_age;               /* days; 0: any */
    struct run_context context;          /* product NULL: each file's name */
    const struct record_options *record; /* NULL: it is not recorded */
    const char *title, *company; /* for the reports' first page, or NULL */
    struct reading_wishes readings;
    const struct run_output *outputs;
    size_t output_count;
    bool color;
    unsigned columns; /* of the terminal, 0: none */
    /** Told of every problem, one line, when it happens. */
    void (*message)(void *ctx, const char *line);
    /** Told of every line that was checked. May be NULL. */
    bool (*line)(void *ctx, const struct run_info *run,
                 const struct report_line *line, struct err *err);
    /** Asked between lines; true cancels. May be NULL. */
    bool (*cancelled)(void *ctx);
    /** Told every so many lines how far it is. May be NULL. */
    void (*progress)(void *ctx, const struct run_progress *progress);
    void *ctx;
};

/**
 * Check BOMs and write every report.
 *
 * A BOM that cannot be read does not stop the others; the run is incomplete
 * then. A report that cannot be written fails the run, and leaves nothing.
 *
 * @param[out] status  The program's exit status; set in every case.
 * @return false when the run itself broke off; EXIT_NO_ANSWER then.
 */
NODISCARD bool run_check(const struct run_options *options,
                         enum exit_status *status, struct err *err);

#endif
