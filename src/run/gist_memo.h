#ifndef BOMGATE_RUN_GIST_MEMO_H
#define BOMGATE_RUN_GIST_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/numbers.h"
#include "maker/maker.h"
#include "run/part_memo.h"

/**
 * What parts were found to be, by the gist of their cells, where nothing is to
 * be told of them: most lines of a BOM. Bounded; a zeroed struct is empty.
 */
struct gist_memo {
    struct numbers index; /* gist -> item */
    struct map by_answer; /* most parts share their answer with others */
    struct arena arena;
    struct part_answer **items;
    size_t count, cap;
    struct strbuf key;
    uint32_t epoch; /* of the gists; see maker_gist_epoch() */
};

/** Forget all: what screenings point to is going. */
void gist_memo_clear(struct gist_memo *memo);

/** Forget all when there is too much, or gists mean something else; call
    between lines.
    @param epoch  From maker_gist_epoch(). */
void gist_memo_trim(struct gist_memo *memo, uint32_t epoch);

/** @return NULL when no such part was seen; else valid until it is forgotten.
 */
struct part_answer *gist_memo_find(const struct gist_memo *memo,
                                   const struct maker_gist *gist,
                                   uint32_t epoch);

/**
 * Keep what was found out, of a gist that is not there.
 *
 * @param maker      Copied, without its evidence.
 * @param screening  Of which nothing is told; copied.
 * @return what is kept; NULL when it cannot be.
 */
struct part_answer *gist_memo_keep(struct gist_memo *memo,
                                   const struct maker_gist *gist,
                                   uint32_t epoch, const struct maker *maker,
                                   const struct screening *screening);

void gist_memo_dispose(struct gist_memo *memo);

#endif
