#ifndef BOMGATE_CLI_HISTORY_VERBS_H
#define BOMGATE_CLI_HISTORY_VERBS_H

#include <stdbool.h>

#include "cli/cli.h"
#include "core/json_writer.h"
#include "history/query.h"
#include "history/store.h"

/* The verbs of `bomgate history`, a file each. */

/** What the verbs share. */
struct history_call {
    const struct cli_args *args; /* the first operand is the verb */
    struct history *history;
    bool json;
};

/** @return the exit status. */
int history_list(struct history_call *call);
int history_show(struct history_call *call);
int history_diff(struct history_call *call);
int history_where_used(struct history_call *call);
int history_import(struct history_call *call);
int history_rescreen(struct history_call *call);
int history_forget(struct history_call *call);
int history_export(struct history_call *call);
int history_verify(struct history_call *call);

/** Write the columns of a row, each under its name; "a.b" stands in "a". */
void history_put_row(struct json_writer *json, const struct query *row);
/** Write all rows of a query as a list. */
NODISCARD bool history_put_rows(struct json_writer *json, const char *key,
                                struct query *query, struct err *err);
/** Is it a column that says yes or no? */
bool history_is_flag(const char *column);

/** "2 prohibited, 1 review", "nothing found". @param counts  The column of the
    first verdict. */
void history_add_counts(struct strbuf *out, const int64_t *counts);

#endif
