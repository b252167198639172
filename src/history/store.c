#include "history/store.h"

#include <lazy/sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/lang.h"
#include "core/mem.h"
#include "core/uri.h"
#include "history/query.h"
#include "history/schema.h"
#include "history/store_inside.h"

/* "bomg", in the file's header:
 * https://sqlite.org/pragma.html#pragma_application_id
 */
#define APPLICATION_ID 0x626f6d67

/* As long as another process may take to record a large BOM. */
#define BUSY_MILLISECONDS 60000

/* From each version to the next, by the number of the older. */
static const char *const migrations[HISTORY_VERSION] = {history_schema};

static const char *fault_text(int status) {
    switch (status) {
    case SQLITE_NOTADB:
        return N_("this is no history of bomgate; name another file");
    case SQLITE_CORRUPT:
        return N_("the history is damaged; `bomgate history verify` says more, "
                  "and a copy of the file must take its place");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return N_("another process is writing to the history, for too long");
    case SQLITE_FULL:
        return N_("the disk is full; nothing was recorded");
    case SQLITE_READONLY:
        return N_("the history may not be written to");
    case SQLITE_CANTOPEN:
        return N_(
            "cannot open it; is the folder there, and may it be written to?");
    default:
        return NULL;
    }
}

bool history_fault(struct history *history, struct err *err) {
    int status = sqlite3_errcode(history->db);
    const char *text = fault_text(status);
    if (status == SQLITE_NOMEM)
        return err_nomem(err);
    bool wrong = status == SQLITE_CORRUPT || status == SQLITE_ERROR;
    enum err_code code = wrong ? ERR_SYNTAX : ERR_IO;
    if (text != NULL)
        err_set(err, code, "%s", tr(text));
    else
        err_set(err, code, tr("the history cannot be read or written: %s"),
                sqlite3_errmsg(history->db));
    return err_at(err, history->path, 0, 0);
}

