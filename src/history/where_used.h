#ifndef BOMGATE_HISTORY_WHERE_USED_H
#define BOMGATE_HISTORY_WHERE_USED_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/query.h"

/* Where parts are used: name the companies, then open the rows. */

/** Look for the parts of this company too, by its id. */
NODISCARD bool where_used_party(struct history *history, struct str party,
                                struct err *err);

/**
 * Open the lines of the newest BOM of each revision of a board that holds one
 * of the parts: with named columns, as in tables.h; those of one BOM together.
 *
 * @param mpn_key  A part number, reduced with mpn_key(), which must stay;
 *                 empty for none.
 */
NODISCARD bool where_used_open(struct query *query, struct history *history,
                               struct str mpn_key, struct err *err);

enum where_used_column {
    USED_PRODUCT,
    USED_REVISION,
    USED_REPOSITORY,
    USED_PATH,
    USED_RUN,
    USED_TIME,
    USED_LATEST, /* it is the newest BOM of its board */
    USED_LINE,
    USED_ALTERNATE,
    USED_FITTED,
    USED_REFDES,
    USED_QUANTITY,
    USED_MANUFACTURER,
    USED_MPN,
    USED_PARTY,
    USED_BOM, /* which BOM; for telling them apart */
};

#endif
