#include "core/mem.h"
#include "bom_suite.h"

TestSuite(table, .timeout = 30, .init = suite_set_up, .fini = suite_tear_down);

static void expect_error(const char *text, const char *part) {
    struct bom_reading reading;
    struct bom_options options = {.rules = suite_rules, .no_digest = true};
    cr_expect(!read_bom(&reading, text, &options), "opened: %s", text);
    cr_expect(str_find(str_from(reading.err.msg), str_from(part)) >= 0,
              "\"%s\" is not in \"%s\"", part, reading.err.msg);
    bom_reading_dispose(&reading);
}

Test(table, header_on_the_first_line) {
    expect_lines("Ref,Qty,Manufacturer,MPN\n"
                 "U1,1,Micron,MT41K256M16TW-107:P\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n");
}

Test(table, title_block_and_metadata_stand_before_the_header) {
    expect_lines("Title,Main Board,,\n"
                 "Date:,2026-11-21,,\n"
                 "Comment 1,License: GPL,,\n"
                 "Total Parts,417,,\n"
                 ",,,\n"
                 "Ref,Qty,Manufacturer,MPN\n"
                 "U1,1,Micron,MT41K256M16TW-107:P\n",
                 "7 U1 x1 Micron|MT41K256M16TW-107:P\n");
}

Test(table, key_and_value_block_with_header_words_is_no_header) {
    struct bom_reading reading =
        suite_read("Part Number:,991-00063,Rev:,B,,\n"
                   "Description:,Main Board,Date:,2020-01-01,,\n"
                   "Manufacturer:,Acme,,,,\n"
                   "\n"
                   "Item,MPN,Qty,Ref Des,Manufacturer,Description\n"
                   "1,MT41K256M16TW-107:P,1,U1,Micron,DDR3\n");
    cr_expect_eq(reading.header_line, 5);
    cr_expect_eq(reading.count, 1);
    bom_reading_dispose(&reading);
}

Test(table, header_is_found_down_to_line_60) {
    struct strbuf text = {.ptr = NULL};
    for (int i = 1; i < 60; i++)
        strbuf_printf(&text, "Note %d,some text,,\n", i);
    strbuf_add_text(&text,
                    "Ref,Qty,Manufacturer,MPN\nU1,1,Micron,MT41K64M16\n");
    expect_lines(text.ptr, "61 U1 x1 Micron|MT41K64M16\n");
    strbuf_dispose(&text);
}

Test(table, header_in_two_rows_is_read_as_one) {
    struct bom_reading reading = suite_read(
        "Item,Qty,Ref,Manufacturer 1,,Manufacturer 2,\n"
        ",,,Name,P/N,Name,P/N\n"
        "1,1,U1,Samsung,K4B4G1646E-BYMA,Micron,MT41K256M16TW-107:P\n");
    cr_expect_str_eq(
        bom_text(&reading.lines),
        "3 U1 x1 Samsung|K4B4G1646E-BYMA Micron|MT41K256M16TW-107:P\n");
    bom_reading_dispose(&reading);
}

Test(table, group_names_over_the_header_help_to_tell_columns_apart) {
    struct bom_reading reading =
        suite_read(",,,Digi-Key,,Mouser,\n"
                   "Ref,Qty,MPN,Part No,Price,Part No,Price\n"
                   "U1,1,MT41K64M16,557-1-ND,1,340-1,1\n");
    cr_expect_str_eq(bom_text(&reading.columns),
                     "refdes=Ref quantity=Qty mpn=MPN "
                     "distributor-pn=Digi-Key Part No "
                     "distributor-pn=Mouser Part No");
    bom_reading_dispose(&reading);
}

Test(table, first_row_of_parts_is_not_taken_for_a_second_header_row) {
    expect_lines("Part,Description,Manufacturer,MPN\n"
                 "Memory,Value,Micron,MT41K64M16\n"
                 "Memory,Value,Samsung,K4B4G1646E\n",
                 "2 Micron|MT41K64M16\n3 Samsung|K4B4G1646E\n");
}

Test(table, repeated_header_is_no_line) {
    expect_lines("Ref,Qty,MPN\nU1,1,MT41K64M16\nREF,QTY,MPN\nU2,1,MT41K128M8\n",
                 "2 U1 x1 |MT41K64M16\n4 U2 x1 |MT41K128M8\n");
}

