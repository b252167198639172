#include "history/audit_inside.h"

#include "core/date.h"

/* The first day after each slice. */
struct bounds {
    char from[DATE_TEXT_SIZE], until[AUDIT_PERIODS][DATE_TEXT_SIZE];
};

static void make_slices(struct audit_work *work, struct bounds *bounds) {
    struct audit_period period = work->options->period;
    for (size_t i = AUDIT_PERIODS; i-- > 0;) {
        work->slices[i] = (struct audit_slice){.period = period};
        date_format(period.to + 1, bounds->until[i]);
        date_format(period.from, bounds->from);
        period = audit_period_before(&period);
    }
}

/* AUDIT_PERIODS: recorded later than all of them. */
static size_t slice_at(const struct bounds *bounds, struct str time) {
    size_t i = 0;
    while (i < AUDIT_PERIODS && str_cmp(time, str_from(bounds->until[i])) >= 0)
        i++;
    return i;
}

static void take_link(struct audit_work *work, const struct bounds *bounds,
                      int64_t id, struct str time) {
    size_t at = slice_at(bounds, time);
    if (at == AUDIT_PERIODS)
        return;
    work->head = id;
    if (at == 0 && str_cmp(time, str_from(bounds->from)) < 0)
        return;
    struct audit_slice *slice = &work->slices[at];
    if (slice->first_link == 0)
        slice->first_link = id;
    slice->last_link = id;
}

/* Nobody's clock is right for ever: what a run that was forgotten said of the
   time does not count. */
bool audit_find_stretches(struct audit_work *work, struct err *err) {
    struct bounds bounds = {.from = ""};
    struct str latest = STR_EMPTY;
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_LINKS, err);
    if (query == NULL)
        return false;
    make_slices(work, &bounds);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        bool later = str_cmp(query_text(query, 1), latest) > 0;
        if (later && query_is_null(query, 4))
            latest = str_from(audit_column(work, query, 1));
        take_link(work, &bounds, query_int(query, 0),
                  later ? query_text(query, 1) : latest);
    }
    for (size_t i = 0; i < AUDIT_PERIODS; i++) {
        if (work->slices[i].first_link == 0)
            work->slices[i].last_link = -1;
    }
    return ok && audit_ok(work, err);
}
