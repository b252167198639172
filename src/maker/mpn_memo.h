#ifndef BOMGATE_MAKER_MPN_MEMO_H
#define BOMGATE_MAKER_MPN_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"

struct mpn_match;
struct mpn_matcher;

/** How a cell was read. */
enum mpn_reading { MPN_READ_CELL, MPN_READ_HIGH, MPN_READ_PROSE };

/** What cells were found to say: a BOM names the same part again and again. A
    zeroed struct is empty; its memory is bounded. */
struct mpn_memo {
    struct map index;
    struct arena arena;
    struct mpn_memory *items;
    size_t count, cap;
    struct strbuf key;
};

/** Recall what `cell` said, as if it had been matched now.
    @return false when it is not remembered. */
bool mpn_memo_recall(struct mpn_memo *memo, struct mpn_matcher *matcher,
                     struct str cell, enum mpn_reading as,
                     struct mpn_match *out);

/** Remember it. @return false when memory is out. */
NODISCARD bool mpn_memo_keep(struct mpn_memo *memo, struct str cell,
                             enum mpn_reading as,
                             const struct mpn_match *match);

void mpn_memo_dispose(struct mpn_memo *memo);

#endif
