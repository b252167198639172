#include "report/html_page.h"

#include "core/lang.h"
#include "core/utf8.h"
#include "core/uri.h"
#include "report/phrases.h"

struct strbuf *html_start(struct html *html) {
    return scratch_start(&html->text);
}

void html_raw(struct html *html, const char *markup) {
    fputs(markup, html->out);
}

void html_page_begin(struct html *html, struct str title, struct str company) {
    fprintf(html->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
            lang_name());
    html_raw(html, "<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src '");
    html_raw(html, html_style_hash);
    html_raw(html, "'; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n");
    html_element(html, "title", title);
    html_raw(html, "<style>");
    html_raw(html, html_style);
    html_raw(html, "</style>\n</head>\n<body>\n<main>\n");
    html_element(html, "h1", title);
    if (company.len != 0)
        html_element(html, "p", company);
}

void html_page_end(struct html *html) {
    html_raw(html, "</main>\n</body>\n</html>\n");
}

static const char *entity_of(uint32_t code) {
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return "<br>";
    case '\t':
    case '\r':
        return " ";
    default:
        return utf8_is_hostile(code) ? "\xEF\xBF\xBD" : NULL;
    }
}

void html_text(struct html *html, struct str text) {
    while (text.len != 0) {
        uint32_t code;
        size_t taken = utf8_next(text, &code);
        const char *entity = entity_of(code);
        if (taken == 1 && code == 0xFFFD)
            entity = "\xEF\xBF\xBD";
        if (entity != NULL)
            fputs(entity, html->out);
        else
            fwrite(text.ptr, 1, taken, html->out);
        text = str_skip(text, taken);
    }
}

void html_element(struct html *html, const char *name, struct str text) {
    fprintf(html->out, "<%s>", name);
    html_text(html, text);
    fprintf(html->out, "</%s>\n", name);
}

void html_section(struct html *html, const char *id, const char *title) {
    fprintf(html->out, "<section id=\"%s\">\n", id);
    html_element(html, "h2", str_from(title));
}

void html_folded(struct html *html, const char *title, struct str text) {
    if (text.len == 0)
        return;
    html_raw(html, "<details><summary>");
    html_text(html, str_from(title));
    html_raw(html, "</summary>");
    html_text(html, text);
    html_raw(html, "</details>");
}

void html_link(struct html *html, const char *url, struct str text) {
    if (!uri_is_web(str_from(url))) {
        html_text(html, text);
        return;
    }
    html_raw(html, "<a rel=\"noreferrer noopener\" href=\"");
    html_text(html, str_from(url));
    html_raw(html, "\">");
    html_text(html, text);
    html_raw(html, "</a>");
}

void html_verdict(struct html *html, enum verdict verdict) {
    const char *name = verdict_name(verdict);
    fprintf(html->out,
            "<span class=\"v %s\"><span aria-hidden=\"true\">%s</span> "
            "%s</span>",
            name, phrase_sign(verdict), tr(name));
}

void html_table(struct html *html, const char *caption,
                const struct html_column *columns, size_t count) {
    html_raw(html, "<table>\n<caption>");
    html_text(html, str_from(caption));
    html_raw(html, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        fprintf(html->out, "<th scope=\"col\" class=\"%s\">", columns[i].style);
        html_text(html, str_from(tr(columns[i].header)));
        html_raw(html, "</th>");
    }
    html_raw(html, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct html *html) {
    html_raw(html, "</tbody>\n</table>\n");
}

void html_cell_begin(struct html *html, const struct html_column *column) {
    fprintf(html->out, "<td data-label=\"%s\" class=\"%s\">",
            tr(column->header), column->style);
}

void html_cell(struct html *html, const struct html_column *column,
               struct str text) {
    html_cell_begin(html, column);
    html_text(html, text);
    html_raw(html, "</td>");
}

void html_cell_number(struct html *html, const struct html_column *column,
                      uint32_t number) {
    struct strbuf *text = html_start(html);
    phrase_number(text, number);
    html_cell(html, column, strbuf_str(text));
}

void html_cell_verdict(struct html *html, const struct html_column *column,
                       enum verdict verdict) {
    html_cell_begin(html, column);
    html_verdict(html, verdict);
    html_raw(html, "</td>");
}
