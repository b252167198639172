#ifndef BOMGATE_BOM_SHAPE_H
#define BOMGATE_BOM_SHAPE_H

#include <stdbool.h>

#include "bom/words.h"
#include "core/str.h"

/*
 * What a cell looks like, whatever its column is called. Cells are trimmed by
 * the caller. All of these only look; none keeps anything.
 */

/** Is there an ASCII digit in it? */
bool shape_has_digit(struct str text);

bool shape_is_url(struct str cell);

/** A number of pieces: "12", "1.0", "2 pcs". */
bool shape_is_count(struct str cell);

/** A number without a fraction: "3", "1.0", "2 pcs". */
bool shape_is_whole(struct str cell);

/** Zero pieces. */
bool shape_is_zero(struct str cell);

/** Digits, points and currency signs only: a price, a sum. */
bool shape_is_number(struct str cell);

/** An electrical value: "10k", "4u7", "100nF/16V", "0402". */
bool shape_is_value(struct str cell);

/** A ruled line: "-----". */
bool shape_is_rule(struct str cell);

/** Letters, and few words: what a company's name looks like. */
bool shape_is_name(struct str cell);

/** A name before a part number: "C&K Components KMR231GLFS". */
bool shape_is_pair(struct str cell);

/** Some words of prose, as descriptions have them. */
bool shape_is_prose(struct str cell);

/** Designators: "C1", "R1-R4, R7", "IC3A". */
bool shape_is_refdes(struct bom_words *words, struct str cell);

/** How many words the cell has: designators, when it holds those. */
size_t shape_count_designators(struct str cell);

enum shape_mpn {
    SHAPE_NO_MPN,
    SHAPE_MAYBE_MPN, /* good enough where a column is said to hold them */
    SHAPE_MPN,       /* good enough anywhere */
};
enum shape_mpn shape_mpn(struct bom_words *words, struct str cell);

/** A part number that a spreadsheet took for a number: "9.55167E+12". */
bool shape_is_damaged(struct str cell);

/** Likewise for a date: "2020-06-18", "12-Mar", "Mar-12". */
bool shape_is_date(struct str cell);

/** What a spreadsheet shows for a formula that failed: "#REF!", "#N/A". */
bool shape_is_sheet_error(struct str cell);

/** A number of Digi-Key's: it ends in "-ND". */
bool shape_is_digikey(struct str cell);

/** A distributor's own number: "557-1234-1-ND", "C14663", "595-TPS73101". */
bool shape_is_distributor_pn(struct str cell);

/** The part number inside a distributor's number; empty when none is there. */
struct str shape_mpn_inside(struct bom_words *words, struct str cell);

#endif
