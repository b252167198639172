#include <stdlib.h>

#include "core/mem.h"
#include "ruleset/builder.h"

/* The root of the category tree; a clause that covers it covers everything. */
static const char root_id[] = "all";

static struct word_list *list_of(struct builder *builder, struct str name) {
    uint32_t known = map_get(&builder->word_lists, name);
    if (known != MAP_NONE)
        return &builder->lists[known];
    void *items = builder->lists;
    struct word_list list = {.name = arena_str(&builder->arena, name)};
    if (builder->arena.failed ||
        !mem_grow(&items, &builder->list_cap, builder->list_count + 1,
                  sizeof(list)))
        return NULL;
    builder->lists = items;
    builder->lists[builder->list_count] = list;
    if (!map_put(&builder->word_lists, list.name,
                 (uint32_t)builder->list_count))
        return NULL;
    return &builder->lists[builder->list_count++];
}

void word_list_add(struct builder *builder, struct str name, struct str word) {
    struct word_list *list = list_of(builder, name);
    struct strbuf folded = {.ptr = NULL};
    name_fold(&folded, word);
    void *items = list == NULL ? NULL : list->words;
    if (list == NULL || folded.failed ||
        !mem_grow(&items, &list->cap, list->count + 1, sizeof(*list->words))) {
        builder->failed = true;
    } else {
        list->words = items;
        list->words[list->count++] =
            arena_str(&builder->arena, strbuf_str(&folded));
    }
    strbuf_dispose(&folded);
}

static int by_text(const void *a, const void *b) {
    const struct str *left = a, *right = b;
    return str_cmp(*left, *right);
}

static int by_list_name(const void *a, const void *b) {
    const struct word_list *left = a, *right = b;
    return str_cmp(left->name, right->name);
}

static void sort_unique(struct word_list *list) {
    size_t kept = 0;
    if (list->count > 1)
        qsort(list->words, list->count, sizeof(*list->words), by_text);
    for (size_t i = 0; i < list->count; i++) {
        if (list->words[i].len != 0 &&
            (kept == 0 || !str_eq(list->words[kept - 1], list->words[i])))
            list->words[kept++] = list->words[i];
    }
    list->count = kept;
}

static void add_list(struct builder *builder, const struct word_list *list) {
    struct rules_words words = {.name = builder_text(builder, list->name)};
    words.words.first = builder_count(builder, SECTION_ITEMS);
    for (size_t i = 0; i < list->count; i++) {
        uint32_t text = builder_text(builder, list->words[i]);
        builder_add(builder, SECTION_ITEMS, &text);
    }
    words.words.count =
        builder_count(builder, SECTION_ITEMS) - words.words.first;
    builder_add(builder, SECTION_WORDS, &words);
}

static void use_for_names(struct builder *builder,
                          const struct word_list *list) {
    if (str_eq(list->name, STR_LIT("legal-form"))) {
        builder->name_words.legal_forms = list->words;
        builder->name_words.legal_form_count = list->count;
    } else if (str_eq(list->name, STR_LIT("generic-word"))) {
        builder->name_words.generic = list->words;
        builder->name_words.generic_count = list->count;
    }
}

void compile_words(struct builder *builder) {
    for (size_t d = 0; d < builder->document_count; d++) {
        const struct rule_document *document = &builder->documents[d];
        for (unsigned i = 0;
             document->kind == RULE_WORDS && i < document->count; i++) {
            const struct yaml_words *words = &document->words[i];
            for (uint32_t w = 0; w < words->words_count; w++)
                word_list_add(builder, str_from(words->list),
                              str_from(words->words[w]));
        }
    }
    if (builder->list_count > 1)
        qsort(builder->lists, builder->list_count, sizeof(*builder->lists),
              by_list_name);
    for (size_t i = 0; i < builder->list_count; i++) {
        sort_unique(&builder->lists[i]);
        add_list(builder, &builder->lists[i]);
        use_for_names(builder, &builder->lists[i]);
    }
}

/* Tree order: the root, then every category before what is below it. '/' must
   sort below every other byte for that: "ic/rf" stands before "ic-test". */
static int by_tree(const void *a, const void *b) {
    const char *left = ((const struct builder_ref *)a)->id;
    const char *right = ((const struct builder_ref *)b)->id;
    struct str root = str_from(root_id);
    bool left_root = str_eq(str_from(left), root);
    bool right_root = str_eq(str_from(right), root);
    if (left_root || right_root)
        return (int)right_root - (int)left_root;
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    int l = *left == '/' ? 1 : (unsigned char)*left;
    int r = *right == '/' ? 1 : (unsigned char)*right;
    return l - r;
}

static bool is_below(const char *id, const char *above) {
    struct str child = str_from(id), parent = str_from(above);
    return child.len > parent.len && str_starts(child, parent) &&
           child.ptr[parent.len] == '/';
}

static uint32_t parent_of(const struct builder_ref *refs, size_t i) {
    for (size_t up = i; up-- > 1;) {
        if (is_below(refs[i].id, refs[up].id))
            return (uint32_t)up;
    }
    return i == 0 ? RULES_NONE : 0;
}

static uint32_t end_of(const struct builder_ref *refs, size_t count, size_t i) {
    size_t end = i + 1;
    while (end < count && (i == 0 || is_below(refs[end].id, refs[i].id)))
        end++;
    return (uint32_t)end;
}

/* A slip in the middle of an id would hang the category elsewhere. */
static void check_parent(struct builder *builder,
                         const struct builder_ref *ref) {
    struct str parent = str_from(ref->id);
    while (parent.len != 0 && parent.ptr[parent.len - 1] != '/')
        parent.len--;
    if (parent.len == 0)
        return;
    parent.len--;
    struct builder_place place =
        builder_place(ref->document, ref->position, "id");
    if (map_get(&builder->categories, parent) == MAP_NONE)
        builder_problem(builder, &place,
                        "the category '%.*s' above '%s' is missing",
                        STR_ARG(parent), ref->id);
}

static void add_category(struct builder *builder,
                         const struct builder_ref *refs, size_t count,
                         size_t i) {
    const struct yaml_category *from =
        &refs[i].document->categories[refs[i].position];
    struct rules_category category = {
        .id = builder_cstr(builder, from->id),
        .name = builder_cstr(builder, from->name),
        .check = builder_cstr(builder, from->check),
        .parent = parent_of(refs, i),
        .end = end_of(refs, count, i),
        .heading = from->heading,
        .plugs_in = from->plugs_in,
        .assembly = from->assembly,
    };
    builder_add(builder, SECTION_CATEGORIES, &category);
    check_parent(builder, &refs[i]);
    struct str list = arena_printf(&builder->arena, "category/%s", from->id);
    for (uint32_t w = 0; w < from->words_count; w++)
        word_list_add(builder, list, str_from(from->words[w]));
}

void compile_categories(struct builder *builder) {
    size_t count;
    struct builder_ref *refs =
        builder_collect(builder, RULE_CATEGORIES, &builder->categories, &count);
    if (refs == NULL || count == 0)
        return;
    qsort(refs, count, sizeof(*refs), by_tree);
    if (!str_eq(str_from(refs[0].id), str_from(root_id))) {
        struct builder_place place = builder_place(refs[0].document, 0, "id");
        builder_problem(builder, &place, "the category '%s' is missing",
                        root_id);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!map_put(&builder->categories, str_from(refs[i].id), (uint32_t)i))
            builder->failed = true;
        add_category(builder, refs, count, i);
    }
}
