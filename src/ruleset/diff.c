#include "ruleset/diff.h"

#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "core/mem.h"
#include "ruleset/yaml_tree.h"

/* One row a kind of file: what a record of it is called, and its id. */
static const struct {
    const char *what, *id_key;
} records[RULE_KIND_COUNT] = {
    [RULE_RULESET] = {"rule set", NULL},
    [RULE_CATEGORIES] = {"category", "id"},
    [RULE_WORDS] = {"word list", "list"},
    [RULE_PROFILES] = {"profile", "id"},
    [RULE_PARTIES] = {"party", "id"},
    [RULE_PARTS] = {"parts", NULL}, /* by its file */
    [RULE_MEASURE] = {"measure", "id"},
};

static const enum rule_kind kind_order[] = {
    RULE_RULESET, RULE_MEASURE,    RULE_PARTIES, RULE_PROFILES,
    RULE_PARTS,   RULE_CATEGORIES, RULE_WORDS,
};

/* One row a list: what an item is called, and what identifies a mapping. An
   item of another list is called by the key. */
static const struct list_kind {
    const char *key, *what;
    const char *id_keys[4];
    bool with_record; /* told also when the whole record is added or removed */
} lists[] = {
    {"clauses", "clause", {"id"}, true},
    {"parties", "listing", {"party", "name"}, true},
    {"approved", "approval", {"ipn", "party", "name", "mpn"}, true},
    {"aliases", "name", {NULL}, false},
    {"brands", "name", {NULL}, false},
    {"shared-names", "name", {NULL}, false},
    {"not", "name", {NULL}, false},
    {"owned-by", "owner", {"party"}, true},
    {"may-contain", "content", {"party"}, false},
    {"sold", "sold business", {"party"}, false},
    {"sources", "source", {"url"}, false},
    {"families", "family", {"id"}, true},
    {"tables", "table", {"name"}, false},
    {"codes", "code", {"code"}, false},
    {"crosses", "cross-reference", {"from", "to"}, true},
};

static const struct list_kind *find_list(struct str key) {
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        if (str_eq(key, str_from(lists[i].key)))
            return &lists[i];
    }
    return NULL;
}

/* One side: its files as trees, and every record in them. */
struct record {
    enum rule_kind kind;
    struct str id;
    const struct yaml_tree *tree;
    int node;
    size_t order; /* as read, for those of one id */
};

struct side {
    struct yaml_tree **trees;
    size_t tree_count;
    struct record *items;
    size_t count, cap;
};

struct comparison {
    const struct rule_changes *changes;
    struct arena arena;
    size_t count;
    bool failed;
    struct side before, after;
};

/* Where a comparison has got to. */
struct place {
    const char *what;
    struct str id, item;
};

static void tell(struct comparison *c, enum rule_change_kind kind,
                 const struct place *place, struct str field, struct str before,
                 struct str after) {
    struct rule_change change = {
        .kind = kind,
        .what = place->what,
        .id = place->id,
        .item = place->item,
        .field = field,
        .before = before,
        .after = after,
    };
    c->count++;
    c->changes->add(c->changes->ctx, &change);
}

/* As people read it: a scalar without its quotes. */
static struct str text_of(struct comparison *c, const struct yaml_tree *tree,
                          int node) {
    struct strbuf text = {.ptr = NULL};
    if (node == YAML_NODE_NONE)
        return STR_EMPTY;
    if (yaml_tree_shape(tree, node) == YAML_SHAPE_SCALAR)
        strbuf_add(&text, yaml_tree_text(tree, node));
    else
        yaml_tree_write(tree, node, &text);
    struct str kept = arena_str(&c->arena, strbuf_str(&text));
    c->failed = c->failed || text.failed || c->arena.failed;
    strbuf_dispose(&text);
    return kept;
}

/* An item of a list while two lists are held against each other. */
struct item {
    int node;
    struct str text, id;
    uint32_t next; /* of the same text or id, later in the list */
    bool settled;
};

struct items {
    struct item *list;
    uint32_t count;
    struct map first; /* text or id -> the first item that is not settled */
};

