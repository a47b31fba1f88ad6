-- Rows of rollup_vitals for `picked`: by screen, type of device and vital, and by vital alone (screen and device_type NULL,
-- without bins).  In: vital_names, vital_good, vital_poor (latency_filters.py).
WITH reported AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT s.session_id, v.name, v.screen, v.rating, v.value AS ms
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN sessions s ON s.session_id = d.session_id
  CROSS JOIN
-- include: vitals
), measured AS (
  SELECT p.slice, p.at, p.session_id, r.screen, p.device_type, r.name, r.rating,
-- include: latency_bin
         AS bin
  FROM picked p JOIN reported r ON r.session_id = p.session_id
), binned AS (
  SELECT slice, at, screen, device_type, name, array_agg(bin::smallint ORDER BY bin) AS bins,
         array_agg(n::int ORDER BY bin) AS bin_views
  FROM (SELECT slice, at, screen, device_type, name, bin, count(*) AS n FROM measured GROUP BY 1, 2, 3, 4, 5, 6) AS b
  GROUP BY 1, 2, 3, 4, 5
)
SELECT f.*, b.bins, b.bin_views
FROM (SELECT slice, at, screen, device_type, name, count(DISTINCT session_id)::int AS sessions,
             count(*) FILTER (WHERE rating = 'good')::int AS good,
             count(*) FILTER (WHERE rating = 'needs-improvement')::int AS improvable,
             count(*) FILTER (WHERE rating = 'poor')::int AS poor,
             count(DISTINCT session_id) FILTER (WHERE rating = 'good')::int AS good_sessions,
             count(DISTINCT session_id) FILTER (WHERE rating = 'needs-improvement')::int AS improvable_sessions,
             count(DISTINCT session_id) FILTER (WHERE rating = 'poor')::int AS poor_sessions
      FROM measured GROUP BY GROUPING SETS ((slice, at, screen, device_type, name), (slice, at, name))) AS f
LEFT JOIN binned b ON b.slice = f.slice AND b.at = f.at AND b.screen = f.screen AND b.device_type = f.device_type
                  AND b.name = f.name
