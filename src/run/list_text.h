#ifndef BOMGATE_RUN_LIST_TEXT_H
#define BOMGATE_RUN_LIST_TEXT_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"
#include "run/list_companies.h"

/* The YAML that an import writes. */

/** How a file that an import wrote begins. */
extern const char list_text_mark[];

/** The party file for the companies that are new; nothing when none is. */
void list_text_parties(struct strbuf *out, const struct list_companies *list,
                       const char *measure);

/** The key `parties` of a measure and its list. */
void list_text_listings(struct strbuf *out, const struct list_companies *list);

/** What a measure says when the import begins it. */
struct list_text_measure {
    const char *id;
    struct str file; /* the list's name */
    const struct list_table *table;
    struct str from;
};

/** A measure that is only a list, with its `parties`. */
void list_text_new_measure(struct strbuf *out,
                           const struct list_text_measure *measure,
                           struct str listings);

/**
 * A measure's file with its list replaced, or added; all else as it was.
 *
 * @param key   `parties` or `approved`, which `listings` begins with.
 * @param text  A mapping, its keys at the beginnings of lines.
 * @return false when it is anything else, or takes the list of another measure.
 */
NODISCARD bool list_text_replace(struct strbuf *out, struct str text,
                                 struct str key, struct str listings,
                                 struct err *err);

/** The address of a source that is a file beside the rules. */
void list_text_file_url(struct strbuf *out, struct str file);

#endif
