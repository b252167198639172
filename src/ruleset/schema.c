#include "ruleset/schema.h"

#include <cyaml/cyaml.h>
#include <stddef.h>
#include <stdio.h>

#include "ruleset/yaml_load.h"
#include "ruleset/yaml_place.h"

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT(key, type, member)                                                \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1,           \
                           CYAML_UNLIMITED)
#define TEXT_IF(key, type, member)                                             \
    CYAML_FIELD_STRING_PTR(key, OPTIONAL, type, member, 0, CYAML_UNLIMITED)
#define LIST_IF(key, type, member, entry)                                      \
    CYAML_FIELD_SEQUENCE(key, OPTIONAL, type, member, entry, 0, CYAML_UNLIMITED)
#define WORD_IF(key, type, member, words)                                      \
    CYAML_FIELD_ENUM(key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, type,       \
                     member, words, CYAML_ARRAY_LEN(words))
#define NUMBER_IF(key, type, member)                                           \
    CYAML_FIELD_UINT(key, CYAML_FLAG_OPTIONAL, type, member)
#define FLAG_IF(key, type, member)                                             \
    CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, type, member)

/* Values are those of the index's enums plus one: 0 is "not given". */
static const cyaml_strval_t confidence_words[] = {
    {"official-text", 1},
    {"transcription", 2},
    {"secondary", 3},
    {"unconfirmed", 4},
};
static const cyaml_strval_t reach_words[] = {
    {"named", 1},
    {"owned", 2},
    {"affiliated", 3},
};
static const cyaml_strval_t effect_words[] = {
    {"prohibit", 1}, {"approve", 2}, {"duty", 3},
    {"advise", 4},   {"check", 5},   {"export", 6},
};
static const cyaml_strval_t hits_words[] = {{"unlisted", 1}};
static const cyaml_strval_t status_words[] = {
    {"approved", 1}, {"conditional", 2},  {"pending", 3},
    {"obsolete", 4}, {"disqualified", 5},
};
static const cyaml_strval_t tier_words[] = {
    {"high", 1},
    {"medium", 2},
    {"low", 3},
};
static const cyaml_strval_t dies_words[] = {
    {"own", 1},
    {"foundry", 2},
    {"bought", 4},
};
/* Bits of enum rules_activity. */
static const cyaml_strval_t activity_words[] = {
    {"purchase", 1}, {"install", 2},    {"use", 4},   {"sell", 8},
    {"import", 16},  {"authorise", 32}, {"fund", 64}, {"export-to", 128},
};

static const cyaml_schema_value_t text_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_value_t activity_entry = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, uint32_t, activity_words,
                     CYAML_ARRAY_LEN(activity_words)),
};

static const cyaml_schema_field_t source_fields[] = {
    TEXT("url", struct yaml_source, url),
    TEXT_IF("title", struct yaml_source, title),
    TEXT_IF("seen", struct yaml_source, seen),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t source_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_source, source_fields),
};

static const cyaml_schema_field_t link_fields[] = {
    TEXT("party", struct yaml_link, party),
    TEXT_IF("from", struct yaml_link, from),
    TEXT_IF("until", struct yaml_link, until),
    LIST_IF("covers", struct yaml_link, covers, &text_entry),
    WORD_IF("confidence", struct yaml_link, confidence, confidence_words),
    NUMBER_IF("share", struct yaml_link, share),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t link_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_link, link_fields),
};

static const cyaml_schema_field_t party_fields[] = {
    TEXT("id", struct yaml_party, id),
    TEXT("name", struct yaml_party, name),
    TEXT_IF("country", struct yaml_party, country),
    LIST_IF("aliases", struct yaml_party, aliases, &text_entry),
    LIST_IF("brands", struct yaml_party, brands, &text_entry),
    LIST_IF("shared-names", struct yaml_party, shared_names, &text_entry),
    LIST_IF("not", struct yaml_party, not_names, &text_entry),
    LIST_IF("makes", struct yaml_party, makes, &text_entry),
    LIST_IF("legacy", struct yaml_party, legacy, &text_entry),
    LIST_IF("owned-by", struct yaml_party, owned_by, &link_entry),
    LIST_IF("may-contain", struct yaml_party, may_contain, &link_entry),
    LIST_IF("sold", struct yaml_party, sold, &link_entry),
    LIST_IF("sources", struct yaml_party, sources, &source_entry),
    WORD_IF("confidence", struct yaml_party, confidence, confidence_words),
    WORD_IF("dies", struct yaml_party, dies, dies_words),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t listing_fields[] = {
    TEXT_IF("party", struct yaml_listing, party),
    TEXT_IF("name", struct yaml_listing, name),
    TEXT_IF("from", struct yaml_listing, from),
    TEXT_IF("until", struct yaml_listing, until),
    LIST_IF("covers", struct yaml_listing, covers, &text_entry),
    WORD_IF("confidence", struct yaml_listing, confidence, confidence_words),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t listing_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_listing,
                        listing_fields),
};

