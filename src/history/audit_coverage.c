#include "history/audit_inside.h"

#include <stdlib.h>
#include <string.h>

static int compare_boards(const struct audit_board *x,
                          const struct audit_board *y) {
    int order = strcmp(x->product, y->product);
    if (order == 0)
        order = strcmp(x->repository, y->repository);
    return order != 0 ? order : str_cmp(str_from(x->path), str_from(y->path));
}

static int compare_covered(const void *a, const void *b) {
    const struct audit_covered *x = a, *y = b;
    return compare_boards(x->board, y->board);
}

static int compare_missed(const void *a, const void *b) {
    return compare_boards(*(const struct audit_board *const *)a,
                          *(const struct audit_board *const *)b);
}

/* What is made of one slice: a row a board. */
struct coverage {
    struct audit_work *work;
    struct map index;
    struct audit_list rows; /* struct audit_covered */
};

static struct str key_of(const struct audit_board *const *board) {
    return (struct str){(const char *)board, sizeof(*board)};
}

static struct audit_covered *row_of(struct coverage *coverage,
                                    const struct audit_bom *bom) {
    uint32_t at = map_get(&coverage->index, key_of(&bom->board));
    if (at != MAP_NONE)
        return coverage->rows.items[at];
    struct audit_covered *row =
        arena_alloc(coverage->work->arena, sizeof(*row));
    if (row == NULL)
        return NULL;
    row->board = bom->board;
    audit_keep(coverage->work, &coverage->rows, row, &coverage->index,
               key_of(&row->board));
    return row;
}

/* What the board was at the end: by its newest complete run, and without one
   by its newest. */
static void take_bom(struct audit_covered *row, const struct audit_bom *bom) {
    const struct audit_run *run = bom->run;
    bool counts = audit_run_counts(run);
    bool better = row->run == NULL || (counts && !row->checked);
    if (better) {
        *row = (struct audit_covered){
            .board = row->board, .run = run, .runs = row->runs};
        row->checked = counts;
    }
    if (row->run != run)
        return;
    uint64_t resolved = (uint64_t)row->resolved * row->lines +
                        (uint64_t)bom->resolved * bom->lines;
    row->boms++;
    row->lines += bom->lines;
    row->lost += bom->lost;
    row->resolved =
        row->lines == 0 ? bom->resolved : (uint32_t)(resolved / row->lines);
}

static void cover(struct coverage *coverage, const struct audit_slice *slice) {
    for (size_t i = slice->first + slice->count; i-- > slice->first;) {
        const struct audit_run *run = coverage->work->runs.items[i];
        const struct audit_board *last = NULL;
        for (size_t k = 0; !run->what_if && k < run->bom_count; k++) {
            struct audit_covered *row = row_of(coverage, run->boms[k]);
            if (row == NULL)
                return;
            take_bom(row, run->boms[k]);
            row->runs += run->boms[k]->board != last;
            last = run->boms[k]->board;
        }
    }
}

static const struct audit_covered *find(const struct coverage *coverage,
                                        const struct audit_board *board) {
    uint32_t at = map_get(&coverage->index, key_of(&board));
    return at == MAP_NONE ? NULL : coverage->rows.items[at];
}

static void keep_covered(struct audit_work *work, const struct coverage *now,
                         const struct coverage *before) {
    struct audit *audit = work->audit;
    struct audit_covered *items =
        arena_array(work->arena, now->rows.count + 1, sizeof(*items));
    if (items == NULL)
        return;
    for (size_t i = 0; i < now->rows.count; i++) {
        items[i] = *(const struct audit_covered *)now->rows.items[i];
        items[i].before = find(before, items[i].board) != NULL;
    }
    if (now->rows.count != 0)
        qsort(items, now->rows.count, sizeof(*items), compare_covered);
    audit->covered = items;
    audit->covered_count = now->rows.count;
}

static void keep_missed(struct audit_work *work, const struct coverage *now,
                        const struct coverage *before) {
    struct audit_list missed = {.count = 0};
    for (size_t i = 0; i < before->rows.count; i++) {
        const struct audit_covered *row = before->rows.items[i];
        if (find(now, row->board) == NULL)
            audit_list_add(work, &missed, (void *)(uintptr_t)row->board);
    }
    const struct audit_board **items = audit_list_items(work, &missed);
    if (items != NULL && missed.count != 0)
        qsort(items, missed.count, sizeof(*items), compare_missed);
    work->audit->missed = items;
    work->audit->missed_count = missed.count;
}

