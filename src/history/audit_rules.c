#include "history/audit_inside.h"

#include <stdlib.h>
#include <string.h>

/* A rule set with its changes, which are read when somebody asks. */
struct ruleset_entry {
    struct audit_ruleset rules;
    struct audit_list changes;
    bool read;
};

static struct str key_of(const int64_t *id) {
    return (struct str){(const char *)id, sizeof(*id)};
}

static bool take_ruleset(struct audit_work *work, const struct query *row,
                         struct err *err) {
    struct ruleset_entry *entry = arena_alloc(work->arena, sizeof(*entry));
    if (entry == NULL)
        return err_nomem(err);
    entry->rules = (struct audit_ruleset){
        .id = query_int(row, 0),
        .sha256 = audit_column(work, row, 1),
        .version = audit_column(work, row, 2),
        .known_to = audit_column(work, row, 3),
        .previous = query_int(row, 4),
    };
    audit_keep(work, &work->ruleset_list, entry, &work->rulesets,
               key_of(&entry->rules.id));
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

static struct ruleset_entry *entry_of(const struct audit_work *work,
                                      int64_t id) {
    uint32_t at = map_get(&work->rulesets, key_of(&id));
    return at == MAP_NONE ? NULL : work->ruleset_list.items[at];
}

const struct audit_ruleset *audit_ruleset_of(const struct audit_work *work,
                                             int64_t id) {
    const struct ruleset_entry *entry = entry_of(work, id);
    return entry == NULL ? NULL : &entry->rules;
}

static bool read_changes(struct audit_work *work, struct ruleset_entry *entry,
                         struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_CHANGES, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, entry->rules.id);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        struct audit_change *change = arena_alloc(work->arena, sizeof(*change));
        if (change == NULL)
            return err_nomem(err);
        *change = (struct audit_change){
            .rules = &entry->rules,
            .kind = audit_column(work, query, 0),
            .what = audit_column(work, query, 1),
            .name = audit_column(work, query, 2),
            .item = audit_column(work, query, 3),
            .field = audit_column(work, query, 4),
            .before = audit_column(work, query, 5),
            .after = audit_column(work, query, 6),
        };
        audit_list_add(work, &entry->changes, change);
    }
    entry->read = ok;
    return ok && audit_ok(work, err);
}

bool audit_changes_of(struct audit_work *work,
                      const struct audit_ruleset *rules, struct audit_list *out,
                      struct err *err) {
    struct ruleset_entry *entry = entry_of(work, rules->id);
    if (!entry->read && !read_changes(work, entry, err))
        return false;
    for (size_t i = 0; i < entry->changes.count; i++)
        audit_list_add(work, out, entry->changes.items[i]);
    return audit_ok(work, err);
}

/* How many steps back `earlier` lies; 0: it is no ancestor. */
static size_t steps_back(const struct audit_work *work,
                         const struct audit_ruleset *later,
                         const struct audit_ruleset *earlier) {
    size_t steps = 0;
    while (later != NULL && later != earlier &&
           steps <= work->ruleset_list.count) {
        later = audit_ruleset_of(work, later->previous);
        steps++;
    }
    return later == earlier ? steps : 0;
}

bool audit_changes_between(struct audit_work *work,
                           const struct audit_ruleset *from,
                           const struct audit_ruleset *to,
                           struct audit_list *out, struct err *err) {
    const struct audit_ruleset *later = to;
    size_t steps = steps_back(work, to, from);
    if (steps == 0) { /* somebody went back to earlier rules */
        steps = steps_back(work, from, to);
        later = from;
    }
    while (steps-- != 0) {
        if (!audit_changes_of(work, later, out, err))
            return false;
        later = audit_ruleset_of(work, later->previous);
    }
    return true;
}

/* ---- rule sets that are new in the period ---- */

static bool mark_old(struct audit_work *work, bool *old, struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_FIRST_USES, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, work->slices[AUDIT_PERIODS - 1].first_link);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        int64_t id = query_int(query, 0);
        uint32_t at = map_get(&work->rulesets, key_of(&id));
        if (at != MAP_NONE)
            old[at] = true;
    }
    return ok;
}

/* Changes of one record, and the findings that they caused. */
struct rule_group {
    struct audit_rule_change told;
    struct audit_list changes;
};

static struct rule_group *group_of(struct audit_work *work, struct map *index,
                                   struct audit_list *groups,
                                   const struct audit_change *change) {
    struct str key = str_from(change->name);
    uint32_t at = map_get(index, key);
    if (at != MAP_NONE)
        return groups->items[at];
    struct rule_group *group = arena_alloc(work->arena, sizeof(*group));
    if (group == NULL)
        return NULL;
    group->told.rules = change->rules;
    group->told.name = change->name;
    audit_keep(work, groups, group, index, key);
    return group;
}

