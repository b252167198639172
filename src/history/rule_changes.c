#include "history/rule_changes.h"

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

static bool find_previous(struct history *history, int64_t ruleset,
                          int64_t *previous, struct err *err) {
    struct query query = {.history = NULL};
    bool row = false;
    bool ok = query_open(&query, history,
                         "SELECT coalesce(previous, 0) FROM ruleset "
                         "WHERE id = ?1",
                         err);
    if (ok) {
        query_set_int(&query, 1, ruleset);
        ok = query_next(&query, &row, err);
    }
    *previous = row ? query_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

bool rule_changes_record(struct history *history, int64_t ruleset,
                         struct err *err) {
    struct rule_sources before = {.files = NULL}, after = {.files = NULL};
    struct keeper keeper = {.ruleset = ruleset, .err = err};
    int64_t previous;
    bool ok = find_previous(history, ruleset, &previous, err) &&
              rule_files_read(history, previous, &before, err) &&
              rule_files_read(history, ruleset, &after, err);
    if (ok && before.count != 0 && after.count != 0)
        ok = query_open(&keeper.insert, history,
                        "INSERT INTO ruleset_change "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        err) &&
             compare(&keeper, &before, &after);
    query_close(&keeper.insert);
    rule_sources_dispose(&before);
    rule_sources_dispose(&after);
    return ok;
}
