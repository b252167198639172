#include "bom/reader.h"

#include <string.h>

#include <criterion/criterion.h>

#include "bom/biff.h"
#include "bom/formats.h"
#include "bom/sheet_row.h"
#include "bom/xls_sheet.h"
#include "workbook.h"

TestSuite(xls, .timeout = 30);

#define BIFF8 0x0600
#define BIFF5 0x0500
#define GLOBALS 0x0005
#define WORKSHEET 0x0010
#define CHART 0x0020

static void u8(struct strbuf *out, unsigned value) {
    strbuf_add_char(out, (char)value);
}

static void u16(struct strbuf *out, unsigned value) {
    u8(out, value & 0xFF);
    u8(out, value >> 8 & 0xFF);
}

static void u32(struct strbuf *out, uint32_t value) {
    u16(out, value & 0xFFFF);
    u16(out, value >> 16);
}

static void f64(struct strbuf *out, double value) {
    char bytes[8];
    memcpy(bytes, &value, sizeof(bytes));
    strbuf_add(out, (struct str){bytes, sizeof(bytes)});
}

/* Records are written with a length of 0, filled in by end(). */
static size_t begin(struct strbuf *out, unsigned type) {
    u16(out, type);
    u16(out, 0);
    return out->len;
}

static void end(struct strbuf *out, size_t start) {
    size_t len = out->len - start;
    out->ptr[start - 2] = (char)(len & 0xFF);
    out->ptr[start - 1] = (char)(len >> 8);
}

static void bof(struct strbuf *out, unsigned version, unsigned type) {
    size_t at = begin(out, BIFF_BOF);
    u16(out, version);
    u16(out, type);
    for (int i = 0; i < 6; i++)
        u16(out, 0);
    end(out, at);
}

static void eof(struct strbuf *out) { end(out, begin(out, BIFF_EOF)); }

static size_t cell(struct strbuf *out, unsigned type, unsigned row,
                   unsigned column, unsigned style) {
    size_t at = begin(out, type);
    u16(out, row);
    u16(out, column);
    u16(out, style);
    return at;
}

static void number(struct strbuf *out, unsigned row, unsigned column,
                   unsigned style, double value) {
    size_t at = cell(out, BIFF_NUMBER, row, column, style);
    f64(out, value);
    end(out, at);
}

static void label(struct strbuf *out, unsigned row, unsigned column,
                  const char *text) {
    size_t at = cell(out, BIFF_LABEL, row, column, 0);
    u16(out, (unsigned)strlen(text));
    u8(out, 0);
    strbuf_add_text(out, text);
    end(out, at);
}

static void shared(struct strbuf *out, unsigned row, unsigned column,
                   uint32_t index) {
    size_t at = cell(out, BIFF_LABELSST, row, column, 0);
    u32(out, index);
    end(out, at);
}

/* A formula with a result that is no number: `kind` and its value. */
static void formula(struct strbuf *out, unsigned row, unsigned column,
                    unsigned kind, unsigned value) {
    size_t at = cell(out, BIFF_FORMULA, row, column, 0);
    u16(out, kind);
    u16(out, value);
    u16(out, 0);
    u16(out, 0xFFFF);
    u32(out, 0);
    u32(out, 0);
    end(out, at);
}

static void string(struct strbuf *out, const char *text) {
    size_t at = begin(out, BIFF_STRING);
    u16(out, (unsigned)strlen(text));
    u8(out, 0);
    strbuf_add_text(out, text);
    end(out, at);
}

struct made_sheet {
    const char *name;
    unsigned hidden, type; /* type 0: worksheet */
    struct strbuf cells;
};

