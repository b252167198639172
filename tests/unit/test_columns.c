#include <criterion/criterion.h>

#include "bom/columns.h"
#include "read_bom.h"

static struct ruleset *rules;
static struct bom_words words;

static void set_up(void) {
    struct err err = ERR_INIT;
    rules = bom_test_rules(BOMGATE_SOURCE_DIR, &err);
    cr_assert(rules != NULL, "%s", err.msg);
    cr_assert(words_init(&words, rules, &err));
}

static void tear_down(void) {
    words_dispose(&words);
    ruleset_close(rules);
}

TestSuite(columns, .timeout = 30, .init = set_up, .fini = tear_down);

static struct bom_reading read_mapped(const char *text,
                                      const struct bom_map *maps,
                                      size_t count) {
    struct bom_reading reading;
    struct bom_options options = {
        .rules = rules, .maps = maps, .map_count = count, .no_digest = true};
    bool ok = read_bom(&reading, text, &options);
    cr_assert(ok, "%s", reading.err.msg);
    return reading;
}

static void expect_columns(const char *text, const char *columns) {
    struct bom_reading reading = read_mapped(text, NULL, 0);
    cr_expect_str_eq(bom_text(&reading.columns), columns);
    bom_reading_dispose(&reading);
}

static void expect_lines(const char *text, const char *lines) {
    struct bom_reading reading = read_mapped(text, NULL, 0);
    cr_expect_str_eq(bom_text(&reading.lines), lines);
    bom_reading_dispose(&reading);
}

