#include "history/record.h"

#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/map.h"
#include "core/mem.h"
#include "history/chain.h"
#include "history/digests.h"
#include "history/query.h"
#include "history/rule_changes.h"
#include "history/schema.h"
#include "ruleset/name.h"

struct recording {
    struct history *history;
    struct query line, finding;
    struct digest *digest; /* of the lines of the BOM in hand */
    struct strbuf mpn_key;
    struct query text;
    struct map texts; /* -> the number in stage_text */
    struct arena kept;
    uint32_t text_count;
    int64_t bom, lines, findings, waivers, profiles; /* told so far */
};

/* Values are bound in the order in which a row's columns are written. */
struct row {
    struct query *query;
    int parameter;
};

static void put_int(struct row *row, int64_t value) {
    query_set_int(row->query, ++row->parameter, value);
}

static void put_text(struct row *row, struct str text) {
    query_set_text(row->query, ++row->parameter, text);
}

/* What is remembered of a run's texts. A text that comes again after that many
   others waits twice, which does no harm. */
#define TEXTS_MAX 65536

static bool stage_text(struct recording *recording, struct str text,
                       uint32_t *number, struct err *err) {
    *number = map_get(&recording->texts, text);
    if (*number != MAP_NONE)
        return true;
    if (recording->texts.count == TEXTS_MAX) {
        map_clear(&recording->texts);
        arena_reset(&recording->kept);
    }
    *number = recording->text_count++;
    struct str kept = arena_str(&recording->kept, text);
    if (recording->kept.failed || !map_put(&recording->texts, kept, *number))
        return err_nomem(err);
    query_set_int(&recording->text, 1, *number);
    query_set_text(&recording->text, 2, kept);
    return query_run(&recording->text, err);
}

/* The numbers of texts, in the order in which they are written. */
static bool put_numbers(struct row *row, struct recording *recording,
                        const struct str *texts, size_t count,
                        struct err *err) {
    for (size_t i = 0; i < count; i++) {
        uint32_t number;
        if (!stage_text(recording, texts[i], &number, err))
            return false;
        put_int(row, number);
    }
    return true;
}

static void put_optional(struct row *row, const char *text) {
    query_set_optional(row->query, ++row->parameter, text);
}

/* "INSERT INTO stage_x VALUES (?, …)", ready for its values. */
static bool open_insert(struct query *query, struct history *history,
                        const char *table, int columns, struct err *err) {
    struct strbuf sql = {.ptr = NULL};
    strbuf_printf(&sql, "INSERT INTO %s VALUES (", table);
    for (int i = 0; i < columns; i++)
        strbuf_add_text(&sql, i == 0 ? "?" : ", ?");
    strbuf_add_char(&sql, ')');
    bool ok =
        sql.failed ? err_nomem(err) : query_open(query, history, sql.ptr, err);
    strbuf_dispose(&sql);
    return ok;
}

static bool close_insert(struct query *query, bool ok, struct err *err) {
    ok = ok && query_run(query, err);
    query_close(query);
    return ok;
}

static bool stage_profile(struct recording *recording,
                          const struct history_profile *profile,
                          struct err *err) {
    struct query query = {.history = NULL};
    struct row row = {.query = &query};
    bool ok = open_insert(&query, recording->history, "stage_profile", 3, err);
    if (ok) {
        put_int(&row, recording->profiles++);
        put_optional(&row, profile->id);
        put_optional(&row, profile->name);
    }
    return close_insert(&query, ok, err);
}

static bool stage_run(struct recording *recording,
                      const struct history_run *run, struct err *err) {
    struct query query = {.history = NULL};
    struct row row = {.query = &query};
    bool ok = open_insert(&query, recording->history, "stage_run", 22, err);
    if (ok) {
        put_optional(&row, NULL);
        put_optional(&row, run->time);
        put_optional(&row, run->identity);
        put_optional(&row, run->tool);
        put_optional(&row, run->method);
        put_optional(&row, run->ruleset_version);
        put_optional(&row, run->ruleset_sha256);
        put_optional(&row, run->known_to);
        put_optional(&row, run->as_of);
        put_optional(&row, run->activity);
        put_int(&row, run->declared);
        put_optional(&row, run->stage);
        put_optional(&row, run->repository);
        put_optional(&row, run->revision);
        put_optional(&row, run->pipeline);
        put_optional(&row, run->actor);
        put_optional(&row, run->denied);
        put_optional(&row, run->sold_until);
        put_int(&row, run->contract);
        for (int i = 0; i < 3; i++) /* the end sets them */
            put_optional(&row, NULL);
    }
    if (!close_insert(&query, ok, err))
        return false;
    for (size_t i = 0; i < run->profile_count; i++) {
        if (!stage_profile(recording, &run->profiles[i], err))
            return false;
    }
    return true;
}

