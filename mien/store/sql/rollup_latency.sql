-- name: calls!
-- In, as all of the hours: hours timestamp[]; all of the days: days timestamp[].
-- In, beside hours: only_api NULL, apdex_ms, merge_count (calls_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_calls WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_calls SELECT 1, n.* FROM (
-- include: calls_rows
) AS n ORDER BY n.at, n.slice;

-- name: calls_days!
WITH gone AS (DELETE FROM rollup_calls WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_calls r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
)
-- include: api_bins_of_days
, barred AS (
  SELECT slice, day, api, array_agg(bar ORDER BY bar) AS bars, array_agg(n ORDER BY bar) AS bar_sessions
  FROM (SELECT h.slice, h.day, h.api, b.bar, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bars, h.bar_sessions) AS b (bar, n) GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
)
INSERT INTO rollup_calls
SELECT 24, f.*, b.bins, b.bin_calls, r.bars, r.bar_sessions
FROM (SELECT slice, day, api, sum(calls), sum(sessions), sum(ok), sum(redirected), sum(refused), sum(broken), sum(network),
             sum(other), sum(unfinished), sum(satisfied), sum(tolerating)
      FROM hourly GROUP BY slice, day, api) AS f
LEFT JOIN binned b ON b.slice = f.slice AND b.day = f.day AND b.api = f.api
LEFT JOIN barred r ON r.slice = f.slice AND r.day = f.day AND r.api = f.api
ORDER BY f.day, f.slice;

-- name: vitals!
-- In, beside hours: vital_names, vital_good, vital_poor (vitals_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_vitals WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_vitals SELECT 1, n.* FROM (
-- include: vitals_rows
) AS n ORDER BY n.at, n.slice;

-- name: vitals_days!
WITH gone AS (DELETE FROM rollup_vitals WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_vitals r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), binned AS (
  SELECT slice, day, screen, device_type, name, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_views
  FROM (SELECT h.slice, h.day, h.screen, h.device_type, h.name, b.bin, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bins, h.bin_views) AS b (bin, n) GROUP BY 1, 2, 3, 4, 5, 6) AS b
  GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO rollup_vitals
SELECT 24, f.*, b.bins, b.bin_views
FROM (SELECT slice, day, screen, device_type, name, sum(sessions), sum(good), sum(improvable), sum(poor), sum(good_sessions),
             sum(improvable_sessions), sum(poor_sessions)
      FROM hourly GROUP BY slice, day, screen, device_type, name) AS f
LEFT JOIN binned b ON b.slice = f.slice AND b.day = f.day AND b.screen = f.screen AND b.device_type = f.device_type
                  AND b.name = f.name
ORDER BY f.day, f.slice;

-- name: apis!
-- In, beside hours: only_api NULL, max_slow (api_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_apis WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_apis SELECT 1, n.* FROM (
-- include: api_rows
) AS n ORDER BY n.at, n.slice;

-- name: apis_days!
-- In, beside days: max_slow.
WITH gone AS (DELETE FROM rollup_apis WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_apis r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), screened AS (
  SELECT slice, day, api, array_agg(screen ORDER BY screen) AS screens, array_agg(calls ORDER BY screen) AS calls,
         array_agg(sessions ORDER BY screen) AS sessions
  FROM (SELECT h.slice, h.day, h.api, u.screen, sum(u.calls)::int AS calls, sum(u.sessions)::int AS sessions
        FROM hourly h CROSS JOIN LATERAL unnest(h.screens, h.screen_calls, h.screen_sessions) AS u (screen, calls, sessions)
        GROUP BY 1, 2, 3, 4) AS s
  GROUP BY 1, 2, 3
)
-- include: api_bins_of_days
, slowest AS (
  SELECT slice, day, api, array_agg(ms ORDER BY rank) AS slow_ms, array_agg(called_at ORDER BY rank) AS slow_at,
         array_agg(id ORDER BY rank) AS slow_ids
  FROM (SELECT h.slice, h.day, h.api, u.*, row_number() OVER (
          PARTITION BY h.slice, h.day, h.api ORDER BY u.ms DESC, u.called_at DESC, u.id) AS rank
        FROM hourly h CROSS JOIN LATERAL unnest(h.slow_ms, h.slow_at, h.slow_ids) AS u (ms, called_at, id)) AS r
  WHERE rank <= :max_slow::int GROUP BY 1, 2, 3
)
INSERT INTO rollup_apis
SELECT 24, s.*, b.bins, b.bin_calls, w.slow_ms, w.slow_at, w.slow_ids
FROM screened s
LEFT JOIN binned b ON b.slice = s.slice AND b.day = s.day AND b.api = s.api
LEFT JOIN slowest w ON w.slice = s.slice AND w.day = s.day AND w.api = s.api
ORDER BY s.day, s.slice;

-- name: waits!
-- In, beside hours: edges, call_api NULL, left_within_s (waits_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_waits WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_waits SELECT 1, n.* FROM (
-- include: waits_rows
) AS n ORDER BY n.at, n.slice;

-- name: waits_days!
WITH gone AS (DELETE FROM rollup_waits WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_waits r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), came AS (
  SELECT slice, day, band, array_agg(visitor ORDER BY visitor) AS visitors, array_agg(scored ORDER BY visitor) AS visitor_scored,
         array_agg(total ORDER BY visitor) AS visitor_total
  FROM (SELECT h.slice, h.day, h.band, v.visitor, sum(v.scored)::int AS scored, sum(v.total) AS total
        FROM hourly h CROSS JOIN LATERAL unnest(h.visitors, h.visitor_scored, h.visitor_total) AS v (visitor, scored, total)
        GROUP BY 1, 2, 3, 4) AS v
  GROUP BY 1, 2, 3
)
INSERT INTO rollup_waits
SELECT 24, f.*, c.visitors, c.visitor_scored, c.visitor_total
FROM (SELECT slice, day, band, sum(sessions), sum(left_soon), sum(analysed), sum(rage) FROM hourly GROUP BY slice, day, band) AS f
LEFT JOIN came c ON c.slice = f.slice AND c.day = f.day AND c.band = f.band
ORDER BY f.day, f.slice;
