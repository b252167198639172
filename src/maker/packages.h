#ifndef BOMGATE_MAKER_PACKAGES_H
#define BOMGATE_MAKER_PACKAGES_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/terms.h"

/** Knows kinds of packages ("TFBGA", "SO") and the names of whole ones. */
struct packages {
    struct terms kinds, names, pins;
};

/** @return false when memory is out; the packages may be disposed of. */
NODISCARD bool packages_init(struct packages *packages,
                             const struct ruleset *rules);
void packages_dispose(struct packages *packages);

/**
 * The package that a description names, by the name that the part-number
 * grammars use: "96-FBGA", "TFBGA96" and "FBGA-96 (7.5x13)" are FBGA96.
 *
 * @param folded  From name_fold().
 * @return "" when it names none, or several.
 */
const char *packages_find(const struct packages *packages, struct str folded);

#endif
