#include "bom/reader.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <xlsxwriter.h>

#include "bom/formats.h"
#include "bom/sheet_row.h"
#include "bom/xlsx_book.h"
#include "workbook.h"

TestSuite(xlsx, .timeout = 30);

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS                                                              \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

#define CONTENT_TYPES                                                          \
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"            \
    "content-types'/>"
#define ROOT_RELATIONS                                                         \
    "<Relationships xmlns='" PACKAGE                                           \
    "'><Relationship Id='r1' Type='" RELATIONS                                 \
    "/officeDocument' Target='xl/workbook.xml'/></Relationships>"
#define BOOK_RELATIONS                                                         \
    "<Relationships xmlns='" PACKAGE "'>"                                      \
    "<Relationship Id='a' Type='" RELATIONS                                    \
    "/worksheet' Target='worksheets/one.xml'/>"                                \
    "<Relationship Id='s' Type='" RELATIONS                                    \
    "/sharedStrings' Target='/xl/texts.xml'/>"                                 \
    "<Relationship Id='y' Type='" RELATIONS                                    \
    "/styles' Target='./styles.xml'/></Relationships>"
#define BOOK                                                                   \
    "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS "'><sheets>"              \
    "<sheet name='BOM' sheetId='1' r:id='a'/></sheets></workbook>"
#define STRINGS                                                                \
    "<sst xmlns='" MAIN "'><si><t>MPN</t></si><si><r><t>MT41</t></r>"          \
    "<r><t xml:space='preserve'> K</t></r><rPh sb='0' "                        \
    "eb='1'><t>kana</t></rPh>"                                                 \
    "</si><si/><si><t>a_x000D_b_x005F_x_xZZ</t></si></sst>"
#define STYLES                                                                 \
    "<styleSheet xmlns='" MAIN "'><numFmts>"                                   \
    "<numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd;@'/>"                   \
    "<numFmt numFmtId='165' formatCode='0000'/></numFmts>"                     \
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"                         \
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>"       \
    "<xf numFmtId='165'/><xf numFmtId='22'/><xf numFmtId='9'/></cellXfs>"      \
    "</styleSheet>"
#define SHEET(rows)                                                            \
    "<worksheet xmlns='" MAIN "'><sheetData>" rows "</sheetData></worksheet>"

/* The parts of a workbook, some of which a test replaces. */
struct parts {
    const char *root, *relations, *book, *strings, *styles, *sheet;
    struct str long_sheet; /* instead of `sheet` */
};

static void read_parts(struct workbook_result *result, struct parts parts,
                       struct workbook_how how) {
    struct strbuf zip = {.ptr = NULL};
    struct workbook_part list[8] = {{.name = NULL}};
    size_t count = 0;
    struct {
        const char *name, *given, *usual;
    } all[] = {
        {"[Content_Types].xml", NULL, CONTENT_TYPES},
        {"_rels/.rels", parts.root, ROOT_RELATIONS},
        {"xl/workbook.xml", parts.book, BOOK},
        {"xl/_rels/workbook.xml.rels", parts.relations, BOOK_RELATIONS},
        {"xl/texts.xml", parts.strings, STRINGS},
        {"xl/styles.xml", parts.styles, STYLES},
        {"xl/worksheets/one.xml", parts.sheet, SHEET("")},
    };
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        const char *text = all[i].given != NULL ? all[i].given : all[i].usual;
        if (*text != '\0')
            list[count++] = (struct workbook_part){all[i].name, str_from(text)};
    }
    if (parts.long_sheet.len != 0)
        list[count - 1].data = parts.long_sheet;
    workbook_zip(&zip, list);
    workbook_read(result, strbuf_str(&zip), how);
    strbuf_dispose(&zip);
}

/* Read one sheet and compare its rows and what was told. */
static void expect_sheet(const char *sheet, const char *rows,
                         const char *told) {
    struct workbook_result result;
    read_parts(&result, (struct parts){.sheet = sheet},
               (struct workbook_how){.must_be = "xlsx"});
    cr_expect(result.opened && result.ended, "%s", result.err.msg);
    cr_expect_str_eq(result.rows.ptr, rows);
    cr_expect_str_eq(result.told.ptr, told);
    workbook_result_dispose(&result);
}

