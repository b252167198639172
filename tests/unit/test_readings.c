#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "run/readings.h"

TestSuite(readings, .timeout = 10);

static struct listed_path boms[] = {
    {.path = "a.csv"}, {.path = "b/a.csv"}, {.path = "a.csv:x"}, {.path = "-"}};
static const struct path_list all = {.paths = boms, .count = 4};

static void resolve(struct readings *out, const struct reading_wish *items,
                    size_t count) {
    const struct reading_wishes wishes = {items, count};
    struct err err = ERR_INIT;
    cr_assert(readings_resolve(out, &wishes, &all, &err), "%s", err.msg);
}

static void expect_refused(const struct reading_wish *items, size_t count,
                           const char *why) {
    const struct reading_wishes wishes = {items, count};
    struct readings readings = {.count = 0};
    struct err err = ERR_INIT;
    cr_assert(not(readings_resolve(&readings, &wishes, &all, &err)));
    cr_expect(strstr(err.msg, why) != NULL, "%s", err.msg);
}

static void expect_map(const struct bom_options *how, size_t i,
                       enum bom_field field, const char *header) {
    cr_assert(i < how->map_count);
    cr_expect(eq(int, (int)how->maps[i].field, (int)field));
    cr_expect(eq(str, (char *)(uintptr_t)how->maps[i].header,
                 (char *)(uintptr_t)header));
}

Test(readings, a_map_without_a_file_is_for_all) {
    static const struct reading_wish wish = {READING_MAP, "mpn=a=b:mpn=c"};
    struct readings readings;
    struct bom_options how = {.no_digest = true};
    resolve(&readings, &wish, 1);
    for (size_t i = 0; i < all.count; i++) {
        readings_fill(&readings, boms[i].path, &how);
        cr_expect(eq(sz, how.map_count, 1));
        expect_map(&how, 0, BOM_MPN, "a=b:mpn=c");
    }
    cr_expect(how.no_digest);
    readings_dispose(&readings);
}

Test(readings, a_file_before_it_makes_it_that_files_own) {
    static const struct reading_wish wishes[] = {
        {READING_MAP, "a.csv:mpn=What"},
        {READING_MAP, "-:mpn=Other"},
        {READING_SHEET, "b/a.csv:Main: parts"},
        {READING_ENCODING, "a.csv:GBK"}};
    struct readings readings;
    struct bom_options how = {.sheet = "left from before"};
    resolve(&readings, wishes, 4);
    readings_fill(&readings, "a.csv", &how);
    cr_expect(eq(sz, how.map_count, 1));
    expect_map(&how, 0, BOM_MPN, "What");
    cr_expect(eq(str, (char *)(uintptr_t)how.encoding, (char *)"GBK"));
    cr_expect(how.sheet == NULL);
    readings_fill(&readings, "b/a.csv", &how);
    cr_expect(eq(sz, how.map_count, 0));
    cr_expect(eq(str, (char *)(uintptr_t)how.sheet, (char *)"Main: parts"));
    cr_expect(how.encoding == NULL);
    readings_fill(&readings, "-", &how);
    expect_map(&how, 0, BOM_MPN, "Other");
    readings_dispose(&readings);
}

Test(readings, the_longest_path_is_meant) {
    static const struct reading_wish wish = {READING_SHEET, "a.csv:x:y"};
    struct readings readings;
    struct bom_options how = {.sheet = NULL};
    resolve(&readings, &wish, 1);
    readings_fill(&readings, "a.csv:x", &how);
    cr_expect(eq(str, (char *)(uintptr_t)how.sheet, (char *)"y"));
    readings_fill(&readings, "a.csv", &how);
    cr_expect(how.sheet == NULL);
    readings_dispose(&readings);
}

Test(readings, a_files_own_counts_more_than_what_is_said_of_all) {
    static const struct reading_wish wishes[] = {
        {READING_MAP, "mpn=What"},        {READING_MAP, "manufacturer=Who"},
        {READING_MAP, "refdes=Where"},    {READING_MAP, "a.csv:mpn=Who"},
        {READING_MAP, "a.csv:mpn=Which"}, {READING_SHEET, "all"},
        {READING_SHEET, "a.csv:own"}};
    struct readings readings;
    struct bom_options how = {.sheet = NULL};
    resolve(&readings, wishes, 7);
    readings_fill(&readings, "a.csv", &how);
    cr_expect(eq(sz, how.map_count, 3));
    expect_map(&how, 0, BOM_MPN, "Who");
    expect_map(&how, 1, BOM_MPN, "Which");
    expect_map(&how, 2, BOM_REFDES, "Where");
    cr_expect(eq(str, (char *)(uintptr_t)how.sheet, (char *)"own"));
    readings_fill(&readings, "b/a.csv", &how);
    cr_expect(eq(sz, how.map_count, 3));
    expect_map(&how, 0, BOM_MPN, "What");
    cr_expect(eq(str, (char *)(uintptr_t)how.sheet, (char *)"all"));
    readings_dispose(&readings);
}

/* A sheet's name may hold what stands between a file and its sheet. */
Test(readings, a_sheet_of_no_such_file_is_a_sheets_name) {
    static const struct reading_wish wish = {READING_SHEET, "c.csv:Main"};
    struct readings readings;
    struct bom_options how = {.sheet = NULL};
    resolve(&readings, &wish, 1);
    readings_fill(&readings, "a.csv", &how);
    cr_expect(eq(str, (char *)(uintptr_t)how.sheet, (char *)"c.csv:Main"));
    readings_dispose(&readings);
}

Test(readings, what_cannot_be_meant_is_refused) {
    static const struct reading_wish map[] = {{READING_MAP, "mpn"},
                                              {READING_MAP, "a.csv:mpn="},
                                              {READING_MAP, "colour=Red"},
                                              {READING_MAP, "a.csv:colour=Red"},
                                              {READING_MAP, "c.csv:mpn=What"}};
    static const struct reading_wish twice[] = {
        {READING_SHEET, "a"},       {READING_SHEET, "a.csv:b"},
        {READING_ENCODING, "GBK"},  {READING_SHEET, "a.csv:c"},
        {READING_SHEET, "-:stdin"}, {READING_SHEET, "d"}};
    expect_refused(&map[0], 1, "write FIELD=HEADER");
    expect_refused(&map[1], 1, "write FIELD=HEADER");
    expect_refused(&map[2], 1, "unknown field 'colour'; one of refdes");
    expect_refused(&map[3], 1, "unknown field 'colour'");
    expect_refused(&map[4], 1, "'c.csv' is none of the BOMs");
    expect_refused(twice, 4, "--sheet is given twice for a.csv");
    const struct reading_wish same[] = {twice[0], twice[5]};
    expect_refused(same, 2, "--sheet is given twice");
}
