#include <stddef.h>

#include <criterion/criterion.h>

#include "core/mem.h"
#include "read_rows.h"

TestSuite(fixed, .timeout = 30);

struct example {
    const char *what, *bytes, *rows, *diagnostics;
};

static const struct example examples[] = {
    {"a list by hand, ruled",
     "Ref     Value           Footprint\n"
     "---------------------------------\n"
     "C1      4.7u            C_0402\n"
     "C2      22p             C_0402\n"
     "\n"
     "U1      MSP430FR6972    QFN-64\n",
     "1:Ref|Value|Footprint\n3:C1|4.7u|C_0402\n4:C2|22p|C_0402\n"
     "6:U1|MSP430FR6972|QFN-64\n",
     ""},
    {"names one blank apart, and cells with blanks in them (Eagle)",
     "Partlist exported from board.sch at 26.05.2017\n"
     "\n"
     "Qty Value      Device           Parts\n"
     "1   Hotend Fan PINHD-2X3        JP2\n"
     "12  10uF       CAPACITOR        C1, C2\n"
     "3   LM2937-12  TPS7B6933QDCYRQ1 U2, U3\n",
     "1:Partlist exported from board.sch at 26.05.2017\n"
     "3:Qty|Value|Device|Parts\n4:1|Hotend Fan|PINHD-2X3|JP2\n"
     "5:12|10uF|CAPACITOR|C1, C2\n6:3|LM2937-12|TPS7B6933QDCYRQ1|U2, U3\n",
     ""},
    {"a name with a blank in it",
     "Ref    Part                 Distributor SKU\n"
     "J1     USB-B connector      Jameco 2096245\n"
     "U3     68000 processor      Jameco 2288039\n"
     "R1     10k resistor, 1/4W\n",
     "1:Ref|Part|Distributor SKU\n2:J1|USB-B connector|Jameco 2096245\n"
     "3:U3|68000 processor|Jameco 2288039\n4:R1|10k resistor, 1/4W|\n",
     ""},
    {"runs of tabs inside lines (Voron)",
     "Qty Value      Package or Nr.\t\t\tParts   Description\n"
     "2   10µF       1206         \t\t\tC1, C2  CAPACITOR\n"
     "1   Extruder   105314-1304  \t\t\tX8      Molex NanoFit\n"
     "1   Heater     691101710002 \t\t\tJ1      Wuerth WR-TBL\n",
     "1:Qty|Value|Package or Nr.|Parts|Description\n"
     "2:2|10µF|1206|C1, C2|CAPACITOR\n"
     "3:1|Extruder|105314-1304|X8|Molex NanoFit\n"
     "4:1|Heater|691101710002|J1|Wuerth WR-TBL\n",
     ""},
    {"two tables with a title each",
     "Mouser\n--------\n"
     "QTY  Mouser Part No        MPN\n"
     "1    71-CRCW0402100RFKEDH  CRCW0402100RFKEDHP\n"
     "2    720-LOY876Q2T124Z     LO Y876-Q2T1-24-Z\n"
     "\nDigikey\n--------\n"
     "QTY  Digikey Part No       MPN\n"
     "1    541-2910-1-ND         RCS0402100RJNED\n",
     "1:Mouser\n3:QTY|Mouser Part No|MPN\n"
     "4:1|71-CRCW0402100RFKEDH|CRCW0402100RFKEDHP\n"
     "5:2|720-LOY876Q2T124Z|LO Y876-Q2T1-24-Z\n7:Digikey\n"
     "9:QTY|Digikey Part No|MPN\n10:1|541-2910-1-ND|RCS0402100RJNED\n",
     ""},
    {"an empty column beside the next one, and cells that reach up to it",
     "Part Value Description            MF MPN        POPULARITY\n"
     "IN1  FH12  0.5mm Pitch Connectors    FH12-20S   0\n"
     "C1   10uF  CAPACITOR                            63\n"
     "R1   3.3k  RESISTOR                             85\n",
     "1:Part|Value|Description|MF|MPN|POPULARITY\n"
     "2:IN1|FH12|0.5mm Pitch Connectors||FH12-20S|0\n"
     "3:C1|10uF|CAPACITOR|||63\n4:R1|3.3k|RESISTOR|||85\n",
     ""},
    {"columns set by what a terminal shows: two places a Chinese character",
     "序号  品名          型号        品牌    数量\n"
     "1     贴片电容      GRM155R71C  村田    4\n"
     "2     存储器 4Gbit  MT41K256M1  美光    1\n"
     "3     稳压器        AMS1117     AMS     12\n",
     "1:序号|品名|型号|品牌|数量\n2:1|贴片电容|GRM155R71C|村田|4\n"
     "3:2|存储器 4Gbit|MT41K256M1|美光|1\n4:3|稳压器|AMS1117|AMS|12\n",
     ""},
    {"the same set by characters",
     "序号  品名         型号          品牌   数量\n"
     "1   贴片电容       GRM155R71C  村田   4\n"
     "2   存储器 4Gbit  MT41K256M1  美光   1\n"
     "3   稳压器        AMS1117     AMS  12\n",
     "1:序号|品名|型号|品牌|数量\n2:1|贴片电容|GRM155R71C|村田|4\n3:2|存储器 "
     "4Gbit|MT41K256M1|美光|1\n4:3|稳压器|AMS1117|AMS|12\n",
     ""},
    {"columns set by bytes",
     "Qty  Größe      Hersteller         Typ\n"
     "1    0402 µµµ  Würth             744\n"
     "2    0603         Kärcher & Söhne  12\n"
     "3    0805 Ω      Bürklin           99\n",
     "1:Qty|Größe|Hersteller|Typ\n2:1|0402 µµµ|Würth|744\n3:2|0603|Kärcher & "
     "Söhne|12\n4:3|0805 Ω|Bürklin|99\n",
     ""},
    {"what stands below the table does not keep to its columns",
     "Item  Qty  Reference   Part            Manufacturer  MPN\n"
     "1     2    R1, R2      10k 1%          Yageo         RC0402\n"
     "2     2    C1, C2      100nF 16V       Murata        GRM155\n"
     "3     1    U1          4 Gbit DDR3     Micron        MT41K2\n"
     "\n"
     "Component Groups:  3\n"
     "Date of Export:  2024-01-02\n"
     "Rev Date  Change\n",
     "1:Item|Qty|Reference|Part|Manufacturer|MPN\n"
     "2:1|2|R1, R2|10k 1%|Yageo|RC0402\n"
     "3:2|2|C1, C2|100nF 16V|Murata|GRM155\n"
     "4:3|1|U1|4 Gbit DDR3|Micron|MT41K2\n"
     "6:Component Groups:|3\n7:Date of Export:|2024-01-02\n"
     "8:Rev Date|Change\n",
     ""},
    {"words one blank apart that happen to stand below each other",
     "Qty  Hersteller Nr.         Hersteller      Ref Des\n"
     "1    GRM155R71 / C1005X7R1  Murata / TDK    C1, C2, C3\n"
     "1    LM358DR                TI              U1\n"
     "1    RC0402FRX / CRCW04021  Yageo / Vishay  R1, R2, R3\n",
     "1:Qty|Hersteller Nr.|Hersteller|Ref Des\n"
     "2:1|GRM155R71 / C1005X7R1|Murata / TDK|C1, C2, C3\n"
     "3:1|LM358DR|TI|U1\n4:1|RC0402FRX / CRCW04021|Yageo / Vishay|R1, R2, R3\n",
     ""},
    {"decimal commas, one a line",
     "Nr  Ref     Teil       Hersteller  Menge\n"
     "1   U1      LM358DR    TI          1,00\n"
     "2   R1-R12  RC0402FR   Yageo       12,00\n"
     "3   Q1      DMG2305UX  Diodes      1,00\n",
     "1:Nr|Ref|Teil|Hersteller|Menge\n2:1|U1|LM358DR|TI|1,00\n"
     "3:2|R1-R12|RC0402FR|Yageo|12,00\n4:3|Q1|DMG2305UX|Diodes|1,00\n",
     ""},
    {"numbers to the right",
     "Item  Quantity  Ref\n"
     "   1         2  C1, C2\n"
     "  10       100  R1\n"
     "  11         1  R2\n",
     "1:Item|Quantity|Ref\n2:1|2|C1, C2\n3:10|100|R1\n4:11|1|R2\n", ""},
    {"bare CR",
     "Ref   Value   MPN\rC1    22p     GRM155\rC2    10n     GRM188\r",
     "1:Ref|Value|MPN\n2:C1|22p|GRM155\n3:C2|10n|GRM188\n", ""},
};

