#include <stddef.h>
#include <string.h>

#include <criterion/criterion.h>

#include "bom/sheet_row.h"
#include "bom/sheets.h"

TestSuite(sheets, .timeout = 30);

#define CELLS 5

static void sample(struct sheet *sheet, const char *const cells[][CELLS],
                   size_t count) {
    struct reader_options options = {.sheet = NULL};
    for (size_t i = 0; i < count; i++) {
        struct str texts[CELLS];
        struct row row = {
            .line = (uint32_t)i + 1, .cells = texts, .count = CELLS};
        for (size_t k = 0; k < CELLS; k++)
            texts[k] = str_from(cells[i][k]);
        sheet_sample(sheet, &row, &options);
    }
}

struct heard {
    bool told, lost;
};

static void hear(void *ctx, enum bom_severity severity, const char *code,
                 uint32_t line, uint32_t column, const char *message) {
    struct heard *heard = ctx;
    (void)code, (void)line, (void)column, (void)message;
    heard->told = true;
    heard->lost = severity == BOM_LOST;
}

/* What is told of a sheet beside a BOM with a good header. */
static struct heard tell(const char *const cells[][CELLS], size_t count) {
    struct sheet sheets[2] = {
        {.name = {"BOM", 3}, .header = 20, .rows = 9, .table_rows = 9},
        {.name = {"Page 2", 6}}};
    struct heard heard = {false, false};
    struct reader_diagnostics diagnostics = {.add = hear, .ctx = &heard};
    sample(&sheets[1], cells, count);
    sheets_tell_others(sheets, 2, 0, &diagnostics);
    return heard;
}

Test(sheets, parts_without_a_header_are_lost_and_not_a_note) {
    static const char *const parts[][CELLS] = {
        {"U1", "1", "Micron", "MT41K256M16TW-107:P", "x"},
        {"U2", "1", "Micron", "MT29F2G01ABAGDWB", "y"}};
    struct heard heard = tell(parts, 2);
    cr_expect(heard.told && heard.lost);
}

Test(sheets, placement_lists_stay_a_note) {
    static const char *const placed[][CELLS] = {
        {"U1", "BGA-96_8x14", "MT41K256M16TW-107:P", "12.34", "-5.10"},
        {"U2", "WSON8_8x6", "MT29F2G01ABAGDWB", "1080mil", "20.5mil"}};
    struct heard heard = tell(placed, 2);
    cr_expect(heard.told && !heard.lost);
}

Test(sheets, tables_of_other_things_stay_a_note) {
    static const char *const history[][CELLS] = {
        {"Rev", "Date", "Author", "Change", ""},
        {"A1", "2020-06-18", "me", "first issue", ""},
        {"A2", "2020-07-18", "me", "second issue", ""},
        {"A3", "2020-08-18", "me", "third issue", ""}};
    struct heard heard = tell(history, 4);
    cr_expect(heard.told && !heard.lost);
}

Test(sheets, a_row_that_is_repeated_without_end_is_refused) {
    static const struct reader_diagnostics nobody = {.add = NULL};
    static char text[READER_CELL_MAX];
    static struct sheet_row sheet = {.diagnostics = &nobody};
    struct err err = ERR_INIT;
    struct row row;
    size_t rows = 0;
    memset(text, 'A', sizeof(text));
    sheet_row_begin(&sheet, 1);
    sheet_row_put(&sheet, 0, (struct str){text, sizeof(text)});
    while (sheet_row_view(&sheet, &row, &err))
        rows++;
    cr_expect_eq(rows, SHEET_TEXT_MAX / sizeof(text));
    cr_expect_eq(err.code, ERR_LIMIT);
    sheet_row_dispose(&sheet);
}