/* The whole is refused, at the start or on the way, with these words. */
static void expect_refused(struct parts parts, const char *words) {
    struct workbook_result result;
    read_parts(&result, parts, (struct workbook_how){.sheet = NULL});
    cr_expect_not(result.ended, "%s", words);
    cr_expect(strstr(result.err.msg, words) != NULL, "\"%s\" has no \"%s\"",
              result.err.msg, words);
    workbook_result_dispose(&result);
}

Test(xlsx, texts_are_shared_inline_or_of_formulas) {
    expect_sheet(
        SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c>"
              "<c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>"
              "<c r='D1' t='s'><v> 3 </v></c></row>"
              "<row r='2'><c r='A2' t='inlineStr'><is><r><t>in</t></r><r><t>"
              "line</t></r><rPh><t>x</t></rPh></is></c>"
              "<c r='B2' t='str'><f>A1&amp;\"x\"</f><v>MPNx</v></c></row>"),
        "1:MPN|MT41 K||a\rb_x_xZZ\n2:inline|MPNx\n", "");
}

Test(xlsx, numbers_are_as_they_were_written) {
    expect_sheet(
        SHEET("<row r='1'><c><v>22232061</v></c><c><v>0.1</v></c>"
              "<c><v>0.10000000000000001</v></c><c><v>1.0E+22</v></c>"
              "<c><v>12345678901234567890</v></c><c><v>-2.50</v></c>"
              "<c><v>1E-3</v></c><c><v>0402</v></c><c s='3'><v>402</v></c>"
              "<c s='5'><v>0.07</v></c><c><v>n/a</v></c></row>"),
        "1:22232061|0.1|0.1|1.0E+22|12345678901234567890|-2.5|"
        "0.001|0402|0402|7%|n/a\n",
        "");
}

Test(xlsx, dates_booleans_and_errors_are_text) {
    expect_sheet(
        SHEET("<row r='1'><c s='1'><v>45067</v></c><c s='2'><v>45067</v></c>"
              "<c s='4'><v>45067.75</v></c>"
              "<c t='d'><v>2023-05-21T00:00:00</v></c>"
              "<c t='b'><v>1</v></c><c t='b'><v>0</v></c>"
              "<c t='e'><v>#N/A</v></c></row>"),
        "1:2023-05-21|2023-05-21|2023-05-21 18:00:00|2023-05-21|TRUE|FALSE|"
        "#N/A\n",
        "note formula-error 1:7\n");
}

Test(xlsx, dates_can_count_from_1904) {
    struct workbook_result result;
    read_parts(&result,
               (struct parts){
                   .book = "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS
                           "'><workbookPr date1904='1'/><sheets><sheet name='B'"
                           " r:id='a'/></sheets></workbook>",
                   .sheet = SHEET("<row><c s='1'><v>43605</v></c></row>")},
               (struct workbook_how){.sheet = NULL});
    cr_expect_str_eq(result.rows.ptr, "1:2023-05-21\n");
    workbook_result_dispose(&result);
}

Test(xlsx, rows_keep_their_numbers_and_hidden_ones_are_rows) {
    expect_sheet(SHEET("<row r='3' hidden='1'><c r='B3'><v>1</v></c></row>"
                       "<row r='4'/><row r='5'><c r='A5' s='1'/></row>"
                       "<row><c><v>2</v></c><c r='D6'><v>3</v></c>"
                       "<c><v>4</v></c></row>"),
                 "3:|1\n6:2|||3|4\n", "");
}

Test(xlsx, a_merged_value_stands_in_the_first_cell_only) {
    expect_sheet(
        "<worksheet xmlns='" MAIN "'><sheetData><row r='1'>"
        "<c r='A1'><v>1</v></c><c r='B1' s='1'/><c r='C1'><v>2</v></c></row>"
        "</sheetData><mergeCells count='1'><mergeCell ref='A1:B1'/>"
        "</mergeCells></worksheet>",
        "1:1||2\n", "");
}

Test(xlsx, a_formula_without_a_value_is_lost_but_an_empty_text_is_not) {
    expect_sheet(SHEET("<row r='1'><c r='A1'><v>1</v></c>"
                       "<c r='B1'><f>VLOOKUP(1,2,3)</f><v></v></c>"
                       "<c r='C1'><f>1+1</f></c>"
                       "<c r='D1' t='str'><f>\"\"</f><v></v></c></row>"),
                 "1:1\n",
                 "lost formula-without-value 1:2\n"
                 "lost formula-without-value 1:3\n");
}

