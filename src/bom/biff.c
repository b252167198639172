#include "bom/biff.h"

#include "bom/bytes.h"
#include "bom/reader.h"
#include "core/utf8.h"

#include <iconv.h>
#include <stdio.h>

#define HEAD_SIZE 4

bool biff_record(struct str stream, size_t at, struct biff_record *record) {
    if (at > stream.len || stream.len - at < HEAD_SIZE)
        return false;
    size_t len = bytes_u16(stream, at + 2);
    if (stream.len - at - HEAD_SIZE < len)
        return false;
    *record = (struct biff_record){
        .type = bytes_u16(stream, at),
        .at = at,
        .next = at + HEAD_SIZE + len,
        .data = {stream.ptr + at + HEAD_SIZE, len},
    };
    return true;
}

void biff_cursor_init(struct biff_cursor *cursor, struct str stream,
                      const struct biff_record *record) {
    *cursor = (struct biff_cursor){.stream = stream, .record = *record};
}

/* Step into the CONTINUE records as long as nothing is left. */
static bool refill(struct biff_cursor *cursor) {
    while (cursor->at >= cursor->record.data.len) {
        struct biff_record next;
        if (cursor->failed ||
            !biff_record(cursor->stream, cursor->record.next, &next) ||
            next.type != BIFF_CONTINUE) {
            cursor->failed = true;
            return false;
        }
        cursor->record = next;
        cursor->at = 0;
    }
    return true;
}

uint32_t biff_u8(struct biff_cursor *cursor) {
    return refill(cursor) ? bytes_u8(cursor->record.data, cursor->at++) : 0;
}

uint32_t biff_u16(struct biff_cursor *cursor) {
    uint32_t low = biff_u8(cursor);
    return low | biff_u8(cursor) << 8;
}

uint32_t biff_u32(struct biff_cursor *cursor) {
    uint32_t low = biff_u16(cursor);
    return low | biff_u16(cursor) << 16;
}

void biff_skip(struct biff_cursor *cursor, size_t count) {
    while (count > 0 && refill(cursor)) {
        size_t left = cursor->record.data.len - cursor->at;
        size_t step = count < left ? count : left;
        cursor->at += step;
        count -= step;
    }
}

/* Adds UTF-16 units; `high` waits for the second half of a pair. */
static void add_unit(struct strbuf *out, uint32_t unit, uint32_t *high) {
    bool is_high = unit >= 0xD800 && unit < 0xDC00;
    bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (*high != 0 && !is_low)
        utf8_add(out, 0xFFFD);
    if (is_low && *high != 0)
        utf8_add(out, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
    else if (is_low)
        utf8_add(out, 0xFFFD);
    else if (!is_high)
        utf8_add(out, unit);
    *high = is_high ? unit : 0;
}

/* At the border of two records the characters start anew with their flag. */
static void add_units(struct biff_cursor *cursor, size_t count, uint32_t flags,
                      struct strbuf *out) {
    uint32_t high = 0;
    while (count-- > 0 && !cursor->failed) {
        if (cursor->at >= cursor->record.data.len) {
            if (!refill(cursor))
                return;
            flags = biff_u8(cursor);
        }
        uint32_t unit = (flags & 1) != 0 ? biff_u16(cursor) : biff_u8(cursor);
        if (out->len <= READER_CELL_MAX)
            add_unit(out, unit, &high);
    }
    if (high != 0)
        utf8_add(out, 0xFFFD);
}

void biff_text(struct biff_cursor *cursor, size_t count, struct strbuf *out) {
    uint32_t flags = biff_u8(cursor);
    size_t runs = (flags & 8) != 0 ? biff_u16(cursor) : 0;
    size_t phonetic = (flags & 4) != 0 ? biff_u32(cursor) : 0;
    add_units(cursor, count, flags, out);
    biff_skip(cursor, 4 * runs + phonetic);
}

static iconv_t open_codepage(unsigned codepage) {
    char name[32];
    /* Macintosh is the only one without a "CP" name. */
    if (codepage == 0x8000 || codepage == 10000)
        return iconv_open("UTF-8", "MACINTOSH");
    if (codepage == 0x8001 || codepage == 0)
        codepage = 1252;
    snprintf(name, sizeof(name), "CP%u", codepage);
    iconv_t converter = iconv_open("UTF-8", name);
    return converter != (iconv_t)-1 ? converter : iconv_open("UTF-8", "CP1252");
}

static void convert(iconv_t converter, char *from, size_t left,
                    struct strbuf *out) {
    char piece[256];
    while (left > 0) {
        char *to = piece;
        size_t room = sizeof(piece);
        size_t before = left;
        iconv(converter, &from, &left, &to, &room);
        strbuf_add(out, (struct str){piece, sizeof(piece) - room});
        if (left == before && room == sizeof(piece)) {
            utf8_add(out, 0xFFFD);
            from++;
            left--;
        }
    }
}

void biff_bytes_text(struct biff_cursor *cursor, size_t count,
                     unsigned codepage, struct strbuf *out) {
    struct strbuf raw = {.ptr = NULL};
    while (count-- > 0 && !cursor->failed)
        strbuf_add_char(&raw, (char)biff_u8(cursor));
    iconv_t converter = open_codepage(codepage);
    if (converter == (iconv_t)-1)
        (void)utf8_repair(out, strbuf_str(&raw));
    else
        convert(converter, raw.ptr, raw.len, out);
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    if (raw.failed)
        out->failed = true;
    strbuf_dispose(&raw);
}

double biff_rk(uint32_t rk) {
    double value;
    if ((rk & 2) != 0) {
        /* The upper 30 bits are a signed integer. */
        int32_t whole = (int32_t)(rk >> 2);
        value = whole >= 1 << 29 ? whole - (1 << 30) : whole;
    } else {
        value = bytes_double((uint64_t)(rk & ~UINT32_C(3)) << 32);
    }
    return (rk & 1) != 0 ? value / 100 : value;
}
