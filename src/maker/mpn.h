#ifndef BOMGATE_MAKER_MPN_H
#define BOMGATE_MAKER_MPN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/compiler.h"
#include "core/str.h"
#include "maker/maker.h"
#include "maker/mpn_memo.h"
#include "ruleset/pattern.h"
#include "ruleset/ruleset.h"

/** One part-number family that a text belongs to. */
struct mpn_hit {
    uint32_t family, party;
    enum rules_tier tier;
    unsigned weight; /* how much of it the family's pattern spells out */
    struct str text; /* what matched, in the cell */
    bool ambiguous;  /* the same text fits another company's family too */
    struct part_facts facts;
};

/** The answer of a match; the hits belong to the matcher. */
struct mpn_match {
    const struct mpn_hit *hits; /* all of one tier; each company once */
    size_t count;
    struct str read_as; /* the key, where the text had to be read otherwise */
    bool mended;        /* a slip was mended: likely, not sure */
};

#define MPN_KEY_CHARS 36 /* letters and digits */

/** Recognises part numbers by the grammars of a rule set. */
struct mpn_matcher {
    const struct ruleset *rules;
    struct mpn_head *heads; /* the families, by a key's first character */
    size_t first[MPN_KEY_CHARS + 1]; /* where each character's begin */
    struct str *suffixes;            /* packing codes */
    size_t suffix_count;
    struct strbuf key, fold, scratch;
    struct mpn_hit *hits;
    size_t hit_count, hit_cap;
    struct str text;     /* what is being tried */
    unsigned level;      /* how freely the cell is being read */
    unsigned best_level; /* of the hits */
    size_t reach;        /* of the key that was tried last: the first character
                            that no family could take */
    bool high_only, failed;
    size_t steps;         /* of patterns, that all calls so far took */
    struct mpn_memo memo; /* of mpn_match_cell() */
};

/** @return false when memory is out; the matcher may be disposed of. */
NODISCARD bool mpn_matcher_init(struct mpn_matcher *matcher,
                                const struct ruleset *rules);
void mpn_matcher_dispose(struct mpn_matcher *matcher);

/**
 * Find the families of a part-number cell, read ever more freely until a
 * family of the high tier fits: as written; without packing codes; each of
 * several part numbers in it; word by word; last, when nothing fits, with
 * slips such as 0 for O mended.
 *
 * @param high_only  Only families that claim a maker on their own.
 * @param[out] out   Valid until the next call.
 * @return false when memory is out.
 */
NODISCARD bool mpn_match_cell(struct mpn_matcher *matcher, struct str cell,
                              bool high_only, struct mpn_match *out);

/** Find the families of a text that is one part number as its maker writes it,
    and nothing else. */
NODISCARD bool mpn_match_number(struct mpn_matcher *matcher, struct str number,
                                struct mpn_match *out);

/** The same for the long words of a description, in the high tier only. */
NODISCARD bool mpn_match_prose(struct mpn_matcher *matcher, struct str text,
                               struct mpn_match *out);

/** Do letters and digits stand in the cell as in a part number? */
bool mpn_looks_like(struct str cell);

#endif
