#include "history/audit_inside.h"

#include "history/digests.h"

/* What is kept by its number in the history. */
struct numbered_fact {
    int64_t id;
    struct audit_fact fact;
};

struct numbered_waiver {
    int64_t id;
    struct audit_waiver waiver;
};

/* The columns of AUDIT_SQL_FACT and AUDIT_SQL_WAIVER: the texts in the order
   of their digest, then that. */
enum {
    FACT_TEXTS = 18,
    FACT_MANUFACTURER_TEXT = FACT_TEXTS + 1,
    FACT_MPN_TEXT,
    WAIVER_TEXTS = 11,
};

static struct str key_of(const int64_t *id) {
    return (struct str){(const char *)id, sizeof(*id)};
}

static void take_fact(struct audit_work *work, const struct query *row,
                      struct audit_fact *fact) {
    const char **const texts[] = {
        &fact->fingerprint,  NULL,           &fact->profile,    &fact->measure,
        &fact->title,        &fact->clause,  &fact->citation,   &fact->url,
        &fact->since,        &fact->becomes, &fact->reason,     &fact->party,
        &fact->party_name,   &fact->owner,   &fact->confidence, &fact->category,
        &fact->manufacturer, &fact->mpn,
    };
    for (int i = 0; i < FACT_TEXTS; i++) {
        if (texts[i] == NULL)
            fact->verdict = verdict_parse(query_text(row, i));
        else
            *texts[i] = audit_column(work, row, i);
    }
    fact->manufacturer_text = query_int(row, FACT_MANUFACTURER_TEXT);
    fact->mpn_text = query_int(row, FACT_MPN_TEXT);
}

/* A row of texts stands under their digest, its next column. */
static bool check_digest(struct audit_work *work, const struct query *row,
                         int texts, const char *what, int64_t id,
                         struct err *err) {
    char now[DIGEST_HEX_SIZE] = "";
    if (!digest_columns(row, 0, texts, now))
        return err_nomem(err);
    if (!str_eq(query_text(row, texts), str_from(now)))
        audit_list_add(work, &work->forged,
                       (void *)(uintptr_t)arena_printf(
                           work->arena, "%s %lld is not as it was recorded",
                           what, (long long)id)
                           .ptr);
    return true;
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
    if (!check_digest(work, query, FACT_TEXTS, "finding", id, err))
        return false;
    if (entry->fact.verdict == VERDICT_COUNT)
        return damaged(id, "the verdict of finding", err);
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
    if (!check_digest(work, query, WAIVER_TEXTS, "waiver", id, err))
        return false;
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

struct query *audit_findings_of(struct audit_work *work, int64_t bom,
                                struct err *err) {
    struct query *query = audit_query(work, AUDIT_SQL_FINDINGS, err);
    if (query != NULL)
        query_set_int(query, 1, bom);
    return query;
}
