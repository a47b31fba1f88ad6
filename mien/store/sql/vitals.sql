-- name: rows
-- Web vitals by screen and type of device; each view counts once for each vital that it reported.
-- In: the parameters of a Source (rollups.py); max_rows int (screens with device).
-- Out: screen, device_type ('' not known; both NULL: all together), name, views, sessions, p75_bin (latency_bins.py; the
-- nearest rank), good, improvable, poor (views), good_sessions, improvable_sessions, poor_sessions, place (1: most views of
-- one vital), row_count.
-- include: picked
-- include: vitals_parts
, figures AS (
  SELECT screen, device_type, name, sum(good + improvable + poor)::bigint AS views, sum(sessions)::bigint AS sessions,
         sum(good)::bigint AS good, sum(improvable)::bigint AS improvable, sum(poor)::bigint AS poor,
         sum(good_sessions)::bigint AS good_sessions, sum(improvable_sessions)::bigint AS improvable_sessions,
         sum(poor_sessions)::bigint AS poor_sessions
  FROM viewed GROUP BY screen, device_type, name
), binned AS (
  SELECT v.screen, v.device_type, v.name, b.bin, sum(b.n) AS n
  FROM viewed v CROSS JOIN LATERAL unnest(v.bins, v.bin_views) AS b (bin, n)
  GROUP BY GROUPING SETS ((v.screen, v.device_type, v.name, b.bin), (v.name, b.bin))
), cumulated AS (
  SELECT screen, device_type, name, bin, sum(n) OVER (PARTITION BY screen, device_type, name ORDER BY bin) AS upto,
         sum(n) OVER (PARTITION BY screen, device_type, name) AS total
  FROM binned
), percentiles AS (
  SELECT screen, device_type, name, min(bin) FILTER (WHERE upto >= 0.75 * total) AS p75_bin
  FROM cumulated GROUP BY screen, device_type, name
), placed AS (
  SELECT *, max(views) OVER (PARTITION BY screen, device_type) AS most FROM figures
), ranked AS (
  SELECT *, CASE WHEN screen IS NOT NULL THEN dense_rank() OVER (PARTITION BY screen IS NULL ORDER BY most DESC, screen, device_type) END AS place
  FROM placed
)
SELECT r.screen, r.device_type, r.name, r.views, r.sessions, q.p75_bin, r.good, r.improvable, r.poor, r.good_sessions,
       r.improvable_sessions, r.poor_sessions, r.place, (SELECT coalesce(max(place), 0) FROM ranked) AS row_count
FROM ranked r
-- Not IS NOT DISTINCT FROM: it cannot be hashed.
JOIN percentiles q ON q.name = r.name AND (q.screen IS NULL) = (r.screen IS NULL) AND coalesce(q.screen, '') = coalesce(r.screen, '')
                  AND coalesce(q.device_type, '') = coalesce(r.device_type, '')
WHERE r.place IS NULL OR r.place <= :max_rows::int ORDER BY r.place NULLS FIRST, r.name;
