#include "history/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "history/digests.h"
#include "history/query.h"
#include "history/rule_files.h"
#include "ruleset/name.h"

/* One verification. */
struct check {
    struct history *history;
    const struct chain_told *told;
    struct chain_sums *sums;
    const char *printed;
    bool found; /* the printed head stands in the chain */
};

static void add_fault(struct check *check, struct strbuf *sentence) {
    check->sums->faults++;
    if (sentence->ptr != NULL)
        check->told->fault(check->told->ctx, sentence->ptr);
    strbuf_dispose(sentence);
}

static bool check_seal(struct check *check, int64_t run, struct str seal,
                       struct err *err) {
    struct strbuf text = {.ptr = NULL};
    char now[DIGEST_HEX_SIZE] = "";
    check->sums->forgotten++;
    if (!chain_seal(check->history, run, now, err))
        return false;
    if (str_eq(seal, str_from(now)))
        return true;
    strbuf_printf(
        &text, "run %" PRId64 " was not forgotten when and why it says", run);
    add_fault(check, &text);
    return true;
}

static bool check_link(struct check *check, const struct query *link,
                       struct err *err) {
    struct strbuf text = {.ptr = NULL};
    int64_t id = query_int(link, 0);
    struct str hash = query_text(link, 2);
    char now[DIGEST_HEX_SIZE] = "";
    if (!str_eq(query_text(link, 1), str_from(check->sums->head))) {
        strbuf_printf(&text,
                      "run %" PRId64
                      " does not follow the run before it: one was removed, "
                      "changed or put between",
                      id);
        add_fault(check, &text);
    }
    snprintf(check->sums->head, DIGEST_HEX_SIZE, "%.*s", STR_ARG(hash));
    check->sums->runs++;
    check->found = check->found || check->printed == NULL ||
                   strcmp(check->sums->head, check->printed) == 0;
    if (!query_is_null(link, 3))
        return check_seal(check, id, query_text(link, 4), err);
    if (!chain_hash(check->history, id, now, err))
        return false;
    if (!str_eq(hash, str_from(now))) {
        strbuf_printf(&text, "run %" PRId64 " is not as it was recorded", id);
        add_fault(check, &text);
    }
    return true;
}

static bool check_content(struct check *check, const struct query *row,
                          struct err *err) {
    struct strbuf text = {.ptr = NULL};
    char now[DIGEST_HEX_SIZE] = "";
    check->sums->contents++;
    if (!chain_content(check->history, query_int(row, 0), now, err))
        return false;
    if (str_eq(query_text(row, 1), str_from(now)))
        return true;
    strbuf_printf(&text, "the lines of %.*s are not as they were recorded",
                  STR_ARG(query_text(row, 2)));
    add_fault(check, &text);
    return true;
}

static bool check_bytes(struct check *check, const struct query *row,
                        struct err *err) {
    struct strbuf text = {.ptr = NULL};
    char now[DIGEST_HEX_SIZE] = "";
    if (!digest_of(query_bytes(row, 1), now))
        return err_nomem(err);
    if (str_eq(query_text(row, 0), str_from(now)))
        return true;
    strbuf_printf(&text, "the kept file %.*s is not as it was recorded",
                  STR_ARG(query_text(row, 0)));
    add_fault(check, &text);
    return true;
}

/* Rows that stand under a digest of all their texts. */
static bool check_digested(struct check *check, const struct query *row,
                           struct err *err) {
    struct strbuf text = {.ptr = NULL};
    char now[DIGEST_HEX_SIZE] = "";
    if (!digest_columns(row, 2, query_columns(row) - 2, now))
        return err_nomem(err);
    if (str_eq(query_text(row, 1), str_from(now)))
        return true;
    strbuf_printf(&text, "%.*s is not as it was recorded",
                  STR_ARG(query_text(row, 0)));
    add_fault(check, &text);
    return true;
}

/* The store itself finds a fault, as a sentence. */
static bool check_said(struct check *check, const struct query *row,
                       struct err *err) {
    struct strbuf text = {.ptr = NULL};
    (void)err;
    strbuf_add(&text, query_text(row, 0));
    add_fault(check, &text);
    return true;
}

