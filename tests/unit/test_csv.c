#include <stddef.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <csv.h>

#include "core/mem.h"
#include "read_rows.h"

TestSuite(csv, .timeout = 30);

struct example {
    const char *what, *bytes, *rows, *diagnostics;
};

static void check(const struct example *e, size_t chunk) {
    struct reading got;
    cr_assert(read_rows(&got, &csv_format, str_from(e->bytes), chunk, NULL),
              "%s: %s", e->what, got.err.msg);
    cr_expect_str_eq(reading_rows(&got), e->rows, "%s, chunk %zu", e->what,
                     chunk);
    cr_expect_str_eq(reading_diagnostics(&got), e->diagnostics, "%s, chunk %zu",
                     e->what, chunk);
    reading_dispose(&got);
}

static const struct example examples[] = {
    {"a plain table", "a,b\n1,2\n", "1:a|b\n2:1|2\n", ""},
    {"a last row without a line break", "a,b\n1,2", "1:a|b\n2:1|2\n", ""},
    {"blanks around bare cells", " a , b\t\n", "1:a|b\n", ""},
    {"blanks inside quotes stay", "\" a \",\" b\"\n", "1: a | b\n", ""},
    {"blanks before a quote", "  \"a,b\" ,c\n", "1:a,b|c\n", ""},
    {"blank lines are no rows", "a,b\n\n  \n1,2\n\n", "1:a|b\n4:1|2\n", ""},
    {"a row of nothing but delimiters", "a,b\n,\n1,2\n", "1:a|b\n2:|\n3:1|2\n",
     ""},
    {"a trailing delimiter", "a,b,\n1,2,\n", "1:a|b|\n2:1|2|\n", ""},
    {"bare CR", "a,b\r1,2\r\r3,4\r", "1:a|b\n2:1|2\n4:3|4\n", ""},
    {"CR LF", "a,b\r\n1,2\r\n\r\n3,4\r\n", "1:a|b\n2:1|2\n4:3|4\n", ""},
    {"line breaks inside quotes are counted", "a,b\n1,\"x\ny\r\nz\rq\"\n3,4\n",
     "1:a|b\n2:1|x\ny\r\nz\rq\n6:3|4\n", ""},
    {"doubled quotes", "a,b\n\"x \"\"y\"\"\",2\n\"\",\"\"\n",
     "1:a|b\n2:x \"y\"|2\n3:|\n", ""},
    {"an inch mark in a bare cell", "a,b\nBolt 1/4\",5\n1,2\n",
     "1:a|b\n2:Bolt 1/4\"|5\n3:1|2\n", ""},
    {"a mark before a quoted header", "\xef\xbb\xbf\"a\",b\n1,2\n",
     "1:a|b\n2:1|2\n", ""},
    {"the end mark of DOS", "a,b\n1,2\n\x1a", "1:a|b\n2:1|2\n", ""},
    {"ragged rows", "a,b,c\n1\n1,2,3,4\n", "1:a|b|c\n2:1\n3:1|2|3|4\n", ""},
    {"one column", "MPN\nABC\nDEF\n", "1:MPN\n2:ABC\n3:DEF\n", ""},

    /* What libcsv alone gets wrong without a word. */
    {"a quote that closes in mid-cell takes no rows with it",
     "a,b,c\n\"x\"y,2,3\n4,5,6\n\"7\",8,9\n",
     "1:a|b|c\n2:x\"y|2|3\n3:4|5|6\n4:7|8|9\n", "note open-quote 2:1\n"},
    {"an inch mark in a quoted cell",
     "a,b,c\n1,\"0.100\" (2.54mm)\",3\n4,5,6\n",
     "1:a|b|c\n2:1|0.100\" (2.54mm)|3\n3:4|5|6\n", "note stray-quote 2:2\n"},
    {"an inch mark and a delimiter in a quoted cell",
     "a,b\n1,\"0.100\" (2.54mm), black\"\n4,5\n",
     "1:a|b\n2:1|0.100\" (2.54mm), black\n3:4|5\n", "note stray-quote 2:2\n"},
    {"a stray quote before quoted cells",
     "a,b,c,d\n1,\"abc,\"def\",5\n2,x,y,z\n",
     "1:a|b|c|d\n2:1|abc|def|5\n3:2|x|y|z\n", "note open-quote 2:2\n"},
    {"an open quote leaves the rows after it",
     "a,b,c\n1,\"abc,3\n4,5,6\n7,8,9\n",
     "1:a|b|c\n2:1|abc|3\n3:4|5|6\n4:7|8|9\n", "note open-quote 2:2\n"},
    {"an open quote before quoted cells",
     "a,b,c\n1,\"abc,3\n4,\"q\",6\n7,\"r\",9\n",
     "1:a|b|c\n2:1|abc|3\n3:4|q|6\n4:7|r|9\n", "note open-quote 2:2\n"},
    {"two open quotes", "a,b,c\n1,\"abc,3\n4,5,6\n7,\"x,9\n1,2,3\n",
     "1:a|b|c\n2:1|abc|3\n3:4|5|6\n4:7|x|9\n5:1|2|3\n",
     "note open-quote 2:2\nnote open-quote 4:2\n"},
    {"an open quote in a row that is too short is a loss",
     "a,b,c\n1,\"abc\n4,5,6\n", "1:a|b|c\n2:1|abc\n3:4|5|6\n",
     "lost open-quote 2:2\n"},
    {"a file that ends in a quote may have been cut off",
     "a,b,c\n1,2,3\n4,5,\"abc", "1:a|b|c\n2:1|2|3\n3:4|5|abc\n",
     "lost open-quote 3:3\n"},
    {"a quoted cell that could be rows is one, and a loss",
     "a,b,c\n1,\"x,5\n2,y\",6\n", "1:a|b|c\n2:1|x,5\n2,y|6\n",
     "lost quoted-rows 2:0\n"},
    {"two forgotten quotes do not make one cell of the rows between them",
     "a,b,c,d\n1,2,3,\"x\n4,5,6,7\n8,9,10,y\"\n5,6,7,8\n",
     "1:a|b|c|d\n2:1|2|3|x\n3:4|5|6|7\n4:8|9|10|y\n5:5|6|7|8\n",
     "note open-quote 2:4\n"},
    {"a row in a quoted cell with other lines is a loss",
     "a,b,c,d\n1,2,3,\"x\n4,5,6,7\nand more\"\n5,6,7,8\n5,6,7,8\n",
     "1:a|b|c|d\n2:1|2|3|x\n4,5,6,7\nand more\n5:5|6|7|8\n6:5|6|7|8\n",
     "lost quoted-rows 2:0\n"},
    /* DVA490's BOM of a robot begins a row like this. */
    {"a line break before a closing quote is no loss",
     "a,b,c,d\n\"LT3751\n\",2,3,\"4\n\"\n5,6,7,8\n5,6,7,8\n",
     "1:a|b|c|d\n2:LT3751\n|2|3|4\n\n5:5|6|7|8\n6:5|6|7|8\n", ""},
    {"a quoted cell of several lines is no loss",
     "a,b,c,d\n1,2,3,\"red, small\nround\"\n5,6,7,8\n",
     "1:a|b|c|d\n2:1|2|3|red, small\nround\n4:5|6|7|8\n", ""},
    {"one quote in a bare cell is told of",
     "a,b,c\n1,Ya\"geo,3\n4,Yageo\",\"6\"\n",
     "1:a|b|c\n2:1|Ya\"geo|3\n3:4|Yageo\"|6\n",
     "note stray-quote 2:2\nnote stray-quote 3:2\n"},
    {"two quotes in a bare cell are text", "a,b\nHeader \"ICSP\",2\n3,4\n",
     "1:a|b\n2:Header \"ICSP\"|2\n3:3|4\n", ""},

    {"NUL bytes are left out", "a,b\nx,y\n", "1:a|b\n2:x|y\n", ""},
    {"semicolons, by name", "sep=;\na;b,c\n1;2\n", "2:a|b,c\n3:1|2\n", ""},
    {"a quoted sep line", "\"sep=|\"\r\na|b,c\r\n", "2:a|b,c\n", ""},
};