static bool set_up(struct recording *recording, const struct history_run *run,
                   struct err *err) {
    recording->digest = digest_new();
    if (recording->digest == NULL)
        return err_nomem(err);
    return history_exec(recording->history, history_stage, err) &&
           open_insert(&recording->line, recording->history, "stage_line", 21,
                       err) &&
           open_insert(&recording->text, recording->history, "stage_text", 2,
                       err) &&
           open_insert(&recording->finding, recording->history, "stage_finding",
                       27, err) &&
           history_exec(recording->history, "BEGIN", err) &&
           stage_run(recording, run, err);
}

/* Is it the rule set in use, of which no file is here yet? */
static bool wants_rules(struct recording *recording,
                        const struct ruleset *rules, bool *wanted,
                        struct err *err) {
    struct query query = {.history = NULL};
    bool ok = query_open(&query, recording->history,
                         "SELECT 1 FROM stage_run AS s "
                         "WHERE ruleset_sha256 = ?1 AND NOT EXISTS ("
                         "SELECT 1 FROM ruleset AS r JOIN ruleset_file AS f "
                         "ON f.ruleset = r.id WHERE r.sha256 = ?1)",
                         err);
    if (ok) {
        query_set_text(&query, 1, str_from(ruleset_sha256(rules)));
        ok = query_next(&query, wanted, err);
    }
    query_close(&query);
    return ok;
}

bool recording_rules(struct recording *recording, const struct ruleset *rules,
                     struct err *err) {
    bool wanted = false;
    if (!wants_rules(recording, rules, &wanted, err))
        return false;
    for (uint32_t i = 0; wanted && i < rules_file_count(rules); i++) {
        const struct rules_file *file = rules_file(rules, i);
        if (!recording_rule_file(recording, rules_str(rules, file->path),
                                 rules_str(rules, file->text), err))
            return false;
    }
    return true;
}

bool recording_begin(struct recording **out, struct history *history,
                     const struct history_run *run, struct err *err) {
    struct recording *recording = mem_calloc(1, sizeof(*recording));
    if (recording == NULL)
        return err_nomem(err);
    recording->history = history;
    if (set_up(recording, run, err)) {
        *out = recording;
        return true;
    }
    recording_free(recording);
    return false;
}

bool recording_rule_file(struct recording *recording, struct str path,
                         struct str text, struct err *err) {
    struct query query = {.history = NULL};
    char sha256[DIGEST_HEX_SIZE];
    if (!digest_of(text, sha256))
        return err_nomem(err);
    bool ok =
        open_insert(&query, recording->history, "stage_rule_file", 3, err);
    if (ok) {
        query_set_text(&query, 1, path);
        query_set_text(&query, 2, str_from(sha256));
        query_set_bytes(&query, 3, text);
    }
    return close_insert(&query, ok, err);
}

/* As chain.c reads them back. */
static void add_number(struct digest *digest, uint32_t number) {
    char text[16];
    snprintf(text, sizeof(text), "%u", (unsigned)number);
    digest_add_value(digest, str_from(text));
}

static struct str known(struct str text) {
    return text.ptr == NULL ? STR_EMPTY : text;
}

#define LINE_TEXTS 4 /* of a line itself; those of its part follow */

bool recording_line(struct recording *recording,
                    const struct history_line *line, struct err *err) {
    struct row row = {.query = &recording->line};
    mpn_key(&recording->mpn_key, line->mpn);
    if (recording->mpn_key.failed)
        return err_nomem(err);
    char part[DIGEST_HEX_SIZE];
    const struct str texts[] = {
        known(line->refdes),
        known(line->quantity),
        known(line->ipn),
        known(line->origin),
        /* the part, from here on */
        known(line->mpn),
        known(line->manufacturer),
        known(line->value),
        known(line->description),
        known(line->category),
        known(line->manufacturer_header),
        known(line->mpn_header),
        /* beyond what was read, and no part of the content's digest */
        strbuf_str(&recording->mpn_key),
        known(line->party),
    };
    add_number(recording->digest, line->line);
    add_number(recording->digest, line->part_line);
    add_number(recording->digest, line->alternate);
    add_number(recording->digest, line->fitted);
    for (size_t i = 0; i < ARRAY_LEN(texts) - 2; i++)
        digest_add_value(recording->digest, texts[i]);
    if (!digest_values(texts + LINE_TEXTS, ARRAY_LEN(texts) - LINE_TEXTS, part))
        return err_nomem(err);
    put_optional(&row, NULL);
    put_int(&row, recording->bom);
    put_int(&row, recording->lines++);
    put_int(&row, line->line);
    put_int(&row, line->part_line);
    put_int(&row, line->alternate);
    put_int(&row, line->fitted);
    if (!put_numbers(&row, recording, texts, ARRAY_LEN(texts), err))
        return false;
    put_optional(&row, part);
    return query_run(&recording->line, err);
}

