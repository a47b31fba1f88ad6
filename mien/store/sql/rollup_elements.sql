-- name: elements!
-- In, as all of the blocks: hours timestamp[]; heat_screen, band NULL (heat_views.sql).
-- include: sliced_blocks
-- include: elements_rows
, gone AS (
  DELETE FROM rollup_elements WHERE hours = 6 AND at IN (SELECT b.at FROM unnest(:hours) AS h (hour) CROSS JOIN LATERAL (
-- include: block
  ) AS b)
)
-- include: elements_packed
INSERT INTO rollup_elements SELECT 6, p.* FROM packed p ORDER BY at, slice, screen, band;

-- name: elements_days!
-- Without those who are in rollup_visitors (clicked_days).  In: days timestamp[].
WITH gone AS (DELETE FROM rollup_elements WHERE hours = 24 AND at = ANY(:days::timestamp[])),
-- include: elements_of_days
, facts AS MATERIALIZED (
  SELECT g.slice, g.day AS at, g.screen, g.band, e.word AS element, c.kind, CASE WHEN c.kind <> 12 THEN c.key END AS key, l.word AS label, c.n
  FROM counted c
  JOIN groups g ON g.group_num = c.group_num
  JOIN dictionary e ON e.num = c.element
  LEFT JOIN dictionary l ON l.num = c.key AND c.kind = 12
  WHERE c.together IS NULL OR c.together < 64
)
-- include: elements_packed
INSERT INTO rollup_elements SELECT 24, p.* FROM packed p ORDER BY at, slice, screen, band;
