#include "history/rule_changes.h"

#include "history/chain.h"
#include "history/query.h"
#include "history/rule_files.h"
#include "ruleset/diff.h"

/* Where differences go while they are told. */
struct keeper {
    struct query insert;
    int64_t ruleset, position;
    bool failed;
    struct err *err;
};

static void keep(void *ctx, const struct rule_change *change) {
    struct keeper *keeper = ctx;
    struct query *insert = &keeper->insert;
    if (keeper->failed)
        return;
    query_set_int(insert, 1, keeper->ruleset);
    query_set_int(insert, 2, keeper->position++);
    query_set_text(insert, 3, str_from(rule_change_name(change->kind)));
    query_set_text(insert, 4, str_from(change->what));
    query_set_text(insert, 5, change->id);
    query_set_text(insert, 6, change->item);
    query_set_text(insert, 7, change->field);
    query_set_text(insert, 8, change->before);
    query_set_text(insert, 9, change->after);
    keeper->failed = !query_run(insert, keeper->err);
}

/* A later program may refuse what an earlier one took for rules: that is worth
   a record, not a run. */
static bool compare(struct keeper *keeper, struct rule_sources *before,
                    struct rule_sources *after) {
    const struct rule_changes changes = {keep, keeper};
    struct err refused = ERR_INIT;
    size_t count;
    if (!rules_diff(before, after, &changes, &count, &refused)) {
        struct rule_change unknown = {
            .kind = RULE_CHANGED,
            .what = "rules",
            .before = STR_LIT("cannot be compared"),
            .after = str_from(refused.msg),
        };
        keep(keeper, &unknown);
    }
    return !keeper->failed;
}

/* The rule set of run ?1, if its files came with that run. */
static const char brought[] =
    "SELECT r.id FROM run JOIN ruleset AS r ON r.id = ruleset "
    "WHERE run.id = ?1 AND rules_kept <> 0 AND told IS NULL";

/* In use before: on a board of run ?1, else on any. */
static const char before[] =
    "WITH kept (id) AS (SELECT DISTINCT ruleset FROM ruleset_file) "
    "SELECT coalesce("
    "(SELECT ruleset FROM bom_told AS mine JOIN bom_told AS other "
    " USING (repository, product, place) JOIN run ON run.id = other.run "
    " WHERE mine.run = ?1 AND other.run < ?1 AND ruleset <> ?2 "
    " AND ruleset IN kept ORDER BY other.run DESC LIMIT 1), "
    "(SELECT ruleset FROM run WHERE id < ?1 AND ruleset <> ?2 "
    " AND ruleset IN kept ORDER BY id DESC LIMIT 1))";

/* The number that a statement gives, or 0. */
static bool find(struct history *history, const char *sql, int64_t run,
                 int64_t ruleset, int64_t *out, struct err *err) {
    struct query query = {.history = NULL};
    bool row = false;
    bool ok = query_open(&query, history, sql, err);
    if (ok) {
        query_set_int(&query, 1, run);
        if (query_parameters(&query) > 1)
            query_set_int(&query, 2, ruleset);
        ok = query_next(&query, &row, err);
    }
    *out = row ? query_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

/* From when, against which, and the digest of what was told. */
static bool settle(struct history *history, int64_t ruleset, int64_t run,
                   int64_t previous, struct err *err) {
    struct query query = {.history = NULL};
    char digest[DIGEST_HEX_SIZE];
    bool ok = chain_changes(history, ruleset, digest, err) &&
              query_open(&query, history,
                         "UPDATE ruleset SET told = ?2, "
                         "previous = nullif(?3, 0), changes = ?4 WHERE id = ?1",
                         err);
    if (ok) {
        query_set_int(&query, 1, ruleset);
        query_set_int(&query, 2, run);
        query_set_int(&query, 3, previous);
        query_set_text(&query, 4, str_from(digest));
        ok = query_run(&query, err);
    }
    query_close(&query);
    return ok;
}

static bool tell(struct history *history, int64_t ruleset, int64_t previous,
                 struct err *err) {
    struct rule_sources old = {.files = NULL}, new = {.files = NULL};
    struct keeper keeper = {.ruleset = ruleset, .err = err};
    bool ok = rule_files_read(history, previous, &old, err) &&
              rule_files_read(history, ruleset, &new, err) &&
              query_open(&keeper.insert, history,
                         "INSERT INTO ruleset_change "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         err) &&
              compare(&keeper, &old, &new);
    query_close(&keeper.insert);
    rule_sources_dispose(&old);
    rule_sources_dispose(&new);
    return ok;
}

bool rule_changes_record(struct history *history, int64_t run,
                         struct err *err) {
    int64_t ruleset, previous;
    if (!find(history, brought, run, 0, &ruleset, err))
        return false;
    if (ruleset == 0)
        return true;
    return find(history, before, run, ruleset, &previous, err) &&
           (previous == 0 || tell(history, ruleset, previous, err)) &&
           settle(history, ruleset, run, previous, err);
}