/* `globals`: records before the sheets' names. */
static void make(struct strbuf *out, unsigned version,
                 const struct strbuf *globals, struct made_sheet *sheets,
                 size_t count) {
    size_t offsets[8];
    bof(out, version, GLOBALS);
    strbuf_add(out, strbuf_str(globals));
    for (size_t i = 0; i < count; i++) {
        size_t at = begin(out, BIFF_BOUNDSHEET);
        offsets[i] = out->len;
        u32(out, 0);
        u8(out, sheets[i].hidden);
        u8(out, sheets[i].type);
        u8(out, (unsigned)strlen(sheets[i].name));
        if (version == BIFF8)
            u8(out, 0);
        strbuf_add_text(out, sheets[i].name);
        end(out, at);
    }
    eof(out);
    for (size_t i = 0; i < count; i++) {
        for (unsigned k = 0; k < 4; k++)
            out->ptr[offsets[i] + k] = (char)(out->len >> 8 * k & 0xFF);
        bof(out, version, WORKSHEET);
        strbuf_add(out, strbuf_str(&sheets[i].cells));
        eof(out);
        strbuf_dispose(&sheets[i].cells);
    }
}

/* A compound file of 512-byte sectors: FAT, folder, stream. */
static void wrap(struct strbuf *out, const char *name, struct str stream) {
    size_t data = (stream.len < 4096 ? 4096 : stream.len + 511) / 512;
    cr_assert_leq(data, 126);
    strbuf_add(out, STR_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    while (out->len < 24)
        u8(out, 0);
    u16(out, 0x3E);
    u16(out, 3);
    u16(out, 0xFFFE);
    u16(out, 9);
    u16(out, 6);
    while (out->len < 44)
        u8(out, 0);
    u32(out, 1); /* FAT sectors */
    u32(out, 1); /* the folder's sector */
    u32(out, 0);
    u32(out, 4096);
    u32(out, 0xFFFFFFFE);
    u32(out, 0);
    u32(out, 0xFFFFFFFE);
    u32(out, 0);
    u32(out, 0);
    while (out->len < 512)
        u8(out, 0xFF);
    u32(out, 0xFFFFFFFD);
    u32(out, 0xFFFFFFFE);
    for (uint32_t i = 0; i < data; i++)
        u32(out, i + 1 < data ? i + 3 : 0xFFFFFFFE);
    while (out->len < 1024)
        u8(out, 0xFF);
    const char *const names[] = {"Root Entry", name};
    for (unsigned i = 0; i < 4; i++) {
        size_t start = out->len, len = i < 2 ? strlen(names[i]) : 0;
        for (size_t k = 0; k < len; k++)
            u16(out, (unsigned char)names[i][k]);
        while (out->len < start + 64)
            u8(out, 0);
        u16(out, len != 0 ? (unsigned)(2 * len + 2) : 0);
        u8(out, i == 0 ? 5 : i == 1 ? 2 : 0);
        u8(out, 1);
        u32(out, 0xFFFFFFFF);
        u32(out, 0xFFFFFFFF);
        u32(out, i == 0 ? 1 : 0xFFFFFFFF);
        while (out->len < start + 116)
            u8(out, 0);
        u32(out, i == 1 ? 2 : 0xFFFFFFFE);
        u32(out,
            i == 1 ? (uint32_t)(stream.len < 4096 ? 4096 : stream.len) : 0);
        u32(out, 0);
    }
    strbuf_add(out, stream);
    while (out->len < (data + 3) * 512)
        u8(out, 0);
}

static void expect(struct str bytes, const char *sheet, const char *rows,
                   const char *told) {
    struct workbook_result result;
    workbook_read(&result, bytes,
                  (struct workbook_how){.sheet = sheet, .must_be = "xls"});
    cr_expect(result.opened && result.ended, "%s", result.err.msg);
    cr_expect_str_eq(result.rows.ptr, rows);
    cr_expect_str_eq(result.told.ptr, told);
    workbook_result_dispose(&result);
}

static void expect_refused(struct str bytes, const char *words) {
    struct workbook_result result;
    workbook_read(&result, bytes, (struct workbook_how){.sheet = NULL});
    cr_expect_not(result.ended, "%s", words);
    cr_expect(strstr(result.err.msg, words) != NULL, "\"%s\" has no \"%s\"",
              result.err.msg, words);
    workbook_result_dispose(&result);
}

/* One sheet of BIFF8 with these cells. */
static void expect_cells(struct strbuf globals, struct strbuf cells,
                         const char *rows, const char *told) {
    struct strbuf book = {.ptr = NULL};
    struct made_sheet sheet = {.name = "BOM", .cells = cells};
    make(&book, BIFF8, &globals, &sheet, 1);
    expect(strbuf_str(&book), NULL, rows, told);
    strbuf_dispose(&book);
    strbuf_dispose(&globals);
}

static void style(struct strbuf *out, unsigned format) {
    size_t at = begin(out, BIFF_XF);
    u16(out, 0);
    u16(out, format);
    for (int i = 0; i < 8; i++)
        u16(out, 0);
    end(out, at);
}

static void custom_format(struct strbuf *out, unsigned id, const char *code) {
    size_t at = begin(out, BIFF_FORMAT);
    u16(out, id);
    u16(out, (unsigned)strlen(code));
    u8(out, 0);
    strbuf_add_text(out, code);
    end(out, at);
}

Test(xls, cells_of_every_type) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    size_t at = begin(&globals, BIFF_SST);
    u32(&globals, 2);
    u32(&globals, 2);
    u16(&globals, 3);
    u8(&globals, 8 + 4); /* formatting runs and a phonetic hint */
    u16(&globals, 1);
    u32(&globals, 3);
    strbuf_add_text(&globals, "MPNrrrrppp");
    u16(&globals, 4);
    u8(&globals, 1);
    for (int i = 0; i < 2; i++)
        u16(&globals, i == 0 ? 0x00B5 : 'F');
    u16(&globals, 0xD83D); /* U+1F600 */
    u16(&globals, 0xDE00);
    end(&globals, at);
    shared(&cells, 0, 0, 0);
    shared(&cells, 0, 1, 1);
    label(&cells, 0, 2, "old");
    number(&cells, 1, 0, 0, 0.1);
    number(&cells, 1, 1, 0, 9955167123456);
    at = cell(&cells, BIFF_RK, 1, 2, 0);
    u32(&cells, (uint32_t)22232061 << 2 | 2);
    end(&cells, at);
    at = cell(&cells, BIFF_RK, 1, 3, 0);
    u32(&cells, (uint32_t)-1250 << 2 | 3); /* hundredths */
    end(&cells, at);
    at = begin(&cells, BIFF_MULRK);
    u16(&cells, 2);
    u16(&cells, 1);
    for (unsigned i = 0; i < 3; i++) {
        u16(&cells, 0);
        u32(&cells, (i + 7) << 2 | 2);
    }
    u16(&cells, 3);
    end(&cells, at);
    at = cell(&cells, BIFF_BOOLERR, 3, 0, 0);
    u8(&cells, 1);
    u8(&cells, 0);
    end(&cells, at);
    at = cell(&cells, BIFF_BOOLERR, 3, 1, 0);
    u8(&cells, 0x2A);
    u8(&cells, 1);
    end(&cells, at);
    expect_cells(globals, cells,
                 "1:MPN|\xC2\xB5"
                 "F\xF0\x9F\x98\x80|old\n"
                 "2:0.1|9955167123456|22232061|-12.5\n3:|7|8|9\n"
                 "4:TRUE|#N/A\n",
                 "note formula-error 4:2\n");
}