bool history_is_read(struct history *history, struct err *err) {
    int reason = 0;
    sqlite3_file_control(history->db, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
    if (reason == 0)
        return true;
    err_set(err, ERR_IO, tr("the history cannot be read or written: %s"),
            strerror(reason));
    return err_at(err, history->path, 0, 0);
}

bool history_exec(struct history *history, const char *sql, struct err *err) {
    return sqlite3_exec(history->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           history_fault(history, err);
}

bool history_begin(struct history *history, struct err *err) {
    return history_exec(history, "BEGIN IMMEDIATE", err);
}

void history_rollback(struct history *history) {
    if (sqlite3_get_autocommit(history->db) == 0)
        sqlite3_exec(history->db, "ROLLBACK", NULL, NULL, NULL);
}

bool history_commit(struct history *history, struct err *err) {
    if (history_exec(history, "COMMIT", err))
        return true;
    history_rollback(history);
    return false;
}

static bool pragma(struct history *history, const char *sql, int64_t *out,
                   struct err *err) {
    struct query query = {.history = NULL};
    bool row = false;
    bool ok =
        query_open(&query, history, sql, err) && query_next(&query, &row, err);
    *out = row ? query_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

/* A new file has neither, and no table. */
static bool identify(struct history *history, int64_t *version, bool *fresh,
                     struct err *err) {
    int64_t application, tables;
    if (!pragma(history, "PRAGMA application_id", &application, err) ||
        !pragma(history, "PRAGMA user_version", version, err) ||
        !pragma(history, "SELECT count(*) FROM sqlite_schema", &tables, err))
        return false;
    *fresh = application == 0 && *version == 0 && tables == 0;
    if (!*fresh && application != APPLICATION_ID)
        return err_set(err, ERR_FOREIGN, "%s", tr(fault_text(SQLITE_NOTADB)));
    if (*version > HISTORY_VERSION)
        return err_set(err, ERR_FOREIGN,
                       tr("a later bomgate wrote this history (layout %d, this "
                          "program knows %d); use that one"),
                       (int)*version, HISTORY_VERSION);
    return true;
}

static bool set_version(struct history *history, struct err *err) {
    char *sql = sqlite3_mprintf("PRAGMA application_id = %d;"
                                "PRAGMA user_version = %d",
                                APPLICATION_ID, HISTORY_VERSION);
    bool ok = sql == NULL ? err_nomem(err) : history_exec(history, sql, err);
    sqlite3_free(sql);
    return ok;
}

/* Who waited for the lock may find it done. */
static bool migrate(struct history *history, struct err *err) {
    int64_t version = 0;
    bool fresh;
    if (!history_begin(history, err))
        return false;
    bool ok = identify(history, &version, &fresh, err);
    for (int64_t v = version; ok && v < HISTORY_VERSION; v++)
        ok = history_exec(history, migrations[v], err);
    if (ok && version < HISTORY_VERSION)
        ok = set_version(history, err);
    if (ok)
        return history_commit(history, err);
    history_rollback(history);
    return false;
}

/* The file may come from anybody: https://sqlite.org/security.html */
static bool harden(struct history *history, struct err *err) {
    sqlite3_db_config(history->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(history->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
                      (int *)NULL);
    sqlite3_busy_timeout(history->db, BUSY_MILLISECONDS);
    return history_exec(history,
                        "PRAGMA cache_size = -16384;" /* KiB */
                        "PRAGMA cell_size_check = ON;"
                        "PRAGMA foreign_keys = ON",
                        err);
}

/* The journal goes into the file when who records is done and closes it, not
   while others wait for the lock; unless somebody keeps the file open. */
#define JOURNAL_PAGES "10000"

/* What lies beside another program's file, for that to take in, stays. */
static void keep_journal(struct history *history, bool keep) {
    sqlite3_db_config(history->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, (int)keep,
                      (int *)NULL);
}

/* All that is asked is of one moment: another process may be making it. */
static bool look_inside(struct history *history, int64_t *version, bool *fresh,
                        struct err *err) {
    bool ok = history_exec(history, "BEGIN", err) &&
              identify(history, version, fresh, err);
    history_rollback(history);
    return ok;
}

#define PAUSE_MILLISECONDS 20

/* Two that turn the same file to WAL are refused at once: no timeout helps. */
static bool use_journal(struct history *history, struct err *err) {
    for (int waited = 0;; waited += PAUSE_MILLISECONDS) {
        int status = sqlite3_exec(history->db, "PRAGMA journal_mode = WAL",
                                  NULL, NULL, NULL);
        if (status == SQLITE_OK)
            return true;
        if (status != SQLITE_BUSY || waited >= BUSY_MILLISECONDS)
            return history_fault(history, err);
        sqlite3_sleep(PAUSE_MILLISECONDS);
    }
}

static bool set_up(struct history *history, enum history_use use,
                   struct err *err) {
    int64_t version;
    bool fresh;
    if (!harden(history, err) || !look_inside(history, &version, &fresh, err))
        return false;
    keep_journal(history, false);
    if (!history_exec(history, history_views, err))
        return false;
    if (fresh && use != HISTORY_RECORD)
        return err_set(err, ERR_FOREIGN,
                       tr("this history is empty; `bomgate check --history` "
                          "records into it"));
    if (use == HISTORY_READ && version == HISTORY_VERSION)
        return true;
    return use_journal(history, err) &&
           history_exec(history,
                        "PRAGMA synchronous = FULL;"
                        "PRAGMA wal_autocheckpoint = " JOURNAL_PAGES,
                        err) &&
           (version == HISTORY_VERSION || migrate(history, err));
}

/* What the file system says of a path before SQLite is asked. */
struct place {
    struct strbuf uri;
    bool there;     /* a file lies there */
    bool journal;   /* and a journal of it: somebody has it open, or ended in
                       the middle */
    bool read_only; /* nothing may be written beside it */
};

static bool find_journal(const char *path, bool *found, struct err *err) {
    struct strbuf name = {.ptr = NULL};
    struct stat status;
    strbuf_printf(&name, "%s-wal", path);
    *found = !name.failed && stat(name.ptr, &status) == 0;
    bool ok = !name.failed || err_nomem(err);
    strbuf_dispose(&name);
    return ok;
}

static bool find_folder(const char *path, bool *read_only, struct err *err) {
    struct strbuf folder = {.ptr = NULL};
    const char *slash = strrchr(path, '/');
    strbuf_add_text(&folder, slash == NULL ? "." : "");
    if (slash != NULL)
        strbuf_add(&folder, (struct str){path, (size_t)(slash - path) + 1});
    *read_only = !folder.failed &&
                 faccessat(AT_FDCWD, folder.ptr, W_OK, AT_EACCESS) != 0;
    bool ok = !folder.failed || err_nomem(err);
    strbuf_dispose(&folder);
    return ok;
}

/* The smallest file that SQLite writes; one of a single byte it takes for an
   empty one. To read the file's head here would let go of the locks that
   another connection of this process has on it. */
#define SMALLEST_FILE 512

static bool look(const char *path, enum history_use use, struct place *place,
                 struct err *err) {
    struct stat status;
    place->there = stat(path, &status) == 0;
    if (place->there ? faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0
                     : errno != ENOENT)
        return err_set(err, ERR_IO, tr("cannot open it: %s"), strerror(errno));
    if (place->there && !S_ISREG(status.st_mode))
        return err_set(err, ERR_FOREIGN,
                       tr("this is no file; name another one"));
    if (!place->there && use != HISTORY_RECORD)
        return err_set(
            err, ERR_IO,
            tr("there is no such file; `bomgate check --history` makes "
               "it"));
    if (place->there && status.st_size > 0 && status.st_size < SMALLEST_FILE)
        return err_set(err, ERR_FOREIGN, "%s", tr(fault_text(SQLITE_NOTADB)));
    /* ":memory:" is a file like any other. */
    strbuf_add_text(&place->uri, uri_is_absolute(path) ? "" : "file:./");
    uri_add_path(&place->uri, path);
    return find_journal(path, &place->journal, err) &&
           find_folder(path, &place->read_only, err);
}

/* What a statement would undo waits in memory up to here, not in a file that
   is made and removed each time. */
#define UNDO_BYTES (8 << 20)

static bool connect_to(struct history *history, const char *name, int flags,
                       struct err *err) {
    if (!lazy_sqlite3_load(err))
        return false;
    /* Only before its first use in a process: later it changes nothing. */
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_BYTES);
    int status = sqlite3_open_v2(name, &history->db, flags, NULL);
    return history->db == NULL
               ? err_nomem(err)
               : status == SQLITE_OK || history_fault(history, err);
}

/* A reader of a WAL writes beside it; where it may not, and nobody else does,
   the file alone says all. */
static bool open_file(struct history *history, const char *path,
                      enum history_use use, struct err *err) {
    struct place place = {.there = false};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
    bool ok = look(path, use, &place, err);
    if (use == HISTORY_RECORD)
        flags |= SQLITE_OPEN_CREATE;
    if (use == HISTORY_READ && place.read_only && !place.journal)
        strbuf_add_text(&place.uri, "?immutable=1");
    if (ok && place.uri.failed)
        ok = err_nomem(err);
    ok = ok && connect_to(history, place.uri.ptr, flags, err);
    if (ok && place.journal)
        keep_journal(history, true);
    strbuf_dispose(&place.uri);
    return ok;
}

bool history_open(struct history **out, const char *path, enum history_use use,
                  struct err *err) {
    struct history *history = mem_calloc(1, sizeof(*history));
    if (history == NULL)
        return err_nomem(err);
    snprintf(history->path, sizeof(history->path), "%s", path);
    if (open_file(history, path, use, err) && set_up(history, use, err)) {
        *out = history;
        return true;
    }
    history_close(history);
    return err_at(err, path, 0, 0);
}

bool history_open_fresh(struct history **out, struct err *err) {
    struct history *history = mem_calloc(1, sizeof(*history));
    if (history == NULL)
        return err_nomem(err);
    if (connect_to(history, ":memory:", SQLITE_OPEN_READWRITE, err) &&
        harden(history, err) && migrate(history, err)) {
        *out = history;
        return true;
    }
    history_close(history);
    return false;
}

void history_close(struct history *history) {
    if (history == NULL)
        return;
    if (history->db != NULL)
        sqlite3_close(history->db);
    mem_free(history);
}
