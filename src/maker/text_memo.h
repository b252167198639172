#ifndef BOMGATE_MAKER_TEXT_MEMO_H
#define BOMGATE_MAKER_TEXT_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/keyed_hash.h"

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
    uint32_t reading; /* as a part number; see cell_reading(). 0: not asked */
    bool described : 1, in_column : 1; /* they were asked for */
    bool placeholder : 1, read : 1;    /* `placeholder` was */
    uint8_t parts[TEXT_READINGS];      /* enum text_parts */
};

/**
 * What texts say: a BOM has the same ones again and again. Its memory is
 * bounded: in the end a text gives way to newer ones. Hashes stand for texts
 * (core/keyed_hash.h). A struct that is zeroed but for its key is empty.
 */
struct text_memo {
    struct hash_key key;
    struct text_slot *slots;
    unsigned bits; /* of the slots' numbers */
    size_t kept;   /* since there are so many slots */
    struct text_said unkept;
};

/** @param hash  keyed_hash() with the memo's key.
    @return what the text says, to be filled in; valid until the next call. */
struct text_said *text_memo_at(struct text_memo *memo, uint64_t hash);

void text_memo_dispose(struct text_memo *memo);

#endif
