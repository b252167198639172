#ifndef BOMGATE_BOM_MISSPELT_H
#define BOMGATE_BOM_MISSPELT_H

#include <stdbool.h>

#include "bom/words.h"
#include "core/str.h"

/**
 * Join a name that was taken apart: "mp n 2" is "mpn 2".
 *
 * @param[in,out] out  Cleared.
 * @return false when there is nothing to join.
 */
bool misspelt_join(struct strbuf *out, struct str folded);

/**
 * Correct a typing error in the long words of a name: "manfacturer" is
 * "manufacturer". One letter may be wrong, missing, or one too many, or two may
 * have changed places; not the first one.
 *
 * @param[in,out] out  Cleared.
 * @return false when no word of the header lists is so near.
 */
bool misspelt_correct(struct strbuf *out, const struct bom_words *words,
                      struct str folded);

#endif