/* Every name was seen in a real file. "?" behind the field: it may be this. */
static const struct {
    const char *header, *field;
} names[] = {
    {"Manufacturer", "manufacturer"},
    {"MANUFACTURER_NAME", "manufacturer"},
    {"Manufacturer_Name", "manufacturer"},
    {" MFG", "manufacturer"},
    {"Mfg.", "manufacturer"},
    {"MFR", "manufacturer"},
    {"MANU", "manufacturer"},
    {"MF", "manufacturer"},
    {"Mfg Name", "manufacturer"},
    {"Manufacturer 4", "manufacturer"},
    {"MFG4", "manufacturer"},
    {"Mfg_1", "manufacturer"},
    {"Alternate Mfg 2", "manufacturer"},
    {"AManufacturer", "manufacturer"},
    {"Design Manufacturer", "manufacturer"},
    {"mfg_product-variant:85F/4G", "manufacturer"},
    {"mfg_board-variant:25F", "manufacturer"},
    {"Rif.", "refdes"},
    {"零件位置", "refdes"},
    {"위치", "refdes"},
    {"Liczba sztuk", "quantity"},
    {"单机用量", "quantity"},
    {"Paese d'origine", "origin"},
    {"COO of Manufacturer", "origin"},
    {"Manufacturing Country", "origin"},
    {"NC", "not-fitted"},
    {"Hersteller", "manufacturer"},
    {"Fabricant", "manufacturer"},
    {"Fabricante", "manufacturer"},
    {"Produttore", "manufacturer"},
    {"Producent", "manufacturer"},
    {"品牌", "manufacturer"},
    {"制造商", "manufacturer"},
    {"製造商", "manufacturer"},
    {"メーカー", "manufacturer"},
    {"제조사", "manufacturer"},
    {"Производитель", "manufacturer"},
    {"制造商 Manufacturer", "manufacturer"},
    {"Manufacturer (optional)", "manufacturer"},
    {"MANUFACTURER #", "mpn"},
    {"manf#", "mpn"},
    {"MFG#", "mpn"},
    {"MPN", "mpn"},
    {"MPN2", "mpn"},
    {"AMPN", "mpn"},
    {"MP", "mpn"},
    {"MFG PN", "mpn"},
    {"Mfg Part Num", "mpn"},
    {"Mfr Part number", "mpn"},
    {"Mfr. Part #", "mpn"},
    {"Mfr.Part.No.", "mpn"},
    {"Manufacture P/N", "mpn"},
    {"Manufacturer Part", "mpn"},
    {"ManufacturerPartNumber", "mpn"},
    {"MANUFACTURER PART NUMBER", "mpn"},
    {"Manufacturer Part Number 1", "mpn"},
    {"Manufacturer1 Part Number", "mpn"},
    {"Manuf reference", "mpn"},
    {"Alternate MPN", "mpn"},
    {"Manufacturer\nPart Number", "mpn"},
    {"MPN/Value", "mpn"},
    {"Herstellerteilenummer", "mpn"},
    {"Hersteller-Nr.", "mpn"},
    {"Référence fabricant", "mpn"},
    {"Número de parte del fabricante", "mpn"},
    {"Codice produttore", "mpn"},
    {"Numer producenta", "mpn"},
    {"型号/规格", "mpn"},
    {"型号 / 规格", "mpn"},
    {"规格型号", "mpn"},
    {"製造商料號", "mpn"},
    {"メーカー型番", "mpn"},
    {"제조사 부품번호", "mpn"},
    {"Артикул производителя", "mpn"},
    {"Part Number", "mpn?"},
    {"PartNumber", "mpn?"},
    {"Part # ", "mpn?"},
    {"PN_1", "mpn?"},
    {"LibRef", "mpn?"},
    {"Vendor", "manufacturer?"},
    {"Supplier", "distributor?"},
    {"Embest P/N", "ipn?"},
    {"BL Part Number", "ipn?"},
    {"Internal Part Number", "ipn"},
    {"MYPN", "ipn"},
    {"MRP", "ipn"},
    {"Country of Origin", "origin"},
    {"COO", "origin"},
    {"Ursprungsland", "origin"},
    {"MP_N2", "mpn"},
    {"M P N", "mpn"},
    {"Manu_facturer 3", "manufacturer"},
    {"Manufactuer", "manufacturer"},
    {"Manfacturer Part Number", "mpn"},
    {"Desciption", "description"},
    {"Quanitty", "quantity"},
    {"Digike_y3", "distributor-pn"},
    {"D.N.P.", "not-fitted"},
    {"Preference", ""},
    {"Distributor", "distributor"},
    {"DISTRIBUTOR #", "distributor-pn"},
    {"Supplier Part Number 1", "distributor-pn"},
    {"Digikey P/N", "distributor-pn"},
    {"digikey part num", "distributor-pn"},
    {"Mouser", "distributor-pn"},
    {"LCSC Part Number", "distributor-pn"},
    {"JLCPCB Part #（optional）", "distributor-pn"},
    {"szlcsc_partnumber", "distributor-pn"},
    {"SN-DK", "distributor-pn"},
    {"Qty", "quantity"},
    {"Qty.", "quantity"},
    {"Quantity Per PCB", "quantity"},
    {"Stk.", "quantity"},
    {"Кол-во", "quantity"},
    {"Reference(s)", "refdes"},
    {"Ref Des", "refdes"},
    {"RefDes", "refdes"},
    {"Location", "refdes"},
    {"位号", "refdes"},
    {"Part Description", "description"},
    {"PCB Footprint", "footprint"},
    {"Level", "level"},
    {"DNP", "not-fitted"},
    {"Install Option", "fitted"},
    {"#", "item"},
    {"No.", "item"},
    {"Item #", "item?"},
    {"Datasheet", ""},
    {"MNF1_URL", ""},
    {"Manufacturer Link", ""},
    {"Price", ""},
    {"Quantity of things that nobody counts", ""},
};

Test(columns, every_name_seen_in_real_files_is_understood) {
    struct arena arena = {.chunks = NULL};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct header header;
        struct str wanted = str_from(names[i].field);
        bool may_be = str_ends(wanted, STR_LIT("?"));
        if (may_be)
            wanted.len--;
        header_read(&words, &arena, str_from(names[i].header), &header);
        enum header_strength least = may_be ? HEADER_WEAK : HEADER_STRONG;
        if (wanted.len == 0)
            cr_expect(header.strength <= HEADER_OTHER, "\"%s\" is taken for %s",
                      names[i].header, bom_field_name(header.fields[0]));
        else
            cr_expect(header.strength == least &&
                          header_means(&header, bom_field_parse(wanted)),
                      "\"%s\" is no %s", names[i].header, names[i].field);
    }
    arena_dispose(&arena);
}