static const cyaml_schema_field_t approval_fields[] = {
    TEXT_IF("ipn", struct yaml_approval, ipn),
    TEXT_IF("party", struct yaml_approval, party),
    TEXT_IF("name", struct yaml_approval, name),
    TEXT_IF("mpn", struct yaml_approval, mpn),
    LIST_IF("covers", struct yaml_approval, covers, &text_entry),
    WORD_IF("status", struct yaml_approval, status, status_words),
    TEXT_IF("from", struct yaml_approval, from),
    TEXT_IF("until", struct yaml_approval, until),
    TEXT_IF("by", struct yaml_approval, by),
    TEXT_IF("date", struct yaml_approval, date),
    TEXT_IF("evidence", struct yaml_approval, evidence),
    WORD_IF("confidence", struct yaml_approval, confidence, confidence_words),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t approval_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_approval,
                        approval_fields),
};

static const cyaml_schema_field_t clause_fields[] = {
    TEXT("id", struct yaml_clause, id),
    TEXT_IF("from", struct yaml_clause, from),
    TEXT_IF("until", struct yaml_clause, until),
    TEXT_IF("announced", struct yaml_clause, announced),
    TEXT_IF("do", struct yaml_clause, advice),
    CYAML_FIELD_ENUM("effect", CYAML_FLAG_STRICT, struct yaml_clause, effect,
                     effect_words, CYAML_ARRAY_LEN(effect_words)),
    WORD_IF("reach", struct yaml_clause, reach, reach_words),
    WORD_IF("hits", struct yaml_clause, hits, hits_words),
    WORD_IF("confidence", struct yaml_clause, confidence, confidence_words),
    CYAML_FIELD_SEQUENCE("activities", CYAML_FLAG_POINTER, struct yaml_clause,
                         activities, &activity_entry, 1, CYAML_UNLIMITED),
    LIST_IF("binds", struct yaml_clause, binds, &text_entry),
    LIST_IF("covers", struct yaml_clause, covers, &text_entry),
    LIST_IF("made-in", struct yaml_clause, made_in, &text_entry),
    LIST_IF("not-made-in", struct yaml_clause, not_made_in, &text_entry),
    LIST_IF("maker-in", struct yaml_clause, maker_in, &text_entry),
    LIST_IF("not-maker-in", struct yaml_clause, not_maker_in, &text_entry),
    FLAG_IF("inside", struct yaml_clause, inside),
    LIST_IF("parties", struct yaml_clause, parties, &listing_entry),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t clause_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_clause, clause_fields),
};

