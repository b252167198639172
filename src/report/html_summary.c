#include "report/html_sections.h"

#include "core/lang.h"
#include "report/by_profile.h"
#include "report/phrases.h"
#include "report/statements.h"

/* More are for the section Coverage. */
#define PROBLEMS_SHOWN 20
/* A longer list is closed at first. */
#define NOT_CHECKED_OPEN 12

static void put_alarm(struct html *html, const struct run_totals *totals) {
    if (totals->complete && totals->conclusive)
        return;
    html_raw(html, "<div class=\"alarm\" role=\"alert\">\n");
    html_element(html, "strong", str_from(report_alarm(totals)));
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < totals->problem_count && i < PROBLEMS_SHOWN; i++)
        html_element(html, "li", str_from(totals->problems[i]));
    if (totals->problem_count > PROBLEMS_SHOWN) {
        struct strbuf *text = html_start(html);
        strbuf_printf(text, tr("and %zu more, under Coverage"),
                      totals->problem_count - PROBLEMS_SHOWN);
        html_element(html, "li", strbuf_str(text));
    }
    html_raw(html, "</ul>\n</div>\n");
}

static void put_pair(void *ctx, const char *label, struct str text) {
    struct html *html = ctx;
    if (label[0] != '\0')
        html_element(html, "dt", str_from(label));
    html_element(html, "dd", text);
}

static void put_declared(struct html *html, const struct run_info *run,
                         const struct run_totals *totals) {
    html_raw(html, "<dl>\n");
    report_declarations(&html->text, run, totals, put_pair, html);
    html_raw(html, "</dl>\n");
}

static void put_not_checked(struct html *html,
                            const struct run_totals *totals) {
    size_t count = totals->not_checked_count;
    if (count == 0)
        return;
    html_raw(html, count <= NOT_CHECKED_OPEN ? "<details open>" : "<details>");
    html_raw(html, "<summary>");
    html_text(html, str_from(tr("What was not checked")));
    html_raw(html, "</summary>\n<ul>\n");
    for (size_t i = 0; i < count; i++)
        html_element(html, "li", str_from(totals->not_checked[i]));
    html_raw(html, "</ul>\n</details>\n");
}

/* All lines as one bar; a table below says the same in numbers. */
static void put_bar(struct html *html, const struct run_totals *totals) {
    double at = 0;
    if (totals->lines == 0)
        return;
    html_raw(html, "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" "
                   "height=\"22\">\n");
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        double share = 100.0 * totals->all.verdicts[v] / totals->lines;
        if (totals->all.verdicts[v] != 0)
            fprintf(html->out,
                    "<rect class=\"%s\" x=\"%.2f%%\" y=\"1\" width=\"%.2f%%\" "
                    "height=\"20\"/>\n",
                    verdict_name((enum verdict)v), at, share);
        at += share;
    }
    html_raw(html, "</svg>\n");
}

static void put_verdicts(struct html *html, const struct run_totals *totals) {
    static const struct html_column columns[] = {
        {N_("Verdict"), HTML_PLAIN},
        {N_("Lines"), HTML_NUMBER},
        {N_("What it means"), HTML_PLAIN}};
    put_bar(html, totals);
    html_table(html, tr("Lines by verdict, each once, by its worst"), columns,
               ARRAY_LEN(columns));
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        html_raw(html, "<tr>");
        html_cell_verdict(html, &columns[0], (enum verdict)v);
        html_cell_number(html, &columns[1], totals->all.verdicts[v]);
        html_cell(html, &columns[2],
                  str_from(phrase_verdict_meaning((enum verdict)v)));
        html_raw(html, "</tr>\n");
    }
    if (totals->all.waived != 0) {
        html_raw(html, "<tr>");
        html_cell(html, &columns[0], str_from(tr("waived")));
        html_cell_number(html, &columns[1], totals->all.waived);
        html_cell(html, &columns[2],
                  str_from(tr("Beside these; see Waivers.")));
        html_raw(html, "</tr>\n");
    }
    html_table_end(html);
}

static void put_by_profile(struct html *html, const struct run_info *run,
                           const struct run_totals *totals) {
    struct html_column columns[1 + VERDICT_COUNT + 1] = {
        {N_("Profile"), HTML_PLAIN},
        [1 + VERDICT_COUNT] = {N_("waived"), HTML_NUMBER}};
    bool waived = by_profile_waived(run, totals);
    bool headed = false;
    if (run->profile_count == 1) /* the table above says the same */
        return;
    for (unsigned v = 0; v < VERDICT_COUNT; v++)
        columns[v + 1] =
            (struct html_column){verdict_name((enum verdict)v), HTML_NUMBER};
    for (size_t i = 0; i < run->profile_count; i++) {
        if (!by_profile_shown(run, totals, i))
            continue;
        if (!headed)
            html_table(html, by_profile_title(run), columns,
                       ARRAY_LEN(columns) - !waived);
        headed = true;
        html_raw(html, "<tr>");
        html_cell(html, &columns[0],
                  rules_str(run->rules,
                            rules_profile(run->rules, run->profiles[i])->id));
        for (unsigned v = 0; v < VERDICT_COUNT; v++)
            html_cell_number(html, &columns[v + 1],
                             totals->by_profile[i].verdicts[v]);
        if (waived)
            html_cell_number(html, &columns[1 + VERDICT_COUNT],
                             totals->by_profile[i].waived);
        html_raw(html, "</tr>\n");
    }
    if (headed)
        html_table_end(html);
}

/* Where a reader may want to go at once. */
static void put_contents(struct html *html) {
    static const struct {
        const char *id, *title;
    } sections[] = {{"todo", N_("What to do")},
                    {"flagged", N_("Flagged")},
                    {"measures", N_("Measures")},
                    {"coverage", N_("Coverage")},
                    {"rules", N_("Rules")}};
    fprintf(html->out, "<nav aria-label=\"%s\">", tr("Sections"));
    for (size_t i = 0; i < ARRAY_LEN(sections); i++)
        fprintf(html->out, "%s<a href=\"#%s\">%s</a>", i == 0 ? "" : " ",
                sections[i].id, tr(sections[i].title));
    html_raw(html, "</nav>\n");
}

void html_summary(struct html *html, const struct run_info *run,
                  const struct run_totals *totals) {
    put_alarm(html, totals);
    html_raw(html, "<p class=\"headline\">");
    struct strbuf *text = html_start(html);
    report_headline(text, run, totals, "\n");
    html_text(html, strbuf_str(text));
    html_raw(html, "</p>\n");
    text = html_start(html);
    report_rule_change(text, run, totals);
    if (text->len != 0)
        html_element(html, "p", strbuf_str(text));
    put_contents(html);
    html_section(html, "summary", tr("Summary"));
    put_declared(html, run, totals);
    put_not_checked(html, totals);
    put_verdicts(html, totals);
    put_by_profile(html, run, totals);
    html_raw(html, "</section>\n");
}
