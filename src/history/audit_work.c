#include "history/audit_inside.h"

#include <string.h>

struct query *audit_query(struct audit_work *work, enum audit_sql which,
                          struct err *err) {
    struct query *query = &work->queries[which];
    if (query->history == NULL &&
        !query_open(query, work->history, audit_sql[which], err))
        return NULL;
    query_reset(query);
    return query;
}

static const char *text_of(struct audit_work *work, struct str text) {
    uint32_t at = map_get(&work->texts, text);
    if (at != MAP_NONE)
        return work->text_list.items[at];
    struct str kept = arena_str(work->arena, text);
    audit_keep(work, &work->text_list, (void *)(uintptr_t)kept.ptr,
               &work->texts, kept);
    return kept.ptr;
}

const char *audit_text(struct audit_work *work, const char *text) {
    return text == NULL ? NULL : text_of(work, str_from(text));
}

const char *audit_column(struct audit_work *work, const struct query *row,
                         int column) {
    return query_is_null(row, column) ? NULL
                                      : text_of(work, query_text(row, column));
}

void audit_list_add(struct audit_work *work, struct audit_list *list,
                    void *item) {
    if (list->count == list->cap) {
        size_t cap = list->cap == 0 ? 16 : 2 * list->cap;
        void **items = arena_array(work->arena, cap, sizeof(*items));
        if (items == NULL)
            return;
        if (list->count != 0)
            memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
        list->cap = cap;
    }
    list->items[list->count++] = item;
}

void *audit_list_items(struct audit_work *work, const struct audit_list *list) {
    size_t size = sizeof(*list->items);
    void *items = arena_array(work->arena, list->count + 1, size);
    if (items != NULL && list->count != 0)
        memcpy(items, list->items, list->count * size);
    return items;
}

void audit_keep(struct audit_work *work, struct audit_list *list, void *item,
                struct map *map, struct str key) {
    size_t place = list->count;
    audit_list_add(work, list, item);
    if (list->count != place &&
        (place >= MAP_NONE || !map_put(map, key, (uint32_t)place)))
        work->arena->failed = true;
}

bool audit_ok(const struct audit_work *work, struct err *err) {
    return !work->arena->failed || err_nomem(err);
}
