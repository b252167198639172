#include "history/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "history/query.h"

/* What a run says, in this order. Ids of rows are the file's own affair and
   stay out. */
static const char *const run_rows[] = {
    "SELECT time, previous FROM link WHERE id = ?1",
    "SELECT origin, identity, tool, method, r.sha256, r.version, r.known_to, "
    "as_of, activity, declared, complete, conclusive, exit_status, stage, "
    "repository, revision, pipeline, actor "
    "FROM run JOIN ruleset AS r ON r.id = ruleset WHERE run.id = ?1",
    "SELECT profile, name FROM run_profile WHERE run = ?1 ORDER BY position",
    "SELECT path, b.sha256, product, named, revision, format, c.digest, "
    "f.sha256, lines, lost, resolved, prohibited, upcoming, restricted, "
    "review, unknown, out_of_scope, clear, waived, error "
    "FROM bom AS b JOIN content AS c ON c.id = content "
    "LEFT JOIN file AS f ON f.id = file WHERE run = ?1 ORDER BY position",
    "SELECT b.position, fact.digest, f.line, r.value, q.value, f.waived, "
    "f.known, w.digest FROM bom AS b JOIN finding AS f ON f.bom = b.id "
    "JOIN fact ON fact.id = f.fact JOIN text AS r ON r.id = f.refdes "
    "JOIN text AS q ON q.id = f.quantity "
    "LEFT JOIN waiver AS w ON w.id = f.waiver "
    "WHERE b.run = ?1 ORDER BY b.position, f.position",
    "SELECT w.digest, state FROM run_waiver JOIN waiver AS w ON w.id = waiver "
    "WHERE run = ?1 ORDER BY position",
};

/* As recording_line() adds them. */
static const char content_rows[] =
    "SELECT line, part_line, alternate, fitted, r.value, q.value, i.value, "
    "o.value, m.value, n.value, v.value, d.value, c.value, nh.value, mh.value "
    "FROM line AS l JOIN part AS p ON p.id = l.part "
    "JOIN text AS r ON r.id = l.refdes JOIN text AS q ON q.id = l.quantity "
    "JOIN text AS i ON i.id = l.ipn JOIN text AS o ON o.id = l.origin "
    "JOIN text AS m ON m.id = p.mpn JOIN text AS n ON n.id = p.manufacturer "
    "JOIN text AS v ON v.id = p.value JOIN text AS d ON d.id = p.description "
    "JOIN text AS c ON c.id = p.category "
    "JOIN text AS nh ON nh.id = p.manufacturer_header "
    "JOIN text AS mh ON mh.id = p.mpn_header "
    "WHERE content = ?1 ORDER BY position";

bool chain_add_rows(struct digest *digest, struct history *history,
                    const char *sql, int64_t parameter, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, history, sql, err);
    if (ok)
        query_set_int(&query, 1, parameter);
    while (ok && (ok = query_next(&query, &row, err)) && row) {
        for (int i = 0; i < query_columns(&query); i++) {
            bool none = query_is_null(&query, i);
            digest_add(digest, none ? STR_LIT("-") : STR_LIT("+"));
            if (!none)
                digest_add_field(digest, query_text(&query, i));
        }
    }
    query_close(&query);
    return ok;
}

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
        ok = chain_add_rows(digest, history, run_rows[i], run, err);
    return finish(digest, ok, out, err);
}

bool chain_content(struct history *history, int64_t content,
                   char out[DIGEST_HEX_SIZE], struct err *err) {
    struct digest *digest = digest_new();
    bool ok = (digest != NULL || err_nomem(err)) &&
              chain_add_rows(digest, history, content_rows, content, err);
    return finish(digest, ok, out, err);
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
    if (!query_is_null(link, 3)) {
        check->sums->forgotten++;
        return true;
    }
    if (!chain_hash(check->history, id, now, err))
        return false;
    if (strcmp(now, check->sums->head) != 0) {
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
    struct digest *digest = digest_new();
    if (digest == NULL)
        return err_nomem(err);
    digest_add(digest, query_bytes(row, 1));
    digest_hex(digest, now);
    digest_free(digest);
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
    struct digest *digest = digest_new();
    if (digest == NULL)
        return err_nomem(err);
    for (int i = 2; i < query_columns(row); i++) {
        bool none = query_is_null(row, i);
        digest_add(digest, none ? STR_LIT("-") : STR_LIT("+"));
        if (!none)
            digest_add_field(digest, query_text(row, i));
    }
    digest_hex(digest, now);
    digest_free(digest);
    if (str_eq(query_text(row, 1), str_from(now)))
        return true;
    strbuf_printf(&text, "%.*s is not as it was recorded",
                  STR_ARG(query_text(row, 0)));
    add_fault(check, &text);
    return true;
}

static const struct {
    const char *sql;
    bool (*check)(struct check *check, const struct query *row,
                  struct err *err);
} checks[] = {
    {"SELECT id, previous, hash, forgotten FROM link ORDER BY id", check_link},
    {"SELECT c.id, c.digest, min(b.path) FROM content AS c "
     "JOIN bom AS b ON b.content = c.id GROUP BY c.id ORDER BY c.id",
     check_content},
    {"SELECT sha256, bytes FROM file ORDER BY id", check_bytes},
    {"SELECT 'the finding ' || t.value, digest, t.value, v.value, pr.value, "
     "me.value, ti.value, cl.value, ci.value, u.value, si.value, be.value, "
     "re.value, pa.value, pn.value, ow.value, co.value, ca.value, ma.value, "
     "mp.value FROM fact AS f JOIN text AS t ON t.id = fingerprint "
     "JOIN text AS v ON v.id = verdict JOIN text AS pr ON pr.id = profile "
     "JOIN text AS me ON me.id = measure JOIN text AS ti ON ti.id = title "
     "JOIN text AS cl ON cl.id = clause JOIN text AS ci ON ci.id = citation "
     "JOIN text AS u ON u.id = url JOIN text AS si ON si.id = since "
     "JOIN text AS be ON be.id = becomes JOIN text AS re ON re.id = reason "
     "JOIN text AS pa ON pa.id = party JOIN text AS pn ON pn.id = party_name "
     "JOIN text AS ow ON ow.id = owner JOIN text AS co ON co.id = confidence "
     "JOIN text AS ca ON ca.id = category "
     "JOIN text AS ma ON ma.id = manufacturer JOIN text AS mp ON mp.id = mpn "
     "ORDER BY f.id",
     check_digested},
    {"SELECT 'a waiver for ' || coalesce(measure, '?'), digest, measure, "
     "clause, party, mpn, product, kind, reason, expires, approved_by, "
     "ticket, evidence FROM waiver ORDER BY id",
     check_digested},
};

static bool check_rows(struct check *check, size_t which, struct err *err) {
    struct query query = {.history = NULL};
    bool row = true;
    bool ok = query_open(&query, check->history, checks[which].sql, err);
    while (ok && (ok = query_next(&query, &row, err)) && row)
        ok = checks[which].check(check, &query, err);
    query_close(&query);
    return ok;
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
    *sums = (struct chain_sums){.runs = 0};
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        if (!check_rows(&check, i, err))
            return false;
    }
    if (!check.found) {
        strbuf_printf(&text,
                      "the head %s that was printed before is not in the "
                      "chain: runs were removed or written anew",
                      printed);
        add_fault(&check, &text);
    }
    return true;
}
