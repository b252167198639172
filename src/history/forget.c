#include "history/forget.h"

#include "history/chain.h"
#include "history/schema.h"

static bool make_table(struct history *history, struct err *err) {
    return history_exec(history,
                        "CREATE TEMP TABLE IF NOT EXISTS "
                        "doomed (run INTEGER PRIMARY KEY)",
                        err);
}

bool forget_choose(struct history *history, int64_t run, struct err *err) {
    struct query query = {.history = NULL};
    bool ok = make_table(history, err) &&
              query_open(&query, history,
                         "INSERT OR IGNORE INTO doomed SELECT id FROM link "
                         "WHERE id = ?1 AND forgotten IS NULL",
                         err);
    if (ok) {
        query_set_int(&query, 1, run);
        ok = query_run(&query, err);
    }
    query_close(&query);
    return ok;
}

/* One statement whose only parameter is a day. */
static bool run_with(struct history *history, const char *sql, const char *day,
                     struct err *err) {
    struct query query = {.history = NULL};
    bool ok = query_open(&query, history, sql, err);
    if (ok) {
        query_set_optional(&query, 1, day);
        ok = query_run(&query, err);
    }
    query_close(&query);
    return ok;
}

static bool count_chosen(struct history *history, size_t *out,
                         struct err *err) {
    struct query query = {.history = NULL};
    bool row = false;
    bool ok = query_open(&query, history, "SELECT count(*) FROM doomed", err) &&
              query_next(&query, &row, err);
    *out = row ? (size_t)query_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

static const char choose_before[] =
    "INSERT OR IGNORE INTO doomed SELECT id FROM link "
    "WHERE time < ?1 AND forgotten IS NULL";

/* What-ifs, which judged by a day later than their own, and runs that were no
   full answer count apart. */
static const char spare_newest[] =
    "DELETE FROM doomed WHERE run IN (SELECT run FROM ("
    "SELECT run, rank() OVER ("
    "PARTITION BY repository, product, place, what_if, "
    "complete AND conclusive ORDER BY time DESC, run DESC) AS nth "
    "FROM bom_told WHERE error IS NULL) WHERE nth = 1)";

bool forget_choose_before(struct history *history, const char *day,
                          bool keep_newest, size_t *spared, struct err *err) {
    size_t chosen, left;
    if (!make_table(history, err) ||
        !run_with(history, choose_before, day, err) ||
        !count_chosen(history, &chosen, err) ||
        (keep_newest && !history_exec(history, spare_newest, err)) ||
        !count_chosen(history, &left, err))
        return false;
    *spared = chosen - left;
    return true;
}

bool forget_chosen(struct query *query, struct history *history,
                   struct err *err) {
    return make_table(history, err) &&
           query_open(query, history, "SELECT run FROM doomed ORDER BY run",
                      err);
}

static bool mark(struct history *history, const char *time, const char *why,
                 struct err *err) {
    struct query query = {.history = NULL};
    bool ok = query_open(&query, history,
                         "UPDATE link SET forgotten = ?1, why = ?2 "
                         "WHERE id IN (SELECT run FROM doomed)",
                         err);
    if (ok) {
        query_set_optional(&query, 1, time);
        query_set_optional(&query, 2, why);
        ok = query_run(&query, err);
    }
    query_close(&query);
    return ok;
}

static bool seal(struct history *history, struct err *err) {
    struct query chosen = {.history = NULL}, update = {.history = NULL};
    char hash[DIGEST_HEX_SIZE];
    bool row = true;
    bool ok = forget_chosen(&chosen, history, err) &&
              query_open(&update, history,
                         "UPDATE link SET seal = ?2 WHERE id = ?1", err);
    while (ok && (ok = query_next(&chosen, &row, err)) && row) {
        int64_t run = query_int(&chosen, 0);
        ok = chain_seal(history, run, hash, err);
        if (ok) {
            query_set_int(&update, 1, run);
            query_set_text(&update, 2, str_from(hash));
            ok = query_run(&update, err);
        }
    }
    query_close(&chosen);
    query_close(&update);
    return ok;
}

/* Who else forgot one meanwhile said why. */
static bool leave_forgotten(struct history *history, struct err *err) {
    return history_exec(history,
                        "DELETE FROM doomed WHERE run IN "
                        "(SELECT id FROM link WHERE forgotten IS NOT NULL)",
                        err);
}

static bool forget(struct history *history, const char *time, const char *why,
                   struct err *err) {
    if (!history_begin(history, err))
        return false;
    if (leave_forgotten(history, err) && mark(history, time, why, err) &&
        seal(history, err) && history_exec(history, history_forget, err))
        return history_commit(history, err);
    history_rollback(history);
    return false;
}

/* With foreign keys each text that goes would be looked for in all columns
   that name one, most of which have no index. */
bool forget_now(struct history *history, const char *time, const char *why,
                struct err *err) {
    struct err late = ERR_INIT;
    bool ok = make_table(history, err) &&
              history_exec(history,
                           "PRAGMA secure_delete = ON;"
                           "PRAGMA foreign_keys = OFF",
                           err) &&
              forget(history, time, why, err);
    return history_exec(history, "PRAGMA foreign_keys = ON", &late) && ok;
}

bool forget_compact(struct history *history, struct err *err) {
    return history_exec(history, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
                        err);
}
