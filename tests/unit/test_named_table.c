#include "bom/named_table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "read_bom.h"
#include "temp_folder.h"

TestSuite(named_table, .timeout = 30);

enum { IPN, MAKER, MPN, WHEN };
static const struct named_column columns[] = {
    {"IPN", BOM_IPN, NULL, false},
    {"Manufacturer", BOM_MANUFACTURER, NULL, true},
    {"MPN", BOM_MPN, NULL, true},
    {"Day", BOM_FIELD_COUNT, NULL, false},
};

static struct ruleset *rules;
static struct temp_folder folder;
static char path[TEMP_PATH_MAX];

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "t.csv", path);
}

static void tear_down(void) {
    ruleset_close(rules);
    temp_folder_remove(&folder);
}

static bool read_text(struct named_table *table, const char *text,
                      struct err *err) {
    *table = (struct named_table){.path = NULL};
    cr_assert(temp_write(&folder, "t.csv", text));
    return named_table_read(table, path, rules, columns, ARRAY_LEN(columns),
                            err);
}

static void expect_cell(const struct named_table *table, size_t row,
                        size_t column, size_t set, const char *want) {
    struct str got = named_cell(table, &table->rows[row], column, set);
    cr_expect(str_eq(got, str_from(want)), "row %zu, column %zu, set %zu: %.*s",
              row, column, set, STR_ARG(got));
}

static void expect_fault(const char *text, uint32_t line, const char *part) {
    struct named_table table;
    struct err err = ERR_INIT;
    cr_expect_not(read_text(&table, text, &err), "%s", text);
    cr_expect(eq(u32, err.line, line), "%s: %s", text, err.msg);
    cr_expect(strstr(err.msg, part) != NULL, "%s", err.msg);
    cr_expect_str_eq(err.file, path);
}

Test(named_table, columns_are_found_by_any_of_their_names, .init = set_up,
     .fini = tear_down) {
    struct named_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(&table,
                        "Our parts,,,,,,\n"
                        "Mfr. Part No.,Remark,Internal Part Number,Maker,day,"
                        "Manufacturer 2,MPN 2\n"
                        " W25Q128 ,x,100-1,Winbond,2026-01-02,GD,GD25Q127\n"
                        ",,,,,,\n"
                        "A,,100-2\n",
                        &err),
              "%s", err.msg);
    cr_expect(eq(sz, table.count, 2));
    cr_expect(eq(u32, table.rows[0].line, 3));
    expect_cell(&table, 0, MPN, 0, "W25Q128");
    expect_cell(&table, 0, MPN, 1, "GD25Q127");
    expect_cell(&table, 0, MAKER, 0, "Winbond");
    expect_cell(&table, 0, MAKER, 1, "GD");
    expect_cell(&table, 0, IPN, 0, "100-1");
    expect_cell(&table, 0, WHEN, 0, "2026-01-02");
    expect_cell(&table, 1, IPN, 0, "100-2");
    expect_cell(&table, 1, WHEN, 0, "");
    cr_expect(eq(u32, table.rows[1].line, 5));
    cr_expect(named_table_has(&table, WHEN));
    cr_expect(str_eq(table.unread, STR_LIT("Remark")));
    cr_expect(eq(u32, table.header_line, 2));
    cr_expect(eq(sz, strlen(table.sha256), 64));
    named_cell_fault(&table, &table.rows[0], MPN, 1, &err, "no %s", "good");
    cr_expect(eq(u32, err.line, 3));
    cr_expect(eq(u32, err.column, 7));
    named_table_dispose(&table);
}

Test(named_table, a_certain_name_goes_before_one_of_several_meanings,
     .init = set_up, .fini = tear_down) {
    struct named_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(&table, "Part Number,MPN,IPN\nleft,right,1\n", &err),
              "%s", err.msg);
    expect_cell(&table, 0, MPN, 0, "right");
    expect_cell(&table, 0, MPN, 1, "");
    named_table_dispose(&table);
    cr_assert(read_text(&table, "Part Number,Manufacturer\nleft,TI\n", &err),
              "%s", err.msg);
    expect_cell(&table, 0, MPN, 0, "left");
    named_table_dispose(&table);
    cr_assert(read_text(&table, "内部料号,料号\n100,W25Q\n", &err), "%s",
              err.msg);
    expect_cell(&table, 0, IPN, 0, "100");
    expect_cell(&table, 0, MPN, 0, "W25Q");
    named_table_dispose(&table);
}

Test(named_table, what_does_not_fit_is_an_error, .init = set_up,
     .fini = tear_down) {
    expect_fault("", 0, "empty");
    expect_fault("a,b\n1,2\n", 0, "IPN, Manufacturer, MPN, Day");
    expect_fault("x\nIPN,Day,DAY,MPN\n1,2,3,4\n", 2, "'Day': 'Day' and 'DAY'");
    static char cell[70000] = "IPN,MPN\n1,2\n3,";
    memset(cell + 14, 'x', sizeof(cell) - 15);
    expect_fault(cell, 3, "65536");
}

Test(named_table, a_table_without_rows_is_one, .init = set_up,
     .fini = tear_down) {
    struct named_table table;
    struct err err = ERR_INIT;
    cr_assert(read_text(&table, "IPN,MPN\n", &err), "%s", err.msg);
    cr_expect(eq(sz, table.count, 0));
    cr_expect_not(named_table_has(&table, MAKER));
    named_table_dispose(&table);
}
