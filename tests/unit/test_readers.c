#include <stddef.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "read_rows.h"

TestSuite(readers, .timeout = 30);

Test(readers, what_is_no_bom_is_named_with_what_to_do) {
    static const struct {
        struct str head;
        const char *says;
    } cases[] = {
        {{"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 15}, "PDF"},
        {{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16}, "PNG"},
        {{"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", 16}, "program"},
        {{"PK\x03\x04\x14\0\0\0\x08\0nothing.txt", 21}, "ZIP"},
        {{"\x1f\x8b\x08\0\0\0\0\0\0\x03x", 11}, "packed twice"},
        {{"<!DOCTYPE html>\n<html><table>", 29}, "web page"},
        {{"\n <?xml version=\"1.0\"?>\n<x/>", 28}, "XML"},
        {{"{\"bomFormat\": \"CycloneDX\"}", 26}, "JSON"},
        {{"(kicad_sch (version 20230121)", 29}, "KiCad"},
        {{"\x01\x02\x03\x04\0\0\0\x05\x06\x07\x08\0\x0e\x0f", 14},
         "neither text"},
        {{"", 0}, "empty"},
        {{" \r\n\t\n", 5}, "nothing but blanks"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = ERR_INIT;
        cr_expect_null(reader_format_find(cases[i].head, &err), "%s",
                       cases[i].says);
        cr_expect(strstr(err.msg, cases[i].says) != NULL, "%s: %s",
                  cases[i].says, err.msg);
    }
}

Test(readers, text_finds_its_format) {
    struct err err = ERR_INIT;
    cr_expect_eq(reader_format_find(STR_LIT("a,b\n1,2\n"), &err), &csv_format);
    cr_expect_eq(reader_format_find(STR_LIT("MPN\nRC0402\n"), &err),
                 &csv_format);
    /* Programs start with these two letters, and so may a designator. */
    cr_expect_eq(reader_format_find(STR_LIT("MZ1,22p\nMZ2,10n\n"), &err),
                 &csv_format);
    cr_expect_eq(reader_format_find(STR_LIT("Ref   Value   MPN\n"
                                            "C1    22p     GRM155\n"
                                            "C2    10n     GRM188\n"),
                                    &err),
                 &fixed_format);
}

Test(readers, every_format_says_what_it_is) {
    for (size_t i = 0; reader_formats[i] != NULL; i++) {
        const struct reader_format *format = reader_formats[i];
        cr_expect_not_null(format->name);
        cr_expect_not_null(format->extensions);
        cr_expect_eq(format->sniff(STR_EMPTY), 0, "%s", format->name);
    }
}

static struct strbuf slurp(const char *path) {
    struct strbuf all = {.ptr = NULL};
    char piece[4096];
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return all;
    for (size_t got; (got = fread(piece, 1, sizeof(piece), in)) != 0;)
        strbuf_add(&all, (struct str){piece, got});
    fclose(in);
    return all;
}

/* What index.tsv calls a file, against what was found. */
static bool is_encoding(struct str index, const char *found) {
    if (str_starts(index, STR_LIT("UTF-8")))
        return strcmp(found, "UTF-8") == 0;
    return str_starts(index, str_from(found));
}

static void check_file(const struct str field[11]) {
    struct strbuf path = {.ptr = NULL};
    struct err err = ERR_INIT;
    struct reading got;
    strbuf_printf(&path, BOMGATE_CORPUS "/boms/%.*s", STR_ARG(field[0]));
    struct strbuf bytes = slurp(path.ptr);
    const struct reader_format *format =
        reader_format_find(str_take(strbuf_str(&bytes), SOURCE_PEEK_MAX), &err);
    cr_assert_not_null(format, "%s: %s", path.ptr, err.msg);
    cr_assert(read_rows(&got, format, strbuf_str(&bytes), 0, NULL));
    bool fixed = str_eq(field[7], STR_LIT("fixed-width"));
    bool tab = str_eq(field[7], STR_LIT("TAB"));
    cr_expect_str_eq(format->name, fixed ? "fixed" : "csv", "%s", path.ptr);
    if (!fixed)
        cr_expect(
            str_eq(str_from(got.delimiter), tab ? STR_LIT("\t") : field[7]),
            "%s: %s", path.ptr, got.delimiter);
    cr_expect(is_encoding(field[6], got.encoding), "%s: %s", path.ptr,
              got.encoding);
    cr_expect_geq(got.count, strtoul(field[10].ptr, NULL, 10), "%s", path.ptr);
    cr_expect_null(strstr(reading_diagnostics(&got), "lost"), "%s: %s",
                   path.ptr, reading_diagnostics(&got));
    reading_dispose(&got);
    strbuf_dispose(&bytes);
    strbuf_dispose(&path);
}

Test(readers, real_files_are_what_their_index_says) {
    struct strbuf index = slurp(BOMGATE_CORPUS "/index.tsv");
    struct str rest = strbuf_str(&index), line;
    if (index.len == 0)
        cr_skip_test("there is no corpus at " BOMGATE_CORPUS);
    str_split(&rest, '\n', &line);
    while (str_split(&rest, '\n', &line) && line.len != 0) {
        struct str field[11];
        for (size_t i = 0; i < ARRAY_LEN(field); i++)
            cr_assert(str_split(&line, '\t', &field[i]));
        if (!str_starts(field[7], STR_LIT("(spreadsheet")))
            check_file(field);
    }
    strbuf_dispose(&index);
}
