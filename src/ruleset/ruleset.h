#ifndef BOMGATE_RULESET_RULESET_H
#define BOMGATE_RULESET_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/date.h"
#include "core/err.h"
#include "core/str.h"
#include "ruleset/pattern.h"

/**
 * The rule set: measures, parties, profiles, categories, words and part-number
 * grammars as one immutable, flat, position-independent index.
 *
 * Records refer to each other by their number (`RULES_NONE`: none), to text by
 * rules_text(), and to lists by a run of numbers. All are plain data, valid as
 * long as the rule set is open, and may be shared between threads.
 */
struct ruleset;
struct name_words;

#define RULES_NONE UINT32_MAX

/** A run of elements in one of the index's sections. */
struct rules_run {
    uint32_t first, count;
};

/** How sure a source is; RULES_UNCONFIRMED caps a verdict at review. */
enum rules_confidence {
    RULES_OFFICIAL_TEXT,
    RULES_TRANSCRIPTION,
    RULES_SECONDARY,
    RULES_UNCONFIRMED,
};

/** How far a measure reaches from the parties that it names. */
enum rules_reach {
    RULES_NAMED,      /* the party itself, its brands and former names */
    RULES_OWNED,      /* and whom it owns, by half or more */
    RULES_AFFILIATED, /* and who owns it, or has the same owner */
};

enum rules_effect {
    RULES_PROHIBIT,
    RULES_APPROVE,
    RULES_DUTY,
    RULES_ADVISE,
    RULES_CHECK,
    RULES_EXPORT,
};

/** What is being done with the part; a set is an OR of these bits. */
enum rules_activity {
    RULES_PURCHASE = 1 << 0,
    RULES_INSTALL = 1 << 1,
    RULES_USE = 1 << 2,
    RULES_SELL = 1 << 3,
    RULES_IMPORT = 1 << 4,
    RULES_AUTHORISE = 1 << 5,
    RULES_FUND = 1 << 6,
    RULES_EXPORT_TO = 1 << 7,
};

/** Clause flags. */
enum {
    RULES_HITS_UNLISTED = 1 << 0, /* a white-list: hits who is not on it */
    RULES_INSIDE = 1 << 1,        /* reaches what is inside the product */
    RULES_BINDS_ANY = 1 << 2,     /* whoever goes by these rules; `binds` is
                                     empty */
};

enum rules_name_kind {
    RULES_NAME_LEGAL,  /* `name` */
    RULES_NAME_ALIAS,  /* `aliases` */
    RULES_NAME_BRAND,  /* `brands` */
    RULES_NAME_SHARED, /* `shared-names`: several companies use it */
    RULES_NAME_NOT,    /* `not`: looks like the party, is somebody else */
    RULES_NAME_CORE,   /* derived: without generic words */
};

/** Names are sorted by `text`, so that equal ones stand together. */
struct rules_name {
    uint32_t text; /* normalised with name_normalise() */
    uint32_t raw;  /* as the rules write it */
    uint32_t party;
    uint32_t kind; /* enum rules_name_kind */
};

/** How long a name is, to pass over most names without reading them. */
struct rules_shape {
    uint8_t words, letters; /* without blanks; at most ALIKE_LETTERS_MAX */
};

/** A name under one of its keys; see ruleset/alike.h. */
struct rules_alike {
    uint32_t key, name;
};

/** The names that hold three bytes in a row and begin with the same one: a run
    for rules_posting(). */
struct rules_gram {
    uint32_t key;
    struct rules_run names;
};

/** A dated link from one party to another. */
struct rules_link {
    uint32_t party;
    struct date_span from, until; /* DATE_SPAN_NONE: open */
    struct rules_run covers;      /* categories; empty: all */
    uint32_t confidence;
    uint32_t share; /* per cent; RULES_NONE: not said, taken as control */
};

struct rules_source {
    uint32_t url, title, seen; /* texts; `seen` is YYYY-MM-DD */
};

/** Where a maker of chips has its dies from; the surer origin first. */
enum rules_dies {
    RULES_DIES_OWN,     /* its own factories */
    RULES_DIES_FOUNDRY, /* its own design, made by a foundry */
    RULES_DIES_UNKNOWN, /* not said */
    RULES_DIES_BOUGHT,  /* other makers' chips under its own brand */
};

