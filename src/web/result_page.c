#include "web/result_page.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/lang.h"
#include "report/activity_words.h"
#include "report/phrases.h"
#include "screen/screen.h"
#include "web/extract.h"
#include "web/template.h"

#define ALTERNATIVES_SHOWN 3 /* of a finding */
#define ROWS_SHOWN 10        /* of a file's that could not be read */
#define UNCHECKED_FIRST 5    /* the others are folded away */
#define UNCHECKED_SHOWN 100

static FILE *open_file(const struct result *result, const char *name) {
    struct strbuf path = {.ptr = NULL};
    strbuf_printf(&path, "%s/%s", result->folder, name);
    FILE *in = path.failed ? NULL : fopen(path.ptr, "rbe");
    strbuf_dispose(&path);
    return in;
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static void add_element(struct strbuf *out, const char *element,
                        const char *attributes, struct str text) {
    strbuf_printf(out, "<%s%s>", element, attributes);
    html_add(out, text);
    strbuf_printf(out, "</%s>\n", element);
}

/* The page shows some of a list, and says how many more there are where. */
static void add_more(struct strbuf *out, const char *element, size_t count) {
    struct strbuf text = {.ptr = NULL};
    if (count == 0)
        return;
    strbuf_printf(&text, tr("and %zu more in the reports"), count);
    add_element(out, element, "", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_cell(struct strbuf *out, const char *head,
                     const json_t *value) {
    html_begin_cell(out, head);
    if (json_is_integer(value))
        strbuf_printf(out, "%lld", (long long)json_integer_value(value));
    else if (json_is_string(value))
        html_add(out, str_from(json_string_value(value)));
    strbuf_add_text(out, "</td>");
}

/* "Samsung (KR) · K4A8G165WC-BCTD · drop-in · clear" */
static void add_alternative(struct strbuf *out, const json_t *alternative) {
    struct strbuf text = {.ptr = NULL};
    const char *maker = text_of(alternative, "party_name");
    const char *country = text_of(alternative, "country");
    const char *mpn = text_of(alternative, "mpn");
    strbuf_add_text(&text,
                    maker[0] == '\0' ? text_of(alternative, "party") : maker);
    if (country[0] != '\0')
        strbuf_printf(&text, " (%s)", country);
    strbuf_printf(
        &text, " · %s · %s · %s", mpn[0] == '\0' ? tr("to be asked") : mpn,
        tr(text_of(alternative, "fit")), tr(text_of(alternative, "verdict")));
    add_element(out, "li", "", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_alternatives(struct strbuf *out, const json_t *finding) {
    const json_t *all = json_object_get(finding, "alternatives");
    size_t count = json_array_size(all), shown = 0;
    html_begin_cell(out, tr("What to buy instead"));
    if (count != 0)
        strbuf_add_text(out, "<ul>");
    for (; shown < count && shown < ALTERNATIVES_SHOWN; shown++)
        add_alternative(out, json_array_get(all, shown));
    add_more(out, "li", count - shown);
    if (count != 0)
        strbuf_add_text(out, "</ul>");
    strbuf_add_text(out, "</td>");
}

/* Between the verdict and the alternatives. */
static const struct {
    const char *key, *head;
} columns[] = {
    {"bom", N_("File")},
    {"line", N_("Line")},
    {"refdes", N_("Reference designators")},
    {"manufacturer", N_("Manufacturer")},
    {"mpn", N_("MPN")},
    {"why", N_("Why")},
};

static void add_finding(struct strbuf *out, const json_t *finding) {
    const char *verdict = text_of(finding, "verdict");
    strbuf_add_text(out, "<tr><td><span class=\"v ");
    html_add(out, str_from(verdict));
    strbuf_add_text(out, "\">");
    html_add(out, str_from(tr(verdict)));
    strbuf_add_text(out, "</span></td>");
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        add_cell(out, tr(columns[i].head),
                 json_object_get(finding, columns[i].key));
    add_alternatives(out, finding);
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
    const char *heads[ARRAY_LEN(columns) + 2];
    size_t count = 0;
    heads[count++] = tr("Verdict");
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        heads[count++] = tr(columns[i].head);
    heads[count++] = tr("What to buy instead");
    /* It may be wider than the page: the keyboard scrolls it too. */
    strbuf_add_text(out, "<div class=\"wide\" role=\"group\" tabindex=\"0\" "
                         "aria-labelledby=\"findings-title\">");
    html_begin_table(out, "found", heads, count);
}

static void add_all(struct strbuf *out, json_int_t all) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text,
                  tr("The worst of %zu findings; the reports have all of "
                     "them."),
                  (size_t)all);
    add_element(out, "p", "", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

/* Where, and what of it. */
static void add_lost(struct strbuf *out, const json_t *diagnostic) {
    struct strbuf text = {.ptr = NULL};
    long long line =
        (long long)json_integer_value(json_object_get(diagnostic, "line"));
    if (line != 0)
        strbuf_printf(&text, tr("Line %lld: %s"), line,
                      text_of(diagnostic, "message"));
    else
        strbuf_add_text(&text, text_of(diagnostic, "message"));
    add_element(out, "li", "", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_lost_rows(struct strbuf *out, const json_t *bom) {
    const json_t *all = json_object_get(bom, "diagnostics");
    size_t count = 0;
    strbuf_add_text(out, "<ul>");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *diagnostic = json_array_get(all, i);
        if (strcmp(text_of(diagnostic, "severity"), "lost") == 0 &&
            count++ < ROWS_SHOWN)
            add_lost(out, diagnostic);
    }
    add_more(out, "li", count > ROWS_SHOWN ? count - ROWS_SHOWN : 0);
    strbuf_add_text(out, "</ul>\n");
}

/* A file that could not be read must not go unseen. */
static void add_unread(struct strbuf *out, const json_t *bom) {
    const char *error = json_string_value(json_object_get(bom, "error"));
    json_int_t lost = json_integer_value(json_object_get(bom, "lost"));
    struct strbuf text = {.ptr = NULL};
    if (error == NULL && lost == 0)
        return;
    if (error != NULL)
        strbuf_add_text(&text, error);
    else
        strbuf_printf(&text,
                      tr_count("%s: %lld row could not be read.",
                               "%s: %lld rows could not be read.",
                               (unsigned long)lost),
                      text_of(bom, "path"), (long long)lost);
    strbuf_add_text(out, "<div class=\"alarm\">");
    add_element(out, "p", "", strbuf_str(&text));
    if (lost != 0)
        add_lost_rows(out, bom);
    strbuf_add_text(out, "</div>\n");
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static const char *activity_said(const char *name) {
    for (unsigned i = 0; rules_activity_names[i] != NULL; i++) {
        if (strcmp(rules_activity_names[i], name) == 0)
            return activity_noun(1U << i, false);
    }
    return name;
}

static void add_judged(struct strbuf *out, const json_t *run) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text, tr("Judged for %s on %s, by the rules %s."),
                  activity_said(text_of(run, "activity")),
                  text_of(run, "as_of"),
                  text_of(json_object_get(run, "ruleset"), "version"));
    html_add(out, strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

static void add_texts(struct strbuf *out, const json_t *texts, size_t first,
                      size_t end) {
    strbuf_add_text(out, "<ul>\n");
    for (size_t i = first; i < end; i++) {
        const char *text = json_string_value(json_array_get(texts, i));
        add_element(out, "li", "", str_from(text == NULL ? "" : text));
    }
    strbuf_add_text(out, "</ul>\n");
}

static size_t at_most(size_t count, size_t most) {
    return count < most ? count : most;
}

/* No answer is whole without what it leaves open. */
static void add_unchecked(struct strbuf *out, const json_t *texts) {
    size_t count = json_array_size(texts);
    size_t first = at_most(count, UNCHECKED_FIRST);
    size_t shown = at_most(count, UNCHECKED_SHOWN);
    struct strbuf more = {.ptr = NULL};
    strbuf_add_text(out, "<section aria-labelledby=\"unchecked-title\">\n");
    add_element(out, "h2", " id=\"unchecked-title\"",
                str_from(tr("What was not checked")));
    add_texts(out, texts, 0, first);
    if (count > first) {
        strbuf_printf(&more, tr("More: %zu"), count - first);
        strbuf_add_text(out, "<details>");
        add_element(out, "summary", "", strbuf_str(&more));
        add_texts(out, texts, first, shown);
        add_more(out, "p", count - shown);
        strbuf_add_text(out, "</details>\n");
    }
    strbuf_add_text(out, "</section>\n");
    out->failed = out->failed || more.failed;
    strbuf_dispose(&more);
}

static void add_summary(struct result_page *page, const json_t *summary) {
    html_add(page->headline, str_from(text_of(summary, "headline")));
    add_counts(page->counts, json_object_get(summary, "counts"));
    add_unchecked(page->unchecked, json_object_get(summary, "not_checked"));
}

/* "board.csv:12 U3" */
static void add_where(struct strbuf *out, const json_t *item) {
    const char *refdes = text_of(item, "refdes");
    strbuf_printf(out, "%s:%lld", text_of(item, "bom"),
                  (long long)json_integer_value(json_object_get(item, "line")));
    strbuf_printf(out, "%s%s", refdes[0] == '\0' ? "" : " ", refdes);
}

static void add_open_part(struct strbuf *out, const json_t *item) {
    const char *maker = text_of(item, "manufacturer");
    const char *mpn = text_of(item, "mpn");
    strbuf_printf(out, "%s%s%s", maker,
                  maker[0] != '\0' && mpn[0] != '\0' ? " " : "", mpn);
}

/* What was declared, and does not hold on the day. */
static void add_declared(struct strbuf *out, const json_t *item) {
    const char *document =
        text_of(json_object_get(item, "declaration"), "document");
    if (strcmp(text_of(item, "state"), "expired") == 0)
        strbuf_printf(out, tr("the declaration has expired (%s); ask again"),
                      document);
    else if (strcmp(text_of(item, "state"), "not-yet") == 0)
        strbuf_printf(out, tr("the declaration does not hold yet (%s)"),
                      document);
}

static void add_measures(struct strbuf *out, const json_t *item) {
    const json_t *all = json_object_get(item, "measures");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const char *id = json_string_value(json_array_get(all, i));
        strbuf_add_text(out, i == 0 ? "" : tr_in("list", ", "));
        strbuf_add_text(out, id == NULL ? "" : id);
    }
}

/* A part of which nobody declares what is inside. */
static void add_question(struct strbuf *out, const json_t *item) {
    struct strbuf text = {.ptr = NULL}, where = {.ptr = NULL},
                  part = {.ptr = NULL}, measures = {.ptr = NULL},
                  declared = {.ptr = NULL};
    add_where(&where, item);
    add_open_part(&part, item);
    add_measures(&measures, item);
    add_declared(&declared, item);
    strbuf_printf(&text, tr("%s: %s; asked by %s"), phrase_text(&where),
                  phrase_text(&part), phrase_text(&measures));
    if (declared.len != 0)
        strbuf_printf(&text, tr(": %s"), phrase_text(&declared));
    phrase_end(&text, &where);
    phrase_end(&text, &part);
    phrase_end(&text, &measures);
    phrase_end(&text, &declared);
    add_element(out, "li", "", strbuf_str(&text));
    out->failed = out->failed || text.failed;
    strbuf_dispose(&text);
}

/* What is gathered from the extract's lines. */
struct reading {
    struct strbuf questions;
    size_t asked, asked_of; /* of them, and of the report's */
    struct strbuf rows;
    size_t shown;
    json_int_t all; /* findings of the report */
};

static void take_row(struct result_page *page, struct reading *reading,
                     const json_t *row) {
    struct str kind = str_from(text_of(row, "kind"));
    if (str_eq(kind, STR_LIT("run")))
        add_judged(page->judged, row);
    else if (str_eq(kind, STR_LIT("summary")))
        add_summary(page, row);
    else if (str_eq(kind, STR_LIT("bom")))
        add_unread(page->findings, row);
    else if (str_eq(kind, STR_LIT("findings"))) {
        reading->all = json_integer_value(json_object_get(row, "count"));
        reading->asked_of =
            (size_t)json_integer_value(json_object_get(row, "undeclared"));
    } else if (str_eq(kind, STR_LIT("contents"))) {
        add_question(&reading->questions, row);
        reading->asked++;
    } else if (reading->shown++ < EXTRACT_FINDINGS)
        add_finding(&reading->rows, row);
}

static void put_table(struct result_page *page, struct reading *reading) {
    begin_table(page->findings);
    strbuf_add(page->findings, strbuf_str(&reading->rows));
    strbuf_add_text(page->findings, "</tbody></table></div>\n");
    if (reading->all > EXTRACT_FINDINGS)
        add_all(page->findings, reading->all);
    page->findings->failed = page->findings->failed || reading->rows.failed;
    strbuf_dispose(&reading->rows);
}

static void put_questions(struct result_page *page, struct reading *reading) {
    struct strbuf *out = page->contents;
    if (reading->asked_of != 0) {
        strbuf_add_text(out, "<section aria-labelledby=\"contents-title\">\n");
        add_element(out, "h2", " id=\"contents-title\"",
                    str_from(tr("Contents undeclared")));
        add_element(
            out, "p", " class=\"hint\"",
            str_from(tr("What is inside decides, and nobody declares it.")));
        strbuf_add_text(out, "<ul>\n");
        strbuf_add(out, strbuf_str(&reading->questions));
        add_more(out, "li", reading->asked_of - reading->asked);
        strbuf_add_text(out, "</ul>\n</section>\n");
    }
    out->failed = out->failed || reading->questions.failed;
    strbuf_dispose(&reading->questions);
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
    put_table(page, &reading);
    put_questions(page, &reading);
}
