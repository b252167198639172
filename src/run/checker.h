#ifndef BOMGATE_RUN_CHECKER_H
#define BOMGATE_RUN_CHECKER_H

#include <stdbool.h>

#include "bom/bom.h"
#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/baseline.h"
#include "run/declarations.h"
#include "run/parts_line.h"
#include "run/waivers.h"

/**
 * Everything that one BOM line goes through: maker, five questions,
 * alternatives, findings. Remembers its answers; one thread at a time.
 */
struct checker;

struct checker_options {
    const struct ruleset *rules;
    const uint32_t *profiles;
    size_t profile_count;
    struct profile_set denied;
    bool declared;
    unsigned activity;
    int32_t as_of;
    int32_t sold_until; /* 0: not said */
    struct alternatives_wish wish;
    struct waivers *waivers;           /* or NULL */
    struct baseline *baseline;         /* or NULL */
    struct declarations *declarations; /* or NULL */
    bool strict_contents; /* contents that nobody declares are for review */
    const char *product;  /* as the user named it, or NULL */
};

/** @param options Copied, but for what it points to, which must outlive it. */
NODISCARD struct checker *checker_new(const struct checker_options *options);
void checker_free(struct checker *checker);

/** What a line says for one profile, or for all of them. */
struct line_answer {
    enum verdict verdict;
    bool waived;     /* what asks for action is waived, all of it */
    bool undeclared; /* nobody declares what is inside, nor is that waived */
};

/** A line with its findings, and whether its maker is known. */
struct checked_line {
    struct report_line report;
    bool resolved;      /* a part of it has a certain maker */
    bool by_parts_file; /* by what the parts file says */
    bool passive;       /* a generic part that names no maker */
    bool assembly;      /* it names none, and stands for other lines */
    struct line_answer answer;
    const struct line_answer *by_profile; /* one for each profile in use; NULL:
                                             `answer` for each of them */
    enum verdict gate; /* the worst that is neither waived nor known */
};

/**
 * Check one line.
 *
 * @param product   What a finding's fingerprint is for.
 * @param bom_index Of the BOM in the run, from 0, for the findings' ids.
 * @param said      What the parts file says of each part of the line, or NULL.
 * @param assembly  The line stands for others, which are checked themselves:
 *                  that it names no maker of its own is no gap.
 * @param[out] out  Valid until the next call.
 * @return false only when memory is out.
 */
NODISCARD bool checker_check(struct checker *checker,
                             const struct bom_info *bom, unsigned bom_index,
                             struct str product, const struct bom_line *line,
                             const struct parts_said *said, bool assembly,
                             struct checked_line *out, struct err *err);

/**
 * Is there nothing more to a line that was just checked than that it is clear,
 * and its maker known? Then that holds for all that say the same
 * (bom/settled.h).
 *
 * @param[out] names  For settled_add().
 */
bool checker_settles(struct checker *checker, const struct checked_line *line,
                     uint64_t *names);

#endif
