#include "cli/rules_page.h"

#include <string.h>

#include "core/utf8.h"
#include "report/phrases.h"

const char *rules_state_name(enum rules_state state) {
    static const char *const names[RULES_STATE_COUNT] = {
        [RULES_IN_FORCE] = "in force", [RULES_UPCOMING] = "upcoming",
        [RULES_PROPOSED] = "proposed", [RULES_ENDED] = "ended",
        [RULES_ONLY_LIST] = "list",    [RULES_NOT_ANNOUNCED] = "not announced",
    };
    return names[state];
}

enum rules_state rules_clause_state(const struct rules_clause *clause,
                                    int32_t as_of) {
    if (clause->announced != DATE_NONE && as_of < clause->announced)
        return RULES_NOT_ANNOUNCED;
    if (clause->from.first == DATE_NONE)
        return RULES_PROPOSED;
    if (clause->until.last != DATE_NONE && as_of > clause->until.last)
        return RULES_ENDED;
    return as_of < clause->from.first ? RULES_UPCOMING : RULES_IN_FORCE;
}

enum rules_state rules_measure_state(const struct ruleset *rules,
                                     uint32_t number, int32_t as_of) {
    const struct rules_measure *measure = rules_measure(rules, number);
    enum rules_state best = RULES_NOT_ANNOUNCED;
    if (measure->announced.first != DATE_NONE &&
        as_of < measure->announced.first)
        return RULES_NOT_ANNOUNCED;
    if (measure->clauses.count == 0)
        return RULES_ONLY_LIST;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        enum rules_state one = rules_clause_state(
            rules_clause(rules, measure->clauses.first + i), as_of);
        best = one < best ? one : best;
    }
    return best;
}

uint32_t rules_list_owner(const struct ruleset *rules,
                          struct rules_run listings) {
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        struct rules_run own = rules_measure(rules, i)->listings;
        if (own.count != 0 && own.first == listings.first &&
            own.count == listings.count)
            return i;
    }
    return RULES_NONE;
}

void rules_page_span(struct strbuf *out, struct date_span from,
                     struct date_span until) {
    if (from.first != DATE_NONE) {
        strbuf_add_text(out, " from ");
        phrase_span(out, from);
    }
    if (until.first != DATE_NONE) {
        strbuf_add_text(out, " until ");
        phrase_span(out, until);
    }
}

void rules_page_categories_of(struct strbuf *out, const struct ruleset *rules,
                              struct rules_run covers) {
    for (uint32_t i = 0; i < covers.count; i++) {
        const struct rules_category *category =
            rules_category(rules, rules_item(rules, covers, i));
        strbuf_printf(out, "%s%s (%s)", i == 0 ? "" : ", ",
                      rules_text(rules, category->name),
                      rules_text(rules, category->id));
    }
}

void rules_page_party_name(struct strbuf *out, const struct ruleset *rules,
                           uint32_t number) {
    const struct rules_party *party = rules_party(rules, number);
    const char *country = rules_text(rules, party->country);
    strbuf_printf(out, "%s (%s%s%s)", rules_text(rules, party->name),
                  rules_text(rules, party->id), country[0] != '\0' ? ", " : "",
                  country);
}

void rules_page_sources(struct text_page *page, const struct ruleset *rules,
                        struct rules_run sources) {
    if (sources.count == 0)
        return;
    text_end_line(page);
    text_heading(page, STR_LIT("Sources"));
    for (uint32_t i = 0; i < sources.count; i++) {
        const struct rules_source *source =
            rules_source(rules, sources.first + i);
        struct str title = rules_str(rules, source->title);
        struct str seen = rules_str(rules, source->seen);
        struct strbuf *text = text_start(page);
        strbuf_add(text, title.len != 0 ? title : STR_LIT("(no title)"));
        if (seen.len != 0)
            strbuf_printf(text, ", seen %.*s", STR_ARG(seen));
        text_paragraph(page, "  ", 2, strbuf_str(text));
        /* Never broken: it is there to be opened. */
        fputs("    ", page->out);
        text_last(page, rules_str(rules, source->url), SIZE_MAX);
    }
}

static void put_identity(struct strbuf *out, const struct ruleset *rules) {
    char day[DATE_TEXT_SIZE] = "-";
    if (ruleset_known_to(rules) != DATE_NONE)
        date_format(ruleset_known_to(rules), day);
    strbuf_printf(out, "rules %s, sha256 %.16s…, known to %s",
                  ruleset_version(rules), ruleset_sha256(rules), day);
}

