#ifndef BOMGATE_BOM_FIXED_LAYOUT_H
#define BOMGATE_BOM_FIXED_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* The widest listing seen has 6 columns in 230 places. */
#define FIXED_COLUMNS_MAX 64
#define FIXED_PLACES_MAX 2048

/** One column of a listing, in places across the page, from 0. */
struct fixed_column {
    uint16_t start, end; /* `end` is the first place after it */
};

/** How many places a character takes: programs pad their columns by counting
    characters, or what a terminal shows, or bytes. */
enum fixed_measure {
    FIXED_BY_CHARACTER,
    FIXED_BY_TERMINAL, /* two places for an East Asian wide character */
    FIXED_BY_BYTE,     /* of UTF-8 */
    FIXED_MEASURES
};

/** Where the columns of a listing stand. */
struct fixed_layout {
    enum fixed_measure measure;
    struct fixed_column columns[FIXED_COLUMNS_MAX];
    size_t count; /* below 2: this is no listing */
    size_t lines; /* lines that show it */
    size_t named; /* columns over which the header has a word */
};

/**
 * Find the columns of a listing: the places where no line of the table has
 * anything, its header line included, part them. The measure is the one by
 * which the columns stand apart most clearly.
 */
void fixed_find_layout(struct str head, struct fixed_layout *layout);

/** One run of text without blanks in a line. */
struct fixed_word {
    size_t at, end;       /* bytes */
    size_t place, beyond; /* places: the first of it, the first after it */
};

/**
 * The next word of a line; a tab goes on to the next multiple of 8.
 *
 * @param[in,out] word  Zeroed before the first call.
 */
bool fixed_next_word(struct str line, enum fixed_measure measure,
                     struct fixed_word *word);

/** Does the word stand two blanks or a tab from the one before it? That one is
    zeroed for the first word. */
bool fixed_begins_cell(struct str line, const struct fixed_word *before,
                       const struct fixed_word *word);

/** True for a line that only draws: "-----", "_____", "=== ===". */
bool fixed_is_ruled(struct str line);

/** True when words of the line stand two blanks or a tab apart. */
bool fixed_has_gap(struct str line);

#endif
