#include "history/audit_inside.h"

#include <string.h>

/* One BOM's part in the state that is being made. */
struct reading {
    struct audit_work *work;
    struct audit_known *known;
    const struct audit_bom *bom;
};

static const struct audit_series *series_for(const struct audit_bom *bom,
                                             const char *profile) {
    for (size_t i = 0; i < bom->series_count; i++) {
        if (bom->series[i]->profile == profile)
            return bom->series[i];
    }
    return NULL;
}

static struct str key_of(const struct audit_seen *seen) {
    return (struct str){(const char *)&seen->key, sizeof(seen->key)};
}

const struct audit_seen *audit_find_seen(const struct audit_known *known,
                                         const struct audit_seen *like) {
    uint32_t at = map_get(&known->index, key_of(like));
    return at == MAP_NONE ? NULL : known->seen.items[at];
}

/* Nothing newer that counts has spoken of the series. */
static bool is_open(const struct audit_known *known,
                    const struct audit_series *series,
                    const struct audit_run *run) {
    const struct audit_run *counts = known->counts[series->number];
    return counts == NULL || counts == run;
}

/* "U3" and "U4": the same part on two lines is one finding. */
static const char *join(struct audit_work *work, const char *before,
                        struct str more) {
    if (before == NULL || *before == '\0')
        return arena_str(work->arena, more).ptr;
    if (more.len == 0)
        return before;
    return arena_printf(work->arena, "%s, %.*s", before, STR_ARG(more)).ptr;
}

/* Beyond that many lines a list of designators is no help. */
#define LINES_JOINED 50

static void merge(struct audit_work *work, struct audit_seen *seen,
                  const struct query *row, const struct audit_fact *fact) {
    if (fact->verdict < seen->fact->verdict)
        seen->fact = fact;
    seen->waived = seen->waived && query_int(row, 4) != 0;
    if (++seen->lines > LINES_JOINED)
        return;
    seen->refdes = join(work, seen->refdes, query_text(row, 2));
    seen->quantity = join(work, seen->quantity, query_text(row, 3));
}

static struct audit_seen *add_seen(struct audit_work *work,
                                   struct audit_known *known,
                                   const struct audit_seen *made) {
    struct audit_seen *seen = arena_alloc(work->arena, sizeof(*seen));
    if (seen == NULL)
        return NULL;
    *seen = *made;
    audit_keep(work, &known->seen, seen, &known->index, key_of(seen));
    return seen;
}

static struct audit_seen seen_from(const struct audit_bom *bom,
                                   const struct audit_series *series,
                                   const struct audit_fact *fact) {
    return (struct audit_seen){
        .key = {series->number, fact->fingerprint},
        .series = series,
        .fact = fact,
        .run = bom->run,
        .bom = bom,
    };
}

/* NULL for what is no finding of the audit's. */
static const struct audit_series *flagged_series(
    const struct audit_bom *bom, const struct audit_fact *fact) {
    return fact->verdict > VERDICT_REVIEW ? NULL
                                          : series_for(bom, fact->profile);
}

static bool take(struct reading *reading, const struct query *row,
                 struct err *err) {
    struct audit_work *work = reading->work;
    const struct audit_bom *bom = reading->bom;
    const struct audit_fact *fact = NULL;
    if (!audit_fact_of(work, query_int(row, 0), &fact, err))
        return false;
    const struct audit_series *series = flagged_series(bom, fact);
    if (series == NULL || !is_open(reading->known, series, bom->run))
        return true;
    struct audit_seen made = seen_from(bom, series, fact);
    uint32_t at = map_get(&reading->known->index, key_of(&made));
    if (at != MAP_NONE) {
        struct audit_seen *seen = reading->known->seen.items[at];
        if (seen->run == bom->run)
            merge(work, seen, row, fact);
        return true;
    }
    made.line = (uint32_t)query_int(row, 1);
    made.lines = 1;
    made.refdes = join(work, NULL, query_text(row, 2));
    made.quantity = join(work, NULL, query_text(row, 3));
    made.waived = query_int(row, 4) != 0;
    if (!query_is_null(row, 5) &&
        !audit_waiver_of(work, query_int(row, 5), &made.waiver, err))
        return false;
    add_seen(work, reading->known, &made);
    return audit_ok(work, err);
}

