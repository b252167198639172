#ifndef BOMGATE_MAKER_TRACE_H
#define BOMGATE_MAKER_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/str.h"
#include "ruleset/ruleset.h"

/** One step on the way to who made a part, for a person to follow. */
struct maker_stage {
    const char *stage; /* "normalise", "exact-name", "core-name", "cell",
                          "similar-name", "near-name", "mpn-key", "mpn-family",
                          "mpn-exception" or "near-mpn" */
    struct str input;  /* what was looked at */
    struct str result; /* what it gave; empty: nothing */
    struct str why;    /* what it means, or why it is not the answer */
};

/**
 * The steps of a name or a part number, what nearly matched and why it did
 * not. The steps are taken again for it, so a resolver pays nothing for being
 * traced.
 */
struct maker_trace {
    struct maker_stage *stages;
    size_t count, cap;
    struct arena arena; /* what the stages point to */
    bool failed;
};

/** Takes the steps; NULL when memory is out. @param rules Must outlive it. */
struct maker_tracer;
NODISCARD struct maker_tracer *maker_tracer_new(const struct ruleset *rules);
void maker_tracer_free(struct maker_tracer *tracer);

/**
 * Add the steps that a manufacturer cell takes.
 *
 * @return false when memory is out.
 */
NODISCARD bool maker_trace_name(struct maker_tracer *tracer, struct str cell,
                                struct maker_trace *trace);

/** The same for a part-number cell. */
NODISCARD bool maker_trace_mpn(struct maker_tracer *tracer, struct str cell,
                               struct maker_trace *trace);

/** Forget the steps; a zeroed trace is empty. */
void maker_trace_clear(struct maker_trace *trace);
void maker_trace_dispose(struct maker_trace *trace);

#endif