Test(xlsx, a_wrong_index_of_a_text_is_lost) {
    expect_sheet(SHEET("<row r='7'><c r='A7'><v>1</v></c>"
                       "<c r='B7' t='s'><v>4</v></c>"
                       "<c r='C7' t='s'><v>99999999999</v></c>"
                       "<c r='D7' t='s'><v>-1</v></c></row>"),
                 "7:1\n",
                 "lost missing-text 7:2\nlost missing-text 7:3\n"
                 "lost missing-text 7:4\n");
}

Test(xlsx, places_that_make_no_sense_are_told) {
    expect_sheet(
        SHEET("<row r='5'><c r='A5'><v>1</v></c></row>"
              "<row r='2'><c r='A2'><v>2</v></c></row>"
              "<row r='2000000'><c r='A1'><v>3</v></c></row>"
              "<row r='9'><c r='XFE9'><v>4</v></c><c r='9'><v>5</v></c>"
              "<c r='AAAAA9'><v>6</v></c><c r='A9'><v>7</v></c></row>"),
        "5:1\n2:2\n3:3\n9:4|5|6\n",
        "note row-order 2:0\nnote row-number 3:0\n"
        "lost cell-reference 9:1\nlost cell-reference 9:2\n"
        "lost cell-reference 9:3\nlost repeated-cell 9:1\n");
}

Test(xlsx, columns_over_the_limit_are_told_once_a_row) {
    struct workbook_result result;
    /* SR is the 512th. */
    read_parts(&result,
               (struct parts){
                   .sheet = SHEET("<row r='1'><c r='SR1'><v>1</v></c>"
                                  "<c r='SS1' s='1'/></row><row r='2'>"
                                  "<c r='A2'><v>2</v></c><c r='SS2'><v>1</v>"
                                  "</c><c r='XFD2'><v>1</v></c></row>")},
               (struct workbook_how){.sheet = NULL});
    cr_expect_eq(result.rows.len, strlen("1:1\n2:2\n") + 511);
    cr_expect_str_eq(result.told.ptr, "lost too-many-columns 2:513\n");
    workbook_result_dispose(&result);
}

static void read_long(struct workbook_result *result, size_t cells,
                      size_t cell_len, const char *unit) {
    struct strbuf sheet = {.ptr = NULL};
    strbuf_add_text(&sheet,
                    "<worksheet xmlns='" MAIN "'><sheetData><row r='4'>");
    for (size_t i = 0; i < cells; i++) {
        strbuf_add_text(&sheet, "<c t='inlineStr'><is><t>");
        for (size_t k = 0; k < cell_len; k++)
            strbuf_add_text(&sheet, unit);
        strbuf_add_text(&sheet, "</t></is></c>");
    }
    strbuf_add_text(&sheet, "</row></sheetData></worksheet>");
    read_parts(result, (struct parts){.long_sheet = strbuf_str(&sheet)},
               (struct workbook_how){.sheet = NULL});
    strbuf_dispose(&sheet);
}

Test(xlsx, a_cell_over_the_limit_is_cut_and_lost) {
    struct workbook_result result;
    read_long(&result, 1, READER_CELL_MAX, "x");
    cr_expect_str_eq(result.told.ptr, "");
    cr_expect_eq(result.rows.len, READER_CELL_MAX + 3);
    workbook_result_dispose(&result);
    read_long(&result, 1, READER_CELL_MAX + 1, "x");
    cr_expect_str_eq(result.told.ptr, "lost cell-too-long 4:1\n");
    cr_expect_eq(result.rows.len, READER_CELL_MAX + 3);
    workbook_result_dispose(&result);
    /* Escapes shrink: what was left out must show all the same. */
    read_long(&result, 1, READER_CELL_MAX * 2, "_x0041_");
    cr_expect_str_eq(result.told.ptr, "lost cell-too-long 4:1\n");
    workbook_result_dispose(&result);
}

