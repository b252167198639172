#include "run/list_text.h"

#include <string.h>

#include "ruleset/yaml_tree.h"

const char list_text_mark[] = "# Written by `bomgate rules import`";

static void add_field(struct strbuf *out, const char *before, const char *key,
                      struct str text) {
    if (text.len == 0)
        return;
    strbuf_printf(out, "%s%s: ", before, key);
    yaml_write_text(out, text);
}

static void add_line(struct strbuf *out, const char *before, const char *key,
                     struct str text) {
    add_field(out, before, key, text);
    if (text.len != 0)
        strbuf_add_char(out, '\n');
}

static void add_aliases(struct strbuf *out, const struct list_company *company,
                        bool shared) {
    size_t count = 0;
    for (size_t i = 0; i < company->alias_count; i++) {
        if (company->aliases[i].shared != shared)
            continue;
        strbuf_add_text(out, count++ != 0 ? ", "
                             : shared     ? "  shared-names: ["
                                          : "  aliases: [");
        yaml_write_text(out, company->aliases[i].raw);
    }
    strbuf_add_text(out, count != 0 ? "]\n" : "");
}

static void add_source(struct strbuf *out, const struct list_company *company) {
    if (company->url.len == 0)
        return;
    strbuf_add_text(out, "  sources:\n");
    add_field(out, "    - {", "url", company->url);
    add_field(out, ", ", "title", company->title);
    strbuf_add_text(out, "}\n");
}

void list_text_parties(struct strbuf *out, const struct list_companies *list,
                       const char *measure) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct list_company *company = &list->items[i];
        if (!company->company || company->known || company->unclear)
            continue;
        if (count++ == 0)
            strbuf_printf(out,
                          "%s for the measure %s, which writes\n# this file "
                          "anew each time. What is known of a company beyond "
                          "the list: move\n# it to a file of your own.\n",
                          list_text_mark, measure);
        add_line(out, "- ", "id", company->id);
        add_line(out, "  ", "name", company->name);
        add_line(out, "  ", "country", company->country);
        add_aliases(out, company, false);
        add_aliases(out, company, true);
        add_source(out, company);
    }
}

static void add_listing(struct strbuf *out, const char *key, struct str who,
                        const struct list_span *span, bool sure) {
    add_field(out, "  - {", key, who);
    add_field(out, ", ", "from", span->from);
    add_field(out, ", ", "until", span->until);
    strbuf_add_text(out, sure ? "}\n" : ", confidence: unconfirmed}\n");
}

void list_text_listings(struct strbuf *out, const struct list_companies *list) {
    strbuf_add_text(out, "parties:\n");
    for (size_t i = 0; i < list->count; i++) {
        const struct list_company *company = &list->items[i];
        bool party = company->company && !company->unclear;
        for (size_t s = 0; s < company->span_count; s++)
            add_listing(out, party ? "party" : "name",
                        party ? company->id : company->name, &company->spans[s],
                        true);
    }
    for (size_t i = 0; i < list->doubt_count; i++)
        add_listing(out, "party", str_from(list->doubts[i].party),
                    &list->doubts[i].span, false);
}

void list_text_file_url(struct strbuf *out, struct str file) {
    struct strbuf url = {.ptr = NULL};
    strbuf_add_text(&url, "file:");
    strbuf_add(&url, file);
    yaml_write_text(out, strbuf_str(&url));
    out->failed |= url.failed;
    strbuf_dispose(&url);
}

