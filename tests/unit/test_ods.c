#include "bom/reader.h"

#include <string.h>

#include <criterion/criterion.h>

#include "bom/formats.h"
#include "bom/sheet_row.h"
#include "workbook.h"

TestSuite(ods, .timeout = 30);

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define DOCUMENT(styles, tables)                                               \
    "<office:document-content xmlns:office='" OASIS                            \
    "office:1.0' xmlns:table='" OASIS "table:1.0' xmlns:text='" OASIS          \
    "text:1.0' xmlns:style='" OASIS "style:1.0' xmlns:draw='" OASIS            \
    "drawing:1.0' xmlns:calcext='urn:org:documentfoundation:names:"            \
    "experimental:calc:xmlns:calcext:1.0'><office:automatic-styles>" styles    \
    "</office:automatic-styles><office:body><office:spreadsheet>" tables       \
    "</office:spreadsheet></office:body></office:document-content>"
#define TABLE(name, rows)                                                      \
    "<table:table table:name='" name "'>" rows "</table:table>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define CELL(text)                                                             \
    "<table:table-cell office:value-type='string'><text:p>" text               \
    "</text:p></table:table-cell>"
#define EMPTY "<table:table-cell/>"
#define NUMBER(value, shown)                                                   \
    "<table:table-cell office:value-type='float' office:value='" value         \
    "'><text:p>" shown "</text:p></table:table-cell>"

static void read_content(struct workbook_result *result, struct str content,
                         const char *manifest, const char *sheet) {
    struct strbuf zip = {.ptr = NULL};
    struct str type = STR_LIT("application/vnd.oasis.opendocument.spreadsheet");
    struct workbook_part parts[] = {
        {"mimetype", type},
        {"content.xml", content},
        {manifest != NULL ? "META-INF/manifest.xml" : NULL, str_from(manifest)},
        {NULL, STR_EMPTY},
    };
    workbook_zip(&zip, parts);
    workbook_read(result, strbuf_str(&zip),
                  (struct workbook_how){.must_be = "ods", .sheet = sheet});
    strbuf_dispose(&zip);
}

static void expect(const char *content, const char *rows, const char *told) {
    struct workbook_result result;
    read_content(&result, str_from(content), NULL, NULL);
    cr_expect(result.opened && result.ended, "%s", result.err.msg);
    cr_expect_str_eq(result.rows.ptr, rows);
    cr_expect_str_eq(result.told.ptr, told);
    workbook_result_dispose(&result);
}

static void expect_refused(struct str content, const char *manifest,
                           const char *words) {
    struct workbook_result result;
    read_content(&result, content, manifest, NULL);
    cr_expect_not(result.ended, "%s", words);
    cr_expect(strstr(result.err.msg, words) != NULL, "\"%s\" has no \"%s\"",
              result.err.msg, words);
    workbook_result_dispose(&result);
}

Test(ods, texts_keep_their_paragraphs_and_blanks) {
    expect(DOCUMENT("", TABLE("B", ROW(CELL("a</text:p><text:p>b") CELL(
                                       "<text:span>MT41</text:span>K  \n x"
                                       "<text:s text:c='2'/>y<text:tab/>z"
                                       "<text:line-break/>w")))),
           "1:a\\nb|MT41K x  y\tz\\nw\n", "");
}

#define OVER(text, columns, rows)                                              \
    "<table:table-cell table:number-columns-spanned='" columns                 \
    "' table:number-rows-spanned='" rows                                       \
    "' office:value-type='string'><text:p>" text                               \
    "</text:p></table:table-cell>"
#define COVERED "<table:covered-table-cell/>"

Test(ods, cells_merged_downwards_count_for_all_their_rows) {
    expect(DOCUMENT("", TABLE("B", ROW(CELL("U1") OVER("Huawei", "1", "2"))
                                       ROW(CELL("U2") COVERED)
                                           ROW(CELL("U3") EMPTY))),
           "1:U1|Huawei\n2:U2|Huawei\n3:U3\n", "");
}

