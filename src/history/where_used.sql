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
    SELECT b.id, run, time, repository, product, path, place, revision,
           b.content,
           rank() OVER (PARTITION BY repository, product, place, revision
                        ORDER BY time DESC, run DESC) AS nth
    FROM read CROSS JOIN bom_told AS b ON b.content = read.content
    WHERE error IS NULL AND NOT what_if
), product AS MATERIALIZED (SELECT DISTINCT product FROM held
), newest AS MATERIALIZED (
    SELECT b.id,
           rank() OVER (PARTITION BY repository, b.product, place
                        ORDER BY time DESC, run DESC) AS nth
    FROM product CROSS JOIN bom_told AS b ON b.product = product.product
    WHERE error IS NULL AND NOT what_if
)
SELECT h.product, h.revision, h.repository, h.path, h.run, h.time,
       h.id IN (SELECT id FROM newest WHERE nth = 1) AS latest,
       line, alternate, fitted, refdes, quantity, manufacturer, mpn, party,
       h.id AS bom
FROM held AS h CROSS JOIN line_told AS l ON l.content = h.content
WHERE h.nth = 1 AND l.part IN (SELECT id FROM part_wanted)
ORDER BY h.product, h.repository, h.place, h.time DESC, h.id, l.position;