void list_text_new_measure(struct strbuf *out,
                           const struct list_text_measure *measure,
                           struct str listings) {
    const struct list_format *format = measure->table->format;
    struct str known = measure->from, url = str_from(list_format_url(format));
    if (str_cmp(measure->table->newest, known) > 0)
        known = measure->table->newest;
    strbuf_printf(out,
                  "%s, which writes `parties` anew each time. It is\n# only a "
                  "list so far: give it clauses (whom it binds, what it "
                  "covers, since when),\n# or let another measure take it "
                  "with `parties-of`. Say also whose it is.\n",
                  list_text_mark);
    add_line(out, "", "id", str_from(measure->id));
    add_field(out, "", "title", STR_LIT("Imported list"));
    strbuf_printf(out, " %s\n", measure->id);
    add_line(out, "", "authority", str_from(list_format_title(format)));
    add_line(out, "", "jurisdiction",
             str_from(list_format_jurisdiction(format)));
    add_line(out, "", "citation", measure->file);
    add_line(out, "", "announced", measure->from);
    add_line(out, "", "known-to", known);
    strbuf_add(out, listings);
    strbuf_add_text(out, "sources:\n  - {url: ");
    if (url.len != 0)
        yaml_write_text(out, url);
    else
        list_text_file_url(out, measure->file);
    add_field(out, ", ", "title", str_from(list_format_title(format)));
    strbuf_add_text(out, "}\nconfidence: secondary\n");
}

/* Where the line begins, from 1; the end of the text for one beyond it. */
static size_t line_start(struct str text, uint32_t line) {
    size_t at = 0;
    while (--line > 0 && at < text.len) {
        ptrdiff_t end = str_find_char(str_skip(text, at), '\n');
        at = end < 0 ? text.len : at + (size_t)end + 1;
    }
    return at;
}

/* Comments right above a key belong to it, not to the list that ends there. */
static bool is_comment_line(struct str text, size_t start) {
    struct str line = str_skip(text, start);
    ptrdiff_t end = str_find_char(line, '\n');
    line = str_trim(end < 0 ? line : str_take(line, (size_t)end));
    return line.len == 0 || line.ptr[0] == '#';
}

static size_t before_comments(struct str text, size_t from, size_t end) {
    while (end > from) {
        size_t start = end - 1;
        while (start > from && text.ptr[start - 1] != '\n')
            start--;
        if (start == from || !is_comment_line(text, start))
            break;
        end = start;
    }
    return end;
}

/* Where the lines of a top-level key begin and end; both at the end when it is
   not there. */
struct lines {
    size_t start, end;
};

static struct lines lines_of(const struct yaml_tree *tree, struct str text,
                             struct str key) {
    int root = yaml_tree_root(tree);
    struct lines lines = {text.len, text.len};
    for (size_t i = 0; i < yaml_tree_count(tree, root); i++) {
        if (!str_eq(yaml_tree_key(tree, root, i), key))
            continue;
        lines.start = line_start(text, yaml_tree_key_line(tree, root, i));
        if (i + 1 < yaml_tree_count(tree, root))
            lines.end = line_start(text, yaml_tree_key_line(tree, root, i + 1));
        lines.end = before_comments(text, lines.start, lines.end);
        break;
    }
    return lines;
}

static bool check_shape(const struct yaml_tree *tree, struct str text,
                        struct str key, const struct lines *lines,
                        struct err *err) {
    int root = yaml_tree_root(tree);
    struct str there = str_skip(text, lines->start);
    bool starts = lines->start == text.len ||
                  (str_starts(there, key) && there.len > key.len &&
                   there.ptr[key.len] == ':');
    if (yaml_tree_shape(tree, root) != YAML_SHAPE_MAPPING || !starts ||
        text.ptr[0] == '{')
        return err_set(err, ERR_INVALID,
                       "the list can be replaced only in a file of one "
                       "measure whose keys begin their lines");
    if (yaml_tree_get(tree, root, STR_LIT("parties-of")) != YAML_NODE_NONE)
        return err_set(err, ERR_INVALID,
                       "the measure takes the list of another one "
                       "('parties-of'); import into that");
    return true;
}

bool list_text_replace(struct strbuf *out, struct str text, struct str key,
                       struct str listings, struct err *err) {
    struct yaml_tree *tree;
    if (!yaml_tree_read(&tree, text, err))
        return false;
    struct lines lines = lines_of(tree, text, key);
    bool ok = check_shape(tree, text, key, &lines, err);
    if (ok) {
        strbuf_add(out, str_take(text, lines.start));
        if (lines.start != 0 && text.ptr[lines.start - 1] != '\n')
            strbuf_add_char(out, '\n');
        strbuf_add(out, listings);
        strbuf_add(out, str_skip(text, lines.end));
    }
    yaml_tree_free(tree);
    return ok;
}