Test(xlsx, a_row_over_the_limit_is_cut_and_lost) {
    struct workbook_result result;
    read_long(&result, 20, READER_CELL_MAX, "x");
    cr_expect_str_eq(result.told.ptr, "lost row-too-long 4:17\n");
    workbook_result_dispose(&result);
}

Test(xlsx, strict_namespaces_are_read) {
    struct workbook_result result;
    read_parts(
        &result,
        (struct parts){
            .root = "<Relationships xmlns='" PACKAGE "'><Relationship Id='1' "
                    "Type='http://purl.oclc.org/ooxml/officeDocument/"
                    "relationships/officeDocument' Target='/xl/workbook.xml'/>"
                    "</Relationships>",
            .book = "<x:workbook xmlns:x='http://purl.oclc.org/ooxml/"
                    "spreadsheetml/main' xmlns:r='http://purl.oclc.org/ooxml/"
                    "officeDocument/relationships'><x:sheets><x:sheet "
                    "name='S' r:id='a'/></x:sheets></x:workbook>",
            .relations = "<Relationships xmlns='" PACKAGE "'><Relationship "
                         "Id='a' Type='http://purl.oclc.org/ooxml/"
                         "officeDocument/relationships/worksheet' "
                         "Target='../xl/worksheets/ONE.xml'/></Relationships>",
            .sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/"
                     "spreadsheetml/main'><x:sheetData><x:row><x:c><x:v>1"
                     "</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
        (struct workbook_how){.sheet = NULL});
    cr_expect_str_eq(result.rows.ptr, "1:1\n", "%s", result.err.msg);
    workbook_result_dispose(&result);
}

Test(xlsx, elements_of_other_namespaces_are_no_cells) {
    expect_sheet(SHEET("<row r='1'><y:c xmlns:y='urn:y'><y:v>9</y:v></y:c>"
                       "<c r='A1'><v>1</v></c></row>"
                       "<y:row xmlns:y='urn:y'/>"),
                 "1:1\n", "");
}

Test(xlsx, what_is_damaged_is_refused) {
    expect_refused((struct parts){.sheet = SHEET("<row><c><v>1</v></c></rwo>")},
                   "damaged");
    expect_refused(
        (struct parts){.sheet = "<worksheet xmlns='" MAIN "'><sheetData><row>"},
        "damaged");
    expect_refused((struct parts){.strings = "x"}, "damaged");
    expect_refused((struct parts){.sheet = SHEET("<row><row/></row>")},
                   "row inside a row");
    expect_refused((struct parts){.sheet = SHEET("<row><c><c/></c></row>")},
                   "cell inside a cell");
    expect_refused((struct parts){.book = "<workbook xmlns='" MAIN "'/>"},
                   "no worksheet");
    expect_refused((struct parts){.book = "<document/>"}, "not an Excel");
}

Test(xlsx, a_missing_part_is_named) {
    expect_refused((struct parts){.relations =
                                      "<Relationships xmlns='" PACKAGE
                                      "'><Relationship Id='a' Type='" RELATIONS
                                      "/worksheet' Target='gone.xml'/>"
                                      "</Relationships>"},
                   "\"xl/gone.xml\" is missing");
    expect_refused(
        (struct parts){.root = "<Relationships xmlns='" PACKAGE "'/>"},
        "not an Excel workbook");
}

Test(xlsx, a_document_type_is_refused) {
    expect_refused(
        (struct parts){
            .sheet =
                "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
                "<!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>" SHEET(
                    "<row><c t='inlineStr'><is><t>&b;</t></is></c></row>")},
        "document type");
    expect_refused((struct parts){.strings = "<!DOCTYPE sst SYSTEM "
                                             "'file:///etc/passwd'>" STRINGS},
                   "document type");
}

Test(xlsx, a_damaged_sheet_is_no_note_when_no_other_could_be_the_bom) {
    expect_refused(
        (struct parts){.book = "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS
                               "'><sheets><sheet name='BOM' r:id='a'/>"
                               "<sheet name='Cover' r:id='b'/></sheets>"
                               "</workbook>",
                       .relations = "<Relationships xmlns='" PACKAGE "'>"
                                    "<Relationship Id='a' Type='" RELATIONS
                                    "/worksheet' Target='texts.xml'/>"
                                    "<Relationship Id='b' Type='" RELATIONS
                                    "/worksheet' Target='worksheets/one.xml'/>"
                                    "</Relationships>",
                       .strings = "<!DOCTYPE x><x/>",
                       .sheet = SHEET("<row><c><v>1</v></c></row>")},
        "sheet 1 cannot be read: \"xl/texts.xml\": a document type");
}

Test(xlsx, sheets_that_repeat_a_long_text_are_refused) {
    struct strbuf text = {.ptr = NULL}, rows = {.ptr = NULL},
                  book = {.ptr = NULL};
    strbuf_add_text(&text, "<sst xmlns='" MAIN "'><si><t>");
    for (size_t i = 0; i < READER_CELL_MAX; i++)
        strbuf_add_char(&text, 'A');
    strbuf_add_text(&text, "</t></si></sst>");
    strbuf_add_text(&rows, "<worksheet xmlns='" MAIN "'><sheetData><row>");
    for (size_t i = 0; i < READER_ROW_MAX / READER_CELL_MAX; i++)
        strbuf_add_text(&rows, "<c t='s'><v>0</v></c>");
    strbuf_add_text(&rows, "</row></sheetData></worksheet>");
    strbuf_add_text(&book, "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS
                           "'><sheets>");
    for (size_t i = 0; i <= SHEET_TEXT_MAX / READER_ROW_MAX; i++)
        strbuf_add_text(&book, "<sheet name='a' r:id='a'/>");
    strbuf_add_text(&book, "</sheets></workbook>");
    expect_refused((struct parts){.strings = text.ptr,
                                  .book = book.ptr,
                                  .long_sheet = strbuf_str(&rows)},
                   "cells of the sheet hold more than");
    strbuf_dispose(&text);
    strbuf_dispose(&rows);
    strbuf_dispose(&book);
}

Test(xlsx, deep_nesting_is_refused) {
    struct strbuf sheet = {.ptr = NULL};
    for (int i = 0; i < 201; i++)
        strbuf_add_text(&sheet, "<a>");
    expect_refused((struct parts){.long_sheet = strbuf_str(&sheet)},
                   "too deeply");
    strbuf_dispose(&sheet);
}

Test(xlsx, a_huge_tag_is_refused) {
    struct strbuf sheet = {.ptr = NULL};
    uint32_t random = 1;
    strbuf_add_text(&sheet, "<a b='");
    for (int i = 0; i < 5 * 1024 * 1024; i++) {
        /* Not easy to pack, so that the ratio is not what refuses it. */
        random = random * 1664525 + 1013904223;
        strbuf_add_char(&sheet, (char)('a' + (random >> 27) % 26));
    }
    expect_refused((struct parts){.long_sheet = strbuf_str(&sheet)},
                   "a tag of more than");
    strbuf_dispose(&sheet);
}

Test(xlsx, a_bomb_is_refused) {
    struct strbuf sheet = {.ptr = NULL};
    strbuf_add_text(&sheet, "<worksheet xmlns='" MAIN "'><sheetData>");
    while (sheet.len < 16 * 1024 * 1024)
        strbuf_add_text(&sheet, "<row/>");
    strbuf_add_text(&sheet, "</sheetData></worksheet>");
    expect_refused((struct parts){.long_sheet = strbuf_str(&sheet)},
                   "times its size");
    strbuf_dispose(&sheet);
}

static void add_many(struct strbuf *out, const char *text, size_t count) {
    for (size_t i = 0; i < count; i++)
        strbuf_add_text(out, text);
}

Test(xlsx, too_many_sheets_are_refused) {
    struct strbuf book = {.ptr = NULL};
    strbuf_add_text(&book, "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONS
                           "'><sheets>");
    add_many(&book, "<sheet name='x' r:id='a'/>", XLSX_SHEETS_MAX + 1);
    strbuf_add_text(&book, "</sheets></workbook>");
    expect_refused((struct parts){.book = book.ptr}, "more than 1000 sheets");
    strbuf_dispose(&book);
}

Test(xlsx, too_many_styles_are_refused) {
    struct strbuf styles = {.ptr = NULL};
    strbuf_add_text(&styles, "<styleSheet xmlns='" MAIN "'><cellXfs>");
    add_many(&styles, "<xf/>", 65537);
    strbuf_add_text(&styles, "</cellXfs></styleSheet>");
    expect_refused((struct parts){.styles = styles.ptr}, "cell styles");
    strbuf_dispose(&styles);
}

Test(xlsx, an_external_target_is_not_followed) {
    expect_refused((struct parts){.relations =
                                      "<Relationships xmlns='" PACKAGE
                                      "'><Relationship Id='a' TargetMode="
                                      "'External' Type='" RELATIONS
                                      "/worksheet' Target='http://x/y.xml'/>"
                                      "</Relationships>"},
                   "missing");
}

/* A workbook made by libxlsxwriter: sheets of texts. */
struct made_sheet {
    const char *name;
    bool hidden;
    const char *rows[6][4];
};

static char *make(const struct made_sheet *sheets, size_t count) {
    char *path = strdup("/tmp/bomgate-xlsx-XXXXXX");
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
    lxw_workbook *book = workbook_new(path);
    for (size_t i = 0; i < count; i++) {
        lxw_worksheet *sheet = workbook_add_worksheet(book, sheets[i].name);
        for (lxw_row_t row = 0; row < 6; row++) {
            for (lxw_col_t column = 0; column < 4; column++) {
                const char *text = sheets[i].rows[row][column];
                if (text != NULL)
                    worksheet_write_string(sheet, row, column, text, NULL);
            }
        }
        if (sheets[i].hidden)
            worksheet_hide(sheet);
    }
    cr_assert_eq(workbook_close(book), 0);
    return path;
}

static void expect_choice(const struct made_sheet *sheets, size_t count,
                          struct workbook_how how, const char *chosen,
                          const char *told) {
    struct workbook_result result;
    char *path = make(sheets, count);
    workbook_read_file(&result, path, how);
    remove(path);
    free(path);
    cr_expect_str_eq(result.sheet.ptr, chosen, "%s", result.err.msg);
    cr_expect_str_eq(result.told.ptr, told);
    workbook_result_dispose(&result);
}

/* A stand-in for the header words of a rule set. */
static unsigned count_mpn(void *ctx, const struct row *row) {
    unsigned count = 0;
    (void)ctx;
    for (size_t i = 0; i < row->count; i++)
        count += str_eq(row->cells[i], STR_LIT("MPN"));
    return count;
}

static const struct made_sheet several[] = {
    {"Cover", false, {{"A board"}}},
    {"Old",
     true,
     {{"Ref", "MPN", "Maker"},
      {"U1", "X1", "Y"},
      {"U2", "X2", "Y"},
      {"U3", "X3", "Y"}}},
    {"Placement",
     false,
     {{"Ref", "Layer", "Side"},
      {"U1", "top", "a"},
      {"U2", "top", "a"},
      {"U3", "top", "a"},
      {"U4", "top", "a"}}},
    {"Parts",
     false,
     {{"Ref", "MPN", "Maker"}, {"U1,U2", "X1", "Y"}, {"U3", "X3", "Y"}}},
};

Test(xlsx, the_sheet_with_the_best_header_is_read_and_the_others_are_told) {
    expect_choice(several, 4, (struct workbook_how){.header_score = count_mpn},
                  "Parts", "note other-sheets 0:0\n");
}

Test(xlsx, a_second_bom_in_the_book_is_lost_unless_one_is_named) {
    static const struct made_sheet boards[] = {
        {"Main",
         false,
         {{"Ref", "MPN", "Maker"}, {"U1", "X1", "Y"}, {"U2", "X2", "Y"}}},
        {"Daughter", false, {{"Ref", "MPN", "Maker"}, {"U9", "X9", "Y"}}},
    };
    expect_choice(boards, 2, (struct workbook_how){.header_score = count_mpn},
                  "Main", "lost other-boms 0:0\n");
    expect_choice(
        boards, 2,
        (struct workbook_how){.header_score = count_mpn, .sheet = "Daughter"},
        "Daughter", "");
}

Test(xlsx, without_header_words_the_largest_visible_table_is_read) {
    expect_choice(several, 4, (struct workbook_how){.sheet = NULL}, "Placement",
                  "note other-sheets 0:0\n");
}

Test(xlsx, a_hidden_sheet_is_read_when_no_other_holds_a_table) {
    expect_choice(several, 2, (struct workbook_how){.sheet = NULL}, "Old", "");
}

Test(xlsx, a_sheet_is_named_or_numbered) {
    expect_choice(several, 4, (struct workbook_how){.sheet = "Old"}, "Old", "");
    expect_choice(several, 4, (struct workbook_how){.sheet = "3"}, "Placement",
                  "");
    expect_choice(several, 4, (struct workbook_how){.sheet = "5"}, "", "");
    expect_choice(several, 4, (struct workbook_how){.sheet = "0"}, "", "");
}

Test(xlsx, a_table_of_numbers_is_no_bom) {
    static const struct made_sheet sheets[] = {
        {"Coordinates",
         false,
         {{"x", "y", "z"}, {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}}},
        {"BOM", false, {{"Ref", "MPN", "Maker"}, {"U1", "X1", "Y"}}},
    };
    expect_choice(sheets, 2, (struct workbook_how){.sheet = NULL}, "BOM",
                  "note other-sheets 0:0\n");
}

#define TEXT_CELL(at, text)                                                    \
    "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"
#define MERGED(rows, merges)                                                   \
    "<worksheet xmlns='" MAIN "'><sheetData>" rows                             \
    "</sheetData><mergeCells>" merges "</mergeCells></worksheet>"

/* Huawei stands for U2 too, although the file has it once. */
Test(xlsx, cells_merged_downwards_count_for_all_their_rows) {
    expect_sheet(
        MERGED("<row r='2'>" TEXT_CELL("A2", "U1")
                   TEXT_CELL("C2", "Huawei") "</row><row r='3'>" TEXT_CELL(
                       "A3", "U2") "</row><row r='4'>" TEXT_CELL("A4",
                                                                 "U3") "</row>",
               "<mergeCell ref='C2:C3'/>"),
        "2:U1||Huawei\n3:U2||Huawei\n4:U3\n", "");
}

Test(xlsx, alternates_below_a_merged_designator_stay_alternates) {
    expect_sheet(
        MERGED("<row r='2'>" TEXT_CELL("A2", "U13") TEXT_CELL("B2", "2")
                   TEXT_CELL("C2", "Samsung") "</row><row r='3'>" TEXT_CELL(
                       "D3", "MT41K256M16") "</row>",
               "<mergeCell ref='A2:A3'/><mergeCell ref='B2:B3'/>"
               "<mergeCell ref='C2:C3'/>"),
        "2:U13|2|Samsung\n3:||Samsung|MT41K256M16\n", "");
}

Test(xlsx, wide_long_and_damaged_merges_fill_nothing) {
    expect_sheet(
        MERGED("<row r='1'>" TEXT_CELL("B1", "x") "</row><row r='2'>" TEXT_CELL(
                   "A2", "U2") "</row>",
               "<mergeCell ref='B1:C2'/><mergeCell ref='B1:B1048576'/>"
               "<mergeCell ref='B1'/><mergeCell/>"
               "<mergeCell ref='B1:'/><mergeCell ref='1:2'/>"),
        "1:|x\n2:U2\n", "");
}

Test(xlsx, running_out_of_memory_is_an_error) {
    char *path = make(several, 4);
    struct strbuf bytes = {.ptr = NULL};
    char piece[4096];
    size_t len;
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file);
    while ((len = fread(piece, 1, sizeof(piece), file)) > 0)
        strbuf_add(&bytes, (struct str){piece, len});
    fclose(file);
    remove(path);
    free(path);
    workbook_expect_nomem(&xlsx_format, strbuf_str(&bytes));
    strbuf_dispose(&bytes);
}

Test(xlsx, real_workbooks_are_read_whole) {
    static const struct workbook_expected expected[] = {
        {"FOSSASystems__FOSSASAT-1__MMPT_BOM_FOSSASAT.xlsx", 18},
        {"VoronDesign__Voron-Hardware__V0_Simple_Screen_Bom.xlsx", 3},
        {"beagleboard__beaglebone-ai__BeagleBone-AI_RevA2_BOM+DNP.xlsx", 125},
        {"parallella__parallella-hw__buddy_bom_rev1.xlsx", 12},
        {"parallella__parallella-hw__meta_module_bom_rev1.xlsx", 11},
        {"parallella__parallella-hw__parasdr_bom.xlsx", 16},
    };
    workbook_expect_corpus(expected, ARRAY_LEN(expected), "xlsx");
}
