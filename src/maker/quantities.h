#ifndef BOMGATE_MAKER_QUANTITIES_H
#define BOMGATE_MAKER_QUANTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/terms.h"

/** Reads the numbers of a memory's description. One thread at a time. */
struct quantity_reader {
    const struct ruleset *rules;
    struct terms units, scales, voltages, pins;
    struct strbuf lower, name; /* scratch */
};

/** What the part is: categories, or RULES_NONE. */
struct quantity_kinds {
    uint32_t sizes_of; /* whose densities it can have */
    uint32_t rates_of; /* whose speeds; of a module, those of its chips */
};

/** What one text says; 0 is what it leaves open, or says in two ways. */
struct quantities {
    uint32_t density_mbit, width, speed_mts, voltage_mv;
    bool density_sure; /* it says bits or bytes in full, or "256Mx16" */
};

/** @return false when memory is out; the reader may be disposed of. */
NODISCARD bool quantities_init(struct quantity_reader *reader,
                               const struct ruleset *rules);
void quantities_dispose(struct quantity_reader *reader);

/**
 * Read a memory's numbers: "4Gbit", "8GB", "512Mx8", "1.35V", "933MHz".
 *
 * "4Gb" may mean bytes and "4GB" bits: the category's sizes tell what can be
 * meant, and where both can, the density stays open.
 *
 * @return false when memory is out.
 */
NODISCARD bool quantities_read(struct quantity_reader *reader, struct str text,
                               const struct quantity_kinds *kinds,
                               struct quantities *out);

#endif