Test(csv, rows_and_diagnostics_are_right) {
    for (size_t i = 0; i < ARRAY_LEN(examples); i++)
        check(&examples[i], 0);
}

Test(csv, rows_do_not_depend_on_how_the_bytes_arrive) {
    for (size_t chunk = 1; chunk < 40; chunk++) {
        for (size_t i = 0; i < ARRAY_LEN(examples); i++)
            check(&examples[i], chunk);
    }
}

/* The real line 14 of BeagleBone-AI's BOM: a line break and an escaped quote
   in the same cell, whose first line alone is as wide as a row. */
Test(csv, a_cell_with_a_line_break_and_a_quote_stays_whole) {
    check(
        &(struct example){
            "BeagleBone-AI",
            "Item,PN,Type,QTY,Loc,Mfr,MPN,Description,Package\n"
            "13,1002,Logic,1,U12,TI,TXS0104ERGYR,\"IC,TXS0104E Push-Pull\n"
            "Applications 14-QFN,SMD\"\"\",SMD\n"
            "14,1003,Logic,1,U13,TI,TXS0102,IC,SMD\n",
            "1:Item|PN|Type|QTY|Loc|Mfr|MPN|Description|Package\n"
            "2:13|1002|Logic|1|U12|TI|TXS0104ERGYR|IC,TXS0104E Push-Pull\n"
            "Applications 14-QFN,SMD\"|SMD\n"
            "4:14|1003|Logic|1|U13|TI|TXS0102|IC|SMD\n",
            ""},
        0);
}

