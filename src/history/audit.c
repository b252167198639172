#include "history/audit.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "history/audit_inside.h"

/* The audit and the memory that it lives in. */
struct audit_whole {
    struct audit audit;
    struct arena arena;
};

const char *audit_state_name(enum audit_state state) {
    static const char *const names[AUDIT_STATE_COUNT] = {
        [AUDIT_NEW] = "new",           [AUDIT_PERSISTING] = "persisting",
        [AUDIT_RESOLVED] = "resolved", [AUDIT_NOT_CHECKED] = "not_checked",
        [AUDIT_PASSING] = "passing",
    };
    return names[state];
}

const char *audit_cause_name(enum audit_cause cause) {
    static const char *const names[AUDIT_CAUSE_COUNT] = {
        [AUDIT_FIRST_CHECKED] = "first_checked",
        [AUDIT_DESIGN] = "design",
        [AUDIT_RULES] = "rules",
        [AUDIT_PROGRAM] = "program",
        [AUDIT_DAY] = "day",
    };
    return names[cause];
}

uint32_t audit_count(const struct audit *audit, enum audit_state state) {
    uint32_t sum = 0;
    for (int v = 0; v < VERDICT_COUNT; v++)
        sum += audit->counts[state][v];
    return sum;
}

bool audit_is_broken(const struct audit *audit) {
    return audit->chain.fault_count != 0 ||
           (audit->chain.previous[0] != '\0' && !audit->chain.previous_holds);
}

/* ---- the findings ---- */

struct gathering {
    struct audit_work *work;
    struct audit_list findings;
};

static void gather(void *ctx, enum audit_state state,
                   const struct audit_seen *before,
                   const struct audit_seen *now) {
    struct gathering *gathering = ctx;
    struct audit_work *work = gathering->work;
    const struct audit_seen *seen = now != NULL ? now : before;
    struct audit_finding *finding = arena_alloc(work->arena, sizeof(*finding));
    if (finding == NULL)
        return;
    *finding = (struct audit_finding){
        .state = state,
        .fact = seen->fact,
        .series = seen->series,
        .run = seen->run,
        .bom = seen->bom,
        .refdes = seen->refdes,
        .quantity = seen->quantity,
        .line = seen->line,
        .lines = seen->lines,
        .waived = seen->waived,
        .waiver = seen->waiver,
    };
    if (now != NULL && before != NULL &&
        before->fact->verdict != now->fact->verdict) {
        finding->before = before->fact;
        finding->before_run = before->run;
    }
    audit_list_add(work, &gathering->findings, finding);
}

static int compare_findings(const void *a, const void *b) {
    const struct audit_finding *x = a, *y = b;
    const struct audit_board *p = x->series->board, *q = y->series->board;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->fact->verdict != y->fact->verdict)
        return x->fact->verdict < y->fact->verdict ? -1 : 1;
    const char *const pairs[][2] = {
        {p->product, q->product},
        {x->fact->party_name, y->fact->party_name},
        {x->fact->mpn, y->fact->mpn},
        {x->fact->measure, y->fact->measure},
        {x->fact->clause, y->fact->clause},
        {x->fact->profile, y->fact->profile},
        {p->repository, q->repository},
        {p->path, q->path},
        {x->series->activity, y->series->activity},
        {x->fact->fingerprint, y->fact->fingerprint},
    };
    int order = 0;
    for (size_t i = 0; order == 0 && i < ARRAY_LEN(pairs); i++)
        order = str_cmp(str_from(pairs[i][0]), str_from(pairs[i][1]));
    return order;
}

static bool keep_findings(struct audit_work *work,
                          const struct audit_list *list,
                          const struct audit_known *before,
                          const struct audit_known *now, struct err *err) {
    struct audit *audit = work->audit;
    struct audit_finding *items =
        arena_array(work->arena, list->count + 1, sizeof(*items));
    if (items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < list->count; i++) {
        struct audit_finding *finding = list->items[i];
        if ((finding->state == AUDIT_NEW || finding->state == AUDIT_RESOLVED ||
             finding->before != NULL) &&
            !audit_find_cause(work, finding, before, now, err))
            return false;
        audit->counts[finding->state][finding->fact->verdict]++;
        audit->causes[finding->state][finding->cause]++;
        items[i] = *finding;
    }
    if (list->count != 0)
        qsort(items, list->count, sizeof(*items), compare_findings);
    audit->findings = items;
    audit->finding_count = list->count;
    return audit_ok(work, err);
}

static bool add_findings(struct audit_work *work,
                         const struct audit_known *before,
                         const struct audit_known *now, struct err *err) {
    struct gathering gathering = {.work = work};
    struct audit_list passing = {.count = 0};
    audit_compare(before, now, gather, &gathering);
    if (!audit_find_passing(work, before, now, &passing, err))
        return false;
    for (size_t i = 0; i < passing.count; i++)
        gather(&gathering, AUDIT_PASSING, NULL, passing.items[i]);
    return keep_findings(work, &gathering.findings, before, now, err);
}

