-- name: hours!
-- In: hours timestamp[]; heat_screen NULL.
-- include: sliced
, parted AS (
  SELECT slice, at, '' COLLATE "C" AS part, user_key FROM picked
  UNION ALL
  SELECT * FROM (
-- include: parts_seen
  ) AS n
  UNION ALL
  SELECT * FROM (
-- include: parts_viewed
  ) AS n
), gone AS (DELETE FROM rollup_visitors WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_visitors
SELECT 1, slice, at, 0, NULL, array_agg(DISTINCT user_key), part
FROM parted GROUP BY slice, at, part ORDER BY at, slice, part;

-- name: days!
-- From the hours.  A chunk in which fewer than 64 came would take less room as numbers: all of these are one row.
-- In: days timestamp[].
WITH gone AS (DELETE FROM rollup_visitors WHERE hours = 24 AND at = ANY(:days::timestamp[])),
came AS (
  SELECT DISTINCT r.slice, d.day, r.part, v.visitor
  FROM unnest(:days) AS d (day)
  JOIN rollup_visitors r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
  CROSS JOIN LATERAL unnest(r.visitors) AS v (visitor)
), chunked AS (
  SELECT slice, day, part, visitor / 4096 AS chunk, array_agg(visitor) AS visitors FROM came GROUP BY 1, 2, 3, 4
)
INSERT INTO rollup_visitors
SELECT * FROM (
  SELECT 24, slice, day, chunk, (
    SELECT bit_or(set_bit(
-- include: visitors_zero
      , (v.visitor % 4096)::int, 1)) FROM unnest(visitors) AS v (visitor)), NULL::bigint[], part
  FROM chunked WHERE cardinality(visitors) >= 64
  UNION ALL
  SELECT 24, c.slice, c.day, 0, NULL, array_agg(v.visitor ORDER BY v.visitor), c.part
  FROM chunked c CROSS JOIN LATERAL unnest(c.visitors) AS v (visitor)
  WHERE cardinality(c.visitors) < 64 GROUP BY c.slice, c.day, c.part
) AS n (hours, slice, at, chunk, bits, visitors, part) ORDER BY at, slice, part, chunk;

-- name: clicked_days!
-- Who clicked which element, of chunks in which many did; the others are numbers in rollup_elements.  Call after days, which
-- forgets them.  In: days timestamp[].
WITH
-- include: elements_of_days
INSERT INTO rollup_visitors
SELECT 24, g.slice, g.day, c.chunk, bit_or(set_bit(
-- include: visitors_zero
  , (c.key % 4096)::int, 1)), NULL,
-- include: clicked_part
FROM counted c
JOIN groups g ON g.group_num = c.group_num
JOIN dictionary e ON e.num = c.element
WHERE c.together >= 64 GROUP BY g.day, g.slice, g.screen, g.band, e.word, c.chunk ORDER BY g.day, g.slice, 7, c.chunk;