/* commaai's subaru BOM has three tables in one file. */
Test(table, every_table_of_a_file_is_read) {
    expect_lines("Access Point,,,\n"
                 "Ref Des,Package,Manufacture PN,Qty\n"
                 "J1,26 Pin R/A,5018762640,1\n"
                 "Interface Point,,,\n"
                 "Ref Des,Package,Manufacture PN,Qty\n"
                 "J2,RJ45,A-2004-2-4-LPS-N-R,1\n",
                 "3 J1 x1 |5018762640\n6 J2 x1 |A-2004-2-4-LPS-N-R\n");
}

Test(table, later_table_may_have_other_columns) {
    expect_lines("QTY,Mouser Part No,MPN\n"
                 "1,340-1234,MT41K64M16\n"
                 "\n"
                 "Manufacturer,MPN,Qty,Ref\n"
                 "Samsung,K4B4G1646E-BYMA,2,\"U1,U2\"\n",
                 "2 x1 |MT41K64M16\n5 U1,U2 x2 Samsung|K4B4G1646E-BYMA\n");
}

/* KiCad's grouped export: both lists name the same parts. */
Test(table, parts_that_are_listed_twice_are_given_once) {
    const char *text = "Individual Components:,,,\n"
                       "\n"
                       "Item,Qty,Reference(s),Mfg,PN\n"
                       ",,U1,Micron,MT41K64M16\n"
                       ",,U2,Micron,MT41K64M16\n"
                       "\n"
                       "Collated Components:\n"
                       "\n"
                       "Item,Qty,Reference(s),Mfg,PN\n"
                       "1,2,\"U1, U2\",Micron,MT41K64M16\n";
    expect_lines(text, "10 U1, U2 x2 Micron|MT41K64M16\n");
    expect_notes(text, "note listed-twice 7\n");
}

Test(table, individual_list_alone_is_read) {
    expect_lines("Individual Components:,,,\n"
                 "Item,Qty,Reference(s),Mfg,PN\n"
                 ",,U1,Micron,MT41K64M16\n",
                 "3 U1 Micron|MT41K64M16\n");
}

Test(table, part_that_only_the_individual_list_has_is_not_lost) {
    const char *text = "Individual Components:\n"
                       "Ref,Qty,Mfr,MPN\n"
                       "U1,,Micron,MT41K64M16\n"
                       "U2,,ST,STM32F103C8T6\n"
                       "U3,,ST,STM32F103C8T6\n"
                       "Collated Components:\n"
                       "Ref,Qty,Mfr,MPN\n"
                       "\"U2, U3\",2,ST,STM32F103C8T6\n";
    expect_lines(text, "3 U1 Micron|MT41K64M16\n4 U2 ST|STM32F103C8T6\n"
                       "5 U3 ST|STM32F103C8T6\n");
    expect_notes(text, "note lists-differ 3\nnote listed-twice 6\n");
}

Test(table, part_that_is_another_one_in_each_list_is_given_from_both) {
    expect_lines("Individual Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "R1,,Yageo,RC0402FR-0710KL\n"
                 "R2,,Huawei,Hi3516EV200\n"
                 "Collated Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "R1-R2,2,Yageo,RC0402FR-0710KL\n",
                 "3 R1 Yageo|RC0402FR-0710KL\n4 R2 Huawei|Hi3516EV200\n"
                 "7 R1-R2 x2 Yageo|RC0402FR-0710KL\n");
}

Test(table, part_that_only_the_second_list_has_is_not_lost) {
    expect_lines("Collated Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "R1-R2,2,Yageo,RC0402FR-0710KL\n"
                 "Individual Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "R1,,Yageo,RC0402FR-0710KL\n"
                 "R2,,Yageo,RC0402FR-0710KL\n"
                 "U1,,Micron,MT41K64M16\n",
                 "3 R1-R2 x2 Yageo|RC0402FR-0710KL\n8 U1 Micron|MT41K64M16\n");
}

Test(table, table_after_both_lists_is_read) {
    expect_lines("Collated Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "U1,1,Micron,MT41K64M16\n"
                 "Individual Components:\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "U1,,Micron,MT41K64M16\n"
                 "\n"
                 "Ref,Qty,Mfr,MPN\n"
                 "U1,1,Micron,MT41K64M16\n",
                 "3 U1 x1 Micron|MT41K64M16\n9 U1 x1 Micron|MT41K64M16\n");
}

