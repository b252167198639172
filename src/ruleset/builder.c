#include "ruleset/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "ruleset/sources.h"
#include "ruleset/yaml_place.h"

uint32_t builder_add(struct builder *builder, enum index_section section,
                     const void *element) {
    struct builder_section *to = &builder->sections[section];
    size_t size = index_element_size[section];
    if (to->count >= RULES_NONE - 1 ||
        !mem_grow(&to->items, &to->cap, to->count + 1, size)) {
        builder->failed = true;
        return 0;
    }
    memcpy((unsigned char *)to->items + to->count * size, element, size);
    return (uint32_t)to->count++;
}

void *builder_get(struct builder *builder, enum index_section section,
                  uint32_t index) {
    return (unsigned char *)builder->sections[section].items +
           (size_t)index * index_element_size[section];
}

uint32_t builder_count(const struct builder *builder,
                       enum index_section section) {
    return (uint32_t)builder->sections[section].count;
}

uint32_t builder_text(struct builder *builder, struct str text) {
    uint32_t known = map_get(&builder->texts, text);
    if (known != MAP_NONE)
        return known;
    struct builder_section *to = &builder->sections[SECTION_TEXT];
    struct str key = arena_str(&builder->arena, text);
    if (builder->arena.failed || to->count + text.len >= RULES_NONE - 1 ||
        !mem_grow(&to->items, &to->cap, to->count + text.len + 1, 1) ||
        !map_put(&builder->texts, key, (uint32_t)to->count)) {
        builder->failed = true;
        return 0;
    }
    uint32_t number = (uint32_t)to->count;
    memcpy((char *)to->items + number, key.ptr, key.len + 1);
    to->count += key.len + 1;
    return number;
}

uint32_t builder_cstr(struct builder *builder, const char *text) {
    return builder_text(builder, str_from(text));
}

struct rules_run builder_items(struct builder *builder, const uint32_t *items,
                               size_t count) {
    struct rules_run run = {builder_count(builder, SECTION_ITEMS), 0};
    for (size_t i = 0; i < count; i++)
        builder_add(builder, SECTION_ITEMS, &items[i]);
    run.count = builder_count(builder, SECTION_ITEMS) - run.first;
    return run;
}

struct rules_run builder_texts(struct builder *builder, char *const *texts,
                               size_t count) {
    struct rules_run run = {builder_count(builder, SECTION_ITEMS), 0};
    for (size_t i = 0; i < count; i++) {
        uint32_t text = builder_cstr(builder, texts[i]);
        builder_add(builder, SECTION_ITEMS, &text);
    }
    run.count = builder_count(builder, SECTION_ITEMS) - run.first;
    return run;
}

struct builder_place builder_place(const struct rule_document *document,
                                   unsigned position, const char *fmt, ...) {
    struct builder_place place = {.document = document};
    char path[sizeof(place.path)];
    va_list args;
    va_start(args, fmt);
    vsnprintf(path, sizeof(path), fmt, args);
    va_end(args);
    if (document->sequence)
        snprintf(place.path, sizeof(place.path), "%u", position);
    return path[0] == '\0' ? place : builder_below(&place, path);
}

struct builder_place builder_below(const struct builder_place *place,
                                   const char *key) {
    struct builder_place below = *place;
    size_t used = strlen(below.path);
    snprintf(below.path + used, sizeof(below.path) - used, "%s%s",
             used == 0 ? "" : " ", key);
    return below;
}

void builder_problem(struct builder *builder, const struct builder_place *place,
                     const char *fmt, ...) {
    struct err problem = ERR_INIT;
    va_list args;
    va_start(args, fmt);
    err_vset(&problem, ERR_INVALID, fmt, args);
    va_end(args);
    const struct rule_file *file = place->document->file;
    char name[sizeof(problem.file)];
    snprintf(name, sizeof(name), "%.*s", STR_ARG(file->place));
    err_at(&problem, name, yaml_line_of_path(file->text, str_from(place->path)),
           0);
    if (builder->problem_count++ == 0)
        *builder->first = problem;
    if (builder->problems != NULL)
        builder->problems->add(builder->problems->ctx, &problem);
}

uint32_t builder_resolve(struct builder *builder, const struct map *ids,
                         const char *id, const char *what,
                         const struct builder_place *place) {
    uint32_t number = map_get(ids, str_from(id));
    if (number != MAP_NONE)
        return number;
    builder_problem(builder, place, "unknown %s '%s'", what, id);
    return RULES_NONE;
}

struct rules_run builder_resolve_list(struct builder *builder,
                                      const struct map *ids, char *const *names,
                                      size_t count, const char *what,
                                      const struct builder_place *place) {
    struct rules_run run = {builder_count(builder, SECTION_ITEMS), 0};
    for (size_t i = 0; i < count; i++) {
        char key[24];
        snprintf(key, sizeof(key), "%zu", i);
        struct builder_place item = builder_below(place, key);
        uint32_t number = builder_resolve(builder, ids, names[i], what, &item);
        if (number != RULES_NONE)
            builder_add(builder, SECTION_ITEMS, &number);
    }
    run.count = builder_count(builder, SECTION_ITEMS) - run.first;
    return run;
}

