#include "history/audit_inside.h"
#include "history/schema.h"

/* CROSS JOIN keeps SQLite to the order that is written: from the days to the
   runs, and never over all of them. */
const char *const audit_sql[AUDIT_SQL_COUNT] = {
    [AUDIT_SQL_RUNS] =
        "SELECT link.id, time, hash, origin, tool, method, ruleset, as_of, "
        "activity, complete, conclusive, exit_status, stage, repository, "
        "revision, pipeline, actor, contract "
        "FROM link CROSS JOIN run ON run.id = link.id "
        "WHERE link.id BETWEEN ?1 AND ?2 ORDER BY time, link.id",
    [AUDIT_SQL_PROFILES] =
        "SELECT profile FROM run_profile WHERE run = ?1 ORDER BY position",
    [AUDIT_SQL_BOMS] =
        "SELECT bom.id, path, sha256, product, named, revision, format, "
        "content, digest, lines, lost, resolved, waived, error, prohibited, "
        "upcoming, restricted, review, unknown, out_of_scope, clear "
        "FROM bom JOIN content ON content.id = bom.content "
        "WHERE run = ?1 AND (?2 IS NULL OR product = ?2) ORDER BY position",
    [AUDIT_SQL_FINDINGS] =
        "SELECT fact, line, refdes, quantity, waived, waiver "
        "FROM finding_told WHERE bom = ?1 ORDER BY position",
    [AUDIT_SQL_FACT] =
        "SELECT t.fingerprint, t.verdict, t.profile, t.measure, t.title, "
        "t.clause, t.citation, t.url, t.since, t.becomes, t.reason, t.party, "
        "t.party_name, t.owner, t.confidence, t.category, t.manufacturer, "
        "t.mpn, f.digest, f.manufacturer, f.mpn "
        "FROM fact AS f JOIN fact_told AS t USING (id) WHERE f.id = ?1",
    [AUDIT_SQL_PART] =
        "SELECT 1 FROM part AS p CROSS JOIN line AS l ON l.part = p.id "
        "WHERE p.mpn = ?1 AND p.manufacturer = ?2 AND l.content = ?3 LIMIT 1",
    [AUDIT_SQL_SAME_LINE] =
        "SELECT 1 FROM part AS p CROSS JOIN line AS l ON l.part = p.id "
        "CROSS JOIN line AS o ON o.part = p.id AND o.content = ?3 "
        "AND o.origin = l.origin "
        "WHERE p.mpn = ?1 AND p.manufacturer = ?2 AND l.content = ?4 LIMIT 1",
    [AUDIT_SQL_WAIVER] =
        "SELECT measure, clause, party, mpn, product, kind, reason, expires, "
        "approved_by, ticket, evidence, digest FROM waiver WHERE id = ?1",
    [AUDIT_SQL_RUN_WAIVERS] =
        "SELECT waiver, state FROM run_waiver WHERE run = ?1 ORDER BY position",
    [AUDIT_SQL_RULESETS] =
        "SELECT id, sha256, version, known_to FROM ruleset ORDER BY id",
    [AUDIT_SQL_FIRST_USES] =
        "SELECT DISTINCT ruleset FROM link CROSS JOIN run ON run.id = link.id "
        "WHERE link.id < ?1",
    [AUDIT_SQL_CHANGES] = history_rule_changes,
    [AUDIT_SQL_FORGOTTEN] =
        "SELECT id, time, hash, forgotten, why FROM link "
        "WHERE id BETWEEN ?1 AND ?2 AND forgotten IS NOT NULL "
        "ORDER BY time, id",
    [AUDIT_SQL_LINKS] =
        "SELECT id, time, previous, hash, forgotten FROM link ORDER BY id",
    [AUDIT_SQL_LINK] = "SELECT id, time FROM link WHERE hash = ?1",
    [AUDIT_SQL_PRODUCT] =
        "SELECT max(time), max(now) FROM (SELECT time, "
        "link.id BETWEEN ?3 AND ?4 AS now FROM bom JOIN run ON run.id = "
        "bom.run JOIN link ON link.id = run.id "
        "WHERE product = ?1 AND named AND complete AND conclusive "
        "AND link.id <= ?2 AND (SELECT count(*) FROM run_profile WHERE "
        "run = link.id AND instr(?6, char(10) || profile || char(10))) >= ?7 "
        "GROUP BY run.id HAVING count(DISTINCT path) >= ?5)",
};
