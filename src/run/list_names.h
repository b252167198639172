#ifndef BOMGATE_RUN_LIST_NAMES_H
#define BOMGATE_RUN_LIST_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/map.h"
#include "ruleset/ruleset.h"
#include "ruleset/sources.h"

/** The names of the parties that an import finds in place. */
struct list_names {
    const struct ruleset *shipped; /* NULL: the folder stands alone */
    const struct name_words *words;
    struct rule_document *documents; /* the folder's */
    size_t document_count;
    struct arena arena;
    struct map certain, unsure; /* normalised name -> index into `ids` */
    struct map ids_taken;       /* party id -> index */
    const char **ids;
    size_t count, cap;
};

/**
 * Read the parties in a folder's files.
 *
 * @param[out] names   Dispose of with list_names_dispose().
 * @param shipped      The rules that the folder's are added to; NULL: none.
 * @param words        For name_normalise(); must outlive `names`.
 * @param sources      The folder's files; must outlive `names`.
 * @param leave_out    The path of a file whose parties do not count.
 */
NODISCARD bool list_names_read(struct list_names *names,
                               const struct ruleset *shipped,
                               const struct name_words *words,
                               const struct rule_sources *sources,
                               struct str leave_out, struct err *err);
void list_names_dispose(struct list_names *names);

/** How a name leads to a party. */
struct list_match {
    const char *party; /* id; NULL: to none */
    bool certain; /* else a shared name, or one without its generic words */
    bool shared;  /* several parties use it */
};

/**
 * The `i`-th party that a name leads to, a certain one first and alone.
 *
 * @param name  From name_normalise().
 */
struct list_match list_names_find(const struct list_names *names,
                                  struct str name, size_t i);
/** Is there a party of that id? */
bool list_names_has_id(const struct list_names *names, struct str id);

#endif
