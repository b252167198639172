#define LAZY_OWN_NAMES /* SQLite is linked here */
#include "history/store.h"

#include <stddef.h>
#include <sqlite3.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "core/mem.h"
#include "history/chain.h"
#include "history/forget.h"
#include "history/runs.h"
#include "history/store_inside.h"
#include "history/tables.h"
#include "history_store.h"
#include "temp_folder.h"

static struct temp_folder folder;
static char path[TEMP_PATH_MAX];

static void set_up(void) {
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "h.db", path);
}

static void tear_down(void) { temp_folder_remove(&folder); }

TestSuite(history_store, .init = set_up, .fini = tear_down, .timeout = 30);

static void fill(void) {
    struct err err = ERR_INIT;
    cr_assert(tell_runs(path, &err), "%s", err.msg);
}

/* What is refused says why in these words. */
static void refused(enum history_use use, const char *why) {
    struct history *history = NULL;
    struct err err = ERR_INIT;
    cr_expect(not(history_open(&history, path, use, &err)), "%s", why);
    cr_expect(ge(i64, str_find(str_from(err.msg), str_from(why)), 0),
              "want=%s got=%s", why, err.msg);
    history_close(history);
}

static struct strbuf read_file(const char *name) {
    struct strbuf bytes = {.ptr = NULL};
    char block[4096];
    size_t got;
    FILE *in = fopen(name, "rb");
    cr_assert(ne(ptr, in, NULL));
    while ((got = fread(block, 1, sizeof(block), in)) != 0)
        strbuf_add(&bytes, (struct str){block, got});
    fclose(in);
    return bytes;
}

static void write_file(const char *name, struct str bytes) {
    FILE *out = fopen(name, "wb");
    cr_assert(ne(ptr, out, NULL));
    cr_assert(eq(sz, fwrite(bytes.ptr, 1, bytes.len, out), bytes.len));
    cr_assert(eq(int, fclose(out), 0));
}

Test(history_store, a_missing_file_is_only_made_by_a_recorder) {
    struct history *history = NULL;
    struct err err = ERR_INIT;
    refused(HISTORY_READ, "there is no such file");
    refused(HISTORY_CHANGE, "there is no such file");
    cr_expect(not(temp_exists(&folder, "h.db")));
    cr_expect(history_open(&history, path, HISTORY_RECORD, &err), "%s",
              err.msg);
    history_close(history);
    cr_expect(temp_exists(&folder, "h.db"));
}

Test(history_store, what_is_no_history_is_left_as_it_is) {
    static const char *const texts[] = {
        "Reference,MPN\nU1,STM32F405RGT6\n",
        "x",
        "SQLite format 3",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        temp_write(&folder, "h.db", texts[i]);
        refused(HISTORY_READ, "no history of bomgate");
        refused(HISTORY_CHANGE, "no history of bomgate");
        refused(HISTORY_RECORD, "no history of bomgate");
        struct strbuf after = read_file(path);
        cr_expect(str_eq(strbuf_str(&after), str_from(texts[i])));
        strbuf_dispose(&after);
        cr_expect(eq(sz, temp_count(folder.path), 1));
    }
}

Test(history_store, an_empty_file_holds_no_run_yet) {
    temp_write(&folder, "h.db", "");
    refused(HISTORY_READ, "this history is empty");
}

Test(history_store, a_folder_is_no_history) {
    snprintf(path, sizeof(path), "%s", folder.path);
    refused(HISTORY_READ, "no file");
    refused(HISTORY_RECORD, "no file");
}