Test(table, what_is_left_of_a_part_is_no_heading) {
    const char *text = "Ref,Qty,Manufacturer,MPN,Description\n"
                       "U9,1,ST,STM32F103C8T6,x\n"
                       "\n"
                       "MT41K256M16TW-107:P,,,,\n"
                       "\n"
                       ",,Micron,,\n"
                       "\n"
                       ",,,,Micron MT41K64M16\n"
                       "Memory,,,,\n"
                       "Micron,,,,\n";
    expect_lines(text, "2 U9 x1 ST|STM32F103C8T6 |MT41K256M16TW-107:P@4 "
                       "Micron|@6 Micron|MT41K64M16@8\n");
    expect_notes(text, "note lone-part 4\nnote lone-part 8\n"
                       "note section-row 9\nnote section-row 10\n");
}

Test(table, total_with_its_sum_under_the_part_numbers_is_no_line) {
    expect_lines("Reference,Qty,Manufacturer,MPN\n"
                 "U1,1,Micron,MT41K64M16\n"
                 "Subtotal,,,12\n"
                 "Total,3,,12\n",
                 "2 U1 x1 Micron|MT41K64M16\n");
}

/* A minute of work, were it not bounded. */
Test(table, ranges_without_end_are_bounded_and_lose_nothing) {
    struct strbuf text = {.ptr = NULL};
    for (int list = 0; list < 2; list++) {
        strbuf_add_text(&text, list == 0 ? "Individual Components:\n"
                                         : "Collated Components:\n");
        strbuf_add_text(&text, "Ref,Qty,Mfr,MPN\n");
        for (int i = 0; i < 1000; i++)
            strbuf_printf(&text, "R1-R30000,1,Yageo,RC0402FR-0710%d\n", i);
    }
    struct bom_reading reading = suite_read(text.ptr);
    cr_expect(reading.count >= 1000, "%u", reading.count);
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

Test(table, collated_list_far_away_is_passed_over_instead) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "Individual Components:\nQty,Reference,MPN\n");
    for (int i = 1; i <= 20000; i++)
        strbuf_printf(&text, ",U%d,MT41K64M16\n", i);
    strbuf_add_text(&text, "Collated Components:\nQty,Reference,MPN\n"
                           "20000,U1-U20000,MT41K64M16\n");
    struct bom_reading reading = suite_read(text.ptr);
    cr_expect_eq(reading.count, 20000);
    cr_expect_str_eq(bom_text(&reading.diagnostics),
                     "note listed-twice 20003\n");
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

Test(table, headings_ruled_lines_and_blank_rows_are_no_lines) {
    expect_lines("Item,Quantity,Reference,Part\n"
                 "________________,,,\n"
                 ",,,\n"
                 "1,1,U1,MT41K64M16\n"
                 "Mechanical,,,\n"
                 "2,1,H1,M3X8-SCREW12\n",
                 "4 U1 x1 |MT41K64M16\n6 H1 x1 |M3X8-SCREW12\n");
}

Test(table, totals_and_statistics_are_no_lines) {
    expect_lines("Component;References;Value;Quantity;MPN\n"
                 "1;U1;DDR3;1;MT41K64M16\n"
                 ";;;1;\n"
                 "Subtotal;;;$19.22;\n"
                 ";;Summe;880;\n"
                 "合计;;;1;\n"
                 "Total components:;141;;;\n"
                 "KiCad Version:;Eeschema 5.0.0;;;\n",
                 "2 U1 x1 |MT41K64M16\n");
}

/* Allegro's report totals the pieces, Altium's template is to be signed. */
Test(table, word_of_a_footer_in_the_place_of_a_part_number_is_no_part) {
    expect_lines("Part Name,Ref Des,Qty,Unit Price,Cost\n"
                 "LT_25XX040_8-450044038,\"U1,U2\",2,?,?\n"
                 "CC408572481,U3,1,?,?\n"
                 "TOTAL, ,300, ,0.000\n",
                 "2 U1,U2 x2 |LT_25XX040_8-450044038\n"
                 "3 U3 x1 |CC408572481\n");
    expect_lines("Comment,Designator,Quantity,Manufacturer,MPN\n"
                 "DDR3,U1,1,Micron,MT41K64M16\n"
                 "Approved,Notes,1,,\n",
                 "2 U1 x1 Micron|MT41K64M16\n");
    expect_lines("MPN,Qty,Description\n"
                 "TOTALIZER-24V,1,Total counter\nMT41K64M16,1,DDR3\n",
                 "2 x1 |TOTALIZER-24V\n3 x1 |MT41K64M16\n");
}