/* ---- the trend ---- */

static void count_point(void *ctx, enum audit_state state,
                        const struct audit_seen *before,
                        const struct audit_seen *now) {
    struct audit_point *point = ctx;
    (void)before;
    point->brought += state == AUDIT_NEW;
    point->resolved += state == AUDIT_RESOLVED;
    if (now == NULL)
        return;
    point->flagged[now->fact->verdict]++;
    point->waived += now->waived;
}

static void add_point(struct audit_work *work, size_t i,
                      const struct audit_known *before,
                      const struct audit_known *now) {
    struct audit_point *point = &work->audit->trend[i - 1];
    *point = (struct audit_point){.period = now->slice->period};
    audit_cover_point(work, now->slice, point);
    audit_compare(before, now, count_point, point);
}

/* Each period against the one before it; the last pair is the audit's own. */
static bool compare_all(struct audit_work *work, struct err *err) {
    struct audit_known known[2] = {{.slice = NULL}, {.slice = NULL}};
    bool ok = audit_know(work, &work->slices[0], &known[0], err);
    for (size_t i = 1; ok && i < AUDIT_PERIODS; i++) {
        struct audit_known *before = &known[(i - 1) % 2], *now = &known[i % 2];
        audit_known_dispose(now);
        ok = audit_know(work, &work->slices[i], now, err);
        if (ok)
            add_point(work, i, before, now);
        if (ok && i + 1 == AUDIT_PERIODS)
            ok = add_findings(work, before, now, err) &&
                 audit_add_waivers(work, now, err);
    }
    audit_known_dispose(&known[0]);
    audit_known_dispose(&known[1]);
    return ok;
}

/* ---- all of it ---- */

static void take_options(struct audit_work *work) {
    const struct audit_options *options = work->options;
    struct audit *audit = work->audit;
    struct audit_list profiles = {.count = 0};
    for (size_t i = 0; i < options->profile_count; i++)
        audit_list_add(
            work, &profiles,
            (void *)(uintptr_t)audit_text(work, options->profiles[i]));
    audit->period = options->period;
    audit->before = audit_period_before(&options->period);
    audit->profiles = audit_list_items(work, &profiles);
    audit->profile_count = profiles.count;
    audit->product = audit_text(work, options->product);
}

static void take_runs(struct audit_work *work) {
    const struct audit_slice *slice = &work->slices[AUDIT_PERIODS - 1];
    struct audit_list runs = {.count = 0};
    for (size_t i = 0; i < slice->count; i++)
        audit_list_add(work, &runs, work->runs.items[slice->first + i]);
    work->audit->runs = audit_list_items(work, &runs);
    work->audit->run_count = runs.count;
}

/* All from one state of the file, whoever writes meanwhile. */
static bool make(struct audit_work *work, struct err *err) {
    if (!history_exec(work->history, "BEGIN", err))
        return false;
    take_options(work);
    bool ok = audit_ok(work, err) && audit_find_stretches(work, err) &&
              audit_read_rulesets(work, err) && audit_read_runs(work, err);
    if (ok)
        take_runs(work);
    return ok && compare_all(work, err) && audit_add_coverage(work, err) &&
           audit_add_products(work, err) && audit_add_groups(work, err) &&
           audit_add_rules(work, err) && audit_add_chain(work, err);
}

static void dispose(struct audit_work *work) {
    struct map *const maps[] = {&work->texts, &work->boards,  &work->series,
                                &work->facts, &work->waivers, &work->rulesets,
                                &work->pairs};
    for (size_t i = 0; i < ARRAY_LEN(maps); i++)
        map_dispose(maps[i]);
    for (size_t i = 0; i < AUDIT_SQL_COUNT; i++)
        query_close(&work->queries[i]);
    history_rollback(work->history);
}

bool audit_make(struct audit **out, struct history *history,
                const struct audit_options *options, struct err *err) {
    struct audit_whole *whole = mem_calloc(1, sizeof(*whole));
    if (whole == NULL)
        return err_nomem(err);
    struct audit_work *work = mem_calloc(1, sizeof(*work));
    bool ok = work != NULL || err_nomem(err);
    if (ok) {
        work->history = history;
        work->options = options;
        work->arena = &whole->arena;
        work->audit = &whole->audit;
        ok = make(work, err);
        dispose(work);
    }
    mem_free(work);
    if (ok)
        *out = &whole->audit;
    else
        audit_free(&whole->audit);
    return ok;
}

void audit_free(struct audit *audit) {
    struct audit_whole *whole = (struct audit_whole *)audit;
    if (whole == NULL)
        return;
    arena_dispose(&whole->arena);
    mem_free(whole);
}