Test(columns, field_names_are_read_back) {
    for (unsigned field = 0; field < BOM_FIELD_COUNT; field++) {
        const char *name = bom_field_name((enum bom_field)field);
        cr_expect_eq(bom_field_parse(str_from(name)), field, "%s", name);
    }
    cr_expect_eq(bom_field_parse(STR_LIT("distributor_pn")),
                 BOM_DISTRIBUTOR_PN);
    cr_expect_eq(bom_field_parse(STR_LIT("colour")), BOM_FIELD_COUNT);
    cr_expect_eq(bom_field_parse(STR_LIT("mp")), BOM_FIELD_COUNT);
}

Test(columns, country_of_origin_is_no_quantity) {
    expect_columns("Country of Origin,Manufacturer,Manufacturer Part Number\n"
                   "TW,Micron,MT41K64M16\n",
                   "origin=Country of Origin manufacturer=Manufacturer "
                   "mpn=Manufacturer Part Number");
}

Test(columns, makers_in_the_vendor_column_make_it_the_manufacturer) {
    expect_columns("Item,Qty,Ref,Vendor,Part Number\n"
                   "1,1,U1,MICRON,MT41K64M16\n2,1,U2,SAMSUNG,K4B4G1646E\n",
                   "item=Item quantity=Qty refdes=Ref manufacturer=Vendor "
                   "mpn=Part Number");
}

Test(columns, distributors_in_the_vendor_column_make_it_the_distributor) {
    expect_columns("Item,Qty,Ref,Vendor,Part Number\n"
                   "1,1,U1,Digi-Key,557-1788-ND\n2,1,U2,Mouser,710-1234-ND\n",
                   "item=Item quantity=Qty refdes=Ref distributor=Vendor "
                   "distributor-pn=Part Number");
}

Test(columns, part_number_beside_the_makers_number_is_the_companys_own) {
    expect_columns("Ref,Qty,PN,Manufacturer,Manufacturer Part Number\n"
                   "U1,1,303030040,Micron,MT41K64M16\n"
                   "U2,1,303030041,Samsung,K4B4G1646E\n",
                   "refdes=Ref quantity=Qty ipn=PN manufacturer=Manufacturer "
                   "mpn=Manufacturer Part Number");
}

Test(columns, vendor_part_number_is_not_the_makers) {
    expect_columns("Ref,Qty,Vendor,Vendor Part Number,Manufacturer,MPN\n"
                   "U1,1,DigiKey,557-1234-1-ND,Micron,MT41K64M16\n",
                   "refdes=Ref quantity=Qty distributor=Vendor "
                   "distributor-pn=Vendor Part Number "
                   "manufacturer=Manufacturer mpn=MPN");
}

/* hackrf-one.bom.csv */
Test(columns, header_that_is_one_name_short_is_moved_over) {
    expect_lines("Ref,Value,Qty,Description,Manufacturer,Note,Part Number,\n"
                 "C1,33pF,2,,CAP CER 33PF 50V 5%,Murata, ,GRM1555C1H330JA01D\n"
                 "C2,10nF,1,,CAP CER 10NF 16V X7R,Murata, ,GRM155R71C103KA01D\n"
                 "U1,MEM,1,,IC FLASH 8 SOIC SMD,Winbond, ,W25Q80BVSSIG\n",
                 "2 C1 x2 Murata|GRM1555C1H330JA01D\n"
                 "3 C2 x1 Murata|GRM155R71C103KA01D\n"
                 "4 U1 x1 Winbond|W25Q80BVSSIG\n");
}

/* jawbreaker-bom.csv */
Test(columns, cells_tell_what_columns_without_a_telling_name_hold) {
    struct bom_reading reading =
        read_mapped("ref;value;Field1;Field2;Field3\n"
                    "C1;33pF;Murata;GRM1555C1H330JZ01D;CAP CER 33PF 50V\n"
                    "C2;10nF;Murata;GRM155R71C103KA01D;CAP CER 10NF 16V\n"
                    "C3;33pF;Taiyo Yuden;UMK105CG8R2DV-F;CAP CER 8.2PF 50V\n",
                    NULL, 0);
    cr_expect_str_eq(bom_text(&reading.columns),
                     "refdes=ref value=value manufacturer=Field1 mpn=Field2 "
                     "description=Field3");
    bom_reading_dispose(&reading);
}

