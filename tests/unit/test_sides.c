#include "core/mem.h"
#include "bom_suite.h"

TestSuite(sides, .timeout = 30, .init = suite_set_up, .fini = suite_tear_down);

Test(sides, table_beside_another_has_lines_of_its_own) {
    struct bom_reading reading =
        suite_read("Ref,Qty,MPN,Manufacturer,,Ref,Qty,MPN,Manufacturer\n"
                   "U1,1,MT41K256M16TW-107:P,Micron,,J1,2,43650-0200,Molex\n"
                   "C1,2,GRM155R71C104KA88D,Murata,,M1,4,SKU-4412,Bossard\n"
                   "U2,1,K4B4G1646E-BCMA,Samsung,,,,,\n");
    cr_expect_str_eq(bom_text(&reading.lines),
                     "2 U1 x1 Micron|MT41K256M16TW-107:P\n"
                     "2 J1 x2 Molex|43650-0200\n"
                     "3 C1 x2 Murata|GRM155R71C104KA88D\n"
                     "3 M1 x4 Bossard|SKU-4412\n"
                     "4 U2 x1 Samsung|K4B4G1646E-BCMA\n");
    cr_expect_str_eq(bom_text(&reading.diagnostics), "note side-by-side 1\n");
    cr_expect_str_eq(bom_text(&reading.columns),
                     "refdes=Ref quantity=Qty mpn=MPN "
                     "manufacturer=Manufacturer refdes=Ref quantity=Qty "
                     "mpn=MPN manufacturer=Manufacturer");
    bom_reading_dispose(&reading);
}

Test(sides, no_empty_column_need_part_them) {
    expect_lines("Designator;Qty;MPN;Designator;Qty;MPN\n"
                 "U1;1;MT41K256M16TW-107:P;R1, R2;2;RC0402FR-0710KL\n"
                 ";;;R3;1;RC0402FR-071KL\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n"
                 "2 R1, R2 x2 |RC0402FR-0710KL\n"
                 "3 R3 x1 |RC0402FR-071KL\n");
}

Test(sides, tables_of_different_columns) {
    expect_lines("Reference\tQty\tManufacturer\tMPN\t\t\tMechanics\tAmount\n"
                 "U1\t1\tMicron\tMT41K256M16TW-107:P\t\t\tScrew M3x8\t4\n"
                 "C1\t2\tMurata\tGRM155R71C104KA88D\t\t\tWasher M3\t4\n"
                 "U2\t2\tSamsung\tK4B4G1646E-BCMA\t\t\t\t\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "2 x4 |\n"
                 "3 C1 x2 Murata|GRM155R71C104KA88D\n"
                 "3 x4 |\n"
                 "4 U2 x2 Samsung|K4B4G1646E-BCMA\n");
}

Test(sides, item_numbers_may_stand_before_a_name_that_nobody_knows) {
    expect_lines("Pos;Anzahl;Hersteller;MPN;;Pos;Anzahl;Mechanik\n"
                 "1;1;Micron;MT41K256M16TW-107:P;;1;4;Schraube M3x8\n"
                 "2;2;Murata;GRM155R71C104KA88D;;2;4;Mutter M3\n"
                 "3;1;Yageo;RC0402FR-0710KL;;;;\n",
                 "2 x1 Micron|MT41K256M16TW-107:P\n2 x4 |\n"
                 "3 x2 Murata|GRM155R71C104KA88D\n3 x4 |\n"
                 "4 x1 Yageo|RC0402FR-0710KL\n");
}

