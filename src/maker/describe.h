#ifndef BOMGATE_MAKER_DESCRIBE_H
#define BOMGATE_MAKER_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"

/** Knows the words of every category. */
struct describer {
    const struct ruleset *rules;
    struct map words; /* word or phrase -> category */
    size_t longest;   /* bytes of the longest */
};

/** @return false when memory is out; the describer may be disposed of. */
NODISCARD bool describer_init(struct describer *describer,
                              const struct ruleset *rules);
void describer_dispose(struct describer *describer);

/**
 * The category that a description names.
 *
 * The longest phrase decides ("nand gate" is no NAND flash), unless another
 * one names something below its category ("SDRAM … DDR3").
 *
 * @param folded  From name_fold().
 * @return RULES_NONE when it names none.
 */
uint32_t describe_category(const struct describer *describer,
                           struct str folded);

/** The same for a cell of a category column: an id, a name, or words. */
uint32_t describe_column(const struct describer *describer, struct str cell,
                         struct str folded);

/**
 * Read density and width from a memory's description: "4Gbit", "512Mx8",
 * "256M x 16", "8GB". Sets only what `facts` does not have yet.
 */
void describe_memory(struct str text, struct part_facts *facts);

#endif