Test(columns, maker_and_part_number_filled_in_the_wrong_way_round) {
    expect_lines("Ref,Qty,Manufacturer,MPN\n"
                 "U1,1,MT41K256M16TW-107:P,Micron\n"
                 "C1,1,GRM155R71C104KA88D,Murata\n",
                 "2 U1 x1 Micron|MT41K256M16TW-107:P\n"
                 "3 C1 x1 Murata|GRM155R71C104KA88D\n");
}

Test(columns, numbered_makers_and_part_numbers_belong_together) {
    expect_lines("Ref,Qty,MPN,MPN 2,MPN 3,Manufacturer 3,Manufacturer 2,"
                 "Manufacturer\n"
                 "U1,1,MT41K64M16,K4B4G1646E,H5TC4G63,SK Hynix,Samsung,"
                 "Micron\n",
                 "2 U1 x1 Micron|MT41K64M16 Samsung|K4B4G1646E "
                 "SK Hynix|H5TC4G63\n");
}

/* A library with some eighty columns, filled in over years. */
Test(columns, wide_lists_pair_by_number_in_whatever_order) {
    expect_lines(
        "Ref,MPN4,MNF1_URL,MFG_3,Digike_y3,MP_N2,MNF2,Value,MNF4,Digikey1,MNF1,"
        "MPN,Qty,MP_N3,MNF2_URL\n"
        "U1,W631GG6KB,http://a,SK Hynix,H5TC-ND,K4B4G1646E,Samsung,DDR3,"
        "Winbond,557-ND,Micron,MT41K64M16,1,H5TC4G63EFR,http://b\n"
        "U2,,,,,K4B2G1646F,Samsung,DDR3,,,Micron,MT41K128M16,2,,\n",
        "2 U1 x1 Micron|MT41K64M16 Samsung|K4B4G1646E SK Hynix|H5TC4G63EFR "
        "Winbond|W631GG6KB\n"
        "3 U2 x2 Micron|MT41K128M16 Samsung|K4B2G1646F\n");
    expect_lines("Ref,Qty,MPN3,Manufacturer,MPN,Manufacturer3,MPN2\n"
                 "U1,1,H5TC4G63,Micron,MT41K64M16,SK Hynix,K4B4G1646E\n",
                 "2 U1 x1 Micron|MT41K64M16 |K4B4G1646E SK Hynix|H5TC4G63\n");
}

/* What the names have in common is how they are written. */
Test(columns, headers_that_differ_in_case_hold_what_their_cells_say) {
    expect_lines("Qty,Parts,MFG,Mfg\n"
                 "1,U1,Micron,MT41K64M16\n2,U2,Winbond,W25Q128JVSIQ\n",
                 "2 U1 x1 Micron|MT41K64M16\n3 U2 x2 Winbond|W25Q128JVSIQ\n");
    expect_columns("Qty,Parts,MFG,MPN,Mfg\n"
                   "1,U1,10023,MT41K64M16,Micron\n"
                   "2,U2,10077,W25Q128JVSIQ,Winbond\n",
                   "quantity=Qty refdes=Parts ipn=MFG mpn=MPN "
                   "manufacturer=Mfg");
    expect_lines("Qty,Parts,MPN,Mpn\n"
                 "1,U1,Micron,MT41K64M16\n2,U2,Winbond,W25Q128JVSIQ\n",
                 "2 U1 x1 Micron|MT41K64M16\n3 U2 x2 Winbond|W25Q128JVSIQ\n");
    expect_columns("Qty,Parts,MPN,VEND1,vend1\n"
                   "1,U1,MT41K64M16,Digi-Key,557-1234-1-ND\n"
                   "2,U2,W25Q128JVSIQ,Digi-Key,W25Q128JVSIQ-ND\n",
                   "quantity=Qty refdes=Parts mpn=MPN distributor=VEND1 "
                   "distributor-pn=vend1");
    expect_lines("Qty;Value;Device;Parts;VALUE\n"
                 "1;DDR3;DRAM;U1;MT41K256M16TW-107:P\n"
                 "2;10k;R-EU_R0603;R1, R2;\n",
                 "2 U1 x1 |MT41K256M16TW-107:P\n3 R1, R2 x2 |\n");
}