struct date_span builder_date(struct builder *builder, const char *text,
                              const struct builder_place *place,
                              const char *key) {
    struct date_span span = DATE_SPAN_NONE;
    if (text == NULL || date_parse_span(str_from(text), &span))
        return span;
    struct builder_place here = builder_below(place, key);
    builder_problem(builder, &here,
                    "'%s' is no date; write YYYY-MM-DD, YYYY-MM or YYYY", text);
    return DATE_SPAN_NONE;
}

void builder_check_span(struct builder *builder, struct date_span from,
                        struct date_span until,
                        const struct builder_place *place) {
    struct builder_place here = builder_below(place, "until");
    if (from.first != DATE_NONE && until.last != DATE_NONE &&
        until.last < from.first)
        builder_problem(builder, &here, "'until' lies before 'from'");
}

void builder_check_country(struct builder *builder, const char *text,
                           const struct builder_place *place) {
    bool ok = text == NULL ||
              (ascii_is_upper(text[0]) && ascii_is_upper(text[1]) &&
               (text[2] == '\0' || (text[2] == '-' && text[3] != '\0')));
    if (!ok)
        builder_problem(builder, place,
                        "'%s' is no country code such as CN or CN-XJ", text);
}

struct rules_run builder_sources(struct builder *builder,
                                 const struct yaml_source *sources,
                                 size_t count,
                                 const struct builder_place *place) {
    struct rules_run run = {builder_count(builder, SECTION_SOURCES), 0};
    char key[40];
    for (size_t i = 0; i < count; i++) {
        struct rules_source source = {
            .url = builder_cstr(builder, sources[i].url),
            .title = builder_cstr(builder, sources[i].title),
            .seen = builder_cstr(builder, sources[i].seen),
        };
        snprintf(key, sizeof(key), "sources %zu seen", i);
        builder_date(builder, sources[i].seen, place, key);
        builder_add(builder, SECTION_SOURCES, &source);
    }
    run.count = builder_count(builder, SECTION_SOURCES) - run.first;
    return run;
}

static const char *id_of(const struct rule_document *document, unsigned i) {
    switch (document->kind) {
    case RULE_CATEGORIES:
        return document->categories[i].id;
    case RULE_PROFILES:
        return document->profiles[i].id;
    case RULE_PARTIES:
        return document->parties[i].id;
    case RULE_MEASURE:
        return document->measures[i].id;
    default:
        return "";
    }
}

static int by_id(const void *a, const void *b) {
    const struct builder_ref *left = a, *right = b;
    return strcmp(left->id, right->id);
}

static bool is_id(const char *id) {
    for (const char *c = id; *c != '\0'; c++) {
        if (!ascii_is_lower(*c) && !ascii_is_digit(*c) && *c != '-' &&
            *c != '/' && *c != '.')
            return false;
    }
    return id[0] != '\0';
}

/* 0: the set's own; 1: its base's; 2: what that was lent itself ("base-base:").
 */
static unsigned lent_by(const struct builder_ref *ref) {
    struct str path = ref->document->file->path;
    unsigned level = 0;
    for (; str_starts(path, STR_LIT(RULE_BASE)); level++)
        path = str_skip(path, sizeof(RULE_BASE));
    return level;
}

/* A set that brings a category of the base's tree along has its own word. */
static size_t drop_lent(struct builder_ref *refs, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool repeats = kept > 0 && strcmp(refs[kept - 1].id, refs[i].id) == 0;
        if (repeats && lent_by(&refs[i]) > lent_by(&refs[kept - 1]))
            continue;
        if (repeats && lent_by(&refs[i]) < lent_by(&refs[kept - 1]))
            kept--;
        refs[kept++] = refs[i];
    }
    return kept;
}

static void number_ids(struct builder *builder, struct builder_ref *refs,
                       size_t count, struct map *ids) {
    for (size_t i = 0; i < count; i++) {
        struct builder_place place =
            builder_place(refs[i].document, refs[i].position, "id");
        if (!is_id(refs[i].id))
            builder_problem(builder, &place,
                            "the id '%s' may hold lower-case letters, digits, "
                            "'-', '.' and '/' only",
                            refs[i].id);
        if (i > 0 && strcmp(refs[i - 1].id, refs[i].id) == 0)
            builder_problem(builder, &place, "the id '%s' stands in %.*s too",
                            refs[i].id,
                            STR_ARG(refs[i - 1].document->file->place));
        if (!map_put(ids, str_from(refs[i].id), (uint32_t)i))
            builder->failed = true;
    }
}

struct builder_ref *builder_collect(struct builder *builder,
                                    enum rule_kind kind, struct map *ids,
                                    size_t *count) {
    size_t total = 0;
    for (size_t d = 0; d < builder->document_count; d++)
        total += builder->documents[d].kind == kind
                     ? builder->documents[d].count
                     : 0;
    struct builder_ref *refs =
        arena_array(&builder->arena, total, sizeof(*refs));
    *count = 0;
    if (refs == NULL)
        return NULL;
    for (size_t d = 0; d < builder->document_count; d++) {
        const struct rule_document *document = &builder->documents[d];
        for (unsigned i = 0; document->kind == kind && i < document->count; i++)
            refs[(*count)++] =
                (struct builder_ref){document, i, id_of(document, i)};
    }
    if (total > 1)
        qsort(refs, total, sizeof(*refs), by_id);
    if (kind == RULE_CATEGORIES)
        *count = drop_lent(refs, *count);
    number_ids(builder, refs, *count, ids);
    return refs;
}
