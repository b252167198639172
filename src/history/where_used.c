#include "history/where_used.h"

#include "history/schema.h"

static bool make_table(struct history *history, struct err *err) {
    return history_exec(history,
                        "CREATE TEMP TABLE IF NOT EXISTS "
                        "wanted (party INTEGER PRIMARY KEY)",
                        err);
}

bool where_used_party(struct history *history, struct str party,
                      struct err *err) {
    struct query query = {.history = NULL};
    bool ok = make_table(history, err) &&
              query_open(&query, history,
                         "INSERT OR IGNORE INTO wanted "
                         "SELECT id FROM text WHERE value = ?1",
                         err);
    if (ok) {
        query_set_text(&query, 1, party);
        ok = query_run(&query, err);
    }
    query_close(&query);
    return ok;
}

bool where_used_open(struct query *query, struct history *history,
                     struct str mpn_key, struct err *err) {
    if (!make_table(history, err) ||
        !query_open(query, history, history_where_used, err))
        return false;
    if (mpn_key.len != 0)
        query_set_text(query, 1, mpn_key);
    return true;
}
