#ifndef BOMGATE_RUN_PARTS_TODO_H
#define BOMGATE_RUN_PARTS_TODO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/compiler.h"
#include "core/err.h"
#include "report/report.h"
#include "run/parts_file.h"

/**
 * The parts that nobody could resolve, or that ask for a person's look: each
 * once over all BOMs, the most used first, as a parts file to fill in.
 */
struct parts_todo;

/** @param run  Of the run whose lines follow; copied, but for what it points
   to.
    @return NULL when memory is out. */
NODISCARD struct parts_todo *parts_todo_new(const struct run_info *run);
void parts_todo_free(struct parts_todo *todo);

/** What it was made with. */
const struct run_info *parts_todo_run(const struct parts_todo *todo);

/** Take what is open of a line. @return false when memory is out. */
NODISCARD bool parts_todo_line(struct parts_todo *todo,
                               const struct report_line *line, struct err *err);

/** How many parts are open, and on how many lines more than fit. */
size_t parts_todo_count(const struct parts_todo *todo);
uint32_t parts_todo_beyond(const struct parts_todo *todo);
/** How many lines have neither a number nor a value, so that no parts file can
    speak of them; and where the first of them stand. */
size_t parts_todo_keyless(const struct parts_todo *todo, struct str *lines);

/** The columns of what is written; those of a parts file among them. */
enum parts_todo_column {
    TODO_USES,
    TODO_QUANTITY,
    TODO_IPN,
    TODO_DISTRIBUTOR_PN,
    TODO_VALUE,
    TODO_FOOTPRINT,
    TODO_DESCRIPTION,
    TODO_NAMED,
    TODO_WHY,
    TODO_GUESS,
    TODO_MANUFACTURER,
    TODO_MPN,
    TODO_CATEGORY,
    TODO_ORIGIN,
    TODO_LIFECYCLE,
    TODO_BY,
    TODO_DATE,
    TODO_EVIDENCE,
    TODO_WHERE,
    TODO_COLUMN_COUNT
};
/** Columns of its own that a company may have in its parts file. */
#define TODO_OTHERS_MAX 40
/** For tr(): a parts file is read by these names in any language. */
const char *parts_todo_header(enum parts_todo_column column);

/** One row to write; `uses` 0: an answer that the parts file has already. */
struct parts_todo_row {
    size_t uses;
    struct str cells[TODO_COLUMN_COUNT]; /* TODO_USES aside */
    const struct named_row *source;      /* of that answer; else NULL */
};

/** Columns of the company's own that stay beside. */
struct parts_todo_others {
    const struct named_table *table; /* NULL: there are none */
    size_t at[TODO_OTHERS_MAX];      /* among the table's others */
    size_t count;
};
/** @param parts  Or NULL. @return false: more than have room. */
NODISCARD bool parts_todo_find_others(const struct parts_file *parts,
                                      struct parts_todo_others *out,
                                      struct err *err);
/** What stands in the i-th of them. */
struct str parts_todo_other(const struct parts_todo_others *others,
                            const struct parts_todo_row *row, size_t i);

/**
 * Have the rows written: what is open, and then what the parts file says
 * already, so that what is written takes its place.
 *
 * @param parts  Or NULL.
 * @param put    Gets each row, borrowed for the call; false ends it.
 */
NODISCARD bool parts_todo_rows(struct parts_todo *todo,
                               const struct parts_file *parts,
                               bool (*put)(void *ctx,
                                           const struct parts_todo_row *row),
                               void *ctx, struct err *err);

/** Write them: as CSV for a name that ends with ".csv", as an Excel workbook
    with lists to choose from for ".xlsx". Whole or not at all. */
NODISCARD bool parts_todo_write(struct parts_todo *todo,
                                const struct parts_file *parts,
                                const char *path, struct err *err);

#endif
