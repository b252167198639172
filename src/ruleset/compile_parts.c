#include <stdlib.h>

#include "ruleset/builder.h"
#include "ruleset/pattern.h"

/* Parameters of a code or of a whole family. */
static struct rules_code make_code(struct builder *builder,
                                   const struct yaml_code *from,
                                   const struct builder_place *place) {
    struct strbuf key = {.ptr = NULL};
    mpn_key(&key, str_from(from->code));
    struct rules_code code = {
        .code = builder_text(builder, strbuf_str(&key)),
        .category = RULES_NONE,
        .depth_mwords = from->depth,
        .density_mbit = from->density,
        .width = from->width,
        .speed_mts = from->speed,
        .voltage_mv = from->voltage,
        .dies = from->dies,
        .package = builder_cstr(builder, from->package),
        .temperature = builder_cstr(builder, from->temperature),
        .interface = builder_cstr(builder, from->interface),
    };
    builder->failed = builder->failed || key.failed;
    strbuf_dispose(&key);
    if (from->category != NULL)
        code.category = builder_resolve(builder, &builder->categories,
                                        from->category, "category", place);
    return code;
}

static struct rules_run add_codes(struct builder *builder,
                                  const struct yaml_table *table,
                                  const struct rule_document *document,
                                  unsigned position, unsigned index) {
    struct rules_run run = {builder_count(builder, SECTION_CODES), 0};
    for (uint32_t i = 0; i < table->codes_count; i++) {
        struct builder_place place = builder_place(
            document, position, "tables %u codes %u code", index, (unsigned)i);
        struct rules_code code = make_code(builder, &table->codes[i], &place);
        builder_add(builder, SECTION_CODES, &code);
    }
    run.count = builder_count(builder, SECTION_CODES) - run.first;
    return run;
}

static struct rules_run add_tables(struct builder *builder,
                                   const struct rule_document *document,
                                   unsigned position) {
    const struct yaml_parts *parts = &document->parts[position];
    struct rules_run run = {builder_count(builder, SECTION_TABLES), 0};
    for (uint32_t i = 0; i < parts->tables_count; i++) {
        struct rules_table table = {
            .name = builder_cstr(builder, parts->tables[i].name),
            .codes = add_codes(builder, &parts->tables[i], document, position,
                               (unsigned)i),
        };
        builder_add(builder, SECTION_TABLES, &table);
    }
    run.count = builder_count(builder, SECTION_TABLES) - run.first;
    return run;
}

static bool has_table(void *ctx, struct str name) {
    const struct yaml_parts *parts = ctx;
    for (uint32_t i = 0; i < parts->tables_count; i++) {
        if (str_eq(name, str_from(parts->tables[i].name)))
            return true;
    }
    return false;
}

/* A party that a lenient file names need not be in this rule set. */
static bool find_party(struct builder *builder, const char *id,
                       const struct builder_place *place, uint32_t *party) {
    *party = RULES_NONE;
    if (id == NULL) {
        builder_problem(builder, place, "no party is named");
        return false;
    }
    if (place->document->file->lenient &&
        map_get(&builder->parties, str_from(id)) == MAP_NONE)
        return false;
    *party = builder_resolve(builder, &builder->parties, id, "party", place);
    return *party != RULES_NONE;
}

static bool check_pattern(struct builder *builder,
                          const struct yaml_family *from,
                          struct yaml_parts *parts,
                          const struct builder_place *place) {
    struct err err = ERR_INIT;
    if (pattern_check(str_from(from->pattern), has_table, parts, &err))
        return true;
    builder_problem(builder, place, "pattern of '%s': %s", from->id, err.msg);
    return false;
}

/* Where the tables that a pattern names went. */
struct named_tables {
    struct builder *builder;
    const struct yaml_parts *parts;
    struct rules_run run;
};

static uint32_t find_table(void *ctx, struct str name, uint64_t *chars) {
    const struct named_tables *tables = ctx;
    const struct yaml_parts *parts = tables->parts;
    struct strbuf key = {.ptr = NULL};
    uint32_t i = 0;
    while (!str_eq(name, str_from(parts->tables[i].name)))
        i++;
    *chars = 0;
    for (uint32_t k = 0; k < parts->tables[i].codes_count; k++) {
        mpn_key(&key, str_from(parts->tables[i].codes[k].code));
        *chars |= key.len == 0 ? 0 : pattern_char_bit(key.ptr[0]);
    }
    tables->builder->failed = tables->builder->failed || key.failed;
    strbuf_dispose(&key);
    return tables->run.first + i;
}

