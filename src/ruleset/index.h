#ifndef BOMGATE_RULESET_INDEX_H
#define BOMGATE_RULESET_INDEX_H

#include <stdint.h>

#include "ruleset/ruleset.h"

/*
 * The layout of a compiled rule set; known to the compiler and to ruleset.c
 * only. A header, then the sections, each aligned to 8 bytes. Numbers are in
 * the byte order of the machine that compiled it, which INDEX_MAGIC shows.
 */

#define INDEX_MAGIC UINT64_C(0x38656c75726d6f62) /* "bomrule8" */

enum index_section {
    SECTION_TEXT,     /* NUL-terminated texts; number 0 is the empty text */
    SECTION_ITEMS,    /* uint32_t: the lists that runs point into */
    SECTION_PARTIES,  /* sorted by id */
    SECTION_NAMES,    /* sorted by text, party, kind */
    SECTION_SLOTS,    /* struct index_slot: hash table into SECTION_NAMES */
    SECTION_SHAPES,   /* one for each name */
    SECTION_ALIKE,    /* sorted by key, name */
    SECTION_GRAMS,    /* hash table by key; key 0: free */
    SECTION_POSTINGS, /* uint32_t: the names that runs of grams point to */
    SECTION_LINKS,
    SECTION_SOURCES,
    SECTION_MEASURES, /* sorted by id */
    SECTION_CLAUSES,
    SECTION_LISTINGS,
    SECTION_APPROVALS,  /* a measure's sorted by ipn_key, mpn_key, party */
    SECTION_PROFILES,   /* sorted by id */
    SECTION_CATEGORIES, /* in tree order */
    SECTION_TABLES,
    SECTION_CODES,
    SECTION_FAMILIES,
    SECTION_STEPS,   /* struct pattern_op: of the families' patterns */
    SECTION_CROSSES, /* sorted by from_key */
    SECTION_WORDS,   /* sorted by name */
    SECTION_FILES,   /* sorted by path */
    SECTION_COUNT
};

/* A name's record and text lie far away; its hash tells most others' names from
   it without a look there. */
struct index_slot {
    uint32_t name; /* the first of that text; RULES_NONE: free */
    uint32_t hash; /* the upper half of the text's; its lower says where */
};

struct index_place {
    uint64_t offset; /* of the section, from the start of the index */
    uint64_t count;  /* of elements */
};

struct index_header {
    uint64_t magic, size;
    uint32_t version, licence; /* texts */
    uint32_t sha256;           /* text */
    int32_t known_to;
    struct index_place sections[SECTION_COUNT];
};

/** Bytes of one element of each section. */
extern const uint32_t index_element_size[SECTION_COUNT];

#endif