Test(xls, formulas_give_their_values) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    formula(&cells, 0, 0, 0, 0);
    string(&cells, "text");
    formula(&cells, 0, 1, 1, 1);
    formula(&cells, 0, 2, 2, 0x07);
    formula(&cells, 0, 3, 3, 0);
    formula(&cells, 0, 4, 0, 0);
    size_t at = cell(&cells, BIFF_FORMULA, 0, 5, 0);
    f64(&cells, 2.5);
    end(&cells, at);
    expect_cells(globals, cells, "1:text|TRUE|#DIV/0!|||2.5\n",
                 "note formula-error 1:3\nlost formula-without-value 1:5\n");
}

Test(xls, dates_and_zeros_are_as_their_format_says) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    custom_format(&globals, 164, "yyyy\\-mm\\-dd");
    custom_format(&globals, 165, "0000");
    style(&globals, 0);
    style(&globals, 14);
    style(&globals, 164);
    style(&globals, 165);
    number(&cells, 0, 0, 1, 45067);
    number(&cells, 0, 1, 2, 45067);
    number(&cells, 0, 2, 3, 402);
    number(&cells, 0, 3, 99, 402);
    expect_cells(globals, cells, "1:2023-05-21|2023-05-21|0402|402\n", "");
}

Test(xls, dates_can_count_from_1904) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    size_t at = begin(&globals, BIFF_DATEMODE);
    u16(&globals, 1);
    end(&globals, at);
    style(&globals, 14);
    number(&cells, 0, 0, 0, 43605);
    expect_cells(globals, cells, "1:2023-05-21\n", "");
}

