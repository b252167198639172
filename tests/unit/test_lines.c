#include "bom_suite.h"

TestSuite(lines, .timeout = 30, .init = suite_set_up, .fini = suite_tear_down);

/* One line under "Ref,Qty,Manufacturer,MPN,Note"; cells are quoted. */
static void expect_parts(const char *manufacturer, const char *mpn,
                         const char *parts) {
    struct strbuf text = {.ptr = NULL}, wanted = {.ptr = NULL};
    strbuf_printf(&text, "Ref,Qty,Manufacturer,MPN\nU1,1,\"%s\",\"%s\"\n",
                  manufacturer, mpn);
    strbuf_printf(&wanted, "2 U1 x1 %s\n", parts);
    expect_lines(text.ptr, wanted.ptr);
    strbuf_dispose(&text);
    strbuf_dispose(&wanted);
}

Test(lines, alternates_without_designator_and_quantity_belong_to_the_line) {
    expect_lines("Item,Qty,Reference,Mfr,MPN\n"
                 "1,1,U13,Micron,MTFC4GACAJCN-4M IT\n"
                 ",,,Micron,MTFC8GACAENS-5M AIT\n"
                 ",,,Kingston,EMMC04G-M627\n"
                 "2,1,U14,Samsung,K4B4G1646E\n",
                 "2 U13 x1 Micron|MTFC4GACAJCN-4M IT "
                 "Micron|MTFC8GACAENS-5M AIT@3 Kingston|EMMC04G-M627@4\n"
                 "5 U14 x1 Samsung|K4B4G1646E\n");
}

Test(lines, alternate_goes_on_across_the_look_ahead) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "Ref,Qty,Mfr,MPN\n");
    for (int i = 0; i < 400; i++)
        strbuf_printf(&text, "U%d,1,Micron,MT41K64M%d\n,,Samsung,K4B%d1646\n",
                      i, i, i);
    struct bom_reading reading = suite_read(text.ptr);
    cr_expect_eq(reading.count, 400);
    cr_expect(str_find(str_from(bom_text(&reading.lines)),
                       STR_LIT("800 U399 x1 Micron|MT41K64M399 "
                               "Samsung|K4B3991646@801\n")) > 0);
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

/* PocketBeagle: a second maker's part with a quantity of its own. */
Test(lines, row_with_a_quantity_is_a_line_of_its_own) {
    expect_lines("Designator,Mfr,MPN,Qty\n"
                 "U2,Texas Instruments,SN74LVC1G07DCKR,1\n"
                 ",Nexperia,\"74LVC1G07GV,125\",1\n",
                 "2 U2 x1 Texas Instruments|SN74LVC1G07DCKR\n"
                 "3 x1 Nexperia|74LVC1G07GV,125\n");
}

Test(lines, row_with_an_own_number_of_the_company_is_a_line_of_its_own) {
    expect_lines("Part Number,Qty,Reference,Manufacturer,"
                 "Manufacturer Part Number\n"
                 "100-0001,1,U1,Micron,MT41K64M16\n"
                 ",,,Samsung,K4B4G1646E\n"
                 "100-0002,,,Wurth,9774050360\n",
                 "2 U1 x1 Micron|MT41K64M16 Samsung|K4B4G1646E@3\n"
                 "4 Wurth|9774050360\n");
}

Test(lines, row_after_a_heading_is_no_alternate) {
    expect_lines("Ref,Qty,Mfr,MPN\nU1,1,Micron,MT41K64M16\nMechanical,,,\n"
                 ",,Wurth,9774050360\n",
                 "2 U1 x1 Micron|MT41K64M16\n4 Wurth|9774050360\n");
}

Test(lines, designators_that_go_on_in_the_next_row_are_joined) {
    expect_lines("Item,Qty,Reference,MPN\n1,3,\"C1,C2,\",GRM155R71C104KA\n"
                 ",,C3,\n2,1,U1,MT41K64M16\n",
                 "2 C1,C2, C3 x3 |GRM155R71C104KA\n4 U1 x1 |MT41K64M16\n");
}

