#include <stdlib.h>

#include "core/utf8.h"
#include "ruleset/builder.h"

/* A name on its way into the index: sorted by text, so that all who use it
   stand side by side and clashes show. */
struct draft {
    struct str text, raw;
    uint32_t party;
    enum rules_name_kind kind;
    const struct rule_document *document;
    unsigned position;
    const char *key; /* where in the mapping it stands */
    unsigned item;
    bool dropped;
};

struct drafts {
    struct builder *builder;
    struct draft *items;
    size_t count, room;
};

static void add_draft(struct drafts *drafts, const struct draft *draft) {
    if (drafts->count < drafts->room)
        drafts->items[drafts->count++] = *draft;
}

/* "Micron Technology" is found as "micron" too, unless little would be left:
   Latin names of up to NAME_SHORT letters match as written or not at all. */
static bool is_distinctive(struct str core) {
    return core.len > utf8_count(core) ? utf8_count(core) >= 2
                                       : core.len > NAME_SHORT;
}

static void add_core(struct drafts *drafts, const struct draft *name) {
    struct strbuf core = {.ptr = NULL};
    name_core(&core, name->text, &drafts->builder->name_words);
    if (core.failed)
        drafts->builder->failed = true;
    if (!str_eq(strbuf_str(&core), name->text) &&
        is_distinctive(strbuf_str(&core))) {
        struct draft draft = *name;
        draft.text = arena_str(&drafts->builder->arena, strbuf_str(&core));
        draft.kind = RULES_NAME_CORE;
        add_draft(drafts, &draft);
    }
    strbuf_dispose(&core);
}

static void add_name(struct drafts *drafts, const struct builder_ref *ref,
                     uint32_t party, enum rules_name_kind kind, const char *key,
                     unsigned item, const char *raw) {
    struct builder *builder = drafts->builder;
    struct strbuf text = {.ptr = NULL};
    name_normalise(&text, str_from(raw), &builder->name_words);
    struct draft draft = {
        .text = arena_str(&builder->arena, strbuf_str(&text)),
        .raw = str_from(raw),
        .party = party,
        .kind = kind,
        .document = ref->document,
        .position = ref->position,
        .key = key,
        .item = item,
    };
    builder->failed = builder->failed || text.failed;
    strbuf_dispose(&text);
    if (draft.text.len == 0) {
        struct builder_place place =
            builder_place(ref->document, ref->position, "%s", key);
        builder_problem(builder, &place, "the name '%s' holds no letter", raw);
        return;
    }
    add_draft(drafts, &draft);
    if (kind != RULES_NAME_SHARED && kind != RULES_NAME_NOT)
        add_core(drafts, &draft);
}

static void add_names_of(struct drafts *drafts, const struct builder_ref *ref,
                         uint32_t party) {
    const struct yaml_party *from = &ref->document->parties[ref->position];
    const struct {
        enum rules_name_kind kind;
        const char *key;
        char *const *names;
        uint32_t count;
    } lists[] = {
        {RULES_NAME_ALIAS, "aliases", from->aliases, from->aliases_count},
        {RULES_NAME_BRAND, "brands", from->brands, from->brands_count},
        {RULES_NAME_SHARED, "shared-names", from->shared_names,
         from->shared_names_count},
        {RULES_NAME_NOT, "not", from->not_names, from->not_names_count},
    };
    add_name(drafts, ref, party, RULES_NAME_LEGAL, "name", 0, from->name);
    for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
        for (uint32_t i = 0; i < lists[l].count; i++)
            add_name(drafts, ref, party, lists[l].kind, lists[l].key, i,
                     lists[l].names[i]);
    }
}

static size_t count_names(const struct builder_ref *refs, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_party *party =
            &refs[i].document->parties[refs[i].position];
        total += 1 + party->aliases_count + party->brands_count +
                 party->shared_names_count + party->not_names_count;
    }
    return 2 * total; /* each may have a core */
}

static int by_text(const void *a, const void *b) {
    const struct draft *left = a, *right = b;
    int order = str_cmp(left->text, right->text);
    if (order != 0)
        return order;
    if (left->party != right->party)
        return left->party < right->party ? -1 : 1;
    return (int)left->kind - (int)right->kind;
}

static void tell_clash(struct builder *builder, const struct draft *name,
                       const struct draft *other, const char *fmt_shared) {
    const struct rules_party *party =
        builder_get(builder, SECTION_PARTIES, other->party);
    const char *id =
        (const char *)builder->sections[SECTION_TEXT].items + party->id;
    struct builder_place place =
        name->kind == RULES_NAME_LEGAL
            ? builder_place(name->document, name->position, "%s", name->key)
            : builder_place(name->document, name->position, "%s %u", name->key,
                            name->item);
    builder_problem(builder, &place,
                    "the name '%.*s' belongs to the party '%s' too (%.*s); %s",
                    STR_ARG(name->raw), id,
                    STR_ARG(other->document->file->place), fmt_shared);
}

static bool claims(const struct draft *name) {
    return name->kind <= RULES_NAME_SHARED;
}

/* Within one group of equal names. A core that somebody else is called by, in
   full or by a core of his own, tells nothing and goes. */