static struct str identity(struct comparison *c, const struct yaml_tree *tree,
                           int node, const struct list_kind *kind) {
    struct str id = STR_EMPTY;
    if (kind == NULL || yaml_tree_shape(tree, node) != YAML_SHAPE_MAPPING)
        return id;
    for (size_t k = 0; k < ARRAY_LEN(kind->id_keys) && kind->id_keys[k] != NULL;
         k++) {
        struct str part = yaml_tree_text(
            tree, yaml_tree_get(tree, node, str_from(kind->id_keys[k])));
        bool to = str_eq(str_from(kind->id_keys[k]), STR_LIT("to"));
        if (part.len != 0)
            id = id.len == 0
                     ? part
                     : arena_printf(&c->arena, "%.*s%s%.*s", STR_ARG(id),
                                    to ? " to " : ", ", STR_ARG(part));
    }
    return id;
}

static struct items take_items(struct comparison *c,
                               const struct yaml_tree *tree, int list,
                               const struct list_kind *kind) {
    struct items items = {.list = NULL};
    size_t count = yaml_tree_count(tree, list);
    items.list = arena_array(&c->arena, count, sizeof(*items.list));
    c->failed = c->failed || items.list == NULL;
    if (items.list == NULL)
        return items;
    items.count = (uint32_t)count;
    for (uint32_t i = 0; i < items.count; i++) {
        items.list[i].node = yaml_tree_item(tree, list, i);
        items.list[i].text = text_of(c, tree, items.list[i].node);
        items.list[i].id = identity(c, tree, items.list[i].node, kind);
    }
    return items;
}

static struct str key_of(const struct item *item, bool by_id) {
    return by_id ? item->id : item->text;
}

/* Chain the items that are still open by text, or by id. */
static void index_items(struct comparison *c, struct items *items, bool by_id) {
    map_clear(&items->first);
    for (uint32_t i = items->count; i-- > 0;) {
        struct item *item = &items->list[i];
        struct str key = key_of(item, by_id);
        if (item->settled || (by_id && key.len == 0))
            continue;
        item->next = map_get(&items->first, key);
        if (!map_put(&items->first, key, i))
            c->failed = true;
    }
}

/* The first open item of that key, which is settled by this. A map forgets no
   key: the end of a chain stands in it as `count`. */
static struct item *take_match(struct comparison *c, struct items *items,
                               struct str key, bool by_id) {
    uint32_t found = map_get(&items->first, key);
    if (found == MAP_NONE || found == items->count || (by_id && key.len == 0))
        return NULL;
    struct item *item = &items->list[found];
    item->settled = true;
    if (!map_put(&items->first, key,
                 item->next == MAP_NONE ? items->count : item->next))
        c->failed = true;
    return item;
}

static void diff_mapping(struct comparison *c, const struct place *place,
                         const struct yaml_tree *before, int a,
                         const struct yaml_tree *after, int b);

static struct place place_of_item(struct comparison *c,
                                  const struct place *place,
                                  const struct list_kind *kind, struct str id) {
    struct place below = {.what = kind->what, .id = place->id, .item = id};
    if (place->item.len != 0)
        below.item =
            arena_printf(&c->arena, "%s %.*s, %s %.*s", place->what,
                         STR_ARG(place->item), kind->what, STR_ARG(id));
    return below;
}

static void tell_item(struct comparison *c, const struct place *place,
                      const struct list_kind *kind, struct str key,
                      const struct item *item, bool added) {
    struct place here = *place;
    if (kind != NULL)
        here.what = kind->what;
    bool whole = kind != NULL && item->id.len != 0;
    if (whole)
        here = place_of_item(c, place, kind, item->id);
    tell(c, added ? RULE_ADDED : RULE_REMOVED, &here, whole ? STR_EMPTY : key,
         added ? STR_EMPTY : item->text, added ? item->text : STR_EMPTY);
}

