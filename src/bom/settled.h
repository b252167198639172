#ifndef BOMGATE_BOM_SETTLED_H
#define BOMGATE_BOM_SETTLED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/keyed_hash.h"

/**
 * The lines of a long BOM of which whoever checks it has nothing more to learn:
 * one that says the same is only counted. Two lines say the same when all of
 * their cells do, but for the designators, the quantity, the number of the
 * item, and the maker's, of which it is enough that it names the same
 * companies.
 *
 * One thread adds, another one asks; what was added is true for good, and may
 * be forgotten. Hashes stand for cells (core/keyed_hash.h).
 */
struct settled;

/** What a line says. All zero: it must be looked at each time. */
struct outline {
    uint64_t maker; /* the maker's cell */
    uint64_t others;
};

/** @return NULL when memory, or what makes keys, is out. */
NODISCARD struct settled *settled_new(void);
void settled_free(struct settled *settled);

/** The key of all hashes in an outline. */
const struct hash_key *settled_key(const struct settled *settled);

/**
 * Lines that say this are settled from now on.
 *
 * @param names  The same number for cells that name the same companies, and for
 *               no others.
 */
void settled_add(struct settled *settled, const struct outline *outline,
                 uint64_t names);

bool settled_has(const struct settled *settled, const struct outline *outline);

#endif
