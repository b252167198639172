#ifndef BOMGATE_MAKER_DESCRIBE_H
#define BOMGATE_MAKER_DESCRIBE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/map.h"
#include "core/str.h"
#include "maker/maker.h"
#include "maker/packages.h"
#include "maker/quantities.h"
#include "maker/terms.h"
#include "ruleset/ruleset.h"

/** Knows the words of every category, and those of parameters. */
struct describer {
    const struct ruleset *rules;
    struct map words;               /* word or phrase -> category */
    size_t longest;                 /* bytes of the longest */
    uint64_t begins[UCHAR_MAX + 1]; /* by their first byte: their second ones */
    struct terms wholes, heads, interfaces, generations;
    struct terms flash_words, flash_kinds;
    struct packages packages;
    struct quantity_reader quantities;
    uint32_t ic, memory, storage, dram, module; /* RULES_NONE if missing */
};

/** @return false when memory is out; the describer may be disposed of. */
NODISCARD bool describer_init(struct describer *describer,
                              const struct ruleset *rules);
void describer_dispose(struct describer *describer);

/**
 * The category that a description names.
 *
 * The longest phrase decides ("nand gate" is no NAND flash), unless another
 * one names something below its category ("SDRAM … DDR3"). What a thing is for
 * memory is none: a socket, a regulator.
 *
 * @param folded  From name_fold().
 * @return RULES_NONE when it names none.
 */
uint32_t describe_category(const struct describer *describer,
                           struct str folded);

/** The same for a cell of a category column: an id, a name, or words. */
uint32_t describe_column(const struct describer *describer, struct str cell,
                         struct str folded);

/** Is it memory, or storage? Others' parameters are not read. */
bool describe_is_memory(const struct describer *describer, uint32_t category);

/** What one text says of a memory. */
struct description {
    struct part_facts facts; /* without sources */
    bool density_sure;       /* there is no doubt of bits and bytes */
};

/**
 * Read a memory's parameters: "4Gbit", "512Mx8", "8GB", "1.35V", "96-FBGA".
 *
 * What is said in two ways stays open. "Flash" becomes NOR or NAND where
 * interface and size allow only one.
 *
 * @param folded    The text, from name_fold().
 * @param category  What the part is.
 * @return false when memory is out.
 */
NODISCARD bool describe_memory(struct describer *describer, struct str text,
                               struct str folded, uint32_t category,
                               struct description *out);

#endif