Test(table, placeholders_beside_a_sum_do_not_make_it_a_part) {
    expect_lines("模块名称,型号,数量,单价\n主控,MT41K64M16,1,85\n"
                 "合计,-,-,85\n",
                 "2 x1 |MT41K64M16\n");
}

Test(table, revision_list_after_the_parts_is_passed_over_with_a_note) {
    const char *text = "Item,MPN,Qty,Ref\n"
                       "1,MT41K64M16,1,U1\n"
                       "Rev,Date,Notes,\n"
                       "A,2020-01-01,Initial,\n"
                       "B,2020-02-01,Changed U1,\n";
    expect_lines(text, "2 U1 x1 |MT41K64M16\n");
    expect_notes(text, "note other-table 3\n");
}

Test(table, revisions_that_name_parts_are_no_parts) {
    expect_lines("位号,数量,品牌,型号\n"
                 "U1,1,Micron,MT41K256M16TW-107:P\n"
                 "\n"
                 "版本,日期,修改人,变更内容\n"
                 "V1.0,2020-01-01,张三,初版\n"
                 "V1.1,2020-02-01,李四,U1改为镁光\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n");
}

Test(table, plain_part_after_a_revision_list_is_not_lost) {
    expect_lines("Item,MPN,Qty,Ref\n"
                 "1,MT41K64M16,1,U1\n"
                 "Rev,Date,Notes,\n"
                 "A,2020-01-01,Initial,\n"
                 "2,K4B4G1646E-BYMA,1,U2\n",
                 "2 U1 x1 |MT41K64M16\n5 U2 x1 |K4B4G1646E-BYMA\n");
}

static const char *const remarks[] = {
    "Note: all resistors are 1%, unless noted otherwise, see the drawing",
    "Min Qty on JLPCB = 5,PCB1,PCB",
    "Min Qty on JLCPCB = 5,PCB1,PCB",
    "* Do not substitute parts, contact purchasing@acme.com first",
    "Please order 10% more of the passives, we always lose some, thanks",
    "Bitte beachten: Bestückung nur einseitig, keine Handlötung",
    "1. Use lead-free solder, 2. Clean after reflow",
    "Prepared by,John Smith,,Approved by,Jane Doe",
    "Legend:,DNP = do not populate,NF = not fitted",
    "Created with KiCad 6.0.4, on 2022-05-01",
    "Copyright 2020 Acme Inc, all rights reserved, CERN OHL v1.2",
    "See https://example.com for details, and the wiki",
    "Rev B,2021-02-03,changed U1 to 3V",
    "Cost per board,,,12.50",
    "Sum,,12.50 EUR",
    ",,VAT 20%,1.20",
    ",,MwSt. 19%,2.38",
    ",,9.32",
    "（内容由AI生成）",
    "注意：所有电容必须为X7R，不可替代",
    "编制：张三,,审核：李四",
};

/* Below parts whose table begins with designators, an item number, what a part
   is, or its number. */
Test(table, remarks_below_the_parts_are_no_lines) {
    static const char *const tables[] = {
        "Ref,Qty,Value,Manufacturer,MPN\n"
        "U1,1,DRAM,Micron,MT41K256M16TW-107:P\n"
        "C1,1,100n,Murata,GRM155R71C104KA88D\n"
        "R1,1,10k,Yageo,RC0402FR-0710KL\n",
        "Item,Description,Manufacturer,Part Number,Qty\n"
        "1,DRAM,Micron,MT41K256M16TW-107:P,1\n"
        "2,Capacitor,Murata,GRM155R71C104KA88D,1\n"
        "3,Resistor,Yageo,RC0402FR-0710KL,1\n",
        "Comment,Designator,Footprint,JLCPCB Part #\n"
        "MT41K256M16TW-107:P,U1,BGA96,C123456\n"
        "100nF,C1,0402,C1525\n10k,R1,0402,C25744\n",
        "MPN,Manufacturer,Description,Quantity\n"
        "MT41K256M16TW-107:P,Micron,DRAM,1\n"
        "GRM155R71C104KA88D,Murata,Capacitor,1\n"
        "RC0402FR-0710KL,Yageo,Resistor,1\n",
    };
    struct strbuf text = {.ptr = NULL};
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++) {
            strbuf_clear(&text);
            strbuf_printf(&text, "%s%s%s\n", tables[t], i % 2 ? "\n" : "",
                          remarks[i]);
            struct bom_reading reading = suite_read(text.ptr);
            cr_expect_eq(reading.count, 3, "table %zu, \"%s\":\n%s", t,
                         remarks[i], bom_text(&reading.lines));
            bom_reading_dispose(&reading);
        }
    }
    strbuf_dispose(&text);
}

