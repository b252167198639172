#include "report/measure_told.h"

#include "core/lang.h"
#include "report/phrases.h"

static bool bound_before(const struct ruleset *rules,
                         const struct rules_measure *measure, uint32_t clause,
                         uint32_t profile) {
    for (uint32_t c = 0; c < clause; c++) {
        struct rules_run binds =
            rules_clause(rules, measure->clauses.first + c)->binds;
        for (uint32_t i = 0; i < binds.count; i++) {
            if (rules_item(rules, binds, i) == profile)
                return true;
        }
    }
    return false;
}

void measure_title(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure, const char *between) {
    const char *title = tr(rules_text(rules, measure->title));
    struct str original = rules_str(rules, measure->original_title);
    /* What names no other was written in English. */
    if (original.len == 0)
        original = rules_str(rules, measure->title);
    strbuf_add_text(out, title);
    if (original.len != 0 && !str_eq(original, str_from(title))) {
        strbuf_add_text(out, between);
        strbuf_add(out, original);
    }
}

void measure_binds(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure, const char *between) {
    size_t start = out->len;
    for (uint32_t c = 0; c < measure->clauses.count; c++) {
        const struct rules_clause *clause =
            rules_clause(rules, measure->clauses.first + c);
        struct rules_run binds = clause->binds;
        if ((clause->flags & RULES_BINDS_ANY) != 0 && out->len == start)
            strbuf_add_text(out, tr("any buyer"));
        for (uint32_t i = 0; i < binds.count; i++) {
            uint32_t profile = rules_item(rules, binds, i);
            if (bound_before(rules, measure, c, profile))
                continue;
            strbuf_printf(out, "%s%s", out->len == start ? "" : between,
                          rules_text(rules, rules_profile(rules, profile)->id));
        }
    }
}

void measure_from(struct strbuf *out, const struct ruleset *rules,
                  const struct rules_measure *measure) {
    struct date_span first = DATE_SPAN_NONE;
    for (uint32_t c = 0; c < measure->clauses.count; c++) {
        struct date_span from =
            rules_clause(rules, measure->clauses.first + c)->from;
        if (from.first != DATE_NONE &&
            (first.first == DATE_NONE || from.first < first.first))
            first = from;
    }
    phrase_span(out, first);
}

void measure_sure(struct strbuf *out, const struct rules_measure *measure) {
    strbuf_add_text(out, tr(rules_confidence_name(
                             (enum rules_confidence)measure->confidence)));
    if (measure->partial)
        strbuf_add_text(out, tr(", list incomplete"));
}

void measure_blind(struct strbuf *out, const struct ruleset *rules,
                   const struct rules_measure *measure) {
    for (uint32_t i = 0; i < measure->blind.count; i++) {
        phrase_comma(out, i);
        strbuf_add_text(
            out, tr(rules_text(rules, rules_item(rules, measure->blind, i))));
    }
}
