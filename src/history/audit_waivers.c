#include "history/audit_inside.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"

static int compare_text(const char *a, const char *b) {
    return str_cmp(str_from(a), str_from(b));
}

/* What ends first comes first; what has no end, last. */
static int compare_waivers(const void *a, const void *b) {
    const struct audit_waiver *x = *(const struct audit_waiver *const *)a;
    const struct audit_waiver *y = *(const struct audit_waiver *const *)b;
    int order = 0;
    if ((x->expires == NULL) != (y->expires == NULL))
        return x->expires == NULL ? 1 : -1;
    const char *const pairs[][2] = {
        {x->expires, y->expires},   {x->measure, y->measure},
        {x->clause, y->clause},     {x->party, y->party},
        {x->mpn, y->mpn},           {x->product, y->product},
        {x->kind, y->kind},         {x->reason, y->reason},
        {x->ticket, y->ticket},     {x->approved_by, y->approved_by},
        {x->evidence, y->evidence},
    };
    for (size_t i = 0; order == 0 && i < ARRAY_LEN(pairs); i++)
        order = compare_text(pairs[i][0], pairs[i][1]);
    return order;
}

static struct audit_waivers sorted(struct audit_work *work,
                                   const struct audit_list *list) {
    const struct audit_waiver **items = audit_list_items(work, list);
    if (items != NULL && list->count != 0)
        qsort(items, list->count, sizeof(*items), compare_waivers);
    return (struct audit_waivers){items, list->count};
}

/* The newest run of a board speaks; where several boards list a waiver, the
   newest of those. */
static bool read_run(struct audit_work *work, const struct audit_run *run,
                     struct audit_list *listed, struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_RUN_WAIVERS, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, run->id);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        struct audit_waiver *waiver = NULL;
        ok = audit_waiver_of(work, query_int(query, 0), &waiver, err);
        if (ok && waiver->state == NULL) {
            waiver->state = audit_column(work, query, 1);
            audit_list_add(work, listed, waiver);
        }
    }
    return ok;
}

static bool read_listed(struct audit_work *work, struct audit_list *listed,
                        struct err *err) {
    const struct audit *audit = work->audit;
    struct map done = {.slots = NULL};
    bool ok = true;
    for (size_t i = audit->run_count; ok && i-- > 0;) {
        const struct audit_run *run = audit->runs[i];
        bool speaks = false;
        for (size_t k = 0; !run->what_if && k < run->bom_count; k++) {
            struct str board = {(const char *)&run->boms[k]->board,
                                sizeof(run->boms[k]->board)};
            if (map_get(&done, board) == MAP_NONE) {
                speaks = true;
                if (!map_put(&done, board, 0))
                    work->arena->failed = true;
            }
        }
        if (speaks)
            ok = read_run(work, run, listed, err);
    }
    map_dispose(&done);
    return ok && audit_ok(work, err);
}

bool audit_add_waivers(struct audit_work *work, const struct audit_known *now,
                       struct err *err) {
    struct audit *audit = work->audit;
    struct audit_period next = audit_period_after(&audit->period);
    struct audit_list listed = {.count = 0}, active = listed, expiring = listed,
                      expired = listed;
    char end[DATE_TEXT_SIZE], next_end[DATE_TEXT_SIZE];
    date_format(audit->period.to, end);
    date_format(next.to, next_end);
    if (!read_listed(work, &listed, err))
        return false;
    for (size_t i = 0; i < now->seen.count; i++) {
        const struct audit_seen *seen = now->seen.items[i];
        if (seen->waiver != NULL)
            seen->waiver->findings++;
    }
    for (size_t i = 0; i < listed.count; i++) {
        struct audit_waiver *waiver = listed.items[i];
        const char *expires = waiver->expires;
        bool ends = expires != NULL && *expires != '\0';
        if (ends && strcmp(expires, end) < 0)
            audit_list_add(work, &expired, waiver);
        else if (ends && strcmp(expires, next_end) <= 0)
            audit_list_add(work, &expiring, waiver);
        else
            audit_list_add(work, &active, waiver);
    }
    audit->active = sorted(work, &active);
    audit->expiring = sorted(work, &expiring);
    audit->expired = sorted(work, &expired);
    return audit_ok(work, err);
}
