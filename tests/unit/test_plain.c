#include "bom_suite.h"

/* Rows that are plain are read without looking into them (bom/plain.h). In a
   table with a column that says what is not fitted none is, so that an empty
   one more makes the same rows be read the long way. */

TestSuite(plain, .timeout = 60, .init = suite_set_up, .fini = suite_tear_down);

#define ROWS 6000

static const char *const refdes[] = {
    "U1",       "R1, R2, R3", "U6 (DNP)", "DNP", "LED1, LED2",     "R3 DNP R4",
    "C1-C3 C4", "C1 DNF",     "Q7",       "Y1",  "R1,R2,DNP1,R33", "TP12 TP13"};
static const char *const quantities[] = {"1", "3", "12",    "1", "0",
                                         "1", "2", "2 pcs", "1", "1.0"};
static const char *const makers[] = {
    "Micron", "Samsung",         "Kingston",        "Nobody Parts",
    "DNP",    "Digi-Key",        "Micron, Samsung", "n/a",
    "2021",   "Phoenix Contact", "Micron (DNP)"};
static const char *const mpns[] = {"MT41K256M16TW-107:P",
                                   "K4B4G1646E-BYMA",
                                   "296-1234-1-ND",
                                   "12-Mar",
                                   "9.5E+12",
                                   "501588",
                                   "1234-5678",
                                   "MT41K256M16TW / K4B4G1646E",
                                   "NA(MT29F64G08)",
                                   "10k",
                                   "MT41K512M16HA (AS4C512M16D3L)",
                                   "DNP",
                                   "http://example.org/part/1",
                                   "#REF!",
                                   "RC0402FR-0710KL",
                                   "BSS138PW,115",
                                   "K4B4G1646E-BYMA,MT41K256M16TW-107:P",
                                   "X2 DNP"};
static const char *const values[] = {"10k", "100nF", "DNP",     "nc",   "",
                                     "4u7", "NA(x)", "10k DNP", "n.c.", "IC"};
static const char *const others[] = {
    "R_0402", "", "note", "do not populate", "DNI", "SOIC-8", "0402"};

#define PICK(list, by) list[number(by) % ARRAY_LEN(list)]

static uint64_t state;

static uint32_t number(uint32_t by) {
    state = state * UINT64_C(6364136223846793005) + by;
    return (uint32_t)(state >> 33);
}

static void add_row(struct strbuf *text, bool long_way) {
    strbuf_printf(text, "\"%s\",%s,\"%s\",\"%s\",\"%s\",%s%s\n",
                  PICK(refdes, 3), PICK(quantities, 5), PICK(makers, 7),
                  PICK(mpns, 11), PICK(values, 13), PICK(others, 17),
                  long_way ? "," : "");
}

static void make(struct strbuf *text, bool long_way) {
    state = 20260821;
    strbuf_printf(text, "Ref,Qty,Manufacturer,MPN,Value,Remarks%s\n",
                  long_way ? ",DNP" : "");
    for (unsigned i = 0; i < 300; i++)
        strbuf_printf(text, "R%u,1,Micron,MT41K256M%u,10k,%s\n", i, 10 + i,
                      long_way ? "," : "");
    for (unsigned i = 0; i < ROWS; i++)
        add_row(text, long_way);
}

Test(plain, rows_are_read_as_others_are) {
    struct strbuf plain = {.ptr = NULL}, other = {.ptr = NULL};
    struct bom_reading ways[2];
    struct bom_options options = {.rules = suite_rules};
    make(&plain, false);
    make(&other, true);
    cr_assert(read_bom(&ways[0], plain.ptr, &options));
    cr_assert(read_bom(&ways[1], other.ptr, &options));
    cr_expect_gt(ways[0].count, ROWS / 2);
    cr_expect_str_eq(bom_text(&ways[0].lines), bom_text(&ways[1].lines));
    cr_expect_str_eq(bom_text(&ways[0].places), bom_text(&ways[1].places));
    cr_expect_str_eq(bom_text(&ways[0].messages), bom_text(&ways[1].messages));
    bom_reading_dispose(&ways[0]);
    bom_reading_dispose(&ways[1]);
    strbuf_dispose(&plain);
    strbuf_dispose(&other);
}