/* A maker, a part number, a count or a designator among the words. */
Test(table, parts_that_read_like_remarks_are_not_lost) {
    static const char *const parts[] = {
        "Front panel,1,Panel,Acme,see drawing",
        "Battery holder,,18650 x 2,Keystone,1043",
        "To be defined,,Micron,,",
        "see note 3,as required,,Nobody we know,MT41K256M16TW-107:P",
        "POWER,,Connector,Acme Inc,",
        "U7,as required,,,see drawing 12",
        ",MT41K256M16TW-107:P,the part that matters most,,",
        ",0.5,Black shielded cable,,",
    };
    struct strbuf text = {.ptr = NULL};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        strbuf_clear(&text);
        strbuf_printf(&text,
                      "Ref,Qty,Value,Manufacturer,MPN\n"
                      "U1,1,DRAM,Micron,MT41K256M16TW-107:P\n"
                      "R1,1,10k,Yageo,RC0402FR-0710KL\n%s\n",
                      parts[i]);
        struct bom_reading reading = suite_read(text.ptr);
        cr_expect_eq(reading.count, 3, "\"%s\":\n%s", parts[i],
                     bom_text(&reading.lines));
        bom_reading_dispose(&reading);
    }
    strbuf_dispose(&text);
}

Test(table, row_without_a_part_is_told_of) {
    expect_notes("Qty,Ref,MPN,Manufacturer,Notes\n"
                 "1,U1,MT41K64M16,Micron,\n"
                 "STICKER,,,,\n"
                 ",,,,see drawing\n"
                 "abc,,,,see drawing\n",
                 "note section-row 3\nnote section-row 4\nnote not-a-part 5\n");
}

Test(table, words_alone_among_numbers_of_a_company_are_a_heading) {
    const char *text = "Level,Internal Reference,Component,Qty,MPN\n"
                       ",Power supply,,,\n"
                       "1,COMP-0001,Regulator,1,TPS62177DQCR\n"
                       ",MCU section,,,\n"
                       ",COMP-0002,,,\n"
                       ",,,,Enclosure top\n";
    expect_lines(text, "3 x1 |TPS62177DQCR\n5 |\n6 |Enclosure top\n");
    expect_notes(text, "note section-row 2\nnote section-row 4\n");
}

Test(table, cells_that_are_also_names_of_columns_make_no_header) {
    expect_lines("Qty;Ref;Value;Symbol;Library;MPN\n"
                 "1 pcs;U1;TPS62177;Device:U;Device:U;TPS62177DQCR\n"
                 "3 pcs;C7 C8 C9;DNP;Device:C;Device:C;\n"
                 "1 pcs;U5;LM358;Device:U;Device:U;LM358DR\n",
                 "2 U1 x1 pcs |TPS62177DQCR\n3 C7 C8 C9 x3 pcs | unfitted\n"
                 "4 U5 x1 pcs |LM358DR\n");
}

Test(table, customers_number_of_a_cart_may_be_the_designators) {
    expect_lines("Mouser #,Mfr. #,Manufacturer,Customer #,Order Qty.\n"
                 "595-TPS62177DQCR,TPS62177DQCR,Texas Instruments,U1,1\n"
                 "71-CRCW040233R0FKED,CRCW040233R0FKED,Vishay,R1 R2,2\n",
                 "2 U1 x1 Texas Instruments|TPS62177DQCR\n"
                 "3 R1 R2 x2 Vishay|CRCW040233R0FKED\n");
}

