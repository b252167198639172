#include "report/report.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <zip.h>

#include "report/excel_table.h"
#include "report/excel_text.h"
#include "report_fixture.h"

TestSuite(report_xlsx, .timeout = 60);

static const struct fixture_line lines[] = {
    {"U1", "2", "ACME", "AC-1", "acme", VERDICT_PROHIBITED, REASON_NONE},
    {"U2", "1", "Globex", "GX-1", "globex", VERDICT_CLEAR, REASON_NONE},
    {"R1,R2,R3", "3", "", "", NULL, VERDICT_UNKNOWN, REASON_NONE},
    {"U3", "1", "=HYPERLINK(\"http://evil\")", "AC-2", "acme",
     VERDICT_OUT_OF_SCOPE, REASON_BUYER},
    {"U4", "3", "Ac\x1b[31mme\xff \xe2\x80\xae_x0041_", "ac 1", "acme",
     VERDICT_PROHIBITED, REASON_NONE},
};

enum {
    SUMMARY = 1,
    FLAGGED,
    TODO,
    SUPPLIERS,
    ALL_LINES,
    MEASURES,
    WAIVERS,
    COVERAGE
};

/* A report as the library wrote it: at a path of its own. */
struct written {
    char path[32];
    zip_t *zip;
};

static struct written write_report(struct fixture fixture) {
    struct written written = {"/tmp/report-xlsx-XXXXXX", NULL};
    struct err err = ERR_INIT;
    size_t size = 0;
    int fd = mkstemp(written.path), code;
    cr_assert(fd >= 0);
    close(fd);
    fixture.path = written.path;
    char *text = fixture_report(report_format_by_name(STR_LIT("xlsx")),
                                &fixture, &size, &err);
    cr_assert(text != NULL, "%s", err.msg);
    free(text);
    written.zip = zip_open(written.path, ZIP_RDONLY, &code);
    cr_assert(written.zip != NULL);
    return written;
}

static void dispose(struct written *written) {
    zip_discard(written->zip);
    unlink(written->path);
}

static char *part_of(const struct written *written, const char *name) {
    zip_stat_t stat;
    zip_file_t *file = zip_fopen(written->zip, name, 0);
    cr_assert(file != NULL, "%s is missing", name);
    cr_assert_eq(zip_stat(written->zip, name, 0, &stat), 0);
    char *text = malloc(stat.size + 1);
    cr_assert(text != NULL);
    cr_assert_eq(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    text[stat.size] = '\0';
    zip_fclose(file);
    return text;
}

static char *sheet_of(const struct written *written, unsigned number) {
    char name[64];
    snprintf(name, sizeof(name), "xl/worksheets/sheet%u.xml", number);
    return part_of(written, name);
}

static size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    for (const char *at = strstr(text, what); at != NULL;
         at = strstr(at + 1, what))
        count++;
    return count;
}

static void expect_all(const char *text, const char *const *said) {
    const char *at = text;
    for (size_t i = 0; said[i] != NULL; i++) {
        const char *found = strstr(at, said[i]);
        cr_expect(found != NULL, "missing or too early: %s", said[i]);
        at = found != NULL ? found : at;
    }
}

Test(report_xlsx, sheets_stand_in_the_order_people_read_them) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *workbook = part_of(&book, "xl/workbook.xml");
    static const char *const names[] = {"name=\"Summary\"",
                                        "name=\"Flagged\"",
                                        "name=\"What to do\"",
                                        "name=\"All lines\"",
                                        "name=\"Measures\"",
                                        "name=\"Coverage\"",
                                        NULL};
    expect_all(workbook, names);
    free(workbook);
    dispose(&book);
}

Test(report_xlsx, the_summary_says_first_what_a_director_asks) {
    struct written book =
        write_report((struct fixture){FIXTURE_LINES(lines), .declared = true});
    char *sheet = sheet_of(&book, SUMMARY);
    static const char *const said[] = {"2 of 5 lines may not be bought",
                                       "What was declared",
                                       "You buy for a city.",
                                       "2026-01-15",
                                       "What was not checked",
                                       "The foundry was not checked.",
                                       "Lines by profile",
                                       "Lines by verdict",
                                       "2026.01.02",
                                       "Prepared by",
                                       "Reviewed by",
                                       "Approved by",
                                       "not legal advice",
                                       "not a certificate",
                                       NULL};
    expect_all(sheet, said);
    cr_expect(strstr(sheet, "INCOMPLETE") == NULL);
    cr_expect(strstr(sheet, "<drawing ") != NULL);
    cr_expect(strstr(sheet, "orientation=\"landscape\"") != NULL);
    cr_expect(strstr(sheet, "fitToPage=\"1\"") != NULL);
    free(sheet);
    free(part_of(&book, "xl/charts/chart1.xml"));
    free(part_of(&book, "xl/charts/chart2.xml"));
    dispose(&book);
}

