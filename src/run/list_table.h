#ifndef BOMGATE_RUN_LIST_TABLE_H
#define BOMGATE_RUN_LIST_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/compiler.h"
#include "core/err.h"
#include "core/str.h"

#define LIST_ENTRIES_MAX 1000000 /* the longest public list has 300,000 */
#define LIST_ALIASES_MAX 4096    /* of one entry; a real one had 300 */

/** One entry of an official list; texts live as long as the table. */
struct list_entry {
    uint32_t line;
    struct str name;
    struct str *aliases;
    size_t alias_count;
    struct str country;     /* "CN", or empty */
    struct str from, until; /* YYYY-MM-DD, or empty */
    struct str url, title;  /* where the list says so, or empty */
    bool company;           /* else a person, a ship, an aircraft, … */
};

/** A kind of list, recognised by its columns: one row of the table in
    list_table.c. */
struct list_format;

struct list_table {
    struct arena arena;
    const struct list_format *format;
    struct list_entry *entries;
    size_t count, cap;
    struct str newest; /* the newest day that the file names, or empty */
};

/** What a list is called, who keeps it and where; "" when not known. */
const char *list_format_title(const struct list_format *format);
const char *list_format_jurisdiction(const struct list_format *format);
const char *list_format_url(const struct list_format *format);

/**
 * Read an official list in one of the CSV forms that are known: all of it, or
 * nothing.
 *
 * @param[out] out  Dispose of with list_table_dispose(). Untouched on failure.
 * @return false when a column is missing, named anew or stands twice, when a
 *         row has too few or too many cells, a name is empty, a day is none,
 *         or anything in the file cannot be read as it stands. err has file
 *         and line.
 */
NODISCARD bool list_table_read(struct list_table *out, const char *path,
                               struct err *err);
/** How much a file's first row looks like that of an official list. */
enum list_likeness {
    LIST_UNLIKE,
    LIST_LIKE,    /* a column has a name that stands in one */
    LIST_CERTAIN, /* most columns of one that is published are there */
};
enum list_likeness list_table_likeness(const char *path);
void list_table_dispose(struct list_table *table);

#endif
