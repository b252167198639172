#ifndef BOMGATE_MAKER_TEXT_MEMO_H
#define BOMGATE_MAKER_TEXT_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/map.h"
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
    bool described, in_column; /* they were asked for */
    bool placeholder, read;    /* `placeholder` was */
    uint8_t parts[TEXT_READINGS]; /* enum text_parts */
};

/** Texts seen before: a BOM has the same ones again and again. A zeroed struct
    is empty; its memory is bounded. */
struct text_memo {
    struct map index;
    struct arena arena; /* the texts */
    struct text_said *items;
    size_t count, cap;
    uint32_t epoch; /* how often all was forgotten: numbers begin anew */
};

#define TEXT_NONE UINT32_MAX

/**
 * The number of a text: what it says is `items[number]`, to be filled in.
 *
 * @return TEXT_NONE when memory is out; else valid while the epoch is.
 */
uint32_t text_memo_find(struct text_memo *memo, struct str text);

void text_memo_dispose(struct text_memo *memo);

#endif
