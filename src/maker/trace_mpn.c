#include "maker/trace.h"

#include "core/lang.h"
#include "maker/family.h"
#include "maker/trace_stage.h"
#include "ruleset/name.h"
#include "ruleset/pattern.h"

#define NEAR_MAX 3     /* families that are told of though they do not fit */
#define NEAR_REACHED 4 /* characters of the key that must fit them */

static const char *tier_text(uint32_t tier) {
    switch (tier) {
    case RULES_TIER_HIGH:
        return tr("the whole shape, which claims its maker alone");
    case RULES_TIER_MEDIUM:
        return tr("a short shape, which proposes its maker, and is sure only "
                  "where "
                  "the line names it or says what the part is");
    default:
        return tr("a shape of many, which counts only under its maker's name");
    }
}

/* "DDR3 SDRAM of Micron Technology, Inc." */
static struct str family_text(struct maker_tracer *tracer, uint32_t number) {
    const struct rules_family *family = rules_family(tracer->rules, number);
    strbuf_clear(&tracer->text);
    strbuf_printf(&tracer->text, tr("%s of %s"),
                  rules_text(tracer->rules, family->name),
                  trace_party(tracer, family->party).ptr);
    return strbuf_str(&tracer->text);
}

static void trace_families(struct maker_tracer *tracer,
                           const struct mpn_match *match,
                           struct maker_trace *trace) {
    for (size_t i = 0; i < match->count; i++) {
        const struct mpn_hit *hit = &match->hits[i];
        struct str result = family_text(tracer, hit->family);
        if (match->read_as.len > 0)
            trace_add(trace, "mpn-family", hit->text, result,
                      tr("read as %.*s; %s"), STR_ARG(match->read_as),
                      tier_text(hit->tier));
        else
            trace_add(trace, "mpn-family", hit->text, result,
                      hit->ambiguous
                          ? tr("%s; another company's parts have it too")
                          : "%s",
                      tier_text(hit->tier));
    }
    if (match->count == 0)
        trace_add(trace, "mpn-family", strbuf_str(&tracer->core), STR_EMPTY,
                  tr("no family that the rules know has this shape"));
}

/* A family, and how far the key fits it. */
struct near {
    uint32_t family[NEAR_MAX];
    size_t reached[NEAR_MAX];
    size_t count;
};

static void keep_near(struct near *near, uint32_t family, size_t reached) {
    size_t at = near->count;
    if (at == NEAR_MAX && near->reached[--at] >= reached)
        return;
    if (near->count < NEAR_MAX)
        near->count++;
    for (; at > 0 && near->reached[at - 1] < reached; at--) {
        near->reached[at] = near->reached[at - 1];
        near->family[at] = near->family[at - 1];
    }
    near->reached[at] = reached;
    near->family[at] = family;
}

static bool is_hit(const struct mpn_match *match, uint32_t party) {
    for (size_t i = 0; i < match->count; i++)
        if (match->hits[i].party == party)
            return true;
    return false;
}

static void try_families(struct maker_tracer *tracer,
                         const struct mpn_match *match, struct near *near,
                         struct maker_trace *trace) {
    struct str key = strbuf_str(&tracer->core);
    struct str folded = strbuf_str(&tracer->normal);
    for (uint32_t i = 0; i < rules_family_count(tracer->rules); i++) {
        struct pattern_match fit;
        struct str exception;
        if (family_fits(tracer->rules, i, key, &fit)) {
            exception = family_exception(tracer->rules, i, folded);
            if (exception.len > 0)
                trace_add(
                    trace, "mpn-exception", folded, family_text(tracer, i),
                    tr("it begins with \"%.*s\", which is somebody else's"),
                    STR_ARG(exception));
        } else if (fit.reached >= NEAR_REACHED &&
                   !is_hit(match, rules_family(tracer->rules, i)->party)) {
            keep_near(near, i, fit.reached);
        }
    }
}

/* What has none is a word and nearly nobody's part. */
static bool has_digit(struct str key) {
    for (size_t i = 0; i < key.len; i++)
        if (ascii_is_digit(key.ptr[i]))
            return true;
    return false;
}

static void trace_near(struct maker_tracer *tracer, const struct near *near,
                       struct maker_trace *trace) {
    struct str key = strbuf_str(&tracer->core);
    for (size_t i = 0; i < near->count; i++) {
        size_t reached = near->reached[i];
        struct str fits = str_take(key, reached);
        struct str result = family_text(tracer, near->family[i]);
        if (reached < key.len)
            trace_add(
                trace, "near-mpn", key, result,
                tr("fits up to \"%.*s\"; \"%c\", character %zu, does not"),
                STR_ARG(fits), key.ptr[reached], reached + 1);
        else
            trace_add(
                trace, "near-mpn", key, result,
                tr("fits as far as it goes, but the family's numbers go on"));
    }
}

bool maker_trace_mpn(struct maker_tracer *tracer, struct str cell,
                     struct maker_trace *trace) {
    struct mpn_match match;
    struct near near = {.count = 0};
    cell = str_trim(cell);
    mpn_key(&tracer->core, cell);
    mpn_fold(&tracer->normal, cell);
    trace_add(trace, "mpn-key", cell, strbuf_str(&tracer->core),
              tr("capital letters and digits alone"));
    if (!mpn_match_cell(&tracer->mpns, cell, false, &match))
        return false;
    trace_families(tracer, &match, trace);
    try_families(tracer, &match, &near, trace);
    if (has_digit(strbuf_str(&tracer->core)))
        trace_near(tracer, &near, trace);
    return !trace->failed && !tracer->core.failed && !tracer->normal.failed &&
           !tracer->text.failed;
}
