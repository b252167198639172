#include "report/audit_html.h"

#include "core/date.h"
#include "report/audit_phrases.h"
#include "report/phrases.h"

/* The trend's drawing, in its own units. */
#define CHART_WIDTH 1000
#define CHART_TOP 22
#define CHART_HEIGHT 150
#define CHART_BOTTOM 24
#define BAR_WIDTH 56

void audit_html_top(struct audit_page *page) {
    const struct audit *audit = page->report->audit;
    struct html *html = &page->html;
    struct strbuf *title = scratch_start(&page->scratch);
    audit_report_title(title, page->report);
    html_page_begin(html, strbuf_str(title), str_from(page->report->company));
    if (audit_is_broken(audit)) {
        struct strbuf *text = html_start(html);
        html_raw(html, "<div class=\"alarm\" role=\"alert\">\n");
        audit_say_alarm(text, audit);
        html_element(html, "strong", strbuf_str(text));
        html_raw(html, "</div>\n");
    }
    struct strbuf *text = html_start(html);
    audit_say_headline(text, audit);
    html_raw(html, "<p class=\"headline\">");
    html_text(html, strbuf_str(text));
    html_raw(html, "</p>\n");
}

static void put_scope(struct audit_page *page) {
    static const struct {
        const char *label;
        audit_say *words;
    } pairs[] = {
        {"Period", audit_say_periods},  {"Only", audit_say_narrowed},
        {"Checked", audit_say_scope},   {"Set apart", audit_say_apart},
        {"New", audit_say_new},         {"Resolved", audit_say_resolved},
        {"Waivers", audit_say_waivers}, {"Rules", audit_say_rules},
        {"Chain head", audit_say_head}, {"Head before", audit_say_previous},
    };
    struct html *html = &page->html;
    html_raw(html, "<dl>\n");
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        struct strbuf *text = html_start(html);
        pairs[i].words(text, page->report->audit);
        if (text->len == 0)
            continue;
        html_element(html, "dt", str_from(pairs[i].label));
        html_element(html, "dd", strbuf_str(text));
    }
    html_raw(html, "</dl>\n");
}

static void put_counts(struct audit_page *page) {
    static const struct html_column columns[] = {
        {"Findings", HTML_PLAIN},     {"All", HTML_NUMBER},
        {"prohibited", HTML_NUMBER},  {"upcoming", HTML_NUMBER},
        {"restricted", HTML_NUMBER},  {"review", HTML_NUMBER},
        {"What it means", HTML_PLAIN}};
    const struct audit *audit = page->report->audit;
    struct html *html = &page->html;
    html_table(html, "Findings by what became of them", columns,
               ARRAY_LEN(columns));
    for (int s = 0; s < AUDIT_STATE_COUNT; s++) {
        enum audit_state state = (enum audit_state)s;
        struct strbuf *text = html_start(html);
        html_raw(html, "<tr>");
        strbuf_printf(text, "%s %s", audit_state_sign(state),
                      audit_state_title(state));
        html_cell(html, &columns[0], strbuf_str(text));
        html_cell_number(html, &columns[1], audit_count(audit, state));
        for (int v = 0; phrase_is_flagged((enum verdict)v); v++)
            html_cell_number(html, &columns[v + 2], audit->counts[s][v]);
        html_cell(html, &columns[6], str_from(audit_state_meaning(state)));
        html_raw(html, "</tr>\n");
    }
    html_table_end(html);
}

/* ---- the trend ---- */

static uint32_t height_of(const struct audit_point *point) {
    uint32_t sum = 0;
    for (int v = 0; v < VERDICT_COUNT; v++)
        sum += point->flagged[v];
    return sum;
}

static void put_label(struct html *html, double x, int y, struct str text) {
    fprintf(html->out,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" "
            "font-size=\"13\" fill=\"currentColor\">",
            x, y);
    html_text(html, text);
    html_raw(html, "</text>\n");
}

static void put_bar(struct html *html, const struct audit_point *point,
                    size_t i, uint32_t highest) {
    double scale = (double)CHART_HEIGHT / highest;
    double middle = (double)CHART_WIDTH / AUDIT_POINTS * ((double)i + 0.5);
    double at = CHART_TOP + CHART_HEIGHT;
    for (int v = 0; phrase_is_flagged((enum verdict)v); v++) {
        double height = point->flagged[v] * scale;
        at -= height;
        if (point->flagged[v] != 0)
            fprintf(html->out,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" "
                    "height=\"%.1f\"/>\n",
                    verdict_name((enum verdict)v), middle - BAR_WIDTH / 2.0, at,
                    BAR_WIDTH, height);
    }
    struct strbuf *text = html_start(html);
    phrase_number(text, height_of(point));
    put_label(html, middle, (int)at - 6, strbuf_str(text));
    char name[DATE_TEXT_SIZE];
    text = html_start(html);
    date_format(point->period.to, name);
    if (point->period.quarter != 0)
        strbuf_printf(text, "%dQ%d", point->period.year, point->period.quarter);
    else
        strbuf_add_text(text, name);
    put_label(html, middle, CHART_TOP + CHART_HEIGHT + 17, strbuf_str(text));
}

/* A table below says the same in numbers. */
static void put_chart(struct audit_page *page) {
    const struct audit *audit = page->report->audit;
    struct html *html = &page->html;
    uint32_t highest = 0;
    for (size_t i = 0; i < AUDIT_POINTS; i++) {
        uint32_t height = height_of(&audit->trend[i]);
        highest = height > highest ? height : highest;
    }
    if (highest == 0)
        return;
    fprintf(html->out,
            "<svg class=\"bar\" viewBox=\"0 0 %d %d\" width=\"100%%\" "
            "role=\"img\" aria-label=\"Bars: findings at the end of each "
            "period, the same numbers as in the table below\">\n",
            CHART_WIDTH, CHART_TOP + CHART_HEIGHT + CHART_BOTTOM);
    for (size_t i = 0; i < AUDIT_POINTS; i++)
        put_bar(html, &audit->trend[i], i, highest);
    html_raw(html, "</svg>\n");
}

void audit_html_summary(struct audit_page *page) {
    html_raw(&page->html, "<section id=\"summary\">\n<h2>Summary</h2>\n");
    put_scope(page);
    put_counts(page);
    html_raw(&page->html, "</section>\n<section id=\"trend\">\n"
                          "<h2>Trend</h2>\n");
    put_chart(page);
    audit_html_table(page, &audit_table_trend);
    html_raw(&page->html, "</section>\n");
}
