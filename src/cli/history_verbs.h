#ifndef BOMGATE_CLI_HISTORY_VERBS_H
#define BOMGATE_CLI_HISTORY_VERBS_H

#include <stdbool.h>

#include "cli/cli.h"
#include "core/json_writer.h"
#include "history/query.h"
#include "history/store.h"
#include "report/text_layout.h"

/* The verbs of `bomgate history`, a file each. */

/** What the verbs share. */
struct history_call {
    const struct cli_args *args; /* the first operand is the verb */
    struct history *history;
    bool json;
};

/** @return the exit status. */
int cli_history_list(struct history_call *call);
int cli_history_show(struct history_call *call);
int cli_history_diff(struct history_call *call);
int cli_history_where_used(struct history_call *call);
int cli_history_import(struct history_call *call);
int cli_history_rescreen(struct history_call *call);
int cli_history_forget(struct history_call *call);
int cli_history_export(struct history_call *call);
int cli_history_verify(struct history_call *call);

/** Write the columns of a row, each under its name; "a.b" stands in "a". */
void history_put_row(struct json_writer *json, const struct query *row);
/** Write all rows of a query as a list. @param[out] count  May be NULL. */
NODISCARD bool history_put_rows(struct json_writer *json, const char *key,
                                struct query *query, size_t *count,
                                struct err *err);
/** Is it a column that says yes or no? */
bool history_is_flag(const char *column);

/** "every profile", or those declared; `run` is a row of HISTORY_RUNS. */
void history_add_profiles(struct strbuf *out, const struct query *run);
/** "U1 U2 x 2: ", as far as it is said. */
void history_add_place(struct strbuf *out, struct str refdes,
                       struct str quantity);

/** Put all rows of a query below a heading, which may be NULL; nothing when
    there is none. @param[in,out] count  Grows by the rows. */
NODISCARD bool history_put_section(struct text_page *page, struct query *query,
                                   const char *heading,
                                   void (*put)(struct text_page *page,
                                               const struct query *row),
                                   size_t *count, struct err *err);

/** "2 prohibited, 1 review", "nothing found". @param counts  The column of the
    first verdict. */
void history_add_counts(struct strbuf *out, const int64_t *counts);

#endif
