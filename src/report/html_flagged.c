#include "report/html_sections.h"

#include <inttypes.h>

#include "core/lang.h"
#include "report/alike.h"
#include "report/phrases.h"
#include "report/rolled.h"
#include "report/spool.h"

/* A browser shows no more with ease; what is beyond is said. */
#define ROWS_MAX 5000
/* A longer list is closed at first. */
#define ROWS_OPEN 50

enum {
    COLUMN_LINE,
    COLUMN_REFDES,
    COLUMN_QUANTITY,
    COLUMN_MAKER,
    COLUMN_MPN,
    COLUMN_RULE,
    COLUMN_FROM,
    COLUMN_WHY,
};

static const struct html_column columns[] = {
    [COLUMN_LINE] = {N_("BOM, line"), HTML_NAME},
    [COLUMN_REFDES] = {N_("Refdes"), HTML_PLAIN},
    [COLUMN_QUANTITY] = {N_("Qty"), HTML_NUMBER},
    [COLUMN_MAKER] = {N_("Maker"), HTML_NAME},
    [COLUMN_MPN] = {N_("Part number"), HTML_NAME},
    [COLUMN_RULE] = {N_("Rule, for whom"), HTML_PLAIN},
    [COLUMN_FROM] = {N_("From"), HTML_DAY},
    [COLUMN_WHY] = {N_("Why, and what to do"), HTML_PLAIN},
};

static void put_place(struct html *html, const struct report_line *line,
                      const struct finding *finding) {
    struct strbuf *text = html_start(html);
    strbuf_add_text(text, line->bom->path);
    if (line->bom->sheet != NULL)
        strbuf_printf(text, ", %s", line->bom->sheet);
    strbuf_add_char(text, '\n');
    strbuf_printf(text, tr("line %u"), (unsigned)finding->part->line);
    if (!line->line->fitted)
        strbuf_printf(text, "\n%s", tr("not fitted"));
    size_t start = text->len;
    strbuf_add_char(text, '\n');
    if (!report_rolled(text, line) && !text->failed)
        text->len = start;
    html_cell(html, &columns[COLUMN_LINE], strbuf_str(text));
    html_cell(html, &columns[COLUMN_REFDES], line->line->refdes);
    html_cell(html, &columns[COLUMN_QUANTITY], line->line->quantity);
}

/* As written, and below it as resolved. */
static void put_maker(struct html *html, const struct run_info *run,
                      const struct finding *finding) {
    struct strbuf *text = html_start(html);
    phrase_maker(text, run->rules, finding->maker, finding->owner);
    html_cell_begin(html, &columns[COLUMN_MAKER]);
    html_text(html, finding->part->manufacturer);
    html_raw(html, "<br>");
    html_element(html, "small", strbuf_str(text));
    html_raw(html, "</td>");
    html_cell_begin(html, &columns[COLUMN_MPN]);
    html_text(html, finding->part->mpn);
    html_raw(html, "<br>");
    html_element(
        html, "small",
        str_from(phrase_kind(run->rules, finding->maker->facts.category)));
    html_raw(html, "</td>");
}

static void put_rule(struct html *html, const struct run_info *run,
                     const struct finding *findings, size_t count) {
    const struct screen_hit *hit = findings[0].hit;
    html_cell_begin(html, &columns[COLUMN_RULE]);
    if (hit != NULL && hit->measure != RULES_NONE) {
        struct strbuf *text = html_start(html);
        phrase_clause(text, run->rules, hit);
        html_link(html, phrase_url(run->rules, hit->measure), strbuf_str(text));
        text = html_start(html);
        alike_profiles(text, run, findings, count);
        html_raw(html, "<br>");
        html_element(html, "small", strbuf_str(text));
    }
    html_raw(html, "</td>");
    struct strbuf *text = html_start(html);
    if (hit != NULL)
        phrase_span(text, hit->from);
    html_cell(html, &columns[COLUMN_FROM], strbuf_str(text));
}