struct rules_party {
    uint32_t id, name, country; /* `country` is "" when not known */
    uint32_t confidence;
    uint32_t dies;             /* enum rules_dies */
    struct rules_run names;    /* items: numbers for rules_name() */
    struct rules_run owners;   /* struct rules_link: owned-by */
    struct rules_run contains; /* struct rules_link: may-contain */
    struct rules_run sold;     /* struct rules_link: business that went away */
    struct rules_run makes;    /* categories */
    struct rules_run legacy;   /* categories made, at the end of their life */
    struct rules_run sources;  /* struct rules_source */
    uint32_t file;             /* where the rules define it */
    uint32_t reached;          /* not 0: on some day, for some part, a list may
                                  name it, or whom it belongs to, owns, shares
                                  an owner with or has parts of */
};

struct rules_listing {
    uint32_t party; /* made by the compiler for a `name` without a file */
    struct date_span from, until;
    struct rules_run covers; /* categories; empty: all that the clause covers */
    uint32_t confidence;
};

/** What an approved list says of what its row names. */
enum rules_approval_status {
    RULES_APPROVED,
    RULES_CONDITIONAL, /* approved, on a condition that no BOM shows */
    RULES_PENDING,
    RULES_OBSOLETE,
    RULES_DISQUALIFIED,
};

/** A row of an approved list. It speaks of a part that has all that it names.
 */
struct rules_approval {
    uint32_t ipn_key, mpn_key; /* texts of ipn_key() and mpn_key(), or "" */
    uint32_t party;            /* RULES_NONE: any maker */
    struct rules_run covers;   /* categories; empty: any */
    uint32_t status;           /* enum rules_approval_status */
    uint32_t confidence;
    struct date_span from, until;
    uint32_t ipn, mpn, by, date, evidence; /* texts, as written */
};

struct rules_clause {
    uint32_t measure, id;
    uint32_t effect, reach, flags, activities, confidence;
    int32_t announced;
    struct date_span from, until;
    struct rules_run binds;    /* profiles */
    struct rules_run covers;   /* categories; never empty */
    struct rules_run listings; /* struct rules_listing */
    struct rules_run made_in, not_made_in, maker_in, not_maker_in; /* texts */
    uint32_t advice;                                               /* `do` */
};

struct rules_measure {
    uint32_t id, title, authority, jurisdiction, citation;
    uint32_t original_title; /* in the act's own language, where it has one */
    struct date_span announced, known_to;
    uint32_t confidence, partial;
    struct rules_run clauses;   /* struct rules_clause */
    struct rules_run listings;  /* struct rules_listing */
    struct rules_run approvals; /* struct rules_approval */
    struct rules_run blind;     /* texts: what no BOM shows */
    struct rules_run sources;   /* struct rules_source */
    uint32_t exceptions;
    uint32_t file; /* where the rules define it */
};

struct rules_profile {
    uint32_t id, name, description;
    uint32_t within;           /* profile, or RULES_NONE */
    uint32_t does;             /* activities that `purchase` stands for too */
    struct rules_run includes; /* profiles whose clauses bind this one too */
    struct rules_run supplies; /* profiles of its customers */
    /* Countries (texts) whose makers it wants first, and not at all. */
    struct rules_run prefers, avoids;
    uint32_t file; /* where the rules define it */
};

/** Categories are numbered in tree order: a subtree is a run of numbers. */
struct rules_category {
    uint32_t id, name;
    uint32_t check;    /* what to look at before another part is taken, or "" */
    uint32_t parent;   /* RULES_NONE for "all", which is number 0 */
    uint32_t end;      /* one past the last category below this one */
    uint32_t heading;  /* not 0: two parts of which no more is known may be of
                          different kinds, and are no equivalents */
    uint32_t plugs_in; /* not 0: what has another form or interface is no
                          equivalent; holds for what is below it too */
    uint32_t assembly; /* not 0: others' parts are inside, which its own number
                          does not tell; holds for what is below it too */
};

/** One code of a grammar's table, and what it says of the part. */
struct rules_code {
    uint32_t code;     /* text, upper case, no separators */
    uint32_t category; /* or RULES_NONE */
    uint32_t depth_mwords, density_mbit, width, speed_mts, voltage_mv, dies;
    uint32_t package, temperature, interface; /* texts, "" */
};