/* Another program's file, and the journal that it left, are that program's. */
Test(history_store, the_journal_of_another_program_stays) {
    char journal[TEMP_PATH_MAX];
    sqlite3 *db;
    temp_path(&folder, "h.db-wal", journal);
    cr_assert(eq(int, sqlite3_open(path, &db), SQLITE_OK));
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    cr_assert(eq(int,
                 sqlite3_exec(db,
                              "PRAGMA journal_mode = WAL; CREATE TABLE a (x);"
                              "INSERT INTO a VALUES (1)",
                              NULL, NULL, NULL),
                 SQLITE_OK));
    sqlite3_close(db);
    struct strbuf before = read_file(path), log = read_file(journal);
    refused(HISTORY_READ, "no history of bomgate");
    refused(HISTORY_RECORD, "no history of bomgate");
    struct strbuf after = read_file(path), log_after = read_file(journal);
    cr_expect(str_eq(strbuf_str(&before), strbuf_str(&after)));
    cr_expect(str_eq(strbuf_str(&log), strbuf_str(&log_after)));
    strbuf_dispose(&before);
    strbuf_dispose(&log);
    strbuf_dispose(&after);
    strbuf_dispose(&log_after);
}

Test(history_store, a_later_layout_is_for_a_later_program) {
    sqlite3 *db;
    fill();
    cr_assert(eq(int, sqlite3_open(path, &db), SQLITE_OK));
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    refused(HISTORY_READ, "a later bomgate wrote this history (layout 99");
    refused(HISTORY_RECORD, "a later bomgate wrote this history (layout 99");
}

static void ignore(void *ctx, const char *sentence) {
    (void)ctx;
    (void)sentence;
}

/* Everything that reads, as far as it comes. @return whether anything showed.
 */
static bool read_all(void) {
    static const struct chain_told told = {ignore, NULL};
    struct history *history = NULL;
    struct chain_sums sums = {.faults = 0};
    struct err err = ERR_INIT;
    bool ok = history_open(&history, path, HISTORY_READ, &err);
    if (ok &&
        (!chain_verify(history, NULL, &told, &sums, &err) || sums.faults != 0))
        ok = false;
    for (int t = 0; history != NULL && t < HISTORY_TABLE_COUNT; t++) {
        struct query query = {.history = NULL};
        struct err refusal = ERR_INIT;
        bool row = true;
        if (table_open(&query, history, (enum history_table)t, &refusal)) {
            table_from(&query, 0, INT64_MAX);
            while (query_next(&query, &row, &refusal) && row)
                continue;
        }
        ok = ok && refusal.code == ERR_NONE;
        query_close(&query);
    }
    history_close(history);
    return !ok;
}

Test(history_store, damage_is_told_and_left_as_it_is, .timeout = 120) {
    uint64_t seed = 1;
    size_t seen = 0;
    fill();
    struct strbuf whole = read_file(path);
    for (int round = 0; round < 300; round++) {
        struct strbuf bytes = {.ptr = NULL};
        strbuf_add(&bytes, strbuf_str(&whole));
        for (int i = 0; i < 1 + round % 40; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes.ptr[(seed >> 33) % bytes.len] = (char)(seed >> 20);
        }
        write_file(path, strbuf_str(&bytes));
        seen += read_all();
        struct strbuf after = read_file(path);
        cr_expect(str_eq(strbuf_str(&bytes), strbuf_str(&after)), "round %d",
                  round);
        strbuf_dispose(&after);
        strbuf_dispose(&bytes);
    }
    strbuf_dispose(&whole);
    /* Most of a page holds nothing. */
    cr_expect(gt(sz, seen, 100));
}

Test(history_store, a_file_that_ends_early_is_damaged) {
    fill();
    struct strbuf whole = read_file(path);
    write_file(path, str_take(strbuf_str(&whole), whole.len / 2));
    cr_expect(read_all());
    write_file(path, str_take(strbuf_str(&whole), 1000));
    refused(HISTORY_READ, "");
    strbuf_dispose(&whole);
}

/* Nobody else can write there, so that nothing is missed. */
Test(history_store, a_folder_that_may_not_be_written_to_is_read) {
    fill();
    cr_assert(eq(int, chmod(path, 0444), 0));
    cr_assert(eq(int, chmod(folder.path, 0555), 0));
    uid_t user = geteuid();
    cr_assert(user != 0 || seteuid(65534) == 0);
    cr_expect(not(read_all()));
    refused(HISTORY_CHANGE, "may not be written to");
    cr_assert(user != 0 || seteuid(0) == 0);
    cr_assert(eq(int, chmod(folder.path, 0700), 0));
    cr_expect(eq(sz, temp_count(folder.path), 1));
}

