#ifndef BOMGATE_RULESET_SCHEMA_H
#define BOMGATE_RULESET_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

/*
 * The rule files as libcyaml reads them: one struct a mapping. A text that was
 * not given is NULL, a number 0, a word of a fixed set 0 (else its value + 1).
 */

struct yaml_source {
    char *url, *title, *seen;
};

struct yaml_link {
    char *party, *from, *until;
    char **covers;
    uint32_t covers_count;
    uint32_t confidence, share;
};

struct yaml_party {
    char *id, *name, *country;
    char **aliases, **brands, **shared_names, **not_names, **makes, **legacy;
    uint32_t aliases_count, brands_count, shared_names_count, not_names_count,
        makes_count, legacy_count;
    struct yaml_link *owned_by, *may_contain, *sold;
    uint32_t owned_by_count, may_contain_count, sold_count;
    struct yaml_source *sources;
    uint32_t sources_count;
    uint32_t confidence, dies;
};

struct yaml_listing {
    char *party, *name, *from, *until;
    char **covers;
    uint32_t covers_count;
    uint32_t confidence;
};

/* A row of an approved list; `status` is an enum rules_approval_status plus
   one. */
struct yaml_approval {
    char *ipn, *party, *name, *mpn, *from, *until, *by, *date, *evidence;
    char **covers;
    uint32_t covers_count;
    uint32_t status, confidence;
};

struct yaml_clause {
    char *id, *from, *until, *announced, *advice;
    uint32_t effect, reach, hits, confidence;
    uint32_t *activities;
    char **binds, **covers, **made_in, **not_made_in, **maker_in,
        **not_maker_in;
    uint32_t activities_count, binds_count, covers_count, made_in_count,
        not_made_in_count, maker_in_count, not_maker_in_count;
    bool inside;
    struct yaml_listing *parties;
    uint32_t parties_count;
};

struct yaml_measure {
    char *id, *title, *original_title, *authority, *jurisdiction, *citation,
        *announced, *known_to, *exceptions, *parties_of;
    uint32_t reach, confidence;
    bool partial;
    char **blind, **binds, **covers;
    uint32_t blind_count, binds_count, covers_count;
    struct yaml_listing *parties;
    uint32_t parties_count;
    struct yaml_approval *approved;
    uint32_t approved_count;
    struct yaml_clause *clauses;
    uint32_t clauses_count;
    struct yaml_source *sources;
    uint32_t sources_count;
};

struct yaml_profile {
    char *id, *name, *description, *within;
    uint32_t *does;
    char **includes, **supplies, **prefers, **avoids;
    uint32_t does_count, includes_count, supplies_count, prefers_count,
        avoids_count;
};

struct yaml_category {
    char *id, *name, *check;
    bool heading, plugs_in, assembly;
    char **words;
    uint32_t words_count;
};

struct yaml_words {
    char *list;
    char **words;
    uint32_t words_count;
};

struct yaml_code {
    char *code, *category, *package, *temperature, *interface;
    uint32_t depth, density, width, speed, voltage, dies;
};

struct yaml_table {
    char *name;
    struct yaml_code *codes;
    uint32_t codes_count;
};

struct yaml_family {
    char *id, *name, *party, *category, *pattern, *lifecycle;
    uint32_t tier;
    char **except, **examples;
    uint32_t except_count, examples_count;
    struct yaml_code fixed;
};

struct yaml_cross {
    char *from, *to, *to_party, *level, *check, *source;
};

struct yaml_parts {
    char *party;
    struct yaml_table *tables;
    uint32_t tables_count;
    struct yaml_family *families;
    uint32_t families_count;
    struct yaml_cross *crosses;
    uint32_t crosses_count;
    struct yaml_source *sources;
    uint32_t sources_count;
};

struct yaml_ruleset {
    char *version, *known_to, *licence;
};

/** What a rule file is, which its folder and name say. */
enum rule_kind {
    RULE_RULESET,    /* ruleset.yaml */
    RULE_CATEGORIES, /* words/categories.yaml */
    RULE_WORDS,      /* words/ */
    RULE_PROFILES,   /* profiles/ */
    RULE_PARTIES,    /* parties/ */
    RULE_PARTS,      /* parts/ */
    RULE_MEASURE,    /* measures/ */
    RULE_KIND_COUNT
};

/** What ends the first part of the path of a file that is not the rule set's
    own ("base:words/names.yaml"): two sets may have files of one name. */
#define RULE_ORIGIN ':'

/** RULE_KIND_COUNT for a path that belongs to no kind. */
enum rule_kind rule_kind_of(struct str path);

/** One rule file as it was found; all borrowed. */
struct rule_file {
    struct str path;  /* within the rule set: "measures/us-ndaa-889.yaml" */
    struct str place; /* as the user can open it; what messages name */
    struct str text;
    bool lenient; /* what it says of unknown parties is passed over */
};

/** One rule file, read: `count` structs of its kind. */
struct rule_document {
    enum rule_kind kind;
    const struct rule_file *file;
    unsigned count;
    union {
        struct yaml_ruleset *ruleset;
        struct yaml_category *categories;
        struct yaml_words *words;
        struct yaml_profile *profiles;
        struct yaml_party *parties;
        struct yaml_parts *parts;
        struct yaml_measure *measures;
        void *data;
    };
    bool sequence; /* it was a list; decides how it is freed */
};

/**
 * Read one rule file. A file may hold one mapping or a list of them.
 *
 * @param[out] out  Free with rule_document_dispose(). Untouched on failure.
 * @param file      Must outlive `out`.
 * @param[out] err  File, line and reason.
 * @return false when it is not valid YAML, is empty, holds an unknown or
 *         repeated key, lacks one, or uses aliases.
 */
NODISCARD bool rule_document_load(struct rule_document *out,
                                  const struct rule_file *file,
                                  struct err *err);

/** Accepts a zeroed struct. */
void rule_document_dispose(struct rule_document *document);

#endif