Test(lines, several_makers_in_a_cell_go_with_the_part_numbers_in_step) {
    expect_parts("AVX~Samsung~Kemet", "0402YC104K~CL05B104K~C0402C104K",
                 "AVX|0402YC104K Samsung|CL05B104K Kemet|C0402C104K");
    expect_parts("EPSON\nAbracon LLC ", "TSX-3225\nABM8-24.000MHZ",
                 "EPSON|TSX-3225 Abracon LLC|ABM8-24.000MHZ");
    expect_parts("Micron / Samsung", "MT41K64M16 / K4B4G1646E",
                 "Micron|MT41K64M16 Samsung|K4B4G1646E");
    expect_parts("Micron;Samsung", "MT41K64M16;K4B4G1646E",
                 "Micron|MT41K64M16 Samsung|K4B4G1646E");
}

Test(lines, one_maker_of_several_part_numbers) {
    expect_parts("Micron", "MTFC4GACAJCN-4M IT \nMTFC4GACAAAM-1M WT",
                 "Micron|MTFC4GACAJCN-4M IT |MTFC4GACAAAM-1M WT");
}

Test(lines, commas_and_slashes_part_whole_part_numbers_only) {
    expect_parts("Samsung", "K4B4G1646E-BYMA, MT41K256M16TW-107:P",
                 "Samsung|K4B4G1646E-BYMA |MT41K256M16TW-107:P");
    expect_parts("Samsung", "K4B4G1646E-BYMA/MT41K256M16TW-107:P",
                 "Samsung|K4B4G1646E-BYMA |MT41K256M16TW-107:P");
    expect_parts("Samsung, Micron", "K4B4G1646E-BYMA, MT41K256M16TW-107:P",
                 "Samsung|K4B4G1646E-BYMA Micron|MT41K256M16TW-107:P");
    static const char *const whole[] = {
        "BSS138PW,115",       "TDA19988BHN/C1,557",  "K4S561632C-TC/L75",
        "DS-2CD2047G2-LU/SL", "CDRH2D18/HPNP-4R7NC", "25LC640AT-E/SN"};
    for (size_t i = 0; i < ARRAY_LEN(whole); i++) {
        struct strbuf wanted = {.ptr = NULL};
        strbuf_printf(&wanted, "NXP|%s", whole[i]);
        expect_parts("NXP", whole[i], wanted.ptr);
        strbuf_dispose(&wanted);
    }
}

Test(lines, part_number_column_stands_in_for_an_empty_mpn) {
    expect_lines("Ref,Qty,Part Number,MPN\n"
                 "U1,1,MT41K256M16TW-107:P,\n"
                 "U9,1,STM32F103C8T6,STM32F103C8T6\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n3 U9 x1 |STM32F103C8T6\n");
}

Test(lines, value_is_heard_beside_internal_numbers) {
    expect_lines("Ref,Qty,Part Number,Comment\n"
                 "U1,1,100-2000,MT41K256M16TW-107:P\n"
                 "U9,1,100-2002,STM32F103C8T6\n",
                 "2 U1 x1 |100-2000 |MT41K256M16TW-107:P\n"
                 "3 U9 x1 |100-2002 |STM32F103C8T6\n");
}

Test(lines, not_fitted_beside_a_designator_or_by_a_sign) {
    expect_lines("Ref,Qty,MPN\nU6 (DNP),1,MT41K64M16\n"
                 "\"R1, R2 (DNP)\",2,RC0402FR-0710KL\n",
                 "2 U6 (DNP) x1 |MT41K64M16 unfitted\n"
                 "3 R1, R2 (DNP) x2 |RC0402FR-0710KL\n");
    expect_lines("Ref,Qty,MPN,NC\nU6,1,MT41K64M16,x\nU7,1,MT41K64M16,\n",
                 "2 U6 x1 |MT41K64M16 unfitted\n3 U7 x1 |MT41K64M16\n");
    expect_lines("Ref,Qty,MPN,未実装\nU6,1,MT41K64M16,○\n"
                 "U7,1,MT41K64M16,\n",
                 "2 U6 x1 |MT41K64M16 unfitted\n3 U7 x1 |MT41K64M16\n");
}