static const cyaml_schema_field_t measure_fields[] = {
    TEXT("id", struct yaml_measure, id),
    TEXT("title", struct yaml_measure, title),
    TEXT_IF("original-title", struct yaml_measure, original_title),
    TEXT("authority", struct yaml_measure, authority),
    TEXT("jurisdiction", struct yaml_measure, jurisdiction),
    TEXT("citation", struct yaml_measure, citation),
    TEXT("announced", struct yaml_measure, announced),
    TEXT("known-to", struct yaml_measure, known_to),
    TEXT_IF("exceptions", struct yaml_measure, exceptions),
    TEXT_IF("parties-of", struct yaml_measure, parties_of),
    WORD_IF("reach", struct yaml_measure, reach, reach_words),
    WORD_IF("confidence", struct yaml_measure, confidence, confidence_words),
    FLAG_IF("partial", struct yaml_measure, partial),
    LIST_IF("blind", struct yaml_measure, blind, &text_entry),
    LIST_IF("binds", struct yaml_measure, binds, &text_entry),
    LIST_IF("covers", struct yaml_measure, covers, &text_entry),
    LIST_IF("parties", struct yaml_measure, parties, &listing_entry),
    LIST_IF("approved", struct yaml_measure, approved, &approval_entry),
    LIST_IF("clauses", struct yaml_measure, clauses, &clause_entry),
    LIST_IF("sources", struct yaml_measure, sources, &source_entry),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t profile_fields[] = {
    TEXT("id", struct yaml_profile, id),
    TEXT_IF("name", struct yaml_profile, name),
    TEXT_IF("description", struct yaml_profile, description),
    TEXT_IF("within", struct yaml_profile, within),
    LIST_IF("does", struct yaml_profile, does, &activity_entry),
    LIST_IF("includes", struct yaml_profile, includes, &text_entry),
    LIST_IF("supplies", struct yaml_profile, supplies, &text_entry),
    LIST_IF("prefers", struct yaml_profile, prefers, &text_entry),
    LIST_IF("avoids", struct yaml_profile, avoids, &text_entry),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t category_fields[] = {
    TEXT("id", struct yaml_category, id),
    TEXT("name", struct yaml_category, name),
    TEXT_IF("check", struct yaml_category, check),
    FLAG_IF("heading", struct yaml_category, heading),
    FLAG_IF("plugs-in", struct yaml_category, plugs_in),
    FLAG_IF("assembly", struct yaml_category, assembly),
    LIST_IF("words", struct yaml_category, words, &text_entry),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t words_fields[] = {
    TEXT("list", struct yaml_words, list),
    LIST_IF("words", struct yaml_words, words, &text_entry),
    CYAML_FIELD_END,
};

#define CODE_PARAMETERS                                                        \
    TEXT_IF("category", struct yaml_code, category),                           \
        TEXT_IF("package", struct yaml_code, package),                         \
        TEXT_IF("temperature", struct yaml_code, temperature),                 \
        TEXT_IF("interface", struct yaml_code, interface),                     \
        NUMBER_IF("depth", struct yaml_code, depth),                           \
        NUMBER_IF("density", struct yaml_code, density),                       \
        NUMBER_IF("width", struct yaml_code, width),                           \
        NUMBER_IF("speed", struct yaml_code, speed),                           \
        NUMBER_IF("voltage", struct yaml_code, voltage),                       \
        NUMBER_IF("dies", struct yaml_code, dies)

static const cyaml_schema_field_t code_fields[] = {
    TEXT("code", struct yaml_code, code),
    CODE_PARAMETERS,
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t fixed_fields[] = {
    CODE_PARAMETERS,
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t code_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_code, code_fields),
};

static const cyaml_schema_field_t table_fields[] = {
    TEXT("name", struct yaml_table, name),
    LIST_IF("codes", struct yaml_table, codes, &code_entry),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t table_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_table, table_fields),
};

static const cyaml_schema_field_t family_fields[] = {
    TEXT("id", struct yaml_family, id),
    TEXT("name", struct yaml_family, name),
    TEXT_IF("party", struct yaml_family, party),
    TEXT_IF("category", struct yaml_family, category),
    TEXT("pattern", struct yaml_family, pattern),
    TEXT_IF("lifecycle", struct yaml_family, lifecycle),
    CYAML_FIELD_ENUM("tier", CYAML_FLAG_STRICT, struct yaml_family, tier,
                     tier_words, CYAML_ARRAY_LEN(tier_words)),
    LIST_IF("except", struct yaml_family, except, &text_entry),
    LIST_IF("examples", struct yaml_family, examples, &text_entry),
    CYAML_FIELD_MAPPING("fixed", CYAML_FLAG_OPTIONAL, struct yaml_family, fixed,
                        fixed_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t family_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_family, family_fields),
};

static const cyaml_schema_field_t cross_fields[] = {
    TEXT("from", struct yaml_cross, from),
    TEXT("to", struct yaml_cross, to),
    TEXT("to-party", struct yaml_cross, to_party),
    TEXT("level", struct yaml_cross, level),
    TEXT_IF("check", struct yaml_cross, check),
    TEXT_IF("source", struct yaml_cross, source),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t cross_entry = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct yaml_cross, cross_fields),
};

static const cyaml_schema_field_t parts_fields[] = {
    TEXT_IF("party", struct yaml_parts, party),
    LIST_IF("tables", struct yaml_parts, tables, &table_entry),
    LIST_IF("families", struct yaml_parts, families, &family_entry),
    LIST_IF("crosses", struct yaml_parts, crosses, &cross_entry),
    LIST_IF("sources", struct yaml_parts, sources, &source_entry),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t ruleset_fields[] = {
    TEXT("version", struct yaml_ruleset, version),
    TEXT_IF("known-to", struct yaml_ruleset, known_to),
    TEXT_IF("licence", struct yaml_ruleset, licence),
    CYAML_FIELD_END,
};

#define DOCUMENT(type, fields)                                                 \
    { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, type, fields) }
#define ENTRY(type, fields)                                                    \
    { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, type, fields) }

