#include "history/audit_inside.h"

#include <stdlib.h>
#include <string.h>

/* Changes of one record, and the findings that they caused. */
struct step_group {
    struct audit_rule_change told;
    struct audit_list changes;
};

struct step_pair {
    const struct audit_ruleset *before, *rules;
};

/* One step of the period, and the boards that took it. */
struct step {
    struct step_pair pair;
    const struct audit_run *from, *run;
    struct audit_list groups;
    struct map by_board, by_name; /* those boards; the groups */
};

/* Where the walk over the runs has got to. */
struct walk {
    struct audit_work *work;
    struct map last; /* a board -> the last run that judged it */
    struct map steps;
    struct audit_list step_list, used;
    struct map by_rules; /* of `used` */
};

static struct str key_of(const void *const *thing) {
    return (struct str){(const char *)thing, sizeof(*thing)};
}

/* ---- the steps ---- */

static struct step *step_of(struct walk *walk, const struct audit_run *from,
                            const struct audit_run *run) {
    struct step_pair pair = {from == NULL ? NULL : from->rules, run->rules};
    struct str key = {(const char *)&pair, sizeof(pair)};
    uint32_t at = map_get(&walk->steps, key);
    if (at != MAP_NONE)
        return walk->step_list.items[at];
    struct step *step = arena_alloc(walk->work->arena, sizeof(*step));
    if (step == NULL)
        return NULL;
    step->pair = pair;
    step->from = from;
    step->run = run;
    key.ptr = (const char *)&step->pair;
    audit_keep(walk->work, &walk->step_list, step, &walk->steps, key);
    return step;
}

static void take_step(struct walk *walk, const struct audit_run *from,
                      const struct audit_run *run,
                      const struct audit_bom *bom) {
    struct step *step = step_of(walk, from, run);
    struct str key = key_of((const void *const *)&bom->board);
    if (step != NULL && !map_put(&step->by_board, key, 0))
        walk->work->arena->failed = true;
}

static const struct audit_run *last_of(const struct walk *walk,
                                       const struct audit_bom *bom) {
    uint32_t at =
        map_get(&walk->last, key_of((const void *const *)&bom->board));
    return at == MAP_NONE ? NULL : walk->work->runs.items[at];
}

/* Rules that no board comes to from others have a step from nothing. */
static void use(struct walk *walk, const struct audit_run *run, bool is_old,
                bool is_first) {
    struct audit_work *work = walk->work;
    struct str key = key_of((const void *const *)&run->rules);
    if (map_get(&walk->by_rules, key) != MAP_NONE)
        return;
    struct audit_rules_used *used = arena_alloc(work->arena, sizeof(*used));
    if (used == NULL)
        return;
    *used = (struct audit_rules_used){run->rules, run, !is_old};
    audit_keep(work, &walk->used, used, &walk->by_rules, key);
    if (is_first && !is_old)
        (void)step_of(walk, NULL, run);
}

static void take_run(struct walk *walk, size_t number, const bool *old) {
    struct audit_work *work = walk->work;
    const struct audit_run *run = work->runs.items[number];
    bool inside = number >= work->slices[AUDIT_PERIODS - 1].first;
    bool is_first = true;
    for (size_t i = 0; inside && i < run->bom_count; i++) {
        const struct audit_run *last = last_of(walk, run->boms[i]);
        is_first = is_first && last == NULL;
        if (last != NULL && last->rules != run->rules)
            take_step(walk, last, run, run->boms[i]);
    }
    for (size_t i = 0; i < run->bom_count; i++) {
        if (!map_put(&walk->last,
                     key_of((const void *const *)&run->boms[i]->board),
                     (uint32_t)number))
            work->arena->failed = true;
    }
    if (inside)
        use(walk, run, old[audit_ruleset_place(work, run->rules)], is_first);
}

static bool mark_old(struct audit_work *work, bool *old, struct err *err) {
    bool row = true, ok = true;
    struct query *query = audit_query(work, AUDIT_SQL_FIRST_USES, err);
    if (query == NULL)
        return false;
    query_set_int(query, 1, work->slices[AUDIT_PERIODS - 1].first_link);
    while (ok && (ok = query_next(query, &row, err)) && row) {
        const struct audit_ruleset *rules =
            audit_ruleset_of(work, query_int(query, 0));
        if (rules != NULL)
            old[audit_ruleset_place(work, rules)] = true;
    }
    return ok;
}

/* ---- what a step did ---- */

static struct step_group *group_of(struct audit_work *work, struct step *step,
                                   const char *name) {
    struct str key = str_from(name);
    uint32_t at = map_get(&step->by_name, key);
    if (at != MAP_NONE)
        return step->groups.items[at];
    struct step_group *group = arena_alloc(work->arena, sizeof(*group));
    if (group == NULL)
        return NULL;
    group->told.name = name;
    audit_keep(work, &step->groups, group, &step->by_name, key);
    return group;
}

