/* An old Excel workbook with bent records is read or refused, the same way each
   time: the records of its book in a compound file that is in order, or a whole
   file as it comes. */
#include "bom/biff.h"
#include "bom/cfb.h"
#include "fuzz_sheets.h"

#define SECTOR 512
#define FREE 0xFFFFFFFFu
#define LAST 0xFFFFFFFEu
#define TABLE 0xFFFFFFFDu

static void add_number(struct strbuf *out, uint32_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; i++)
        strbuf_add_char(out, (char)(value >> 8 * i & 0xff));
}

static void fill(struct strbuf *out, size_t len, int byte) {
    while (out->len < len)
        strbuf_add_char(out, (char)byte);
}

static void add_head(struct strbuf *out) {
    static const uint32_t words[] = {1, 1, 0, 4096, LAST, 0, LAST, 0, 0};
    strbuf_add(out, STR_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    fill(out, 24, 0);
    add_number(out, 0x0003003E, 4);
    add_number(out, 0x0009FFFE, 4);
    add_number(out, 6, 2);
    fill(out, 44, 0);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        add_number(out, words[i], 4);
    fill(out, SECTOR, 0xFF);
}

static void add_entry(struct strbuf *out, const char *name, unsigned type,
                      uint32_t below, uint32_t sector, size_t size) {
    size_t start = out->len, len = str_from(name).len;
    for (size_t i = 0; i < len; i++)
        add_number(out, (unsigned char)name[i], 2);
    fill(out, start + 64, 0);
    add_number(out, len == 0 ? 0 : (uint32_t)(2 * len + 2), 2);
    add_number(out, type | 1 << 8, 2);
    add_number(out, FREE, 4);
    add_number(out, FREE, 4);
    add_number(out, below, 4);
    fill(out, start + 116, 0);
    add_number(out, sector, 4);
    add_number(out, (uint32_t)size, 4);
    add_number(out, 0, 4);
}

/* 512-byte sectors: the table of sectors, the folder, the stream. */
static bool wrap(struct strbuf *out, const char *name, struct str stream) {
    size_t size = stream.len < 4096 ? 4096 : stream.len;
    uint32_t sectors = (uint32_t)((size + SECTOR - 1) / SECTOR);
    if (sectors > 126)
        return false;
    add_head(out);
    add_number(out, TABLE, 4);
    add_number(out, LAST, 4);
    for (uint32_t i = 0; i < sectors; i++)
        add_number(out, i + 1 < sectors ? i + 3 : LAST, 4);
    fill(out, 2 * SECTOR, 0xFF);
    add_entry(out, "Root Entry", 5, 1, LAST, 0);
    add_entry(out, name, 2, FREE, 2, size);
    fill(out, 3 * SECTOR, 0);
    strbuf_add(out, stream);
    fill(out, (3 + sectors) * SECTOR, 0);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    struct strbuf file = {.ptr = NULL};
    if (cfb_is(bytes))
        fuzz_check_sheets(&xls_format, bytes);
    else if (wrap(&file, "Workbook", bytes))
        fuzz_check_sheets(&xls_format, strbuf_str(&file));
    strbuf_dispose(&file);
    return 0;
}
