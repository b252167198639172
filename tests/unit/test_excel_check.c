#include "report/excel_check.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <zip.h>

#include "core/compiler.h"

TestSuite(excel_check, .timeout = 30);

#define SHEET "xl/worksheets/sheet1.xml"

static const char whole[] = "<worksheet><sheetData>"
                            "<row r=\"1\"><c r=\"A1\"/><c r=\"B1\"/></row>"
                            "<row r=\"2\"><c r=\"A2\"/></row>"
                            "</sheetData></worksheet>";
static const struct excel_content written = {.rows = 2, .cells = 3};

struct made_part {
    const char *name, *text;
};

static void make_book(char path[32], const struct made_part *parts,
                      size_t count) {
    strcpy(path, "/tmp/excel-check-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
    int code;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    cr_assert(zip != NULL);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source =
            zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        cr_assert(zip_file_add(zip, parts[i].name, source, 0) >= 0);
    }
    cr_assert_eq(zip_close(zip), 0);
}

/* What a check of a book with this sheet says; empty when it is content. */
static void check_sheet(const char *sheet, char message[512]) {
    char path[32];
    struct err err = ERR_INIT;
    struct made_part parts[] = {{"[Content_Types].xml", "<Types/>"},
                                {SHEET, sheet}};
    make_book(path, parts, ARRAY_LEN(parts));
    message[0] = '\0';
    if (!excel_check(path, &written, 1, &err))
        snprintf(message, 512, "%s", err.msg);
    unlink(path);
}

Test(excel_check, a_whole_workbook_passes) {
    char message[512];
    check_sheet(whole, message);
    cr_expect_str_eq(message, "");
}

Test(excel_check, a_sheet_cut_off_inside_a_row_is_refused) {
    char message[512];
    for (size_t len = 0; len + 1 < sizeof(whole); len++) {
        char cut[sizeof(whole)];
        memcpy(cut, whole, len);
        cut[len] = '\0';
        check_sheet(cut, message);
        cr_expect(strstr(message, "not well-formed") != NULL, "%zu: %s", len,
                  message);
    }
}

Test(excel_check, a_sheet_that_lost_rows_or_cells_is_refused) {
    static const char *const sheets[] = {
        "<worksheet><sheetData/></worksheet>",
        "<worksheet><sheetData><row><c/><c/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c/></row><row><c/></row></sheetData>"
        "</worksheet>",
    };
    char message[512];
    for (size_t i = 0; i < ARRAY_LEN(sheets); i++) {
        check_sheet(sheets[i], message);
        cr_expect(strstr(message, "of 2 rows") != NULL, "%s", message);
    }
}

Test(excel_check, a_part_other_than_a_sheet_must_be_well_formed_too) {
    char path[32];
    struct err err = ERR_INIT;
    struct made_part parts[] = {{"xl/styles.xml", "<styles>"}, {SHEET, whole}};
    make_book(path, parts, ARRAY_LEN(parts));
    cr_expect(!excel_check(path, &written, 1, &err));
    cr_expect(strstr(err.msg, "xl/styles.xml") != NULL, "%s", err.msg);
    unlink(path);
}

Test(excel_check, a_missing_sheet_is_refused) {
    char path[32];
    struct err err = ERR_INIT;
    struct excel_content two[2] = {written, written};
    struct made_part parts[] = {{SHEET, whole}};
    make_book(path, parts, ARRAY_LEN(parts));
    cr_expect(!excel_check(path, two, 2, &err));
    cr_expect(strstr(err.msg, "sheet2.xml is missing") != NULL, "%s", err.msg);
    unlink(path);
}

Test(excel_check, an_archive_cut_off_or_damaged_is_refused) {
    char path[32];
    char bytes[4096];
    struct made_part parts[] = {{SHEET, whole}};
    make_book(path, parts, ARRAY_LEN(parts));
    FILE *file = fopen(path, "rb");
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    for (size_t keep = 0; keep < size; keep += 7) {
        struct err err = ERR_INIT;
        file = fopen(path, "wb");
        cr_assert_eq(fwrite(bytes, 1, keep, file), keep);
        fclose(file);
        cr_expect(!excel_check(path, &written, 1, &err), "%zu bytes", keep);
        cr_expect_eq(err.code, ERR_IO);
    }
    unlink(path);
}