static bool read_findings(struct reading *reading, struct err *err) {
    bool row = true, ok = true;
    struct query *query =
        audit_findings_of(reading->work, reading->bom->id, err);
    if (query == NULL)
        return false;
    while (ok && (ok = query_next(query, &row, err)) && row)
        ok = take(reading, query, err);
    return ok;
}

/* @return whether any of its series waits for what the BOM says. */
static bool note_bom(struct audit_known *known, const struct audit_bom *bom) {
    bool open = false;
    for (size_t i = 0; i < bom->series_count; i++) {
        const struct audit_series *series = bom->series[i];
        size_t number = series->number;
        if (known->counts[number] == NULL && audit_run_counts(bom->run))
            known->counts[number] = bom->run;
        open = open || is_open(known, series, bom->run);
    }
    return open;
}

static bool take_run(struct audit_work *work, struct audit_known *known,
                     const struct audit_run *run, struct err *err) {
    for (size_t i = 0; i < run->bom_count; i++) {
        struct reading reading = {work, known, run->boms[i]};
        if (note_bom(known, run->boms[i]) && !read_findings(&reading, err))
            return false;
    }
    return true;
}

static bool make_room(struct audit_work *work, struct audit_known *known,
                      struct err *err) {
    size_t count = work->series_list.count + 1;
    known->counts = arena_array(work->arena, count, sizeof(*known->counts));
    return audit_ok(work, err);
}

bool audit_know(struct audit_work *work, const struct audit_slice *slice,
                struct audit_known *out, struct err *err) {
    *out = (struct audit_known){.slice = slice};
    if (!make_room(work, out, err))
        return false;
    for (size_t i = slice->first + slice->count; i-- > slice->first;) {
        const struct audit_run *run = work->runs.items[i];
        if (!run->what_if && !take_run(work, out, run, err))
            return false;
    }
    return true;
}

void audit_known_dispose(struct audit_known *known) {
    map_dispose(&known->index);
}

void audit_compare(const struct audit_known *before,
                   const struct audit_known *now, audit_told *told, void *ctx) {
    for (size_t i = 0; i < now->seen.count; i++) {
        const struct audit_seen *seen = now->seen.items[i];
        const struct audit_seen *old = audit_find_seen(before, seen);
        told(ctx, old == NULL ? AUDIT_NEW : AUDIT_PERSISTING, old, seen);
    }
    for (size_t i = 0; i < before->seen.count; i++) {
        const struct audit_seen *old = before->seen.items[i];
        if (audit_find_seen(now, old) == NULL)
            told(ctx,
                 now->counts[old->key.series] != NULL ? AUDIT_RESOLVED
                                                      : AUDIT_NOT_CHECKED,
                 old, NULL);
    }
}

/* ---- came and went ---- */

static bool pass_bom(struct reading *reading, const struct audit_known *before,
                     const struct audit_known *now, struct err *err) {
    struct audit_work *work = reading->work;
    const struct audit_bom *bom = reading->bom;
    bool row = true, ok = true;
    struct query *query = audit_findings_of(work, bom->id, err);
    if (query == NULL)
        return false;
    while (ok && (ok = query_next(query, &row, err)) && row) {
        const struct audit_fact *fact = NULL;
        ok = audit_fact_of(work, query_int(query, 0), &fact, err);
        const struct audit_series *series =
            ok ? flagged_series(bom, fact) : NULL;
        if (series == NULL)
            continue;
        struct audit_seen made = seen_from(bom, series, fact);
        if (audit_find_seen(before, &made) == NULL &&
            audit_find_seen(now, &made) == NULL)
            ok = take(reading, query, err);
    }
    return ok;
}

bool audit_find_passing(struct audit_work *work,
                        const struct audit_known *before,
                        const struct audit_known *now, struct audit_list *out,
                        struct err *err) {
    struct audit_known passing = {.slice = now->slice};
    const struct audit_slice *slice = now->slice;
    bool ok = make_room(work, &passing, err);
    for (size_t i = slice->first + slice->count; ok && i-- > slice->first;) {
        const struct audit_run *run = work->runs.items[i];
        for (size_t k = 0; ok && !run->what_if && k < run->bom_count; k++) {
            struct reading reading = {work, &passing, run->boms[k]};
            ok = pass_bom(&reading, before, now, err);
        }
    }
    *out = passing.seen;
    audit_known_dispose(&passing);
    return ok;
}
