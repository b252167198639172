#ifndef BOMGATE_RUN_LIST_COMPANIES_H
#define BOMGATE_RUN_LIST_COMPANIES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "run/list_names.h"
#include "run/list_table.h"

/** From when to when an entry stands on the list; empty: not said. */
struct list_span {
    struct str from, until;
};

struct list_alias {
    struct str key, raw; /* normalised; as the list writes it */
    bool shared;         /* other companies of the list use it too */
};

/** All entries of one name. */
struct list_company {
    struct str key, name; /* normalised; as the list writes it */
    struct str id;        /* of its party; empty for what is no company */
    bool known;           /* the party was there before */
    bool company;
    bool unclear; /* several known parties have its name: no party is made */
    struct str country, url, title;
    struct list_alias *aliases; /* sorted by key */
    size_t alias_count;
    struct list_span *spans;
    size_t span_count;
    uint32_t line; /* of its first entry */
};

/** A known party that an alias leads to: for a person to look at. */
struct list_doubt {
    const char *party;
    struct list_span span;
};

/** A list by companies, sorted by name. */
struct list_companies {
    struct list_company *items;
    size_t count;
    struct list_doubt *doubts; /* sorted by party, each once */
    size_t doubt_count;
};

struct list_companies_options {
    const struct list_table *table;
    const struct list_names *names;
    const char *measure; /* what an id begins with that no name gives */
    struct str from;     /* for entries that say no day; or empty */
    void (*note)(void *ctx, uint32_t line, const char *message);
    void *ctx;
};

/**
 * Put the entries of one name together and find out which of them are known.
 *
 * @param[out] out  Its memory is `arena`'s.
 * @return false when a name holds no letter; err has the line.
 */
NODISCARD bool list_companies_make(struct list_companies *out,
                                   struct arena *arena,
                                   const struct list_companies_options *options,
                                   struct err *err);

#endif
