#include <string.h>

#include "ruleset/builder.h"

/*
 * Companies that stand in a list by name only become parties of their own, so
 * that a line can be found to name them. One that a party is called by already
 * is that party.
 */

struct listed {
    struct builder *builder;
    struct strbuf name, id;
    struct yaml_party *parties;
    size_t count, room;
};

static bool normalise(struct listed *listed, const char *name) {
    name_normalise(&listed->name, str_from(name), &listed->builder->name_words);
    if (listed->name.failed)
        listed->builder->failed = true;
    return !listed->name.failed && listed->name.len != 0;
}

static void know(struct listed *listed, const char *name, const char *id) {
    struct builder *builder = listed->builder;
    if (!normalise(listed, name) ||
        map_get(&builder->listed, strbuf_str(&listed->name)) != MAP_NONE)
        return;
    struct str key = arena_str(&builder->arena, strbuf_str(&listed->name));
    uint32_t text = builder_cstr(builder, id);
    if (builder->arena.failed || !map_put(&builder->listed, key, text))
        builder->failed = true;
}

static void know_party(struct listed *listed, const struct yaml_party *party) {
    know(listed, party->name, party->id);
    for (uint32_t i = 0; i < party->aliases_count; i++)
        know(listed, party->aliases[i], party->id);
    for (uint32_t i = 0; i < party->brands_count; i++)
        know(listed, party->brands[i], party->id);
}

/* "Neros Technologies" is "listed/neros-technologies"; a name in another script
   is numbered. The slash keeps it apart from the ids that people write. */
static struct str make_id(struct listed *listed) {
    struct strbuf *id = &listed->id;
    strbuf_clear(id);
    strbuf_add_text(id, "listed/");
    size_t start = id->len;
    for (size_t i = 0; i < listed->name.len; i++) {
        char c = listed->name.ptr[i];
        if (ascii_is_alnum(c))
            strbuf_add_char(id, c);
        else if (c == ' ' && id->len > start && id->ptr[id->len - 1] != '-')
            strbuf_add_char(id, '-');
    }
    if (id->len == start)
        strbuf_printf(id, "%zu", listed->count + 1);
    if (id->failed)
        listed->builder->failed = true;
    return arena_str(&listed->builder->arena, strbuf_str(id));
}

/* The schema's texts are not const; nothing writes through them. */
static char *copy_text(struct builder *builder, struct str text) {
    char *copy = arena_alloc(&builder->arena, text.len + 1);
    if (copy != NULL && text.len != 0)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

static void add_named(struct listed *listed, char *name) {
    if (name == NULL || !normalise(listed, name) ||
        map_get(&listed->builder->listed, strbuf_str(&listed->name)) !=
            MAP_NONE ||
        listed->count == listed->room)
        return;
    struct yaml_party *party = &listed->parties[listed->count];
    party->id = copy_text(listed->builder, make_id(listed));
    party->name = name;
    if (party->id == NULL) {
        listed->builder->failed = true;
        return;
    }
    listed->count++;
    know(listed, name, party->id);
}

static size_t count_listings(const struct yaml_measure *measure) {
    size_t count = measure->parties_count + measure->approved_count;
    for (uint32_t c = 0; c < measure->clauses_count; c++)
        count += measure->clauses[c].parties_count;
    return count;
}

static void add_measure(struct listed *listed,
                        const struct yaml_measure *measure) {
    for (uint32_t i = 0; i < measure->parties_count; i++)
        add_named(listed, measure->parties[i].name);
    for (uint32_t i = 0; i < measure->approved_count; i++)
        add_named(listed, measure->approved[i].name);
    for (uint32_t c = 0; c < measure->clauses_count; c++) {
        const struct yaml_clause *clause = &measure->clauses[c];
        for (uint32_t i = 0; i < clause->parties_count; i++)
            add_named(listed, clause->parties[i].name);
    }
}

/* One document more, of parties that no file holds. */
static void add_document(struct listed *listed) {
    static const struct rule_file file = {
        .path = {"measures/", 9}, .place = {"measures/", 9}, .text = {"", 0}};
    struct builder *builder = listed->builder;
    if (listed->count == 0)
        return;
    builder->documents[builder->document_count++] = (struct rule_document){
        .kind = RULE_PARTIES,
        .file = &file,
        .count = (unsigned)listed->count,
        .parties = listed->parties,
        .sequence = true,
    };
}

void compile_listed(struct builder *builder) {
    struct listed listed = {.builder = builder};
    size_t documents = builder->document_count;
    for (size_t d = 0; d < documents; d++) {
        const struct rule_document *document = &builder->documents[d];
        for (unsigned i = 0; i < document->count; i++) {
            if (document->kind == RULE_PARTIES)
                know_party(&listed, &document->parties[i]);
            else if (document->kind == RULE_MEASURE)
                listed.room += count_listings(&document->measures[i]);
        }
    }
    listed.parties =
        arena_array(&builder->arena, listed.room, sizeof(*listed.parties));
    for (size_t d = 0; listed.parties != NULL && d < documents; d++) {
        const struct rule_document *document = &builder->documents[d];
        for (unsigned i = 0;
             document->kind == RULE_MEASURE && i < document->count; i++)
            add_measure(&listed, &document->measures[i]);
    }
    add_document(&listed);
    strbuf_dispose(&listed.name);
    strbuf_dispose(&listed.id);
}

const char *builder_listed_id(struct builder *builder, const char *name) {
    struct strbuf text = {.ptr = NULL};
    name_normalise(&text, str_from(name), &builder->name_words);
    uint32_t id = map_get(&builder->listed, strbuf_str(&text));
    strbuf_dispose(&text);
    return id == MAP_NONE
               ? NULL
               : (const char *)builder->sections[SECTION_TEXT].items + id;
}
