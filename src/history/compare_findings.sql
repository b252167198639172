-- What two runs, ?1 and ?2, found otherwise. A finding is known by its
-- fingerprint; of several that share one the worst counts, and it is waived
-- when all of those are.
WITH told AS MATERIALIZED (
    SELECT b.run, fact.fingerprint AS print,
           min(2 * instr(' prohibited upcoming restricted review unknown '
                         || 'out-of-scope clear ',
                         ' ' || v.value || ' ') + f.waived) AS worst,
           v.value AS verdict, f.waived, b.product, f.line, f.refdes,
           f.quantity, fact.id AS fact
    FROM bom AS b CROSS JOIN finding AS f ON f.bom = b.id
    JOIN fact ON fact.id = f.fact
    JOIN text AS v ON v.id = fact.verdict
    WHERE b.run IN (?1, ?2)
    GROUP BY b.run, fact.fingerprint
), before AS MATERIALIZED (SELECT * FROM told WHERE run = ?1),
after AS MATERIALIZED (SELECT * FROM told WHERE run = ?2),
pair AS (
    SELECT iif(now.print IS NULL, 'gone', 'changed') AS change,
           was.print AS print, coalesce(now.worst, was.worst) AS worst,
           was.verdict AS verdict_before, now.verdict AS verdict_after,
           was.waived AS waived_before, now.waived AS waived_after,
           coalesce(now.product, was.product) AS product,
           coalesce(now.refdes, was.refdes) AS refdes,
           coalesce(now.quantity, was.quantity) AS quantity,
           coalesce(now.fact, was.fact) AS fact
    FROM before AS was LEFT JOIN after AS now ON now.print = was.print
    WHERE now.print IS NULL OR now.verdict <> was.verdict
       OR now.waived <> was.waived
    UNION ALL
    SELECT 'new', print, worst, NULL, verdict, NULL, waived, product, refdes,
           quantity, fact
    FROM after WHERE print NOT IN (SELECT print FROM before)
)
SELECT change, product, verdict_before, verdict_after, waived_before,
       waived_after,
       (SELECT value FROM text WHERE id = pair.refdes) AS refdes,
       (SELECT value FROM text WHERE id = pair.quantity) AS quantity,
       manufacturer, mpn, party, measure, clause, profile, fingerprint
FROM pair CROSS JOIN fact_told ON fact_told.id = pair.fact
ORDER BY change <> 'new', change <> 'changed', worst, product, refdes, mpn,
         measure, clause, profile;
