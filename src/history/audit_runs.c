#include "history/audit_inside.h"

#include <string.h>

#include "core/date.h"

#define DAY_LENGTH 10 /* of "2026-11-22T05:36:20Z" */

bool audit_run_counts(const struct audit_run *run) {
    return run->complete && run->conclusive && !run->what_if && !run->stale;
}

/* ---- boards and series ---- */

static const struct audit_board *board_of(struct audit_work *work,
                                          const struct audit_bom *bom,
                                          bool named) {
    const char *repository =
        bom->run->repository == NULL ? "" : bom->run->repository;
    struct str key = arena_printf(work->arena, "%s\n%s\n%s", repository,
                                  bom->product, named ? "" : bom->path);
    uint32_t at = map_get(&work->boards, key);
    if (at != MAP_NONE)
        return work->board_list.items[at];
    struct audit_board *board = arena_alloc(work->arena, sizeof(*board));
    if (board == NULL)
        return NULL;
    *board = (struct audit_board){
        .repository = repository,
        .product = bom->product,
        .path = named ? NULL : bom->path,
    };
    audit_keep(work, &work->board_list, board, &work->boards, key);
    return board;
}

/* What a map may ask by: pointers that tell whether the things are the same. */
struct series_key {
    const struct audit_board *board;
    const char *profile, *activity;
};

struct series_entry {
    struct audit_series series;
    struct series_key key;
};

static const struct audit_series *series_of(struct audit_work *work,
                                            const struct series_key *key) {
    struct str bytes = {(const char *)key, sizeof(*key)};
    uint32_t at = map_get(&work->series, bytes);
    if (at != MAP_NONE)
        return work->series_list.items[at];
    struct series_entry *entry = arena_alloc(work->arena, sizeof(*entry));
    if (entry == NULL)
        return NULL;
    entry->key = *key;
    entry->series = (struct audit_series){
        .number = work->series_list.count,
        .board = key->board,
        .profile = key->profile,
        .activity = key->activity,
    };
    bytes.ptr = (const char *)&entry->key;
    audit_keep(work, &work->series_list, &entry->series, &work->series, bytes);
    return &entry->series;
}

/* What binds any buyer is a series of its own, the first. */
static void add_series(struct audit_work *work, struct audit_bom *bom) {
    const struct audit_run *run = bom->run;
    size_t count = run->profile_count + 1;
    const struct audit_series **series =
        arena_array(work->arena, count, sizeof(*series));
    struct series_key key = {.board = bom->board,
                             .profile = audit_text(work, ""),
                             .activity = run->activity};
    for (size_t i = 0; series != NULL && i < count; i++) {
        if (i != 0)
            key.profile = run->profiles[i - 1];
        series[i] = series_of(work, &key);
    }
    bom->series = series;
    bom->series_count = series == NULL ? 0 : count;
}

/* ---- a run ---- */

static bool is_asked(const struct audit_options *options, struct str profile) {
    bool found = options->profile_count == 0;
    for (size_t i = 0; i < options->profile_count; i++)
        found = found || str_eq(profile, str_from(options->profiles[i]));
    return found;
}

static bool read_profiles(struct audit_work *work, struct audit_run *run,
                          struct err *err) {
    struct audit_list list = {.count = 0};
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_PROFILES, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, run->id);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        if (is_asked(work->options, query_text(query, 0)))
            audit_list_add(work, &list,
                           (void *)(uintptr_t)audit_column(work, query, 0));
    }
    run->profiles = audit_list_items(work, &list);
    run->profile_count = list.count;
    return ok;
}