Test(lines, approved_list_in_one_cell) {
    expect_lines("Ref,Qty,Approved Vendor List\n"
                 "U1,1,\"Samsung K4B4G1646E-BYMA\nMicron MT41K256M16TW-107\"\n"
                 "U2,1,Samsung: K4B4G1646E-BYMA; Micron: MT41K256M16TW-107\n",
                 "2 U1 x1 Samsung|K4B4G1646E-BYMA Micron|MT41K256M16TW-107\n"
                 "4 U2 x1 Samsung|K4B4G1646E-BYMA Micron|MT41K256M16TW-107\n");
    expect_lines("Ref,Qty,MPN,Alternates\n"
                 "U1,1,K4B4G1646E-BYMA,"
                 "Micron MT41K256M16TW-107; Winbond W25Q128JVSIQ\n",
                 "2 U1 x1 |K4B4G1646E-BYMA Micron|MT41K256M16TW-107 "
                 "Winbond|W25Q128JVSIQ\n");
    expect_lines("Ref,Qty,Manufacturer,MPN,Approved Alternates\n"
                 "U1,1,Samsung,K4B4G1646E-BYMA,Micron MT41K256M16TW-107\n",
                 "2 U1 x1 Samsung|K4B4G1646E-BYMA Micron|MT41K256M16TW-107\n");
}

/* KiCad libraries have "manf#" and "mpn" for the same. */
Test(lines, part_named_in_two_columns_is_one_part) {
    expect_lines("Ref,Qty,Manf,manf#,mpn\n"
                 "U1,1,Micron,MT41K64M16,MT41K64M16\n"
                 "U2,1,Micron,MT41K64M16,MT41K128M16\n",
                 "2 U1 x1 Micron|MT41K64M16\n"
                 "3 U2 x1 Micron|MT41K64M16 Micron|MT41K128M16\n");
}

Test(lines, number_after_a_slash_is_no_part_of_its_own) {
    expect_parts("TI", "TPS54394 / 2", "TI|TPS54394 / 2");
}

Test(lines, eagles_nameless_designator_makes_a_line) {
    expect_lines("Part,Value,Package\nU$1,,1X10\nC1,10u,C0603\n",
                 "2 U$1 |\n3 C1 |\n");
}

/* A size before the value, tiny resistors, and a sign after the number. */
Test(lines, values_of_all_kinds_are_no_part_numbers) {
    expect_lines("Ref,Qty,MPN/Value\nC1,1,0805 12pF\nR1,1,0R015\nR2,1,220Ω\n"
                 "R3,1,5015\nU1,1,MT41K64M16\n",
                 "2 C1 x1 |\n3 R1 x1 |\n4 R2 x1 |\n5 R3 x1 |5015\n"
                 "6 U1 x1 |MT41K64M16\n");
}

Test(lines, slashes_and_commas_do_not_part_names) {
    expect_parts("VISHAY/DALE", "CRCW04021K00FKED",
                 "VISHAY/DALE|CRCW04021K00FKED");
    expect_parts("ON Semiconductor / Fairchild", "FDC655BN",
                 "ON Semiconductor / Fairchild|FDC655BN");
    expect_parts("ISSI, Integrated Silicon Solution Inc", "IS66WVH16M8",
                 "ISSI, Integrated Silicon Solution Inc|IS66WVH16M8");
    expect_parts("NXP", "BSS138PW,115", "NXP|BSS138PW,115");
    expect_parts("Samsung", "TDA19988BHN/C1,557", "Samsung|TDA19988BHN/C1,557");
}

Test(lines, part_number_in_brackets_is_an_alternate_and_a_package_is_not) {
    expect_parts("Micron", "MT41K512M16HA-125:E (AS4C512M16D3L-12BCN)",
                 "Micron|MT41K512M16HA-125:E |AS4C512M16D3L-12BCN");
    expect_parts("Micron", "MTFC4GACAANA-4M_IT(TBGA100)",
                 "Micron|MTFC4GACAANA-4M_IT(TBGA100)");
    expect_parts("JST", "B2B-XH-AM(LF)(SN)", "JST|B2B-XH-AM(LF)(SN)");
}

/* OLIMEX wraps what is not mounted, and names two memories in one cell. */
Test(lines, wrapped_part_numbers_are_not_fitted_and_not_lost) {
    expect_parts("", "NA(MT29F64G08CBABAWP:BTR)",
                 "|MT29F64G08CBABAWP:BTR unfitted");
    expect_lines("Qty,Value,Device,Parts\n"
                 "1,NA(H27UBG8T2BTR_or_MT29F64G08CBABAWP:BTR(8GB_NAND)),X,U4\n",
                 "2 U4 x1 |H27UBG8T2BTR |MT29F64G08CBABAWP:BTR(8GB_NAND) "
                 "unfitted\n");
}

