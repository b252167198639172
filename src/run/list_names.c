#include "run/list_names.h"

#include "core/mem.h"
#include "ruleset/name.h"

static bool add_id(struct list_names *names, const char *id) {
    void *items = names->ids;
    if (!mem_grow(&items, &names->cap, names->count + 1, sizeof(*names->ids)))
        return false;
    names->ids = items;
    names->ids[names->count] = id;
    return map_put(&names->ids_taken, str_from(id), (uint32_t)names->count++);
}

static bool add_names(struct list_names *names, struct map *to,
                      char *const *list, size_t count) {
    struct strbuf text = {.ptr = NULL};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        name_normalise(&text, str_from(list[i]), names->words);
        struct str key = arena_str(&names->arena, strbuf_str(&text));
        ok = !text.failed && !names->arena.failed &&
             map_put(to, key, (uint32_t)names->count - 1);
    }
    strbuf_dispose(&text);
    return ok;
}

static bool add_party(struct list_names *names,
                      const struct yaml_party *party) {
    return add_id(names, party->id) &&
           add_names(names, &names->certain, &party->name, 1) &&
           add_names(names, &names->certain, party->aliases,
                     party->aliases_count) &&
           add_names(names, &names->certain, party->brands,
                     party->brands_count) &&
           add_names(names, &names->unsure, party->shared_names,
                     party->shared_names_count);
}

static bool read_file(struct list_names *names, const struct rule_file *file,
                      struct err *err) {
    struct rule_document *document = &names->documents[names->document_count];
    if (!rule_document_load(document, file, err))
        return false;
    names->document_count++;
    for (unsigned i = 0; i < document->count; i++) {
        if (!add_party(names, &document->parties[i]))
            return err_nomem(err);
    }
    return true;
}

bool list_names_read(struct list_names *out, const struct ruleset *shipped,
                     const struct name_words *words,
                     const struct rule_sources *sources, struct str leave_out,
                     struct err *err) {
    struct list_names names = {.shipped = shipped, .words = words};
    names.documents = mem_calloc(sources->count + 1, sizeof(*names.documents));
    bool ok = names.documents != NULL || err_nomem(err);
    for (size_t i = 0; ok && i < sources->count; i++) {
        const struct rule_file *file = &sources->files[i];
        if (rule_kind_of(file->path) == RULE_PARTIES &&
            !str_eq(file->path, leave_out))
            ok = read_file(&names, file, err);
    }
    if (ok)
        *out = names;
    else
        list_names_dispose(&names);
    return ok;
}

void list_names_dispose(struct list_names *names) {
    for (size_t i = 0; i < names->document_count; i++)
        rule_document_dispose(&names->documents[i]);
    mem_free(names->documents);
    mem_free(names->ids);
    map_dispose(&names->certain);
    map_dispose(&names->unsure);
    map_dispose(&names->ids_taken);
    arena_dispose(&names->arena);
    *names = (struct list_names){.documents = NULL};
}

static struct list_match shipped_match(const struct ruleset *rules,
                                       const struct rules_name *name) {
    return (struct list_match){
        .party = rules_text(rules, rules_party(rules, name->party)->id),
        .certain = name->kind <= RULES_NAME_BRAND,
        .shared = name->kind == RULES_NAME_SHARED,
    };
}

static struct list_match find_shipped(const struct ruleset *rules,
                                      struct str name, size_t i) {
    struct list_match match = {.party = NULL};
    uint32_t first, count = rules_find_names(rules, name, &first);
    for (uint32_t n = 0; n < count; n++) {
        const struct rules_name *found = rules_name(rules, first + n);
        if (found->kind <= RULES_NAME_BRAND)
            return i == 0 ? shipped_match(rules, found) : match;
    }
    for (uint32_t n = 0; n < count; n++) {
        const struct rules_name *found = rules_name(rules, first + n);
        if (found->kind != RULES_NAME_NOT && i-- == 0)
            return shipped_match(rules, found);
    }
    return match;
}

struct list_match list_names_find(const struct list_names *names,
                                  struct str name, size_t i) {
    struct list_match none = {.party = NULL};
    uint32_t certain = map_get(&names->certain, name);
    uint32_t unsure = map_get(&names->unsure, name);
    if (certain != MAP_NONE)
        return i == 0 ? (struct list_match){names->ids[certain], true, false}
                      : none;
    if (unsure != MAP_NONE && i-- == 0)
        return (struct list_match){names->ids[unsure], false, true};
    return names->shipped == NULL ? none
                                  : find_shipped(names->shipped, name, i);
}

bool list_names_has_id(const struct list_names *names, struct str id) {
    return map_get(&names->ids_taken, id) != MAP_NONE ||
           (names->shipped != NULL &&
            rules_find_party(names->shipped, id) != RULES_NONE);
}