Test(ods, a_merged_cell_may_end_among_equal_rows) {
    expect(DOCUMENT("", TABLE("B",
                              ROW(CELL("x") OVER(
                                  "Huawei", "1",
                                  "3")) "<table:table-row "
                                        "table:number-rows-repeated='3'>" CELL(
                                            "y") COVERED "</table:table-row>")),
           "1:x|Huawei\n2:y|Huawei\n3:y|Huawei\n4:y\n", "");
}

Test(ods, alternates_below_a_merged_designator_stay_alternates) {
    expect(DOCUMENT("", TABLE("B", ROW(OVER("U13", "1", "2") OVER("2", "1", "2")
                                           OVER("Samsung", "1", "2"))
                                       ROW(COVERED COVERED COVERED CELL(
                                           "MT41K256M16")))),
           "1:U13|2|Samsung\n2:||Samsung|MT41K256M16\n", "");
}

Test(ods, wide_and_endless_merges_fill_nothing) {
    expect(DOCUMENT("", TABLE("B", ROW(EMPTY OVER("x", "2", "2"))
                                       ROW(CELL("U2") COVERED COVERED) ROW(
                                           EMPTY OVER("y", "1", "99999999999"))
                                           ROW(CELL("U3")))),
           "1:|x\n2:U2\n3:|y\n4:U3\n", "");
}

Test(ods, comments_and_shapes_are_no_text) {
    expect(
        DOCUMENT("",
                 TABLE("B",
                       "<table:shapes><draw:frame><text:p>no</text:p>"
                       "</draw:frame></table:shapes>" ROW(
                           "<table:table-cell office:value-type='string'>"
                           "<office:annotation><text:p>no</text:p>"
                           "</office:annotation><text:p>M<text:ruby>"
                           "<text:ruby-base>U</text:ruby-base><text:ruby-text>"
                           "no</text:ruby-text></text:ruby></text:p>"
                           "<draw:frame><text:p>no</text:p></draw:frame>"
                           "</table:table-cell>"))),
        "1:MU\n", "");
}

Test(ods, values_of_every_type) {
    expect(DOCUMENT(
               "",
               TABLE("B",
                     ROW(NUMBER("402", "0402") NUMBER(
                         "1234.5", "1,234.50") NUMBER("1E+22", "1.00E+22")
                             NUMBER("5", "005 pcs") NUMBER("100", "00") NUMBER(
                                 "0.1",
                                 "0.10") "<table:table-cell office:value-type='"
                                         "percentage' office:value='0.07'>"
                                         "<text:p>7.00%</text:p>"
                                         "</table:table-cell>"
                                         "<table:table-cell office:value-type='"
                                         "date' office:date-value='"
                                         "2023-05-21T00:00:00'><text:p>21.05.23"
                                         "</text:p></table:table-cell>"
                                         "<table:table-cell office:value-type='"
                                         "boolean' office:boolean-value='true'>"
                                         "<text:p>WAHR</text:p>"
                                         "</table:table-cell>"
                                         "<table:table-cell office:value-type='"
                                         "time' office:time-value='PT10H'>"
                                         "<text:p>10:00</text:p>"
                                         "</table:table-cell>"
                                         "<table:table-cell office:value-type='"
                                         "string' office:string-value='s'/>"))),
           "1:0402|1234.5|10000000000000000000000|5|100|0.1|7%|2023-05-21|TRUE|"
           "10:00|s\n",
           "");
}

Test(ods, formulas_give_their_values) {
    expect(
        DOCUMENT(
            "", TABLE("B",
                      ROW(CELL("x") "<table:table-cell table:formula='of:=1'/>"
                                    "<table:table-cell table:formula='of:=2' "
                                    "office:value-type='string' "
                                    "office:string-value='' "
                                    "calcext:value-type='error'><text:p>#N/A"
                                    "</text:p></table:table-cell>"
                                    "<table:table-cell table:formula='of:=\"\"'"
                                    " office:value-type='string' "
                                    "office:string-value=''/>"))),
        "1:x||#N/A\n",
        "lost formula-without-value 1:2\nnote formula-error 1:3\n");
}

