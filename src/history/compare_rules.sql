-- What the rule sets since that of run ?1, up to that of run ?2, changed, as
-- far as the one was in use before the other.
WITH RECURSIVE since (id) AS (
    SELECT ruleset FROM run WHERE id = ?2
    UNION
    SELECT previous FROM since JOIN ruleset USING (id)
    WHERE previous IS NOT NULL
      AND id <> (SELECT ruleset FROM run WHERE id = ?1)
)
SELECT s.version, kind AS change, what, name AS id, item, field, before, after
FROM since JOIN ruleset AS s USING (id)
JOIN ruleset_change AS c ON c.ruleset = s.id
WHERE s.id <> (SELECT ruleset FROM run WHERE id = ?1)
  AND (SELECT ruleset FROM run WHERE id = ?1) IN (SELECT id FROM since)
ORDER BY s.id, c.position;
