#include "history/audit_inside.h"

static struct str key_of(const int64_t *id) {
    return (struct str){(const char *)id, sizeof(*id)};
}

/* A rule set, under its number. */
static bool take_ruleset(struct audit_work *work, const struct query *row,
                         struct err *err) {
    struct audit_ruleset *rules = arena_alloc(work->arena, sizeof(*rules));
    if (rules == NULL)
        return err_nomem(err);
    *rules = (struct audit_ruleset){
        .id = query_int(row, 0),
        .sha256 = audit_column(work, row, 1),
        .version = audit_column(work, row, 2),
        .known_to = audit_column(work, row, 3),
    };
    audit_keep(work, &work->ruleset_list, rules, &work->rulesets,
               key_of(&rules->id));
    return audit_ok(work, err);
}

bool audit_read_rulesets(struct audit_work *work, struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_RULESETS, err);
    if (query == NULL)
        return false;
    while (ok && (ok = query_next(query, &row, err)) && row)
        ok = take_ruleset(work, query, err);
    return ok;
}

const struct audit_ruleset *audit_ruleset_of(const struct audit_work *work,
                                             int64_t id) {
    uint32_t at = map_get(&work->rulesets, key_of(&id));
    return at == MAP_NONE ? NULL : work->ruleset_list.items[at];
}

size_t audit_ruleset_place(const struct audit_work *work,
                           const struct audit_ruleset *rules) {
    return map_get(&work->rulesets, key_of(&rules->id));
}

/* ---- what one says otherwise than another ---- */

struct rules_pair {
    const struct audit_ruleset *before, *after;
};

/* Read once for all that ask. */
struct pair_entry {
    struct rules_pair pair;
    struct audit_list changes;
};

static struct audit_change *take_change(struct audit_work *work,
                                        const struct query *row) {
    struct audit_change *change = arena_alloc(work->arena, sizeof(*change));
    if (change != NULL)
        *change = (struct audit_change){
            .kind = audit_column(work, row, 1),
            .what = audit_column(work, row, 2),
            .name = audit_column(work, row, 3),
            .item = audit_column(work, row, 4),
            .field = audit_column(work, row, 5),
            .before = audit_column(work, row, 6),
            .after = audit_column(work, row, 7),
        };
    return change;
}

static bool read_changes(struct audit_work *work, const struct audit_run *from,
                         const struct audit_run *to, struct audit_list *out,
                         struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_CHANGES, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, from->id);
    query_set_int(query, 2, to->id);
    query_set_int(query, 3, work->head);
    while (ok && (ok = query_next(query, &row, err)) && row)
        audit_list_add(work, out, take_change(work, query));
    return ok && audit_ok(work, err);
}

bool audit_changes_between(struct audit_work *work,
                           const struct audit_run *from,
                           const struct audit_run *to,
                           const struct audit_list **out, struct err *err) {
    struct rules_pair pair = {from->rules, to->rules};
    struct str key = {(const char *)&pair, sizeof(pair)};
    uint32_t at = map_get(&work->pairs, key);
    if (at == MAP_NONE) {
        struct pair_entry *entry = arena_alloc(work->arena, sizeof(*entry));
        if (entry == NULL)
            return err_nomem(err);
        entry->pair = pair;
        if (!read_changes(work, from, to, &entry->changes, err))
            return false;
        at = (uint32_t)work->pair_list.count;
        key.ptr = (const char *)&entry->pair;
        audit_keep(work, &work->pair_list, entry, &work->pairs, key);
        if (!audit_ok(work, err))
            return false;
    }
    *out = &((struct pair_entry *)work->pair_list.items[at])->changes;
    return true;
}