static void count_runs(struct audit *audit) {
    for (size_t i = 0; i < audit->run_count; i++) {
        const struct audit_run *run = audit->runs[i];
        audit->what_ifs += run->what_if;
        audit->stale += run->stale && !run->what_if;
        audit->partial += !run->what_if && !(run->complete && run->conclusive);
    }
}

static void count_boards(struct audit *audit) {
    uint64_t resolved = 0;
    for (size_t i = 0; i < audit->covered_count; i++) {
        const struct audit_covered *row = &audit->covered[i];
        audit->boards++;
        audit->boms += row->boms;
        audit->lines += row->lines;
        resolved += (uint64_t)row->resolved * row->lines;
    }
    audit->resolved =
        audit->lines == 0 ? 0 : (uint32_t)(resolved / audit->lines);
}

static bool keep_evidence(struct audit_work *work, struct err *err) {
    struct audit *audit = work->audit;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < audit->run_count; i++)
        count += audit->runs[i]->bom_count + 1;
    struct audit_evidence *items =
        arena_array(work->arena, count + 1, sizeof(*items));
    if (items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < audit->run_count; i++) {
        const struct audit_run *run = audit->runs[i];
        if (run->bom_count == 0)
            items[at++] = (struct audit_evidence){run, NULL};
        for (size_t k = 0; k < run->bom_count; k++)
            items[at++] = (struct audit_evidence){run, run->boms[k]};
    }
    audit->evidence = items;
    audit->evidence_count = at;
    return true;
}

static bool read_forgotten(struct audit_work *work, struct audit_list *list,
                           struct err *err) {
    const struct audit_slice *slice = &work->slices[AUDIT_PERIODS - 1];
    const struct audit_slice *before = slice - 1;
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_FORGOTTEN, err);
    if (query == NULL)
        return false;
    /* Those of the period before too: what is compared with is not whole. */
    query_set_int(query, 1,
                  before->first_link != 0 ? before->first_link
                                          : slice->first_link);
    query_set_int(query, 2,
                  slice->first_link != 0 ? slice->last_link
                                         : before->last_link);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        struct audit_forgotten *item = arena_alloc(work->arena, sizeof(*item));
        if (item == NULL)
            return err_nomem(err);
        *item = (struct audit_forgotten){
            .run = query_int(query, 0),
            .time = audit_column(work, query, 1),
            .hash = audit_column(work, query, 2),
            .forgotten = audit_column(work, query, 3),
            .why = audit_column(work, query, 4),
        };
        audit_list_add(work, list, item);
    }
    return ok && audit_ok(work, err);
}

static bool keep_forgotten(struct audit_work *work, struct err *err) {
    struct audit_list list = {.count = 0};
    if (!read_forgotten(work, &list, err))
        return false;
    struct audit_forgotten *items =
        arena_array(work->arena, list.count + 1, sizeof(*items));
    for (size_t i = 0; items != NULL && i < list.count; i++)
        items[i] = *(const struct audit_forgotten *)list.items[i];
    work->audit->forgotten = items;
    work->audit->forgotten_count = list.count;
    return audit_ok(work, err);
}

bool audit_add_coverage(struct audit_work *work, struct err *err) {
    struct coverage now = {.work = work}, before = now;
    cover(&now, &work->slices[AUDIT_PERIODS - 1]);
    cover(&before, &work->slices[AUDIT_PERIODS - 2]);
    keep_covered(work, &now, &before);
    keep_missed(work, &now, &before);
    map_dispose(&now.index);
    map_dispose(&before.index);
    count_runs(work->audit);
    count_boards(work->audit);
    return audit_ok(work, err) && keep_evidence(work, err) &&
           keep_forgotten(work, err);
}

void audit_cover_point(struct audit_work *work, const struct audit_slice *slice,
                       struct audit_point *point) {
    struct coverage coverage = {.work = work};
    cover(&coverage, slice);
    for (size_t i = 0; i < coverage.rows.count; i++) {
        const struct audit_covered *row = coverage.rows.items[i];
        point->boards++;
        point->lines += row->lines;
    }
    for (size_t i = 0; i < slice->count; i++) {
        const struct audit_run *run = work->runs.items[slice->first + i];
        point->runs += !run->what_if;
    }
    map_dispose(&coverage.index);
}
