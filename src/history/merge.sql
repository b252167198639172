-- A run that waited in the stage_ tables goes into the history.

INSERT OR IGNORE INTO ruleset (sha256, version, known_to, previous, changes)
SELECT ruleset_sha256, ruleset_version, known_to,
       (SELECT ruleset FROM run ORDER BY id DESC LIMIT 1), ''
FROM stage_run;

INSERT OR IGNORE INTO file (sha256, bytes)
SELECT sha256, bytes FROM stage_rule_file
UNION ALL
SELECT file_sha256, file_bytes FROM stage_bom WHERE file_sha256 IS NOT NULL;
INSERT OR IGNORE INTO ruleset_file
SELECT r.id, s.path, f.id
FROM stage_rule_file AS s
JOIN file AS f ON f.sha256 = s.sha256
JOIN ruleset AS r ON r.sha256 = (SELECT ruleset_sha256 FROM stage_run);

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
       repository, revision, pipeline, actor
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
FROM stage_run, stage_waiver AS s JOIN waiver AS w ON w.digest = s.digest
WHERE s.position IS NOT NULL;

-- Lines that other runs have read too are there already.
INSERT INTO stage_known
SELECT position AS bom FROM stage_bom
WHERE digest IN (SELECT digest FROM content)
   OR position > (SELECT min(position) FROM stage_bom AS first
                  WHERE first.digest = stage_bom.digest);
INSERT OR IGNORE INTO content (digest) SELECT digest FROM stage_bom;

INSERT OR IGNORE INTO text (value)
SELECT mpn FROM stage_line UNION ALL
SELECT manufacturer FROM stage_line UNION ALL
SELECT value FROM stage_line UNION ALL
SELECT description FROM stage_line UNION ALL
SELECT category FROM stage_line UNION ALL
SELECT manufacturer_header FROM stage_line UNION ALL
SELECT mpn_header FROM stage_line UNION ALL
SELECT mpn_key FROM stage_line UNION ALL
SELECT party FROM stage_line;
INSERT INTO stage_part
SELECT s.id,
       (SELECT id FROM text WHERE value = s.mpn) AS mpn,
       (SELECT id FROM text WHERE value = s.manufacturer) AS manufacturer,
       (SELECT id FROM text WHERE value = s.value) AS value,
       (SELECT id FROM text WHERE value = s.description) AS description,
       (SELECT id FROM text WHERE value = s.category) AS category,
       (SELECT id FROM text WHERE value = s.manufacturer_header)
           AS manufacturer_header,
       (SELECT id FROM text WHERE value = s.mpn_header) AS mpn_header,
       (SELECT id FROM text WHERE value = s.mpn_key) AS mpn_key,
       (SELECT id FROM text WHERE value = s.party) AS party
FROM stage_line AS s;
INSERT INTO part
    (mpn, manufacturer, value, description, category, manufacturer_header,
     mpn_header, mpn_key, party)
SELECT mpn, manufacturer, value, description, category, manufacturer_header,
       mpn_header, mpn_key, party
FROM stage_part WHERE true
ON CONFLICT (mpn, manufacturer, value, description, category,
             manufacturer_header, mpn_header)
DO UPDATE SET party = excluded.party WHERE part.party <> excluded.party;

DELETE FROM stage_line WHERE bom IN (SELECT bom FROM stage_known);
INSERT OR IGNORE INTO text (value)
SELECT refdes FROM stage_line UNION ALL
SELECT quantity FROM stage_line UNION ALL
SELECT ipn FROM stage_line UNION ALL
SELECT origin FROM stage_line;
INSERT INTO line
SELECT c.id, s.position, s.line, s.part_line, s.alternate, s.fitted,
       (SELECT id FROM text WHERE value = s.refdes),
       (SELECT id FROM text WHERE value = s.quantity),
       (SELECT id FROM text WHERE value = s.ipn),
       (SELECT id FROM text WHERE value = s.origin),
       p.id