Test(report_xlsx, an_incomplete_run_says_so_before_the_answer) {
    struct written book =
        write_report((struct fixture){FIXTURE_LINES(lines), .lost = true});
    char *sheet = sheet_of(&book, SUMMARY);
    static const char *const said[] = {"INCOMPLETE", "1 row could not be read",
                                       "may not be bought", NULL};
    expect_all(sheet, said);
    free(sheet);
    sheet = sheet_of(&book, COVERAGE);
    cr_expect(strstr(sheet, "LOST: not checked") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, flagged_has_a_row_for_each_finding_to_act_on) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *sheet = sheet_of(&book, FLAGGED);
    cr_expect_eq(count_of(sheet, "<row "), 3);
    static const char *const said[] = {"a/board.csv",
                                       "AC-1",
                                       "prohibited",
                                       "city-hall",
                                       "no-acme, purchase",
                                       "2025-02-01",
                                       "Ban of Acme",
                                       "Globex (KR) GX-1: drop-in, clear",
                                       NULL};
    expect_all(sheet, said);
    cr_expect(strstr(sheet, "<autoFilter") != NULL);
    cr_expect(strstr(sheet, "state=\"frozen\"") != NULL);
    cr_expect(strstr(sheet, "orientation=\"landscape\"") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, what_to_do_sums_up_the_spellings_of_one_part) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *sheet = sheet_of(&book, TODO);
    cr_expect_eq(count_of(sheet, "<row "), 2, "AC-1 and ac 1 are one part");
    static const char *const said[] = {
        "<v>2</v>",          "<t>5</t>",          "U1, U4",
        "Buy another maker", "note: the package", NULL};
    expect_all(sheet, said);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, suppliers_has_a_row_for_each_kind_of_part) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *sheet = sheet_of(&book, SUPPLIERS);
    cr_expect_eq(count_of(sheet, "<row "), 2);
    static const char *const said[] = {"<v>1</v>", "<v>2</v>",    "<t>5</t>",
                                       "U1, U4",   "Globex (KR)", NULL};
    expect_all(sheet, said);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, all_lines_are_there_with_their_verdict) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *sheet = sheet_of(&book, ALL_LINES);
    cr_expect_eq(count_of(sheet, "<row "), 1 + ARRAY_LEN(lines));
    cr_expect(strstr(sheet, "no listed maker found") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, text_of_a_bom_stays_text) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    for (unsigned number = SUMMARY; number <= COVERAGE; number++) {
        char *sheet = sheet_of(&book, number);
        cr_expect(strstr(sheet, "<f>") == NULL, "a formula on %u", number);
        cr_expect(strchr(sheet, 0x1b) == NULL);
        cr_expect(strstr(sheet, "\xe2\x80\xae") == NULL);
        if (number != MEASURES)
            cr_expect(strstr(sheet, "<hyperlink ") == NULL);
        free(sheet);
    }
    char *sheet = sheet_of(&book, ALL_LINES);
    cr_expect(strstr(sheet, "<t>=HYPERLINK(\"http://evil\")</t>") != NULL);
    cr_expect(strstr(sheet, "Ac[31mme\xEF\xBF\xBD _x005F_x0041_") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, only_web_addresses_of_the_rules_are_links) {
    struct written book = write_report((struct fixture){FIXTURE_LINES(lines)});
    char *sheet = sheet_of(&book, MEASURES);
    cr_expect_eq(count_of(sheet, "<hyperlink "), 1);
    cr_expect(strstr(sheet, "Ordinance 7 &amp; more") != NULL);
    cr_expect(strstr(sheet, "ftp://example.com/no-acme") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, two_runs_give_the_same_bytes) {
    struct fixture fixture = {FIXTURE_LINES(lines), .boms = 2};
    struct err err = ERR_INIT;
    const struct report_format *xlsx = report_format_by_name(STR_LIT("xlsx"));
    size_t first_size = 0, second_size = 0;
    char *first = fixture_report(xlsx, &fixture, &first_size, &err);
    char *second = fixture_report(xlsx, &fixture, &second_size, &err);
    cr_assert(first != NULL && second != NULL, "%s", err.msg);
    cr_assert_eq(first_size, second_size);
    cr_expect(memcmp(first, second, first_size) == 0);
    cr_expect(memcmp(first, "PK", 2) == 0, "a stream gets the file too");
    free(first);
    free(second);
}

Test(report_xlsx, no_sheet_is_blank_when_nothing_was_found) {
    struct written book =
        write_report((struct fixture){.lines = &lines[1], .line_count = 1});
    for (unsigned number = SUMMARY; number <= COVERAGE; number++) {
        char *sheet = sheet_of(&book, number);
        cr_expect(count_of(sheet, "<row ") >= 2, "sheet %u", number);
        free(sheet);
    }
    dispose(&book);
    book = write_report((struct fixture){.line_count = 0});
    char *sheet = sheet_of(&book, SUMMARY);
    cr_expect(strstr(sheet, "nothing was checked") != NULL);
    free(sheet);
    dispose(&book);
}

Test(report_xlsx, a_path_that_cannot_be_written_is_an_error) {
    struct fixture fixture = {
        .lines = lines, .line_count = 1, .path = "/nonexistent/folder/x.xlsx"};
    struct err err = ERR_INIT;
    size_t size;
    cr_expect(fixture_report(report_format_by_name(STR_LIT("xlsx")), &fixture,
                             &size, &err) == NULL);
    cr_expect_eq(err.code, ERR_IO);
}

Test(report_xlsx, a_table_goes_on_in_a_second_sheet_at_the_row_limit) {
    static const struct excel_column columns[] = {{"A", 5, 9, EXCEL_TEXT}};
    struct excel_properties properties = {.title = "A table", .day = 20000};
    struct excel_book book = {.workbook = NULL};
    struct excel_table table, after;
    struct err err = ERR_INIT;
    cr_assert(excel_book_open(&book, NULL, &properties, &err), "%s", err.msg);
    book.row_limit = 4;
    excel_table_begin(&table, &book, "Flagged", columns, 1, "footer");
    excel_table_begin(&after, &book, "Measures", columns, 1, "footer");
    excel_table_row(&after);
    excel_table_text(&after, 0, STR_LIT("nothing"));
    excel_table_end(&after);
    for (int i = 0; i < 7; i++) {
        excel_table_row(&table);
        excel_table_text(&table, 0, STR_LIT("x"));
    }
    excel_table_end(&table);
    cr_expect_eq(table.parts, 3);
    cr_expect(excel_book_close(&book, &err), "%s", err.msg);
    int code;
    zip_t *zip = zip_open(book.path, ZIP_RDONLY, &code);
    struct written written = {.zip = zip};
    char *workbook = part_of(&written, "xl/workbook.xml");
    static const char *const names[] = {
        "name=\"Flagged\" sheetId=\"1\" r:id=\"rId1\"",
        "name=\"Flagged (2)\" sheetId=\"2\" r:id=\"rId2\"",
        "name=\"Flagged (3)\" sheetId=\"3\" r:id=\"rId3\"",
        "name=\"Measures\" sheetId=\"4\" r:id=\"rId4\"",
        "localSheetId=\"2\">'Flagged (3)'!$1:$1",
        "localSheetId=\"3\">Measures!$1:$1",
        NULL};
    expect_all(workbook, names);
    free(workbook);
    char *sheet = sheet_of(&written, 4);
    cr_expect(strstr(sheet, "nothing") != NULL);
    free(sheet);
    zip_discard(zip);
    excel_book_dispose(&book);
}

Test(report_xlsx, a_cell_is_cut_with_a_marker) {
    struct strbuf longer = {.ptr = NULL}, cell = {.ptr = NULL};
    for (size_t i = 0; i < EXCEL_CELL_MAX; i++)
        strbuf_add_text(&longer, "\xF0\x9F\x98\x80"); /* two units each */
    excel_text_clean(&cell, strbuf_str(&longer));
    cr_expect(str_ends(strbuf_str(&cell), STR_LIT(" … [cut]")));
    cr_expect(cell.len / 4 <= EXCEL_CELL_MAX / 2);
    strbuf_clear(&cell);
    strbuf_clear(&longer);
    for (size_t i = 0; i < EXCEL_CELL_MAX; i++)
        strbuf_add_char(&longer, 'x');
    excel_text_clean(&cell, strbuf_str(&longer));
    cr_expect_eq(cell.len, EXCEL_CELL_MAX, "what fits is not cut");
    strbuf_dispose(&cell);
    strbuf_dispose(&longer);
}

Test(report_xlsx, wrapped_text_is_given_the_lines_that_it_needs) {
    cr_expect_eq(excel_text_lines(STR_LIT(""), 10), 1);
    cr_expect_eq(excel_text_lines(STR_LIT("a\nb\nc"), 10), 3);
    cr_expect(excel_text_lines(STR_LIT("one two three four five six"), 10) >=
              3);
    /* Each takes twice the room, and none is lost at a break. */
    cr_expect(excel_text_lines(STR_LIT("一二三四五六七八九十"), 10) >= 2);
    cr_expect_eq(excel_text_lines(STR_LIT("一二三四"), 10), 1);
    cr_expect_eq(excel_text_width(STR_LIT("ab\nabcd\nc")), 4);
}
