#include "web/result_page.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/lang.h"
#include "screen/screen.h"
#include "web/messages.h"
#include "web/template.h"

#define FINDINGS_SHOWN 200

static FILE *open_file(const struct result *result, const char *name) {
    struct strbuf path = {.ptr = NULL};
    strbuf_printf(&path, "%s/%s", result->folder, name);
    FILE *in = path.failed ? NULL : fopen(path.ptr, "rb");
    strbuf_dispose(&path);
    return in;
}

void result_page_headline(struct strbuf *out, const struct result *result) {
    FILE *in = open_file(result, SUMMARY_FILE);
    char line[1024];
    if (in == NULL)
        return;
    while (fgets(line, sizeof(line), in) != NULL) {
        struct str text = str_trim(str_from(line));
        if (text.len == 0)
            break;
        if (str_find(text, STR_LIT("; ")) < 0 || out->len == 0) {
            html_add(out, text);
            strbuf_add_char(out, ' ');
        }
        if (str_ends(text, STR_LIT(".")))
            break;
    }
    fclose(in);
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
    static const char *const keys[] = {"verdict",      "line", "refdes",
                                       "manufacturer", "mpn",  "why"};
    strbuf_add_text(out, "<tr>");
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
        html_add(out, str_from(tr_in("verdict", name)));
        strbuf_add_text(out, "</span></li>\n");
    }
}

static void begin_table(struct strbuf *out) {
    const char *const heads[] = {tr("Verdict"),      tr("Line"), tr("RefDes"),
                                 tr("Manufacturer"), tr("MPN"),  tr("Why")};
    strbuf_add_text(out, "<table><thead><tr>");
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        strbuf_add_text(out, "<th scope=\"col\">");
        html_add(out, str_from(heads[i]));
        strbuf_add_text(out, "</th>");
    }
    strbuf_add_text(out, "</tr></thead><tbody>\n");
}

/* One object a line; the last one has the counts. */
void result_page_read(struct strbuf *counts, struct strbuf *findings,
                      const struct result *result) {
    FILE *in = open_file(result, "report.jsonl");
    size_t shown = 0;
    if (in == NULL)
        return;
    begin_table(findings);
    for (;;) {
        json_error_t fault;
        json_t *row = json_loadf(in, JSON_DISABLE_EOF_CHECK, &fault);
        if (row == NULL)
            break;
        if (json_object_get(row, "counts") != NULL &&
            json_object_get(row, "path") == NULL) {
            strbuf_clear(counts);
            add_counts(counts, json_object_get(row, "counts"));
        } else if (json_object_get(row, "verdict") != NULL &&
                   shown++ < FINDINGS_SHOWN) {
            add_finding(findings, row);
        }
        json_decref(row);
    }
    fclose(in);
    strbuf_add_text(findings, "</tbody></table>\n");
    if (shown > FINDINGS_SHOWN) {
        struct strbuf text = {.ptr = NULL};
        strbuf_printf(&text, tr("The first %d of %zu; the reports have all."),
                      FINDINGS_SHOWN, shown);
        strbuf_add_text(findings, "<p>");
        html_add(findings, strbuf_str(&text));
        strbuf_add_text(findings, "</p>");
        strbuf_dispose(&text);
    }
}