Test(csv, the_delimiter_is_the_one_that_cuts_lines_alike) {
    static const struct {
        const char *bytes, *delimiter;
    } cases[] = {
        {"a,b,c\n1,2,3\n", ","},
        {"a;b;c\n1,5;2,5;3,5\n2,5;1;1\n", ";"},
        {"a\tb\n\"C1,C2,C3\"\t3\nC4\t1\n", "\t"},
        {"595-TPS73101DBVR|2|U11 U14\n512-FXMA108BQX|2|U5 U6\n", "|"},
        {"manf#,\nA759MW157M1JAAE048,\n", ","},
        /* Delimiters inside quotes count for nothing. */
        {"a;b\n\"1,2,3\";4\n\"5,6,7\";8\n", ";"},
        /* A title block, then the table. */
        {"Source:;x\nDate:;y\n\na;b;c;d\n1;2;3;4\n1;2;3;4\n", ";"},
        {"Part list\nMPN\nX\n", ","},
        /* Ruled lines tell nothing. */
        {"a|b\n____,,,,,,,,,,,,,,,,,,,,,\n1|2\n", "|"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct reading got;
        cr_assert(
            read_rows(&got, &csv_format, str_from(cases[i].bytes), 0, NULL));
        cr_expect_str_eq(got.delimiter, cases[i].delimiter, "in %s",
                         cases[i].bytes);
        reading_dispose(&got);
    }
}

/* LibreSolar's list of footprints has 25 of them in one cell. */
Test(csv, one_row_of_many_commas_does_not_make_them_the_delimiter) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "Id;Designator;Package;Quantity\n");
    for (int i = 0; i < 30; i++)
        strbuf_printf(&text, "%d;R%d;0402;1\n", i, i);
    strbuf_add_text(&text, "31;");
    for (int i = 0; i < 25; i++)
        strbuf_add_text(&text, "REF**,");
    strbuf_add_text(&text, ";Hole;25\n");
    cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
    cr_expect_str_eq(got.delimiter, ";");
    reading_dispose(&got);
    strbuf_dispose(&text);
}

Test(csv, nul_bytes_are_left_out_and_said) {
    static const char bytes[] = "a,b\nx\0\0,y\n";
    struct reading got;
    cr_assert(read_rows(&got, &csv_format,
                        (struct str){bytes, sizeof(bytes) - 1}, 0, NULL));
    cr_expect_str_eq(reading_rows(&got), "1:a|b\n2:x|y\n");
    cr_expect_str_eq(reading_diagnostics(&got), "note nul-byte 2:0\n");
    reading_dispose(&got);
}

static void fill(struct strbuf *text, const char *piece, size_t count) {
    for (size_t i = 0; i < count; i++)
        strbuf_add_text(text, piece);
}

Test(csv, a_cell_that_is_too_long_is_cut_and_said) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "a,b\n");
    fill(&text, "\xc3\xa9", READER_CELL_MAX);
    strbuf_add_text(&text, ",2\n3,4\n");
    cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
    cr_expect_str_eq(reading_diagnostics(&got), "lost cell-too-long 2:1\n");
    cr_expect_eq(got.count, 3);
    cr_expect_eq(got.rows.len,
                 strlen("1:a|b\n2:|2\n3:3|4\n") + READER_CELL_MAX);
    reading_dispose(&got);
    strbuf_dispose(&text);
}

