/*
 * What the quality gates share: scores with floors, and labelled files.
 */
#ifndef TESTS_QUALITY_SCORE_H
#define TESTS_QUALITY_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

#define SKIPPED 77

/* Right, wrong, and left open. */
struct score {
    const char *name;
    unsigned right, wrong, open;
    double precision, recall; /* floors, per cent */
};

/* Counts one result: above 0 is right, below is wrong, 0 is left open. What is
   not right is printed if `verbose`. */
void score_count(struct score *score, int result, struct str what,
                 struct str got, bool verbose);

/* Counts a number, 0 being left open. Does nothing where `wanted`, which is
   multiplied by `scale`, is empty. */
void score_number(struct score *score, struct str what, struct str wanted,
                  double scale, unsigned got, bool verbose);

/* Prints every score; false if one is below its floors. */
bool score_report(const struct score *scores, size_t count);

/* Is `word` in a list of words with blanks between them? */
bool has_word(struct str list, struct str word);

bool read_file(const char *folder, const char *file, struct strbuf *out);

#endif
