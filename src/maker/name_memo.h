#ifndef BOMGATE_MAKER_NAME_MEMO_H
#define BOMGATE_MAKER_NAME_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "maker/match_name.h"

/** What a manufacturer cell was found to say. */
struct name_answer {
    enum name_state state;
    struct name_hit *hits;
    size_t count;
    uint32_t same; /* equal for cells that say the same */
};

/** Manufacturer cells seen before. A zeroed struct is empty; its memory is
    bounded. */
struct name_memo {
    struct map index, by_hits;
    struct arena arena;
    struct name_answer *items;
    size_t count, cap;
    struct strbuf key;
    uint32_t epoch; /* how often all was forgotten: `same` begins anew */
};

/** @param[out] out  Its hits live until a later call forgets them.
    @return false when memory is out. */
NODISCARD bool name_memo_find(struct name_memo *memo,
                              struct name_matcher *names, struct str cell,
                              struct name_answer *out);

void name_memo_dispose(struct name_memo *memo);

#endif
