#ifndef BOMGATE_MAKER_TERMS_H
#define BOMGATE_MAKER_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "ruleset/ruleset.h"

/**
 * The words of all lists whose names begin alike. The rest of the name is what
 * the words stand for: "package/FBGA96" holds the ways to write FBGA96.
 */
struct terms {
    const struct ruleset *rules;
    struct map words; /* word or phrase -> its list */
    size_t longest;   /* bytes of the longest */
    size_t prefix;    /* bytes of the names' common beginning */
};

/** @return false when memory is out; the terms may be disposed of. */
NODISCARD bool terms_init(struct terms *terms, const struct ruleset *rules,
                          const char *prefix);
void terms_dispose(struct terms *terms);

/**
 * What a whole phrase stands for; it lives as long as the rules.
 *
 * @return NULL when the rules do not know it.
 */
const char *terms_get(const struct terms *terms, struct str phrase);

/**
 * What the longest term in a text stands for, the first of equally long ones.
 *
 * @param folded  From name_fold().
 * @return NULL when it holds none.
 */
const char *terms_find(const struct terms *terms, struct str folded);

/** May a phrase begin or end at `at`? Chinese is written without blanks. */
bool terms_is_edge(struct str folded, size_t at);

#endif
