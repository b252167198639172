#ifndef BOMGATE_RULESET_ALIKE_H
#define BOMGATE_RULESET_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"
#include "ruleset/ruleset.h"

/*
 * The keys by which the index finds names that may look like another one: the
 * compiler puts a name under each of its own, a search asks for those of what
 * is written. Names that share no key never look alike; those that do need
 * not.
 */

#define ALIKE_WORDS_MAX 8 /* names with more words look like nothing */

#define ALIKE_LETTERS_MAX 255 /* longer names count as so long */

/** How many words and letters a name has. */
struct rules_shape alike_shape(struct str name);

/** How many runs of three bytes a name has, two blanks counted at each end. */
size_t alike_gram_count(struct str name);

/** The `i`-th of them behind the name's first byte, which people get right;
    never 0. @param name Not empty. */
uint32_t alike_gram(struct str name, size_t i);

/** Where a gram is looked for first in a hash table of them. */
uint32_t alike_slot(uint32_t gram);

/** The same for names that differ in their blanks only. */
uint32_t alike_letters_key(struct str name);

/** The same for names that differ in the order of their words only. */
uint32_t alike_words_key(struct str name);

#endif
