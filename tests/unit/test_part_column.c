#include "bom_suite.h"

TestSuite(part_column, .timeout = 30, .init = suite_set_up,
          .fini = suite_tear_down);

#define HEADER "Ref,Qty,Manufacturer,MPN,Note\n"

static void expect_places(const char *text, const char *places) {
    struct bom_reading reading = suite_read(text);
    cr_expect_str_eq(bom_text(&reading.places), places, "%s\nin\n%s",
                     bom_text(&reading.places), text);
    bom_reading_dispose(&reading);
}

Test(part_column, is_the_character_at_which_the_part_number_begins) {
    expect_places(HEADER "U1,1,Micron,MT41K256M16,x\n"
                         "\"U2\",\"1\",\"Micron\",\"MT41K256M16\",\"x\"\n"
                         "U3, 1, Micron,  MT41K256M16 ,x\n",
                  "2:13 3:20 4:17");
}

Test(part_column, counts_characters_and_not_bytes) {
    expect_places(HEADER "Ü1,1,美光,MT41K256M16,x\n", "2:9");
}

Test(part_column, is_the_makers_where_no_number_is_given) {
    expect_places(HEADER "U1,1,Micron,,x\n", "2:6");
}

Test(part_column, passes_over_a_longer_name_that_begins_alike) {
    expect_places("Ref,Note,Manufacturer,MPN\n"
                  "U1,as MT41K256M16TW,Micron,MT41K256M16\n",
                  "2:28");
}

Test(part_column, an_alternate_on_its_own_line_has_its_own) {
    expect_places(HEADER "U1,1,Micron,MT41K256M16,\n"
                         ",,Samsung,K4B4G1646E,\n",
                  "2:13 3:11");
}

Test(part_column, after_a_line_break_in_a_cell_it_is_not_on_this_line) {
    expect_places("Ref,Note,Manufacturer,MPN\n"
                  "U1,\"a\nb\",Micron,MT41K256M16\n",
                  "2:0");
}

Test(part_column, is_known_in_every_row_of_a_long_file) {
    struct strbuf text = {.ptr = NULL}, places = {.ptr = NULL};
    strbuf_add_text(&text, HEADER);
    for (unsigned i = 0; i < 600; i++) {
        strbuf_printf(&text, "U%u,1,Micron,MT41K%uM16,\n", i, 1000 + i);
        strbuf_printf(&places, "%s%u:%u", i == 0 ? "" : " ", i + 2,
                      i < 10    ? 13u
                      : i < 100 ? 14u
                                : 15u);
    }
    expect_places(text.ptr, places.ptr);
    strbuf_dispose(&text);
    strbuf_dispose(&places);
}

Test(part_column, of_columns_of_a_fixed_width_too) {
    expect_places("Ref   Qty   Manufacturer   MPN\n"
                  "U1    1     Micron         MT41K256M16\n"
                  "U2    1     Samsung        K4B4G1646E\n"
                  "U3    1     Samsung        K4B4G1646E\n",
                  "2:28 3:28 4:28");
}