static struct audit_bom *take_bom(struct audit_work *work,
                                  const struct audit_run *run,
                                  const struct query *row) {
    struct audit_bom *bom = arena_alloc(work->arena, sizeof(*bom));
    if (bom == NULL)
        return NULL;
    *bom = (struct audit_bom){
        .id = query_int(row, 0),
        .content = query_int(row, 7),
        .run = run,
        .path = audit_column(work, row, 1),
        .product = audit_column(work, row, 3),
        .format = audit_column(work, row, 6),
        .digest = audit_column(work, row, 8),
        .sha256 = audit_column(work, row, 2),
        .revision = audit_column(work, row, 5),
        .error = audit_column(work, row, 13),
        .lines = (uint32_t)query_int(row, 9),
        .lost = (uint32_t)query_int(row, 10),
        .resolved = (uint32_t)query_int(row, 11),
        .waived = (uint32_t)query_int(row, 12),
    };
    for (int v = 0; v < VERDICT_COUNT; v++)
        bom->counts[v] = (uint32_t)query_int(row, 14 + v);
    bom->board = board_of(work, bom, query_int(row, 4) != 0);
    add_series(work, bom);
    return bom;
}

static bool read_boms(struct audit_work *work, struct audit_run *run,
                      struct err *err) {
    struct audit_list list = {.count = 0};
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_BOMS, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, run->id);
    query_set_optional(query, 2, work->options->product);
    while (ok && (ok = query_next(query, &row, err)) && row)
        audit_list_add(work, &list, take_bom(work, run, query));
    run->boms = audit_list_items(work, &list);
    run->bom_count = list.count;
    return ok;
}

static struct audit_run *take_run(struct audit_work *work,
                                  const struct query *row) {
    struct audit_run *run = arena_alloc(work->arena, sizeof(*run));
    if (run == NULL)
        return NULL;
    *run = (struct audit_run){
        .id = query_int(row, 0),
        .time = audit_column(work, row, 1),
        .hash = audit_column(work, row, 2),
        .origin = audit_column(work, row, 3),
        .tool = audit_column(work, row, 4),
        .method = audit_column(work, row, 5),
        .rules = audit_ruleset_of(work, query_int(row, 6)),
        .as_of = audit_column(work, row, 7),
        .activity = audit_column(work, row, 8),
        .complete = query_int(row, 9) != 0,
        .conclusive = query_int(row, 10) != 0,
        .exit_status = (int)query_int(row, 11),
        .stage = audit_column(work, row, 12),
        .repository = audit_column(work, row, 13),
        .revision = audit_column(work, row, 14),
        .pipeline = audit_column(work, row, 15),
        .actor = audit_column(work, row, 16),
    };
    run->what_if = query_int(row, 17) == 0 &&
                   str_cmp(str_from(run->as_of),
                           str_take(query_text(row, 1), DAY_LENGTH)) > 0;
    return run;
}

/* A run that has nothing of what is asked for is none of this audit's. */
static bool is_wanted(const struct audit_work *work,
                      const struct audit_run *run) {
    return (work->options->profile_count == 0 || run->profile_count != 0) &&
           (work->options->product == NULL || run->bom_count != 0);
}

static bool add_run(struct audit_work *work, const struct query *row,
                    const char *from, struct err *err) {
    struct audit_run *run = take_run(work, row);
    if (run == NULL)
        return err_nomem(err);
    if (run->rules == NULL)
        return err_set(err, ERR_SYNTAX,
                       "the rules of run %lld are missing in the history; "
                       "`bomgate history verify` says more",
                       (long long)run->id);
    run->stale = strcmp(run->time, from) < 0 || strcmp(run->as_of, from) < 0;
    if (!read_profiles(work, run, err) || !read_boms(work, run, err))
        return false;
    if (is_wanted(work, run))
        audit_list_add(work, &work->runs, run);
    return audit_ok(work, err);
}

static bool read_slice(struct audit_work *work, struct audit_slice *slice,
                       struct err *err) {
    char from[DATE_TEXT_SIZE];
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_RUNS, err);
    if (query == NULL)
        return false;
    date_format(slice->period.from, from);
    slice->first = work->runs.count;
    query_set_int(query, 1, slice->first_link);
    query_set_int(query, 2, slice->last_link);
    while (ok && (ok = query_next(query, &row, err)) && row)
        ok = add_run(work, query, from, err);
    slice->count = work->runs.count - slice->first;
    return ok;
}

bool audit_read_runs(struct audit_work *work, struct err *err) {
    for (size_t i = 0; i < AUDIT_PERIODS; i++) {
        if (!read_slice(work, &work->slices[i], err))
            return false;
    }
    return true;
}
