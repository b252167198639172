/*
 * How well real BOMs are read: lines, and the columns of makers and part
 * numbers, against the corpus's index. Prints each file; fails below the
 * floors at the end.
 *
 * usage: quality_bom CORPUS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bom/bom.h"
#include "cli/shipped_rules.h"
#include "ruleset/ruleset.h"

#define SKIPPED 77

/* Per cent of the files that must be right. */
#define FLOOR_LINES 100
#define FLOOR_COLUMNS 100

/* Where the index says something else than a person who looks at the file, or
   counts both lists of a file that names every part twice. NULL: as indexed. */
static const struct {
    const char *file, *lines, *makers, *mpns;
} corrections[] = {
    /* 21 parts; a heading and three lines of prose follow. */
    {"74hc595__68k-nano__bom.txt", "21", NULL, NULL},
    {"DVA490-474-Project-Course__SSL-Hardware-Development__BOM_wurth.csv", NULL,
     NULL, "Order code"},
    /* 62 parts and four lines of statistics. */
    {"LibreSolar__mppt-2420-lc__MPPT_charger_20A_bom.csv", "62", NULL,
     "PartNumber; Alternative"},
    {"beagleboard__pocketbeagle__PocketBeagle_BOM.csv", NULL,
     "Manufacturer/MPN", "Manufacturer/MPN"},
    /* Twice 12 parts; a heading and a second header are counted there. */
    {"carrotIndustries__pluto__bom_mouser_digikey.txt", "24", NULL, "MPN"},
    /* The header is one name short; these are the names moved over. */
    {"greatscottgadgets__hackrf__hackrf-one.bom.csv", NULL, "Manufacturer",
     "Part Number"},
    {"orangecrab-fpga__orangecrab-hardware__OrangeCrab-r0.2-bom.csv", "47",
     NULL, NULL},
    {"orangecrab-fpga__orangecrab-hardware__OrangeCrab.csv", "49", NULL, NULL},
    /* Nine parts and a ruled line. */
    {"parallella__parallella-hw__meta_module_bom_rev1.xlsx", "9", NULL, NULL},
};

enum {
    INDEX_FILE = 0,
    INDEX_LINES = 10,
    INDEX_MAKERS = 12,
    INDEX_MPNS = 13,
    INDEX_FIELDS = 14,
};

struct wanted {
    struct str file, lines, makers, mpns;
};

struct totals {
    unsigned files, lines_right, columns_right, lines, lost;
};

static bool read_all(const char *path, struct strbuf *out) {
    char buf[16384];
    size_t got;
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return false;
    while ((got = fread(buf, 1, sizeof(buf), in)) != 0)
        strbuf_add(out, (struct str){buf, got});
    fclose(in);
    return !out->failed;
}

static bool parse_wanted(struct str line, struct wanted *out) {
    struct str fields[INDEX_FIELDS] = {STR_EMPTY}, field;
    size_t count = 0;
    while (count < INDEX_FIELDS && str_split(&line, '\t', &field))
        fields[count++] = str_trim(field);
    *out = (struct wanted){fields[INDEX_FILE], fields[INDEX_LINES],
                           fields[INDEX_MAKERS], fields[INDEX_MPNS]};
    for (size_t i = 0; i < ARRAY_LEN(corrections); i++) {
        if (!str_eq(out->file, str_from(corrections[i].file)))
            continue;
        if (corrections[i].lines != NULL)
            out->lines = str_from(corrections[i].lines);
        if (corrections[i].makers != NULL)
            out->makers = str_from(corrections[i].makers);
        if (corrections[i].mpns != NULL)
            out->mpns = str_from(corrections[i].mpns);
    }
    return count == INDEX_FIELDS;
}

static void add_columns(const struct bom_info *info, enum bom_field field,
                        struct strbuf *out) {
    for (size_t i = 0; i < info->column_count; i++) {
        const struct bom_column *column = &info->columns[i];
        if (column->field != field && column->field != BOM_MAKER_AND_MPN)
            continue;
        if (out->len != 0)
            strbuf_add_text(out, "; ");
        strbuf_add(out, column->header);
    }
    if (out->len == 0)
        strbuf_add_text(out, "(none)");
}

/* Without a header a column has no name to compare. */
static bool same_columns(const struct bom_info *info, enum bom_field field,
                         struct str wanted, struct strbuf *found) {
    strbuf_clear(found);
    add_columns(info, field, found);
    return info->header_line == 0 || str_eq(strbuf_str(found), wanted);
}