Test(lines, maker_and_part_number_in_one_cell) {
    expect_lines("Designator,Manufacturer/MPN,Qty\n"
                 "C1,YAGEO CC0402KRX7R7BB104,3\n"
                 "S1,C&K Components KMR231GLFS,1\n"
                 "U2,Texas Instruments SN74LVC1G07DCKR,1\n"
                 "U3,\"Nexperia 74LVC1G07GV,125\",1\n"
                 "X1,\"MTCONN UBAF-06082, FCI 10118192-0001LF\",1\n",
                 "2 C1 x3 YAGEO|CC0402KRX7R7BB104\n"
                 "3 S1 x1 C&K Components|KMR231GLFS\n"
                 "4 U2 x1 Texas Instruments|SN74LVC1G07DCKR\n"
                 "5 U3 x1 Nexperia|74LVC1G07GV,125\n"
                 "6 X1 x1 MTCONN|UBAF-06082 FCI|10118192-0001LF\n");
}

Test(lines, known_maker_before_the_part_number_is_taken_off) {
    expect_parts("", "Micron MT41K64M16", "Micron|MT41K64M16");
    expect_parts("", "LS R976-NR-1", "|LS R976-NR-1");
}

Test(lines, distributor_is_no_maker) {
    expect_parts("Digi-Key", "MT41K256M16TW-107:P-ND",
                 "|MT41K256M16TW-107:P from Digi-Key");
    expect_parts("Mouser", "340-MT41K256M16TW107P",
                 "|MT41K256M16TW107P from Mouser");
    expect_parts("Digi-Key", "557-1234-1-ND", "| from Digi-Key");
}

Test(lines, distributors_number_stands_in_for_a_missing_part_number) {
    expect_lines("Ref,Qty,Value,Digikey Part Number\n"
                 "U1,1,DDR,MT41K256M16TW-107:P-ND\n"
                 "U2,1,DDR,557-1234-1-ND\n"
                 "R1,1,10k,311-10.0KLRCT-ND\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n3 U2 x1 |\n4 R1 x1 |\n");
}