Test(columns, two_columns_of_makers_are_both_read) {
    expect_lines("Qty,Parts,MFG,MPN,Mfg\n"
                 "1,U1,Micron,MT41K64M16,Winbond\n"
                 "2,U2,,W25Q128JVSIQ,Winbond\n",
                 "2 U1 x1 Micron|MT41K64M16 Winbond|\n"
                 "3 U2 x2 |W25Q128JVSIQ Winbond|\n");
}

Test(columns, same_names_again_are_further_pairs) {
    expect_lines("Ref,Qty,Manufacturer,MPN,Manufacturer,MPN\n"
                 "U1,1,Micron,MT41K64M16,Samsung,K4B4G1646E\n"
                 "U2,1,Micron,MT41K64M16,,\n",
                 "2 U1 x1 Micron|MT41K64M16 Samsung|K4B4G1646E\n"
                 "3 U2 x1 Micron|MT41K64M16\n");
}

Test(columns, alternates_need_not_stand_beside_each_other) {
    expect_lines(
        "Ref,Qty,Part Number,Alternate Part Number 1,Mfg.,Alternate Mfg 1\n"
        "U7,1,K4B4G1646E-BYK0,EDJ4216EFBG-DJ-F,Samsung,Elpida\n",
        "2 U7 x1 Samsung|K4B4G1646E-BYK0 Elpida|EDJ4216EFBG-DJ-F\n");
}

Test(columns, variant_columns_are_a_pair) {
    expect_lines("Ref,Qty,Mfg,Mfg_1,PN,PN_1,mfg_product-variant:85F/4G,"
                 "pn_product-variant: 85F/4G\n"
                 "U4,1,Winbond,,W25Q80BVSSIG,,Micron,MT41K64M16TW\n"
                 "C1,1,Samsung,YAGEO,CL03B103KP3NNNC,CC0201KRX5R7BB103,,\n",
                 "2 U4 x1 Winbond|W25Q80BVSSIG Micron|MT41K64M16TW\n"
                 "3 C1 x1 Samsung|CL03B103KP3NNNC YAGEO|CC0201KRX5R7BB103\n");
}

Test(columns, a_variant_may_have_a_name_of_its_own) {
    expect_lines("Ref,Qty,Mfg,PN,mfg_board-variant:25F,pn_board-variant: 25F\n"
                 "U4,1,Winbond,W25Q80BVSSIG,Micron,MT41K64M16TW\n",
                 "2 U4 x1 Winbond|W25Q80BVSSIG Micron|MT41K64M16TW\n");
}

/* BusPirate 7-REV2: a leftover MANUFACTURER column. */
Test(columns, lone_part_number_goes_with_the_maker_column_beside_it) {
    expect_lines("Ref,Qty,MANUFACTURER,HEIGHT,MF,MP\n"
                 "U14,1,Littelfuse,,Nexperia,IP4220CZ6F\n",
                 "2 U14 x1 Nexperia|IP4220CZ6F Littelfuse|\n");
}

Test(columns, user_says_which_column_it_is) {
    static const struct bom_map maps[] = {{BOM_MPN, "blub"}};
    struct bom_reading reading = read_mapped(
        "Ref,Qty,MPN,Blub\nU1,1,x,MT41K64M16\n", maps, ARRAY_LEN(maps));
    cr_expect_str_eq(bom_text(&reading.lines), "2 U1 x1 |MT41K64M16\n");
    cr_expect_str_eq(bom_text(&reading.unmapped), "MPN");
    bom_reading_dispose(&reading);
}

Test(columns, user_finds_a_header_that_nobody_would) {
    static const struct bom_map maps[] = {{BOM_MPN, "Blub"},
                                          {BOM_MANUFACTURER, "Bla"}};
    struct bom_reading reading =
        read_mapped("some,title\n\nFoo,Bla,Blub\nx,Micron,MT41K64M16\n", maps,
                    ARRAY_LEN(maps));
    cr_expect_str_eq(bom_text(&reading.lines), "4 Micron|MT41K64M16\n");
    bom_reading_dispose(&reading);
}