static void count_change(struct audit_work *work, struct rule_group *group,
                         struct audit_change *change) {
    if (strcmp(change->kind, "added") == 0)
        group->told.added++;
    else if (strcmp(change->kind, "removed") == 0)
        group->told.removed++;
    else
        group->told.changed++;
    audit_list_add(work, &group->changes, change);
}

/* Once a finding and record, whatever number of its rows changed. */
static void count_finding(const struct audit_ruleset *rules,
                          const struct map *index, struct audit_list *groups,
                          const struct audit_finding *finding) {
    const char *counted[64];
    size_t count = 0;
    for (size_t i = 0; i < finding->change_count; i++) {
        const struct audit_change *change = finding->changes[i];
        bool again = change->rules != rules || count == ARRAY_LEN(counted);
        for (size_t k = 0; k < count; k++)
            again = again || counted[k] == change->name;
        if (again)
            continue;
        counted[count++] = change->name;
        uint32_t at = map_get(index, str_from(change->name));
        struct rule_group *group = groups->items[at];
        if (finding->state == AUDIT_NEW)
            group->told.brought++;
        else
            group->told.ended++;
    }
}

/* What caused something first. */
static int compare_groups(const void *a, const void *b) {
    const struct audit_rule_change *x = a, *y = b;
    uint32_t of_x = x->brought + x->ended, of_y = y->brought + y->ended;
    if (of_x != of_y)
        return of_x > of_y ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void keep_groups(struct audit_work *work, struct audit_new_rules *rules,
                        const struct audit_list *groups) {
    struct audit_rule_change *items =
        arena_array(work->arena, groups->count + 1, sizeof(*items));
    if (items == NULL)
        return;
    for (size_t i = 0; i < groups->count; i++) {
        struct rule_group *group = groups->items[i];
        group->told.changes = audit_list_items(work, &group->changes);
        group->told.change_count = group->changes.count;
        items[i] = group->told;
    }
    if (groups->count != 0)
        qsort(items, groups->count, sizeof(*items), compare_groups);
    rules->changes = items;
    rules->change_count = groups->count;
}

static bool describe(struct audit_work *work, struct audit_new_rules *rules,
                     struct err *err) {
    struct audit_list changes = {.count = 0}, groups = {.count = 0};
    struct map index = {.slots = NULL};
    bool ok = audit_changes_of(work, rules->rules, &changes, err);
    for (size_t i = 0; ok && i < changes.count; i++) {
        struct audit_change *change = changes.items[i];
        struct rule_group *group = group_of(work, &index, &groups, change);
        if (group != NULL)
            count_change(work, group, change);
    }
    ok = ok && audit_ok(work, err);
    for (size_t i = 0; ok && i < work->audit->finding_count; i++)
        count_finding(rules->rules, &index, &groups, &work->audit->findings[i]);
    if (ok)
        keep_groups(work, rules, &groups);
    map_dispose(&index);
    return ok && audit_ok(work, err);
}

/* In the order of their first use. */
static bool add_new(struct audit_work *work, bool *old, struct err *err) {
    struct audit *audit = work->audit;
    struct audit_list used = {.count = 0};
    struct audit_new_rules *items =
        arena_array(work->arena, work->ruleset_list.count + 1, sizeof(*items));
    bool *told = arena_array(work->arena, work->ruleset_list.count + 1, 1);
    if (items == NULL || told == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < audit->run_count; i++) {
        const struct audit_run *run = audit->runs[i];
        uint32_t at = map_get(&work->rulesets, key_of(&run->rules->id));
        if (at == MAP_NONE || told[at])
            continue;
        told[at] = true;
        audit_list_add(work, &used, (void *)(uintptr_t)run->rules);
        if (old[at])
            continue;
        items[audit->new_rules_count] =
            (struct audit_new_rules){.rules = run->rules, .run = run};
        if (!describe(work, &items[audit->new_rules_count++], err))
            return false;
    }
    audit->new_rules = items;
    audit->rules = audit_list_items(work, &used);
    audit->rules_count = used.count;
    return audit_ok(work, err);
}

bool audit_add_rules(struct audit_work *work, struct err *err) {
    bool *old = arena_array(work->arena, work->ruleset_list.count + 1, 1);
    return old == NULL ? err_nomem(err)
                       : mark_old(work, old, err) && add_new(work, old, err);
}
