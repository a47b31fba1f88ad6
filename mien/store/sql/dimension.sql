-- name: places
-- Scores by the places where points were lost: one row for each screen, API or element.
-- In: the parameters of a Source (rollups.py); types, causes, unsorted (places_rows.sql); by text (screen, api, element); max_rows int.
-- Out: name, screen (of an element), sessions (that lost points there), scored, score (mean of their exact scores), points
-- (sum of what was lost there), row_count (of all), points_placed (sum over all rows).  Costliest first.
-- include: picked
-- include: places_parts
, rows AS (
  SELECT name, CASE WHEN kind = 'element' THEN coalesce(screen, '') END COLLATE "C" AS screen, sum(sessions)::bigint AS sessions,
         sum(score_sum) / sum(sessions)::float8 AS score, sum(points) AS points
  FROM placed WHERE kind = :by::text AND cause IS NULL GROUP BY kind, name, placed.screen
)
SELECT name, screen, sessions, sessions AS scored, score, points, count(*) OVER () AS row_count,
       (sum(points) OVER ())::float8 AS points_placed
FROM rows ORDER BY round(points::numeric, 9) DESC, name, screen LIMIT :max_rows::int;

-- name: segments
-- Scores by what a session is of: its release or its type of device; "" where that is not known.
-- In: the parameters of a Source (rollups.py); by text (release, device); max_rows int.
-- Out: as above; sessions holds those without a score too.  Costliest first.
-- include: picked
-- include: segments_parts
, rows AS (
  SELECT name, sum(sessions)::bigint AS sessions, sum(scored)::bigint AS scored,
         sum(score_sum) / nullif(sum(scored), 0)::float8 AS score, 100 * sum(scored)::float8 - sum(score_sum) AS points
  FROM parts WHERE dimension = :by::text GROUP BY name
)
SELECT name, NULL::text AS screen, sessions, scored, score, points, count(*) OVER () AS row_count,
       (sum(points) OVER ())::float8 AS points_placed
FROM rows ORDER BY round(points::numeric, 9) DESC, name LIMIT :max_rows::int;

-- name: total
-- What the whole segment lost.  In: the parameters of a Source (rollups.py).
-- Out: sessions, scored, score, points (sum over the scored sessions).
-- include: picked
-- include: summary_parts
SELECT coalesce(sum(sessions), 0)::bigint AS sessions, coalesce(sum(scored), 0)::bigint AS scored,
       sum(score_sum) / nullif(sum(scored), 0)::float8 AS score,
       coalesce(100 * sum(scored)::float8 - sum(score_sum), 0) AS points
FROM parts;
