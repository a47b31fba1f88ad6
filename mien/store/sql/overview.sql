-- name: causes
-- Where the points go: as means over the scored sessions, so that they sum to 100 minus the mean score.
-- In: the parameters of a Source (rollups.py).
-- Out: cause, points, gain_if_fixed (what the mean would rise by without this cause), sessions that lost points to it;
-- only causes that cost something.
-- include: picked
-- include: summary_parts
, lost AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: causes_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_causes r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice
), total AS (
  SELECT sum(scored)::float8 AS scored FROM parts
)
SELECT cause, sum(points) / max(t.scored) AS points, sum(gain) / max(t.scored) AS gain_if_fixed, sum(sessions)::bigint AS sessions
FROM lost CROSS JOIN total t GROUP BY cause;

-- name: places_formerly
-- What was lost at some places in another period than the one that named them.
-- In: the parameters of a Source (rollups.py); types, causes, unsorted (places_rows.sql); scored bigint (sessions of the segment
-- with a score); arrays of equal length: place_kinds, names, screens text[] (NULL but of elements).
-- Out: kind, name, screen, points (mean over the scored sessions); only places where something was lost.
-- include: picked
-- include: places_parts
SELECT p.kind, p.name, p.screen, sum(p.points) / :scored::bigint AS points
FROM unnest(:place_kinds::text[], :names::text[], :screens::text[]) AS n (kind, name, screen)
JOIN placed p ON p.kind = n.kind AND p.name = n.name AND p.screen IS NOT DISTINCT FROM n.screen
WHERE p.cause IS NULL GROUP BY p.kind, p.name, p.screen;

-- name: places
-- The screens, APIs and elements that lost most points, each split by cause; and the worst place for one cause.
-- In: the parameters of a Source (rollups.py); types, causes, unsorted (places_rows.sql); scored bigint (sessions of the segment
-- with a score); top_count int.
-- Out: kind (screen, api, element), name, screen (of an element), cause or NULL for all together, points (mean over the
-- scored sessions), sessions, example (a session that lost points there), place_rank within the kind, worst_rank among
-- all places for one cause by points: points times sessions (visual.md 4, finding rule) would count the sessions twice, and the
-- sentence that says what costs most would name less than the table below it does.
-- include: picked
-- include: places_parts
, places AS (
  SELECT kind, name, screen, cause, sum(points) / :scored::bigint AS points, sum(sessions)::bigint AS sessions,
         max(example::text COLLATE "C")::uuid AS example
  FROM placed GROUP BY kind, name, screen, cause
)-- Rounded, so that the order of a sum's terms cannot decide between equals.
, numbered AS (
  SELECT *,
         CASE WHEN cause IS NULL
              THEN row_number() OVER (PARTITION BY kind, cause IS NULL ORDER BY round(points::numeric, 9) DESC, name, screen) END AS place_number,
         CASE WHEN cause IS NOT NULL
              THEN row_number() OVER (PARTITION BY cause IS NULL ORDER BY round(points::numeric, 9) DESC, kind, name, screen, cause)
         END AS worst_rank
  FROM places
), ranked AS (
  SELECT *, max(place_number) OVER (PARTITION BY kind, name, screen) AS place_rank FROM numbered
)
SELECT kind, name, screen, cause, points, sessions, example, place_rank, worst_rank
FROM ranked
WHERE place_rank <= :top_count::int OR worst_rank = 1
ORDER BY kind, place_rank, points DESC;