static void put_why(struct html *html, const struct run_info *run,
                    const struct finding *findings) {
    html_cell_begin(html, &columns[COLUMN_WHY]);
    struct strbuf *text = html_start(html);
    alike_why(text, run, findings);
    html_element(html, "p", strbuf_str(text));
    text = html_start(html);
    report_action(text, run, findings);
    if (text->len != 0)
        html_element(html, "p", strbuf_str(text));
    text = html_start(html);
    phrase_decision(text, findings);
    if (text->len != 0)
        html_element(html, "strong", strbuf_str(text));
    html_raw(html, "</td>");
}

static bool put_row(struct html_flagged *flagged, struct html *html,
                    const struct run_info *run, const struct report_line *line,
                    const struct finding *findings, size_t count,
                    struct err *err) {
    enum verdict verdict = findings[0].verdict;
    if (flagged->rows[verdict]++ >= ROWS_MAX)
        return true;
    if (flagged->spools[verdict] == NULL &&
        !spool_open(&flagged->spools[verdict], err))
        return false;
    FILE *page = html->out;
    html->out = flagged->spools[verdict];
    html_raw(html, "<tr>");
    put_place(html, line, &findings[0]);
    put_maker(html, run, &findings[0]);
    put_rule(html, run, findings, count);
    put_why(html, run, findings);
    html_raw(html, "</tr>\n");
    html->out = page;
    return ferror(flagged->spools[verdict]) ? spool_error(err) : true;
}

bool html_flagged_line(struct html_flagged *flagged, struct html *html,
                       const struct run_info *run,
                       const struct report_line *line, struct err *err) {
    size_t i = 0;
    while (i < line->finding_count) {
        const struct finding *first = &line->findings[i];
        size_t count = alike_count(first, line->finding_count - i);
        if (phrase_is_flagged(first->verdict) &&
            !put_row(flagged, html, run, line, first, count, err))
            return false;
        i += count;
    }
    return true;
}

static bool put_verdict(struct html_flagged *flagged, struct html *html,
                        enum verdict verdict, struct err *err) {
    uint32_t rows = flagged->rows[verdict];
    html_raw(html, rows <= ROWS_OPEN ? "<details open>" : "<details>");
    html_raw(html, "<summary>");
    html_verdict(html, verdict);
    struct strbuf *text = html_start(html);
    strbuf_add_char(text, ' ');
    phrase_number(text, rows);
    html_text(html, strbuf_str(text));
    html_raw(html, "</summary>\n");
    html_table(html, phrase_verdict_meaning(verdict), columns,
               ARRAY_LEN(columns));
    if (!spool_copy(flagged->spools[verdict], html->out, err))
        return false;
    html_table_end(html);
    if (rows > ROWS_MAX) {
        text = html_start(html);
        strbuf_printf(text,
                      tr_count("%s more row found no room on a page; the CSV "
                               "and Excel reports have them all.",
                               "%s more rows found no room on a page; the CSV "
                               "and Excel reports have them all.",
                               rows - ROWS_MAX),
                      shown_number(rows - ROWS_MAX).text);
        html_element(html, "p", strbuf_str(text));
    }
    html_raw(html, "</details>\n");
    return true;
}

bool html_flagged_put(struct html_flagged *flagged, struct html *html,
                      struct err *err) {
    bool any = false;
    html_section(html, "flagged", tr("Flagged"));
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        if (flagged->rows[v] == 0)
            continue;
        any = true;
        if (!put_verdict(flagged, html, (enum verdict)v, err))
            return false;
    }
    if (!any)
        html_element(html, "p", str_from(tr("No line was flagged.")));
    html_raw(html, "</section>\n");
    return true;
}

void html_flagged_dispose(struct html_flagged *flagged) {
    for (unsigned v = 0; v < VERDICT_COUNT; v++) {
        if (flagged->spools[v] != NULL)
            fclose(flagged->spools[v]);
    }
    *flagged = (struct html_flagged){.rows = {0}};
}