Test(fixed, rows_are_right_at_every_chunk_size) {
    for (size_t chunk = 0; chunk < 40; chunk++) {
        for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
            const struct example *e = &examples[i];
            struct reading got;
            cr_assert(read_rows(&got, &fixed_format, str_from(e->bytes), chunk,
                                NULL));
            cr_expect_str_eq(reading_rows(&got), e->rows, "%s, chunk %zu",
                             e->what, chunk);
            cr_expect_str_eq(reading_diagnostics(&got), e->diagnostics, "%s",
                             e->what);
            reading_dispose(&got);
        }
    }
}

Test(fixed, listings_are_recognised_and_beat_csv) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++) {
        struct str bytes = str_from(examples[i].bytes);
        cr_expect_gt(fixed_format.sniff(bytes), csv_format.sniff(bytes),
                     "%s: %d, csv %d", examples[i].what,
                     fixed_format.sniff(bytes), csv_format.sniff(bytes));
    }
}

Test(fixed, delimited_text_is_left_to_csv) {
    static const char *const texts[] = {
        "Ref,  Value,  MPN\nC1,   22p,    GRM155\nC2,   10n,    GRM188\n"
        "C3,   10n,    GRM188\n",
        "Ref\tValue\tMPN\nC1\t22p\tGRM155\nC2\t10n\tGRM188\nC3\t1n\tX\n",
        "MPN\nGRM155\nGRM188\nGRM21\n",
        "Ref;Value\nC1;two  blanks\nC2;two  blanks\nC3;x  y\n",
        /* A short list under a long title, with ruled lines (OrCAD). */
        "Amplifier  Revised: Monday, May 22, 2023\n"
        "A-100          Revision: B\n\n\n"
        "Bill Of Materials          May 22,2023      12:00:00\tPage1\n\n"
        "Item\tQuantity\tReference\tPart\n"
        "______________________________________________\n\n"
        "1\t3\tC1,C8,C9\t100n\n2\t1\tQ1\tBC846B\n3\t1\tR1\t1k\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str bytes = str_from(texts[i]);
        cr_expect_lt(fixed_format.sniff(bytes), csv_format.sniff(bytes),
                     "%s: %d, csv %d", texts[i], fixed_format.sniff(bytes),
                     csv_format.sniff(bytes));
    }
}