static void add_fault_of(struct check *check, const struct query *row,
                         const char *what) {
    struct strbuf text = {.ptr = NULL};
    strbuf_printf(&text, "the rule set %.*s %s", STR_ARG(query_text(row, 1)),
                  what);
    add_fault(check, &text);
}

static bool check_rule_files(struct check *check, const struct query *row,
                             struct err *err) {
    struct rule_sources files = {.files = NULL};
    char now[DIGEST_HEX_SIZE] = "";
    bool ok = rule_files_read(check->history, query_int(row, 0), &files, err);
    bool kept = files.count != 0;
    if (ok && kept) {
        rule_sources_sha256(&files, now);
        ok = now[0] != '\0' || err_nomem(err);
    }
    rule_sources_dispose(&files);
    if (ok && kept ? !str_eq(query_text(row, 1), str_from(now))
                   : ok && query_int(row, 4) != 0)
        add_fault_of(check, row, "is not kept as it was: its files differ");
    return ok;
}

static bool check_ruleset(struct check *check, const struct query *row,
                          struct err *err) {
    char now[DIGEST_HEX_SIZE] = "";
    if (!chain_changes(check->history, query_int(row, 0), now, err))
        return false;
    if (!query_is_null(row, 2) && !str_eq(query_text(row, 2), str_from(now)))
        add_fault_of(check, row, "did not change what is said of it");
    if (query_int(row, 3) == 0)
        add_fault_of(check, row, "was never in use");
    return check_rule_files(check, row, err);
}

static bool check_part(struct check *check, const struct query *row,
                       struct err *err) {
    struct strbuf text = {.ptr = NULL}, key = {.ptr = NULL};
    mpn_key(&key, query_text(row, 2));
    bool ok = !key.failed || err_nomem(err);
    if (ok && !str_eq(strbuf_str(&key), query_text(row, 9))) {
        strbuf_printf(&text, "%.*s would be found under another number",
                      STR_ARG(query_text(row, 0)));
        add_fault(check, &text);
    }
    strbuf_dispose(&key);
    return ok && check_digested(check, row, err);
}

/* SQLite tells a damaged file from a disk that cannot be read, but its check of
   the whole file does not. */
static bool check_integrity(struct check *check, const struct query *row,
                            struct err *err) {
    return history_is_read(check->history, err) && check_said(check, row, err);
}

static const struct {
    const char *sql;
    bool (*check)(struct check *check, const struct query *row,
                  struct err *err);
} checks[] = {
    {"SELECT 'the file is damaged: ' || integrity_check "
     "FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
     check_integrity},
    {"SELECT 'rows of ' || \"table\" || ' name rows of ' || parent || "
     "' that are not there' FROM pragma_foreign_key_check "
     "GROUP BY \"table\", parent",
     check_said},
    {"SELECT id, previous, hash, forgotten, seal FROM link ORDER BY id",
     check_link},
    {"SELECT c.id, c.digest, min(b.path) FROM content AS c "
     "JOIN bom AS b ON b.content = c.id GROUP BY c.id ORDER BY c.id",
     check_content},
    {"SELECT sha256, bytes FROM file ORDER BY id", check_bytes},
    {"SELECT 'the finding ' || fingerprint, digest, fingerprint, verdict, "
     "profile, measure, title, clause, citation, url, since, becomes, reason, "
     "party, party_name, owner, confidence, category, manufacturer, mpn "
     "FROM fact_told ORDER BY id",
     check_digested},
    {"SELECT 'a waiver for ' || coalesce(measure, '?'), digest, measure, "
     "clause, party, mpn, product, kind, reason, expires, approved_by, "
     "ticket, evidence FROM waiver ORDER BY id",
     check_digested},
    {"SELECT id, sha256, iif(told IS NULL AND id NOT IN "
     "(SELECT ruleset FROM ruleset_change), NULL, coalesce(changes, '')), "
     "id IN (SELECT ruleset FROM run UNION ALL SELECT previous FROM ruleset "
     "WHERE previous IS NOT NULL), "
     "id IN (SELECT ruleset FROM run WHERE rules_kept <> 0) "
     "FROM ruleset ORDER BY id",
     check_ruleset},
    {"SELECT 'the part ' || mpn, digest, mpn, manufacturer, value, "
     "description, category, manufacturer_header, mpn_header, mpn_key, party "
     "FROM part_told ORDER BY id",
     check_part},
    /* What no run leads to has no hash above it. */
    {"SELECT 'run ' || seq || ', the newest, was removed' "
     "FROM sqlite_sequence WHERE name = 'link' "
     "AND seq > (SELECT coalesce(max(id), 0) FROM link)",
     check_said},
    {"SELECT 'the lines ' || digest || ' belong to no BOM' FROM content "
     "WHERE id NOT IN (SELECT content FROM bom)",
     check_said},
    {"SELECT 'the part ' || t.value || ' is on no line' FROM part AS p "
     "JOIN text AS t ON t.id = p.mpn WHERE p.id NOT IN (SELECT part FROM line)",
     check_said},
    {"SELECT 'the finding ' || t.value || ' is in no run' FROM fact "
     "JOIN text AS t ON t.id = fingerprint "
     "WHERE fact.id NOT IN (SELECT fact FROM finding)",
     check_said},
    {"SELECT 'a waiver for ' || coalesce(measure, '?') || ' is in no run' "
     "FROM waiver WHERE id NOT IN (SELECT waiver FROM run_waiver UNION ALL "
     "SELECT waiver FROM finding WHERE waiver IS NOT NULL)",
     check_said},
    {"SELECT 'the kept file ' || sha256 || ' belongs to nothing' FROM file "
     "WHERE id NOT IN (SELECT file FROM ruleset_file UNION ALL "
     "SELECT file FROM bom WHERE file IS NOT NULL)",
     check_said},
};

