#ifndef BOMGATE_RUN_PARTS_KEY_H
#define BOMGATE_RUN_PARTS_KEY_H

#include <stdbool.h>

#include "core/str.h"
#include "ruleset/ruleset.h"

/** What a row of a parts file is found by; several rows of one key are all
    meant. */
enum parts_key {
    PARTS_BY_IPN,
    PARTS_BY_DISTRIBUTOR_PN,
    PARTS_BY_VALUE, /* and footprint */
    PARTS_BY_MPN,
    PARTS_KEY_COUNT
};

/** What tells a part from others beside its own number. */
struct parts_own {
    struct str ipn, distributor_pn, value, footprint;
};

/** Writes keys; dispose of `text` after use. */
struct parts_keys {
    const struct ruleset *rules; /* for the words that name nothing: "N/A" */
    struct strbuf text;
    bool failed; /* memory was out, once */
};

/**
 * The form in which a cell is compared: letters in lower case, runs of blanks
 * as one, a footprint without its library ("Package_BGA:BGA-96"), a part number
 * as mpn_key() reduces it.
 *
 * @param footprint  For PARTS_BY_VALUE.
 * @return empty where the cell names nothing; until the next call.
 */
struct str parts_key_of(struct parts_keys *keys, enum parts_key key,
                        struct str text, struct str footprint);

/** Add the one key that a row has beside its part numbers: its IPN, else its
    distributor's number, else its value and footprint.
    @return which; PARTS_KEY_COUNT: none. */
enum parts_key parts_own_key(struct parts_keys *keys, struct strbuf *out,
                             const struct parts_own *own);

#endif
