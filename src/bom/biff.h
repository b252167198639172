#ifndef BOMGATE_BOM_BIFF_H
#define BOMGATE_BOM_BIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"

/* The records of an Excel 5 to 2003 workbook ([MS-XLS] 2.3). */
enum biff_type {
    BIFF_FORMULA = 0x0006,
    BIFF_EOF = 0x000A,
    BIFF_DATEMODE = 0x0022,
    BIFF_FILEPASS = 0x002F,
    BIFF_CONTINUE = 0x003C,
    BIFF_CODEPAGE = 0x0042,
    BIFF_BOUNDSHEET = 0x0085,
    BIFF_MULRK = 0x00BD,
    BIFF_RSTRING = 0x00D6,
    BIFF_XF = 0x00E0,
    BIFF_MERGEDCELLS = 0x00E5,
    BIFF_SST = 0x00FC,
    BIFF_LABELSST = 0x00FD,
    BIFF_NUMBER = 0x0203,
    BIFF_LABEL = 0x0204,
    BIFF_BOOLERR = 0x0205,
    BIFF_STRING = 0x0207,
    BIFF_RK = 0x027E,
    BIFF_FORMAT = 0x041E,
    BIFF_BOF = 0x0809,
};

struct biff_record {
    uint32_t type;
    size_t at;       /* of the record in its stream */
    size_t next;     /* of the one after it */
    struct str data; /* without the four bytes of its head */
};

/** The record at `at`. @return false when none or only a part of one is there.
 */
bool biff_record(struct str stream, size_t at, struct biff_record *record);

/**
 * Reads the bytes of a record and of the CONTINUE records after it as one. A
 * text may be cut by their border.
 */
struct biff_cursor {
    struct str stream;
    struct biff_record record;
    size_t at;   /* in record.data */
    bool failed; /* more was asked for than there is; reads as zeros */
};

void biff_cursor_init(struct biff_cursor *cursor, struct str stream,
                      const struct biff_record *record);
uint32_t biff_u8(struct biff_cursor *cursor);
uint32_t biff_u16(struct biff_cursor *cursor);
uint32_t biff_u32(struct biff_cursor *cursor);
void biff_skip(struct biff_cursor *cursor, size_t count);

/**
 * Append `count` characters of BIFF8 as UTF-8, beginning with the byte that
 * says how they are stored; formatting runs and phonetic hints are stepped
 * over. What is over READER_CELL_MAX is stepped over too, but for a little
 * that shows it.
 */
void biff_text(struct biff_cursor *cursor, size_t count, struct strbuf *out);

/**
 * Append `count` bytes of BIFF5 text.
 *
 * @param codepage  As the CODEPAGE record has it.
 */
void biff_bytes_text(struct biff_cursor *cursor, size_t count,
                     unsigned codepage, struct strbuf *out);

/** The number in an RK value. */
double biff_rk(uint32_t rk);

#endif
