#include "history/runs.h"

#define PREFIX_MIN 8  /* characters that may stand for a hash */
#define NUMBER_MAX 18 /* digits of a run's number */

bool runs_open(struct query *query, struct history *history,
               const struct runs_wanted *wanted, struct err *err) {
    if (!query_open(query, history,
                    "SELECT id FROM link "
                    "WHERE time >= coalesce(?1, '') "
                    "AND time < coalesce(?2, '9999') || '~' "
                    "AND (?3 IS NULL OR id IN "
                    "(SELECT run FROM bom WHERE product = ?3)) "
                    "ORDER BY time DESC, id DESC",
                    err))
        return false;
    query_set_optional(query, 1, wanted->from);
    query_set_optional(query, 2, wanted->to);
    query_set_optional(query, 3, wanted->product);
    return true;
}

/* One run, or more than one, of a statement with one parameter. */
static bool read_run(struct query *query, int64_t *run, int *found,
                     struct err *err) {
    bool row = true;
    bool ok = true;
    *found = 0;
    while (ok && *found < 2 && (ok = query_next(query, &row, err)) && row) {
        *run = query_int(query, 0);
        ++*found;
    }
    return ok;
}

static bool find_number(struct history *history, struct str name, int64_t *run,
                        int *found, struct err *err) {
    struct query query = {.history = NULL};
    int64_t number = 0;
    for (size_t i = 0; i < name.len; i++)
        number = number * 10 + (name.ptr[i] - '0');
    bool ok =
        query_open(&query, history, "SELECT id FROM link WHERE id = ?1", err);
    if (ok) {
        query_set_int(&query, 1, number);
        ok = read_run(&query, run, found, err);
    }
    query_close(&query);
    return ok;
}

static bool find_hash(struct history *history, struct str name, int64_t *run,
                      int *found, struct err *err) {
    struct query query = {.history = NULL};
    bool ok = query_open(&query, history,
                         "SELECT id FROM link "
                         "WHERE hash >= ?1 AND hash < ?1 || 'g'",
                         err);
    if (ok) {
        query_set_text(&query, 1, name);
        ok = read_run(&query, run, found, err);
    }
    query_close(&query);
    return ok;
}

bool runs_find(struct history *history, const char *name, int64_t *run,
               struct err *err) {
    struct str text = str_from(name);
    int found = 0;
    if (str_is_digits(text) && text.len <= NUMBER_MAX &&
        !find_number(history, text, run, &found, err))
        return false;
    if (found == 0 && text.len >= PREFIX_MIN &&
        !find_hash(history, text, run, &found, err))
        return false;
    if (found == 1)
        return true;
    return err_set(err, ERR_INVALID,
                   found == 0 ? "the history has no run '%s'; `bomgate history "
                                "list` shows them"
                              : "several runs have a hash that begins with "
                                "'%s'; give more of it",
                   name);
}
