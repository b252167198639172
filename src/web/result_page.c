#include "web/result_page.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/lang.h"
#include "screen/screen.h"
#include "web/extract.h"
#include "web/template.h"

static FILE *open_file(const struct result *result, const char *name) {
    struct strbuf path = {.ptr = NULL};
    strbuf_printf(&path, "%s/%s", result->folder, name);
    FILE *in = path.failed ? NULL : fopen(path.ptr, "rbe");
    strbuf_dispose(&path);
    return in;
}

static void add_cell(struct strbuf *out, const json_t *value) {
    strbuf_add_text(out, "<td>");
    if (json_is_integer(value))
        strbuf_printf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_string(value))
        html_add(out, str_from(json_string_value(value)));
    strbuf_add_text(out, "</td>");
}

static void add_finding(struct strbuf *out, const json_t *finding) {
    static const char *const keys[] = {"line", "refdes", "manufacturer", "mpn",
                                       "why"};
    const char *verdict =
        json_string_value(json_object_get(finding, "verdict"));
    strbuf_add_text(out, "<tr><td>");
    html_add(out, str_from(verdict == NULL ? "" : tr(verdict)));
    strbuf_add_text(out, "</td>");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        add_cell(out, json_object_get(finding, keys[i]));
    strbuf_add_text(out, "</tr>\n");
}

static void add_counts(struct strbuf *out, const json_t *counts) {
    for (int v = 0; v < VERDICT_COUNT; v++) {
        const char *name = verdict_name((enum verdict)v);
        strbuf_printf(
            out, "<li class=\"tile %s\"><b>%lld</b> <span>", name,
            (long long)json_integer_value(json_object_get(counts, name)));
        html_add(out, str_from(tr(name)));
        strbuf_add_text(out, "</span></li>\n");
    }
}

static void begin_table(struct strbuf *out) {
    const char *const heads[] = {
        tr("Verdict"),      tr("Line"), tr("Reference designators"),
        tr("Manufacturer"), tr("MPN"),  tr("Why")};
    html_begin_table(out, heads, ARRAY_LEN(heads));
}

static void add_more(struct strbuf *out, json_int_t all) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text,
                  tr("The worst of %zu findings; the reports have all of "
                     "them."),
                  (size_t)all);
    strbuf_add_text(out, "<p>");
    html_add(out, strbuf_str(&text));
    strbuf_add_text(out, "</p>");
    strbuf_dispose(&text);
}

static void add_paragraph(struct strbuf *out, const char *class,
                          struct str text) {
    strbuf_printf(out, "<p class=\"%s\">", class);
    html_add(out, text);
    strbuf_add_text(out, "</p>\n");
}

/* A file that could not be read must not go unseen. */
static void add_unread(struct strbuf *out, const json_t *bom) {
    const char *error = json_string_value(json_object_get(bom, "error"));
    json_int_t lost = json_integer_value(json_object_get(bom, "lost"));
    const char *path = json_string_value(json_object_get(bom, "path"));
    struct strbuf text = {.ptr = NULL};
    if (error != NULL)
        strbuf_add_text(&text, error);
    else if (lost != 0)
        strbuf_printf(&text, tr("%s: %lld rows could not be read."),
                      path == NULL ? "" : path, (long long)lost);
    if (text.len != 0)
        add_paragraph(out, "alarm", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_summary(struct result_page *page, const json_t *summary) {
    const char *headline =
        json_string_value(json_object_get(summary, "headline"));
    html_add(page->headline, str_from(headline == NULL ? "" : headline));
    add_counts(page->counts, json_object_get(summary, "counts"));
}

/* What is gathered from the extract's lines. */
struct reading {
    struct strbuf rows;
    size_t shown;
    json_int_t all; /* findings of the report */
};

static void take_row(struct result_page *page, struct reading *reading,
                     const json_t *row) {
    const char *name = json_string_value(json_object_get(row, "kind"));
    struct str kind = str_from(name == NULL ? "" : name);
    if (str_eq(kind, STR_LIT("summary")))
        add_summary(page, row);
    else if (str_eq(kind, STR_LIT("bom")))
        add_unread(page->findings, row);
    else if (str_eq(kind, STR_LIT("findings")))
        reading->all = json_integer_value(json_object_get(row, "count"));
    else if (reading->shown++ < EXTRACT_FINDINGS)
        add_finding(&reading->rows, row);
}

/* One object a line. */
void result_page_read(struct result_page *page, const struct result *result) {
    FILE *in = open_file(result, EXTRACT_FILE);
    struct reading reading = {.shown = 0};
    json_error_t fault;
    json_t *row;
    if (in == NULL)
        return;
    while ((row = json_loadf(in, JSON_DISABLE_EOF_CHECK, &fault)) != NULL) {
        take_row(page, &reading, row);
        json_decref(row);
    }
    fclose(in);
    begin_table(page->findings);
    strbuf_add(page->findings, strbuf_str(&reading.rows));
    strbuf_add_text(page->findings, "</tbody></table>\n");
    if (reading.all > EXTRACT_FINDINGS)
        add_more(page->findings, reading.all);
    page->findings->failed = page->findings->failed || reading.rows.failed;
    strbuf_dispose(&reading.rows);
}
