#ifndef BOMGATE_MAKER_TEXT_MEMO_H
#define BOMGATE_MAKER_TEXT_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/** Which part numbers stand in a text. */
enum text_parts {
    TEXT_UNASKED,
    TEXT_NO_PART,
    TEXT_PART,
    TEXT_MEMORY, /* one of a memory, of which other cells may say more */
};

/** How a text may be read for part numbers; see mpn_match_cell() and
    mpn_match_prose(). */
enum text_reading { TEXT_AS_CELL, TEXT_AS_HIGH, TEXT_AS_PROSE };
#define TEXT_READINGS 3

/** What a text was found to say; not yet asked where the bits are not set. */
struct text_said {
    uint32_t category, column; /* as a description, in a column of categories */
    bool described : 1, in_column : 1; /* they were asked for */
    bool placeholder : 1, read : 1;    /* `placeholder` was */
    uint8_t parts[TEXT_READINGS];      /* enum text_parts */
    uint32_t reading; /* as a part number; see cell_reading(). 0: not asked */
};

#define TEXT_MEMO_LEN_MAX UINT16_MAX /* bytes of a text */

/**
 * Texts seen before: a BOM has the same ones again and again. A zeroed struct
 * is empty; its memory is bounded.
 *
 * A text stands right behind what it says, in one block of memory: to find it
 * is to look at two places.
 */
struct text_memo {
    struct text_slot *slots;
    size_t count, cap; /* of the slots; cap is 0 or a power of two */
    unsigned char *block;
    size_t used, size;
    uint32_t epoch; /* how often all was forgotten: numbers begin anew */
};

#define TEXT_NONE UINT32_MAX

/**
 * The number of a text, whose sayings are to be filled in.
 *
 * @return TEXT_NONE when memory is out; else valid while the epoch is.
 */
uint32_t text_memo_find(struct text_memo *memo, struct str text);

/** What the text of that number says. Valid until the next text is found. */
struct text_said *text_memo_said(const struct text_memo *memo, uint32_t number);

void text_memo_dispose(struct text_memo *memo);

#endif
