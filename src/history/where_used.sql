-- Where parts are used: those whose number reduces to ?1, and those made by a
-- company in the table `wanted`. The newest BOM of each revision of a board
-- that holds one, line by line; what-ifs, which judged by a day later than
-- their own, do not count.
WITH part_wanted AS MATERIALIZED (
    SELECT id FROM part
    WHERE mpn_key = (SELECT id FROM text WHERE value = ?1)
    UNION
    SELECT p.id FROM wanted CROSS JOIN part AS p ON p.party = wanted.party
), read AS MATERIALIZED (
    SELECT DISTINCT l.content
    FROM part_wanted CROSS JOIN line AS l ON l.part = part_wanted.id
), held AS MATERIALIZED (
    SELECT b.id, b.run, k.time, coalesce(r.repository, '') AS repository,
           b.product, b.path, iif(b.named, '', b.path) AS place,
           coalesce(b.revision, '') AS revision, b.content,
           rank() OVER (
               PARTITION BY coalesce(r.repository, ''), b.product,
                            iif(b.named, '', b.path), coalesce(b.revision, '')
               ORDER BY k.time DESC, b.run DESC) AS nth
    FROM read CROSS JOIN bom AS b ON b.content = read.content
    JOIN run AS r ON r.id = b.run JOIN link AS k ON k.id = b.run
    WHERE b.error IS NULL AND r.as_of <= substr(k.time, 1, 10)
), product AS MATERIALIZED (SELECT DISTINCT product FROM held
), newest AS MATERIALIZED (
    SELECT b.id,
           rank() OVER (
               PARTITION BY coalesce(r.repository, ''), b.product,
                            iif(b.named, '', b.path)
               ORDER BY k.time DESC, b.run DESC) AS nth
    FROM product CROSS JOIN bom AS b ON b.product = product.product
    JOIN run AS r ON r.id = b.run JOIN link AS k ON k.id = b.run
    WHERE b.error IS NULL AND r.as_of <= substr(k.time, 1, 10)
)
SELECT h.product, h.revision, h.repository, h.path, h.run, h.time,
       h.id IN (SELECT id FROM newest WHERE nth = 1) AS latest,
       line, alternate, fitted, refdes, quantity, manufacturer, mpn, party,
       h.id AS bom
FROM held AS h CROSS JOIN line_told AS l ON l.content = h.content
WHERE h.nth = 1 AND l.part IN (SELECT id FROM part_wanted)
ORDER BY h.product, h.repository, h.place, h.time DESC, h.id, l.position;