struct rules_table {
    uint32_t name;
    struct rules_run codes; /* struct rules_code */
};

enum rules_tier { RULES_TIER_HIGH, RULES_TIER_MEDIUM, RULES_TIER_LOW };

/** A part-number family; the pattern language is in rules/README.md. */
struct rules_family {
    uint64_t heads[PATTERN_HEAD]; /* what its keys begin with: see
                                     pattern_chars_at() */
    uint32_t id, name, party, category, tier;
    uint32_t pattern;
    struct rules_run steps;    /* of the pattern; see rules_steps() */
    struct rules_run tables;   /* struct rules_table its pattern may name */
    struct rules_run except;   /* texts: beginnings that are somebody else's */
    struct rules_run examples; /* texts: part numbers that must fit */
    struct rules_code fixed;   /* what every part of the family has */
    uint32_t lifecycle;        /* text, "" or "end-of-life" */
};

/** A published replacement of one part number by another. */
struct rules_cross {
    uint32_t from_key, from; /* reduced with mpn_key(); as written */
    uint32_t to, to_party;
    uint32_t level, check, source; /* texts */
};

/** A word list: `header/mpn`, `legal-form`, `distributor`, … */
struct rules_words {
    uint32_t name;
    struct rules_run words; /* texts, normalised as the list asks */
};

/** One source file of the rule set, as it was read. */
struct rules_file {
    uint32_t path; /* relative, such as "measures/us-ndaa-889.yaml" */
    uint32_t text;
};

/**
 * Open a compiled index. Nothing is parsed or copied.
 *
 * @param[out] out  Free with ruleset_close(). Untouched on failure.
 * @param bytes     8-byte aligned; must outlive the rule set.
 * @return false when `bytes` is not an index of this program's version.
 */
NODISCARD bool ruleset_open(struct ruleset **out, const void *bytes,
                            size_t size, struct err *err);

/** Like ruleset_open(), taking `bytes` (from mem_alloc()) over, also on
    failure. */
NODISCARD bool ruleset_adopt(struct ruleset **out, void *bytes, size_t size,
                             struct err *err);

/** Accepts NULL. */
void ruleset_close(struct ruleset *rules);

const char *ruleset_version(const struct ruleset *rules);
/** SHA-256 over the source files, lower-case hex. */
const char *ruleset_sha256(const struct ruleset *rules);
/** The newest day any source was known to; DATE_NONE without measures. */
int32_t ruleset_known_to(const struct ruleset *rules);

/** Text by its reference; never NULL. */
const char *rules_text(const struct ruleset *rules, uint32_t text);
struct str rules_str(const struct ruleset *rules, uint32_t text);

/* How many records there are, and one of them; `index` must be in range. */
uint32_t rules_party_count(const struct ruleset *rules);
const struct rules_party *rules_party(const struct ruleset *rules,
                                      uint32_t index);
uint32_t rules_measure_count(const struct ruleset *rules);
const struct rules_measure *rules_measure(const struct ruleset *rules,
                                          uint32_t index);
uint32_t rules_clause_count(const struct ruleset *rules);
const struct rules_clause *rules_clause(const struct ruleset *rules,
                                        uint32_t index);
uint32_t rules_profile_count(const struct ruleset *rules);
const struct rules_profile *rules_profile(const struct ruleset *rules,
                                          uint32_t index);
uint32_t rules_category_count(const struct ruleset *rules);
const struct rules_category *rules_category(const struct ruleset *rules,
                                            uint32_t index);
uint32_t rules_family_count(const struct ruleset *rules);
const struct rules_family *rules_family(const struct ruleset *rules,
                                        uint32_t index);
uint32_t rules_cross_count(const struct ruleset *rules);
/** Sorted by `from_key`. */
const struct rules_cross *rules_cross(const struct ruleset *rules,
                                      uint32_t index);
uint32_t rules_file_count(const struct ruleset *rules);
const struct rules_file *rules_file(const struct ruleset *rules,
                                    uint32_t index);
uint32_t rules_name_count(const struct ruleset *rules);
uint32_t rules_words_count(const struct ruleset *rules);
/** Sorted by `name`. */
const struct rules_words *rules_words(const struct ruleset *rules,
                                      uint32_t index);