Test(columns, user_counts_columns_where_there_is_no_header) {
    static const struct bom_map maps[] = {{BOM_MPN, "2"}};
    struct bom_reading reading =
        read_mapped("a b c,19850,x\nd e f,19851,y\n", maps, ARRAY_LEN(maps));
    cr_expect_str_eq(bom_text(&reading.lines), "1 |19850\n2 |19851\n");
    bom_reading_dispose(&reading);
}

Test(columns, unknown_header_is_an_error_that_names_those_found) {
    static const struct bom_map maps[] = {{BOM_MPN, "Part No"}};
    struct bom_reading reading;
    struct bom_options options = {
        .rules = rules, .maps = maps, .map_count = 1, .no_digest = true};
    cr_expect(!read_bom(&reading, "Ref,Qty,MPN\nU1,1,MT41K64M16\n", &options));
    cr_expect(str_find(str_from(reading.err.msg),
                       STR_LIT("\"Ref\", \"Qty\", \"MPN\"")) > 0,
              "%s", reading.err.msg);
    bom_reading_dispose(&reading);
}

Test(columns, headers_that_are_not_used_are_told) {
    struct bom_reading reading = read_mapped(
        "Ref,Qty,MPN,Price,Stock\nU1,1,MT41K64M16,1.0,7\n", NULL, 0);
    cr_expect_str_eq(bom_text(&reading.unmapped), "Price Stock");
    bom_reading_dispose(&reading);
}

Test(columns, indented_bom) {
    expect_columns("Level,Item Number,Rev,Item Name,Quantity,Ref Des,"
                   "Manufacturer,Mfr Item Number\n"
                   "1,100-001,A,Main board,1,,,\n"
                   "2,200-001,A,Flash,1,U1,Micron,MT25QL128ABA1ESE-0SIT\n",
                   "level=Level ipn=Item Number description=Item Name "
                   "quantity=Quantity refdes=Ref Des "
                   "manufacturer=Manufacturer mpn=Mfr Item Number");
}

/* A Polish export calls the designator and the value alike. */
Test(columns, two_columns_of_one_name_may_hold_different_things) {
    expect_columns("Nr,Oznaczenie,Oznaczenie,Ilość\n"
                   "1,\"R1, R2\",10k,2\n2,U1,MT41K256M16TW-107:P,1\n"
                   "3,C1,100nF,1\n",
                   "item=Nr refdes=Oznaczenie value=Oznaczenie "
                   "quantity=Ilość");
}

/* Hand-made lists head the parts themselves with "Item". */
Test(columns, item_may_be_the_part_itself) {
    expect_columns("Item,Quantity,Notes\n12V regulator,1,\nGreen LED,2,\n"
                   "Barrel connector,1,mine was from stock\n",
                   "description=Item quantity=Quantity note=Notes");
    expect_columns("Item,Quantity,Manufacturer,MPN\n1,1,Micron,MT41K64M16\n"
                   "2,1,Micron,MT25QL128ABA\n",
                   "item=Item quantity=Quantity manufacturer=Manufacturer "
                   "mpn=MPN");
    expect_columns("Reference Designator,Number,Name,Quantity\n"
                   "RT1,1962122-2,THERMISTOR CHIP PTC,1\n"
                   "R9,408566780,RESISTOR THICK FILM,1\n",
                   "refdes=Reference Designator mpn=Number description=Name "
                   "quantity=Quantity");
}

Test(columns, number_sign_may_head_the_designators) {
    expect_columns("#|package|parts|\n"
                   "U1|SO6|TLP2368|Photo coupler\n"
                   "U3|SOT23|SN74LV1T34|Level shifter\n"
                   "R1|0603|220|Resistor\n",
                   "refdes=# footprint=package mpn=parts");
    expect_columns("ID,Value,Type,P#\nR1 - R16,10K,Resistor,CCF0210K0JKR36\n"
                   "U1 - U4,Opto,Optocoupler,LTV-847\n",
                   "refdes=ID value=Value category=Type mpn=P#");
}

Test(columns, totals_of_money_are_no_quantities) {
    expect_columns("Product Name,Brand,Quantity,Unit Price (TL),Total (TL)\n"
                   "DDR3 SDRAM,Micron,1,355.41,355.41\n"
                   "DDR4 SDRAM,Samsung,2,10.00,20.00\n",
                   "description=Product Name manufacturer=Brand "
                   "quantity=Quantity");
}

