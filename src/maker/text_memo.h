#ifndef BOMGATE_MAKER_TEXT_MEMO_H
#define BOMGATE_MAKER_TEXT_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/str.h"

/** What a text was found to say; not yet asked where the bits are not set. */
struct text_said {
    uint32_t category;
    bool described;         /* `category` was asked for */
    bool placeholder, read; /* `placeholder` was */
};

/** Texts seen before: a BOM has the same ones again and again. A zeroed struct
    is empty; its memory is bounded. */
struct text_memo {
    struct map index;
    struct arena arena; /* the texts */
    struct text_said *items;
    size_t count, cap;
};

/**
 * What is remembered of a text, to be filled in.
 *
 * @return NULL when memory is out; else valid until the next call.
 */
struct text_said *text_memo_find(struct text_memo *memo, struct str text);

void text_memo_dispose(struct text_memo *memo);

#endif