/* The file says that it cannot be read: that is a fault too. */
static bool check_rows(struct check *check, size_t which, struct err *err) {
    struct strbuf text = {.ptr = NULL};
    struct query query = {.history = NULL};
    struct err refused = ERR_INIT;
    bool row = true;
    bool ok = query_open(&query, check->history, checks[which].sql, &refused);
    while (ok && (ok = query_next(&query, &row, &refused)) && row)
        ok = checks[which].check(check, &query, &refused);
    query_close(&query);
    if (ok)
        return true;
    if (refused.code != ERR_SYNTAX) {
        *err = refused;
        return false;
    }
    strbuf_add_text(&text, refused.msg);
    add_fault(check, &text);
    return true;
}

static const char layout_rows[] =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema "
    "WHERE name NOT LIKE 'sqlite%' ORDER BY type, name";

/* Tables, indexes and triggers are those of a new history. */
static bool check_layout(struct check *check, struct err *err) {
    struct strbuf text = {.ptr = NULL};
    struct history *fresh = NULL;
    char now[DIGEST_HEX_SIZE] = "", right[DIGEST_HEX_SIZE] = "";
    bool ok = history_open_fresh(&fresh, err) &&
              chain_rows(fresh, layout_rows, 0, right, err) &&
              chain_rows(check->history, layout_rows, 0, now, err);
    history_close(fresh);
    if (ok && strcmp(now, right) != 0) {
        strbuf_add_text(&text, "the tables of the file are not as bomgate "
                               "makes them");
        add_fault(check, &text);
    }
    return ok;
}

static bool check_all(struct check *check, struct err *err) {
    if (!check_layout(check, err))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        if (!check_rows(check, i, err))
            return false;
    }
    return true;
}

bool chain_verify(struct history *history, const char *printed,
                  const struct chain_told *told, struct chain_sums *sums,
                  struct err *err) {
    struct check check = {
        .history = history,
        .told = told,
        .sums = sums,
        .printed = printed,
        .found = printed == NULL,
    };
    struct strbuf text = {.ptr = NULL};
    struct err late = ERR_INIT;
    *sums = (struct chain_sums){.runs = 0};
    if (!history_exec(history, "SAVEPOINT verify", err))
        return false;
    bool ok = check_all(&check, err);
    if (!history_exec(history, "RELEASE verify", &late) && ok) {
        *err = late;
        ok = false;
    }
    if (ok && !check.found) {
        strbuf_printf(&text,
                      "the head %s that was printed before is not in the "
                      "chain: runs were removed or written anew",
                      printed);
        add_fault(&check, &text);
    }
    return ok;
}