/* The columns are found from the first 64 KiB; a value that is longer later
   keeps all its characters, and its neighbour too. */
Test(fixed, text_that_runs_over_an_edge_is_kept_and_said) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "Ref   Value   MPN\n");
    for (int i = 0; i < 5000; i++)
        strbuf_add_text(&text, "C1    22p     GRM155\n");
    strbuf_add_text(&text, "C2    a-long-value  GRM188\n");
    cr_assert(read_rows(&got, &fixed_format, strbuf_str(&text), 0, NULL));
    cr_expect(str_ends(strbuf_str(&got.rows),
                       STR_LIT("\n5002:C2|a-long-value|GRM188\n")));
    cr_expect_str_eq(reading_diagnostics(&got), "note column-overrun 5002:2\n");
    reading_dispose(&got);
    strbuf_dispose(&text);
}

Test(fixed, a_line_without_end_is_cut_and_said) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "Ref   Value   MPN\nC1    22p     GRM155\n");
    for (int i = 0; i < 300000; i++)
        strbuf_add_text(&text, "0123456789");
    strbuf_add_text(&text, "\nC2    10n     GRM188\n");
    cr_assert(read_rows(&got, &fixed_format, strbuf_str(&text), 0, NULL));
    cr_expect_eq(got.count, 4);
    cr_expect_str_eq(reading_diagnostics(&got), "lost row-too-long 3:0\n"
                                                "lost cell-too-long 3:1\n");
    cr_expect(str_ends(strbuf_str(&got.rows), STR_LIT("\n4:C2|10n|GRM188\n")));
    reading_dispose(&got);
    strbuf_dispose(&text);
}

Test(fixed, text_without_columns_is_one_column) {
    struct reading got;
    cr_assert(
        read_rows(&got, &fixed_format, STR_LIT("one two\nthree\n"), 0, NULL));
    cr_expect_str_eq(reading_rows(&got), "1:one two\n2:three\n");
    reading_dispose(&got);
}

static size_t count_letters(const char *text) {
    size_t letters = 0;
    for (; *text != '\0'; text++)
        letters += ascii_is_alpha(*text);
    return letters;
}

Test(fixed, no_letter_of_random_text_is_lost) {
    static const char alphabet[] = "abc    \t\n-";
    unsigned seed = 5;
    for (unsigned round = 0; round < 2000; round++) {
        char text[128];
        size_t len = round % 127;
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1103515245u + 12345u;
            text[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
        }
        text[len] = '\0';
        struct reading got, other;
        cr_assert(read_rows(&got, &fixed_format, str_from(text), 0, NULL));
        cr_assert(read_rows(&other, &fixed_format, str_from(text),
                            1 + round % 39, NULL));
        cr_expect_str_eq(reading_rows(&got), reading_rows(&other));
        cr_expect_eq(count_letters(reading_rows(&got)), count_letters(text),
                     "%s", text);
        reading_dispose(&got);
        reading_dispose(&other);
    }
}

Test(fixed, small_table_between_longer_title_and_statistics_is_no_listing) {
    struct str bytes = STR_LIT("Project:\tController\nRevision:\tB2\n"
                               "Date:\t2024-03-11\nAuthor:\tJ. Smith\n\n"
                               "Ref\tName\tMPN\tMaker\tQty\tNote\n"
                               "U1\tPHY\tKSZ9031RNXIC\tMicrochip\t1\t\n"
                               "U2\tSDRAM\tIS42S16400J\tISSI\t1\t\n"
                               "U3\tUART\tFT2232HL\tFTDI\t1\tcheck\n"
                               "D1\tDiode\tPMEG3010ER\tNexperia\t1\t\n\n"
                               "Component Count:\t57\nGroups:\t19\n"
                               "Version:\t1.2\nBoM Date:\t2024-01-02\n");
    cr_expect_gt(csv_format.sniff(bytes), fixed_format.sniff(bytes));
}