Test(table, cells_tell_the_columns_where_there_is_no_header) {
    expect_lines("1,U1,1,Micron,MT41K256M16TW-107:P\n"
                 "2,U2,1,Samsung,K4B4G1646E-BYMA\n"
                 "3,\"C1,C2\",2,Murata,GRM155R71C104KA88D\n",
                 "1 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "2 U2 x1 Samsung|K4B4G1646E-BYMA\n"
                 "3 C1,C2 x2 Murata|GRM155R71C104KA88D\n");
}

/* Item numbers go up; quantities come back to 1. */
Test(table, small_quantities_without_header_are_no_item_numbers) {
    expect_lines("1,U1,Micron,MT41K256M16TW-107:P\n"
                 "2,U2 U3,Samsung,K4B4G1646E-BCMA\n"
                 "3,R1 R2 R3,Yageo,RC0402FR-0710KL\n"
                 "1,C1,Murata,GRM155R71C104KA88D\n",
                 "1 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "2 U2 U3 x2 Samsung|K4B4G1646E-BCMA\n"
                 "3 R1 R2 R3 x3 Yageo|RC0402FR-0710KL\n"
                 "4 C1 x1 Murata|GRM155R71C104KA88D\n");
    expect_lines("U1;1;Micron;MT41K256M16TW-107:P\n"
                 "U2;1;Samsung;K4B4G1646E-BCMA\n"
                 "R1;2;Yageo;RC0402FR-0710KL\n"
                 "R2;3;Yageo;RC0402FR-071KL\n",
                 "1 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "2 U2 x1 Samsung|K4B4G1646E-BCMA\n"
                 "3 R1 x2 Yageo|RC0402FR-0710KL\n"
                 "4 R2 x3 Yageo|RC0402FR-071KL\n");
    expect_lines("1,2,U1,Micron,MT41K256M16TW-107:P\n"
                 "2,3,U2,Samsung,K4B4G1646E-BCMA\n"
                 "3,4,C1,Murata,GRM155R71C104KA88D\n"
                 "5,5,C2,Murata,GRM155R71C104KA89D\n",
                 "1 U1 x2 Micron|MT41K256M16TW-107:P\n"
                 "2 U2 x3 Samsung|K4B4G1646E-BCMA\n"
                 "3 C1 x4 Murata|GRM155R71C104KA88D\n"
                 "4 C2 x5 Murata|GRM155R71C104KA89D\n");
}

/* Nothing but a BOM counts designators; a placement list does not. */
Test(table, counted_designators_make_a_bom_without_part_numbers) {
    expect_lines("10nF,1,C21,SM0603\n100nF,2,C8 C9,SM0603\n"
                 "CONN_1,1,P2,SIL-1\nVIA,2,\"V801 V802\",1pin\n",
                 "1 C21 x1 |\n2 C8 C9 x2 |\n3 P2 x1 |\n4 V801 V802 x2 |\n");
    expect_error("C1,10.2,20.1,90,top\nC2,11.2,20.1,0,top\n"
                 "R1,30.5,22.1,180,top\n",
                 "no BOM table");
}

Test(table, distributor_list_without_header_gives_the_numbers_inside) {
    expect_lines("595-TPS73101DBVR|2|U11 U14\n"
                 "449-LFXTAL058124REEL|1|Y1\n"
                 "603-RC0603FR-07100KL|9|R11 R17\n",
                 "1 U11 U14 x2 |TPS73101DBVR\n"
                 "2 Y1 x1 |LFXTAL058124REEL\n"
                 "3 R11 R17 x9 |RC0603FR-07100KL\n");
}

/* rusEFI's lists begin with "###" lines, often more of them than parts. */
Test(table, remarks_above_a_list_without_header_are_told_of) {
    const char *text = "### made by a script\n### 292 components\n"
                       "### no record of LED\n### no record of LOGO\n"
                       "### no record of 1pin\n"
                       "5,595-TPS73101DBVR,U471: regulator\n"
                       "1,700-MAX9926UAEE,U101: VR chip\n"
                       "7,595-LMV324IDR,U201: quad op-amp\n";
    expect_lines(text, "6 x5 |TPS73101DBVR\n7 x1 |MAX9926UAEE\n"
                       "8 x7 |LMV324IDR\n");
    expect_notes(text, "note section-row 1\nnote section-row 2\n"
                       "note section-row 3\nnote section-row 4\n"
                       "note section-row 5\n");
}

