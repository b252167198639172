#include "history/where_used.h"

#include <stddef.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "history/chain.h"
#include "history/compare.h"
#include "history/forget.h"
#include "history/runs.h"
#include "history/schema.h"
#include "history/tables.h"
#include "history_store.h"
#include "temp_folder.h"

static struct temp_folder folder;
static char path[TEMP_PATH_MAX];
static struct history *history;

static void open_store(enum history_use use) {
    struct err err = ERR_INIT;
    cr_assert(history_open(&history, path, use, &err), "%s", err.msg);
}

static void set_up(void) {
    struct err err = ERR_INIT;
    cr_assert(temp_folder_make(&folder));
    temp_path(&folder, "h.db", path);
    cr_assert(tell_runs(path, &err), "%s", err.msg);
    open_store(HISTORY_CHANGE);
}

static void tear_down(void) {
    history_close(history);
    history = NULL;
    temp_folder_remove(&folder);
}

TestSuite(history_queries, .init = set_up, .fini = tear_down, .timeout = 30);

/* Every row, its columns between '|', rows between line breaks. */
static void expect_rows(struct query *query, const char *want) {
    struct strbuf got = {.ptr = NULL};
    struct err err = ERR_INIT;
    bool row = true;
    while (query_next(query, &row, &err) && row) {
        for (int i = 0; i < query_columns(query); i++)
            strbuf_printf(&got, "%s%.*s", i == 0 ? "" : "|",
                          STR_ARG(query_text(query, i)));
        strbuf_add_char(&got, '\n');
    }
    query_close(query);
    cr_expect(eq(i32, err.code, ERR_NONE), "%s", err.msg);
    cr_expect(str_eq(strbuf_str(&got), str_from(want)), "want=\n%sgot=\n%.*s",
              want, STR_ARG(strbuf_str(&got)));
    strbuf_dispose(&got);
}

static void expect_answer(const char *sql, const char *want) {
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    cr_assert(query_open(&query, history, sql, &err), "%s: %s", sql, err.msg);
    expect_rows(&query, want);
}

static void expect_runs(const struct runs_wanted *wanted, const char *want) {
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    cr_assert(runs_open(&query, history, wanted, &err), "%s", err.msg);
    expect_rows(&query, want);
}