/* The elements of a run; `i` counts from 0. */
const struct rules_name *rules_name(const struct ruleset *rules, uint32_t i);
const struct rules_shape *rules_shape(const struct ruleset *rules,
                                      uint32_t name);
const struct rules_alike *rules_alike(const struct ruleset *rules, uint32_t i);
/** A name's number. */
uint32_t rules_posting(const struct ruleset *rules, uint32_t i);
const struct rules_link *rules_link(const struct ruleset *rules, uint32_t i);
const struct rules_source *rules_source(const struct ruleset *rules,
                                        uint32_t i);
const struct rules_listing *rules_listing(const struct ruleset *rules,
                                          uint32_t i);
const struct rules_approval *rules_approval(const struct ruleset *rules,
                                            uint32_t i);
/** The first of a run of steps, the others behind it. */
const struct pattern_op *rules_steps(const struct ruleset *rules,
                                     struct rules_run run);
const struct rules_table *rules_table(const struct ruleset *rules, uint32_t i);
const struct rules_code *rules_code(const struct ruleset *rules, uint32_t i);
/** An element of a run of numbers or texts (`binds`, `covers`, `blind`, …). */
uint32_t rules_item(const struct ruleset *rules, struct rules_run run,
                    uint32_t i);

/* Find by id; RULES_NONE when there is none. */
uint32_t rules_find_party(const struct ruleset *rules, struct str id);
uint32_t rules_find_measure(const struct ruleset *rules, struct str id);
uint32_t rules_find_profile(const struct ruleset *rules, struct str id);
uint32_t rules_find_category(const struct ruleset *rules, struct str id);

/** What name_normalise() needs, from this rule set's word lists. */
const struct name_words *rules_name_words(const struct ruleset *rules);

/** True when `category` is `above` or below it in the tree. */
bool rules_category_within(const struct ruleset *rules, uint32_t category,
                           uint32_t above);

/**
 * The names that normalise to `text` (from name_normalise()).
 *
 * @param[out] first  Number of the first; the others follow it.
 * @return how many there are.
 */
uint32_t rules_find_names(const struct ruleset *rules, struct str text,
                          uint32_t *first);

/** Number of the first name whose text is not below `text`; their count when
    there is none. */
uint32_t rules_names_from(const struct ruleset *rules, struct str text);
/** The names under a key of the whole name: a run of struct rules_alike. */
struct rules_run rules_find_alike(const struct ruleset *rules, uint32_t key);
/** The names that hold a gram: a run for rules_posting(). */
struct rules_run rules_find_gram(const struct ruleset *rules, uint32_t gram);

/** Does any measure have an approved list? */
bool rules_have_approvals(const struct ruleset *rules);
/**
 * The rows of a measure's approved list that name just that: an IPN with
 * whatever else; without one a part number of any maker; without both a maker,
 * or, with RULES_NONE, none.
 *
 * @param ipn    From ipn_key(), or empty.
 * @param mpn    From mpn_key(), or empty; not asked with an IPN.
 * @param party  Not asked with an IPN or a part number.
 */
struct rules_run rules_find_approvals(const struct ruleset *rules,
                                      const struct rules_measure *measure,
                                      struct str ipn, struct str mpn,
                                      uint32_t party);

/** The list of that name, an empty run when there is none. */
struct rules_run rules_find_words(const struct ruleset *rules, struct str name);
/** Is `word` in the list? Lists are sorted, so this is a binary search. */
bool rules_has_word(const struct ruleset *rules, struct rules_run words,
                    struct str word);
/** The published replacements of a part: a run of struct rules_cross. */
struct rules_run rules_find_crosses(const struct ruleset *rules,
                                    struct str key);

/* The words that the YAML, the reports and the command line use. */
/** "own", "foundry", "bought"; NULL when not said. */
const char *rules_dies_name(enum rules_dies dies);
const char *rules_effect_name(enum rules_effect effect);
const char *rules_reach_name(enum rules_reach reach);
const char *rules_confidence_name(enum rules_confidence confidence);
const char *rules_approval_status_name(enum rules_approval_status status);
const char *rules_activity_name(enum rules_activity activity);
/** 0 when there is no such activity. */
unsigned rules_activity_parse(struct str name);
/** All names, for help and error texts; ends with NULL. */
extern const char *const rules_activity_names[];

#endif