/* One row a kind of file: where it lies, and how it is read. */
static const struct {
    const char *folder; /* or the whole path, when it has an extension */
    cyaml_schema_value_t document, entry;
} kinds[RULE_KIND_COUNT] = {
    [RULE_RULESET] = {"ruleset.yaml",
                      DOCUMENT(struct yaml_ruleset, ruleset_fields),
                      ENTRY(struct yaml_ruleset, ruleset_fields)},
    [RULE_CATEGORIES] = {"words/categories.yaml",
                         DOCUMENT(struct yaml_category, category_fields),
                         ENTRY(struct yaml_category, category_fields)},
    [RULE_WORDS] = {"words/", DOCUMENT(struct yaml_words, words_fields),
                    ENTRY(struct yaml_words, words_fields)},
    [RULE_PROFILES] = {"profiles/",
                       DOCUMENT(struct yaml_profile, profile_fields),
                       ENTRY(struct yaml_profile, profile_fields)},
    [RULE_PARTIES] = {"parties/", DOCUMENT(struct yaml_party, party_fields),
                      ENTRY(struct yaml_party, party_fields)},
    [RULE_PARTS] = {"parts/", DOCUMENT(struct yaml_parts, parts_fields),
                    ENTRY(struct yaml_parts, parts_fields)},
    [RULE_MEASURE] = {"measures/",
                      DOCUMENT(struct yaml_measure, measure_fields),
                      ENTRY(struct yaml_measure, measure_fields)},
};

enum rule_kind rule_kind_of(struct str path) {
    path = str_skip(path, (size_t)(str_find_char(path, RULE_ORIGIN) + 1));
    for (int i = 0; i < RULE_KIND_COUNT; i++) {
        struct str folder = str_from(kinds[i].folder);
        bool whole = str_ends(folder, STR_LIT(".yaml"));
        if (whole ? str_eq(path, folder) : str_starts(path, folder))
            return (enum rule_kind)i;
    }
    return RULE_KIND_COUNT;
}

static cyaml_schema_value_t sequence_of(enum rule_kind kind) {
    cyaml_schema_value_t sequence = {
        CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, char, &kinds[kind].entry, 0,
                             CYAML_UNLIMITED),
    };
    sequence.data_size = kinds[kind].entry.data_size;
    return sequence;
}

static bool load_data(struct rule_document *document, struct err *err) {
    cyaml_schema_value_t sequence = sequence_of(document->kind);
    document->sequence = yaml_starts_with_sequence(document->file->text);
    return yaml_load(
        document->file->text,
        document->sequence ? &sequence : &kinds[document->kind].document,
        &document->data, document->sequence ? &document->count : NULL, err);
}

bool rule_document_load(struct rule_document *out, const struct rule_file *file,
                        struct err *err) {
    struct rule_document document = {
        .kind = rule_kind_of(file->path), .file = file, .count = 1};
    bool ok = document.kind != RULE_KIND_COUNT
                  ? load_data(&document, err)
                  : err_set(err, ERR_INVALID,
                            "no rule file belongs here; the folders are "
                            "measures, parties, profiles, parts and words");
    if (ok) {
        *out = document;
        return true;
    }
    char place[sizeof(err->file)];
    snprintf(place, sizeof(place), "%.*s", STR_ARG(file->place));
    return err_at(err, place, 0, 0);
}

void rule_document_dispose(struct rule_document *document) {
    if (document->data == NULL)
        return;
    cyaml_schema_value_t sequence = sequence_of(document->kind);
    yaml_load_free(document->sequence ? &sequence
                                      : &kinds[document->kind].document,
                   document->data, document->sequence ? document->count : 0);
    *document = (struct rule_document){.data = NULL};
}