static unsigned count_lost(struct bom *bom) {
    struct bom_diagnostic diagnostic;
    unsigned lost = 0;
    while (bom_next_diagnostic(bom, &diagnostic))
        lost += diagnostic.severity == BOM_LOST;
    return lost;
}

static bool count_lines(struct bom *bom, unsigned *lines, unsigned *lost,
                        struct err *err) {
    struct bom_line line;
    enum bom_step step;
    *lines = 0;
    *lost = count_lost(bom);
    while ((step = bom_next(bom, &line, err)) == BOM_LINE) {
        ++*lines;
        *lost += count_lost(bom);
    }
    *lost += count_lost(bom);
    return step == BOM_END;
}

static void compare(struct bom *bom, const struct wanted *wanted,
                    struct totals *totals, struct err *err) {
    struct strbuf makers = {.ptr = NULL}, mpns = {.ptr = NULL};
    const struct bom_info *info = bom_info(bom);
    unsigned lines, lost;
    bool same_makers =
        same_columns(info, BOM_MANUFACTURER, wanted->makers, &makers);
    bool same = same_columns(info, BOM_MPN, wanted->mpns, &mpns) && same_makers;
    if (!count_lines(bom, &lines, &lost, err))
        printf("  broke off: %s\n", err->msg);
    bool right = lines == (unsigned)strtoul(wanted->lines.ptr, NULL, 10);
    totals->columns_right += same;
    totals->lines_right += right;
    totals->lines += lines;
    totals->lost += lost;
    printf("%.*s\n  %u lines, wanted %.*s%s; maker \"%s\", mpn \"%s\"%s\n",
           STR_ARG(wanted->file), lines, STR_ARG(wanted->lines),
           right ? "" : "  WRONG", makers.ptr, mpns.ptr, same ? "" : "  WRONG");
    strbuf_dispose(&makers);
    strbuf_dispose(&mpns);
}

static void check_file(const struct ruleset *rules, const char *corpus,
                       const struct wanted *wanted, struct totals *totals) {
    struct strbuf path = {.ptr = NULL};
    struct bom_options options = {.rules = rules};
    struct err err = ERR_INIT;
    struct bom *bom;
    strbuf_printf(&path, "%s/boms/%.*s", corpus, STR_ARG(wanted->file));
    totals->files++;
    if (bom_open(&bom, path.ptr, &options, &err)) {
        compare(bom, wanted, totals, &err);
        bom_close(bom);
    } else {
        printf("%.*s\n  not opened: %s  WRONG\n", STR_ARG(wanted->file),
               err.msg);
    }
    strbuf_dispose(&path);
}

static bool report(const struct totals *totals) {
    printf("%u files, %u lines, %u places lost\n", totals->files, totals->lines,
           totals->lost);
    printf("lines as counted by hand: %u files (floor %d %%)\n",
           totals->lines_right, FLOOR_LINES);
    printf("maker and part-number columns as seen by hand: %u files "
           "(floor %d %%)\n",
           totals->columns_right, FLOOR_COLUMNS);
    return totals->files != 0 && totals->lost == 0 &&
           totals->lines_right * 100 >= totals->files * FLOOR_LINES &&
           totals->columns_right * 100 >= totals->files * FLOOR_COLUMNS;
}

int main(int argc, char **argv) {
    struct strbuf path = {.ptr = NULL}, index = {.ptr = NULL};
    struct ruleset *rules = NULL;
    struct totals totals = {.files = 0};
    struct err err = ERR_INIT;
    int status = EXIT_FAILURE;
    if (argc > 1)
        strbuf_printf(&path, "%s/index.tsv", argv[1]);
    if (argc < 2 || !read_all(path.ptr, &index)) {
        printf("skipped: no corpus\n");
        status = SKIPPED;
    } else if (!ruleset_open(&rules, shipped_rules, shipped_rules_size, &err)) {
        printf("%s\n", err.msg);
    } else {
        struct str rest = strbuf_str(&index), line;
        struct wanted wanted;
        (void)str_split(&rest, '\n', &line); /* the header */
        while (str_split(&rest, '\n', &line)) {
            if (parse_wanted(line, &wanted))
                check_file(rules, argv[1], &wanted, &totals);
        }
        status = report(&totals) ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    ruleset_close(rules);
    strbuf_dispose(&path);
    strbuf_dispose(&index);
    return status;
}
