#include "ruleset/compile.h"

#include <stdio.h>
#include <string.h>

#include "core/mem.h"
#include "ruleset/builder.h"

static void tell(struct builder *builder, const struct err *problem) {
    if (builder->problem_count++ == 0)
        *builder->first = *problem;
    if (builder->problems != NULL)
        builder->problems->add(builder->problems->ctx, problem);
}

static void load_documents(struct builder *builder,
                           const struct rule_sources *sources) {
    builder->documents = arena_array(&builder->arena, sources->count + 1,
                                     sizeof(*builder->documents));
    for (size_t i = 0; builder->documents != NULL && i < sources->count; i++) {
        struct rule_document *document =
            &builder->documents[builder->document_count];
        struct err err = ERR_INIT;
        if (rule_document_load(document, &sources->files[i], &err))
            builder->document_count++;
        else if (err.code == ERR_NOMEM)
            builder->failed = true;
        else
            tell(builder, &err);
    }
    builder->loaded_count = builder->document_count;
}

/* What a rule set is, as the same sources always give it. */
static const struct rule_document *identity(const struct builder *builder) {
    const struct rule_document *lent = NULL;
    for (size_t d = 0; d < builder->document_count; d++) {
        const struct rule_document *document = &builder->documents[d];
        if (document->kind != RULE_RULESET || document->count == 0)
            continue;
        if (str_find_char(document->file->path, RULE_ORIGIN) < 0)
            return document;
        if (str_starts(document->file->path, STR_LIT(RULE_BASE)))
            lent = document;
    }
    return lent;
}

/* The newest day that any measure's sources were read to. */
static int32_t newest_known(struct builder *builder) {
    int32_t newest = DATE_NONE;
    for (uint32_t i = 0; i < builder_count(builder, SECTION_MEASURES); i++) {
        const struct rules_measure *measure =
            builder_get(builder, SECTION_MEASURES, i);
        if (measure->known_to.first > newest)
            newest = measure->known_to.first;
    }
    return newest;
}

static void write_identity(struct builder *builder,
                           const struct rule_sources *sources) {
    char hex[DIGEST_HEX_SIZE];
    static const struct yaml_ruleset nameless = {.version = NULL};
    const struct rule_document *document = identity(builder);
    const struct yaml_ruleset *from =
        document != NULL ? document->ruleset : &nameless;
    rule_sources_sha256(sources, hex);
    builder->failed = builder->failed || hex[0] == '\0';
    builder->header.sha256 = builder_cstr(builder, hex);
    builder->header.version = builder_cstr(
        builder, from->version != NULL ? from->version : "unversioned");
    builder->header.licence = builder_cstr(builder, from->licence);
    builder->header.known_to = newest_known(builder);
    if (from->known_to == NULL ||
        date_parse(str_from(from->known_to), &builder->header.known_to))
        return;
    struct builder_place place = builder_place(document, 0, "known-to");
    builder_problem(builder, &place, "'%s' is no day; write YYYY-MM-DD",
                    from->known_to);
}

static void write_files(struct builder *builder,
                        const struct rule_sources *sources) {
    for (size_t i = 0; i < sources->count; i++) {
        struct rules_file file = {
            .path = builder_text(builder, sources->files[i].path),
            .text = builder_text(builder, sources->files[i].text),
        };
        builder_add(builder, SECTION_FILES, &file);
    }
}

#define INDEX_ALIGN 8

static size_t align_up(size_t size) {
    return (size + INDEX_ALIGN - 1) / INDEX_ALIGN * INDEX_ALIGN;
}

static void *join_sections(struct builder *builder, size_t *size) {
    struct index_header *header = &builder->header;
    size_t total = align_up(sizeof(*header));
    header->magic = INDEX_MAGIC;
    for (int i = 0; i < SECTION_COUNT; i++) {
        header->sections[i].offset = total;
        header->sections[i].count = builder->sections[i].count;
        total += align_up(builder->sections[i].count * index_element_size[i]);
    }
    header->size = total;
    unsigned char *bytes = mem_calloc(1, total);
    if (bytes == NULL)
        return NULL;
    memcpy(bytes, header, sizeof(*header));
    for (int i = 0; i < SECTION_COUNT; i++) {
        size_t used = builder->sections[i].count * index_element_size[i];
        if (used != 0)
            memcpy(bytes + header->sections[i].offset,
                   builder->sections[i].items, used);
    }
    *size = total;
    return bytes;
}