Test(history_queries, runs_come_newest_first) {
    const struct {
        struct runs_wanted wanted;
        const char *want;
    } cases[] = {
        {{NULL, NULL, NULL}, "3\n2\n1\n"},
        {{"gateway", NULL, NULL}, "3\n1\n"},
        {{"nothing", NULL, NULL}, ""},
        {{NULL, "2026-02-05", NULL}, "3\n2\n"},
        {{NULL, NULL, "2026-02-05"}, "2\n1\n"},
        {{"sensor", "2026-02-05", "2026-02-05"}, "2\n"},
        {{NULL, "2026-02-06", "2026-02-28"}, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_runs(&cases[i].wanted, cases[i].want);
}

static void expect_compared(enum compared what, int64_t before, int64_t after,
                            const char *want) {
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    cr_assert(compare_open(&query, history, what, before, after, &err), "%s",
              err.msg);
    expect_rows(&query, want);
}

Test(history_queries, findings_are_compared_by_their_fingerprint) {
    expect_compared(
        COMPARED_FINDINGS, 1, 3,
        "changed|gateway|review|review|1|0|U2|1|Samsung|K4B4G1646E|samsung|"
        "m-1|a|buyer|gateway/samsung/K4B4G1646E\n"
        "gone|gateway|prohibited||0||U1|1|Micron|MT41K256M16|micron|m-1|a|"
        "buyer|gateway/micron/MT41K256M16\n");
    expect_compared(
        COMPARED_FINDINGS, 3, 1,
        "new|gateway||prohibited||0|U1|1|Micron|MT41K256M16|micron|m-1|a|"
        "buyer|gateway/micron/MT41K256M16\n"
        "changed|gateway|review|review|0|1|U2 U3|2|Samsung|K4B4G1646E|samsung|"
        "m-1|a|buyer|gateway/samsung/K4B4G1646E\n");
    expect_compared(COMPARED_FINDINGS, 1, 1, "");
}

Test(history_queries, parts_are_compared_by_number_and_maker) {
    expect_compared(COMPARED_PARTS, 1, 3,
                    "added|gateway||Winbond|W634GU6NB||||1|U1\n"
                    "changed|gateway||Samsung|K4B4G1646E|||2|1|U2\n"
                    "removed|gateway||Micron|MT41K256M16|||1||U1\n");
    expect_compared(COMPARED_PARTS, 3, 3, "");
}

/* How a BOM is laid out is no difference: places are added up, a number is
   read without separators, capitals do not count. What is not fitted does. */
Test(history_queries, the_layout_of_a_bom_is_no_difference) {
    static const struct told_line spread[] = {
        {"U9", "1", "SAMSUNG", "K4B4G1646E", "samsung", NULL, false},
        {"R1", "10", "Yageo", "RC0402-FR 0710KL", "yageo", NULL, false},
        {"U2", "1", "samsung", "K4B 4G1646E", "samsung", NULL, false},
        {"U1", "one", "Micron", "MT41K256M16", "micron", NULL, false},
    };
    static const struct told_run run = {.time = "2026-06-05T10:00:00Z",
                                        .product = "gateway",
                                        .revision = "C",
                                        .rules_version = "2",
                                        .lines = spread,
                                        .count = ARRAY_LEN(spread)};
    struct err err = ERR_INIT;
    cr_assert(eq(i64, tell_run(history, &run, &err), 4), "%s", err.msg);
    expect_compared(COMPARED_PARTS, 1, 4,
                    "changed|gateway||Micron|MT41K256M16|||1|one|U1\n");
}

Test(history_queries, what_the_rules_changed_between_two_runs_is_told) {
    expect_compared(COMPARED_RULES, 1, 3, "2|changed|rule set|||version|1|2\n");
    expect_compared(COMPARED_RULES, 1, 2, "");
    expect_compared(COMPARED_RULES, 3, 1, "1|changed|rule set|||version|2|1\n");
}

static void expect_used(const char *party, const char *number,
                        const char *want) {
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    if (party != NULL)
        cr_assert(where_used_party(history, str_from(party), &err), "%s",
                  err.msg);
    cr_assert(where_used_open(&query, history, str_from(number), &err), "%s",
              err.msg);
    expect_rows(&query, want);
}

Test(history_queries, a_company_is_looked_for_in_every_board) {
    expect_used(
        "micron", "",
        "gateway|A|acme/boards|boards/a.csv|1|2026-01-05T10:00:00Z|0|2|0|1|U1|"
        "1|Micron|MT41K256M16|micron|1\n"
        "sensor||acme/boards|s.csv|2|2026-02-05T10:00:00Z|1|2|0|1|U1|1|Micron|"
        "MT41K256M16|micron|2\n");
}

Test(history_queries, a_part_is_looked_for_by_its_number) {
    expect_used(
        NULL, "K4B4G1646E",
        "gateway|B|acme/boards|boards/a.csv|3|2026-05-05T10:00:00Z|1|3|0|1|U2|"
        "1|Samsung|K4B4G1646E|samsung|3\n"
        "gateway|A|acme/boards|boards/a.csv|1|2026-01-05T10:00:00Z|0|3|0|1|"
        "U2 U3|2|Samsung|K4B4G1646E|samsung|1\n"
        "sensor||acme/boards|s.csv|2|2026-02-05T10:00:00Z|1|3|0|1|U2 U3|2|"
        "Samsung|K4B4G1646E|samsung|2\n");
    expect_used(NULL, "", "");
    expect_used(NULL, "NOTHING", "");
}

/* What would be judged some day is no state of a board. */
Test(history_queries, a_what_if_is_no_newest_bom) {
    static const struct told_run run = {.time = "2026-06-05T10:00:00Z",
                                        .as_of = "2027-01-01",
                                        .product = "sensor",
                                        .revision = "X",
                                        .lines = told_first,
                                        .count = 1,
                                        .path = "s.csv"};
    struct err err = ERR_INIT;
    size_t spared;
    cr_assert(eq(i64, tell_run(history, &run, &err), 4), "%s", err.msg);
    expect_used(
        "micron", "",
        "gateway|A|acme/boards|boards/a.csv|1|2026-01-05T10:00:00Z|0|2|0|1|U1|"
        "1|Micron|MT41K256M16|micron|1\n"
        "sensor||acme/boards|s.csv|2|2026-02-05T10:00:00Z|1|2|0|1|U1|1|Micron|"
        "MT41K256M16|micron|2\n");
    cr_assert(forget_choose_before(history, "2026-07-01", true, &spared, &err));
    cr_expect(eq(sz, spared, 3));
}

/* The lines that SQLite would read from end to end. */
static void expect_by_index(const char *sql) {
    static const char *const tables[] = {"line", "l",    "finding", "f",
                                         "part", "p",    "text",    "bom",
                                         "b",    "fact", "link",    "run"};
    struct strbuf explain = {.ptr = NULL};
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    bool row = true;
    strbuf_printf(&explain, "EXPLAIN QUERY PLAN %s", sql);
    cr_assert(query_open(&query, history, explain.ptr, &err), "%s", err.msg);
    while (query_next(&query, &row, &err) && row) {
        struct str step = query_text(&query, 3);
        for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
            struct strbuf scan = {.ptr = NULL};
            strbuf_printf(&scan, "SCAN %s", tables[i]);
            struct str rest = str_skip(step, scan.len);
            cr_expect(not(str_starts(step, strbuf_str(&scan)) &&
                          (rest.len == 0 || rest.ptr[0] == ' ')),
                      "%.*s in %s", STR_ARG(step), sql);
            strbuf_dispose(&scan);
        }
    }
    query_close(&query);
    strbuf_dispose(&explain);
}

Test(history_queries, what_is_asked_goes_by_index) {
    struct err err = ERR_INIT;
    cr_assert(where_used_party(history, STR_LIT("micron"), &err));
    expect_by_index(history_where_used);
    expect_by_index(history_compare_findings);
    expect_by_index(history_compare_parts);
}

static void add_fault(void *ctx, const char *sentence) {
    strbuf_printf(ctx, "%s; ", sentence);
}

static struct chain_sums verify(void) {
    struct strbuf faults = {.ptr = NULL};
    const struct chain_told told = {add_fault, &faults};
    struct chain_sums sums = {.faults = 0};
    struct err err = ERR_INIT;
    cr_expect(chain_verify(history, NULL, &told, &sums, &err), "%s", err.msg);
    cr_expect(eq(u32, sums.faults, 0), "%s", faults.ptr);
    strbuf_dispose(&faults);
    expect_answer("PRAGMA foreign_key_check", "");
    return sums;
}

static void forget(void) {
    struct err err = ERR_INIT;
    cr_assert(forget_now(history, "2026-06-01T00:00:00Z", "asked to", &err),
              "%s", err.msg);
    cr_assert(forget_compact(history, &err), "%s", err.msg);
}

Test(history_queries, what_is_forgotten_leaves_its_hash_alone) {
    struct err err = ERR_INIT;
    char before[DIGEST_HEX_SIZE], after[DIGEST_HEX_SIZE];
    cr_assert(chain_head(history, NULL, before, &err));
    cr_assert(forget_choose(history, 1, &err));
    forget();
    cr_assert(chain_head(history, NULL, after, &err));
    cr_expect(eq(int, strcmp(before, after), 0));
    struct chain_sums sums = verify();
    cr_expect(eq(u32, sums.runs, 3));
    cr_expect(eq(u32, sums.forgotten, 1));
    expect_answer("SELECT id, forgotten, why FROM link WHERE forgotten IS NOT "
                  "NULL",
                  "1|2026-06-01T00:00:00Z|asked to\n");
    expect_answer("SELECT id FROM run", "2\n3\n");
    /* The resistor is on the board that is left, the kept BOM is on none. */
    expect_answer("SELECT value FROM text WHERE value IN ('RC0402FR-0710KL', "
                  "'gateway/micron/MT41K256M16') ORDER BY 1",
                  "RC0402FR-0710KL\n");
    expect_answer("SELECT count(*) FROM bom WHERE file IS NOT NULL", "0\n");
    expect_answer("SELECT count(*) FROM file", "2\n");
}

Test(history_queries, the_sources_of_rules_go_with_their_last_run) {
    struct err err = ERR_INIT;
    cr_assert(forget_choose(history, 1, &err));
    cr_assert(forget_choose(history, 2, &err));
    forget();
    verify();
    expect_answer("SELECT version, EXISTS (SELECT 1 FROM ruleset_file "
                  "WHERE ruleset = id) FROM ruleset",
                  "1|0\n2|1\n");
    cr_assert(forget_choose(history, 3, &err));
    forget();
    verify();
    expect_answer("SELECT (SELECT count(*) FROM ruleset), "
                  "(SELECT count(*) FROM file), (SELECT count(*) FROM text), "
                  "(SELECT count(*) FROM part), (SELECT count(*) FROM waiver), "
                  "(SELECT count(*) FROM content), (SELECT count(*) FROM fact)",
                  "0|0|0|0|0|0|0\n");
}

Test(history_queries, a_history_goes_on_after_it_forgot) {
    struct err err = ERR_INIT;
    cr_assert(forget_choose(history, 3, &err));
    forget();
    cr_assert(eq(i64, tell_run(history, &told_runs[2], &err), 4), "%s",
              err.msg);
    cr_expect(eq(u32, verify().runs, 4));
    expect_answer("SELECT id, previous = (SELECT hash FROM link WHERE id = 3) "
                  "FROM link WHERE id = 4",
                  "4|1\n");
}

Test(history_queries, the_newest_of_a_board_is_kept) {
    struct query query = {.history = NULL};
    struct err err = ERR_INIT;
    size_t spared;
    cr_assert(forget_choose_before(history, "2026-05-06", true, &spared, &err));
    cr_expect(eq(sz, spared, 2));
    cr_assert(forget_chosen(&query, history, &err));
    expect_rows(&query, "1\n");
    cr_assert(
        forget_choose_before(history, "2026-05-05", false, &spared, &err));
    cr_expect(eq(sz, spared, 0));
    cr_assert(forget_chosen(&query, history, &err));
    expect_rows(&query, "1\n2\n");
}

Test(history_queries, what_was_forgotten_before_keeps_its_reason) {
    struct err err = ERR_INIT;
    cr_assert(forget_choose(history, 1, &err));
    forget();
    cr_assert(forget_choose(history, 1, &err));
    cr_assert(forget_choose(history, 2, &err));
    cr_assert(forget_now(history, "2026-07-01T00:00:00Z", "later", &err));
    verify();
    expect_answer("SELECT id, why FROM link ORDER BY id",
                  "1|asked to\n2|later\n3|\n");
}

/* In its order, as the columns are counted. */
Test(history_queries, tables_have_the_columns_that_they_name) {
    static const struct {
        enum history_table table;
        int column, count;
        const char *name;
    } cases[] = {
        {HISTORY_RUNS, RUNS_WHY, RUNS_COLUMN_COUNT, "why"},
        {HISTORY_RUNS, RUNS_PROFILES, RUNS_COLUMN_COUNT, "profiles"},
        {HISTORY_RUNS, RUNS_EXIT_STATUS, RUNS_COLUMN_COUNT, "exit_status"},
        {HISTORY_BOMS, BOMS_KEPT, BOMS_COLUMN_COUNT, "kept"},
        {HISTORY_BOMS, BOMS_COUNTS, BOMS_COLUMN_COUNT, "counts.prohibited"},
        {HISTORY_BOMS, BOMS_COUNTS + VERDICT_COUNT, BOMS_COLUMN_COUNT,
         "counts.waived"},
        {HISTORY_BOMS, BOMS_ERROR, BOMS_COLUMN_COUNT, "error"},
        {HISTORY_FINDINGS, FINDINGS_MPN, FINDINGS_COLUMN_COUNT, "mpn"},
        {HISTORY_FINDINGS, FINDINGS_FINGERPRINT, FINDINGS_COLUMN_COUNT,
         "fingerprint"},
        {HISTORY_WAIVERS, WAIVERS_STATE, WAIVERS_COLUMN_COUNT, "state"},
        {HISTORY_WAIVERS, WAIVERS_EVIDENCE, WAIVERS_COLUMN_COUNT, "evidence"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct query query = {.history = NULL};
        struct err err = ERR_INIT;
        cr_assert(table_open(&query, history, cases[i].table, &err));
        cr_expect(eq(int, query_columns(&query), cases[i].count), "%s",
                  cases[i].name);
        cr_expect(str_eq(str_from(query_name(&query, cases[i].column)),
                         str_from(cases[i].name)),
                  "%s", cases[i].name);
        query_close(&query);
    }
}
