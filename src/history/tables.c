#include "history/tables.h"

/* ?1 and ?2: the first and the last run. */
static const struct {
    const char *name, *sql;
} tables[HISTORY_TABLE_COUNT] = {
    [HISTORY_RUNS] =
        {"runs",
         "SELECT l.id AS run, time, hash, l.previous, forgotten, why, origin, "
         "tool, method, s.version AS \"ruleset.version\", "
         "s.sha256 AS \"ruleset.sha256\", s.known_to AS \"ruleset.known_to\", "
         "rules_kept AS \"ruleset.kept\", as_of, activity, "
         "(SELECT group_concat(profile, ' ') FROM "
         "(SELECT profile FROM run_profile WHERE run = l.id ORDER BY position))"
         " AS profiles, declared, stage, repository, revision AS \"commit\", "
         "pipeline, actor, complete, conclusive, exit_status "
         "FROM link AS l LEFT JOIN run AS r ON r.id = l.id "
         "LEFT JOIN ruleset AS s ON s.id = r.ruleset "
         "WHERE l.id BETWEEN ?1 AND ?2 ORDER BY l.id"},
    [HISTORY_BOMS] =
        {"boms",
         "SELECT run, position + 1 AS bom, path, b.sha256, product, named, "
         "revision, format, content, file IS NOT NULL AS kept, lines, lost, "
         "resolved / 10000.0 AS resolved, "
         "prohibited AS \"counts.prohibited\", upcoming AS \"counts.upcoming\","
         " restricted AS \"counts.restricted\", review AS \"counts.review\", "
         "unknown AS \"counts.unknown\", "
         "out_of_scope AS \"counts.out-of-scope\", clear AS \"counts.clear\", "
         "waived AS \"counts.waived\", error FROM bom AS b "
         "WHERE run BETWEEN ?1 AND ?2 ORDER BY run, position"},
    [HISTORY_LINES] =
        {"lines",
         "SELECT content, line, part_line, alternate, fitted, refdes, quantity,"
         " ipn, manufacturer, mpn, value, description, category, origin, party "
         "FROM line_told "
         "WHERE content IN "
         "(SELECT content FROM bom WHERE run BETWEEN ?1 AND ?2) "
         "ORDER BY content, position"},
    [HISTORY_FINDINGS] =
        {"findings",
         "SELECT run, b.position + 1 AS bom, b.product, verdict, f.waived, "
         "known, line, refdes, quantity, t.manufacturer, t.mpn, t.party, "
         "party_name, owner, confidence, category, profile, t.measure, title, "
         "t.clause, citation, url, since AS \"from\", becomes, t.reason, "
         "w.digest AS waiver, fingerprint "
         "FROM bom AS b CROSS JOIN finding_told AS f ON f.bom = b.id "
         "CROSS JOIN fact_told AS t ON t.id = f.fact "
         "LEFT JOIN waiver AS w ON w.id = f.waiver "
         "WHERE run BETWEEN ?1 AND ?2 ORDER BY run, b.position, f.position"},
    [HISTORY_WAIVERS] =
        {"waivers",
         "SELECT run, digest AS waiver, state, measure, clause, party, mpn, "
         "product, kind, reason, expires, approved_by, ticket, evidence "
         "FROM run_waiver JOIN waiver AS w ON w.id = run_waiver.waiver "
         "WHERE run BETWEEN ?1 AND ?2 ORDER BY run, position"},
    [HISTORY_RULESETS] =
        {"rulesets",
         "SELECT s.sha256, s.version, s.known_to, p.sha256 AS previous, "
         "(SELECT min(time) FROM run JOIN link USING (id) "
         "WHERE ruleset = s.id) AS first_used, "
         "(SELECT max(time) FROM run JOIN link USING (id) "
         "WHERE ruleset = s.id) AS last_used, "
         "(SELECT count(*) FROM run WHERE ruleset = s.id) AS runs, "
         "EXISTS (SELECT 1 FROM ruleset_file WHERE ruleset = s.id) AS kept, "
         "(SELECT count(*) FROM ruleset_change WHERE ruleset = s.id) AS changes"
         " FROM ruleset AS s LEFT JOIN ruleset AS p ON p.id = s.previous "
         "WHERE s.id IN (SELECT ruleset FROM run WHERE id BETWEEN ?1 AND ?2) "
         "ORDER BY s.id"},
};

const char *history_table_name(enum history_table table) {
    return tables[table].name;
}

bool table_open(struct query *query, struct history *history,
                enum history_table table, struct err *err) {
    return query_open(query, history, tables[table].sql, err);
}

void table_from(struct query *query, int64_t first, int64_t last) {
    query_reset(query);
    query_set_int(query, 1, first);
    query_set_int(query, 2, last);
}