static void diff_list(struct comparison *c, const struct place *place,
                      struct str key, const struct yaml_tree *before, int a,
                      const struct yaml_tree *after, int b) {
    const struct list_kind *kind = find_list(key);
    struct items old = take_items(c, before, a, kind);
    struct items new = take_items(c, after, b, kind);
    index_items(c, &new, false);
    for (uint32_t i = 0; i < old.count; i++)
        old.list[i].settled =
            take_match(c, &new, old.list[i].text, false) != NULL;
    index_items(c, &new, true);
    for (uint32_t i = 0; i < old.count; i++) {
        struct item *item = &old.list[i];
        if (item->settled)
            continue;
        struct item *other = take_match(c, &new, item->id, true);
        if (other == NULL) {
            tell_item(c, place, kind, key, item, false);
            continue;
        }
        struct place below = place_of_item(c, place, kind, item->id);
        diff_mapping(c, &below, before, item->node, after, other->node);
    }
    for (uint32_t i = 0; i < new.count; i++) {
        if (!new.list[i].settled)
            tell_item(c, place, kind, key, &new.list[i], true);
    }
    map_dispose(&new.first);
}

static bool is_shape(const struct yaml_tree *tree, int node,
                     enum yaml_shape shape) {
    return node == YAML_NODE_NONE || yaml_tree_shape(tree, node) == shape;
}

/* One key's value on both sides; one of them may be missing. */
static void diff_value(struct comparison *c, const struct place *place,
                       struct str key, const struct yaml_tree *before, int a,
                       const struct yaml_tree *after, int b) {
    if (is_shape(before, a, YAML_SHAPE_LIST) &&
        is_shape(after, b, YAML_SHAPE_LIST)) {
        diff_list(c, place, key, before, a, after, b);
        return;
    }
    struct str old = text_of(c, before, a), new = text_of(c, after, b);
    if (!str_eq(old, new))
        tell(c, RULE_CHANGED, place, key, old, new);
}

static void diff_mapping(struct comparison *c, const struct place *place,
                         const struct yaml_tree *before, int a,
                         const struct yaml_tree *after, int b) {
    for (size_t i = 0; i < yaml_tree_count(before, a); i++) {
        struct str key = yaml_tree_key(before, a, i);
        diff_value(c, place, key, before, yaml_tree_value(before, a, i), after,
                   yaml_tree_get(after, b, key));
    }
    for (size_t i = 0; i < yaml_tree_count(after, b); i++) {
        struct str key = yaml_tree_key(after, b, i);
        if (yaml_tree_get(before, a, key) == YAML_NODE_NONE)
            diff_value(c, place, key, before, YAML_NODE_NONE, after,
                       yaml_tree_value(after, b, i));
    }
}

static struct str id_of(const struct rule_file *file, enum rule_kind kind,
                        const struct yaml_tree *tree, int node) {
    if (records[kind].id_key != NULL)
        return yaml_tree_text(
            tree, yaml_tree_get(tree, node, str_from(records[kind].id_key)));
    return kind == RULE_RULESET
               ? STR_EMPTY
               : str_skip(file->path,
                          (size_t)(str_find_char(file->path, RULE_ORIGIN) + 1));
}

static bool add_record(struct side *side, const struct rule_file *file,
                       enum rule_kind kind, const struct yaml_tree *tree,
                       int node) {
    void *items = side->items;
    if (!mem_grow(&items, &side->cap, side->count + 1, sizeof(*side->items)))
        return false;
    side->items = items;
    side->items[side->count] = (struct record){
        kind, id_of(file, kind, tree, node), tree, node, side->count};
    side->count++;
    return true;
}

static bool add_records(struct side *side, const struct rule_file *file,
                        const struct yaml_tree *tree) {
    enum rule_kind kind = rule_kind_of(file->path);
    int root = yaml_tree_root(tree);
    if (yaml_tree_shape(tree, root) != YAML_SHAPE_LIST)
        return add_record(side, file, kind, tree, root);
    for (size_t i = 0; i < yaml_tree_count(tree, root); i++) {
        if (!add_record(side, file, kind, tree, yaml_tree_item(tree, root, i)))
            return false;
    }
    return true;
}

static int by_kind_and_id(const void *a, const void *b) {
    const struct record *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    int order = str_cmp(left->id, right->id);
    if (order != 0)
        return order;
    return left->order < right->order ? -1 : 1;
}

