#ifndef BOMGATE_HISTORY_QUERY_H
#define BOMGATE_HISTORY_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "history/store.h"

struct sqlite3_stmt;

/** A prepared statement. A zeroed struct may be closed. */
struct query {
    struct history *history;
    struct sqlite3_stmt *statement;
    bool failed; /* a value could not be bound */
};

NODISCARD bool query_open(struct query *query, struct history *history,
                          const char *sql, struct err *err);
void query_close(struct query *query);

int query_parameters(const struct query *query);

/* Parameters count from 1. A text must stay until the statement has run. */

void query_set_text(struct query *query, int parameter, struct str text);
/** NULL in the file where `text` is NULL. */
void query_set_optional(struct query *query, int parameter, const char *text);
void query_set_int(struct query *query, int parameter, int64_t value);
void query_set_bytes(struct query *query, int parameter, struct str bytes);

/** Run a statement that gives no rows, and make it ready for the next. */
NODISCARD bool query_run(struct query *query, struct err *err);
/** The next row; after the last *row is false and the statement is ready for
    its next parameters. */
NODISCARD bool query_next(struct query *query, bool *row, struct err *err);
/** Make it ready for its next parameters before its last row was read. */
void query_reset(struct query *query);

/* Columns of the row, from 0; texts are valid until the next one. */

struct str query_text(const struct query *query, int column);
/** NULL where the file has NULL. */
const char *query_optional(const struct query *query, int column);
int64_t query_int(const struct query *query, int column);
double query_real(const struct query *query, int column);
struct str query_bytes(const struct query *query, int column);
int query_columns(const struct query *query);
/** As the statement names it. */
const char *query_name(const struct query *query, int column);
/** As query_text(); its `ptr` is NULL where the file has NULL. */
struct str query_value(const struct query *query, int column);
bool query_is_null(const struct query *query, int column);
bool query_is_int(const struct query *query, int column);
bool query_is_real(const struct query *query, int column);

#endif
