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

static void take_line(struct extract *extract, struct str line) {
    struct str kind = value_of(line, "\"kind\": \"");
    if (str_eq(kind, STR_LIT("finding")))
        take_finding(extract, line);
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
    ok = ok &&
         fprintf(out, "{\"kind\": \"findings\", \"count\": %zu}\n", count) > 0;
    return fclose(out) == 0 && ok;
}

bool extract_make(const struct result *result, bool *unread) {
    struct extract extract = {.boms = 0};
    bool ok = read_report(&extract, result) && write_extract(&extract, result);
    *unread = extract.boms != 0 && extract.unread == extract.boms;
    for (int v = 0; v < VERDICT_COUNT; v++)
        strbuf_dispose(&extract.findings[v]);
    strbuf_dispose(&extract.others);
    return ok;
}