static void compile_all(struct builder *builder,
                        const struct rule_sources *sources) {
    builder_cstr(builder, ""); /* text number 0 */
    load_documents(builder, sources);
    compile_categories(builder);
    compile_words(builder);
    compile_profiles(builder);
    compile_listed(builder);
    compile_parties(builder);
    compile_names(builder);
    compile_alike(builder);
    compile_parts(builder);
    compile_measures(builder);
    compile_reach(builder);
    write_files(builder, sources);
    write_identity(builder, sources);
}

static void dispose(struct builder *builder) {
    for (size_t i = 0; i < builder->loaded_count; i++)
        rule_document_dispose(&builder->documents[i]);
    for (size_t i = 0; i < builder->list_count; i++)
        mem_free(builder->lists[i].words);
    for (int i = 0; i < SECTION_COUNT; i++)
        mem_free(builder->sections[i].items);
    mem_free(builder->lists);
    map_dispose(&builder->texts);
    map_dispose(&builder->categories);
    map_dispose(&builder->profiles);
    map_dispose(&builder->parties);
    map_dispose(&builder->measures);
    map_dispose(&builder->families);
    map_dispose(&builder->word_lists);
    map_dispose(&builder->listed);
    arena_dispose(&builder->arena);
}

bool ruleset_compile(void **out, size_t *size, struct rule_sources *sources,
                     const struct rule_problems *problems, struct err *err) {
    struct err first = ERR_INIT;
    struct builder builder = {.problems = problems, .first = &first};
    void *bytes = NULL;
    rule_sources_sort(sources);
    compile_all(&builder, sources);
    bool failed = builder.failed || builder.arena.failed;
    if (!failed && builder.problem_count == 0)
        bytes = join_sections(&builder, size);
    size_t problem_count = builder.problem_count;
    dispose(&builder);
    if (bytes != NULL) {
        *out = bytes;
        return true;
    }
    if (failed || problem_count == 0)
        return err_nomem(err);
    if (problems == NULL)
        *err = first;
    else
        err_set(err, ERR_INVALID, "%zu problem%s in the rules", problem_count,
                problem_count == 1 ? "" : "s");
    return false;
}

static bool gather(struct rule_sources *sources, const char *folder,
                   const struct ruleset *base, struct err *err) {
    if (!rule_sources_add_folder(sources, folder, "", err))
        return false;
    if (base != NULL &&
        !rule_sources_add_ruleset(sources, base, "words/", false, err))
        return false;
    if (base != NULL && !rule_sources_has(sources, "measures/")) {
        err_set(err, ERR_INVALID, "there is no measure in this folder");
        return err_at(err, folder, 0, 0);
    }
    return base == NULL || rule_sources_has(sources, "parts/") ||
           rule_sources_add_ruleset(sources, base, "parts/", true, err);
}

/* A company's rules stand beside the others: what clashes is an error. */
static bool gather_added(struct rule_sources *sources,
                         const struct ruleset *base, const char *const *folders,
                         size_t count, struct err *err) {
    if (!rule_sources_add_ruleset(sources, base, "", false, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        sources->origin = arena_printf(&sources->arena, "added-%zu", i + 1).ptr;
        if (!rule_sources_add_folder(sources, folders[i], "", err))
            return false;
    }
    return true;
}

bool ruleset_load_added(struct ruleset **out, const struct ruleset *base,
                        const char *const *folders, size_t count,
                        const struct rule_problems *problems, struct err *err) {
    struct rule_sources sources = {.files = NULL};
    void *bytes;
    size_t size;
    bool ok = gather_added(&sources, base, folders, count, err) &&
              ruleset_compile(&bytes, &size, &sources, problems, err);
    rule_sources_dispose(&sources);
    return ok && ruleset_adopt(out, bytes, size, err);
}

bool ruleset_load_folder(struct ruleset **out, const char *folder,
                         const struct ruleset *base,
                         const struct rule_problems *problems,
                         struct err *err) {
    struct rule_sources sources = {.files = NULL};
    void *bytes;
    size_t size;
    bool ok = gather(&sources, folder, base, err) &&
              ruleset_compile(&bytes, &size, &sources, problems, err);
    rule_sources_dispose(&sources);
    return ok && ruleset_adopt(out, bytes, size, err);
}
