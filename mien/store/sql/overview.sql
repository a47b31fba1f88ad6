-- name: causes
-- Where the points go: as means over the scored sessions, so that they sum to 100 minus the mean score.
-- In: the parameters of a Segment (filters.py).
-- Out: cause, points, gain_if_fixed (what the mean would rise by without this cause), sessions that lost points to it;
-- only causes that cost something.
-- include: picked
, lost AS (
  SELECT c.key AS cause, c.value::float8 AS points, p.score_exact, x.hazard
  FROM picked p
  JOIN score_facts x ON x.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_each(x.points_by_cause) AS c (key, value)
  WHERE p.score_exact IS NOT NULL AND c.value > '0'
)
SELECT cause, sum(points) / (SELECT count(score_exact) FROM picked) AS points,
       -- The part of the hazard that is this cause's: it shares the hazard as it shares the points (signals.md B.3).
       coalesce(sum(score_exact * (exp(hazard * points / nullif(100 - score_exact, 0)) - 1)), 0)
         / (SELECT count(score_exact) FROM picked) AS gain_if_fixed,
       count(*) AS sessions
FROM lost
GROUP BY cause;

-- name: places
-- The screens, APIs and elements that lost most points, each split by cause; and the worst place for one cause.
-- Points below half a point per session (the issue `minor`) have no place.
-- In: the parameters of a Segment (filters.py); types text[] and causes text[] of equal length (type of issue -> cause);
-- unsorted text (cause of other types); top_count int.
-- Out: kind (screen, api, element), name, screen (of an element), cause or NULL for all together, points (mean over the
-- scored sessions), sessions, example (a session that lost points there), place_rank within the kind, worst_rank among
-- all places for one cause by points times sessions (visual.md 4, finding rule).
-- include: picked
, issues AS (
  SELECT p.session_id, nullif(i.page, '') COLLATE "C" AS page, nullif(i.api, '') COLLATE "C" AS api,
         nullif(i.element, '') COLLATE "C" AS element, coalesce(t.cause, :unsorted::text) COLLATE "C" AS cause, i.points
  FROM picked p
  JOIN experience_scores e ON e.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, page text, api text, element text, points float8)
  LEFT JOIN unnest(:types::text[], :causes::text[]) AS t (type, cause) ON t.type = i.type
  WHERE p.score_exact IS NOT NULL AND i.type <> 'minor' AND i.points > 0
), places AS (
  SELECT l.kind, l.name, l.screen, i.cause, sum(i.points) / (SELECT count(score_exact) FROM picked) AS points,
         count(DISTINCT i.session_id) AS sessions, max(i.session_id::text COLLATE "C")::uuid AS example
  FROM issues i
  CROSS JOIN LATERAL (VALUES ('api', i.api, NULL), ('element', i.element, i.page), ('screen', i.page, NULL))
    AS l (kind, name, screen)
  WHERE l.name IS NOT NULL
  GROUP BY GROUPING SETS ((l.kind, l.name, l.screen), (l.kind, l.name, l.screen, i.cause))
), numbered AS (
  SELECT *,
         CASE WHEN cause IS NULL
              THEN row_number() OVER (PARTITION BY kind, cause IS NULL ORDER BY points DESC, name, screen) END AS place_number,
         CASE WHEN cause IS NOT NULL
              THEN row_number() OVER (PARTITION BY cause IS NULL ORDER BY points * sessions DESC, kind, name, screen, cause)
         END AS worst_rank
  FROM places
), ranked AS (
  SELECT *, max(place_number) OVER (PARTITION BY kind, name, screen) AS place_rank FROM numbered
)
SELECT kind, name, screen, cause, points, sessions, example, place_rank, worst_rank
FROM ranked
WHERE place_rank <= :top_count::int OR worst_rank = 1
ORDER BY kind, place_rank, points DESC;
