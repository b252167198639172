-- The runs in the table `doomed` go, and then what no other run needs.

DELETE FROM finding
WHERE bom IN (SELECT id FROM bom WHERE run IN (SELECT run FROM doomed));
DELETE FROM bom WHERE run IN (SELECT run FROM doomed);
DELETE FROM run_waiver WHERE run IN (SELECT run FROM doomed);
DELETE FROM run_profile WHERE run IN (SELECT run FROM doomed);
DELETE FROM run WHERE id IN (SELECT run FROM doomed);

CREATE TEMP TABLE unread AS
SELECT id FROM content WHERE id NOT IN (SELECT content FROM bom);
DELETE FROM line WHERE content IN (SELECT id FROM unread);
DELETE FROM content WHERE id IN (SELECT id FROM unread);
DELETE FROM part
WHERE NOT EXISTS (SELECT 1 FROM line WHERE line.part = part.id);
DELETE FROM fact WHERE id NOT IN (SELECT fact FROM finding);
DELETE FROM waiver
WHERE id NOT IN (SELECT waiver FROM run_waiver UNION ALL
                 SELECT waiver FROM finding WHERE waiver IS NOT NULL);

-- What a rule set in use changed is told against the ones before it, whose
-- names and changes stay.
DELETE FROM ruleset_file WHERE ruleset NOT IN (SELECT ruleset FROM run);
CREATE TEMP TABLE known AS
WITH RECURSIVE known (id) AS (
    SELECT ruleset FROM run
    UNION
    SELECT previous FROM known JOIN ruleset USING (id)
    WHERE previous IS NOT NULL
)
SELECT id FROM known;
DELETE FROM ruleset_change WHERE ruleset NOT IN (SELECT id FROM known);
DELETE FROM ruleset WHERE id NOT IN (SELECT id FROM known);
DELETE FROM file
WHERE id NOT IN (SELECT file FROM ruleset_file UNION ALL
                 SELECT file FROM bom WHERE file IS NOT NULL);

CREATE TEMP TABLE used (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO used
SELECT mpn FROM part UNION ALL SELECT manufacturer FROM part UNION ALL
SELECT value FROM part UNION ALL SELECT description FROM part UNION ALL
SELECT category FROM part UNION ALL
SELECT manufacturer_header FROM part UNION ALL
SELECT mpn_header FROM part UNION ALL SELECT mpn_key FROM part UNION ALL
SELECT party FROM part;
INSERT OR IGNORE INTO used
SELECT refdes FROM line UNION ALL SELECT quantity FROM line UNION ALL
SELECT ipn FROM line UNION ALL SELECT origin FROM line UNION ALL
SELECT refdes FROM finding UNION ALL SELECT quantity FROM finding;
INSERT OR IGNORE INTO used
SELECT fingerprint FROM fact UNION ALL SELECT verdict FROM fact UNION ALL
SELECT profile FROM fact UNION ALL SELECT measure FROM fact UNION ALL
SELECT title FROM fact UNION ALL SELECT clause FROM fact UNION ALL
SELECT citation FROM fact UNION ALL SELECT url FROM fact UNION ALL
SELECT since FROM fact UNION ALL SELECT becomes FROM fact UNION ALL
SELECT reason FROM fact UNION ALL SELECT party FROM fact UNION ALL
SELECT party_name FROM fact UNION ALL SELECT owner FROM fact UNION ALL
SELECT confidence FROM fact UNION ALL SELECT category FROM fact UNION ALL
SELECT manufacturer FROM fact UNION ALL SELECT mpn FROM fact;
DELETE FROM text WHERE id NOT IN (SELECT id FROM used);

DROP TABLE unread;
DROP TABLE known;
DROP TABLE used;
DELETE FROM doomed;
