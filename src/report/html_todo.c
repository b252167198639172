#include "report/html_sections.h"

#include "core/lang.h"
#include "report/phrases.h"

enum {
    COLUMN_VERDICT,
    COLUMN_PART,
    COLUMN_WHERE,
    COLUMN_QUANTITY,
    COLUMN_RULE,
    COLUMN_DO,
    COLUMN_INSTEAD,
};

static const struct html_column columns[] = {
    [COLUMN_VERDICT] = {N_("Verdict"), HTML_PLAIN},
    [COLUMN_PART] = {N_("Part"), HTML_NAME},
    [COLUMN_WHERE] = {N_("Where"), HTML_PLAIN},
    [COLUMN_QUANTITY] = {N_("Quantity"), HTML_NUMBER},
    [COLUMN_RULE] = {N_("Under, for whom"), HTML_PLAIN},
    [COLUMN_DO] = {N_("What to do"), HTML_PLAIN},
    [COLUMN_INSTEAD] = {N_("What can be bought instead"), HTML_PLAIN},
};

static void put_words(struct html *html, const struct todo_words *words,
                      const char *between) {
    struct strbuf *text = html_start(html);
    todo_add_words(text, words, between);
    html_text(html, strbuf_str(text));
}

static void put_part(struct html *html, const struct todo_part *part) {
    html_cell_begin(html, &columns[COLUMN_PART]);
    html_element(html, "strong", part->mpn);
    html_raw(html, "<br>");
    html_text(html, part->maker);
    if (part->facts.len != 0) {
        html_raw(html, "<br>");
        html_element(html, "small", part->facts);
    }
    html_raw(html, "</td>");
}

static void put_where(struct html *html, const struct group *group,
                      const struct todo_part *part, bool with_bom) {
    struct strbuf *text = html_start(html);
    group_places(text, group, with_bom);
    html_cell(html, &columns[COLUMN_WHERE], strbuf_str(text));
    text = html_start(html);
    quantity_phrase(text, &part->quantity);
    html_cell(html, &columns[COLUMN_QUANTITY], strbuf_str(text));
}

static void put_rule(struct html *html, const struct todo_part *part) {
    html_cell_begin(html, &columns[COLUMN_RULE]);
    put_words(html, &part->measures, "\n");
    if (part->profiles.count != 0) {
        html_raw(html, "<br><small>");
        put_words(html, &part->profiles, tr_in("list", ", "));
        html_raw(html, "</small>");
    }
    if (part->from.first != DATE_NONE) {
        struct strbuf *text = html_start(html);
        strbuf_printf(text, tr("from %s"), shown_span(part->from).text);
        html_raw(html, "<br><small>");
        html_text(html, strbuf_str(text));
        html_raw(html, "</small>");
    }
    html_raw(html, "</td>");
}

/* Each line an element of its own. */
static void put_lines(struct html *html, const char *element, struct str text) {
    struct str one;
    while (text.len != 0 && str_split(&text, '\n', &one))
        html_element(html, element, one);
}

static void put_actions(struct html *html, const struct todo_part *part) {
    struct strbuf *text = html_start(html);
    todo_add_words(text, &part->actions, "\n");
    html_cell_begin(html, &columns[COLUMN_DO]);
    put_lines(html, "p", strbuf_str(text));
    html_raw(html, "</td>");
}

static void put_instead(struct html *html, const struct todo_part *part) {
    html_cell_begin(html, &columns[COLUMN_INSTEAD]);
    if (part->instead.len != 0) {
        html_raw(html, "<ul>\n");
        put_lines(html, "li", part->instead);
        html_raw(html, "</ul>");
    }
    html_folded(html, tr("What to check"), part->check);
    html_folded(html, tr("Not an alternative"), part->excluded);
    html_raw(html, "</td>");
}

void html_todo(struct html *html, const struct todo *todo,
               const struct run_totals *totals) {
    const struct groups *parts = &todo->parts;
    html_section(html, "todo", tr("What to do"));
    if (parts->count == 0)
        html_element(html, "p", str_from(tr(TODO_NOTHING)));
    else
        html_table(html, tr("One row a part, the worst first"), columns,
                   ARRAY_LEN(columns));
    for (size_t i = 0; i < parts->count; i++) {
        const struct todo_part *part = parts->items[i].data;
        html_raw(html, "<tr>");
        html_cell_verdict(html, &columns[COLUMN_VERDICT], part->worst);
        put_part(html, part);
        put_where(html, &parts->items[i], part, totals->bom_count > 1);
        put_rule(html, part);
        put_actions(html, part);
        put_instead(html, part);
        html_raw(html, "</tr>\n");
    }
    if (parts->count != 0)
        html_table_end(html);
    struct strbuf *text = html_start(html);
    todo_add_beyond(text, todo);
    if (text->len != 0)
        html_element(html, "p", strbuf_str(text));
    html_raw(html, "</section>\n");
}
