#ifndef BOMGATE_TESTS_READ_BOM_H
#define BOMGATE_TESTS_READ_BOM_H

#include <stdbool.h>
#include <stdio.h>

#include "bom/bom.h"
#include "bom/source.h"
#include "core/str.h"
#include "ruleset/compile.h"

/** All that is read of a BOM, as text to compare. */
struct bom_reading {
    struct strbuf lines;       /* "2 U1 x1 Micron|MT41K\n", see add_line() */
    struct strbuf places;      /* of the parts: "2:12 3:0", line and column */
    struct strbuf diagnostics; /* "note ragged-row 7\n" */
    struct strbuf messages;    /* of the diagnostics, one a line */
    struct strbuf columns;     /* "mpn=Part No. manufacturer=Mfr" */
    struct strbuf unmapped;    /* "Price Stock" */
    uint32_t header_line;
    unsigned count; /* lines */
    struct err err; /* ERR_NONE when it was read to its end */
};

static inline void bom_reading_dispose(struct bom_reading *reading) {
    strbuf_dispose(&reading->lines);
    strbuf_dispose(&reading->places);
    strbuf_dispose(&reading->diagnostics);
    strbuf_dispose(&reading->messages);
    strbuf_dispose(&reading->columns);
    strbuf_dispose(&reading->unmapped);
}

static inline const char *bom_text(const struct strbuf *text) {
    return text->ptr == NULL ? "" : text->ptr;
}

/** The shipped words with a handful of makers; NULL and a message if not. */
static inline struct ruleset *bom_test_rules(const char *source_dir,
                                             struct err *err) {
    struct rule_sources sources = {.count = 0};
    struct ruleset *rules = NULL;
    void *bytes;
    size_t size;
    char shipped[4096], own[4096];
    snprintf(shipped, sizeof(shipped), "%s/rules", source_dir);
    snprintf(own, sizeof(own), "%s/tests/data/bom-rules", source_dir);
    if (rule_sources_add_folder(&sources, shipped, "words/", err) &&
        rule_sources_add_folder(&sources, own, "", err) &&
        ruleset_compile(&bytes, &size, &sources, NULL, err) &&
        !ruleset_adopt(&rules, bytes, size, err))
        rules = NULL;
    rule_sources_dispose(&sources);
    return rules;
}

static inline void bom_add_part(struct strbuf *out, const struct bom_line *line,
                                const struct bom_part *part) {
    strbuf_printf(out, " %.*s|%.*s", STR_ARG(part->manufacturer),
                  STR_ARG(part->mpn));
    if (part->line != line->line)
        strbuf_printf(out, "@%u", part->line);
}

/* "12 U1,U2 x2 Micron|MT41K Samsung|K4B@13 unfitted" */
static inline void bom_add_line(struct bom_reading *reading,
                                const struct bom_line *line) {
    struct strbuf *out = &reading->lines;
    strbuf_printf(out, "%u", line->line);
    if (line->refdes.len != 0)
        strbuf_printf(out, " %.*s", STR_ARG(line->refdes));
    if (line->quantity.len != 0)
        strbuf_printf(out, " x%.*s", STR_ARG(line->quantity));
    for (size_t i = 0; i < line->part_count; i++) {
        bom_add_part(out, line, &line->parts[i]);
        strbuf_printf(&reading->places, "%s%u:%u",
                      reading->places.len == 0 ? "" : " ", line->parts[i].line,
                      bom_part_column(&line->parts[i]));
    }
    if (line->distributor.len != 0)
        strbuf_printf(out, " from %.*s", STR_ARG(line->distributor));
    strbuf_add_text(out, line->fitted ? "\n" : " unfitted\n");
    reading->count++;
}

static inline void bom_drain(struct bom_reading *reading, struct bom *bom) {
    struct bom_diagnostic found;
    while (bom_next_diagnostic(bom, &found)) {
        strbuf_printf(&reading->diagnostics, "%s %s %u\n",
                      found.severity == BOM_LOST ? "lost" : "note", found.code,
                      found.line);
        strbuf_printf(&reading->messages, "%s\n", found.message);
    }
}

static inline void bom_add_info(struct bom_reading *reading,
                                const struct bom_info *info) {
    reading->header_line = info->header_line;
    for (size_t i = 0; i < info->column_count; i++) {
        const struct bom_column *column = &info->columns[i];
        strbuf_printf(&reading->columns, "%s%s=%.*s", i == 0 ? "" : " ",
                      bom_field_name(column->field), STR_ARG(column->header));
    }
    for (size_t i = 0; i < info->unmapped_count; i++)
        strbuf_printf(&reading->unmapped, "%s%.*s", i == 0 ? "" : " ",
                      STR_ARG(info->unmapped[i]));
}

/** Read a BOM from memory to its end. Dispose of `out` also on failure. */
static inline bool read_bom(struct bom_reading *out, const char *text,
                            const struct bom_options *options) {
    struct source *source;
    struct bom *bom;
    struct bom_line line;
    *out = (struct bom_reading){.err = ERR_INIT};
    if (!source_open_memory(&source, str_from(text), &out->err))
        return false;
    if (!bom_open_source(&bom, source, "test.csv", options, &out->err)) {
        source_close(source);
        return false;
    }
    bom_add_info(out, bom_info(bom));
    bom_drain(out, bom);
    enum bom_step step;
    while ((step = bom_next(bom, &line, &out->err)) == BOM_LINE) {
        bom_add_line(out, &line);
        bom_drain(out, bom);
    }
    bom_drain(out, bom);
    bom_close(bom);
    source_close(source);
    return step == BOM_END;
}

#endif