static void settle_pair(struct builder *builder, struct draft *a,
                        struct draft *b) {
    if (a->party == b->party) {
        b->dropped = b->dropped || b->kind == RULES_NAME_CORE ||
                     (claims(a) && claims(b));
        if (claims(a) && b->kind == RULES_NAME_NOT)
            tell_clash(builder, b, a, "it cannot be under 'not' as well");
        return;
    }
    if (b->kind == RULES_NAME_CORE)
        b->dropped = true;
    if (a->kind == RULES_NAME_CORE)
        a->dropped = true;
    if (!claims(a) || !claims(b))
        return;
    if (a->kind != RULES_NAME_SHARED || b->kind != RULES_NAME_SHARED)
        tell_clash(builder, b, a,
                   "a name that several use stands under 'shared-names' of "
                   "each");
}

static void settle_group(struct builder *builder, struct draft *group,
                         size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++)
            settle_pair(builder, &group[i], &group[j]);
    }
}

static void settle(struct drafts *drafts) {
    for (size_t i = 0; i < drafts->count;) {
        size_t end = i + 1;
        while (end < drafts->count &&
               str_eq(drafts->items[i].text, drafts->items[end].text))
            end++;
        settle_group(drafts->builder, drafts->items + i, end - i);
        i = end;
    }
}

static void write_names(struct drafts *drafts) {
    struct builder *builder = drafts->builder;
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        struct rules_name name = {
            .text = builder_text(builder, draft->text),
            .raw = builder_text(builder, draft->raw),
            .party = draft->party,
            .kind = (uint32_t)draft->kind,
        };
        if (!draft->dropped)
            builder_add(builder, SECTION_NAMES, &name);
    }
}

/* Each party's own names, by number: a counting sort over the parties. */
static void write_party_runs(struct builder *builder) {
    uint32_t parties = builder_count(builder, SECTION_PARTIES);
    uint32_t names = builder_count(builder, SECTION_NAMES);
    uint32_t base = builder_count(builder, SECTION_ITEMS), next = base;
    uint32_t zero = 0;
    for (uint32_t i = 0; i < names; i++)
        builder_add(builder, SECTION_ITEMS, &zero);
    if (builder->failed)
        return;
    for (uint32_t i = 0; i < names; i++) {
        struct rules_name *name = builder_get(builder, SECTION_NAMES, i);
        struct rules_party *party =
            builder_get(builder, SECTION_PARTIES, name->party);
        party->names.count++;
    }
    for (uint32_t i = 0; i < parties; i++) {
        struct rules_party *party = builder_get(builder, SECTION_PARTIES, i);
        party->names.first = next;
        next += party->names.count;
        party->names.count = 0;
    }
    for (uint32_t i = 0; i < names; i++) {
        struct rules_name *name = builder_get(builder, SECTION_NAMES, i);
        struct rules_party *party =
            builder_get(builder, SECTION_PARTIES, name->party);
        uint32_t *item = builder_get(builder, SECTION_ITEMS,
                                     party->names.first + party->names.count++);
        *item = i;
    }
}

static const char *name_text(struct builder *builder, uint32_t number) {
    const struct rules_name *name = builder_get(builder, SECTION_NAMES, number);
    return (const char *)builder->sections[SECTION_TEXT].items + name->text;
}

/* At most half full; one slot for each distinct text. */
static void write_slots(struct builder *builder) {
    uint32_t names = builder_count(builder, SECTION_NAMES);
    uint32_t size = 16;
    const struct index_slot none = {RULES_NONE, 0};
    while (size < 2 * names)
        size *= 2;
    for (uint32_t i = 0; i < size; i++)
        builder_add(builder, SECTION_SLOTS, &none);
    for (uint32_t i = 0; !builder->failed && i < names; i++) {
        struct str text = str_from(name_text(builder, i));
        if (i > 0 && str_eq(text, str_from(name_text(builder, i - 1))))
            continue;
        uint64_t hash = str_hash(text);
        uint32_t at = (uint32_t)hash;
        struct index_slot *slot;
        do {
            slot = builder_get(builder, SECTION_SLOTS, at++ & (size - 1));
        } while (slot->name != RULES_NONE);
        *slot = (struct index_slot){i, (uint32_t)(hash >> 32)};
    }
}

void compile_names(struct builder *builder) {
    const struct builder_ref *refs = builder->party_refs;
    size_t count = builder->party_ref_count;
    struct drafts drafts = {.builder = builder};
    drafts.room = refs == NULL ? 0 : count_names(refs, count);
    drafts.items =
        arena_array(&builder->arena, drafts.room, sizeof(*drafts.items));
    for (size_t i = 0; refs != NULL && drafts.items != NULL && i < count; i++)
        add_names_of(&drafts, &refs[i], (uint32_t)i);
    if (builder->failed || builder->arena.failed)
        return;
    if (drafts.count > 1)
        qsort(drafts.items, drafts.count, sizeof(*drafts.items), by_text);
    settle(&drafts);
    write_names(&drafts);
    write_party_runs(builder);
    write_slots(builder);
}