Test(ods, repeated_cells_and_rows_are_given_as_often) {
    expect(
        DOCUMENT(
            "", TABLE("B",
                      "<table:table-row table:number-rows-repeated='2'>" EMPTY
                      "</table:table-row>"
                      "<table:table-row table:number-rows-repeated='3'>"
                      "<table:table-cell table:number-columns-repeated='2'/>"
                      "<table:table-cell table:number-columns-repeated='2' "
                      "office:value-type='string'><text:p>a</text:p>"
                      "</table:table-cell><table:covered-table-cell "
                      "table:number-columns-repeated='2'/>" CELL(
                          "b") "<table:table-cell table:number-columns-repeated"
                               "='1017'/></table:table-row>" ROW(CELL("c")))),
        "3:||a|a|||b\n4:||a|a|||b\n5:||a|a|||b\n6:c\n", "");
}

Test(ods, a_repeated_empty_tail_does_not_explode) {
    expect(DOCUMENT("", TABLE("B", ROW(CELL("a")) "<table:table-row "
                                                  "table:number-rows-repeated="
                                                  "'1048575'><table:table-cell "
                                                  "table:number-columns-"
                                                  "repeated='16384'/>"
                                                  "</table:table-row>")),
           "1:a\n", "");
}

Test(ods, more_rows_than_a_sheet_has_are_refused) {
    expect_refused(
        STR_LIT(DOCUMENT("", TABLE("B", "<table:table-row "
                                        "table:number-rows-repeated='1048576'>"
                                        "</table:table-row>" ROW(CELL("a"))))),
        NULL, "more than 1048576 rows");
    expect_refused(
        STR_LIT(DOCUMENT(
            "", TABLE("B", ROW(EMPTY) "<table:table-row table:number-rows-"
                                      "repeated='99999999999'>" CELL(
                                          "a") "</table:table-row>"))),
        NULL, "more than 1048576 rows");
}

Test(ods, a_million_equal_rows_take_no_memory) {
    struct workbook_result result;
    read_content(
        &result,
        STR_LIT(DOCUMENT(
            "", TABLE("B", "<table:table-row table:"
                           "number-rows-repeated="
                           "'1048576'>" CELL("a") "</table:table-row>"))),
        NULL, NULL);
    cr_expect(result.ended);
    cr_expect_eq(result.row_count, SHEET_ROWS_MAX);
    workbook_result_dispose(&result);
}

Test(ods, repeated_text_over_the_columns_is_lost) {
    struct workbook_result result;
    read_content(
        &result,
        STR_LIT(DOCUMENT("", TABLE("B", ROW("<table:table-cell table:number-"
                                            "columns-repeated='99999999' "
                                            "office:value-type='string'>"
                                            "<text:p>a</text:p>"
                                            "</table:table-cell>" CELL("b"))))),
        NULL, NULL);
    cr_expect_str_eq(result.told.ptr, "lost too-many-columns 1:513\n");
    cr_expect_eq(result.rows.len, 2 * READER_COLUMNS_MAX + 2);
    workbook_result_dispose(&result);
}

Test(ods, long_cells_are_cut_and_lost) {
    struct strbuf content = {.ptr = NULL};
    struct workbook_result result;
    strbuf_add_text(&content,
                    "<office:document-content xmlns:office='" OASIS
                    "office:1.0' xmlns:table='" OASIS
                    "table:1.0' xmlns:text='" OASIS "text:1.0'><table:table>"
                    "<table:table-row><table:table-cell><text:p>"
                    "<text:s text:c='999999999'/>");
    for (size_t i = 0; i < READER_CELL_MAX; i++)
        strbuf_add_text(&content, "x");
    strbuf_add_text(&content, "</text:p></table:table-cell></table:table-row>"
                              "</table:table></office:document-content>");
    read_content(&result, strbuf_str(&content), NULL, NULL);
    cr_expect_str_eq(result.told.ptr, "lost cell-too-long 1:1\n", "%s",
                     result.err.msg);
    cr_expect_eq(result.rows.len, READER_CELL_MAX + 3);
    workbook_result_dispose(&result);
    strbuf_dispose(&content);
}