Test(columns, word_column_without_designators_has_none) {
    expect_columns("Position,Bauteil,Anzahl\n1,Raspberry Pi Pico,1\n"
                   "2,TP4056-Lademodul,1\n3,Widerstand 4k7,2\n",
                   "item=Position description=Bauteil quantity=Anzahl");
}

/* PADS counts makers with "#1"; approved lists number theirs too. */
Test(columns, makers_are_counted_in_many_ways) {
    expect_columns("REF-DES,QTY,MFG. #1,MFG. #1 P/N\n"
                   "U1,1,Micron,MT41K64M16\n",
                   "refdes=REF-DES quantity=QTY manufacturer=MFG. #1 "
                   "mpn=MFG. #1 P/N");
    expect_lines("Ref Des,Qty,AVL1 Mfr,AVL1 MPN,AVL2 Mfr,AVL2 MPN\n"
                 "U1,1,Samsung,K4B4G1646E,Micron,MT41K256M16\n",
                 "2 U1 x1 Samsung|K4B4G1646E Micron|MT41K256M16\n");
    expect_columns("POS,QTY,PART MANUFACTURER,PART CODE\n"
                   "1,1,Acme Optics,CO-0794416\n2,4,Fast Screws,FM2101-25\n",
                   "item=POS quantity=QTY manufacturer=PART MANUFACTURER "
                   "mpn=PART CODE");
}

static void expect_second_maker(const char *header) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text,
                  "%s\nU1,1,Samsung,K4B4G1646E-BYMA,Micron,MT41K256M16TW-107\n"
                  "U2,1,Samsung,K4B2G1646F-BCMA,Micron,MT41K128M16JT-125\n",
                  header);
    expect_lines(text.ptr, "2 U1 x1 Samsung|K4B4G1646E-BYMA "
                           "Micron|MT41K256M16TW-107\n"
                           "3 U2 x1 Samsung|K4B2G1646F-BCMA "
                           "Micron|MT41K128M16JT-125\n");
    strbuf_dispose(&text);
}

/* A second source that is not seen is a part that is not checked. */
Test(columns, second_source_is_seen_however_it_is_called) {
    static const char *const headers[] = {
        "位号,数量,品牌1,型号1,品牌2,型号2",
        "位号,数量,品牌１,型号１,品牌２,型号２",
        "位号,数量,首选品牌,首选型号,备选品牌,备选型号",
        "位号,数量,品牌,型号,替代品牌,替代型号",
        "位號,數量,廠牌,料號,替代廠牌,替代料號",
        "部品記号,数量,メーカー1,型番1,メーカー2,型番2",
        "部品記号,数量,メーカー,型番,代替メーカー,代替品型番",
        "Поз.,Кол.,Производитель 1,Артикул 1,Производитель 2,Артикул 2",
        "Bezeichner,Anzahl,Hersteller,Teilenummer,Alternativ-Hersteller,"
        "Alternativ-Teilenummer",
        "Bezeichner,Anzahl,Hersteller,Herstellernr,Alternativhersteller,"
        "Alternativherstellernr",
        "RefDes,Qty,Primary Manufacturer,Primary MPN,Secondary Manufacturer,"
        "Secondary MPN",
        "RefDes,Qty,1st Source,1st Source P/N,2nd Source,2nd Source P/N",
        "RefDes,Qty,Manufacturer A,MPN A,Manufacturer B,MPN B",
        "RefDes,Qty,Mfr,MPN,Alt Mfr,Alt MPN",
    };
    for (size_t i = 0; i < ARRAY_LEN(headers); i++)
        expect_second_maker(headers[i]);
}

Test(columns, recommended_part_is_a_part) {
    expect_columns("序号,器件名称,推荐型号,数量\n1,存储器,MT41K256M16TW-107,1\n"
                   "2,传感器,Sensirion SHT40,1\n",
                   "item=序号 description=器件名称 mpn=推荐型号 quantity=数量");
    expect_columns("Ref,Qty,Recommended Manufacturer,Recommended MPN\n"
                   "U1,1,Micron,MT41K64M16\n",
                   "refdes=Ref quantity=Qty "
                   "manufacturer=Recommended Manufacturer "
                   "mpn=Recommended MPN");
}

