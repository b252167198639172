#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "bom/csv_blocks.h"

TestSuite(csv_blocks, .timeout = 30);

/* The cells of the first records, as far as they are regular: "a|b;c|d;". */
static void split_all(struct strbuf *out, struct str text) {
    struct csv_blocks blocks;
    struct csv_regular found;
    struct str cells[READER_COLUMNS_MAX];
    csv_blocks_init(&blocks, ',');
    while (csv_blocks_next(&blocks, text, cells, &found)) {
        for (size_t i = 0; i < found.count; i++) {
            strbuf_add(out, cells[i]);
            strbuf_add_text(out, i + 1 < found.count ? "|" : ";");
        }
        text = str_skip(text, found.len + found.end_len);
    }
}

static void expect(const char *text, const char *wanted) {
    struct strbuf got = {.ptr = NULL};
    strbuf_add_text(&got, "");
    split_all(&got, str_from(text));
    cr_expect_str_eq(got.ptr, wanted, "%s gives %s", text, got.ptr);
    strbuf_dispose(&got);
}

Test(csv_blocks, regular_records_are_split) {
    expect("a,b\nc,d\n", "a|b;c|d;");
    expect("\"a, b\",2\r\n\"\",x\r\n", "a, b|2;|x;");
    expect(" a ,\tb \n,\n", "a|b;|;");
    expect("\" a \",b\rc,d\n", " a |b;c|d;");
}

Test(csv_blocks, the_rest_is_left_to_the_slow_reader) {
    expect("a,b\n\"x\"\"y\",2\n", "a|b;");
    expect("a,b\n\"x\"y,2\n", "a|b;");
    expect("a,b\nx\"y,2\n", "a|b;");
    expect("a,b\n \"x\",2\n", "a|b;");
    expect("a,b\n\"x\" ,2\n", "a|b;");
    expect("a,b\n\"x\ny\",2\n", "a|b;");
    expect("a,b\n\nc,d\n", "a|b;");
    expect("a,b\n1,2", "a|b;");
    expect("a,b\r", "");
    expect("", "");
}

/* Wherever the blocks begin, the records are the same. */
Test(csv_blocks, records_cross_blocks) {
    static const char tail[] = ",\"x, y\",\"\",z \r\n1,\"2\",3,4\n";
    for (size_t len = 1; len < 200; len++) {
        struct strbuf text = {.ptr = NULL}, wanted = {.ptr = NULL};
        for (size_t i = 0; i < len; i++) {
            strbuf_add_char(&text, 'a');
            strbuf_add_char(&wanted, 'a');
        }
        strbuf_add_text(&text, tail);
        strbuf_add_text(&wanted, "|x, y||z;1|2|3|4;");
        expect(text.ptr, wanted.ptr);
        strbuf_dispose(&text);
        strbuf_dispose(&wanted);
    }
}

Test(csv_blocks, more_columns_than_are_read_are_not_regular) {
    struct strbuf text = {.ptr = NULL};
    struct csv_blocks blocks;
    struct csv_regular found;
    struct str cells[READER_COLUMNS_MAX];
    for (size_t i = 0; i < READER_COLUMNS_MAX; i++)
        strbuf_add_text(&text, i == 0 ? "x" : ",x");
    csv_blocks_init(&blocks, ',');
    strbuf_add_text(&text, "\n");
    cr_expect(csv_blocks_next(&blocks, strbuf_str(&text), cells, &found));
    cr_expect_eq(found.count, READER_COLUMNS_MAX);
    text.len--;
    strbuf_add_text(&text, ",x\n");
    csv_blocks_restart(&blocks);
    cr_expect_not(csv_blocks_next(&blocks, strbuf_str(&text), cells, &found));
    strbuf_dispose(&text);
}

Test(csv_blocks, it_knows_what_is_ascii) {
    struct csv_blocks blocks;
    struct csv_regular found;
    struct str cells[READER_COLUMNS_MAX];
    csv_blocks_init(&blocks, ',');
    cr_expect(csv_blocks_next(&blocks, STR_LIT("a,b\n"), cells, &found));
    cr_expect(found.ascii);
    csv_blocks_restart(&blocks);
    cr_expect(csv_blocks_next(&blocks, STR_LIT("a,\xc2\xb5\n"), cells, &found));
    cr_expect_not(found.ascii);
}
