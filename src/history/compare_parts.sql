-- What the BOMs of two runs, ?1 and ?2, hold otherwise. A part is known by its
-- board, part number and manufacturer; without a part number by what the line
-- says instead. What is not fitted has no quantity.
WITH said AS (
    SELECT run, product, place,
           coalesce(nullif(mpn_key, ''), value || ' ' || description) AS number,
           lower(manufacturer) AS maker, mpn, manufacturer, value, description,
           fitted, iif(fitted, nullif(quantity, ''), NULL) AS quantity,
           nullif(refdes, '') AS refdes
    FROM bom_told AS b CROSS JOIN line_told AS l ON l.content = b.content
    WHERE run IN (?1, ?2)
), held AS MATERIALIZED (
    SELECT run, product, place, number, maker, min(mpn) AS mpn,
           min(manufacturer) AS manufacturer, min(value) AS value,
           min(description) AS description, sum(fitted) AS places,
           CASE WHEN max(quantity GLOB '*[^0-9]*')
                THEN group_concat(quantity, ' + ')
                WHEN count(quantity) <> 0
                THEN printf('%d', sum(quantity)) ELSE '' END AS quantity,
           group_concat(refdes, ' ') AS refdes
    FROM (SELECT * FROM said ORDER BY quantity, refdes)
    GROUP BY run, product, place, number, maker
), before AS MATERIALIZED (SELECT * FROM held WHERE run = ?1),
after AS MATERIALIZED (SELECT * FROM held WHERE run = ?2)
SELECT iif(now.run IS NULL, 'removed', 'changed') AS change, was.product,
       was.place, was.manufacturer, was.mpn, was.value, was.description,
       was.quantity AS quantity_before, now.quantity AS quantity_after,
       coalesce(now.refdes, was.refdes) AS refdes
FROM before AS was LEFT JOIN after AS now USING (product, place, number, maker)
WHERE now.run IS NULL OR now.quantity <> was.quantity
   OR (now.quantity = '' AND now.places <> was.places)
UNION ALL
SELECT 'added', now.product, now.place, now.manufacturer, now.mpn, now.value,
       now.description, NULL, now.quantity, now.refdes
FROM after AS now LEFT JOIN before AS was USING (product, place, number, maker)
WHERE was.run IS NULL
ORDER BY 2, 3, 1, 4, 5, 6, 7;
