#include "web/extract.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/screen.h"

struct extract {
    struct strbuf findings[VERDICT_COUNT];
    size_t counts[VERDICT_COUNT];
    struct strbuf others; /* the run, BOMs and the summary */
    struct strbuf contents;
    json_t *open; /* the latest of them, still to be written */
    size_t questions;
    size_t boms, unread;
};

/* These keys stand before anything that a BOM says. */
static struct str value_of(struct str line, const char *key) {
    const char *begin = strstr(line.ptr, key);
    if (begin == NULL)
        return STR_EMPTY;
    struct str rest = str_from(begin + strlen(key)), value = STR_EMPTY;
    (void)str_split(&rest, '"', &value);
    return value;
}

static void take_finding(struct extract *extract, struct str line) {
    enum verdict verdict = verdict_parse(value_of(line, "\"verdict\": \""));
    if (verdict != VERDICT_COUNT &&
        extract->counts[verdict]++ < EXTRACT_FINDINGS)
        strbuf_add(&extract->findings[verdict], line);
}

static void take_bom(struct extract *extract, struct str line) {
    json_t *bom = json_loadb(line.ptr, line.len, 0, NULL);
    extract->boms++;
    extract->unread += json_is_string(json_object_get(bom, "error"));
    json_decref(bom);
    strbuf_add(&extract->others, line);
}

/* Several measures ask the same of one part. */
static bool is_same_question(const json_t *a, const json_t *b) {
    static const char *const keys[] = {"bom", "sheet", "line", "mpn", "state"};
    bool same = a != NULL && b != NULL;
    for (size_t i = 0; same && i < ARRAY_LEN(keys); i++)
        same = json_equal(json_object_get(a, keys[i]),
                          json_object_get(b, keys[i])) != 0;
    return same;
}

static void end_question(struct extract *extract) {
    char *text = extract->open != NULL && extract->questions <= EXTRACT_CONTENTS
                     ? json_dumps(extract->open, JSON_COMPACT)
                     : NULL;
    if (text != NULL)
        strbuf_printf(&extract->contents, "%s\n", text);
    free(text); /* jansson allocates it */
    json_decref(extract->open);
    extract->open = NULL;
}

/* What a supplier declares is no question. */
static void take_contents(struct extract *extract, struct str line) {
    json_t *item = json_loadb(line.ptr, line.len, 0, NULL);
    const char *state = json_string_value(json_object_get(item, "state"));
    if (state != NULL && strcmp(state, "declared") != 0) {
        if (!is_same_question(extract->open, item)) {
            end_question(extract);
            extract->questions++;
            extract->open = json_incref(item);
            json_object_set_new(item, "measures", json_array());
        }
        json_array_append(json_object_get(extract->open, "measures"),
                          json_object_get(item, "measure"));
    }
    json_decref(item);
}

static void take_line(struct extract *extract, struct str line) {
    struct str kind = value_of(line, "\"kind\": \"");
    if (str_eq(kind, STR_LIT("finding")))
        take_finding(extract, line);
    else if (str_eq(kind, STR_LIT("contents")))
        take_contents(extract, line);
    else if (str_eq(kind, STR_LIT("bom")))
        take_bom(extract, line);
    else if (str_eq(kind, STR_LIT("summary")) || str_eq(kind, STR_LIT("run")))
        strbuf_add(&extract->others, line);
}

static FILE *open_in(const struct result *result, const char *name,
                     const char *mode) {
    struct strbuf path = {.ptr = NULL};
    strbuf_printf(&path, "%s/%s", result->folder, name);
    FILE *file = path.failed ? NULL : fopen(path.ptr, mode);
    strbuf_dispose(&path);
    return file;
}

static bool read_report(struct extract *extract, const struct result *result) {
    FILE *in = open_in(result, "report.jsonl", "rbe");
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    if (in == NULL)
        return false;
    while ((len = getline(&line, &cap, in)) > 0)
        take_line(extract, (struct str){line, (size_t)len});
    bool ok = !ferror(in);
    fclose(in);
    free(line); /* getline() allocates it */
    return ok;
}

static bool put(FILE *out, const struct strbuf *text) {
    return !text->failed && (text->len == 0 ||
                             fwrite(text->ptr, 1, text->len, out) == text->len);
}

/* The worst verdict first; those after the last that is shown are left out. */
static bool write_extract(const struct extract *extract,
                          const struct result *result) {
    FILE *out = open_in(result, EXTRACT_FILE, "wbe");
    size_t count = 0;
    if (out == NULL)
        return false;
    bool ok = put(out, &extract->others);
    for (int v = 0; v < VERDICT_COUNT; v++) {
        if (count < EXTRACT_FINDINGS)
            ok = ok && put(out, &extract->findings[v]);
        count += extract->counts[v];
    }
    ok = ok && put(out, &extract->contents) &&
         fprintf(out,
                 "{\"kind\": \"findings\", \"count\": %zu, "
                 "\"undeclared\": %zu}\n",
                 count, extract->questions) > 0;
    return fclose(out) == 0 && ok;
}

bool extract_make(const struct result *result, bool *unread) {
    struct extract extract = {.boms = 0};
    bool ok = read_report(&extract, result);
    end_question(&extract);
    ok = ok && write_extract(&extract, result);
    *unread = extract.boms != 0 && extract.unread == extract.boms;
    for (int v = 0; v < VERDICT_COUNT; v++)
        strbuf_dispose(&extract.findings[v]);
    strbuf_dispose(&extract.others);
    strbuf_dispose(&extract.contents);
    return ok;
}
