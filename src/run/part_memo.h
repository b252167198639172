#ifndef BOMGATE_RUN_PART_MEMO_H
#define BOMGATE_RUN_PART_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "maker/maker.h"
#include "screen/screen.h"

/** What is known of a part, once it was looked at. */
struct part_answer {
    struct maker maker; /* its evidence is empty until somebody asks */
    struct screening screening;
};

#define PART_CELLS 9
#define PART_KEY_MAX 1024 /* bytes of the cells of one part */

/**
 * Parts seen before: lines repeat. Bounded; a zeroed struct is empty.
 *
 * All that an answer depends on is in the cells, in a fixed order: who is asked
 * for whom is the same for a whole run.
 */
struct part_memo {
    struct map index;
    struct arena arena;
    struct part_answer **items;
    size_t count, cap;
    char key[PART_KEY_MAX]; /* of the part that was asked for last */
    size_t key_len;         /* 0: its cells are too long to be remembered */
};

/** Forget all when there is too much; call between lines. */
void part_memo_trim(struct part_memo *memo);
/** Forget all: what screenings point to is going. */
void part_memo_clear(struct part_memo *memo);

/** @return NULL when no such part was seen; else valid until it is forgotten.
 */
struct part_answer *part_memo_find(struct part_memo *memo,
                                   const struct str cells[PART_CELLS]);

/**
 * Keep what was found out of the part that was asked for last.
 *
 * @param maker      Copied, with its candidates.
 * @param screening  Copied; what it points to is the screener's.
 * @return NULL when memory is out; else valid until it is forgotten.
 */
struct part_answer *part_memo_keep(struct part_memo *memo,
                                   const struct maker *maker,
                                   const struct screening *screening);

void part_memo_dispose(struct part_memo *memo);

#endif
