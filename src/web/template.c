#include "web/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_writer.h"
#include "core/lang.h"
#include "report/xml.h"

struct strbuf *fragment_of(struct fragment *fragments, size_t room,
                           const char *name) {
    size_t i = 0;
    while (i + 1 < room && fragments[i].name != NULL &&
           strcmp(fragments[i].name, name) != 0)
        i++;
    fragments[i].name = name;
    return &fragments[i].markup;
}

void fragments_dispose(struct fragment *fragments, size_t room) {
    for (size_t i = 0; i < room; i++)
        strbuf_dispose(&fragments[i].markup);
}

void html_add(struct strbuf *out, struct str text) {
    char *escaped = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&escaped, &size);
    if (stream == NULL) {
        out->failed = true;
        return;
    }
    xml_put_text(stream, text);
    if (fclose(stream) != 0)
        out->failed = true;
    else
        strbuf_add(out, (struct str){escaped, size});
    free(escaped);
}

void html_begin_table(struct strbuf *out, const char *class,
                      const char *const *heads, size_t count) {
    strbuf_printf(out, "<table class=\"stack %s\"><thead><tr>", class);
    for (size_t i = 0; i < count; i++) {
        strbuf_add_text(out, "<th scope=\"col\">");
        html_add(out, str_from(heads[i]));
        strbuf_add_text(out, "</th>");
    }
    strbuf_add_text(out, "</tr></thead><tbody>\n");
}

void html_begin_cell(struct strbuf *out, const char *head) {
    strbuf_add_text(out, "<td data-label=\"");
    html_add(out, str_from(head));
    strbuf_add_text(out, "\">");
}

/* What tr() knows is a text that ends with a NUL. */
static const char *translated(struct strbuf *buffer, struct str text) {
    strbuf_clear(buffer);
    strbuf_add(buffer, text);
    return buffer->failed || buffer->ptr == NULL ? "" : tr(buffer->ptr);
}

static void add_fragment(struct strbuf *out, struct str name,
                         const struct fragment *fragments, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (fragments[i].name == NULL ||
            !str_eq(str_from(fragments[i].name), name))
            continue;
        out->failed = out->failed || fragments[i].markup.failed;
        strbuf_add(out, strbuf_str(&fragments[i].markup));
    }
}

void template_fill(struct strbuf *out, struct str page,
                   const struct fragment *fragments, size_t count) {
    struct strbuf buffer = {.ptr = NULL};
    for (;;) {
        ptrdiff_t at = str_find_char(page, '{');
        if (at < 0)
            break;
        struct str rest = str_skip(page, (size_t)at);
        bool is_text = str_starts(rest, STR_LIT("{{"));
        bool is_fragment = str_starts(rest, STR_LIT("{%"));
        ptrdiff_t end = is_text       ? str_find(rest, STR_LIT("}}"))
                        : is_fragment ? str_find(rest, STR_LIT("%}"))
                                      : -1;
        if (end < 0) {
            strbuf_add(out, str_take(page, (size_t)at + 1));
            page = str_skip(page, (size_t)at + 1);
            continue;
        }
        struct str inside = {rest.ptr + 2, (size_t)end - 2};
        strbuf_add(out, str_take(page, (size_t)at));
        if (is_text)
            html_add(out, str_from(translated(&buffer, inside)));
        else
            add_fragment(out, inside, fragments, count);
        page = str_skip(rest, (size_t)end + 2);
    }
    strbuf_add(out, page);
    strbuf_dispose(&buffer);
}

/* Up to the closing quote; a script's text has only \" and \\ as escapes. */
static struct str take_literal(struct strbuf *text, struct str rest) {
    strbuf_clear(text);
    while (rest.len != 0 && rest.ptr[0] != '"') {
        if (rest.ptr[0] == '\\')
            rest = str_skip(rest, 1);
        strbuf_add(text, str_take(rest, 1));
        rest = str_skip(rest, 1);
    }
    return rest;
}

static void put_string(struct json_writer *json, const char *text) {
    const char *translation = tr(text);
    if (translation == text)
        return;
    json_key(json, text);
    json_text(json, translation);
}

static bool put_script(struct json_writer *json, struct str script) {
    const struct str call = STR_LIT("t(\"");
    struct strbuf text = {.ptr = NULL};
    ptrdiff_t at;
    while ((at = str_find(script, call)) >= 0) {
        bool is_call = at == 0 || !ascii_is_alnum(script.ptr[at - 1]);
        script = str_skip(script, (size_t)at + call.len);
        if (!is_call)
            continue;
        script = take_literal(&text, script);
        if (!text.failed && text.ptr != NULL)
            put_string(json, text.ptr);
    }
    bool ok = !text.failed;
    strbuf_dispose(&text);
    return ok;
}

/* A report for programs leaves them as the rules say them. */
static void put_rules(struct json_writer *json, const struct ruleset *rules) {
    for (uint32_t i = 0; i < rules_profile_count(rules); i++)
        put_string(json, rules_text(rules, rules_profile(rules, i)->name));
    for (uint32_t i = 0; i < rules_measure_count(rules); i++)
        put_string(json, rules_text(rules, rules_measure(rules, i)->title));
}

void template_strings(struct strbuf *out, struct str script,
                      const struct ruleset *rules) {
    char *document = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&document, &size);
    if (stream == NULL) {
        out->failed = true;
        return;
    }
    struct json_writer json = JSON_WRITER(stream);
    json_open_object(&json);
    bool ok = put_script(&json, script);
    put_rules(&json, rules);
    json_close_object(&json);
    json_finish(&json);
    if (fclose(stream) != 0 || !ok)
        out->failed = true;
    else
        strbuf_add(out, (struct str){document, size});
    free(document);
}