Test(sides, header_of_the_second_table_may_stand_further_down) {
    expect_lines("Electronics,,,,,,,\n"
                 "Ref,Qty,MPN,Manufacturer,,Mechanics,,\n"
                 "U1,1,MT41K256M16TW-107:P,Micron,,Item,Qty,Note\n"
                 "C1,2,GRM155R71C104KA88D,Murata,,Screw M3x8,4,\n"
                 "R1,1,RC0402FR-0710KL,Yageo,,Nut M3,4,\n",
                 "3 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "4 C1 x2 Murata|GRM155R71C104KA88D\n4 x4 |\n"
                 "5 R1 x1 Yageo|RC0402FR-0710KL\n5 x4 |\n");
    expect_lines("Ref;Qty;MPN\n"
                 "U1;1;MT41K256M16TW-107:P\n"
                 "C1;2;GRM155R71C104KA88D;;Ref;Qty;MPN\n"
                 "R1;1;RC0402FR-0710KL;;J1;1;43650-0200\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n"
                 "3 C1 x2 |GRM155R71C104KA88D\n"
                 "4 R1 x1 |RC0402FR-0710KL\n4 J1 x1 |43650-0200\n");
}

Test(sides, longer_table_may_be_the_second_one) {
    expect_lines("数量,型号,品牌,,数量,型号,品牌\n"
                 "1,MT41K256M16TW-107:P,Micron,,10,GRM155R71C104KA88D,Murata\n"
                 ",,,,20,RC0402FR-0710KL,Yageo\n",
                 "2 x1 Micron|MT41K256M16TW-107:P\n"
                 "2 x10 Murata|GRM155R71C104KA88D\n"
                 "3 x20 Yageo|RC0402FR-0710KL\n");
}

Test(sides, alternates_below_belong_to_their_own_side) {
    expect_lines("Ref,Qty,MPN,Manufacturer,,Ref,Qty,MPN,Manufacturer\n"
                 "U1,1,MT41K256M16TW-107:P,Micron,,J1,2,43650-0200,Molex\n"
                 ",,K4B4G1646E-BCMA,Samsung,,M1,4,SKU-4412,Bossard\n"
                 "U2,1,TPS62130RGTR,TI,,M2,1,SKU-4413,Bossard\n"
                 "U3,1,TPS62131RGTR,TI,,,,SKU-4414,Bossard\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P "
                 "Samsung|K4B4G1646E-BCMA@3\n"
                 "2 J1 x2 Molex|43650-0200\n"
                 "3 M1 x4 Bossard|SKU-4412\n"
                 "4 U2 x1 TI|TPS62130RGTR\n"
                 "4 M2 x1 Bossard|SKU-4413 Bossard|SKU-4414@5\n"
                 "5 U3 x1 TI|TPS62131RGTR\n");
}

Test(sides, table_below_one_side_changes_only_that_side) {
    expect_lines("Ref,Qty,MPN,,Ref,Qty,MPN\n"
                 "U1,1,MT41K256M16TW-107:P,,J1,2,43650-0200\n"
                 "U2,1,TPS62130RGTR,,MPN,Qty,Ref\n"
                 "U3,1,TPS62131RGTR,,43650-0300,1,J3\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n"
                 "2 J1 x2 |43650-0200\n"
                 "3 U2 x1 |TPS62130RGTR\n"
                 "4 U3 x1 |TPS62131RGTR\n"
                 "4 J3 x1 |43650-0300\n");
}

Test(sides, single_table_may_follow_and_split_again) {
    expect_lines("Ref,Qty,MPN,,Ref,Qty,MPN\n"
                 "U1,1,MT41K256M16TW-107:P,,J1,2,43650-0200\n"
                 "\n"
                 "MPN,Manufacturer,Qty,Ref,Description,Package,Price\n"
                 "MT41K256M16TW-107:P,Micron,1,U5,DRAM,BGA,1.00\n"
                 "\n"
                 "Ref,Qty,MPN,,Ref,Qty,MPN\n"
                 "U7,1,MT41K256M16TW-107:P,,J7,2,43650-0200\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n"
                 "2 J1 x2 |43650-0200\n"
                 "5 U5 x1 Micron|MT41K256M16TW-107:P\n"
                 "8 U7 x1 |MT41K256M16TW-107:P\n"
                 "8 J7 x2 |43650-0200\n");
}

