#include "history/query.h"

#include "history/store_inside.h"

bool query_open(struct query *query, struct history *history, const char *sql,
                struct err *err) {
    *query = (struct query){.history = history};
    return sqlite3_prepare_v2(history->db, sql, -1, &query->statement, NULL) ==
               SQLITE_OK ||
           history_fault(history, err);
}

void query_close(struct query *query) {
    sqlite3_finalize(query->statement);
    *query = (struct query){.history = NULL};
}

int query_parameters(const struct query *query) {
    return sqlite3_bind_parameter_count(query->statement);
}

static void note(struct query *query, int status) {
    query->failed = query->failed || status != SQLITE_OK;
}

void query_set_text(struct query *query, int parameter, struct str text) {
    note(query, sqlite3_bind_text64(query->statement, parameter,
                                    text.ptr == NULL ? "" : text.ptr, text.len,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void query_set_optional(struct query *query, int parameter, const char *text) {
    if (text == NULL)
        note(query, sqlite3_bind_null(query->statement, parameter));
    else
        query_set_text(query, parameter, str_from(text));
}

void query_set_int(struct query *query, int parameter, int64_t value) {
    note(query, sqlite3_bind_int64(query->statement, parameter, value));
}

void query_set_bytes(struct query *query, int parameter, struct str bytes) {
    note(query, sqlite3_bind_blob64(query->statement, parameter,
                                    bytes.ptr == NULL ? "" : bytes.ptr,
                                    bytes.len, SQLITE_STATIC));
}

bool query_next(struct query *query, bool *row, struct err *err) {
    int status = query->failed ? SQLITE_ERROR : sqlite3_step(query->statement);
    *row = status == SQLITE_ROW;
    if (*row)
        return true;
    bool ok = status == SQLITE_DONE || history_fault(query->history, err);
    query_reset(query);
    return ok;
}

bool query_run(struct query *query, struct err *err) {
    bool row;
    return query_next(query, &row, err);
}

/* What step() returned was told then; reset() only repeats it. */
void query_reset(struct query *query) {
    sqlite3_reset(query->statement);
    query->failed = false;
}

struct str query_text(const struct query *query, int column) {
    const char *text =
        (const char *)sqlite3_column_text(query->statement, column);
    int bytes = sqlite3_column_bytes(query->statement, column);
    return text == NULL ? STR_EMPTY : (struct str){text, (size_t)bytes};
}

const char *query_optional(const struct query *query, int column) {
    return (const char *)sqlite3_column_text(query->statement, column);
}

int64_t query_int(const struct query *query, int column) {
    return sqlite3_column_int64(query->statement, column);
}

bool query_is_null(const struct query *query, int column) {
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

struct str query_bytes(const struct query *query, int column) {
    const void *bytes = sqlite3_column_blob(query->statement, column);
    int len = sqlite3_column_bytes(query->statement, column);
    return bytes == NULL ? STR_EMPTY : (struct str){bytes, (size_t)len};
}

int query_columns(const struct query *query) {
    return sqlite3_column_count(query->statement);
}

const char *query_name(const struct query *query, int column) {
    const char *name = sqlite3_column_name(query->statement, column);
    return name == NULL ? "" : name;
}

bool query_is_int(const struct query *query, int column) {
    return sqlite3_column_type(query->statement, column) == SQLITE_INTEGER;
}

bool query_is_real(const struct query *query, int column) {
    return sqlite3_column_type(query->statement, column) == SQLITE_FLOAT;
}

double query_real(const struct query *query, int column) {
    return sqlite3_column_double(query->statement, column);
}

struct str query_value(const struct query *query, int column) {
    return query_is_null(query, column) ? (struct str){NULL, 0}
                                        : query_text(query, column);
}
