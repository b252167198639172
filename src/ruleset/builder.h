#ifndef BOMGATE_RULESET_BUILDER_H
#define BOMGATE_RULESET_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/err.h"
#include "core/map.h"
#include "ruleset/compile.h"
#include "ruleset/index.h"
#include "ruleset/name.h"
#include "ruleset/schema.h"

/*
 * What the compiler works on: the documents, the sections as they grow, and
 * where each id has got its number. Out of memory is kept in `failed`, so that
 * the steps need not check every single addition.
 */

struct builder_ref;

struct builder_section {
    void *items;
    size_t count, cap;
};

struct builder {
    const struct rule_problems *problems;
    struct err *first; /* the first problem */
    size_t problem_count;
    bool failed; /* out of memory */
    struct arena arena;
    struct builder_section sections[SECTION_COUNT];
    struct map texts; /* text -> its number */
    struct map categories, profiles, parties, measures, families; /* by id */
    struct map word_lists; /* list -> index into `lists` */
    struct word_list *lists;
    size_t list_count, list_cap;
    struct name_words name_words;
    const struct builder_ref *party_refs; /* of the parties, in order */
    size_t party_ref_count;
    struct rule_document *documents;
    size_t document_count;
    size_t loaded_count; /* those that were read; the others are made */
    struct map listed;   /* normalised name -> text: the party's id */
    struct index_header header;
};

/** One word list while it grows; words are folded. */
struct word_list {
    struct str name;
    struct str *words;
    size_t count, cap;
};

/** Append an element; its number, or 0 after a failure. */
uint32_t builder_add(struct builder *builder, enum index_section section,
                     const void *element);
/** An element that was added; valid until the next addition. */
void *builder_get(struct builder *builder, enum index_section section,
                  uint32_t index);
uint32_t builder_count(const struct builder *builder,
                       enum index_section section);
/** The number of a text; equal texts have one. */
uint32_t builder_text(struct builder *builder, struct str text);
/** The same; NULL is the empty text. */
uint32_t builder_cstr(struct builder *builder, const char *text);
/** Append a list of numbers. */
struct rules_run builder_items(struct builder *builder, const uint32_t *items,
                               size_t count);
/** Append a list of texts as they are. */
struct rules_run builder_texts(struct builder *builder, char *const *texts,
                               size_t count);

/** Where in a document a problem lies; see yaml_line_of_path(). */
struct builder_place {
    const struct rule_document *document;
    char path[160];
};

/** A place: document, position of the mapping in it, then a path below it. */
struct builder_place builder_place(const struct rule_document *document,
                                   unsigned position, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/** The place of `key` in the mapping at `place`. */
struct builder_place builder_below(const struct builder_place *place,
                                   const char *key);

/** Tell of a problem. */
void builder_problem(struct builder *builder, const struct builder_place *place,
                     const char *fmt, ...) PRINTF_LIKE(3, 4);

/** Resolve an id through a map; tells of a problem when it is not there. */
uint32_t builder_resolve(struct builder *builder, const struct map *ids,
                         const char *id, const char *what,
                         const struct builder_place *place);
/** Resolve a list of ids. */
struct rules_run builder_resolve_list(struct builder *builder,
                                      const struct map *ids, char *const *names,
                                      size_t count, const char *what,
                                      const struct builder_place *place);
/** A span of days, the value of `key` in the mapping at `place`; NULL gives
    DATE_SPAN_NONE. */
struct date_span builder_date(struct builder *builder, const char *text,
                              const struct builder_place *place,
                              const char *key);
/** `until` is that of the mapping at `place`; tells when it lies before. */
void builder_check_span(struct builder *builder, struct date_span from,
                        struct date_span until,
                        const struct builder_place *place);
/** Tell of a text that is no ISO 3166 code: "CN", or "CN-XJ". NULL is none. */
void builder_check_country(struct builder *builder, const char *text,
                           const struct builder_place *place);
struct rules_run builder_sources(struct builder *builder,
                                 const struct yaml_source *sources,
                                 size_t count,
                                 const struct builder_place *place);

/** A mapping of one kind somewhere in the documents. */
struct builder_ref {
    const struct rule_document *document;
    unsigned position;
    const char *id;
};

/**
 * All mappings of a kind sorted by id, their numbers put into `ids`; tells of
 * ids that stand twice. The order is what the index keeps.
 */
struct builder_ref *builder_collect(struct builder *builder,
                                    enum rule_kind kind, struct map *ids,
                                    size_t *count);

/* The steps, in the order in which they need each other. */
void compile_categories(struct builder *builder);
void compile_words(struct builder *builder);
void compile_profiles(struct builder *builder);
void compile_listed(struct builder *builder);
void compile_parties(struct builder *builder);
void compile_names(struct builder *builder);
void compile_alike(struct builder *builder);
void compile_parts(struct builder *builder);
void compile_measures(struct builder *builder);
void compile_reach(struct builder *builder);

/** The approved list of the measure at `ref`. */
struct rules_run compile_approved(struct builder *builder,
                                  const struct builder_ref *ref);

/** The id of the party that a list names; NULL when it names nobody. */
const char *builder_listed_id(struct builder *builder, const char *name);

/** Add a word to a list, made when it is not there yet. */
void word_list_add(struct builder *builder, struct str list, struct str word);

#endif