FROM stage_part AS k
JOIN part AS p USING (mpn, manufacturer, value, description, category,
                      manufacturer_header, mpn_header)
JOIN stage_line AS s ON s.id = k.id
JOIN stage_bom AS b ON b.position = s.bom
JOIN content AS c ON c.digest = b.digest;

INSERT INTO bom
    (run, position, path, sha256, product, named, revision, format, content,
     file, lines, lost, resolved, prohibited, upcoming, restricted, review,
     unknown, out_of_scope, clear, waived, error)
SELECT run, b.position, path, b.sha256, product, named, b.revision, format,
       c.id, f.id, lines, lost, resolved, prohibited, upcoming, restricted,
       review, unknown, out_of_scope, clear, waived, error
FROM stage_run, stage_bom AS b
JOIN content AS c ON c.digest = b.digest
LEFT JOIN file AS f ON f.sha256 = b.file_sha256;

INSERT INTO stage_fact
SELECT * FROM stage_finding
WHERE digest NOT IN (SELECT digest FROM fact) GROUP BY digest;
INSERT OR IGNORE INTO text (value)
SELECT refdes FROM stage_finding UNION ALL
SELECT quantity FROM stage_finding UNION ALL
SELECT fingerprint FROM stage_fact UNION ALL
SELECT verdict FROM stage_fact UNION ALL
SELECT profile FROM stage_fact UNION ALL
SELECT measure FROM stage_fact UNION ALL
SELECT title FROM stage_fact UNION ALL
SELECT clause FROM stage_fact UNION ALL
SELECT citation FROM stage_fact UNION ALL
SELECT url FROM stage_fact UNION ALL
SELECT since FROM stage_fact UNION ALL
SELECT becomes FROM stage_fact UNION ALL
SELECT reason FROM stage_fact UNION ALL
SELECT party FROM stage_fact UNION ALL
SELECT party_name FROM stage_fact UNION ALL
SELECT owner FROM stage_fact UNION ALL
SELECT confidence FROM stage_fact UNION ALL
SELECT category FROM stage_fact UNION ALL
SELECT manufacturer FROM stage_fact UNION ALL
SELECT mpn FROM stage_fact;
INSERT INTO fact
    (digest, fingerprint, verdict, profile, measure, title, clause, citation,
     url, since, becomes, reason, party, party_name, owner, confidence,
     category, manufacturer, mpn)
SELECT digest,
       (SELECT id FROM text WHERE value = s.fingerprint),
       (SELECT id FROM text WHERE value = s.verdict),
       (SELECT id FROM text WHERE value = s.profile),
       (SELECT id FROM text WHERE value = s.measure),
       (SELECT id FROM text WHERE value = s.title),
       (SELECT id FROM text WHERE value = s.clause),
       (SELECT id FROM text WHERE value = s.citation),
       (SELECT id FROM text WHERE value = s.url),
       (SELECT id FROM text WHERE value = s.since),
       (SELECT id FROM text WHERE value = s.becomes),
       (SELECT id FROM text WHERE value = s.reason),
       (SELECT id FROM text WHERE value = s.party),
       (SELECT id FROM text WHERE value = s.party_name),
       (SELECT id FROM text WHERE value = s.owner),
       (SELECT id FROM text WHERE value = s.confidence),
       (SELECT id FROM text WHERE value = s.category),
       (SELECT id FROM text WHERE value = s.manufacturer),
       (SELECT id FROM text WHERE value = s.mpn)
FROM stage_fact AS s;
INSERT INTO finding
SELECT b.id, s.position, f.id, s.line,
       (SELECT id FROM text WHERE value = s.refdes),
       (SELECT id FROM text WHERE value = s.quantity),
       s.waived, s.known, w.id
FROM stage_run AS r, stage_finding AS s
JOIN bom AS b ON b.run = r.run AND b.position = s.bom
JOIN fact AS f ON f.digest = s.digest
LEFT JOIN waiver AS w ON w.digest = s.waiver;
