#include "report/html_sections.h"

#include "core/lang.h"
#include "report/measure_told.h"

enum {
    COLUMN_MEASURE,
    COLUMN_AUTHORITY,
    COLUMN_BINDS,
    COLUMN_FROM,
    COLUMN_FLAGGED,
    COLUMN_WAIVED,
    COLUMN_LISTED,
    COLUMN_LIMITS,
    COLUMN_SOURCES,
};

static const struct html_column columns[] = {
    [COLUMN_MEASURE] = {N_("Measure"), HTML_PLAIN},
    [COLUMN_AUTHORITY] = {N_("Authority, citation"), HTML_PLAIN},
    [COLUMN_BINDS] = {N_("Binds"), HTML_PLAIN},
    [COLUMN_FROM] = {N_("In force from"), HTML_DAY},
    [COLUMN_FLAGGED] = {N_("Lines to act on"), HTML_NUMBER},
    [COLUMN_WAIVED] = {N_("Lines waived"), HTML_NUMBER},
    [COLUMN_LISTED] = {N_("Lines listed only"), HTML_NUMBER},
    [COLUMN_LIMITS] = {N_("Text, and what it does not see"), HTML_PLAIN},
    [COLUMN_SOURCES] = {N_("Sources"), HTML_PLAIN},
};

static void put_identity(struct html *html, const struct ruleset *rules,
                         const struct rules_measure *measure) {
    html_cell_begin(html, &columns[COLUMN_MEASURE]);
    struct strbuf *text = html_start(html);
    measure_title(text, rules, measure, "\n");
    html_element(html, "strong", strbuf_str(text));
    html_raw(html, "<br>");
    html_element(html, "small", rules_str(rules, measure->id));
    html_raw(html, "</td>");
    html_cell_begin(html, &columns[COLUMN_AUTHORITY]);
    html_text(html, rules_str(rules, measure->authority));
    html_raw(html, "<br>");
    html_element(html, "small", rules_str(rules, measure->citation));
    html_raw(html, "</td>");
    text = html_start(html);
    measure_binds(text, rules, measure, "\n");
    html_cell(html, &columns[COLUMN_BINDS], strbuf_str(text));
    text = html_start(html);
    measure_from(text, rules, measure);
    html_cell(html, &columns[COLUMN_FROM], strbuf_str(text));
}

static void put_limits(struct html *html, const struct ruleset *rules,
                       const struct rules_measure *measure) {
    struct strbuf *text = html_start(html);
    measure_sure(text, measure);
    html_cell_begin(html, &columns[COLUMN_LIMITS]);
    html_text(html, strbuf_str(text));
    if (measure->blind.count != 0) {
        text = html_start(html);
        strbuf_add_text(text, tr("not seen: "));
        measure_blind(text, rules, measure);
        html_raw(html, "<br><small>");
        html_text(html, strbuf_str(text));
        html_raw(html, "</small>");
    }
    html_folded(html, tr("Exceptions"),
                str_from(tr(rules_text(rules, measure->exceptions))));
    html_raw(html, "</td>");
}

static void put_sources(struct html *html, const struct ruleset *rules,
                        struct rules_run sources) {
    html_cell_begin(html, &columns[COLUMN_SOURCES]);
    html_raw(html, "<ul>\n");
    for (uint32_t i = 0; i < sources.count; i++) {
        const struct rules_source *source =
            rules_source(rules, sources.first + i);
        html_raw(html, "<li>");
        html_link(html, rules_text(rules, source->url),
                  rules_str(rules, source->title));
        html_raw(html, "</li>\n");
    }
    html_raw(html, "</ul></td>");
}

void html_measures(struct html *html, const struct run_info *run,
                   const struct run_totals *totals, const struct tally *tally) {
    html_section(html, "measures", tr("Measures"));
    html_table(html, tr("What was asked"), columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < totals->measure_count; i++) {
        uint32_t number = totals->measures[i];
        const struct rules_measure *measure = rules_measure(run->rules, number);
        html_raw(html, "<tr>");
        put_identity(html, run->rules, measure);
        const uint32_t *counts = tally->counts[number];
        html_cell_number(html, &columns[COLUMN_FLAGGED], counts[TALLY_FLAGGED]);
        html_cell_number(html, &columns[COLUMN_WAIVED], counts[TALLY_WAIVED]);
        html_cell_number(html, &columns[COLUMN_LISTED], counts[TALLY_LISTED]);
        put_limits(html, run->rules, measure);
        put_sources(html, run->rules, measure->sources);
        html_raw(html, "</tr>\n");
    }
    html_table_end(html);
    html_raw(html, "</section>\n");
}