Test(sides, many_rows_beside_each_other) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "Ref,Qty,MPN,,Ref,Qty,MPN\n");
    for (int i = 1; i <= 3000; i++)
        strbuf_printf(&text, "U%d,1,TPS621%04d,,%s%d,,RC0402FR-%04d\n", i, i,
                      i == 1 ? "R" : "", i, i);
    struct bom_reading reading = suite_read(text.ptr);
    cr_expect_eq(reading.count, 6000, "%u", reading.count);
    bom_reading_dispose(&reading);
    strbuf_dispose(&text);
}

/* One row has all that is said of its part. */
Test(sides, further_makers_prices_and_designators_are_no_tables) {
    static const char *const texts[] = {
        "Ref,Qty,Manufacturer,MPN,Manufacturer,MPN\n"
        "U1,1,Micron,MT41K256M16TW-107:P,Samsung,K4B4G1646E-BCMA\n"
        "U2,1,Micron,MT41K512M16TW-107:P,Samsung,K4B8G1646E-BCMA\n",
        "Ref,Qty,Manufacturer 1,MPN 1,,Manufacturer 2,MPN 2\n"
        "U1,1,Micron,MT41K256M16TW-107:P,,Samsung,K4B4G1646E-BCMA\n"
        "U2,1,Micron,MT41K512M16TW-107:P,,,\n",
        "Ref,Qty,Manufacturer,MPN,,Digi-Key PN,Qty,Price\n"
        "U1,1,Micron,MT41K256M16TW-107:P,,557-1234-1-ND,10,1.20\n"
        "U2,1,Micron,MT41K512M16TW-107:P,,557-1235-1-ND,10,1.30\n",
        "Top Ref,Bottom Ref,Qty,Manufacturer,MPN\n"
        "U1,U3,2,Micron,MT41K256M16TW-107:P\n"
        "U2,U4,2,Micron,MT41K512M16TW-107:P\n",
        "Designator,MPN,Manufacturer,Qty,Reference,Value,Total Qty\n"
        "U1,MT41K256M16TW-107:P,Micron,1,U1,MT41K256M16TW-107:P,10\n"
        "U2,MT41K512M16TW-107:P,Micron,1,U2,MT41K512M16TW-107:P,10\n",
        "Ref,Qty,MPN,Manufacturer,,Checked,Total\n"
        "U1,1,MT41K256M16TW-107:P,Micron,,by hand,10\n"
        "U2,1,MT41K512M16TW-107:P,Micron,,,\n",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct bom_reading reading = suite_read(texts[i]);
        cr_expect_eq(reading.count, 2, "case %zu: %s", i,
                     bom_text(&reading.lines));
        bom_reading_dispose(&reading);
    }
}

Test(sides, user_maps_a_header_of_one_side) {
    struct bom_reading reading;
    const struct bom_map maps[] = {{BOM_MPN, "Thing"}, {BOM_MPN, "MPN"}};
    struct bom_options options = {
        .rules = suite_rules, .no_digest = true, .maps = maps, .map_count = 2};
    cr_assert(read_bom(&reading,
                       "Ref,Qty,MPN,,Ref,Qty,Thing\n"
                       "U1,1,MT41K256M16TW-107:P,,J1,2,43650\n"
                       "U2,1,MT41K512M16TW-107:P,,J2,2,43651\n",
                       &options));
    cr_expect_str_eq(bom_text(&reading.lines),
                     "2 U1 x1 |MT41K256M16TW-107:P\n2 J1 x2 |43650\n"
                     "3 U2 x1 |MT41K512M16TW-107:P\n3 J2 x2 |43651\n");
    bom_reading_dispose(&reading);
}

/* Either it fails, or what it gives is all of it. */
Test(sides, running_out_of_memory_never_loses_a_line) {
    const char *text = "Ref,Qty,MPN,,Ref,Qty,MPN\n"
                       "U1,1,MT41K256M16TW-107:P,,J1,2,43650-0200\n"
                       "U2,1,TPS62130RGTR,,MPN,Qty,Ref\n"
                       "U3,1,TPS62131RGTR,,43650-0300,1,J3\n";
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