Test(history_store, who_waits_too_long_is_told_that_another_writes) {
    struct history *first = NULL, *second = NULL;
    struct err err = ERR_INIT;
    fill();
    cr_assert(history_open(&first, path, HISTORY_CHANGE, &err));
    cr_assert(history_open(&second, path, HISTORY_CHANGE, &err));
    cr_assert(history_begin(first, &err));
    sqlite3_busy_timeout(second->db, 10);
    cr_expect(not(history_begin(second, &err)));
    cr_expect(
        ge(i64, str_find(str_from(err.msg), STR_LIT("another process")), 0),
        "%s", err.msg);
    /* Readers do not wait. */
    cr_expect(not(read_all()));
    history_close(first);
    history_close(second);
}

/* Names that SQLite would take for something else. */
Test(history_store, any_name_is_the_name_of_a_file) {
    static const char *const names[] = {":memory:", "a?mode=ro", "100%.db",
                                        "file:x", "a#b"};
    struct err err = ERR_INIT;
    cr_assert(eq(int, chdir(folder.path), 0));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct history *history = NULL;
        cr_expect(history_open(&history, names[i], HISTORY_RECORD, &err), "%s",
                  err.msg);
        history_close(history);
        cr_expect(temp_exists(&folder, names[i]), "%s", names[i]);
    }
}

static int64_t find(struct history *history, const char *name) {
    struct err err = ERR_INIT;
    int64_t run = 0;
    return runs_find(history, name, &run, &err) ? run : 0;
}

Test(history_store, a_run_is_found_by_its_number_or_hash) {
    struct history *history = NULL;
    struct err err = ERR_INIT;
    char head[DIGEST_HEX_SIZE];
    fill();
    cr_assert(history_open(&history, path, HISTORY_READ, &err));
    cr_assert(chain_head(history, NULL, head, &err));
    cr_expect(eq(i64, find(history, "2"), 2));
    cr_expect(eq(i64, find(history, head), 3));
    head[8] = '\0';
    cr_expect(eq(i64, find(history, head), 3));
    head[7] = '\0';
    cr_expect(eq(i64, find(history, head), 0));
    cr_expect(eq(i64, find(history, "4"), 0));
    cr_expect(eq(i64, find(history, ""), 0));
    cr_expect(eq(i64, find(history, "-1"), 0));
    cr_expect(eq(i64, find(history, "99999999999999999999999999"), 0));
    cr_expect(eq(i64, find(history, "zzzzzzzzzz"), 0));
    history_close(history);
}

/* Opened, verified and forgotten from, with the nth allocation failing. */
static bool use_with_little(size_t allocations, struct err *err) {
    static const struct chain_told told = {ignore, NULL};
    struct history *history = NULL;
    struct chain_sums sums;
    mem_fail_after(allocations);
    bool ok = history_open(&history, path, HISTORY_CHANGE, err) &&
              chain_verify(history, NULL, &told, &sums, err) &&
              sums.faults == 0 && forget_choose(history, 1, err) &&
              forget_now(history, "2026-06-01T00:00:00Z", "asked to", err);
    mem_fail_after(0);
    history_close(history);
    return ok;
}

Test(history_store, memory_may_run_out_anywhere, .timeout = 120) {
    bool ok = false;
    size_t n = 0;
    struct err err = ERR_INIT;
    fill();
    while (!ok && err.code == (n == 0 ? ERR_NONE : ERR_NOMEM) && n < 10000) {
        err = ERR_INIT;
        ok = use_with_little(++n, &err);
    }
    cr_expect(ok, "after %zu: %s", n, err.msg);
    cr_expect(gt(sz, n, 10));
    cr_expect(not(read_all()));
}