Test(xls, a_text_goes_on_in_the_next_record_in_other_characters) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    size_t at = begin(&globals, BIFF_SST);
    u32(&globals, 2);
    u32(&globals, 2);
    u16(&globals, 5);
    u8(&globals, 0);
    strbuf_add_text(&globals, "ab");
    end(&globals, at);
    at = begin(&globals, BIFF_CONTINUE);
    u8(&globals, 1);
    u16(&globals, 0x4E2D);
    u16(&globals, 'd');
    end(&globals, at);
    at = begin(&globals, BIFF_CONTINUE);
    u8(&globals, 0);
    strbuf_add_text(&globals, "e");
    u16(&globals, 1);
    u8(&globals, 0);
    strbuf_add_text(&globals, "z");
    end(&globals, at);
    shared(&cells, 0, 0, 0);
    shared(&cells, 0, 1, 1);
    expect_cells(globals, cells,
                 "1:ab\xE4\xB8\xAD"
                 "de|z\n",
                 "");
}

Test(xls, cells_out_of_order_are_put_in_order) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    label(&cells, 5, 1, "d");
    label(&cells, 2, 1, "b");
    label(&cells, 2, 0, "a");
    label(&cells, 5, 0, "c");
    label(&cells, 2, 0, "again");
    expect_cells(globals, cells, "3:a|b\n6:c|d\n", "lost repeated-cell 3:1\n");
}

Test(xls, a_chart_on_the_sheet_has_no_cells_of_it) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    label(&cells, 0, 0, "a");
    bof(&cells, BIFF8, CHART);
    number(&cells, 0, 0, 0, 9);
    eof(&cells);
    label(&cells, 1, 0, "b");
    expect_cells(globals, cells, "1:a\n2:b\n", "");
}

Test(xls, what_is_cut_or_missing_is_lost) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    label(&cells, 0, 0, "a");
    shared(&cells, 0, 1, 0);
    size_t at = cell(&cells, BIFF_LABEL, 0, 2, 0);
    u16(&cells, 50);
    u8(&cells, 0);
    strbuf_add_text(&cells, "cut");
    end(&cells, at);
    expect_cells(globals, cells, "1:a||cut\n",
                 "lost missing-text 1:2\nlost cut-text 1:3\n");
}

Test(xls, excel_95_texts_are_in_the_code_page) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL},
                  book = {.ptr = NULL};
    size_t at = begin(&globals, BIFF_CODEPAGE);
    u16(&globals, 1251);
    end(&globals, at);
    at = cell(&cells, BIFF_LABEL, 0, 0, 0);
    u16(&cells, 3);
    strbuf_add_text(&cells, "\xcc\xca");
    u8(&cells, 0x98); /* nothing in this code page */
    end(&cells, at);
    struct made_sheet sheet = {.name = "BOM", .cells = cells};
    make(&book, BIFF5, &globals, &sheet, 1);
    expect(strbuf_str(&book), NULL, "1:\xD0\x9C\xD0\x9A\xEF\xBF\xBD\n", "");
    strbuf_dispose(&book);
    strbuf_dispose(&globals);
}

