#ifndef BOMGATE_RUN_RESCREEN_H
#define BOMGATE_RUN_RESCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/boards.h"
#include "report/report.h"
#include "run/run.h"

/*
 * Every board's newest BOM, as the history has it, by today's rules: what is
 * found now that was not found then, and what no longer is.
 */

struct rescreen_options {
    const struct ruleset *rules;
    struct history *history;
    int32_t as_of;
    const char *product; /* only this one; NULL: all */
    /* Who buys, and what is done; not declared: what each board's run was
       asked for. */
    const uint32_t *profiles;
    size_t profile_count;
    bool declared;
    unsigned activity; /* 0: as the board's run */
    struct alternatives_wish wish;
    struct parts_file *parts;          /* or NULL */
    struct declarations *declarations; /* of suppliers, or NULL */
    bool strict_contents; /* contents that nobody declares are for review */
    enum verdict fail_on;
    unsigned max_rule_age; /* days; 0: any */
    bool only_new;         /* only what is newly found fails */
};

enum rescreen_state {
    RESCREEN_NEW,
    RESCREEN_WORSE,
    RESCREEN_MILDER,
    RESCREEN_KNOWN,
};
/** "new", "worse", "milder", "known". */
const char *rescreen_state_name(enum rescreen_state state);

/** Of one board, or of all. */
struct rescreen_sums {
    uint32_t boards, lines;
    uint32_t found[RESCREEN_KNOWN + 1], gone; /* flagged findings */
    uint32_t waived;
    uint32_t counts[VERDICT_COUNT]; /* lines, by what neither a waiver nor
                                       only_new takes out */
    uint32_t unread;                /* boards that could not be answered for */
};

/** What is told, board by board; everything is borrowed for the call. */
struct rescreen_told {
    /** @param run  What the findings' sentences are told of. */
    bool (*board)(void *ctx, const struct history_board *board,
                  const struct run_info *run, struct err *err);
    /** A flagged finding of today.
        @param before  Its verdict then; VERDICT_COUNT: it was not found. */
    bool (*found)(void *ctx, const struct report_line *line,
                  const struct finding *finding, enum rescreen_state state,
                  enum verdict before, struct err *err);
    /** A flagged finding of then that is none today. */
    bool (*gone)(void *ctx, const struct history_finding *finding,
                 struct err *err);
    /** @param problem  Why there is no full answer for the board, or NULL. */
    bool (*board_end)(void *ctx, const struct rescreen_sums *sums,
                      const char *problem, struct err *err);
    void *ctx;
};

/**
 * @param[out] sums    Of all boards.
 * @param[out] status  As for run_check().
 */
NODISCARD bool rescreen(const struct rescreen_options *options,
                        const struct rescreen_told *told,
                        struct rescreen_sums *sums, enum exit_status *status,
                        struct err *err);

#endif
