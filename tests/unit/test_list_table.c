#include "run/list_table.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

TestSuite(list_table, .timeout = 30);

static bool read_text(const char *text, struct list_table *table,
                      struct err *err) {
    char path[] = "/tmp/bomgate-list-XXXXXX";
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    FILE *out = fdopen(fd, "wb");
    fputs(text, out);
    fclose(out);
    bool ok = list_table_read(table, path, err);
    unlink(path);
    return ok;
}

static const char *const csl_columns[] = {
    "_id",        "source",    "entity_number",
    "type",       "programs",  "name",
    "title",      "addresses", "federal_register_notice",
    "start_date", "end_date",  "source_list_url",
    "alt_names",
};
static const char *const csl_cells[] = {
    "1",    "List",   "7",       "Entity",     "P", "A",
    "T",    "1 Road", "84 FR 1", "2020-01-02", "",  "https://example.org",
    "B; C",
};
#define CSL_WIDTH ARRAY_LEN(csl_columns)

/* The list with column `left_out` missing in its header, its row, or both. */
static void write_csl(struct strbuf *out, size_t header_without,
                      size_t row_without) {
    strbuf_clear(out);
    for (size_t i = 0; i < CSL_WIDTH; i++) {
        if (i != header_without)
            strbuf_printf(out, "%s%s", out->len == 0 ? "" : ",",
                          csl_columns[i]);
    }
    strbuf_add_char(out, '\n');
    size_t start = out->len;
    for (size_t i = 0; i < CSL_WIDTH; i++) {
        if (i != row_without)
            strbuf_printf(out, "%s%s", out->len == start ? "" : ",",
                          csl_cells[i]);
    }
    strbuf_add_char(out, '\n');
}

Test(list_table, an_entry_holds_what_its_row_says) {
    struct list_table table;
    struct strbuf text = {.ptr = NULL};
    struct err err = ERR_INIT;
    write_csl(&text, SIZE_MAX, SIZE_MAX);
    cr_assert(read_text(text.ptr, &table, &err), "%s", err.msg);
    cr_assert(eq(sz, table.count, 1));
    const struct list_entry *entry = &table.entries[0];
    cr_expect(str_eq(entry->name, STR_LIT("A")));
    cr_expect(str_eq(entry->from, STR_LIT("2020-01-02")));
    cr_expect(eq(sz, entry->until.len, 0));
    cr_expect(str_eq(entry->url, STR_LIT("https://example.org")));
    cr_expect(eq(sz, entry->alias_count, 2));
    cr_expect(str_eq(entry->aliases[1], STR_LIT("C")));
    cr_expect(entry->company);
    cr_expect(eq(u32, entry->line, 2));
    cr_expect(str_eq(table.newest, STR_LIT("2020-01-02")));
    list_table_dispose(&table);
    strbuf_dispose(&text);
}

#define CSL_HEADER                                                             \
    "_id,source,entity_number,type,programs,name,title,addresses,"             \
    "federal_register_notice,start_date,end_date,source_list_url,alt_names\n"

/* "HSRI; Hebei Semiconductor; and CETC Research Institute 13": so the Entity
   List ends what an entry is called too. */
Test(list_table, the_word_before_the_last_alias_is_none_of_it) {
    struct list_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(CSL_HEADER "1,EL,,,,CETC 13,,,,2018-08-01,,,"
                                   "HSRI; And Co.; and Institute 13\n"
                                   "2,EL,,,,X,,,,2018-08-01,,,and so on\n",
                        &table, &err),
              "%s", err.msg);
    const struct list_entry *entry = &table.entries[0];
    cr_assert(eq(sz, entry->alias_count, 3));
    cr_expect(str_eq(entry->aliases[1], STR_LIT("And Co.")));
    cr_expect(str_eq(entry->aliases[2], STR_LIT("Institute 13")));
    entry = &table.entries[1];
    cr_expect(str_eq(entry->aliases[0], STR_LIT("and so on")));
    list_table_dispose(&table);
}

Test(list_table, what_is_said_of_successors_is_no_part_of_a_name) {
    struct list_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(CSL_HEADER "1,ISN,,,,\"Sinobright; and any successor, "
                                   "sub-unit, or subsidiary thereof\",,,,"
                                   "2023-07-19,,,\n",
                        &table, &err),
              "%s", err.msg);
    cr_expect(str_eq(table.entries[0].name, STR_LIT("Sinobright")));
    list_table_dispose(&table);
}

