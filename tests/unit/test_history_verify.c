#include "history/chain.h"

#include <stddef.h>
#include <sqlite3.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "history_store.h"
#include "temp_folder.h"

static struct temp_folder folder;
static char path[TEMP_PATH_MAX];
static char first_fault[256];

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "h.db", path);
    cr_assert(tell_runs(path, &err), "%s", err.msg);
}

static void tear_down(void) { temp_folder_remove(&folder); }

TestSuite(history_verify, .init = set_up, .fini = tear_down, .timeout = 30);

static void keep_first(void *ctx, const char *sentence) {
    (void)ctx;
    if (first_fault[0] == '\0')
        snprintf(first_fault, sizeof(first_fault), "%s", sentence);
}

static struct chain_sums verify(const char *file, const char *head) {
    const struct chain_told told = {keep_first, NULL};
    struct chain_sums sums = {.runs = 0};
    struct history *history = NULL;
    struct err err = ERR_INIT;
    first_fault[0] = '\0';
    cr_assert(history_open(&history, file, HISTORY_READ, &err), "%s", err.msg);
    cr_expect(chain_verify(history, head, &told, &sums, &err), "%s", err.msg);
    history_close(history);
    return sums;
}

/* What somebody with a tool of their own does to the file. */
static void tamper(const char *file, const char *sql) {
    sqlite3 *db;
    char *message = NULL;
    cr_assert(eq(int, sqlite3_open(file, &db), SQLITE_OK));
    cr_expect(eq(int, sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_OK),
              "%s: %s", sql, message);
    sqlite3_free(message);
    sqlite3_close(db);
}

static void copy(const char *from, const char *to) {
    char command[2 * TEMP_PATH_MAX + 8];
    snprintf(command, sizeof(command), "cp '%s' '%s'", from, to);
    cr_assert(eq(int, system(command), 0));
}

Test(history_verify, a_history_as_recorded_is_whole) {
    struct chain_sums sums = verify(path, NULL);
    cr_expect(eq(chr, first_fault[0], '\0'), "%s", first_fault);
    cr_expect(eq(u32, sums.faults, 0));
    cr_expect(eq(u32, sums.runs, 3));
    cr_expect(eq(u32, sums.forgotten, 0));
    cr_expect(eq(sz, strlen(sums.head), 64));
}

