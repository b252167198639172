#ifndef BOMGATE_MAKER_FAMILY_H
#define BOMGATE_MAKER_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/pattern.h"
#include "ruleset/ruleset.h"

/* One part-number family: whether a key belongs to it, and what it says. */

/** Match one key against one family, its exceptions aside. `out->reach` says
    the first character that it could not take: no change behind that one
    makes it fit. */
bool family_fits(const struct ruleset *rules, uint32_t family, struct str key,
                 struct pattern_match *out);

/**
 * The exception of a family that a text begins with.
 *
 * @param folded  From mpn_fold().
 * @return empty when there is none.
 */
struct str family_exception(const struct ruleset *rules, uint32_t family,
                            struct str folded);

/** What the family says of a part, then what each code of `match` says, from
    left to right. */
struct part_facts family_facts(const struct ruleset *rules, uint32_t family,
                               const struct pattern_match *match);

/** The table that a family's pattern names; NULL when there is none. */
const struct rules_table *family_table(const struct ruleset *rules,
                                       uint32_t family, struct str name);

/** Can a part of the family be of this very category? Most families are of
    another kind. */
bool family_is_of_kind(const struct ruleset *rules, uint32_t family,
                       uint32_t category);

/** Do category, density, width, voltage or interface differ where both are
    known? */
bool facts_contradict(const struct part_facts *a, const struct part_facts *b);

/** Are density and category known of both, the category more than a heading,
   and nothing contradicts? Of what is plugged in, form and interface must be
   known of both and the same. */
bool facts_agree(const struct ruleset *rules, const struct part_facts *a,
                 const struct part_facts *b);

/**
 * Spell the part numbers of a family that have what a part has: "K4B4G16…".
 * Characters that say nothing of what is asked for stand as one "…".
 *
 * @param wanted  What they must agree with; see facts_agree().
 * @param[out] out    The spelling, when there is one.
 * @param[out] facts  What the spelt characters say.
 * @return false when the family has no such part, or when memory is out.
 */
bool family_spell(const struct ruleset *rules, uint32_t family,
                  const struct part_facts *wanted, struct strbuf *out,
                  struct part_facts *facts);

#endif