static void make_several(struct strbuf *book) {
    struct strbuf globals = {.ptr = NULL};
    struct made_sheet sheets[] = {{.name = "Cover"},
                                  {.name = "Chart", .type = 2},
                                  {.name = "Old", .hidden = 1},
                                  {.name = "BOM"}};
    label(&sheets[0].cells, 0, 0, "A board");
    for (unsigned row = 0; row < 3; row++) {
        for (unsigned column = 0; column < 3; column++) {
            label(&sheets[2].cells, row, column, "old");
            if (row < 2)
                label(&sheets[3].cells, row, column, "new");
        }
    }
    make(book, BIFF8, &globals, sheets, 4);
}

Test(xls, the_visible_table_is_read_and_the_others_are_told) {
    struct strbuf book = {.ptr = NULL};
    make_several(&book);
    expect(strbuf_str(&book), NULL, "1:new|new|new\n2:new|new|new\n",
           "note other-sheets 0:0\n");
    expect(strbuf_str(&book), "Cover", "1:A board\n", "");
    expect(strbuf_str(&book), "1", "1:A board\n", "");
    expect(strbuf_str(&book), "2",
           "1:old|old|old\n2:old|old|old\n3:old|old|old\n", "");
    strbuf_dispose(&book);
}

Test(xls, columns_over_the_limit_are_told_once_a_row) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    label(&cells, 0, 0, "a");
    label(&cells, 0, READER_COLUMNS_MAX, "b");
    label(&cells, 0, READER_COLUMNS_MAX + 1, "c");
    expect_cells(globals, cells, "1:a\n", "lost too-many-columns 1:513\n");
}

Test(xls, a_compound_file_is_opened) {
    struct strbuf book = {.ptr = NULL}, file = {.ptr = NULL};
    make_several(&book);
    wrap(&file, "Workbook", strbuf_str(&book));
    expect(strbuf_str(&file), "Cover", "1:A board\n", "");
    strbuf_clear(&file);
    wrap(&file, "Book", strbuf_str(&book));
    expect(strbuf_str(&file), "Cover", "1:A board\n", "");
    strbuf_dispose(&book);
    strbuf_dispose(&file);
}

Test(xls, what_is_no_workbook_is_named) {
    struct strbuf file = {.ptr = NULL};
    wrap(&file, "WordDocument", STR_LIT("x"));
    expect_refused(strbuf_str(&file), "not an Excel workbook");
    strbuf_clear(&file);
    wrap(&file, "EncryptedPackage", STR_LIT("x"));
    expect_refused(strbuf_str(&file), "password");
    strbuf_dispose(&file);
    expect_refused(STR_LIT("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00"),
                   "older than Excel 5");
}

Test(xls, a_password_is_named) {
    struct strbuf globals = {.ptr = NULL}, book = {.ptr = NULL};
    struct made_sheet sheet = {.name = "BOM"};
    end(&globals, begin(&globals, BIFF_FILEPASS));
    make(&book, BIFF8, &globals, &sheet, 1);
    expect_refused(strbuf_str(&book), "password");
    strbuf_dispose(&book);
    strbuf_dispose(&globals);
}

Test(xls, a_workbook_that_is_cut_off_is_refused_at_every_length) {
    struct strbuf book = {.ptr = NULL}, file = {.ptr = NULL};
    struct workbook_result result;
    make_several(&book);
    wrap(&file, "Workbook", strbuf_str(&book));
    /* The last sheet ends with the stream; padding follows. */
    for (size_t len = 8; len < 3 * 512 + book.len; len += 7) {
        workbook_read(&result, str_take(strbuf_str(&file), len),
                      (struct workbook_how){.sheet = NULL});
        cr_expect_not(result.ended, "%zu bytes", len);
        workbook_result_dispose(&result);
    }
    strbuf_dispose(&book);
    strbuf_dispose(&file);
}

/* One sheet after these records: refused with these words. */
static void expect_too_many(struct strbuf *globals, struct strbuf cells,
                            const char *words) {
    struct strbuf book = {.ptr = NULL};
    struct made_sheet sheet = {.name = "BOM", .cells = cells};
    make(&book, BIFF8, globals, &sheet, 1);
    expect_refused(strbuf_str(&book), words);
    strbuf_dispose(&book);
    strbuf_dispose(globals);
}

