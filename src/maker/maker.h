#ifndef BOMGATE_MAKER_MAKER_H
#define BOMGATE_MAKER_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "ruleset/ruleset.h"

/** The method's stable id; changes whenever an answer could change. */
#define MAKER_METHOD "maker-1"

enum maker_confidence { MAKER_NONE, MAKER_PROBABLE, MAKER_CERTAIN };

/** How a maker was found; an OR of bits, named by maker_match_name(). */
enum maker_match {
    MAKER_BY_NAME = 1 << 0,       /* the name is one of the party's */
    MAKER_BY_CORE_NAME = 1 << 1,  /* it is, without generic words */
    MAKER_BY_SHARED = 1 << 2,     /* several companies use the name */
    MAKER_BY_SIMILAR = 1 << 3,    /* it looks like one of the party's */
    MAKER_BY_MPN = 1 << 4,        /* the part number has the party's form */
    MAKER_BY_MPN_PREFIX = 1 << 5, /* only its beginning has */
    MAKER_CONTRADICTED = 1 << 6,  /* name and part number disagree */
    MAKER_BY_PARTS_FILE = 1 << 7, /* the company's parts file says so */
};
#define MAKER_MATCH_COUNT 8
/** "manufacturer-name", … for bit number `i`. */
const char *maker_match_name(unsigned i);

/** One company that the part may come from. */
struct maker_candidate {
    uint32_t party;
    enum maker_confidence confidence;
    unsigned matched_by; /* enum maker_match bits */
    uint32_t name;       /* struct rules_name that matched, or RULES_NONE */
};

/** The parameters of struct part_facts. */
enum part_parameter {
    PART_DENSITY,
    PART_WIDTH,
    PART_SPEED,
    PART_VOLTAGE,
    PART_DIES,
    PART_PACKAGE,
    PART_TEMPERATURE,
    PART_INTERFACE,
};
#define PART_PARAMETER_COUNT 8
/** "density_mbit", … */
const char *part_parameter_name(enum part_parameter parameter);

/** What is known of a part beside its maker; 0 or "" when not known. */
struct part_facts {
    uint32_t category;           /* RULES_NONE: not known */
    const char *category_source; /* "mpn", "description", "column", "option" */
    uint32_t density_mbit, width, speed_mts, voltage_mv, dies;
    const char *package, *temperature, *interface;
    const char *sources[PART_PARAMETER_COUNT]; /* "mpn", "description", "" */
    uint32_t family; /* grammar family, or RULES_NONE */
};

/** What is asked: the cells of one part. Empty text where nothing is said. */
struct maker_query {
    struct str manufacturer, mpn;
    struct str value, description, category;    /* for what it is */
    struct str manufacturer_header, mpn_header; /* for the evidence */
    bool brief; /* without evidence, which takes longer than all else */
};

/** The answer. Everything it points to lives in the resolver or the rules. */
struct maker {
    const struct maker_candidate *candidates; /* surest first */
    size_t candidate_count;                   /* 0: no maker could be found */
    struct part_facts facts;
    struct str evidence; /* one sentence a person can check; empty when brief */
    bool passive;   /* a generic resistor, capacitor … that names no maker */
    bool overruled; /* its number has another maker's form, and somebody signed
                       in the parts file that it is this one's all the same */
};

/** Remembers what cells say; one thread at a time. */
struct maker_resolver;

/** @param rules Must outlive the resolver. @return NULL when memory is out. */
NODISCARD struct maker_resolver *maker_resolver_new(
    const struct ruleset *rules);
void maker_resolver_free(struct maker_resolver *resolver);

/**
 * Find out who made a part, and what it is.
 *
 * What a cell says is remembered, in bounded memory; what an answer points to
 * is valid until the next call.
 *
 * @return false only when memory is out.
 */
NODISCARD bool maker_resolve(struct maker_resolver *resolver,
                             const struct maker_query *query, struct maker *out,
                             struct err *err);

/** What the answer to a query depends on, its evidence aside, where that is
   less than its texts. Numbers mean the same while the epoch does. */
struct maker_gist {
    uint32_t name;     /* whom the maker's cell names */
    uint32_t part;     /* what the part number says, or MAKER_NO_PART */
    uint32_t category; /* what the line says that it is, or RULES_NONE */
    bool in_column;    /* it does in a column of categories */
};
#define MAKER_NO_PART UINT32_MAX

/** @return false where it depends on all of the texts. */
bool maker_gist(struct maker_resolver *resolver,
                const struct maker_query *query, struct maker_gist *out);

/** A number for whom the maker's cell of a gist names, of one that was just
    made; it never stands for others. */
uint64_t maker_gist_names(const struct maker_resolver *resolver,
                          const struct maker_gist *gist);

/** Another number when the resolver has forgotten what gists mean. */
uint32_t maker_gist_epoch(const struct maker_resolver *resolver);

/** Copy an answer with all that it points to of the resolver's.
    @return false when the arena's memory is out. */
NODISCARD bool maker_copy(struct arena *arena, const struct maker *maker,
                          struct maker *out);

/** The only company that the part may come from; NULL: none, or several. */
const struct maker_candidate *maker_sole(const struct maker *maker);
/** The same, where that is certain. */
const struct maker_candidate *maker_certain(const struct maker *maker);
/** Do name and part number disagree? */
bool maker_is_contradicted(const struct maker *maker);

/**
 * The party that a text names for certain: by its id, or by a name that is
 * nobody else's.
 *
 * @param rules     The resolver's.
 * @param[out] out  RULES_NONE where it names none.
 * @return false only when memory is out.
 */
NODISCARD bool maker_find_party(struct maker_resolver *resolver,
                                const struct ruleset *rules, struct str name,
                                uint32_t *out, struct err *err);

/** Parties that are, or ever were, linked by ownership or a sold business. */
bool maker_linked(const struct ruleset *rules, uint32_t a, uint32_t b);

/** Was `party` owned by `owner`, and is no more? */
bool maker_left(const struct ruleset *rules, uint32_t party, uint32_t owner);

#endif