Test(history_verify, every_change_of_every_table_shows) {
    static const char *const changes[] = {
        "UPDATE text SET value = 'K4B4G1646F' WHERE value = 'K4B4G1646E'",
        "DELETE FROM text WHERE value = 'K4B4G1646E'",
        "UPDATE file SET bytes = x'00' WHERE bytes = CAST('the file' AS BLOB)",
        "UPDATE file SET bytes = CAST(bytes || x'20' AS BLOB) "
        "WHERE id IN (SELECT file FROM ruleset_file)",
        "DELETE FROM file",
        "INSERT INTO file (sha256, bytes) VALUES "
        "('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', "
        "x'616263')",
        "UPDATE ruleset SET version = '3' WHERE version = '2'",
        "UPDATE ruleset SET known_to = '2026-02-02'",
        "UPDATE ruleset SET told = 2 WHERE version = '2'",
        "UPDATE ruleset SET told = NULL",
        "UPDATE ruleset SET previous = NULL",
        "UPDATE ruleset SET changes = 'x' WHERE version = '2'",
        "DELETE FROM ruleset WHERE version = '2'",
        "INSERT INTO ruleset (sha256, version, known_to, changes) "
        "VALUES ('aa', '9', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b9"
        "34ca495991b7852b855')",
        "UPDATE ruleset_file SET path = 'measures/x.yaml'",
        "DELETE FROM ruleset_file",
        "DELETE FROM ruleset_file WHERE ruleset = 1",
        "INSERT INTO ruleset_file SELECT 1, 'measures/x.yaml', min(id) "
        "FROM file",
        "UPDATE ruleset_change SET after = '9'",
        "DELETE FROM ruleset_change",
        "INSERT INTO ruleset_change SELECT ruleset, 99, kind, what, name, "
        "item, field, before, after FROM ruleset_change LIMIT 1",
        "UPDATE link SET time = '2025-01-01T00:00:00Z' WHERE id = 2",
        "UPDATE link SET previous = '' WHERE id = 2",
        "UPDATE link SET hash = 'aa' WHERE id = 3",
        "UPDATE link SET forgotten = '2026-01-01T00:00:00Z', why = 'x' "
        "WHERE id = 2",
        "DELETE FROM link WHERE id = 2",
        "DELETE FROM link WHERE id = 3",
        "INSERT INTO link (time, previous, hash) "
        "SELECT time, hash, 'bb' FROM link WHERE id = 3",
        "UPDATE run SET as_of = '2025-01-01' WHERE id = 1",
        "UPDATE run SET complete = 0 WHERE id = 1",
        "UPDATE run SET rules_kept = 0 WHERE id = 1",
        "UPDATE run SET actor = 'x' WHERE id = 1",
        "DELETE FROM run WHERE id = 1",
        "PRAGMA foreign_keys = ON; UPDATE ruleset SET told = 2 "
        "WHERE told = 3; DELETE FROM run WHERE id = 3; "
        "DELETE FROM link WHERE id = 3",
        "INSERT INTO run SELECT 9, origin, 'i', tool, method, ruleset, "
        "rules_kept, as_of, activity, declared, complete, conclusive, "
        "exit_status, stage, repository, revision, pipeline, actor, denied, "
        "sold_until, contract FROM run WHERE id = 1",
        "UPDATE run SET denied = 'other' WHERE id = 1",
        "UPDATE run SET sold_until = '2027-01-01' WHERE id = 1",
        "UPDATE run SET contract = 1 WHERE id = 1",
        "UPDATE run_profile SET profile = 'other' WHERE run = 1",
        "DELETE FROM run_profile WHERE run = 1",
        "INSERT INTO run_profile VALUES (1, 9, 'other', 'Other')",
        "UPDATE waiver SET expires = '2036-12-31'",
        "DELETE FROM waiver",
        "INSERT INTO waiver (digest, reason) VALUES ('aa', 'because')",
        "UPDATE run_waiver SET state = 'expired'",
        "DELETE FROM run_waiver",
        "INSERT INTO run_waiver SELECT 3, 0, id, 'used' FROM waiver",
        "UPDATE content SET digest = 'aa' WHERE id = 1",
        "DELETE FROM content WHERE id = 1",
        "INSERT INTO content (digest) VALUES ('e3b0c44298fc1c149afbf4c8996fb92"
        "427ae41e4649b934ca495991b7852b855')",
        "UPDATE part SET mpn = manufacturer WHERE id = 1",
        "UPDATE part SET mpn_key = mpn WHERE id = 3",
        "UPDATE part SET party = mpn WHERE id = 1",
        "UPDATE part SET digest = 'aa' WHERE id = 1",
        "DELETE FROM part WHERE id = 1",
        "INSERT INTO part SELECT NULL, mpn, mpn, value, description, "
        "category, manufacturer_header, mpn_header, mpn_key, party, digest "
        "FROM part LIMIT 1",
        "UPDATE line SET quantity = refdes WHERE content = 1 AND position = 0",
        "UPDATE line SET fitted = 0 WHERE content = 1 AND position = 0",
        "DELETE FROM line WHERE content = 1 AND position = 0",
        "INSERT INTO line SELECT content, 99, line, part_line, alternate, "
        "fitted, refdes, quantity, ipn, origin, part FROM line LIMIT 1",
        "UPDATE bom SET product = 'other' WHERE id = 1",
        "UPDATE bom SET content = 2 WHERE id = 1",
        "UPDATE bom SET prohibited = 0 WHERE id = 1",
        "UPDATE bom SET file = NULL WHERE id = 1",
        "DELETE FROM bom WHERE id = 1",
        "INSERT INTO bom SELECT NULL, run, 9, path, sha256, product, named, "
        "revision, format, content, file, lines, lost, resolved, prohibited, "
        "upcoming, restricted, review, unknown, out_of_scope, clear, waived, "
        "error FROM bom WHERE id = 1",
        "UPDATE fact SET verdict = profile WHERE id = 1",
        "UPDATE fact SET digest = 'aa' WHERE id = 1",
        "DELETE FROM fact WHERE id = 1",
        "INSERT INTO fact SELECT NULL, 'aa', fingerprint, verdict, profile, "
        "measure, title, clause, citation, url, since, becomes, reason, "
        "party, party_name, owner, confidence, category, manufacturer, mpn "
        "FROM fact LIMIT 1",
        "UPDATE finding SET waived = 1 WHERE bom = 1",
        "UPDATE finding SET waiver = NULL",
        "UPDATE finding SET fact = 1",
        "DELETE FROM finding WHERE bom = 1 AND position = 0",
        "INSERT INTO finding SELECT bom, 99, fact, line, refdes, quantity, "
        "waived, known, waiver FROM finding LIMIT 1",
        "DROP INDEX part_by_key",
        "CREATE TRIGGER x AFTER INSERT ON finding BEGIN "
        "DELETE FROM finding; END",
        "CREATE TABLE note (a)",
    };
    char other[TEMP_PATH_MAX];
    temp_path(&folder, "other.db", other);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        copy(path, other);
        tamper(other, changes[i]);
        cr_expect(ne(u32, verify(other, NULL).faults, 0), "unseen: %s",
                  changes[i]);
    }
}

/* Who owns the file could write it all anew: only a head that was printed
   before shows that. */
Test(history_verify, a_head_that_was_printed_must_be_in_the_chain) {
    struct chain_sums sums = verify(path, NULL);
    cr_expect(eq(u32, verify(path, sums.head).faults, 0));
    cr_expect(eq(u32, verify(path, "aa").faults, 1));
    cr_expect(ne(chr, first_fault[0], '\0'));
}