Test(lines, placeholders_say_nothing) {
    static const char *const words[] = {
        "N/A", "n/a", "~~", "-",    "ANY",     "GENERIC", "null",
        "TBD", "AVL", "?",  "任意", "Various", "custom",  "https://a.b/c"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        expect_parts(words[i], words[i], "|");
}

Test(lines, not_fitted_in_whatever_way_it_is_said) {
    static const char *const rows[] = {
        "R1,1,10k,Yageo,RC0402,DNP,\n",
        "R1,1,10k,Yageo,RC0402,,x\n",
        "R1,1,10k,Yageo,RC0402,,1\n",
        "R1,1,10k,Yageo,RC0402,Do not populate,\n",
        "R1,0,10k,Yageo,RC0402,,\n",
        "R1,1,DNP,Yageo,RC0402,,\n",
        "R1,1,10k DNP,Yageo,RC0402,,\n",
        "R1,1,10k/DNF,Yageo,RC0402,,\n",
        "R1,1,NC,Yageo,RC0402,,\n",
        "R1,1,10k,DNP,RC0402,,\n",
        "R1,1,NA(10k),Yageo,RC0402,,\n",
        "R1,1,10k,Yageo,RC0402,NM,\n",
        "R1,DNP,10k,Yageo,RC0402,,\n",
        "R1,1,10k,Yageo,RC0402,nicht bestückt,\n",
        "R1,1,10k,Yageo,RC0402,不贴,\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct strbuf text = {.ptr = NULL};
        strbuf_printf(&text, "Ref,Qty,Value,Manufacturer,MPN,Note,DNP\n%s",
                      rows[i]);
        struct bom_reading reading = suite_read(text.ptr);
        cr_expect(str_ends(str_from(bom_text(&reading.lines)),
                           STR_LIT(" unfitted\n")),
                  "%s: %s", rows[i], bom_text(&reading.lines));
        bom_reading_dispose(&reading);
        strbuf_dispose(&text);
    }
}

Test(lines, fitted_parts_stay_fitted) {
    static const char *const rows[] = {
        "R1,1,10k,Yageo,RC0402,,0\n",
        "R1,1,10k,Yageo,RC0402,,no\n",
        "R1,1,10k,Yageo,RC0402,,\n",
        "R1,10,10k,Yageo,RC0402,,-\n",
        "R1,1,NC7SZ125,onsemi,NC7SZ125P5X,,\n",
        "R1,1,SW NI-100,Yageo,NI-100,,\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct strbuf text = {.ptr = NULL};
        strbuf_printf(&text, "Ref,Qty,Value,Manufacturer,MPN,Note,DNP\n%s",
                      rows[i]);
        struct bom_reading reading = suite_read(text.ptr);
        cr_expect(!str_ends(str_from(bom_text(&reading.lines)),
                            STR_LIT(" unfitted\n")),
                  "%s: %s", rows[i], bom_text(&reading.lines));
        bom_reading_dispose(&reading);
        strbuf_dispose(&text);
    }
}

/* LimeSDR-Mini: "NF(C3 C7)" on a line of three. */
Test(lines, line_of_which_only_some_are_not_fitted_is_fitted) {
    expect_lines("Designator,Quantity,MPN,Assembly Info\n"
                 "\"C3, C7, C9\",3,GRM155R71C104,NF(C3 C7)\n"
                 "\"C4, C5\",2,GRM155R71C105,NF(C4 C5)\n",
                 "2 C3, C7, C9 x3 |GRM155R71C104\n"
                 "3 C4, C5 x2 |GRM155R71C105 unfitted\n");
}

Test(lines, yes_and_no_in_a_column_of_fitted_parts) {
    expect_lines("Ref,Qty,MPN,Mounted\nU1,1,MT41K64M16,Yes\n"
                 "U2,1,MT41K64M16,No\nU3,1,MT41K64M16,\n",
                 "2 U1 x1 |MT41K64M16\n3 U2 x1 |MT41K64M16 unfitted\n"
                 "4 U3 x1 |MT41K64M16\n");
}

Test(lines, value_stands_in_where_it_looks_like_a_part_number) {
    expect_lines("Ref,Qty,Value\nU1,1,MT29F2G01ABAGDWB\nR1,1,10k\nC1,1,4u7\n"
                 "C2,1,100nF/16V\nJ1,1,Conn_01x03\nU2,1,1N4148\n"
                 "TP1,1,TESTPAD40/70\n",
                 "2 U1 x1 |MT29F2G01ABAGDWB\n3 R1 x1 |\n4 C1 x1 |\n"
                 "5 C2 x1 |\n6 J1 x1 |\n7 U2 x1 |1N4148\n8 TP1 x1 |\n");
}

Test(lines, value_stands_in_for_an_empty_part_number_too) {
    expect_lines("Ref,Qty,Value,Mfg,MPN\nU36,1,TLV73312PQDRVRQ1,,\n"
                 "U1,1,DDR,Micron,MT41K64M16\nU2,1,MT41K128M8,Micron,\n",
                 "2 U36 x1 |TLV73312PQDRVRQ1\n3 U1 x1 Micron|MT41K64M16\n"
                 "4 U2 x1 Micron|MT41K128M8\n");
}

/* Altium: the library's own name must not hide the part in "Comment". */
Test(lines, value_is_heard_beside_a_librarys_names) {
    expect_lines("Comment,Designator,LibRef,Quantity\n"
                 "MT41K256M16TW,U1,CMP-12345,1\n"
                 "10k,R1,RES_04020,1\n"
                 "DS90LV032A,U2,DS90LV032ATMTCX/NOPB,1\n",
                 "2 U1 x1 |CMP-12345 |MT41K256M16TW\n"
                 "3 R1 x1 |RES_04020\n"
                 "4 U2 x1 |DS90LV032ATMTCX/NOPB\n");
}

/* KiCad's "Supplier and ref" says neither which, nor that it is the maker. */
Test(lines, maker_and_number_are_heard_under_any_header) {
    expect_lines("Ref,Qty,Value,Where to look\n"
                 "U1,1,DRAM,Micron MT41K256M16TW-107:P\nR1,1,10k,shelf 12\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n3 R1 x1 |\n");
    expect_lines("Ref,Qty,Value,Where to look\n"
                 "U1,1,DDR3L-4G16,Micron MT41K256M16TW-107:P\n",
                 "2 U1 x1 |DDR3L-4G16 Micron|MT41K256M16TW-107:P\n");
    expect_lines("Id;Designator;Package;Quantity;Designation;Supplier and ref\n"
                 "1;U1;BGA;1;DRAM;Micron MT41K256M16TW-107:P\n"
                 "2;R1;0402;1;10k;\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n3 R1 x1 |\n");
}

/* Speeduino: "Connector" for a designator, and the number where the count
   should be. */
Test(lines, part_number_in_the_place_of_the_count_is_a_part) {
    expect_lines("Group,Reference,Quantity,Value,Maker,MPN\n"
                 ",D1,1,Diode,Vishay,1N914TAP\n,R1,2,10k,,\n"
                 "Chassis,Connector,33472-4806,,,\n",
                 "2 D1 x1 Vishay|1N914TAP\n3 R1 x2 |\n"
                 "4 Connector x33472-4806 |33472-4806\n");
}

Test(lines, value_under_a_part_number_header_stays_a_value) {
    expect_lines("Designator,Quantity,MPN/Value\nU1,1,MT41K64M16\nR1,1,10k\n",
                 "2 U1 x1 |MT41K64M16\n3 R1 x1 |\n");
}

Test(lines, part_number_that_a_spreadsheet_damaged_gets_a_note) {
    const char *text = "Ref,Qty,Manufacturer,MPN\nJ1,1,Molex,9.55167E+12\n";
    expect_lines(text, "2 J1 x1 Molex|9.55167E+12\n");
    expect_notes(text, "note damaged-mpn 2\n");
}

Test(lines, dates_and_errors_under_a_part_number_get_a_note) {
    static const char *const damaged[] = {"2020-06-18", "12-Mar", "Mar-12",
                                          "#REF!",      "#N/A",   "3-Dec-21"};
    for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
        struct strbuf text = {.ptr = NULL};
        strbuf_printf(&text, "Ref,Qty,Manufacturer,MPN\nJ1,1,Molex,%s\n",
                      damaged[i]);
        expect_notes(text.ptr, "note damaged-mpn 2\n");
        strbuf_dispose(&text);
    }
    expect_notes("Ref,Qty,Manufacturer,MPN\nJ1,1,Molex,2020-06181\n", "");
}

