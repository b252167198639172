#ifndef BOMGATE_HISTORY_STORE_H
#define BOMGATE_HISTORY_STORE_H

#include <stdbool.h>

#include "core/compiler.h"
#include "core/err.h"

/**
 * The history: what was checked, by which rules, and what was found, in one
 * SQLite file (WAL mode; https://sqlite.org/wal.html). Several processes may
 * use it at once. schema.sql says what is in it.
 */
struct history;

/** Layout of the file that this program writes, as its user_version. */
#define HISTORY_VERSION 1

enum history_use {
    HISTORY_RECORD, /* read and write; a file that is missing is made */
    HISTORY_CHANGE, /* read and write; it must be there */
    HISTORY_READ,   /* of a folder that may not be written to, too */
};

/**
 * Open a history, and bring one that an earlier version of the program wrote
 * to today's layout.
 *
 * @param[out] out  Close with history_close(). Untouched on failure.
 * @return false when the file is not there, is something else, is damaged, or
 *         was written by a later version; it is left as it is then.
 */
NODISCARD bool history_open(struct history **out, const char *path,
                            enum history_use use, struct err *err);

/** A history of nothing, in memory: what a new file holds. */
NODISCARD bool history_open_fresh(struct history **out, struct err *err);

/** What was not committed is undone. Accepts NULL. */
void history_close(struct history *history);

/** Run statements that give no rows. */
NODISCARD bool history_exec(struct history *history, const char *sql,
                            struct err *err);

/** Begin to write; waits for other processes that do. */
NODISCARD bool history_begin(struct history *history, struct err *err);
/** All of it is on the disk then, or nothing. */
NODISCARD bool history_commit(struct history *history, struct err *err);
/** Undo what was written since history_begin(). */
void history_rollback(struct history *history);

/** What SQLite last refused, in words; ERR_SYNTAX when the file does not hold
    what it should. @return always false. */
bool history_fault(struct history *history, struct err *err);
/** Could the system read and write the file so far? If not, err says why:
    SQLite may take what it did not get for damage. */
bool history_is_read(struct history *history, struct err *err);

#endif
