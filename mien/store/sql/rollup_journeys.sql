-- name: flows!
-- In, as all of the hours: hours timestamp[]; all of the days: days timestamp[].
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

-- name: routes!
-- In: hours timestamp[]; types, kinds_of (before.py).
WITH gone AS (
  DELETE FROM rollup_routes n USING unnest(:hours::timestamp[]) AS h (hour)
  WHERE n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour'
)
INSERT INTO rollup_routes
SELECT e.session_id, e.started_at, e.moment, coalesce(w.screens, '{}'), coalesce(w.times, '{}'), coalesce(k.has_rage, false),
       coalesce(k.has_error, false), coalesce(k.has_slow, false), coalesce(k.has_other, false)
FROM (SELECT n.session_id, n.started_at, session_end(n.session_id, n.ended_at) AS moment
      FROM unnest(:hours) AS h (hour)
      JOIN rollup_sessions n ON n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour') AS e
LEFT JOIN LATERAL (
  SELECT array_agg(
-- include: screen_hash
                   ORDER BY j.occurred_at, j.step_num, j.id) AS screens,
         array_agg(j.occurred_at ORDER BY j.occurred_at, j.step_num, j.id) AS times
  FROM journey_steps j
  WHERE j.session_id = e.session_id AND j.occurred_at BETWEEN '0005-01-01' AND '9987-01-01'  -- as in a funnel
) AS w ON true
LEFT JOIN LATERAL (
-- include: trouble_before
) AS k ON true
ORDER BY e.started_at;
