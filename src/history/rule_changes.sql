-- What the rules of run ?2 say otherwise than those of run ?1. Each rule set's
-- changes are told against one before it, so that the way leads back to what
-- both have come from, and on from there. What was changed on the way and changed back is no
-- difference. ?3: the last run that may have brought something.
WITH RECURSIVE back (id, steps) AS (
    SELECT ruleset, 0 FROM run WHERE id = ?1
    UNION ALL
    SELECT previous, steps + 1 FROM back JOIN ruleset USING (id)
    WHERE previous IS NOT NULL AND told <= ?3
      AND steps < (SELECT count(*) FROM ruleset)
), forth (id, steps) AS (
    SELECT ruleset, 0 FROM run WHERE id = ?2
    UNION ALL
    SELECT previous, steps + 1 FROM forth JOIN ruleset USING (id)
    WHERE previous IS NOT NULL AND told <= ?3
      AND steps < (SELECT count(*) FROM ruleset)
), meeting AS (
    SELECT back.steps AS from_there, forth.steps AS to_here
    FROM back JOIN forth USING (id) ORDER BY back.steps LIMIT 1
), way AS (
    SELECT id, true AS undone, back.steps AS step,
           (SELECT previous FROM ruleset WHERE id = back.id) AS reached
    FROM back, meeting WHERE back.steps < from_there
    UNION ALL
    SELECT id, false, from_there + to_here - forth.steps, id
    FROM forth, meeting WHERE forth.steps < to_here
), told AS (
    SELECT step, position, reached, what, name, item, field,
           iif(undone, after, before) AS before,
           iif(undone, before, after) AS after,
           kind <> iif(undone, 'removed', 'added') AS was,
           kind <> iif(undone, 'added', 'removed') AS is_now,
           -- a list's item without a name of its own is known by what it says
           iif(field = '' OR kind = 'changed', NULL, before || after) AS said
    FROM way JOIN ruleset_change AS c ON c.ruleset = way.id
), sum AS (
    SELECT step, position, reached, what, name, item, field, after, is_now,
           first_value(before) OVER whole AS before,
           first_value(was) OVER whole AS was,
           row_number() OVER whole = count(*) OVER same AS last
    FROM told
    WINDOW same AS (PARTITION BY what, name, item, field, said),
           whole AS (same ORDER BY step, position)
)
SELECT version, iif(NOT was, 'added', iif(is_now, 'changed', 'removed')) AS change,
       what, name AS id, sum.item, field, before, after
FROM sum JOIN ruleset ON ruleset.id = reached
WHERE last AND (was OR is_now) AND (before <> after OR was <> is_now)
  -- nothing of what went
  AND NOT (field <> '' AND EXISTS (
      SELECT 1 FROM sum AS item
      WHERE item.last AND NOT item.is_now AND item.field = ''
        AND item.what = sum.what AND item.name = sum.name
        AND item.item = sum.item))
ORDER BY step, position;
