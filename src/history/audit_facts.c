#include "history/audit_inside.h"

/* What is kept by its number in the history. */
struct numbered_fact {
    int64_t id;
    struct audit_fact fact;
};

struct numbered_waiver {
    int64_t id;
    struct audit_waiver waiver;
};

static struct str key_of(const int64_t *id) {
    return (struct str){(const char *)id, sizeof(*id)};
}

static void take_fact(struct audit_work *work, const struct query *row,
                      struct audit_fact *fact) {
    const char **const texts[] = {
        &fact->fingerprint,  &fact->profile,    &fact->measure,
        &fact->title,        &fact->clause,     &fact->citation,
        &fact->url,          &fact->since,      &fact->becomes,
        &fact->reason,       &fact->party,      &fact->party_name,
        &fact->owner,        &fact->confidence, &fact->category,
        &fact->manufacturer, &fact->mpn,
    };
    fact->verdict = verdict_parse(query_text(row, 0));
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        *texts[i] = audit_column(work, row, (int)i + 1);
    fact->manufacturer_text = query_int(row, (int)ARRAY_LEN(texts) + 1);
    fact->mpn_text = query_int(row, (int)ARRAY_LEN(texts) + 2);
}

static bool damaged(int64_t id, const char *what, struct err *err) {
    return err_set(err, ERR_IO,
                   "%s %lld is missing in the history; `bomgate history "
                   "verify` says more",
                   what, (long long)id);
}

static bool read_fact(struct audit_work *work, int64_t id,
                      struct numbered_fact *entry, struct err *err) {
    bool row = false;
    struct query *query = audit_query(work, AUDIT_SQL_FACT, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, id);
    if (!query_next(query, &row, err))
        return false;
    if (!row)
        return damaged(id, "finding", err);
    entry->id = entry->fact.id = id;
    take_fact(work, query, &entry->fact);
    return audit_ok(work, err);
}

bool audit_fact_of(struct audit_work *work, int64_t id,
                   const struct audit_fact **out, struct err *err) {
    uint32_t at = map_get(&work->facts, key_of(&id));
    if (at != MAP_NONE) {
        *out = work->fact_list.items[at];
        return true;
    }
    struct numbered_fact *entry = arena_alloc(work->arena, sizeof(*entry));
    if (entry == NULL)
        return err_nomem(err);
    if (!read_fact(work, id, entry, err))
        return false;
    audit_keep(work, &work->fact_list, &entry->fact, &work->facts,
               key_of(&entry->id));
    *out = &entry->fact;
    return audit_ok(work, err);
}

static void take_waiver(struct audit_work *work, const struct query *row,
                        struct audit_waiver *waiver) {
    const char **const texts[] = {
        &waiver->measure, &waiver->clause,   &waiver->party,
        &waiver->mpn,     &waiver->product,  &waiver->kind,
        &waiver->reason,  &waiver->expires,  &waiver->approved_by,
        &waiver->ticket,  &waiver->evidence,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        *texts[i] = audit_column(work, row, (int)i);
}

static bool read_waiver(struct audit_work *work, int64_t id,
                        struct numbered_waiver *entry, struct err *err) {
    bool row = false;
    struct query *query = audit_query(work, AUDIT_SQL_WAIVER, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, id);
    if (!query_next(query, &row, err))
        return false;
    if (!row)
        return damaged(id, "waiver", err);
    entry->id = entry->waiver.id = id;
    take_waiver(work, query, &entry->waiver);
    return audit_ok(work, err);
}

bool audit_waiver_of(struct audit_work *work, int64_t id,
                     struct audit_waiver **out, struct err *err) {
    uint32_t at = map_get(&work->waivers, key_of(&id));
    if (at != MAP_NONE) {
        *out = work->waiver_list.items[at];
        return true;
    }
    struct numbered_waiver *entry = arena_alloc(work->arena, sizeof(*entry));
    if (entry == NULL)
        return err_nomem(err);
    if (!read_waiver(work, id, entry, err))
        return false;
    audit_keep(work, &work->waiver_list, &entry->waiver, &work->waivers,
               key_of(&entry->id));
    *out = &entry->waiver;
    return audit_ok(work, err);
}

struct query *audit_flagged(struct audit_work *work, int64_t bom,
                            struct err *err) {
    struct query *query = audit_query(work, AUDIT_SQL_FLAGGED, err);
    if (query == NULL)
        return NULL;
    query_set_int(query, 1, bom);
    for (int v = VERDICT_PROHIBITED; v <= VERDICT_REVIEW; v++)
        query_set_int(query, v + 2, work->flagged[v]);
    return query;
}