Test(lines, cells_are_never_retyped) {
    expect_lines("Ref,Qty,Mfr,MPN\nJ1,01,Molex,0022232061\n\"C2,3,6\",3.0,"
                 "Murata,0402\n",
                 "2 J1 x01 Molex|0022232061\n3 C2,3,6 x3.0 Murata|0402\n");
}

Test(lines, line_number_is_where_the_record_starts) {
    expect_lines("Ref,Qty,MPN,Notes\nU1,1,MT41K64M16,\"two\nlines\"\n"
                 "U2,1,MT41K64M16,x\n",
                 "2 U1 x1 |MT41K64M16\n4 U2 x1 |MT41K64M16\n");
}

static const char ragged[] =
    "Item,Qty,Designator,Value,Package,Manufacturer,MPN,Notes\n"
    "1,1,U1,DDR3,BGA,Micron,MT41K256M16TW-107:P,\n"
    "2,1,U3,DDR3,BGA,Micron,MT41K256M16TW-107:P,\n"
    "3,2,Q1,Q2,BSS84,SOT23,Nexperia,BSS84AKV,\n"
    "4,1,U2,DDR3,BGA,Samsung,K4B4G1646E-BYMA,,a surplus note\n"
    "5,1,U4,DDR3,BGA,Micron,MT41K256M16TW-107:P,\n"
    "6,1,U5,DDR3,BGA,Micron,MT41K256M16TW-107:P,\n";

Test(lines, designators_without_quotes_are_put_together_again) {
    struct bom_reading reading = suite_read(ragged);
    struct str lines = str_from(bom_text(&reading.lines));
    cr_expect(str_find(lines, STR_LIT("4 Q1,Q2 x2 Nexperia|BSS84AKV\n")) > 0,
              "%s", lines.ptr);
    cr_expect(str_find(lines, STR_LIT("5 U2 x1 Samsung|K4B4G1646E-BYMA\n")) > 0,
              "%s", lines.ptr);
    bom_reading_dispose(&reading);
}

