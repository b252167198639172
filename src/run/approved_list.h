#ifndef BOMGATE_RUN_APPROVED_LIST_H
#define BOMGATE_RUN_APPROVED_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bom/named_table.h"
#include "core/compiler.h"
#include "core/err.h"
#include "ruleset/ruleset.h"

/*
 * A company's list of approved parts or makers (AML, AVL), as its parts or
 * quality system exports it, on its way into a measure.
 */

enum approved_column {
    APPROVED_IPN,
    APPROVED_MANUFACTURER,
    APPROVED_MPN,
    APPROVED_CATEGORY,
    APPROVED_STATUS,
    APPROVED_FROM,
    APPROVED_UNTIL,
    APPROVED_BY,
    APPROVED_DATE,
    APPROVED_EVIDENCE,
    APPROVED_COLUMN_COUNT
};
extern const struct named_column approved_columns[APPROVED_COLUMN_COUNT];

/** One row, as the measure will have it; empty where nothing is said. */
struct approved_row {
    uint32_t line; /* of the file */
    struct str ipn, mpn;
    struct str party; /* id, or empty: the maker stands by `name`, or any */
    struct str name;
    struct str covers; /* id of a category */
    enum rules_approval_status status;
    struct str from, until, by, date, evidence;
    bool unconfirmed; /* the maker's name may be this party's */
};

struct approved_list {
    struct named_table table;
    struct approved_row *rows; /* sorted; none says what another said */
    size_t count, cap;
    size_t known, unknown, doubtful; /* distinct names of makers */
    size_t distributors;             /* rows left out: they name no maker */
    struct str newest;               /* day that a row was approved, or empty */
};

struct approved_list_options {
    const char *path;
    const struct ruleset *rules; /* that makers and categories are found in */
    /** Told of cells that nobody understands, and of what to look at. */
    void (*note)(void *ctx, const struct err *note);
    void *ctx;
};

/** Does a header name what such a list is about? */
bool approved_list_is(const struct named_table *table);

/**
 * Understand the rows. A maker is found by its name as in a BOM: one that is
 * only probable gives a row for each that it may be, unconfirmed.
 *
 * @param table      Taken over, also on failure.
 * @param[out] out   Dispose of with approved_list_dispose(). Untouched on
 *                   failure.
 * @return false when there is no row, a cell is wrong, or two rows contradict
 *         each other; each has been told.
 */
NODISCARD bool approved_list_make(struct approved_list *out,
                                  struct named_table *table,
                                  const struct approved_list_options *options,
                                  struct err *err);
void approved_list_dispose(struct approved_list *list);

/** The key `approved` of a measure, and its rows. */
void approved_list_write(struct strbuf *out, const struct approved_list *list);

/** A measure of its own that hits what the list does not approve. */
void approved_list_write_measure(struct strbuf *out, const char *id,
                                 struct str file, struct str from,
                                 const struct approved_list *list,
                                 struct str rows);

#endif
