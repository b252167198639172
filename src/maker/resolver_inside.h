#ifndef BOMGATE_MAKER_RESOLVER_INSIDE_H
#define BOMGATE_MAKER_RESOLVER_INSIDE_H

#include "maker/describe.h"
#include "maker/maker.h"
#include "maker/match_name.h"
#include "maker/mpn.h"
#include "maker/name_memo.h"
#include "maker/text_memo.h"

/* What the files of the resolver share. */

struct maker_resolver {
    const struct ruleset *rules;
    uint32_t passive; /* category, RULES_NONE if missing */
    struct rules_run placeholders;
    struct name_matcher names;
    struct mpn_matcher mpns;
    struct describer describer;
    struct strbuf text, sentence;
    struct arena arena; /* of the answer in hand */
    /* What is remembered: of names, of other cells; mpn_matcher has its own. */
    struct name_memo name_memo;
    struct text_memo texts;
    struct map readings; /* what part numbers say -> number */
    struct arena reading_keys;
    struct strbuf reading;
};

/** The cells as they are read: trimmed, and not too long to be read in
    reasonable time; `cut` is set where one was too long. */
struct maker_query cell_cut_query(const struct maker_query *query, bool *cut);

/** A cell whose sayings are remembered. */
struct cell {
    struct str text;
    uint64_t hash; /* in `texts` */
};

struct cell cell_ask(const struct maker_resolver *resolver, struct str text);

/** "N/A", or nothing. */
bool cell_is_placeholder(struct maker_resolver *resolver, struct cell cell);

/** What the cell says that the part is, in a column of categories or in words;
    RULES_NONE: nothing. */
uint32_t cell_category(struct maker_resolver *resolver, struct cell cell,
                       bool column);

/** Which part numbers stand in it. @return false when memory is out. */
NODISCARD bool cell_parts(struct maker_resolver *resolver, struct cell cell,
                          enum text_reading as, enum text_parts *out);

/**
 * What the cell says as a part number.
 *
 * @param[out] out  The same number for cells that say the same.
 * @return false when memory is out, or too much was said already.
 */
NODISCARD bool cell_reading(struct maker_resolver *resolver, struct cell cell,
                            uint32_t *out);

#endif
