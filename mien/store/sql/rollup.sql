-- name: mark_sessions!
-- Figures of these sessions change: whoever counts them must look at them one by one.  In: session_ids uuid[].
INSERT INTO dirty_hours (hour)
SELECT DISTINCT date_trunc('hour', started_at) FROM sessions
WHERE session_id = ANY(:session_ids::uuid[]) AND started_at > '-infinity' AND started_at < 'infinity';

-- name: mark_all!
-- All that there is, as if nothing had ever been rolled up; also hours that have no sessions any more.
INSERT INTO dirty_hours (hour, marked_at)
SELECT o.hour, '-infinity'::timestamptz
FROM (SELECT date_trunc('hour', started_at) AS hour FROM sessions WHERE started_at > '-infinity' AND started_at < 'infinity'
      UNION SELECT date_trunc('hour', started_at) FROM rollup_sessions
      UNION SELECT at FROM rollup_summary WHERE hours = 1) AS o;

-- name: dirty
-- In: since, until timestamp (of the sessions' starts).  Out: the dirty hours that they touch, oldest first.
SELECT DISTINCT hour FROM dirty_hours
WHERE hour > :since::timestamp - interval '1 hour' AND hour < :until::timestamp ORDER BY hour;

-- name: extent
-- Out: first_at, last_at (starts of the first and the last day that are rolled up; NULL when there is none).
SELECT (SELECT at FROM rollup_summary WHERE hours = 24 ORDER BY at LIMIT 1) AS first_at,
       (SELECT at FROM rollup_summary WHERE hours = 24 ORDER BY at DESC LIMIT 1) AS last_at;

-- name: due
-- Dirty hours that have been quiet for a while, or dirty for long, the newest first.
-- In: quiet_s, longest_s float; only_forced bool (those of mark_all alone); max_hours int.  Out: hour.
SELECT hour FROM dirty_hours GROUP BY hour
HAVING CASE WHEN :only_forced::bool THEN min(marked_at) = '-infinity'
            ELSE max(marked_at) < now() - make_interval(secs => :quiet_s::float8)
              OR min(marked_at) < now() - make_interval(secs => :longest_s::float8) END
ORDER BY hour DESC LIMIT :max_hours::int;

-- name: forced
-- How many hours of mark_all are left.
SELECT count(DISTINCT hour) FROM dirty_hours WHERE marked_at = '-infinity';

-- name: thin!
-- Of each hour's marks the earliest and the latest stay: they say all that is asked.
DELETE FROM dirty_hours d
USING (SELECT hour, (array_agg(id ORDER BY marked_at, id))[1] AS first_id,
              (array_agg(id ORDER BY marked_at DESC, id DESC))[1] AS last_id
       FROM dirty_hours GROUP BY hour HAVING count(*) > 2) AS k
WHERE d.hour = k.hour AND d.id NOT IN (k.first_id, k.last_id);

-- name: lock
-- Whether nobody else rolls up this project now; held to the end of the transaction.  In: lock_key bigint.
SELECT pg_try_advisory_xact_lock(:lock_key::bigint);

-- name: clean!
-- These hours are about to be rolled up: the marks that this transaction sees are answered, later ones stay.
-- In: hours timestamp[].
DELETE FROM dirty_hours WHERE hour = ANY(:hours::timestamp[]);

-- name: visitors!
-- Numbers for those who have none yet.  In: hours timestamp[].
INSERT INTO visitors (visitor_hash)
SELECT DISTINCT (
-- include: visitor_hash
)::uuid
FROM unnest(:hours::timestamp[]) AS h (hour)
JOIN sessions s ON s.started_at >= h.hour AND s.started_at < h.hour + interval '1 hour'
LEFT JOIN visitors v ON v.visitor_hash = (
-- include: visitor_hash
)::uuid
WHERE v.visitor IS NULL
ON CONFLICT DO NOTHING;

-- name: forget_sessions!
-- In: hours timestamp[].
DELETE FROM rollup_sessions n USING unnest(:hours::timestamp[]) AS h (hour)
WHERE n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour';

-- name: sessions!
-- In: hours timestamp[].
INSERT INTO rollup_sessions
SELECT
-- include: session_row
FROM unnest(:hours::timestamp[]) AS d (hour)
JOIN sessions s ON s.started_at >= d.hour AND s.started_at < d.hour + interval '1 hour'
-- include: session_joins
ORDER BY s.started_at;

-- name: summary!
-- In, as all of the following: hours timestamp[].
-- include: sliced
, gone AS (DELETE FROM rollup_summary WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_summary SELECT 1, n.* FROM (
-- include: summary_rows
) AS n ORDER BY n.at, n.slice;

-- name: summary_days!
-- From the hours.  In, as all of the following: days timestamp[].
WITH gone AS (DELETE FROM rollup_summary WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_summary
SELECT 24, r.slice, d.day, r.score_bin, sum(r.sessions), sum(r.scored), sum(r.score_sum), sum(r.poor), sum(r.waited_ms),
       sum(r.moments)
FROM unnest(:days) AS d (day)
JOIN rollup_summary r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.score_bin ORDER BY d.day, r.slice;

-- name: visits!
-- include: sliced
, gone AS (DELETE FROM rollup_visitors WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_visitors
SELECT 1, p.slice, p.at, 0, NULL, array_agg(DISTINCT p.user_key)
FROM picked p GROUP BY p.slice, p.at ORDER BY p.at, p.slice;

-- name: visits_days!
WITH gone AS (DELETE FROM rollup_visitors WHERE hours = 24 AND at = ANY(:days::timestamp[])),
came AS (
  SELECT DISTINCT r.slice, d.day, v.visitor
  FROM unnest(:days) AS d (day)
  JOIN rollup_visitors r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
  CROSS JOIN LATERAL unnest(r.visitors) AS v (visitor)
)
INSERT INTO rollup_visitors
SELECT 24, slice, day, visitor / 4096, bit_or(set_bit(
-- include: visitors_zero
  , (visitor % 4096)::int, 1)), NULL
FROM came GROUP BY slice, day, visitor / 4096 ORDER BY day, slice;

-- name: causes!
-- include: sliced
, gone AS (DELETE FROM rollup_causes WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_causes SELECT 1, n.* FROM (
-- include: causes_rows
) AS n ORDER BY n.at, n.slice;

-- name: causes_days!
WITH gone AS (DELETE FROM rollup_causes WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_causes
SELECT 24, r.slice, d.day, r.cause, sum(r.points), sum(r.gain), sum(r.sessions)
FROM unnest(:days) AS d (day)
JOIN rollup_causes r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.cause ORDER BY d.day, r.slice;

-- name: places!
-- In, beside hours: types, causes, unsorted (places_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_places WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_places SELECT 1, n.* FROM (
-- include: places_rows
) AS n ORDER BY n.at, n.slice;

-- name: places_days!
WITH gone AS (DELETE FROM rollup_places WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_places
SELECT 24, r.slice, d.day, r.kind, r.name, r.screen, r.cause, sum(r.points), sum(r.sessions), sum(r.score_sum),
       max(r.example::text COLLATE "C")::uuid
FROM unnest(:days) AS d (day)
JOIN rollup_places r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.kind, r.name, r.screen, r.cause ORDER BY d.day, r.slice;

-- name: segments!
-- include: sliced
, gone AS (DELETE FROM rollup_segments WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_segments SELECT 1, n.* FROM (
-- include: segments_rows
) AS n ORDER BY n.at, n.slice;

-- name: segments_days!
WITH gone AS (DELETE FROM rollup_segments WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_segments
SELECT 24, r.slice, d.day, r.dimension, r.name, sum(r.sessions), sum(r.scored), sum(r.score_sum)
FROM unnest(:days) AS d (day)
JOIN rollup_segments r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.dimension, r.name ORDER BY d.day, r.slice;

-- name: calls!
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
), binned AS (
  SELECT slice, day, api, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_calls
  FROM (SELECT h.slice, h.day, h.api, b.bin, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bins, h.bin_calls) AS b (bin, n) GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
), barred AS (
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

-- name: errors!
-- In, beside hours: group_keys NULL (errors_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_errors WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_errors SELECT 1, n.* FROM (
-- include: errors_rows
) AS n ORDER BY n.at, n.slice;

-- name: errors_days!
WITH gone AS (DELETE FROM rollup_errors WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_errors r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
)
INSERT INTO rollup_errors
SELECT 24, f.*, c.visitors
FROM (SELECT slice, day, group_key, is_foreign, sum(errors), sum(sessions), sum(scored), sum(score_sum)
      FROM hourly GROUP BY slice, day, group_key, is_foreign) AS f
JOIN (SELECT h.slice, h.day, coalesce(h.group_key, '') AS group_key, h.is_foreign, array_agg(DISTINCT v.visitor) AS visitors
      FROM hourly h CROSS JOIN LATERAL unnest(h.visitors) AS v (visitor) GROUP BY 1, 2, 3, 4) AS c
  ON c.slice = f.slice AND c.day = f.day AND c.group_key = coalesce(f.group_key, '') AND c.is_foreign = f.is_foreign
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

-- name: flows!
-- In, beside hours: directions (both), start NULL, is_every true, max_depth, types, kinds_of (flow_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_flows WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_flows SELECT 1, n.slice, n.at, n.start, n.direction,
-- include: flow_arrays
FROM (
-- include: flow_rows
  ORDER BY 2, 1, 3, 4, 5, 6, 7, 8  -- at, slice, ...: arrays in one order are told apart and packed more easily
) AS n GROUP BY n.slice, n.at, n.start, n.direction ORDER BY n.at, n.slice;

-- name: flows_days!
WITH gone AS (DELETE FROM rollup_flows WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_flows SELECT 24, n.slice, n.at, n.start, n.direction,
-- include: flow_arrays
FROM (
  SELECT r.slice, d.day AS at, r.start, r.direction, e.depth, e.screen, e.next_screen, e.is_end, sum(e.sessions)::int AS sessions,
         sum(e.scored)::int AS scored, sum(e.score_sum) AS score_sum, sum(e.rage)::int AS rage, sum(e.error)::int AS error,
         sum(e.slow)::int AS slow, sum(e.other)::int AS other, sum(e.nothing)::int AS nothing
  FROM unnest(:days) AS d (day)
  JOIN rollup_flows r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
  CROSS JOIN
-- include: flow_edges
  AS e
  GROUP BY r.slice, d.day, r.start, r.direction, e.depth, e.screen, e.next_screen, e.is_end
  ORDER BY 2, 1, 3, 4, 5, 6, 7, 8
) AS n GROUP BY n.slice, n.at, n.start, n.direction ORDER BY n.at, n.slice;

-- name: loops!
-- include: sliced
, gone AS (DELETE FROM rollup_loops WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_loops SELECT 1, n.slice, n.at,
-- include: loop_arrays
FROM (
-- include: loop_rows
  ORDER BY 2, 1, 3, 4
) AS n GROUP BY n.slice, n.at ORDER BY n.at, n.slice;

-- name: loops_days!
WITH gone AS (DELETE FROM rollup_loops WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_loops SELECT 24, n.slice, n.at,
-- include: loop_arrays
FROM (
  SELECT r.slice, d.day AS at, e.one, e.two, sum(e.sessions)::int AS sessions, sum(e.returns)::int AS returns,
         sum(e.returns_to_one)::int AS returns_to_one, sum(e.away_s) AS away_s, sum(e.scored)::int AS scored,
         sum(e.score_sum) AS score_sum, sum(e.score_squares) AS score_squares, sum(e.both_scored)::int AS both_scored,
         sum(e.both_sum) AS both_sum, sum(e.both_squares) AS both_squares
  FROM unnest(:days) AS d (day)
  JOIN rollup_loops r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
  CROSS JOIN
-- include: loop_pairs
  AS e
  GROUP BY r.slice, d.day, e.one, e.two
  ORDER BY 2, 1, 3, 4
) AS n GROUP BY n.slice, n.at ORDER BY n.at, n.slice;

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
), binned AS (
  SELECT slice, day, api, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_calls
  FROM (SELECT h.slice, h.day, h.api, b.bin, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bins, h.bin_calls) AS b (bin, n) GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
), slowest AS (
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

-- name: allow_time
-- For the statements of this transaction, and memory for their sorts.  In: timeout_ms text.
SELECT set_config('statement_timeout', :timeout_ms::text, true), set_config('work_mem', '64MB', true);
