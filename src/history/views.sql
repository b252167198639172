-- Rows with their texts instead of the texts' numbers: of every connection, so
-- that a file brings no statement of its own. A column that nobody asks for
-- costs nothing.

CREATE TEMP VIEW part_told AS
SELECT p.id, p.digest,
       (SELECT value FROM text WHERE id = p.mpn) AS mpn,
       (SELECT value FROM text WHERE id = p.manufacturer) AS manufacturer,
       (SELECT value FROM text WHERE id = p.value) AS value,
       (SELECT value FROM text WHERE id = p.description) AS description,
       (SELECT value FROM text WHERE id = p.category) AS category,
       (SELECT value FROM text WHERE id = p.manufacturer_header)
           AS manufacturer_header,
       (SELECT value FROM text WHERE id = p.mpn_header) AS mpn_header,
       (SELECT value FROM text WHERE id = p.mpn_key) AS mpn_key,
       (SELECT value FROM text WHERE id = p.party) AS party
FROM main.part AS p;

CREATE TEMP VIEW line_told AS
SELECT l.content, l.position, l.line, l.part_line, l.alternate, l.fitted,
       l.part,
       (SELECT value FROM text WHERE id = l.refdes) AS refdes,
       (SELECT value FROM text WHERE id = l.quantity) AS quantity,
       (SELECT value FROM text WHERE id = l.ipn) AS ipn,
       (SELECT value FROM text WHERE id = l.origin) AS origin,
       p.mpn, p.manufacturer, p.value, p.description, p.category,
       p.manufacturer_header, p.mpn_header, p.mpn_key, p.party
FROM main.line AS l CROSS JOIN part_told AS p ON p.id = l.part;

CREATE TEMP VIEW fact_told AS
SELECT f.id, f.digest,
       (SELECT value FROM text WHERE id = f.fingerprint) AS fingerprint,
       (SELECT value FROM text WHERE id = f.verdict) AS verdict,
       (SELECT value FROM text WHERE id = f.profile) AS profile,
       (SELECT value FROM text WHERE id = f.measure) AS measure,
       (SELECT value FROM text WHERE id = f.title) AS title,
       (SELECT value FROM text WHERE id = f.clause) AS clause,
       (SELECT value FROM text WHERE id = f.citation) AS citation,
       (SELECT value FROM text WHERE id = f.url) AS url,
       (SELECT value FROM text WHERE id = f.since) AS since,
       (SELECT value FROM text WHERE id = f.becomes) AS becomes,
       (SELECT value FROM text WHERE id = f.reason) AS reason,
       (SELECT value FROM text WHERE id = f.party) AS party,
       (SELECT value FROM text WHERE id = f.party_name) AS party_name,
       (SELECT value FROM text WHERE id = f.owner) AS owner,
       (SELECT value FROM text WHERE id = f.confidence) AS confidence,
       (SELECT value FROM text WHERE id = f.category) AS category,
       (SELECT value FROM text WHERE id = f.manufacturer) AS manufacturer,
       (SELECT value FROM text WHERE id = f.mpn) AS mpn
FROM main.fact AS f;

CREATE TEMP VIEW finding_told AS
SELECT f.bom, f.position, f.fact, f.line, f.waived, f.known, f.waiver,
       (SELECT value FROM text WHERE id = f.refdes) AS refdes,
       (SELECT value FROM text WHERE id = f.quantity) AS quantity
FROM main.finding AS f;

-- A BOM with its run. What is compared over time is a board: the repository,
-- the product, and the place, which is the path where no product was named. A
-- what-if judged by a day later than its own that is no contract's.
CREATE TEMP VIEW bom_told AS
SELECT b.id, b.run, b.position, b.content, b.path, b.error, b.product, b.named,
       coalesce(b.revision, '') AS revision,
       coalesce(r.repository, '') AS repository,
       iif(b.named, '', b.path) AS place,
       k.time, r.as_of,
       NOT r.contract AND r.as_of > substr(k.time, 1, 10) AS what_if,
       r.contract,
       r.activity, r.declared, r.complete, r.conclusive,
       coalesce(r.denied, '') AS denied,
       coalesce(r.sold_until, '') AS sold_until
FROM main.bom AS b CROSS JOIN main.run AS r ON r.id = b.run
CROSS JOIN main.link AS k ON k.id = b.run;
