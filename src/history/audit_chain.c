#include "history/audit_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "history/chain.h"

/* Faults beyond that many are only counted: the history is not to be trusted
   anyway. */
#define FAULTS_MAX 100

struct walk {
    struct audit_work *work;
    const struct audit_slice *slice;
    char last[DIGEST_HEX_SIZE];
    struct audit_list faults;
};

static void add_fault(struct walk *walk, int64_t run, const char *what) {
    struct audit_work *work = walk->work;
    if (walk->faults.count < FAULTS_MAX)
        audit_list_add(work, &walk->faults,
                       (void *)(uintptr_t)arena_printf(
                           work->arena, "run %" PRId64 " %s", run, what)
                           .ptr);
}

/* One link, from the chain's beginning on: what was forgotten keeps it. Only
   the records of the period are computed again. */
static bool check_link(struct walk *walk, const struct query *row,
                       struct err *err) {
    int64_t run = query_int(row, 0);
    char now[DIGEST_HEX_SIZE] = "";
    if (!str_eq(query_text(row, 2), str_from(walk->last)))
        add_fault(walk, run,
                  "does not follow the run before it: one was removed, changed "
                  "or put between");
    snprintf(walk->last, DIGEST_HEX_SIZE, "%.*s", STR_ARG(query_text(row, 3)));
    if (!query_is_null(row, 4) || run < walk->slice->first_link ||
        run > walk->slice->last_link)
        return true;
    if (!chain_hash(walk->work->history, run, now, err))
        return false;
    if (strcmp(now, walk->last) != 0)
        add_fault(walk, run, "is not as it was recorded");
    return true;
}

static bool check_links(struct walk *walk, struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(walk->work, AUDIT_SQL_LINKS, err);
    if (query == NULL)
        return false;
    while (ok && (ok = query_next(query, &row, err)) && row) {
        if (query_int(query, 0) > walk->work->head)
            break; /* recorded later: none of this audit's */
        ok = check_link(walk, query, err);
    }
    query_reset(query);
    return ok;
}

static bool find_link(struct audit_work *work, const char *hash, int64_t *run,
                      const char **time, struct err *err) {
    bool row = false;
    struct query *query = audit_query(work, AUDIT_SQL_LINK, err);
    if (query == NULL)
        return false;
    query_set_text(query, 1, str_from(hash));
    if (!query_next(query, &row, err))
        return false;
    *run = row ? query_int(query, 0) : 0;
    *time = row ? audit_column(work, query, 1) : NULL;
    return true;
}

static bool check_previous(struct walk *walk, struct err *err) {
    struct audit_chain *chain = &walk->work->audit->chain;
    const char *printed = walk->work->options->previous;
    int64_t run = 0;
    if (printed == NULL)
        return true;
    snprintf(chain->previous, sizeof(chain->previous), "%s", printed);
    if (!find_link(walk->work, printed, &run, &chain->previous_time, err))
        return false;
    chain->previous_holds = run != 0 && run <= walk->work->head;
    return true;
}

bool audit_add_chain(struct audit_work *work, struct err *err) {
    struct audit_chain *chain = &work->audit->chain;
    struct walk walk = {.work = work,
                        .slice = &work->slices[AUDIT_PERIODS - 1]};
    if (!check_previous(&walk, err) || !check_links(&walk, err))
        return false;
    for (size_t i = 0; i < work->forged.count && walk.faults.count < FAULTS_MAX;
         i++)
        audit_list_add(work, &walk.faults, work->forged.items[i]);
    memcpy(chain->head, walk.last, sizeof(chain->head));
    chain->faults = audit_list_items(work, &walk.faults);
    chain->fault_count = walk.faults.count;
    return audit_ok(work, err);
}
