#ifndef BOMGATE_HISTORY_TABLES_H
#define BOMGATE_HISTORY_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "history/query.h"

/*
 * What the history says, as plain tables: what is listed, shown and exported.
 * A column's name is its key; "counts.review" stands within "counts". An empty
 * text is one that was not said.
 */

enum history_table {
    HISTORY_RUNS, /* forgotten ones too, of which only the link is left */
    HISTORY_BOMS,
    HISTORY_LINES,
    HISTORY_FINDINGS,
    HISTORY_WAIVERS,
    HISTORY_RULESETS,
};
#define HISTORY_TABLE_COUNT 6

/** "runs", … */
const char *history_table_name(enum history_table table);

/** Open a table; table_from() says of which runs, query_next() gives the rows.
 */
NODISCARD bool table_open(struct query *query, struct history *history,
                          enum history_table table, struct err *err);
/** The rows of the runs from `first` to `last`; may be called again. */
void table_from(struct query *query, int64_t first, int64_t last);

/* Columns of the tables, in their order. */

enum runs_column {
    RUNS_RUN,
    RUNS_TIME,
    RUNS_HASH,
    RUNS_PREVIOUS,
    RUNS_FORGOTTEN,
    RUNS_WHY,
    RUNS_ORIGIN,
    RUNS_TOOL,
    RUNS_METHOD,
    RUNS_RULES_VERSION,
    RUNS_RULES_SHA256,
    RUNS_RULES_KNOWN_TO,
    RUNS_RULES_KEPT,
    RUNS_AS_OF,
    RUNS_ACTIVITY,
    RUNS_PROFILES, /* separated by blanks */
    RUNS_DECLARED,
    RUNS_STAGE,
    RUNS_REPOSITORY,
    RUNS_COMMIT,
    RUNS_PIPELINE,
    RUNS_ACTOR,
    RUNS_COMPLETE,
    RUNS_CONCLUSIVE,
    RUNS_EXIT_STATUS,
    RUNS_COLUMN_COUNT,
};

enum boms_column {
    BOMS_RUN,
    BOMS_BOM, /* its number within the run, from 1 */
    BOMS_PATH,
    BOMS_SHA256,
    BOMS_PRODUCT,
    BOMS_NAMED,
    BOMS_REVISION,
    BOMS_FORMAT,
    BOMS_CONTENT, /* BOMs with the same one have the same lines */
    BOMS_KEPT,
    BOMS_LINES,
    BOMS_LOST,
    BOMS_RESOLVED,
    BOMS_COUNTS, /* of the first verdict; the others follow, then the waived */
    BOMS_ERROR = BOMS_COUNTS + 8,
    BOMS_COLUMN_COUNT,
};

enum findings_column {
    FINDINGS_RUN,
    FINDINGS_BOM,
    FINDINGS_PRODUCT,
    FINDINGS_VERDICT,
    FINDINGS_WAIVED,
    FINDINGS_KNOWN,
    FINDINGS_LINE,
    FINDINGS_REFDES,
    FINDINGS_QUANTITY,
    FINDINGS_MANUFACTURER,
    FINDINGS_MPN,
    FINDINGS_PARTY,
    FINDINGS_PARTY_NAME,
    FINDINGS_OWNER,
    FINDINGS_CONFIDENCE,
    FINDINGS_CATEGORY,
    FINDINGS_PROFILE,
    FINDINGS_MEASURE,
    FINDINGS_TITLE,
    FINDINGS_CLAUSE,
    FINDINGS_CITATION,
    FINDINGS_URL,
    FINDINGS_FROM,
    FINDINGS_BECOMES,
    FINDINGS_REASON,
    FINDINGS_WAIVER, /* the digest of one meant for it */
    FINDINGS_FINGERPRINT,
    FINDINGS_COLUMN_COUNT,
};

enum waivers_column {
    WAIVERS_RUN,
    WAIVERS_WAIVER,
    WAIVERS_STATE,
    WAIVERS_MEASURE,
    WAIVERS_CLAUSE,
    WAIVERS_PARTY,
    WAIVERS_MPN,
    WAIVERS_PRODUCT,
    WAIVERS_KIND,
    WAIVERS_REASON,
    WAIVERS_EXPIRES,
    WAIVERS_APPROVED_BY,
    WAIVERS_TICKET,
    WAIVERS_EVIDENCE,
    WAIVERS_COLUMN_COUNT,
};

#endif
