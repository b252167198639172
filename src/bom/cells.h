#ifndef BOMGATE_BOM_CELLS_H
#define BOMGATE_BOM_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "bom/words.h"
#include "core/arena.h"
#include "core/map.h"

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
    struct map kinds, makers;
    struct arena arena; /* the keys of both */
};

void cells_dispose(struct cells *cells);

/** What the cell says. @param cell Trimmed. */
unsigned cells_kinds(struct cells *cells, struct str cell);

/** Is it a maker that the rules know? */
bool cells_is_maker(struct cells *cells, struct str cell);

/**
 * "NA(MT29F64G08)", "DNP (10k)": what stands in the brackets of such a cell.
 *
 * @return false when the cell has no such form.
 */
bool cells_unwrap(struct cells *cells, struct str cell, struct str *inside);

/** Does a word of the cell say "not fitted": "10k DNP", "100n/DNP"? */
bool cells_mention_not_fitted(struct cells *cells, struct str cell);

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
