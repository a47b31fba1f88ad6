-- name: places
-- Scores by the places where points were lost: one row for each screen, API or element.
-- Points below half a point a session (the issue `minor`) have no place.
-- In: the parameters of a Segment (filters.py); by text (screen, api, element); max_rows int.
-- Out: name, screen (of an element), sessions (that lost points there), scored, score (mean of their exact scores), points
-- (sum of what was lost there), row_count (of all), points_placed (sum over all rows).  Costliest first.
-- include: picked
, lost AS (
  SELECT CASE :by::text WHEN 'screen' THEN i.page WHEN 'api' THEN i.api ELSE i.element END COLLATE "C" AS name,
         CASE WHEN :by = 'element' THEN coalesce(i.page, '') END COLLATE "C" AS screen,
         p.session_id, p.score_exact, i.points
  FROM picked p
  JOIN experience_scores e ON e.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, page text, api text, element text, points float8)
  WHERE p.score_exact IS NOT NULL AND i.type <> 'minor' AND i.points > 0
), by_session AS (
  SELECT name, screen, session_id, max(score_exact) AS score_exact, sum(points) AS points
  FROM lost WHERE name <> '' GROUP BY name, screen, session_id
), rows AS (
  SELECT name, screen, count(*) AS sessions, count(*) AS scored, avg(score_exact) AS score, sum(points) AS points
  FROM by_session GROUP BY name, screen
)
SELECT name, screen, sessions, scored, score, points, count(*) OVER () AS row_count,
       (sum(points) OVER ())::float8 AS points_placed
FROM rows ORDER BY points DESC, name, screen LIMIT :max_rows::int;

-- name: segments
-- Scores by what a session is of: its release or its type of device; "" where that is not known.
-- In: the parameters of a Segment (filters.py); by text (release, device); max_rows int.
-- Out: as above; sessions holds those without a score too.  Costliest first.
-- include: picked
, named AS (
  SELECT coalesce(CASE :by::text WHEN 'release' THEN s.app_version ELSE coalesce(f.device_type, u.device_type) END, '')
           COLLATE "C" AS name, p.score_exact
  FROM picked p
  JOIN sessions s ON s.session_id = p.session_id
  LEFT JOIN session_facts f ON f.session_id = s.session_id
  LEFT JOIN users u ON u.user_id = s.user_id
), rows AS (
  SELECT name, count(*) AS sessions, count(score_exact) AS scored, avg(score_exact) AS score,
         coalesce(sum(100 - score_exact), 0) AS points
  FROM named GROUP BY name
)
SELECT name, NULL::text AS screen, sessions, scored, score, points, count(*) OVER () AS row_count,
       (sum(points) OVER ())::float8 AS points_placed
FROM rows ORDER BY points DESC, name LIMIT :max_rows::int;

-- name: total
-- What the whole segment lost.  In: the parameters of a Segment (filters.py).
-- Out: sessions, scored, score, points (sum over the scored sessions).
-- include: picked
SELECT count(*) AS sessions, count(score_exact) AS scored, avg(score_exact) AS score,
       coalesce(sum(100 - score_exact), 0)::float8 AS points
FROM picked;
