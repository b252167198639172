#include "maker/trace.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/lang.h"
#include "core/mem.h"
#include "maker/similar.h"
#include "maker/trace_stage.h"
#include "ruleset/name.h"

#define NEAR_MAX 3 /* names that are told of though they were not proposed */

struct maker_tracer *maker_tracer_new(const struct ruleset *rules) {
    struct maker_tracer *tracer = mem_calloc(1, sizeof(*tracer));
    if (tracer == NULL)
        return NULL;
    tracer->rules = rules;
    name_matcher_init(&tracer->names, rules);
    if (mpn_matcher_init(&tracer->mpns, rules))
        return tracer;
    maker_tracer_free(tracer);
    return NULL;
}

void maker_tracer_free(struct maker_tracer *tracer) {
    if (tracer == NULL)
        return;
    name_matcher_dispose(&tracer->names);
    mpn_matcher_dispose(&tracer->mpns);
    strbuf_dispose(&tracer->normal);
    strbuf_dispose(&tracer->core);
    strbuf_dispose(&tracer->text);
    mem_free(tracer);
}

void maker_trace_clear(struct maker_trace *trace) {
    arena_reset(&trace->arena);
    trace->count = 0;
    trace->failed = false;
}

void maker_trace_dispose(struct maker_trace *trace) {
    arena_dispose(&trace->arena);
    mem_free(trace->stages);
    *trace = (struct maker_trace){.stages = NULL};
}

static struct str print_why(struct arena *arena, const char *fmt, va_list args)
    PRINTF_LIKE(2, 0);
static struct str print_why(struct arena *arena, const char *fmt,
                            va_list args) {
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (text == NULL)
        return STR_EMPTY;
    vsnprintf(text, (size_t)len + 1, fmt, args);
    return (struct str){text, (size_t)len};
}

void trace_add(struct maker_trace *trace, const char *stage, struct str input,
               struct str result, const char *why_fmt, ...) {
    void *items = trace->stages;
    if (!mem_grow(&items, &trace->cap, trace->count + 1,
                  sizeof(*trace->stages))) {
        trace->failed = true;
        return;
    }
    va_list args;
    va_start(args, why_fmt);
    trace->stages = items;
    trace->stages[trace->count++] = (struct maker_stage){
        .stage = stage,
        .input = arena_str(&trace->arena, input),
        .result = arena_str(&trace->arena, result),
        .why = print_why(&trace->arena, why_fmt, args),
    };
    va_end(args);
    trace->failed = trace->failed || trace->arena.failed;
}

struct str trace_party(const struct maker_tracer *tracer, uint32_t party) {
    return rules_str(tracer->rules, rules_party(tracer->rules, party)->name);
}

/* ---- exact names ---- */

static const char *kind_text(uint32_t kind) {
    switch (kind) {
    case RULES_NAME_LEGAL:
        return tr("its name");
    case RULES_NAME_BRAND:
        return tr("a brand of it");
    case RULES_NAME_SHARED:
        return tr("a name that several companies use");
    case RULES_NAME_NOT:
        return tr("the rules say that this name is not that company's");
    case RULES_NAME_CORE:
        return tr("its name without general words");
    default:
        return tr("an alias of it");
    }
}

/* @return how many companies have the name. */
static uint32_t trace_exact(struct maker_tracer *tracer, const char *stage,
                            struct str name, struct maker_trace *trace) {
    uint32_t first, count = rules_find_names(tracer->rules, name, &first);
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_name *known = rules_name(tracer->rules, first + i);
        trace_add(trace, stage, name, trace_party(tracer, known->party), "%s",
                  kind_text(known->kind));
    }
    if (count == 0)
        trace_add(trace, stage, name, STR_EMPTY,
                  tr("no company is called that"));
    return count;
}

static void trace_core(struct maker_tracer *tracer, struct maker_trace *trace) {
    struct str normal = strbuf_str(&tracer->normal);
    name_core(&tracer->core, normal, rules_name_words(tracer->rules));
    struct str core = strbuf_str(&tracer->core);
    if (str_eq(core, normal))
        trace_add(trace, "core-name", normal, STR_EMPTY,
                  tr("it has no general words to leave out"));
    else if (core.len <= NAME_SHORT)
        trace_add(trace, "core-name", core, STR_EMPTY,
                  tr("too little is left without general words"));
    else
        trace_exact(tracer, "core-name", core, trace);
}

/* ---- what the cell as a whole gave ---- */

static const char *state_text(enum name_state state) {
    switch (state) {
    case NAME_NOT_GIVEN:
        return tr("it names nobody: a placeholder, or an address");
    case NAME_DISTRIBUTOR:
        return tr("a distributor, who sells parts and does not make them");
    case NAME_UNKNOWN:
        return tr("a name that the rules do not know");
    default:
        return "";
    }
}

static const char *place_text(enum name_place place) {
    switch (place) {
    case NAME_PART:
        return tr("one of several names in the cell");
    case NAME_ADDRESS:
        return tr("a word of a web address");
    default:
        return "";
    }
}