static void add_steps(struct builder *builder, struct str pattern,
                      struct named_tables *tables, struct rules_family *out) {
    const struct pattern_names names = {.find = find_table, .ctx = tables};
    struct pattern_op ops[PATTERN_OPS_MAX];
    size_t count = pattern_compile(pattern, &names, ops);
    out->steps = (struct rules_run){builder_count(builder, SECTION_STEPS),
                                    (uint32_t)count};
    for (size_t i = 0; i < count; i++)
        builder_add(builder, SECTION_STEPS, &ops[i]);
    for (size_t i = 0; i < PATTERN_HEAD; i++)
        out->heads[i] = pattern_chars_at(ops, count, i);
}

static void add_family(struct builder *builder,
                       const struct rule_document *document, unsigned position,
                       unsigned index, struct rules_run tables) {
    struct yaml_parts *parts = &document->parts[position];
    const struct yaml_family *from = &parts->families[index];
    struct builder_place place =
        builder_place(document, position, "families %u id", index);
    uint32_t party;
    if (!find_party(builder, from->party != NULL ? from->party : parts->party,
                    &place, &party))
        return;
    bool good = check_pattern(builder, from, parts, &place);
    struct rules_family family = {
        .id = builder_cstr(builder, from->id),
        .name = builder_cstr(builder, from->name),
        .party = party,
        .category = RULES_NONE,
        .tier = from->tier - 1,
        .pattern = builder_cstr(builder, from->pattern),
        .tables = tables,
        .except = builder_texts(builder, from->except, from->except_count),
        .examples =
            builder_texts(builder, from->examples, from->examples_count),
        .fixed = make_code(builder, &from->fixed, &place),
        .lifecycle = builder_cstr(builder, from->lifecycle),
    };
    if (good)
        add_steps(builder, str_from(from->pattern),
                  &(struct named_tables){builder, parts, tables}, &family);
    if (from->category != NULL)
        family.category = builder_resolve(builder, &builder->categories,
                                          from->category, "category", &place);
    if (map_get(&builder->families, str_from(from->id)) != MAP_NONE)
        builder_problem(builder, &place, "the family '%s' is there twice",
                        from->id);
    uint32_t number = builder_add(builder, SECTION_FAMILIES, &family);
    if (!map_put(&builder->families, str_from(from->id), number))
        builder->failed = true;
}

static void add_cross(struct builder *builder,
                      const struct rule_document *document, unsigned position,
                      unsigned index) {
    const struct yaml_cross *from = &document->parts[position].crosses[index];
    struct builder_place place =
        builder_place(document, position, "crosses %u to-party", index);
    uint32_t party;
    if (!find_party(builder, from->to_party, &place, &party))
        return;
    struct strbuf key = {.ptr = NULL};
    mpn_key(&key, str_from(from->from));
    struct rules_cross cross = {
        .from_key = builder_text(builder, strbuf_str(&key)),
        .from = builder_cstr(builder, from->from),
        .to = builder_cstr(builder, from->to),
        .to_party = party,
        .level = builder_cstr(builder, from->level),
        .check = builder_cstr(builder, from->check),
        .source = builder_cstr(builder, from->source),
    };
    builder->failed = builder->failed || key.failed;
    strbuf_dispose(&key);
    builder_add(builder, SECTION_CROSSES, &cross);
}

/* A cross being sorted: its texts, because qsort() has no context. */
struct sortable {
    struct str key, to;
    struct rules_cross cross;
};

static int by_key(const void *a, const void *b) {
    const struct sortable *left = a, *right = b;
    int order = str_cmp(left->key, right->key);
    return order != 0 ? order : str_cmp(left->to, right->to);
}

static void sort_crosses(struct builder *builder) {
    uint32_t count = builder_count(builder, SECTION_CROSSES);
    const char *texts = builder->sections[SECTION_TEXT].items;
    struct sortable *list = arena_array(&builder->arena, count, sizeof(*list));
    if (list == NULL || builder->failed)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const struct rules_cross *cross =
            builder_get(builder, SECTION_CROSSES, i);
        list[i] = (struct sortable){str_from(texts + cross->from_key),
                                    str_from(texts + cross->to), *cross};
    }
    if (count > 1)
        qsort(list, count, sizeof(*list), by_key);
    for (uint32_t i = 0; i < count; i++) {
        struct rules_cross *cross = builder_get(builder, SECTION_CROSSES, i);
        *cross = list[i].cross;
    }
}

void compile_parts(struct builder *builder) {
    for (size_t d = 0; d < builder->document_count; d++) {
        const struct rule_document *document = &builder->documents[d];
        for (unsigned i = 0;
             document->kind == RULE_PARTS && i < document->count; i++) {
            const struct yaml_parts *parts = &document->parts[i];
            struct rules_run tables = add_tables(builder, document, i);
            for (uint32_t f = 0; f < parts->families_count; f++)
                add_family(builder, document, i, (unsigned)f, tables);
            for (uint32_t c = 0; c < parts->crosses_count; c++)
                add_cross(builder, document, i, (unsigned)c);
        }
    }
    sort_crosses(builder);
}