/* Below "Ref,Qty,Value,Package,Manufacturer,MPN,Supplier,Price". */
Test(lines, shifted_rows_are_read_from_where_they_belong) {
    static const char *const cases[][2] = {
        {"U9,1,DRAM 4Gb, 16 bit,BGA96,Micron,MT41K512M16HA-125:E,stock\n",
         "3 U9 x1 Micron|MT41K512M16HA-125:E\n"},
        {"U9,DRAM,BGA96,Micron,MT41K512M16HA-125:E,stock,5.10\n",
         "3 U9 Micron|MT41K512M16HA-125:E\n"},
        {"U9,1,BGA96,Micron,MT41K512M16HA-125:E,stock,5.10,\n",
         "3 U9 x1 Micron|MT41K512M16HA-125:E\n"},
        {"U9,1,Micron,MT41K512M16HA-125:E,stock,5.10,,\n",
         "3 U9 x1 Micron|MT41K512M16HA-125:E\n"},
        {"1,DRAM,BGA96,Micron,MT41K512M16HA-125:E,stock,5.10\n",
         "3 x1 Micron|MT41K512M16HA-125:E\n"},
        {",U9,1,DRAM,BGA96,Micron,MT41K512M16HA-125:E,stock\n",
         "3 U9 x1 Micron|MT41K512M16HA-125:E\n"},
        {",,U9,1,DRAM,BGA96,Micron,MT41K512M16HA-125:E\n",
         "3 U9 x1 Micron|MT41K512M16HA-125:E\n"},
        {"U8,U9,2,DRAM,BGA96,Micron,MT41K512M16HA-125:E,stock\n",
         "3 U8,U9 x2 Micron|MT41K512M16HA-125:E\n"},
    };
    struct strbuf text = {.ptr = NULL}, lines = {.ptr = NULL};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        strbuf_clear(&text);
        strbuf_clear(&lines);
        strbuf_printf(&text,
                      "Ref,Qty,Value,Package,Manufacturer,MPN,Note,Price\n"
                      "U1,1,DRAM,BGA96,Micron,MT41K256M16TW-107:P,stock,5\n"
                      "%sR1,1,10k,R0402,Yageo,RC0402FR-0710KL,stock,1\n",
                      cases[i][0]);
        strbuf_printf(&lines,
                      "2 U1 x1 Micron|MT41K256M16TW-107:P\n"
                      "%s4 R1 x1 Yageo|RC0402FR-0710KL\n",
                      cases[i][1]);
        struct bom_reading reading = suite_read(text.ptr);
        cr_expect_str_eq(bom_text(&reading.lines), lines.ptr, "%s%s",
                         cases[i][0], bom_text(&reading.lines));
        cr_expect_str_eq(bom_text(&reading.diagnostics), "note shifted-row 3\n",
                         "%s", cases[i][0]);
        bom_reading_dispose(&reading);
    }
    strbuf_dispose(&text);
    strbuf_dispose(&lines);
}

/* Odd, but nothing fits better elsewhere, or more than one thing does. */
Test(lines, rows_that_are_only_odd_stay_as_they_are) {
    static const char *const rows[] = {
        "U9,A/R,DRAM,BGA96,Micron,MT41K512M16HA-125:E,Mouser,5.10\n",
        "U9,1,Micron,BGA96,Hynix or equivalent 2,see AVL,Mouser,5.10\n",
        "U9,1,DRAM,BGA96,3M,see the drawing,Mouser,5.10\n",
        "U9,1,DRAM,BGA96,Micron,tbd,Mouser,5.10\n",
    };
    struct strbuf text = {.ptr = NULL};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        strbuf_clear(&text);
        strbuf_printf(&text,
                      "Ref,Qty,Value,Package,Manufacturer,MPN,Supplier,Price\n"
                      "U1,1,DRAM,BGA96,Micron,MT41K256M16TW-107:P,Mouser,5\n"
                      "%s",
                      rows[i]);
        struct bom_reading reading = suite_read(text.ptr);
        cr_expect_eq(reading.count, 2);
        cr_expect_str_eq(bom_text(&reading.diagnostics), "", "%s: %s", rows[i],
                         bom_text(&reading.messages));
        bom_reading_dispose(&reading);
    }
    strbuf_dispose(&text);
}

Test(lines, zeros_that_a_spreadsheet_dropped_are_told_of) {
    const char *text = "Ref,Manufacturer,MPN\nJ1,Molex,430450212\n"
                       "J2,Molex LLC,22232061\nJ3,Molex,0430450212\n"
                       "J4,Molex,5033981892\nJ5,Harwin,430450212\n"
                       "J6,Molex,43045-0212\n";
    expect_notes(text, "note damaged-mpn 2\nnote damaged-mpn 3\n");
}

