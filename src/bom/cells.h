#ifndef BOMGATE_BOM_CELLS_H
#define BOMGATE_BOM_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/words.h"
#include "bom/memo.h"

/** What a cell's whole text says; an OR of bits. */
enum cell_kind {
    CELL_PLACEHOLDER = 1 << 0,
    CELL_NOT_FITTED = 1 << 1,
    CELL_NOT_FITTED_SHORT = 1 << 2,
    CELL_NO = 1 << 3,
    CELL_YES = 1 << 4,
    CELL_DISTRIBUTOR = 1 << 5,
};

/** Remembers what short cells say; names and words repeat all the time. */
struct cells {
    struct bom_words *words;
    struct memo memo;
};

/** What is remembered of a cell, each by itself. */
enum cell_question {
    CELL_ASK_KINDS,
    CELL_ASK_KNOWN_MAKER,
    CELL_ASK_ZEROS,
    CELL_ASK_MPN, /* this and the next ones: see plain.c */
    CELL_ASK_LONE_MPN,
    CELL_ASK_MAKER,
    CELL_ASK_TEXT,
};

void cells_dispose(struct cells *cells);

/** The answer about a cell, from memory or from `answer`, which says the same
    of the same text every time. */
unsigned cells_ask(struct cells *cells, enum cell_question question,
                   struct str cell,
                   unsigned (*answer)(struct cells *, struct str));

/** What the cell says. @param cell Trimmed. */
unsigned cells_kinds(struct cells *cells, struct str cell);

/** Is it a maker that the rules know? */
bool cells_is_maker(struct cells *cells, struct str cell);

/** See words_leading_zeros(). */
uint32_t cells_leading_zeros(struct cells *cells, struct str maker);

/**
 * "NA(MT29F64G08)", "DNP (10k)": what stands in the brackets of such a cell.
 *
 * @return false when the cell has no such form.
 */
bool cells_unwrap(struct cells *cells, struct str cell, struct str *inside);

/** Does a word of the cell say "not fitted": "10k DNP", "100n/DNP"? */
bool cells_mention_not_fitted(struct cells *cells, struct str cell);

/* The longest cell that is looked at for saying "not fitted" as a whole. */
#define CELLS_NOT_FITTED_MAX 24 /* "do not populate" */

/** Is it a short word that says so where a part is named: "nc"? */
bool cells_says_short(struct cells *cells, struct str cell);

/** Could it say "not fitted" in a column that names parts? If not, then it says
    so in no other column either. */
bool cells_may_be_unfitted(struct cells *cells, struct str cell);

#define CELL_PIECES_MAX 16 /* a real cell named 8 makers */

/**
 * Split a cell that names several makers or part numbers: at line breaks, `~`,
 * `;`, `|`, ` / `, ` or `, `_or_`; never at a bare slash or a comma.
 *
 * @return how many pieces there are; 1 for the whole cell.
 */
size_t cells_split(struct str cell, struct str pieces[CELL_PIECES_MAX]);

/**
 * Split at commas or bare slashes, where every piece by itself is a whole part
 * number: "K4B4G1646E-BYMA, MT41K256M16TW-107:P", never "BSS138PW,115".
 */
size_t cells_split_mpns(struct cells *cells, struct str cell,
                        struct str pieces[CELL_PIECES_MAX]);

/** The same for makers, where every piece is one that the rules know. */
size_t cells_split_makers(struct cells *cells, struct str cell,
                          struct str pieces[CELL_PIECES_MAX]);

/** The alternative in brackets of "MT41K512M16HA-125:E (AS4C512M16D3L)". */
bool cells_split_brackets(struct cells *cells, struct str cell,
                          struct str *first, struct str *second);

/**
 * "YAGEO CC0402KRX7R7BB104": the longest beginning that is a known maker; else,
 * with `guess`, the words without a digit.
 *
 * @return false when there is no maker to be seen; `maker` is empty then.
 */
bool cells_split_maker(struct cells *cells, struct str cell, bool guess,
                       struct str *maker, struct str *mpn);

#endif
