#define LAZY_OWN_NAMES /* SQLite is linked here */
#include "history/store.h"

#include <stddef.h>
#include <sqlite3.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "history/chain.h"
#include "history/store_inside.h"
#include "history_store.h"
#include "temp_folder.h"

/*
 * tests/data/history/v<N>.sql holds what `.dump` of sqlite3 gave of what
 * tell_runs() wrote when N was the layout, and at its end the two PRAGMAs that
 * no dump has. With a new layout comes a new file; the old ones stay.
 */
#define DUMPS BOMGATE_SOURCE_DIR "/tests/data/history"

TestSuite(history_versions, .timeout = 30);

static struct strbuf read_dump(const char *name) {
    struct strbuf text = {.ptr = NULL}, path = {.ptr = NULL};
    char block[4096];
    size_t got;
    strbuf_printf(&path, DUMPS "/%s", name);
    FILE *in = fopen(path.ptr, "rb");
    cr_assert(ne(ptr, in, NULL), "%s", path.ptr);
    while ((got = fread(block, 1, sizeof(block), in)) != 0)
        strbuf_add(&text, (struct str){block, got});
    fclose(in);
    strbuf_dispose(&path);
    return text;
}

static void restore(const char *path, const char *name) {
    struct strbuf dump = read_dump(name);
    char *message = NULL;
    sqlite3 *db;
    cr_assert(eq(int, sqlite3_open(path, &db), SQLITE_OK));
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, (int *)NULL);
    cr_assert(
        eq(int, sqlite3_exec(db, dump.ptr, NULL, NULL, &message), SQLITE_OK),
        "%s: %s", name, message);
    sqlite3_close(db);
    strbuf_dispose(&dump);
}

static void print(void *ctx, const char *sentence) {
    cr_log_error("%s: %s", (const char *)ctx, sentence);
}

static int64_t ask(struct history *history, const char *sql) {
    sqlite3_stmt *statement;
    cr_assert(eq(int,
                 sqlite3_prepare_v2(history->db, sql, -1, &statement, NULL),
                 SQLITE_OK));
    int64_t answer = sqlite3_step(statement) == SQLITE_ROW
                         ? sqlite3_column_int64(statement, 0)
                         : -1;
    sqlite3_finalize(statement);
    return answer;
}

static void check_dump(const char *path, char *name) {
    const struct chain_told told = {print, name};
    struct history *history = NULL;
    struct chain_sums sums;
    struct err err = ERR_INIT;
    restore(path, name);
    cr_assert(history_open(&history, path, HISTORY_READ, &err), "%s: %s", name,
              err.msg);
    cr_expect(eq(i64, ask(history, "PRAGMA user_version"), HISTORY_VERSION));
    cr_expect(eq(i64, ask(history, "PRAGMA foreign_keys"), 1));
    cr_expect(eq(i64, ask(history, "SELECT count(*) FROM finding"), 5));
    cr_expect(chain_verify(history, NULL, &told, &sums, &err), "%s", err.msg);
    cr_expect(eq(u32, sums.faults, 0), "%s", name);
    cr_expect(eq(u32, sums.runs, 3), "%s", name);
    history_close(history);
    history = NULL;
    cr_assert(history_open(&history, path, HISTORY_RECORD, &err), "%s",
              err.msg);
    cr_expect(eq(i64, tell_run(history, &told_runs[0], &err), 4), "%s",
              err.msg);
    history_close(history);
}

Test(history_versions, every_layout_is_brought_to_todays) {
    struct temp_folder folder;
    int seen[HISTORY_VERSION] = {0};
    DIR *dir = opendir(DUMPS);
    cr_assert(ne(ptr, dir, NULL));
    cr_assert(temp_folder_make(&folder));
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[TEMP_PATH_MAX];
        unsigned long version = str_number(str_from(entry->d_name + 1));
        if (entry->d_name[0] != 'v')
            continue;
        cr_assert(version >= 1 && version <= HISTORY_VERSION, "%s",
                  entry->d_name);
        seen[version - 1]++;
        check_dump(temp_path(&folder, entry->d_name, path), entry->d_name);
    }
    closedir(dir);
    for (int i = 0; i < HISTORY_VERSION; i++)
        cr_expect(eq(int, seen[i], 1), "no tests/data/history/v%d.sql", i + 1);
    temp_folder_remove(&folder);
}