Test(xls, more_than_the_limits_is_refused) {
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    for (size_t i = 0; i < XLS_SHEETS_MAX; i++) {
        size_t at = begin(&globals, BIFF_BOUNDSHEET);
        u32(&globals, 0);
        u32(&globals, 0);
        end(&globals, at);
    }
    expect_too_many(&globals, cells, "more than 1000 sheets");
    for (unsigned i = 0; i <= XLS_FORMATS_MAX; i++)
        custom_format(&globals, i, "0");
    expect_too_many(&globals, cells, "more than 4096 number formats");
    for (size_t i = 0; i <= XLS_STYLES_MAX; i++)
        style(&globals, 0);
    expect_too_many(&globals, cells, "more than 65536 cell styles");
}

Test(xls, more_texts_than_the_limit_are_refused) {
    static char zeros[3 * 2700];
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    size_t at = begin(&globals, BIFF_SST);
    u32(&globals, 0);
    u32(&globals, XLS_STRINGS_MAX + 1);
    end(&globals, at);
    for (size_t i = 0; i <= XLS_STRINGS_MAX / 2700; i++) {
        at = begin(&globals, BIFF_CONTINUE);
        strbuf_add(&globals, (struct str){zeros, sizeof(zeros)});
        end(&globals, at);
    }
    expect_too_many(&globals, cells, "different texts");
}

Test(xls, more_cells_than_the_limit_are_refused) {
    static char zeros[6 * 1000 + 6];
    struct strbuf globals = {.ptr = NULL}, cells = {.ptr = NULL};
    for (size_t i = 0; i <= XLS_CELLS_MAX / 1000; i++) {
        size_t at = begin(&cells, BIFF_MULRK);
        strbuf_add(&cells, (struct str){zeros, sizeof(zeros)});
        end(&cells, at);
    }
    expect_too_many(&globals, cells, "more than 8388608 cells");
}

Test(xls, sheets_that_share_their_bytes_are_refused) {
    struct strbuf globals = {.ptr = NULL}, book = {.ptr = NULL};
    struct made_sheet sheets[] = {{.name = "A"}, {.name = "B"}};
    for (unsigned i = 0; i < 100; i++)
        number(&sheets[0].cells, i, 0, 0, 1);
    make(&book, BIFF8, &globals, sheets, 2);
    /* The second BOUNDSHEET, after a BOF of 20 bytes and one of 13. */
    memcpy(book.ptr + 20 + 13 + 4, book.ptr + 20 + 4, 4);
    expect_refused(strbuf_str(&book), "overlap");
    strbuf_dispose(&book);
}

Test(xls, a_loop_in_the_file_ends) {
    struct strbuf globals = {.ptr = NULL}, book = {.ptr = NULL},
                  file = {.ptr = NULL};
    struct made_sheet sheet = {.name = "BOM"};
    for (unsigned i = 0; i < 400; i++)
        number(&sheet.cells, i, 0, 0, 1);
    make(&book, BIFF8, &globals, &sheet, 1);
    wrap(&file, "Workbook", strbuf_str(&book));
    /* The folder's sector is its own next one, and so is the stream's. */
    memcpy(file.ptr + 512 + 4, "\1\0\0\0\2\0\0\0", 8);
    expect_refused(strbuf_str(&file), "damaged");
    strbuf_dispose(&book);
    strbuf_dispose(&file);
}

Test(xls, running_out_of_memory_is_an_error) {
    struct strbuf book = {.ptr = NULL}, file = {.ptr = NULL};
    make_several(&book);
    wrap(&file, "Workbook", strbuf_str(&book));
    workbook_expect_nomem(&xls_format, strbuf_str(&file));
    strbuf_dispose(&book);
    strbuf_dispose(&file);
}

Test(xls, real_workbooks_are_read_whole) {
    static const struct workbook_expected expected[] = {
        {"myriadrf__LimeSDR-Mini__LimeSDR_Mini_1v3_BOMr0.xls", 89},
        {"parallella__parallella-hw__kvision_bom.xls", 22},
        {"parallella__parallella-hw__parallella_bom.xls", 94},
    };
    workbook_expect_corpus(expected, ARRAY_LEN(expected), "xls");
}
