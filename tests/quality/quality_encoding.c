/*
 * How well the encoding of a BOM is found from one or two words in it: a
 * column's name, a maker, a value. Prints what is read wrongly; fails below
 * the floors at the end.
 *
 * usage: quality_encoding FOLDER [-v]
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bom/bom.h"
#include "bom/source.h"
#include "cli/shipped_rules.h"
#include "ruleset/ruleset.h"
#include "score.h"

/* encodings.tsv */
enum { ENCODING, KIND, TEXT, SAMPLE_COLUMNS };

enum { SCORE_HEADER, SCORE_MAKER, SCORE_CELL, SCORE_COUNT };

static const struct kind {
    const char *name, *before, *after;
} kinds[SCORE_COUNT] = {
    [SCORE_HEADER] = {"header", "Ref,Qty,MPN,", "\nU1,1,MT41K64M16,x\n"},
    [SCORE_MAKER] = {"maker", "Ref,Qty,Maker,MPN\nU1,1,",
                     ",MT41K64M16\nR1,2,Yageo,RC0402FR-0710KL\n"},
    [SCORE_CELL] = {"cell", "Ref,Qty,MPN,Description\nU1,1,MT41K64M16,",
                    "\nR1,2,RC0402FR-0710KL,RES\n"},
};

static bool encode(struct strbuf *out, struct str text, struct str as) {
    char name[32], piece[4096], *at = piece;
    char *in = (char *)(uintptr_t)text.ptr;
    size_t left = text.len, room = sizeof(piece);
    snprintf(name, sizeof(name), "%.*s", STR_ARG(as));
    iconv_t to = iconv_open(name, "UTF-8");
    if ((intptr_t)to == -1)
        return false;
    bool ok = iconv(to, &in, &left, &at, &room) != (size_t)-1;
    iconv_close(to);
    strbuf_add(out, (struct str){piece, sizeof(piece) - room});
    return ok && !out->failed;
}

static bool has_header(const struct bom_info *info, struct str text) {
    for (size_t i = 0; i < info->column_count; i++) {
        if (str_eq(info->columns[i].header, text))
            return true;
    }
    for (size_t i = 0; i < info->unmapped_count; i++) {
        if (str_eq(info->unmapped[i], text))
            return true;
    }
    return false;
}

static bool is_read(struct bom *bom, int kind, struct str text) {
    struct bom_line line;
    struct err err = ERR_INIT;
    if (kind == SCORE_HEADER)
        return has_header(bom_info(bom), text);
    if (bom_next(bom, &line, &err) != BOM_LINE)
        return false;
    if (kind == SCORE_CELL)
        return str_eq(line.description, text);
    return line.part_count != 0 && str_eq(line.parts[0].manufacturer, text);
}

static bool run_sample(const struct ruleset *rules, struct score *scores,
                       struct str *field, bool verbose) {
    int kind = SCORE_COUNT;
    while (kind-- > 0 && !str_eq(field[KIND], str_from(kinds[kind].name)))
        continue;
    struct strbuf text = {.ptr = NULL}, bytes = {.ptr = NULL};
    struct source *source = NULL;
    struct bom *bom = NULL;
    struct err err = ERR_INIT;
    struct bom_options options = {.rules = rules, .no_digest = true};
    if (kind < 0)
        return false;
    strbuf_printf(&text, "%s%.*s%s", kinds[kind].before, STR_ARG(field[TEXT]),
                  kinds[kind].after);
    bool ok = encode(&bytes, strbuf_str(&text), field[ENCODING]) &&
              source_open_memory(&source, strbuf_str(&bytes), &err);
    if (!ok)
        printf("%.*s cannot be written in %.*s\n", STR_ARG(field[TEXT]),
               STR_ARG(field[ENCODING]));
    if (ok) {
        bool right = bom_open_source(&bom, source, "x", &options, &err) &&
                     is_read(bom, kind, field[TEXT]);
        const char *found = bom != NULL ? bom_info(bom)->encoding : err.msg;
        struct strbuf what = {.ptr = NULL};
        strbuf_printf(&what, "%.*s in %.*s", STR_ARG(field[TEXT]),
                      STR_ARG(field[ENCODING]));
        score_count(&scores[kind], right ? 1 : -1, strbuf_str(&what),
                    str_from(found), verbose);
        strbuf_dispose(&what);
    }
    bom_close(bom);
    source_close(source);
    strbuf_dispose(&text);
    strbuf_dispose(&bytes);
    return ok;
}

static bool run_lines(const struct ruleset *rules, struct score *scores,
                      struct str lines, bool verbose) {
    struct str line;
    (void)str_split(&lines, '\n', &line); /* the header */
    while (str_split(&lines, '\n', &line)) {
        struct str field[SAMPLE_COLUMNS];
        size_t count = 0;
        while (count < SAMPLE_COLUMNS && str_split(&line, '\t', &field[count]))
            count++;
        if (count == SAMPLE_COLUMNS &&
            !run_sample(rules, scores, field, verbose))
            return false;
    }
    return true;
}

int main(int argc, char **argv) {
    struct score scores[SCORE_COUNT] = {
        [SCORE_HEADER] = {"header names", 0, 0, 0, 100, 100},
        [SCORE_MAKER] = {"makers", 0, 0, 0, 100, 100},
        [SCORE_CELL] = {"values", 0, 0, 0, 99, 99},
    };
    struct ruleset *rules = NULL;
    struct strbuf samples = {.ptr = NULL};
    struct err err = ERR_INIT;
    bool verbose = argc > 2 && strcmp(argv[2], "-v") == 0;
    int status = EXIT_FAILURE;
    if (argc < 2 || !read_file(argv[1], "encodings.tsv", &samples))
        printf("no samples\n");
    else if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err))
        printf("%s\n", err.msg);
    else if (run_lines(rules, scores, strbuf_str(&samples), verbose) &&
             score_report(scores, SCORE_COUNT))
        status = EXIT_SUCCESS;
    ruleset_close(rules);
    strbuf_dispose(&samples);
    return status;
}
