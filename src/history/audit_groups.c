#include "history/audit_inside.h"

#include <stdlib.h>
#include <string.h>

/* What findings are told apart by, and what stands beside it. */
static const char *product_of(const struct audit_finding *finding) {
    return finding->series->board->product;
}

static const char *repository_of(const struct audit_finding *finding) {
    return finding->series->board->repository;
}

static const char *measure_of(const struct audit_finding *finding) {
    return finding->fact->measure;
}

static const char *title_of(const struct audit_finding *finding) {
    return finding->fact->title;
}

static const char *party_of(const struct audit_finding *finding) {
    return finding->fact->party;
}

static const char *party_name_of(const struct audit_finding *finding) {
    return finding->fact->party_name;
}

typedef const char *text_of(const struct audit_finding *finding);

static uint32_t weigh(const struct audit_group *group, enum audit_state state) {
    uint32_t sum = 0;
    for (int v = 0; v < VERDICT_COUNT; v++)
        sum += group->counts[state][v];
    return sum;
}

/* Where most is new comes first, then where most persists. */
static int compare_groups(const void *a, const void *b) {
    static const enum audit_state order[] = {AUDIT_NEW, AUDIT_PERSISTING,
                                             AUDIT_NOT_CHECKED, AUDIT_RESOLVED,
                                             AUDIT_PASSING};
    const struct audit_group *x = a, *y = b;
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        uint32_t of_x = weigh(x, order[i]), of_y = weigh(y, order[i]);
        if (of_x != of_y)
            return of_x > of_y ? -1 : 1;
    }
    int names = strcmp(x->name, y->name);
    return names != 0 ? names : strcmp(x->title, y->title);
}

static struct audit_group *group_of(struct audit_work *work, struct map *index,
                                    struct audit_list *list, const char *name,
                                    const char *title, bool apart) {
    struct str key = apart ? arena_printf(work->arena, "%s\n%s", name, title)
                           : str_from(name);
    uint32_t at = map_get(index, key);
    if (at != MAP_NONE)
        return list->items[at];
    struct audit_group *group = arena_alloc(work->arena, sizeof(*group));
    if (group == NULL)
        return NULL;
    group->name = name;
    group->title = title;
    audit_keep(work, list, group, index, key);
    return group;
}

/* @param apart  Groups of one name differ by their title too. */
static bool add(struct audit_work *work, struct audit_groups *out,
                text_of *name, text_of *title, bool apart, struct err *err) {
    const struct audit *audit = work->audit;
    struct audit_list list = {.count = 0};
    struct map index = {.slots = NULL};
    for (size_t i = 0; i < audit->finding_count; i++) {
        const struct audit_finding *finding = &audit->findings[i];
        struct audit_group *group =
            group_of(work, &index, &list, name(finding), title(finding), apart);
        if (group != NULL)
            group->counts[finding->state][finding->fact->verdict]++;
    }
    map_dispose(&index);
    struct audit_group *items =
        arena_array(work->arena, list.count + 1, sizeof(*items));
    if (items == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < list.count; i++)
        items[i] = *(const struct audit_group *)list.items[i];
    if (list.count != 0)
        qsort(items, list.count, sizeof(*items), compare_groups);
    *out = (struct audit_groups){items, list.count};
    return audit_ok(work, err);
}

bool audit_add_groups(struct audit_work *work, struct err *err) {
    struct audit *audit = work->audit;
    return add(work, &audit->products, product_of, repository_of, true, err) &&
           add(work, &audit->measures, measure_of, title_of, false, err) &&
           add(work, &audit->parties, party_of, party_name_of, false, err);
}
