#include "report/html_sections.h"

#include <inttypes.h>

#include "core/lang.h"
#include "report/phrases.h"
#include "report/statements.h"
#include "report/waiver_form.h"

/* A page is read from top to bottom; the Excel report has all. */
#define UNKNOWNS_SHOWN 500

static void put_list(struct html *html, const char *title,
                     const char *const *items, size_t count) {
    if (count == 0)
        return;
    html_element(html, "h3", str_from(title));
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < count; i++)
        html_element(html, "li", str_from(items[i]));
    html_raw(html, "</ul>\n");
}

static void put_how(struct html *html, const struct html_column *columns,
                    const struct bom_info *info) {
    html_cell(html, &columns[0], str_from(info->path));
    struct strbuf *text = html_start(html);
    report_read_as(text, info);
    if (info->sheet != NULL)
        strbuf_printf(text, tr(", sheet %s"), info->sheet);
    html_cell(html, &columns[1], strbuf_str(text));
    text = html_start(html);
    phrase_columns(text, info, "\n");
    html_cell(html, &columns[2], strbuf_str(text));
}

static void put_boms(struct html *html, const struct run_totals *totals) {
    static const struct html_column columns[] = {
        {N_("BOM"), HTML_PLAIN},
        {N_("Read as"), HTML_PLAIN},
        {N_("Columns used"), HTML_PLAIN},
        {N_("Lines"), HTML_NUMBER},
        {N_("Maker known"), HTML_NUMBER},
        {N_("Maker not known"), HTML_NUMBER},
        {N_("Generic parts"), HTML_NUMBER},
        {N_("Rows lost"), HTML_NUMBER},
        {N_("Problem"), HTML_PLAIN},
    };
    html_table(html, tr("How the files were read"), columns,
               ARRAY_LEN(columns));
    for (size_t i = 0; i < totals->bom_count; i++) {
        const struct bom_totals *bom = &totals->boms[i];
        html_raw(html, "<tr>");
        put_how(html, columns, &bom->info);
        html_cell_number(html, &columns[3], bom->info.lines);
        html_cell_number(html, &columns[4], bom->resolved);
        html_cell_number(html, &columns[5],
                         bom->counts.verdicts[VERDICT_UNKNOWN]);
        html_cell_number(html, &columns[6], bom->passives);
        html_cell_number(html, &columns[7], bom->lost);
        html_cell(html, &columns[8], str_from(bom->error));
        html_raw(html, "</tr>\n");
    }
    html_table_end(html);
}

static void put_skipped(struct html *html, const struct run_totals *totals) {
    if (totals->skipped_count == 0)
        return;
    html_element(html, "h3", str_from(tr("Skipped")));
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < totals->skipped_count; i++) {
        struct strbuf *text = html_start(html);
        strbuf_printf(text, tr("%s: %s"), totals->skipped[i].path,
                      totals->skipped[i].why);
        html_element(html, "li", strbuf_str(text));
    }
    html_raw(html, "</ul>\n");
}

static void put_remark(struct html *html, const struct html_column *columns,
                       const struct bom_totals *bom,
                       const struct report_diagnostic *item) {
    html_raw(html, "<tr>");
    html_cell(html, &columns[0], str_from(bom->info.path));
    html_cell_number(html, &columns[1], item->line);
    html_cell(html, &columns[2], str_from(report_severity(item->severity)));
    html_cell(html, &columns[3], str_from(item->message));
    html_raw(html, "</tr>\n");
}

static void put_remarks(struct html *html, const struct run_totals *totals) {
    static const struct html_column columns[] = {
        {N_("BOM"), HTML_PLAIN},
        {N_("Line"), HTML_NUMBER},
        {N_("What happened"), HTML_PLAIN},
        {N_("What"), HTML_PLAIN}};
    size_t rows = 0, more = 0;
    for (size_t i = 0; i < totals->bom_count; i++) {
        const struct bom_totals *bom = &totals->boms[i];
        for (size_t k = 0; k < bom->diagnostic_count; k++) {
            if (rows++ == 0)
                html_table(html, tr("What could not be read as it stands"),
                           columns, ARRAY_LEN(columns));
            put_remark(html, columns, bom, &bom->diagnostics[k]);
        }
        more += bom->diagnostics_more;
    }
    if (rows != 0)
        html_table_end(html);
    if (more != 0) {
        struct strbuf *text = html_start(html);
        strbuf_printf(text,
                      tr_count("Not listed: %s more remark",
                               "Not listed: %s more remarks", more),
                      shown_number(more).text);
        html_element(html, "p", strbuf_str(text));
    }
}

