#ifndef BOMGATE_MAKER_SIMILAR_H
#define BOMGATE_MAKER_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"
#include "ruleset/ruleset.h"

/** How much two names look alike; the first is the strongest. */
enum similarity {
    SIMILAR_JOINED, /* the same letters, spaced otherwise */
    SIMILAR_ORDER,  /* the same words in another order */
    SIMILAR_SHORT,  /* words cut off: "texas inst" */
    SIMILAR_TYPO,   /* one letter is wrong */
    SIMILAR_TYPOS,  /* two are, in a long word */
    SIMILAR_NOT,
};

/**
 * Compare two normalised names, what is written and what is known. Short names,
 * and words with digits in them, are alike only when they are equal.
 */
enum similarity similar_names(struct str written, struct str known);

/**
 * How many typing errors lie between two names, whatever they mean.
 *
 * @return SIMILAR_FAR when one is empty or too long to compare.
 */
unsigned similar_distance(struct str written, struct str known);
#define SIMILAR_FAR 1000

/** Why two names that similar_names() does not take for alike are not: words
    for a person. */
const char *similar_objection(struct str written, struct str known);

#define SIMILAR_MAX 4

/** The names that look most like one; all equally much, one of each party. */
struct similar {
    enum similarity similarity;
    uint32_t names[SIMILAR_MAX]; /* numbers for rules_name() */
    size_t count;
};

/**
 * Find the names of the rules that look most like a normalised one, `not` names
 * excepted: what comparing it with each of them gives, of equally alike ones
 * those with the lowest numbers. Takes time in proportion to the names that
 * share its rarest letters.
 */
void similar_find(const struct ruleset *rules, struct str written,
                  struct similar *out);

/**
 * Spell `text` with the letters that its digits, and its Cyrillic and Greek
 * letters, are read for: "micr0n" is "micron".
 *
 * @param[out] out  Cleared first.
 * @param other  1 is read for l, and not for i.
 * @return false when that changes nothing, or leaves a digit.
 */
bool similar_respell(struct strbuf *out, struct str text, bool other);

#endif