#define SEVERAL                                                                                     \
    DOCUMENT(                                                                                       \
        "<style:style style:name='h'><style:table-properties "                                      \
        "table:display='false'/></style:style>",                                                    \
        TABLE(                                                                                      \
            "Cover",                                                                                \
            ROW(                                                                                    \
                CELL(                                                                               \
                    "A board"))) "<table:table table:name='Old' "                                   \
                                 "table:style-name='h'>" ROW(                                       \
                                     CELL("a") CELL("b") CELL("c"))                                 \
                                     ROW(CELL("d") CELL("e") CELL("f"))                             \
                                         ROW(CELL("d") CELL("e") CELL("f")) "</table:table>" TABLE( \
                                             "BOM",                                                 \
                                             ROW(CELL("Ref") CELL("MPN")                            \
                                                     CELL("Maker"))                                 \
                                                 ROW(CELL("U1") CELL("X1")                          \
                                                         CELL("Y"))))

Test(ods, the_visible_table_is_read_and_the_others_are_told) {
    expect(SEVERAL, "1:Ref|MPN|Maker\n2:U1|X1|Y\n", "note other-sheets 0:0\n");
}

Test(ods, a_sheet_is_named_or_numbered) {
    static const struct {
        const char *sheet, *rows;
    } cases[] = {{"Cover", "1:A board\n"},
                 {"2", "1:a|b|c\n2:d|e|f\n3:d|e|f\n"},
                 {"4", ""}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct workbook_result result;
        read_content(&result, STR_LIT(SEVERAL), NULL, cases[i].sheet);
        cr_expect_str_eq(result.rows.ptr, cases[i].rows);
        workbook_result_dispose(&result);
    }
}

Test(ods, too_many_sheets_are_refused) {
    struct strbuf content = {.ptr = NULL};
    strbuf_add_text(&content, "<a xmlns:table='" OASIS "table:1.0'>");
    for (int i = 0; i < 1001; i++)
        strbuf_add_text(&content, "<table:table/>");
    strbuf_add_text(&content, "</a>");
    expect_refused(strbuf_str(&content), NULL, "more than 1000 sheets");
    strbuf_dispose(&content);
}

Test(ods, a_table_inside_a_cell_is_no_sheet) {
    expect(
        DOCUMENT("", TABLE("B", ROW("<table:table-cell>" TABLE(
                                    "inner",
                                    ROW(CELL("no"))) "<text:p>a</text:p>"
                                                     "</table:table-cell>" CELL(
                                                         "b")))),
        "1:a|b\n", "");
}

Test(ods, a_password_is_named) {
    expect_refused(
        STR_LIT("garbage"),
        "<manifest:manifest xmlns:manifest='" OASIS
        "manifest:1.0'><manifest:file-entry manifest:full-path='content.xml'>"
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        "password");
}

Test(ods, what_is_damaged_is_refused) {
    expect_refused(STR_LIT("<a>"), NULL, "damaged");
    expect_refused(STR_LIT("<a/>"), NULL, "no sheet");
    expect_refused(STR_LIT("<!DOCTYPE a><a/>"), NULL, "document type");
}

Test(ods, running_out_of_memory_is_an_error) {
    struct strbuf zip = {.ptr = NULL};
    struct workbook_part parts[] = {{"content.xml", STR_LIT(SEVERAL)},
                                    {NULL, STR_EMPTY}};
    workbook_zip(&zip, parts);
    workbook_expect_nomem(&ods_format, strbuf_str(&zip));
    strbuf_dispose(&zip);
}

Test(ods, real_workbooks_are_read_whole) {
    static const struct workbook_expected expected[] = {
        {"OLIMEX__OLINUXINO__A20-OLinuXino-Lime2_Rev_L_1Ge16Gs16MB_bom.ods",
         111},
    };
    workbook_expect_corpus(expected, ARRAY_LEN(expected), "ods");
}
