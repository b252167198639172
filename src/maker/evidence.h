#ifndef BOMGATE_MAKER_EVIDENCE_H
#define BOMGATE_MAKER_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"
#include "maker/maker.h"
#include "maker/match_name.h"
#include "maker/mpn.h"

/** The cell in which a part number was found. */
enum part_cell {
    PART_MPN,
    PART_VALUE,
    PART_DESCRIPTION,
    PART_MANUFACTURER,
};

/** All that led to an answer. */
struct evidence {
    const struct ruleset *rules;
    const struct maker_query *query;
    enum name_state state; /* of the manufacturer cell */
    const struct name_hit *names;
    size_t name_count;
    struct mpn_match parts;     /* what the answer rests on; may be none */
    const struct mpn_hit *part; /* the first of them, or NULL */
    const struct mpn_hit
        *unproven; /* without a part: a shape that claims little */
    enum part_cell cell;
    bool mentioned;     /* a description names the maker of the part number */
    bool described;     /* the line says that it is such a part */
    bool contradicted;  /* names and part number disagree */
    uint32_t said_mbit; /* density that the line says for sure, or 0 */
    bool cut;           /* a cell was too long to be read to its end */
};

/** Write one sentence that a person can check against the BOM line. */
void evidence_write(struct strbuf *out, const struct evidence *evidence);

#endif
