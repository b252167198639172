#ifndef BOMGATE_MAKER_TRACE_STAGE_H
#define BOMGATE_MAKER_TRACE_STAGE_H

#include "core/compiler.h"
#include "maker/match_name.h"
#include "maker/mpn.h"
#include "maker/trace.h"

/* What the two files that trace share. */

struct maker_tracer {
    const struct ruleset *rules;
    struct name_matcher names;
    struct mpn_matcher mpns;
    struct strbuf normal, core, text;
};

/** Add a stage; `input` and `result` are copied. */
void trace_add(struct maker_trace *trace, const char *stage, struct str input,
               struct str result, const char *why_fmt, ...) PRINTF_LIKE(5, 6);

/** A party's name. */
struct str trace_party(const struct maker_tracer *tracer, uint32_t party);

#endif
