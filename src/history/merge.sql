-- A run that waited in the stage_ tables goes into the history. CROSS JOIN
-- keeps the order that is written: SQLite knows nothing of these tables' sizes.

INSERT OR IGNORE INTO ruleset (sha256, version, known_to)
SELECT ruleset_sha256, ruleset_version, known_to FROM stage_run;

INSERT OR IGNORE INTO file (sha256, bytes)
SELECT sha256, bytes FROM stage_rule_file
UNION ALL
SELECT file_sha256, file_bytes FROM stage_bom WHERE file_sha256 IS NOT NULL;
INSERT OR IGNORE INTO ruleset_file
SELECT r.id, s.path, f.id
FROM stage_rule_file AS s
CROSS JOIN file AS f ON f.sha256 = s.sha256
CROSS JOIN ruleset AS r ON r.sha256 = (SELECT ruleset_sha256 FROM stage_run);

INSERT INTO link (time, previous, hash)
SELECT time,
       coalesce((SELECT hash FROM link ORDER BY id DESC LIMIT 1), ''),
       ''
FROM stage_run;
UPDATE stage_run SET run = (SELECT max(id) FROM link);

INSERT INTO run
SELECT s.run, iif(identity IS NULL, 'check', 'import'), identity, tool, method,
       r.id, EXISTS (SELECT 1 FROM ruleset_file WHERE ruleset = r.id), as_of,
       activity, declared, complete, conclusive, exit_status, stage,
       repository, revision, pipeline, actor, denied, sold_until, contract
FROM stage_run AS s JOIN ruleset AS r ON r.sha256 = s.ruleset_sha256;

INSERT INTO run_profile
SELECT run, position, profile, name FROM stage_run, stage_profile;

INSERT OR IGNORE INTO waiver
    (digest, measure, clause, party, mpn, product, kind, reason, expires,
     approved_by, ticket, evidence)
SELECT digest, measure, clause, party, mpn, product, kind, reason, expires,
       approved_by, ticket, evidence
FROM stage_waiver;
INSERT INTO run_waiver
SELECT run, s.position, w.id, s.state
FROM stage_run CROSS JOIN stage_waiver AS s CROSS JOIN waiver AS w ON w.digest = s.digest
WHERE s.position IS NOT NULL;

-- Lines that other runs have read too are there already.
INSERT INTO stage_known
SELECT position AS bom FROM stage_bom
WHERE digest IN (SELECT digest FROM content)
   OR position > (SELECT min(position) FROM stage_bom AS first
                  WHERE first.digest = stage_bom.digest);
INSERT OR IGNORE INTO content (digest) SELECT digest FROM stage_bom;
UPDATE stage_bom
SET content = (SELECT id FROM content WHERE digest = stage_bom.digest);

INSERT OR IGNORE INTO text (value) SELECT value FROM stage_text;
INSERT INTO stage_id
SELECT s.id, t.id FROM stage_text AS s CROSS JOIN text AS t
ON t.value = s.value;
INSERT INTO stage_part
SELECT s.id,
       (SELECT text FROM stage_id WHERE id = s.mpn) AS mpn,
       (SELECT text FROM stage_id WHERE id = s.manufacturer) AS manufacturer,
       (SELECT text FROM stage_id WHERE id = s.value) AS value,
       (SELECT text FROM stage_id WHERE id = s.description) AS description,
       (SELECT text FROM stage_id WHERE id = s.category) AS category,
       (SELECT text FROM stage_id WHERE id = s.manufacturer_header)
           AS manufacturer_header,
       (SELECT text FROM stage_id WHERE id = s.mpn_header) AS mpn_header,
       (SELECT text FROM stage_id WHERE id = s.mpn_key) AS mpn_key,
       (SELECT text FROM stage_id WHERE id = s.party) AS party,
       part_digest
FROM stage_line AS s;
INSERT INTO part
    (mpn, manufacturer, value, description, category, manufacturer_header,
     mpn_header, mpn_key, party, digest)