Test(table, list_of_part_numbers_keeps_every_row) {
    expect_lines("manf#,\nMT41K64M16,\n3557-2,\n0022232061,\n",
                 "2 |MT41K64M16\n3 |3557-2\n4 |0022232061\n");
}

Test(table, header_without_parts_gives_no_lines) {
    expect_lines("Ref,Qty,Manufacturer,MPN\n", "");
}

Test(table, what_is_no_bom_is_an_error) {
    expect_error("", "empty");
    expect_error("name,age,city\nBob,12,Paris\nAnn,13,Rome\n", "no BOM table");
    expect_error("A letter, with commas.\nIt is no BOM, really.\n",
                 "no BOM table");
}

Test(table, table_without_maker_or_part_number_names_its_headers) {
    expect_error("Ref,Quantity,Footprint,Blub\nR1,1,0402,x y\nR2,1,0402,z\n",
                 "\"Blub\"");
    expect_error("Ref,Quantity,Footprint,Blub\nR1,1,0402,x y\nR2,1,0402,z\n",
                 "--map mpn=");
}

Test(table, values_alone_are_enough_for_a_table) {
    expect_lines(
        "Refs,Value,Footprint,Qty\nR1,10k,0402,1\nU1,MT41K64M16,BGA,1\n",
        "2 R1 x1 |\n3 U1 x1 |MT41K64M16\n");
}

Test(table, rules_without_word_lists_do_not_crash) {
    struct err err = ERR_INIT;
    struct rule_sources sources = {.count = 0};
    struct ruleset *bare = NULL;
    struct bom_reading reading;
    void *bytes;
    size_t size;
    cr_assert(ruleset_compile(&bytes, &size, &sources, NULL, &err), "%s",
              err.msg);
    cr_assert(ruleset_adopt(&bare, bytes, size, &err), "%s", err.msg);
    struct bom_options options = {.rules = bare, .no_digest = true};
    (void)!read_bom(&reading, "Ref,Qty,Manufacturer,MPN\nU1,1,Micron,MT41K\n",
                    &options);
    bom_reading_dispose(&reading);
    ruleset_close(bare);
    rule_sources_dispose(&sources);
}

Test(table, diagnostics_of_a_hostile_file_are_bounded) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "Qty,Ref,MPN,Notes\n1,U1,MT41K64M16,\n");
    for (int i = 0; i < 5000; i++)
        strbuf_add_text(&text, "heading,,,\n");
    strbuf_add_text(&text, "1,U2,MT41K64M16,\n");
    struct bom_reading reading = suite_read(text.ptr);
    const char *notes = bom_text(&reading.diagnostics);
    cr_expect_eq(reading.count, 2);
    cr_expect(str_find(str_from(notes), STR_LIT("more-diagnostics")) >= 0);
    cr_expect(str_find(str_from(bom_text(&reading.messages)),
                       STR_LIT("and 4000 more")) >= 0);
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

/* Either it fails, or what it gives is all of it. */
Test(table, running_out_of_memory_never_loses_a_line) {
    const char *text = "Individual Components:\nQty,Ref,MPN\n,U1,MT41K64M16\n"
                       "Collated Components:\nQty,Ref,Mfr,MPN\n"
                       "1,U1,Micron,MT41K64M16\n,,Samsung,K4B4G1646E\n"
                       "x,y,z,1,2,3\nTotal,,,\n";
    struct bom_reading whole = suite_read(text);
    for (size_t n = 1;; n++) {
        struct bom_reading reading;
        struct bom_options options = {.rules = suite_rules, .no_digest = true};
        mem_fail_after(n);
        bool ok = read_bom(&reading, text, &options);
        bool failed = mem_failed();
        mem_fail_after(0);
        bool unheard = reading.lines.failed; /* the test's own memory */
        if (ok && !unheard)
            cr_expect_str_eq(bom_text(&reading.lines), bom_text(&whole.lines),
                             "allocation %zu", n);
        bom_reading_dispose(&reading);
        if (!failed) {
            cr_expect(ok && n > 10);
            break;
        }
    }
    bom_reading_dispose(&whole);
}