/* The first day on which any clause of the measure holds, and the last. */
static void put_days(struct strbuf *out, const struct ruleset *rules,
                     uint32_t number, enum rules_state state) {
    const struct rules_measure *measure = rules_measure(rules, number);
    struct date_span from = DATE_SPAN_NONE, until = DATE_SPAN_NONE;
    for (uint32_t i = 0; i < measure->clauses.count; i++) {
        const struct rules_clause *clause =
            rules_clause(rules, measure->clauses.first + i);
        if (clause->from.first != DATE_NONE &&
            (from.first == DATE_NONE || clause->from.first < from.first))
            from = clause->from;
        if (clause->until.first > until.first)
            until = clause->until;
    }
    if (from.first == DATE_NONE)
        from = measure->announced;
    phrase_span(out, from);
    if (state == RULES_ENDED) {
        strbuf_add_text(out, " - ");
        phrase_span(out, until);
    }
}

static void put_measure(struct text_page *page, const struct ruleset *rules,
                        uint32_t number, enum rules_state state) {
    const struct rules_measure *measure = rules_measure(rules, number);
    struct strbuf *days = text_start(page);
    fputs("  ", page->out);
    text_cell(page, rules_str(rules, measure->id), 40);
    text_cell(page, rules_str(rules, measure->jurisdiction), 2);
    put_days(days, rules, number, state);
    text_cell(page, strbuf_str(days), state == RULES_ENDED ? 23 : 10);
    text_cell(page,
              str_from(rules_confidence_name(
                  (enum rules_confidence)measure->confidence)),
              13);
    text_last(page, rules_str(rules, measure->title), SIZE_MAX);
}

static void put_state(struct text_page *page, const struct ruleset *rules,
                      enum rules_state state, int32_t as_of) {
    static const char *const headings[RULES_STATE_COUNT] = {
        [RULES_IN_FORCE] = "In force, since",
        [RULES_UPCOMING] = "Upcoming, from",
        [RULES_PROPOSED] = "Proposed, without a date; announced on",
        [RULES_ENDED] = "Ended; from - until",
        [RULES_NOT_ANNOUNCED] = "Not announced on that day; in force from",
        [RULES_ONLY_LIST] = "Without a clause of their own; announced on",
    };
    bool any = false;
    for (uint32_t i = 0; i < rules_measure_count(rules); i++) {
        if (rules_measure_state(rules, i, as_of) != state)
            continue;
        if (!any) {
            text_end_line(page);
            text_heading(page, str_from(headings[state]));
        }
        any = true;
        put_measure(page, rules, i, state);
    }
}

void rules_page_list(struct text_page *page, const struct ruleset *rules,
                     int32_t as_of) {
    char day[DATE_TEXT_SIZE];
    struct strbuf *text = text_start(page);
    date_format(as_of, day);
    strbuf_printf(text, "Measures as of %s; ", day);
    put_identity(text, rules);
    text_paragraph(page, "", 0, strbuf_str(text));
    for (int state = 0; state < RULES_STATE_COUNT; state++)
        put_state(page, rules, (enum rules_state)state, as_of);
    text_end_line(page);
    text_heading(page, STR_LIT("Profiles (-p)"));
    for (uint32_t i = 0; i < rules_profile_count(rules); i++) {
        const struct rules_profile *profile = rules_profile(rules, i);
        fputs("  ", page->out);
        text_cell(page, rules_str(rules, profile->id), 30);
        text_last(page, rules_str(rules, profile->name), SIZE_MAX);
    }
}

void rules_page_categories(struct text_page *page,
                           const struct ruleset *rules) {
    for (uint32_t i = 0; i < rules_category_count(rules); i++) {
        const struct rules_category *category = rules_category(rules, i);
        text_cell(page, rules_str(rules, category->id), 40);
        text_last(page, rules_str(rules, category->name), SIZE_MAX);
    }
}

void rules_page_sums(FILE *out, const struct ruleset *rules, size_t notes) {
    struct strbuf text = {.ptr = NULL};
    put_identity(&text, rules);
    fprintf(out, "%s\n", text.failed ? "" : text.ptr);
    strbuf_dispose(&text);
    fprintf(out,
            "no problem in %u measures, %u parties, %u profiles, %u "
            "part-number families, %u cross-references",
            (unsigned)rules_measure_count(rules),
            (unsigned)rules_party_count(rules),
            (unsigned)rules_profile_count(rules),
            (unsigned)rules_family_count(rules),
            (unsigned)rules_cross_count(rules));
    if (notes != 0)
        fprintf(out, "; %zu note%s", notes, notes == 1 ? "" : "s");
    fputc('\n', out);
}