SELECT mpn, manufacturer, value, description, category, manufacturer_header,
       mpn_header, mpn_key, party, digest
FROM stage_part WHERE true
ON CONFLICT (mpn, manufacturer, value, description, category,
             manufacturer_header, mpn_header)
DO UPDATE SET party = excluded.party, digest = excluded.digest
WHERE part.party <> excluded.party;

DELETE FROM stage_line WHERE bom IN (SELECT bom FROM stage_known);
INSERT INTO line
SELECT b.content, s.position, s.line, s.part_line, s.alternate, s.fitted,
       (SELECT text FROM stage_id WHERE id = s.refdes),
       (SELECT text FROM stage_id WHERE id = s.quantity),
       (SELECT text FROM stage_id WHERE id = s.ipn),
       (SELECT text FROM stage_id WHERE id = s.origin),
       p.id
FROM stage_line AS s
CROSS JOIN stage_bom AS b ON b.position = s.bom
CROSS JOIN stage_part AS k ON k.id = s.id
CROSS JOIN part AS p
ON p.mpn = k.mpn AND p.manufacturer = k.manufacturer AND p.value = k.value
AND p.description = k.description AND p.category = k.category
AND p.manufacturer_header = k.manufacturer_header
AND p.mpn_header = k.mpn_header;

INSERT INTO bom
    (run, position, path, sha256, product, named, revision, format, content,
     file, lines, lost, resolved, prohibited, upcoming, restricted, review,
     unknown, out_of_scope, clear, waived, error)
SELECT run, b.position, path, b.sha256, product, named, b.revision, format,
       content, f.id, lines, lost, resolved, prohibited, upcoming, restricted,
       review, unknown, out_of_scope, clear, waived, error
FROM stage_run CROSS JOIN stage_bom AS b LEFT JOIN file AS f ON f.sha256 = b.file_sha256;

INSERT INTO stage_fact
SELECT * FROM stage_finding
WHERE digest NOT IN (SELECT digest FROM fact) GROUP BY digest;
INSERT INTO fact
    (digest, fingerprint, verdict, profile, measure, title, clause, citation,
     url, since, becomes, reason, party, party_name, owner, confidence,
     category, manufacturer, mpn)
SELECT digest,
       (SELECT text FROM stage_id WHERE id = s.fingerprint),
       (SELECT text FROM stage_id WHERE id = s.verdict),
       (SELECT text FROM stage_id WHERE id = s.profile),
       (SELECT text FROM stage_id WHERE id = s.measure),
       (SELECT text FROM stage_id WHERE id = s.title),
       (SELECT text FROM stage_id WHERE id = s.clause),
       (SELECT text FROM stage_id WHERE id = s.citation),
       (SELECT text FROM stage_id WHERE id = s.url),
       (SELECT text FROM stage_id WHERE id = s.since),
       (SELECT text FROM stage_id WHERE id = s.becomes),
       (SELECT text FROM stage_id WHERE id = s.reason),
       (SELECT text FROM stage_id WHERE id = s.party),
       (SELECT text FROM stage_id WHERE id = s.party_name),
       (SELECT text FROM stage_id WHERE id = s.owner),
       (SELECT text FROM stage_id WHERE id = s.confidence),
       (SELECT text FROM stage_id WHERE id = s.category),
       (SELECT text FROM stage_id WHERE id = s.manufacturer),
       (SELECT text FROM stage_id WHERE id = s.mpn)
FROM stage_fact AS s;
INSERT INTO finding
SELECT b.id, s.position, f.id, s.line,
       (SELECT text FROM stage_id WHERE id = s.refdes),
       (SELECT text FROM stage_id WHERE id = s.quantity),
       s.waived, s.known, w.id
FROM stage_run AS r CROSS JOIN stage_finding AS s
CROSS JOIN bom AS b ON b.run = r.run AND b.position = s.bom
CROSS JOIN fact AS f ON f.digest = s.digest
LEFT JOIN waiver AS w ON w.digest = s.waiver;