Test(csv, a_row_that_is_too_long_is_cut_and_the_next_one_is_whole) {
    struct strbuf text = {.ptr = NULL};
    strbuf_add_text(&text, "a,b\n");
    fill(&text, "0123456789,", 300 * 1024);
    strbuf_add_text(&text, "\n3,4\n");
    for (size_t chunk = 0; chunk < 100000; chunk += 65537) {
        struct reading got;
        cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), chunk, NULL));
        cr_expect_eq(got.count, 3);
        cr_expect_str_eq(reading_diagnostics(&got),
                         "lost row-too-long 2:0\n"
                         "lost too-many-columns 2:513\n");
        cr_expect(str_ends(strbuf_str(&got.rows), STR_LIT("\n3:3|4\n")));
        reading_dispose(&got);
    }
    strbuf_dispose(&text);
}

Test(csv, columns_of_nothing_beyond_the_limit_are_no_loss) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "a,b");
    fill(&text, ",", 2 * READER_COLUMNS_MAX);
    strbuf_add_text(&text, "\n1,2\n");
    cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
    cr_expect_str_eq(reading_diagnostics(&got), "");
    cr_expect_eq(got.count, 2);
    reading_dispose(&got);
    strbuf_dispose(&text);
}

Test(csv, a_quote_that_runs_on_for_too_many_lines_is_open) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    strbuf_add_text(&text, "a,b\n1,\"open\n");
    fill(&text, "1,2\n", 1000);
    strbuf_add_text(&text, "3,\"closed\"\n");
    cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
    cr_expect_eq(got.count, 1003);
    cr_expect_str_eq(reading_diagnostics(&got), "note open-quote 2:2\n");
    reading_dispose(&got);
    strbuf_dispose(&text);
}

/* Every line opens a quote: looking for its end must not cost the square of
   the file. */
Test(csv, a_file_of_open_quotes_is_read_in_time, .timeout = 20) {
    struct strbuf text = {.ptr = NULL};
    struct reading got;
    fill(&text, "\"x\n", 100 * 1000);
    cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
    cr_expect_eq(got.count, 100 * 1000);
    reading_dispose(&got);
    strbuf_dispose(&text);
}

/* The same within one line. */
Test(csv, a_line_of_open_quotes_is_read_in_time, .timeout = 20) {
    static const char *const pieces[] = {"\"a,", "\"a\"b,\"", "\"a,\"\"b,"};
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        struct strbuf text = {.ptr = NULL};
        struct reading got;
        fill(&text, pieces[i], 300 * 1000);
        cr_assert(read_rows(&got, &csv_format, strbuf_str(&text), 0, NULL));
        cr_expect_eq(got.count, 1);
        reading_dispose(&got);
        strbuf_dispose(&text);
    }
}

Test(csv, an_encoding_that_does_not_exist_is_an_error) {
    struct reading got;
    cr_expect(!read_rows(&got, &csv_format, STR_LIT("a,b\n"), 0, "KLINGON"));
    cr_expect(strstr(got.err.msg, "KLINGON") != NULL, "%s", got.err.msg);
    reading_dispose(&got);
    cr_expect(
        !read_rows(&got, &csv_format, STR_LIT("a,b\n"), 0, "UTF-8//IGNORE"));
    reading_dispose(&got);
}

Test(csv, any_text_can_be_a_csv_file_and_no_binary_file_is) {
    static const char *const texts[] = {
        "MPN\nABC\n",
        "a,b\n1,2\n",
        "RC0402FR-0710KL",
        "sep=;\n",
        "\xff\xfe"
        "a\0;\0",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        cr_expect_gt(csv_format.sniff(str_from(texts[i])), 0, "%s", texts[i]);
    char noise[4096];
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof(noise); i++) {
        seed = seed * 1103515245u + 12345u;
        noise[i] = (char)(seed >> 16);
    }
    cr_expect_eq(csv_format.sniff((struct str){noise, sizeof(noise)}), 0);
    cr_expect_eq(csv_format.sniff(STR_EMPTY), 0);
}