/* An odd part number, and the empty cell of an alternate before its maker. */
Test(lines, a_row_without_an_alternate_is_not_shifted) {
    const char *text =
        "Ref\tManufacturer 2\tManufacturer 1\tMPN 1\tQty\tMPN 2\n"
        "U1\t\tTexas Instruments\tLM358DR\t1 pcs\t\n"
        "J1\t\tHirose\tFH12-20S-0.5SH(55)\t1 pcs\t\n"
        "U2\tSamsung\tMicron\tMT41K256M16TW\t1 pcs\tK4B4G1646E\n";
    expect_lines(text, "2 U1 x1 pcs Texas Instruments|LM358DR\n"
                       "3 J1 x1 pcs Hirose|FH12-20S-0.5SH(55)\n"
                       "4 U2 x1 pcs Micron|MT41K256M16TW "
                       "Samsung|K4B4G1646E\n");
}

Test(lines, ragged_rows_are_told_of) {
    expect_notes(ragged, "note ragged-row 4\nnote ragged-row 5\n");
}

Test(lines, row_that_lacks_cells_is_told_of) {
    expect_notes("Ref,Qty,Manufacturer,MPN,Description\n"
                 "U7,1,Micron\n"
                 "U9,1,ST,STM32F103C8T6,x\n"
                 "U10,1,ST,STM32F103C8T6\n"
                 "U11,1,ST,STM32F103C8T6,x\n"
                 "U12,1,ST,STM32F103C8T6,x\n",
                 "note ragged-row 2\n");
}

Test(lines, surplus_cell_never_spoils_a_count) {
    expect_lines("Ref,Qty,Manufacturer,MPN,Description\n"
                 "U9,1,ST,STM32F103C8T6,x\n"
                 "U8,1,,Micron,MT29F2G01ABAGDWB,x\n"
                 "U6,1,Samsung, Micron,K4B4G1646E-BYMA,x\n"
                 "U7,1,ST,STM32F103C8T6,x\n",
                 "2 U9 x1 ST|STM32F103C8T6\n"
                 "3 U8 x1 Micron|MT29F2G01ABAGDWB\n"
                 "4 U6 x1 Samsung,Micron|K4B4G1646E-BYMA\n"
                 "5 U7 x1 ST|STM32F103C8T6\n");
}

Test(lines, short_rows_are_read_as_far_as_they_go) {
    expect_lines("ref;value;Mfr;MPN;Note\nC1;33pF\nU1;x;Micron;MT41K64M16\n",
                 "2 C1 |\n3 U1 Micron|MT41K64M16\n");
}

Test(lines, line_that_names_a_thousand_alternates_is_bounded) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "Ref,Qty,MPN\nU1,1,MT41K64M16\n");
    for (int i = 0; i < 1500; i++)
        strbuf_printf(&text, ",,MT41K%dM8\n", i);
    struct bom_reading reading = suite_read(text.ptr);
    cr_expect_eq(reading.count, 1);
    cr_expect(str_starts(str_from(bom_text(&reading.diagnostics)),
                         STR_LIT("lost too-many-parts 1002\n")),
              "%s", bom_text(&reading.diagnostics));
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

Test(lines, text_that_was_encoded_twice_is_read_as_meant_and_told_once) {
    static const char text[] = "QuantitÃ©,RÃ©fÃ©rence,Fabricant,MPN\n"
                               "1,U1,ç¾Žå…‰,MT41K256M16TW-107:P\n"
                               "1,R1,å›½å·¨,RC0402FR-0710KL\n";
    expect_lines(text, "2 U1 x1 美光|MT41K256M16TW-107:P\n"
                       "3 R1 x1 国巨|RC0402FR-0710KL\n");
    expect_notes(text, "note mended-encoding 1\n");
    expect_lines("Ref,Qty,Maker,MPN\nU1,1,MÃƒÂ¤rÃƒÂ¶,W25Q128JVSIQ\n",
                 "2 U1 x1 Märö|W25Q128JVSIQ\n");
}

Test(lines, an_encoding_that_is_a_guess_is_said_to_be_one) {
    expect_notes("Ref,Qty,MPN,Note\nU1,1,MT41K64M16,x\n"
                 "U2,1,MT41K64M16,\xd8\xda\xb0\n",
                 "note guessed-encoding 3\n");
    expect_notes("Ref,Qty,MPN,Note\nU1,1,MT41K64M16,2.2\xb5"
                 "F\n",
                 "");
}