static bool read_step(struct audit_work *work, struct step *step,
                      struct err *err) {
    const struct audit_list *changes;
    if (step->from == NULL)
        return true;
    if (!audit_changes_between(work, step->from, step->run, &changes, err))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        struct audit_change *change = changes->items[i];
        struct step_group *group = group_of(work, step, change->name);
        if (group == NULL)
            return err_nomem(err);
        group->told.added += strcmp(change->kind, "added") == 0;
        group->told.removed += strcmp(change->kind, "removed") == 0;
        group->told.changed += strcmp(change->kind, "changed") == 0;
        audit_list_add(work, &group->changes, change);
    }
    return audit_ok(work, err);
}

static bool is_same(const struct audit_change *a,
                    const struct audit_change *b) {
    return a->what == b->what && a->name == b->name && a->item == b->item &&
           a->field == b->field;
}

static bool has_change(const struct step_group *group,
                       const struct audit_change *change) {
    for (size_t i = 0; i < group->changes.count; i++) {
        if (is_same(group->changes.items[i], change))
            return true;
    }
    return false;
}

/* Once a finding and record, whatever number of its rows changed. */
static void count_finding(struct step *step,
                          const struct audit_finding *finding) {
    const struct step_group *counted = NULL;
    const struct audit_board *board = finding->series->board;
    if (map_get(&step->by_board, key_of((const void *const *)&board)) ==
        MAP_NONE)
        return;
    for (size_t i = 0; i < finding->change_count; i++) {
        const struct audit_change *change = finding->changes[i];
        uint32_t at = map_get(&step->by_name, str_from(change->name));
        struct step_group *group =
            at == MAP_NONE ? NULL : step->groups.items[at];
        if (group == NULL || group == counted || !has_change(group, change))
            continue;
        counted = group;
        if (finding->state == AUDIT_NEW)
            group->told.brought++;
        else if (finding->state == AUDIT_RESOLVED)
            group->told.ended++;
        else
            group->told.altered++;
    }
}

/* What caused something first. */
static int compare_groups(const void *a, const void *b) {
    const struct audit_rule_change *x = a, *y = b;
    uint32_t of_x = x->brought + x->ended + x->altered;
    uint32_t of_y = y->brought + y->ended + y->altered;
    if (of_x != of_y)
        return of_x > of_y ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void keep_step(struct audit_work *work, const struct step *step,
                      struct audit_rule_step *out) {
    size_t count = step->groups.count;
    struct audit_rule_change *items =
        arena_array(work->arena, count + 1, sizeof(*items));
    *out = (struct audit_rule_step){.before = step->pair.before,
                                    .rules = step->pair.rules,
                                    .run = step->run};
    if (items == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct step_group *group = step->groups.items[i];
        group->told.changes = audit_list_items(work, &group->changes);
        group->told.change_count = group->changes.count;
        items[i] = group->told;
    }
    if (count != 0)
        qsort(items, count, sizeof(*items), compare_groups);
    out->changes = items;
    out->change_count = count;
}

static bool keep_steps(struct walk *walk, struct err *err) {
    struct audit_work *work = walk->work;
    struct audit *audit = work->audit;
    struct audit_rule_step *items =
        arena_array(work->arena, walk->step_list.count + 1, sizeof(*items));
    if (items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < walk->step_list.count; i++) {
        struct step *step = walk->step_list.items[i];
        if (!read_step(work, step, err))
            return false;
        for (size_t k = 0; k < audit->finding_count; k++)
            count_finding(step, &audit->findings[k]);
        keep_step(work, step, &items[i]);
    }
    audit->steps = items;
    audit->step_count = walk->step_list.count;
    audit->rules = audit_list_items(work, &walk->used);
    audit->rules_count = walk->used.count;
    return audit_ok(work, err);
}

static void dispose(struct walk *walk) {
    for (size_t i = 0; i < walk->step_list.count; i++) {
        struct step *step = walk->step_list.items[i];
        map_dispose(&step->by_board);
        map_dispose(&step->by_name);
    }
    map_dispose(&walk->last);
    map_dispose(&walk->steps);
    map_dispose(&walk->by_rules);
}

bool audit_add_rules(struct audit_work *work, struct err *err) {
    struct walk walk = {.work = work};
    bool *old = arena_array(work->arena, work->ruleset_list.count + 1, 1);
    if (old == NULL)
        return err_nomem(err);
    bool ok = mark_old(work, old, err);
    for (size_t i = 0; ok && i < work->runs.count; i++) {
        const struct audit_run *run = work->runs.items[i];
        if (!run->what_if)
            take_run(&walk, i, old);
    }
    ok = ok && audit_ok(work, err) && keep_steps(&walk, err);
    dispose(&walk);
    return ok;
}