/* The schema is held first, so that the trees below are as deep as it is. */
static bool read_side(struct side *side, struct rule_sources *sources,
                      struct err *err) {
    rule_sources_sort(sources);
    side->trees = mem_calloc(sources->count + 1, sizeof(struct yaml_tree *));
    if (side->trees == NULL)
        return err_nomem(err);
    for (size_t i = 0; i < sources->count; i++) {
        const struct rule_file *file = &sources->files[i];
        struct rule_document document;
        if (!rule_document_load(&document, file, err))
            return false;
        rule_document_dispose(&document);
        if (!yaml_tree_read(&side->trees[i], file->text, err))
            return err_at(err, file->place.ptr, 0, 0);
        side->tree_count++;
        if (!add_records(side, file, side->trees[i]))
            return err_nomem(err);
    }
    if (side->count > 1)
        qsort(side->items, side->count, sizeof(*side->items), by_kind_and_id);
    return true;
}

static void tell_record(struct comparison *c, const struct record *record,
                        bool added) {
    struct place place = {records[record->kind].what, record->id, STR_EMPTY};
    struct str title = STR_EMPTY;
    static const char *const titles[] = {"title", "name"};
    for (size_t i = 0; i < ARRAY_LEN(titles) && title.len == 0; i++)
        title = yaml_tree_text(
            record->tree,
            yaml_tree_get(record->tree, record->node, str_from(titles[i])));
    tell(c, added ? RULE_ADDED : RULE_REMOVED, &place, STR_EMPTY,
         added ? STR_EMPTY : title, added ? title : STR_EMPTY);
    for (size_t i = 0; i < yaml_tree_count(record->tree, record->node); i++) {
        struct str key = yaml_tree_key(record->tree, record->node, i);
        const struct list_kind *kind = find_list(key);
        int value = yaml_tree_value(record->tree, record->node, i);
        if (kind == NULL || !kind->with_record)
            continue;
        diff_list(c, &place, key, record->tree, added ? YAML_NODE_NONE : value,
                  record->tree, added ? value : YAML_NODE_NONE);
    }
}

static void diff_record(struct comparison *c, const struct record *old,
                        const struct record *new) {
    struct place place = {records[old->kind].what, old->id, STR_EMPTY};
    diff_mapping(c, &place, old->tree, old->node, new->tree, new->node);
}

static size_t first_of(const struct side *side, enum rule_kind kind) {
    size_t i = 0;
    while (i < side->count && side->items[i].kind != kind)
        i++;
    return i;
}

/* Both sides are sorted: a walk along them meets equal ids together. */
static void diff_kind(struct comparison *c, enum rule_kind kind) {
    size_t i = first_of(&c->before, kind), j = first_of(&c->after, kind);
    for (;;) {
        bool more_old = i < c->before.count && c->before.items[i].kind == kind;
        bool more_new = j < c->after.count && c->after.items[j].kind == kind;
        if (!more_old && !more_new)
            return;
        int order = !more_old ? 1
                    : !more_new
                        ? -1
                        : str_cmp(c->before.items[i].id, c->after.items[j].id);
        if (order < 0)
            tell_record(c, &c->before.items[i++], false);
        else if (order > 0)
            tell_record(c, &c->after.items[j++], true);
        else
            diff_record(c, &c->before.items[i++], &c->after.items[j++]);
    }
}

static void dispose_side(struct side *side) {
    for (size_t i = 0; i < side->tree_count; i++)
        yaml_tree_free(side->trees[i]);
    mem_free(side->trees);
    mem_free(side->items);
}

bool rules_diff(struct rule_sources *before, struct rule_sources *after,
                const struct rule_changes *changes, size_t *count,
                struct err *err) {
    struct comparison c = {.changes = changes};
    bool ok =
        read_side(&c.before, before, err) && read_side(&c.after, after, err);
    for (size_t i = 0; ok && i < ARRAY_LEN(kind_order); i++)
        diff_kind(&c, kind_order[i]);
    if (ok && (c.failed || c.arena.failed))
        ok = err_nomem(err);
    *count = c.count;
    dispose_side(&c.before);
    dispose_side(&c.after);
    arena_dispose(&c.arena);
    return ok;
}

const char *rule_change_name(enum rule_change_kind kind) {
    static const char *const names[] = {
        [RULE_ADDED] = "added",
        [RULE_REMOVED] = "removed",
        [RULE_CHANGED] = "changed",
    };
    return names[kind];
}
