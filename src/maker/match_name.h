#ifndef BOMGATE_MAKER_MATCH_NAME_H
#define BOMGATE_MAKER_MATCH_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/maker.h"
#include "ruleset/ruleset.h"

/** What a cell with a maker's name turned out to hold. */
enum name_state {
    NAME_NOT_GIVEN,   /* nothing, or a placeholder such as "N/A" */
    NAME_DISTRIBUTOR, /* who sells the part, not who makes it */
    NAME_UNKNOWN,     /* a name that the rules do not have */
    NAME_FOUND,
};

/** Where in the cell the name stood. */
enum name_place {
    NAME_WHOLE,   /* it is the cell */
    NAME_PART,    /* one of several names in it: "Micron / Samsung" */
    NAME_ADDRESS, /* in a web address */
    NAME_LEADING, /* in front of a part number */
};

/** One company that a cell names. */
struct name_hit {
    uint32_t party, name; /* `name` as in struct maker_candidate */
    enum maker_confidence confidence;
    unsigned matched_by;
    enum name_place place;
    struct str text; /* the words that named it, in the cell */
};

/** The answer of name_match(); the hits belong to the matcher. */
struct name_match {
    enum name_state state;
    const struct name_hit *hits;
    size_t count;
};

/** Reads names; a zeroed struct with `rules` set is ready. */
struct name_matcher {
    const struct ruleset *rules;
    struct strbuf normal, core, scratch;
    struct name_hit *hits;
    size_t hit_count, hit_cap;
    bool matched; /* the latest piece named somebody */
    bool failed;  /* memory ran out */
};

void name_matcher_init(struct name_matcher *matcher,
                       const struct ruleset *rules);
void name_matcher_dispose(struct name_matcher *matcher);

/**
 * Find whom a manufacturer cell names: its whole text by an exact name, by the
 * name's core; else each of several names in it; else, as a proposal only,
 * what looks similar.
 *
 * @param[out] out  Valid until the next call.
 * @return false when memory is out.
 */
NODISCARD bool name_match(struct name_matcher *matcher, struct str cell,
                          struct name_match *out);

/**
 * Find a maker that is named by the first words of a part number, value or
 * description, such as "YAGEO CC0402KRX7R7BB104".
 *
 * @param prose      The cell is a value or description: words that are not
 *                   followed by a part number name nobody.
 * @param[out] rest  What follows the name.
 * @return 1 when one is named, 0 when not, -1 when memory is out.
 */
int name_match_leading(struct name_matcher *matcher, struct str cell,
                       bool prose, struct name_hit *out, struct str *rest);

/**
 * Does `folded` (from name_fold()) hold one of the party's names as whole
 * words? Names of up to NAME_SHORT letters do not count.
 */
bool name_mentioned(const struct ruleset *rules, uint32_t party,
                    struct str folded);

#endif
