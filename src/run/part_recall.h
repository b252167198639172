#ifndef BOMGATE_RUN_PART_RECALL_H
#define BOMGATE_RUN_PART_RECALL_H

#include "bom/bom.h"
#include "core/compiler.h"
#include "core/err.h"
#include "run/gist_memo.h"
#include "run/part_memo.h"

/**
 * Finds out what a part is and what the rules say of it, from its line alone,
 * and remembers both: a part of which nobody says anything beside its line is
 * what it was when it was seen last.
 */
struct part_recall {
    const struct ruleset *rules;
    struct maker_resolver *resolver;
    struct screener *screener;
    struct part_memo parts; /* by all of their cells */
    struct gist_memo gists; /* of which nothing is told, by what counts */
};

/** Between lines: forget all when there is too much, or where `anew` says that
    the screener has. */
void part_recall_trim(struct part_recall *recall, bool anew);

/**
 * @param query  Brief; where something is to be told of the part the answer has
 *               its evidence all the same.
 * @return NULL on failure; else valid until part_recall_trim().
 */
const struct part_answer *part_recall(struct part_recall *recall,
                                      const struct bom_line *line,
                                      const struct bom_part *part,
                                      const struct maker_query *query,
                                      struct err *err);

/**
 * Is what is known of the part the same for each that differs only in how its
 * maker is written?
 *
 * @param[out] names  A number for the companies that the maker's cell names.
 */
bool part_recall_names(struct part_recall *recall, const struct bom_part *part,
                       const struct maker_query *query, uint64_t *names);

void part_recall_dispose(struct part_recall *recall);

/** Is there anything to say of it? Then somebody will ask for the evidence. */
bool part_is_told(const struct screening *screening);

/** What the screener asks of a part beside who made it. */
struct part_named part_named_of(const struct bom_line *line,
                                const struct bom_part *part);

#endif