/* "Метка", "Names", or whatever else it is called. */
Test(columns, designators_tell_themselves) {
    expect_columns("#;Zeichen im Plan;Value\n1;C1, C2;10u\n2;U1;TP4056\n"
                   "3;R1;10k\n",
                   "item=# refdes=Zeichen im Plan value=Value");
    expect_columns(
        "\"ID\";\"指定子\";\"フットプリント\";\"数量\";\"名称\"\n"
        "1;\"M2,M1\";\"PinHeader\";2;\"SG90\"\n"
        "2;\"U3\";\"Module\";1;\"DRV8835\"\n",
        "item=ID refdes=指定子 footprint=フットプリント quantity=数量 "
        "value=名称");
}

/* A name that may be several other things does not hide them. */
Test(columns, designators_under_a_name_for_part_numbers) {
    expect_columns(
        "부품번호,수량,제조사,품번\n"
        "U1,1,Micron,MT41K256M16TW-107:P\n"
        "R1,2,Yageo,RC0402FR-0710KL\n",
        "refdes=부품번호 quantity=수량 manufacturer=제조사 mpn=품번");
}

/* ChaosGame: no header, and bars between the designators. */
Test(columns, designators_parted_by_bars) {
    expect_columns("2,541-2058-1-ND,R16|R18\n3,311-1.00KCRCT-ND,R3|R5|R8\n"
                   "1,296-17617-1-ND,U4\n4,296-13254-1-ND,U6|U7|U8|U9\n",
                   "quantity= distributor-pn= refdes=");
}

Test(columns, misspelt_designators) {
    expect_columns("Designater,value\nR1 R2,51k\nU2,MT41K64M16\n",
                   "refdes=Designater value=value");
}

/* A shop's cart has room for the customer's own words. */
Test(columns, customer_reference_holds_designators_if_it_does) {
    expect_columns("Index,Quantity,Part Number,Customer Reference\n"
                   "1,2,553-1423-ND,\"L1, L2\"\n2,1,PCE3523CT-ND,C1\n",
                   "item=Index quantity=Quantity distributor-pn=Part Number "
                   "refdes=Customer Reference");
    expect_columns("Index,Quantity,Part Number,Customer Reference\n"
                   "1,2,553-1423-ND,my lamp\n2,1,PCE3523CT-ND,\n",
                   "item=Index quantity=Quantity distributor-pn=Part Number");
}

Test(columns, names_two_columns_short_yield_to_the_cells) {
    expect_columns("Ref,Qty,Manufacturer,MPN,Note,\n"
                   "U1,1,IC DRAM 4G,10-20030,Micron,MT41K256M16TW-107:P\n"
                   "R1,2,RES 10K,10-20031,Yageo,RC0402FR-0710KL\n"
                   "U8,1,CAP 1uF,10-20033,Murata,GRM155R71C104KA88D\n",
                   "refdes=Ref quantity=Qty description=Manufacturer ipn=MPN "
                   "manufacturer=Note mpn=");
}

Test(columns, german_sheet) {
    expect_lines("Pos.;Menge;Bezeichner;Wert;Hersteller;Herstellerteilenummer;"
                 "Lieferant;Bestellnummer;Bemerkung\n"
                 "1;1;U1;;Micron;MT25QL128ABA1ESE;Digi-Key;557-1788-ND;"
                 "nicht bestückt\n",
                 "2 U1 x1 Micron|MT25QL128ABA1ESE from Digi-Key unfitted\n");
}

Test(columns, chinese_sheet) {
    expect_lines("序号,位号,数量,名称,型号/规格,品牌,供应商,备注\n"
                 "1,U1,1,闪存,MT25QL128ABA,美光,立创商城,不贴\n"
                 "合计,,1,,,,,\n",
                 "2 U1 x1 美光|MT25QL128ABA from 立创商城 unfitted\n");
}

Test(columns, japanese_sheet) {
    expect_lines("番号,部品記号,員数,品名,メーカー,メーカー型番,備考\n"
                 "1,IC1,1,メモリ,マイクロン,MT41K256M16TW-107:P,未実装\n",
                 "2 IC1 x1 マイクロン|MT41K256M16TW-107:P unfitted\n");
}