#define FACT_TEXTS 18

static void fact_texts(const struct history_finding *finding,
                       struct str out[FACT_TEXTS]) {
    const struct str texts[FACT_TEXTS] = {
        finding->fingerprint, finding->verdict,      finding->profile,
        finding->measure,     finding->title,        finding->clause,
        finding->citation,    finding->url,          finding->since,
        finding->becomes,     finding->reason,       finding->party,
        finding->party_name,  finding->owner,        finding->confidence,
        finding->category,    finding->manufacturer, finding->mpn,
    };
    for (size_t i = 0; i < FACT_TEXTS; i++)
        out[i] = known(texts[i]);
}

#define WAIVER_TEXTS 11

static void waiver_texts(const struct history_waiver *waiver,
                         const char *out[WAIVER_TEXTS]) {
    const char *const texts[WAIVER_TEXTS] = {
        waiver->measure,     waiver->clause, waiver->party,    waiver->mpn,
        waiver->product,     waiver->kind,   waiver->reason,   waiver->expires,
        waiver->approved_by, waiver->ticket, waiver->evidence,
    };
    memcpy(out, texts, sizeof(texts));
}

static bool waiver_digest(const struct history_waiver *waiver,
                          char out[DIGEST_HEX_SIZE], struct err *err) {
    const char *texts[WAIVER_TEXTS];
    struct str values[WAIVER_TEXTS];
    waiver_texts(waiver, texts);
    for (size_t i = 0; i < WAIVER_TEXTS; i++)
        values[i] = (struct str){texts[i], str_from(texts[i]).len};
    return digest_values(values, WAIVER_TEXTS, out) || err_nomem(err);
}

/* `state` NULL: a finding names it. */
static bool stage_waiver(struct recording *recording,
                         const struct history_waiver *waiver, const char *state,
                         struct err *err) {
    struct query query = {.history = NULL};
    struct row row = {.query = &query};
    char digest[DIGEST_HEX_SIZE];
    const char *texts[WAIVER_TEXTS];
    waiver_texts(waiver, texts);
    if (!waiver_digest(waiver, digest, err))
        return false;
    bool ok = open_insert(&query, recording->history, "stage_waiver", 14, err);
    if (ok && state == NULL)
        put_optional(&row, NULL);
    else if (ok)
        put_int(&row, recording->waivers++);
    if (ok) {
        put_optional(&row, digest);
        put_optional(&row, state);
        for (size_t i = 0; i < WAIVER_TEXTS; i++)
            put_optional(&row, texts[i]);
    }
    return close_insert(&query, ok, err);
}

bool recording_waiver(struct recording *recording,
                      const struct history_waiver *waiver, const char *state,
                      struct err *err) {
    return stage_waiver(recording, waiver, state, err);
}

bool recording_finding(struct recording *recording,
                       const struct history_finding *finding, struct err *err) {
    struct row row = {.query = &recording->finding};
    char fact[DIGEST_HEX_SIZE], waiver[DIGEST_HEX_SIZE];
    struct str texts[FACT_TEXTS];
    fact_texts(finding, texts);
    if (!digest_values(texts, FACT_TEXTS, fact))
        return err_nomem(err);
    if (finding->waiver != NULL &&
        (!waiver_digest(finding->waiver, waiver, err) ||
         !stage_waiver(recording, finding->waiver, NULL, err)))
        return false;
    put_int(&row, recording->bom);
    put_int(&row, recording->findings++);
    put_int(&row, finding->line);
    put_int(&row, finding->waived);
    put_int(&row, finding->known);
    put_optional(&row, finding->waiver != NULL ? waiver : NULL);
    put_optional(&row, fact);
    return put_numbers(&row, recording, &finding->refdes, 1, err) &&
           put_numbers(&row, recording, &finding->quantity, 1, err) &&
           put_numbers(&row, recording, texts, FACT_TEXTS, err) &&
           query_run(&recording->finding, err);
}

/* "./bom.csv" is no other board than "bom.csv". */
static const char *plain_path(const char *path) {
    while (path[0] == '.' && path[1] == '/' && path[2] != '\0')
        path += 2;
    return path;
}