static void put_unknown(struct html *html, const struct html_column *columns,
                        const struct group *group, bool with_bom) {
    const struct unknown_part *unknown = group->data;
    html_raw(html, "<tr>");
    html_cell(html, &columns[0], unknown->maker);
    html_cell(html, &columns[1], unknown->mpn);
    html_cell_number(html, &columns[2], group->lines);
    struct strbuf *text = html_start(html);
    group_places(text, group, with_bom);
    html_cell(html, &columns[3], strbuf_str(text));
    html_cell(html, &columns[4], unknown->why);
    html_raw(html, "</tr>\n");
}

static void put_unknowns(struct html *html, const struct unknowns *unknowns,
                         bool with_bom) {
    static const struct html_column columns[] = {
        {N_("Maker as written"), HTML_NAME},
        {N_("Part number"), HTML_NAME},
        {N_("Lines"), HTML_NUMBER},
        {N_("Where"), HTML_PLAIN},
        {N_("Why it is open"), HTML_PLAIN}};
    const struct groups *parts = &unknowns->parts;
    size_t beyond = parts->beyond;
    if (parts->count == 0)
        return;
    html_raw(html, "<details><summary>");
    html_text(html, str_from(tr(UNKNOWNS_TITLE)));
    html_raw(html, "</summary>\n");
    html_table(html, "", columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < parts->count; i++) {
        if (i < UNKNOWNS_SHOWN)
            put_unknown(html, columns, &parts->items[i], with_bom);
        else
            beyond += parts->items[i].lines;
    }
    html_table_end(html);
    if (beyond != 0) {
        struct strbuf *text = html_start(html);
        strbuf_printf(text,
                      tr_count("and others, on %s line",
                               "and others, on %s lines", beyond),
                      shown_number(beyond).text);
        html_element(html, "p", strbuf_str(text));
    }
    html_raw(html, "</details>\n");
}

void html_coverage(struct html *html, const struct run_totals *totals,
                   const struct unknowns *unknowns) {
    html_section(html, "coverage", tr("Coverage"));
    put_list(html, tr("Why the run is incomplete or inconclusive"),
             totals->problems, totals->problem_count);
    put_boms(html, totals);
    put_skipped(html, totals);
    put_remarks(html, totals);
    put_unknowns(html, unknowns, totals->bom_count > 1);
    html_raw(html, "</section>\n");
}

void html_waivers(struct html *html, const struct run_totals *totals) {
    if (totals->waiver_count == 0)
        return;
    html_section(html, "waivers", tr("Waivers"));
    html_raw(html, "<ul>\n");
    for (size_t i = 0; i < totals->waiver_count; i++) {
        struct strbuf *text = html_start(html);
        report_waiver_told(text, &totals->waivers[i]);
        html_element(html, "li", strbuf_str(text));
    }
    html_raw(html, "</ul>\n</section>\n");
}

/* One section after the other. */
struct listed {
    struct html *html;
    bool open;
};

static void end_section(struct listed *listed) {
    if (listed->open)
        html_raw(listed->html, "</ul>\n</section>\n");
    listed->open = false;
}

static void put_contents(void *ctx, const char *title, struct str sentence) {
    struct listed *listed = ctx;
    if (title != NULL) {
        const char *id = listed->open ? "contents-declared" : "contents";
        end_section(listed);
        html_section(listed->html, id, title);
        html_raw(listed->html, "<ul>\n");
        listed->open = true;
    }
    html_element(listed->html, "li", sentence);
}

void html_contents(struct html *html, const struct run_info *run,
                   const struct run_totals *totals,
                   struct contents_sums *sums) {
    struct listed listed = {.html = html};
    contents_tell(sums, run, totals->bom_count > 1, put_contents, &listed);
    end_section(&listed);
}