/* How a proposal is like its name. */
static const char *likeness_text(struct maker_tracer *tracer, struct str text,
                                 const struct rules_name *known) {
    name_normalise(&tracer->text, text, rules_name_words(tracer->rules));
    switch (similar_distance(strbuf_str(&tracer->text),
                             rules_str(tracer->rules, known->text))) {
    case 1:
        return tr("one letter is wrong, missing, too many or swapped");
    case 2:
        return tr("two letters are wrong, missing, too many or swapped");
    default:
        return tr("its words are spaced, ordered or cut off otherwise");
    }
}

static void trace_hits(struct maker_tracer *tracer, struct str cell,
                       const struct name_match *match,
                       struct maker_trace *trace) {
    for (size_t i = 0; i < match->count; i++) {
        const struct name_hit *hit = &match->hits[i];
        const struct rules_name *known = rules_name(tracer->rules, hit->name);
        if ((hit->matched_by & MAKER_BY_SIMILAR) != 0)
            trace_add(trace, "similar-name", hit->text,
                      trace_party(tracer, hit->party),
                      tr("proposed, because it looks like \"%.*s\": %s"),
                      STR_ARG(rules_str(tracer->rules, known->raw)),
                      likeness_text(tracer, hit->text, known));
        else if (hit->place != NAME_WHOLE)
            trace_add(trace, "cell", hit->text, trace_party(tracer, hit->party),
                      "%s", place_text(hit->place));
    }
    if (match->count == 0)
        trace_add(trace, "cell", cell, STR_EMPTY, "%s",
                  state_text(match->state));
}

/* ---- names that nearly matched ---- */

struct near {
    uint32_t name[NEAR_MAX];
    unsigned distance[NEAR_MAX];
    size_t count;
};

static bool is_hit(const struct name_match *match, uint32_t party) {
    for (size_t i = 0; i < match->count; i++)
        if (match->hits[i].party == party)
            return true;
    return false;
}

/* The nearest stay, one of each company. */
static void keep_near(struct near *near, const struct ruleset *rules,
                      uint32_t name, unsigned distance) {
    uint32_t party = rules_name(rules, name)->party;
    size_t at = 0;
    while (at < near->count &&
           rules_name(rules, near->name[at])->party != party)
        at++;
    if (at == near->count && near->count < NEAR_MAX)
        near->count++;
    else if (near->distance[at < NEAR_MAX ? at : --at] <= distance)
        return;
    for (; at > 0 && near->distance[at - 1] > distance; at--) {
        near->name[at] = near->name[at - 1];
        near->distance[at] = near->distance[at - 1];
    }
    near->name[at] = name;
    near->distance[at] = distance;
}

/* Near enough to be told of: a third of the letters. */
static void find_near(const struct maker_tracer *tracer, struct str written,
                      const struct name_match *match, struct near *near) {
    unsigned limit = (unsigned)written.len / 3;
    near->count = 0;
    for (uint32_t i = 0; i < rules_name_count(tracer->rules); i++) {
        const struct rules_name *name = rules_name(tracer->rules, i);
        struct str known = rules_str(tracer->rules, name->text);
        if (known.len > written.len + limit || is_hit(match, name->party))
            continue;
        unsigned distance = similar_distance(written, known);
        if (distance <= limit)
            keep_near(near, tracer->rules, i, distance);
    }
}

static void trace_near(struct maker_tracer *tracer,
                       const struct name_match *match,
                       struct maker_trace *trace) {
    struct str written = strbuf_str(&tracer->core);
    struct near near;
    if (written.len == 0)
        written = strbuf_str(&tracer->normal);
    find_near(tracer, written, match, &near);
    for (size_t i = 0; i < near.count; i++) {
        const struct rules_name *name = rules_name(tracer->rules, near.name[i]);
        struct str known = rules_str(tracer->rules, name->text);
        const char *why = name->kind == RULES_NAME_NOT ? kind_text(name->kind)
                          : similar_names(written, known) != SIMILAR_NOT
                              ? tr("another name is nearer")
                              : similar_objection(written, known);
        trace_add(trace, "near-name", written, known,
                  tr("of %.*s; not proposed: %s"),
                  STR_ARG(trace_party(tracer, name->party)), why);
    }
}

bool maker_trace_name(struct maker_tracer *tracer, struct str cell,
                      struct maker_trace *trace) {
    struct name_match match;
    cell = str_trim(cell);
    name_normalise(&tracer->normal, cell, rules_name_words(tracer->rules));
    struct str normal = strbuf_str(&tracer->normal);
    trace_add(trace, "normalise", cell, normal,
              tr("case, punctuation and legal forms aside"));
    if (!name_match(&tracer->names, cell, &match))
        return false;
    strbuf_clear(&tracer->core);
    bool known =
        normal.len > 0 && trace_exact(tracer, "exact-name", normal, trace) > 0;
    if (!known && normal.len > 0)
        trace_core(tracer, trace);
    if (!known || match.count == 0) {
        trace_hits(tracer, cell, &match, trace);
        if (match.count == 0 || match.hits[0].confidence != MAKER_CERTAIN)
            trace_near(tracer, &match, trace);
    }
    return !trace->failed && !tracer->normal.failed && !tracer->core.failed;
}