static bool stage_bom(struct recording *recording,
                      const struct history_bom *bom, const char *digest,
                      struct err *err) {
    struct query query = {.history = NULL};
    struct row row = {.query = &query};
    char kept[DIGEST_HEX_SIZE];
    if (bom->kept.len != 0 && !digest_of(bom->kept, kept))
        return err_nomem(err);
    bool ok = open_insert(&query, recording->history, "stage_bom", 23, err);
    if (ok) {
        put_int(&row, recording->bom);
        put_optional(&row, plain_path(bom->path));
        put_optional(&row, bom->sha256);
        put_text(&row, bom->product);
        put_int(&row, bom->named);
        put_optional(&row, bom->revision);
        put_optional(&row, bom->format);
        put_optional(&row, digest);
        put_int(&row, bom->lines);
        put_int(&row, bom->lost);
        put_int(&row, bom->resolved);
        for (int v = 0; v < VERDICT_COUNT; v++)
            put_int(&row, bom->counts[v]);
        put_int(&row, bom->waived);
        put_optional(&row, bom->error);
        put_optional(&row, bom->kept.len != 0 ? kept : NULL);
        if (bom->kept.len != 0)
            query_set_bytes(&query, 22, bom->kept);
    }
    return close_insert(&query, ok, err);
}

bool recording_bom(struct recording *recording, const struct history_bom *bom,
                   struct err *err) {
    char digest[DIGEST_HEX_SIZE];
    digest_hex(recording->digest, digest);
    digest_free(recording->digest);
    recording->digest = digest_new();
    if (recording->digest == NULL || digest[0] == '\0')
        return err_nomem(err);
    bool ok = stage_bom(recording, bom, digest, err);
    recording->bom++;
    recording->lines = recording->findings = 0;
    return ok;
}

static bool stage_end(struct recording *recording,
                      const struct history_end *end, struct err *err) {
    struct query query = {.history = NULL};
    struct row row = {.query = &query};
    bool ok = query_open(&query, recording->history,
                         "UPDATE stage_run SET complete = ?, conclusive = ?, "
                         "exit_status = ?",
                         err);
    if (ok) {
        put_int(&row, end->complete);
        put_int(&row, end->conclusive);
        put_int(&row, end->exit_status);
    }
    return close_insert(&query, ok, err);
}

/* One row of one number and perhaps a text. */
static bool ask(struct history *history, const char *sql, bool *found,
                int64_t *number, char text[DIGEST_HEX_SIZE], struct err *err) {
    struct query query = {.history = NULL};
    bool ok =
        query_open(&query, history, sql, err) && query_next(&query, found, err);
    if (ok && *found) {
        *number = query_int(&query, 0);
        snprintf(text, DIGEST_HEX_SIZE, "%.*s", STR_ARG(query_text(&query, 1)));
    }
    query_close(&query);
    return ok;
}

static bool set_text(struct history *history, const char *sql, int64_t id,
                     const char *text, struct err *err) {
    struct query query = {.history = NULL};
    bool ok = query_open(&query, history, sql, err);
    if (ok) {
        query_set_int(&query, 1, id);
        query_set_text(&query, 2, str_from(text));
    }
    return close_insert(&query, ok, err);
}

static bool write_hash(struct history *history, int64_t run,
                       char head[DIGEST_HEX_SIZE], struct err *err) {
    return chain_hash(history, run, head, err) &&
           set_text(history, "UPDATE link SET hash = ?2 WHERE id = ?1", run,
                    head, err);
}

static bool merge(struct recording *recording, struct history_mark *mark,
                  struct err *err) {
    struct history *history = recording->history;
    bool found = false;
    *mark = (struct history_mark){.run = 0};
    if (!ask(history,
             "SELECT link.id, hash FROM link JOIN run USING (id) WHERE "
             "identity = (SELECT identity FROM stage_run)",
             &found, &mark->run, mark->head, err))
        return false;
    mark->is_old = found;
    if (found)
        return true;
    return history_exec(history, history_merge, err) &&
           ask(history, "SELECT run, '' FROM stage_run", &found, &mark->run,
               mark->head, err) &&
           rule_changes_record(history, mark->run, err) &&
           write_hash(history, mark->run, mark->head, err);
}

bool recording_commit(struct recording *recording,
                      const struct history_end *end, struct history_mark *mark,
                      struct err *err) {
    struct history *history = recording->history;
    if (!stage_end(recording, end, err) || !history_commit(history, err) ||
        !history_begin(history, err))
        return false;
    if (merge(recording, mark, err))
        return history_commit(history, err);
    history_rollback(history);
    return false;
}

void recording_free(struct recording *recording) {
    if (recording == NULL)
        return;
    query_close(&recording->line);
    query_close(&recording->finding);
    query_close(&recording->text);
    map_dispose(&recording->texts);
    arena_dispose(&recording->kept);
    history_rollback(recording->history);
    digest_free(recording->digest);
    strbuf_dispose(&recording->mpn_key);
    mem_free(recording);
}