/* What libcsv itself makes of the bytes. */
struct plain {
    struct strbuf rows;
    bool in_row;
};

static void plain_cell(void *text, size_t len, void *ctx) {
    struct plain *plain = ctx;
    if (plain->in_row)
        strbuf_add_char(&plain->rows, '|');
    plain->in_row = true;
    strbuf_add(&plain->rows, (struct str){text, len});
}

static void plain_row(int c, void *ctx) {
    struct plain *plain = ctx;
    (void)c;
    plain->in_row = false;
    strbuf_add_char(&plain->rows, '\n');
}

static void read_plain(struct plain *plain, struct str bytes) {
    struct csv_parser parser;
    cr_assert_eq(csv_init(&parser, 0), 0);
    csv_parse(&parser, bytes.ptr, bytes.len, plain_cell, plain_row, plain);
    csv_fini(&parser, plain_cell, plain_row, plain);
    csv_free(&parser);
}

/* The rows of a reading without their line numbers. */
static void drop_line_numbers(struct strbuf *out, const char *rows) {
    for (bool at_start = true; *rows != '\0'; rows++) {
        if (at_start && ascii_is_digit(*rows)) {
            while (*rows != ':')
                rows++;
            at_start = false;
            continue;
        }
        at_start = *rows == '\n';
        strbuf_add_char(out, *rows);
    }
}

static size_t count_letters(const char *text) {
    size_t letters = 0;
    for (; *text != '\0'; text++)
        letters += ascii_is_alpha(*text);
    return letters;
}

static void random_text(char *text, size_t len, unsigned *seed) {
    static const char alphabet[] = "abcd,,,\"\"\n\n\r ";
    for (size_t i = 0; i < len; i++) {
        *seed = *seed * 1103515245u + 12345u;
        text[i] = alphabet[(*seed >> 16) % (sizeof(alphabet) - 1)];
    }
    text[len] = '\0';
}

Test(csv, random_text_is_read_as_libcsv_does_or_said_and_no_letter_is_lost) {
    unsigned seed = 7;
    for (unsigned round = 0; round < 3000; round++) {
        char text[64];
        random_text(text, round % 60, &seed);
        struct reading got, other;
        struct plain plain = {.in_row = false};
        struct strbuf bare = {.ptr = NULL};
        cr_assert(read_rows(&got, &csv_format, str_from(text), 0, NULL));
        cr_assert(read_rows(&other, &csv_format, str_from(text), 1 + round % 39,
                            NULL));
        cr_expect_str_eq(reading_rows(&got), reading_rows(&other), "%s", text);
        cr_expect_eq(count_letters(reading_rows(&got)), count_letters(text),
                     "%s", text);
        read_plain(&plain, str_from(text));
        drop_line_numbers(&bare, reading_rows(&got));
        if (got.diagnostics.len == 0)
            cr_expect_str_eq(bare.ptr != NULL ? bare.ptr : "",
                             plain.rows.ptr != NULL ? plain.rows.ptr : "", "%s",
                             text);
        strbuf_dispose(&bare);
        strbuf_dispose(&plain.rows);
        reading_dispose(&got);
        reading_dispose(&other);
    }
}

Test(csv, every_failed_allocation_is_an_error_and_not_a_crash) {
    static const char bytes[] = "a,b\n1,\"x\ny\"\n\"z\"q,\xb5\n";
    for (size_t n = 1; n < 200; n++) {
        struct source *source;
        struct reader *reader;
        struct row row;
        struct err err = ERR_INIT;
        struct reader_options options = {.encoding = NULL};
        cr_assert(source_open_memory(&source, str_from(bytes), &err));
        mem_fail_after(n);
        bool opened = csv_format.open(&reader, source, &options, &err);
        enum reader_step step = READER_ERROR;
        while (opened &&
               (step = csv_format.next(reader, &row, &err)) == READER_ROW)
            continue;
        bool failed = mem_failed();
        mem_fail_after(0);
        if (opened)
            csv_format.close(reader);
        source_close(source);
        cr_expect_eq(step == READER_END, !failed, "allocation %zu", n);
        if (!failed)
            return;
        cr_expect_eq(err.code, ERR_NOMEM, "allocation %zu: %s", n, err.msg);
    }
    cr_assert_fail("it never succeeded");
}