/* A denial for fifty years says nothing of how new its list is. */
Test(list_table, the_day_on_which_an_entry_ends_is_not_the_newest_known) {
    struct list_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(CSL_HEADER "1,DPL,,,,A,,,,2002-03-04,2056-06-29,,\n",
                        &table, &err),
              "%s", err.msg);
    cr_expect(str_eq(table.newest, STR_LIT("2002-03-04")));
    list_table_dispose(&table);
}

/* A lost column was a silently shorter list elsewhere (watchman #326). */
Test(list_table, any_column_that_is_missing_is_an_error) {
    struct strbuf text = {.ptr = NULL};
    for (size_t i = 0; i < CSL_WIDTH; i++) {
        struct list_table table;
        struct err err = ERR_INIT;
        write_csl(&text, i, i);
        cr_expect(not(read_text(text.ptr, &table, &err)), "without %s",
                  csl_columns[i]);
        cr_expect(strstr(err.msg, csl_columns[i]) != NULL, "%s", err.msg);
        cr_expect(eq(u32, err.line, 1));
        err = ERR_INIT;
        write_csl(&text, SIZE_MAX, i);
        cr_expect(not(read_text(text.ptr, &table, &err)), "cell %s",
                  csl_columns[i]);
        cr_expect(eq(u32, err.line, 2), "%s", err.msg);
    }
    strbuf_dispose(&text);
}

Test(list_table, what_cannot_stand_in_its_column_is_an_error) {
    static const struct {
        const char *text;
        uint32_t line;
    } cases[] = {
        {"", 0},
        {"name,alias\n", 0},
        {"name,alias\nA,\"B\n", 2},
        {"name,alias\nA,B,C\n", 2},
        {"name,alias\nA\n", 2},
        {"name,alias\n,B\n", 2},
        {"name,colour\nA,B\n", 1},
        {"Name,alias\nA,B\n", 1},
        {"name,name\nA,B\n", 1},
        {"name,from\nA,yesterday\n", 2},
        {"name,from\nA,2020-02-30\n", 2},
        {"name,from\nA,2020-01\n", 2},
        {"name,from,until\nA,2020-01-02,2020-01-01\n", 2},
        {"name,country\nA,the country\n", 2},
        {"name,url\nA,somewhere\n", 2},
        {"name,alias\nA,B\nC,D\nE\n", 4},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct list_table table;
        struct err err = ERR_INIT;
        cr_expect(not(read_text(cases[i].text, &table, &err)), "%s",
                  cases[i].text);
        cr_expect(eq(u32, err.line, cases[i].line), "%s: %s", cases[i].text,
                  err.msg);
    }
}

Test(list_table, quoted_cells_and_blank_lines_keep_their_rows) {
    struct list_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text("\xef\xbb\xbfname,alias,aliases\r\n"
                        "\"A, Inc.\",\"x;y\",z\r\n\r\n"
                        "\"B\n C\",,\r\n",
                        &table, &err),
              "%s", err.msg);
    cr_assert(eq(sz, table.count, 2));
    cr_expect(str_eq(table.entries[0].name, STR_LIT("A, Inc.")));
    cr_expect(eq(sz, table.entries[0].alias_count, 3));
    cr_expect(str_eq(table.entries[1].name, STR_LIT("B C")));
    cr_expect(eq(u32, table.entries[1].line, 4));
    list_table_dispose(&table);
}

Test(list_table, persons_are_kept_apart_from_companies) {
    struct list_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text("id,schema,name,aliases,birth_date,countries,addresses,"
                        "identifiers,sanctions,phones,emails,dataset,"
                        "first_seen,last_seen,last_change\n"
                        "n1,Person,A,,1970,us,,,,,,L,,,2024-05-06T07:08:09\n"
                        "n2,Company,B,,,us;gb,,,,,,L,,,\n"
                        "n3,LegalEntity,C,,,cn,,,,,,L,,,2023-01-01\n",
                        &table, &err),
              "%s", err.msg);
    cr_assert(eq(sz, table.count, 3));
    cr_expect(not(table.entries[0].company));
    cr_expect(table.entries[1].company);
    cr_expect(eq(sz, table.entries[1].country.len, 0));
    cr_expect(str_eq(table.entries[2].country, STR_LIT("CN")));
    cr_expect(str_eq(table.entries[2].url,
                     STR_LIT("https://www.opensanctions.org/entities/n3")));
    cr_expect(str_eq(table.newest, STR_LIT("2024-05-06")));
    list_table_dispose(&table);
}
