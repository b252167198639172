#include "history/chain.h"

#include <stdio.h>

#include "history/digests.h"
#include "history/query.h"

/* What a run says, in this order. Ids of rows are the file's own affair and
   stay out. */
static const char *const run_rows[] = {
    "SELECT time, previous FROM link WHERE id = ?1",
    "SELECT origin, identity, tool, method, r.sha256, r.version, r.known_to, "
    "rules_kept, as_of, activity, declared, complete, conclusive, "
    "exit_status, stage, repository, revision, pipeline, actor, denied, "
    "sold_until, contract "
    "FROM run JOIN ruleset AS r ON r.id = ruleset WHERE run.id = ?1",
    /* Changes are told once the files are here: not before. */
    "SELECT p.sha256, r.changes, r.told = run.id "
    "FROM run JOIN ruleset AS r ON r.id = ruleset "
    "LEFT JOIN ruleset AS p ON p.id = r.previous "
    "WHERE run.id = ?1 AND rules_kept <> 0",
    "SELECT profile, name FROM run_profile WHERE run = ?1 ORDER BY position",
    "SELECT path, b.sha256, product, named, revision, format, c.digest, "
    "f.sha256, lines, lost, resolved, prohibited, upcoming, restricted, "
    "review, unknown, out_of_scope, clear, waived, error "
    "FROM bom AS b JOIN content AS c ON c.id = content "
    "LEFT JOIN file AS f ON f.id = file WHERE run = ?1 ORDER BY position",
    "SELECT b.position, fact.digest, f.line, refdes, quantity, f.waived, "
    "f.known, w.digest FROM bom AS b JOIN finding_told AS f ON f.bom = b.id "
    "JOIN fact ON fact.id = f.fact "
    "LEFT JOIN waiver AS w ON w.id = f.waiver "
    "WHERE b.run = ?1 ORDER BY b.position, f.position",
    "SELECT w.digest, state FROM run_waiver JOIN waiver AS w ON w.id = waiver "
    "WHERE run = ?1 ORDER BY position",
};

/* As recording_line() adds them. */
static const char content_rows[] =
    "SELECT line, part_line, alternate, fitted, refdes, quantity, ipn, origin, "
    "mpn, manufacturer, value, description, category, manufacturer_header, "
    "mpn_header FROM line_told WHERE content = ?1 ORDER BY position";

static bool add_rows(struct digest *digest, struct history *history,
                     const char *sql, int64_t parameter, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history, sql, err);
    if (ok && query_parameters(&query) != 0)
        query_set_int(&query, 1, parameter);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        for (int i = 0; i < query_columns(&query); i++)
            digest_add_value(digest, query_value(&query, i));
    }
    query_close(&query);
    return ok;
}

static const char change_rows[] =
    "SELECT kind, what, name, item, field, before, after FROM ruleset_change "
    "WHERE ruleset = ?1 ORDER BY position";

static bool finish(struct digest *digest, bool ok, char out[DIGEST_HEX_SIZE],
                   struct err *err) {
    if (ok)
        digest_hex(digest, out);
    digest_free(digest);
    return ok && (out[0] != '\0' || err_nomem(err));
}

bool chain_hash(struct history *history, int64_t run, char out[DIGEST_HEX_SIZE],
                struct err *err) {
    struct digest *digest = digest_new();
    bool ok = digest != NULL || err_nomem(err);
    for (size_t i = 0; ok && i < ARRAY_LEN(run_rows); i++)
        ok = add_rows(digest, history, run_rows[i], run, err);
    return finish(digest, ok, out, err);
}

bool chain_rows(struct history *history, const char *sql, int64_t id,
                char out[DIGEST_HEX_SIZE], struct err *err) {
    struct digest *digest = digest_new();
    bool ok = (digest != NULL || err_nomem(err)) &&
              add_rows(digest, history, sql, id, err);
    return finish(digest, ok, out, err);
}

bool chain_content(struct history *history, int64_t content,
                   char out[DIGEST_HEX_SIZE], struct err *err) {
    return chain_rows(history, content_rows, content, out, err);
}

bool chain_changes(struct history *history, int64_t ruleset,
                   char out[DIGEST_HEX_SIZE], struct err *err) {
    return chain_rows(history, change_rows, ruleset, out, err);
}

bool chain_seal(struct history *history, int64_t run, char out[DIGEST_HEX_SIZE],
                struct err *err) {
    return chain_rows(history,
                      "SELECT time, previous, hash, forgotten, why "
                      "FROM link WHERE id = ?1",
                      run, out, err);
}

bool chain_head(struct history *history, const char *until,
                char out[DIGEST_HEX_SIZE], struct err *err) {
    struct query query = {.history = NULL};
    bool row = false;
    bool ok = query_open(&query, history,
                         "SELECT hash FROM link WHERE ?1 IS NULL OR time < ?1 "
                         "ORDER BY id DESC LIMIT 1",
                         err);
    if (ok) {
        query_set_optional(&query, 1, until);
        ok = query_next(&query, &row, err);
    }
    snprintf(out, DIGEST_HEX_SIZE, "%.*s",
             STR_ARG(row ? query_text(&query, 0) : STR_EMPTY));
    query_close(&query);
    return ok;
}
