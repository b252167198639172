#include "report/audit_html.h"

#include "report/audit_phrases.h"
#include "report/audit_table.h"
#include "report/phrases.h"
#include "report/spool.h"

/* A browser shows no more with ease; what is beyond is said. */
#define ROWS_MAX 5000
/* A longer list is closed at first. */
#define ROWS_OPEN 100

static const char *style_of(enum audit_look look) {
    static const char *const styles[] = {
        [AUDIT_LOOK_TEXT] = HTML_PLAIN,    [AUDIT_LOOK_NUMBER] = HTML_NUMBER,
        [AUDIT_LOOK_DAY] = HTML_DAY,       [AUDIT_LOOK_NAME] = HTML_NAME,
        [AUDIT_LOOK_VERDICT] = HTML_PLAIN, [AUDIT_LOOK_LINK] = HTML_PLAIN,
    };
    return styles[look];
}

/* The columns that a page has room for. */
static size_t shown_columns(const struct audit_table *table,
                            struct html_column out[]) {
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].wide)
            out[count++] = (struct html_column){
                table->columns[i].header, style_of(table->columns[i].look)};
    }
    return count;
}

static void put_cell(struct html *html, const struct html_column *column,
                     enum audit_look look, const struct audit_cell *cell) {
    if (look == AUDIT_LOOK_NUMBER) {
        html_cell_number(html, column, cell->number);
    } else if (look == AUDIT_LOOK_VERDICT) {
        html_cell_verdict(html, column, cell->verdict);
    } else if (look == AUDIT_LOOK_LINK) {
        html_cell_begin(html, column);
        html_link(html, cell->url != NULL ? cell->url : "",
                  strbuf_str(cell->text));
        html_raw(html, "</td>");
    } else {
        html_cell(html, column, strbuf_str(cell->text));
    }
}

static void put_row(struct audit_page *page, const struct audit_table *table,
                    const struct html_column *columns, size_t row) {
    struct html *html = &page->html;
    size_t at = 0;
    html_raw(html, "<tr>");
    for (unsigned i = 0; i < table->column_count; i++) {
        if (table->columns[i].wide)
            continue;
        struct audit_cell cell =
            audit_cell_of(table, page->report->audit, row, i, &page->scratch);
        put_cell(html, &columns[at++], table->columns[i].look, &cell);
    }
    html_raw(html, "</tr>\n");
}

void audit_html_table(struct audit_page *page,
                      const struct audit_table *table) {
    struct html *html = &page->html;
    struct html_column columns[AUDIT_COLUMNS_MAX];
    size_t shown = shown_columns(table, columns);
    size_t count = table->rows(page->report->audit);
    html_table(html, table->about, columns, shown);
    for (size_t row = 0; row < count && row < ROWS_MAX; row++)
        put_row(page, table, columns, row);
    html_table_end(html);
    if (count > ROWS_MAX) {
        struct strbuf *text = html_start(html);
        audit_say_count(text, count - ROWS_MAX, "more row");
        strbuf_add_text(text, " found no room on a page; the workbook has "
                              "them all.");
        html_element(html, "p", strbuf_str(text));
    }
}

static void put_section(struct audit_page *page,
                        const struct audit_table *table) {
    struct html *html = &page->html;
    size_t count = table->rows(page->report->audit);
    fprintf(html->out, "<section id=\"%s\">\n<h2>%s</h2>\n", table->id,
            table->sheet);
    if (count == 0) {
        html_element(html, "p", str_from(table->none));
    } else if (count > ROWS_OPEN) {
        struct strbuf *text = html_start(html);
        audit_say_count(text, count, "row");
        html_raw(html, "<details>");
        html_element(html, "summary", strbuf_str(text));
        audit_html_table(page, table);
        html_raw(html, "</details>\n");
    } else {
        audit_html_table(page, table);
    }
    html_raw(html, "</section>\n");
}

static void put_navigation(struct html *html) {
    html_raw(html, "<nav aria-label=\"Sections\">");
    for (size_t i = 0; audit_tables[i] != NULL; i++)
        fprintf(html->out, "<a href=\"#%s\">%s</a> ", audit_tables[i]->id,
                audit_tables[i]->sheet);
    html_raw(html, "</nav>\n");
}

static void put_end(struct audit_page *page) {
    struct html *html = &page->html;
    struct strbuf *text = html_start(html);
    html_raw(html, "<footer>\n");
    audit_say_disclaimer(text, page->report->audit);
    html_element(html, "p", strbuf_str(text));
    html_raw(html, "</footer>\n");
    html_page_end(html);
}

static bool write(const struct audit_report *report,
                  const struct report_target *target, struct err *err) {
    struct audit_page page = {.report = report, .html = {.out = target->out}};
    audit_html_top(&page);
    put_navigation(&page.html);
    audit_html_summary(&page);
    for (size_t i = 0; audit_tables[i] != NULL; i++)
        put_section(&page, audit_tables[i]);
    put_end(&page);
    bool memory = scratch_ok(&page.scratch) && scratch_ok(&page.html.text);
    scratch_dispose(&page.scratch);
    scratch_dispose(&page.html.text);
    return memory ? spool_flush(target->out, err) : err_nomem(err);
}

const struct audit_format audit_html_format = {
    .name = "html",
    .extension = ".html,.htm",
    .summary = "a page in one file, to read, print and send",
    .write = write,
};
