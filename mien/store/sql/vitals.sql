-- name: rows
-- Web vitals by screen and type of device; each view counts once for each vital that it reported.
-- In: the parameters of a Segment (filters.py); max_rows int (screens with device).
-- Out: screen, device_type ('' not known; both NULL: all together), name, views, sessions, p75, good, improvable, poor
-- (views), good_sessions, improvable_sessions, poor_sessions, place (1: most views of one vital), row_count.
-- include: picked
, measured AS (
  SELECT p.session_id, v.name, v.screen, v.value, v.rating,
         coalesce(f.device_type, u.device_type, '') COLLATE "C" AS device_type
  FROM picked p
  JOIN sessions s ON s.session_id = p.session_id
  LEFT JOIN session_facts f ON f.session_id = s.session_id
  LEFT JOIN users u ON u.user_id = s.user_id
  CROSS JOIN
-- include: vitals
), figures AS (
  SELECT screen, device_type, name, count(*) AS views, count(DISTINCT session_id) AS sessions,
         percentile_disc(0.75) WITHIN GROUP (ORDER BY value) AS p75,
         count(*) FILTER (WHERE rating = 'good') AS good, count(*) FILTER (WHERE rating = 'needs-improvement') AS improvable,
         count(*) FILTER (WHERE rating = 'poor') AS poor,
         count(DISTINCT session_id) FILTER (WHERE rating = 'good') AS good_sessions,
         count(DISTINCT session_id) FILTER (WHERE rating = 'needs-improvement') AS improvable_sessions,
         count(DISTINCT session_id) FILTER (WHERE rating = 'poor') AS poor_sessions
  FROM measured GROUP BY GROUPING SETS ((screen, device_type, name), (name))
), placed AS (
  SELECT *, max(views) OVER (PARTITION BY screen, device_type) AS most FROM figures
), ranked AS (
  SELECT *, CASE WHEN screen IS NOT NULL THEN dense_rank() OVER (PARTITION BY screen IS NULL ORDER BY most DESC, screen, device_type) END AS place
  FROM placed
)
SELECT screen, device_type, name, views, sessions, p75, good, improvable, poor, good_sessions, improvable_sessions,
       poor_sessions, place, (SELECT coalesce(max(place), 0) FROM ranked) AS row_count
FROM ranked WHERE place IS NULL OR place <= :max_rows::int ORDER BY place NULLS FIRST, name;
