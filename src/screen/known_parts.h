#ifndef BOMGATE_SCREEN_KNOWN_PARTS_H
#define BOMGATE_SCREEN_KNOWN_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"

/*
 * The part numbers that the rules know from a source: those of published
 * replacements and the examples of part-number families.
 */

struct known_part {
    uint32_t party; /* RULES_NONE: its number does not say for sure */
    const char *mpn;
    const char *source;
    struct part_facts facts;
    uint32_t replacements; /* published ones that name it */
};

/** A published replacement; each is listed once in either direction. */
struct known_replacement {
    const struct rules_cross *cross;
    const struct known_part *of, *by;
};

/** Does a source say where something stands? "unconfirmed: …" does not. */
bool known_source(const char *source);

struct known_parts;

/** @param rules Must outlive it. @return NULL when memory is out. */
NODISCARD struct known_parts *known_parts_new(const struct ruleset *rules);
/** Accepts NULL. */
void known_parts_free(struct known_parts *parts);

/**
 * The parts of a category, and others: what is of no use now is not read.
 *
 * @return NULL when memory is out; else valid until the next call.
 */
const struct known_part *const *known_parts_of_kind(struct known_parts *parts,
                                                    uint32_t category,
                                                    size_t *count);

/**
 * The published replacements of a part, and of the base numbers that it
 * continues: "MT41K256M16TW-107" stands for its grades and packings.
 *
 * @param key  From mpn_key().
 * @param len  Of the key at first; then what the last call left there: one
 *             call a number, the longest first.
 * @return how many stand at `*first`; 0: there are no more.
 */
size_t known_parts_replacements(const struct known_parts *parts, struct str key,
                                size_t *len,
                                const struct known_replacement **first);

#endif
