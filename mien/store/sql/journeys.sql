-- name: flow
-- Where sessions go, step by step, from a screen or from their entry, or (backwards) where they came from.
-- In: the parameters of a Source (rollups.py); start text or NULL (the entry; backwards the last screen), directions int[]
-- (of one: 1 forwards, -1 backwards), max_depth int, types, kinds_of (flow_rows.sql); max_nodes int, or the nodes themselves:
-- node_depths int[], node_screens text[].
-- Out: depth (0: the start), node (NULL: another screen), next_node (NULL: another), is_end (left here; backwards: came in
-- here), sessions, scored, score, rage, error, slow, other, nothing (sessions with it in the minute before going over).
-- At max_depth is_end is false for those that went on; their next_node is NULL.
-- include: picked
-- include: flow_parts
, ranked AS (
  SELECT depth, screen, row_number() OVER (PARTITION BY depth ORDER BY sum(sessions) DESC, screen) AS rank
  FROM moved WHERE :node_depths::int[] IS NULL GROUP BY depth, screen
), shown AS (
  SELECT depth, screen FROM ranked WHERE rank <= :max_nodes::int
  UNION ALL
  SELECT depth, screen COLLATE "C" FROM unnest(:node_depths, :node_screens::text[]) AS n (depth, screen)
)
SELECT m.depth, n.screen AS node, t.screen AS next_node, m.is_end, sum(m.sessions)::bigint AS sessions,
       sum(m.scored)::bigint AS scored, sum(m.score_sum) / nullif(sum(m.scored), 0)::float8 AS score,
       sum(m.rage)::bigint AS rage, sum(m.error)::bigint AS error, sum(m.slow)::bigint AS slow, sum(m.other)::bigint AS other,
       sum(m.nothing)::bigint AS nothing
FROM moved m
LEFT JOIN shown n ON n.depth = m.depth AND n.screen = m.screen
LEFT JOIN shown t ON t.depth = m.depth + 1 AND t.screen = m.next_screen
GROUP BY m.depth, n.screen, t.screen, m.is_end
ORDER BY m.depth, sessions DESC, node, next_node, m.is_end;

-- name: loops
-- Pairs of screens that sessions go back and forth between: from the one to the other, and straight back.
-- In: the parameters of a Source (rollups.py); max_rows int.
-- Out: screen (the one more often come back to), other_screen, sessions, returns, away_s (sum of the times on the screen
-- between), scored, score_sum, score_squares, both_scored, both_sum, both_squares (of all sessions that saw both screens),
-- row_count (of all pairs).  Those of most sessions first.
-- include: picked
-- include: loop_parts
, pairs AS (
  SELECT one, two, sum(sessions)::bigint AS sessions, sum(returns)::bigint AS returns,
         sum(returns_to_one)::bigint AS returns_to_one, sum(away_s) AS away_s, sum(scored)::bigint AS scored,
         sum(score_sum) AS score_sum, sum(score_squares) AS score_squares, sum(both_scored)::bigint AS both_scored,
         sum(both_sum) AS both_sum, sum(both_squares) AS both_squares
  FROM looped GROUP BY one, two HAVING sum(sessions) > 0
)
SELECT CASE WHEN 2 * returns_to_one >= returns THEN one ELSE two END AS screen,
       CASE WHEN 2 * returns_to_one >= returns THEN two ELSE one END AS other_screen,
       sessions, returns, away_s, scored, score_sum, score_squares, both_scored, both_sum, both_squares,
       count(*) OVER () AS row_count
FROM pairs ORDER BY sessions DESC, one, two LIMIT :max_rows::int;

-- name: funnel
-- How far sessions come through steps in order, and what came just before they dropped out.
-- In: the parameters of a Segment (filters.py); funnel_steps text[] (at least two), and in place of the segment's funnel_screens,
-- funnel_events text[] or NULL and within_s int or NULL; is_routed bool (all steps are
-- screens, in funnel_screens); is_long bool (whether many sessions have to be read one by one); types text[] and kinds_of text[] of equal length (before.py).
-- Out: step (from 1), sessions that reached it, median_s from the step before; of those that came no further: dropped, scored,
-- score, rage, error, slow, other, nothing (sessions with it in the minute before they left, or before the window closed).
-- include: picked
, kept AS (
  SELECT r.* FROM rollup_routes r
  WHERE :is_routed::bool AND r.started_at >= :since AND r.started_at < :until
    AND NOT EXISTS (SELECT FROM dirty_hours d WHERE d.hour = date_trunc('hour', r.started_at))
), steps AS MATERIALIZED (
  SELECT array_agg(
-- include: screen_hash
    ORDER BY j.place) AS hashes
  FROM unnest(:funnel_screens) WITH ORDINALITY AS j (screen, place)
), came AS MATERIALIZED (
  -- Of clean hours the worker keeps what a funnel of screens asks, but for windows that may close before the session ends.
  SELECT p.session_id, p.score_exact, p.ended_at, r.screens, r.times, r.has_rage, r.has_error, r.has_slow, r.has_other,
         r.session_id IS NULL
         OR :within_s::int IS NOT NULL AND (r.end_at - r.times[1] <= make_interval(secs => :within_s)
                                            AND r.times[cardinality(r.times)] - r.times[1] <= make_interval(secs => :within_s))
                                           IS NOT TRUE AS is_raw
  FROM picked p LEFT JOIN kept r ON r.session_id = p.session_id
  WHERE r.session_id IS NULL OR array_position(r.screens, (SELECT hashes[1] FROM steps)) > 0
), named AS (
  -- Of many sessions all steps are read together: asked session by session 73,000 take twice as long.
  SELECT p.session_id, p.score_exact, p.ended_at, n.name, n.at, n.kind, n.step_num, n.id
  FROM came p JOIN (
-- include: funnel_names
  ) AS n ON n.session_id = p.session_id
  WHERE p.is_raw AND :is_long::bool
  UNION ALL
  SELECT p.session_id, p.score_exact, p.ended_at, n.name, n.at, n.kind, n.step_num, n.id
  FROM came p CROSS JOIN LATERAL (
    SELECT * FROM (
-- include: funnel_names
    ) AS n WHERE n.session_id = p.session_id OFFSET 0
  ) AS n
  WHERE p.is_raw AND NOT :is_long
), went AS (
  SELECT session_id, score_exact, ended_at, array_agg(name ORDER BY at, kind, step_num, id) AS names,
         array_agg(at ORDER BY at, kind, step_num, id) AS times
  FROM named
  WHERE at BETWEEN '0005-01-01' AND '9987-01-01'  -- farther off no window could be added
  GROUP BY session_id, score_exact, ended_at
), timed AS (
  SELECT w.session_id, w.score_exact, w.ended_at,
         CASE WHEN (:funnel_steps::text[])[2] = ANY (w.names) THEN funnel_times(:funnel_steps, w.names, w.times, :within_s::int)
              ELSE ARRAY[w.times[array_position(w.names, (:funnel_steps::text[])[1])]] END AS times  -- the same, at a tenth of the cost
  FROM went w WHERE (:funnel_steps::text[])[1] = ANY (w.names)
), ended AS MATERIALIZED (
  SELECT t.*, least(session_end(t.session_id, t.ended_at), t.times[1] + make_interval(secs => :within_s)) AS moment FROM timed t
), reached AS MATERIALIZED (
  SELECT c.score_exact, CASE WHEN array_position(c.screens, s.hashes[2]) > 0 THEN funnel_times(s.hashes, c.screens, c.times, NULL)
                             ELSE ARRAY[c.times[array_position(c.screens, s.hashes[1])]] END AS times,
         c.has_rage, c.has_error, c.has_slow, c.has_other
  FROM came c CROSS JOIN steps s WHERE NOT c.is_raw
  UNION ALL
  -- Session by session: the planner believes that hardly any session came to the first step.
  SELECT e.score_exact, e.times, coalesce(k.has_rage, false), coalesce(k.has_error, false), coalesce(k.has_slow, false),
         coalesce(k.has_other, false)
  FROM ended e
  LEFT JOIN LATERAL (
-- include: trouble_before
  ) AS k ON true
), stopped AS (
  SELECT cardinality(times) AS last_step, count(*) AS sessions, count(score_exact) AS scored, sum(score_exact) AS score_sum,
         count(*) FILTER (WHERE has_rage) AS rage, count(*) FILTER (WHERE has_error) AS error,
         count(*) FILTER (WHERE has_slow) AS slow, count(*) FILTER (WHERE has_other) AS other,
         count(*) FILTER (WHERE NOT (has_rage OR has_error OR has_slow OR has_other)) AS nothing
  FROM reached GROUP BY 1
), took AS (
  SELECT n.step, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.times[n.step] - r.times[n.step - 1])::float8)
                 AS median_s
  FROM reached r CROSS JOIN LATERAL generate_series(2, cardinality(r.times)) AS n (step)
  WHERE cardinality(r.times) > 1 GROUP BY n.step
)
SELECT n.step, (SELECT coalesce(sum(o.sessions), 0)::bigint FROM stopped o WHERE o.last_step >= n.step) AS sessions, t.median_s,
       coalesce(d.sessions, 0) AS dropped, coalesce(d.scored, 0) AS scored, d.score_sum / nullif(d.scored, 0) AS score,
       coalesce(d.rage, 0) AS rage, coalesce(d.error, 0) AS error, coalesce(d.slow, 0) AS slow, coalesce(d.other, 0) AS other,
       coalesce(d.nothing, 0) AS nothing
FROM generate_series(1, cardinality(:funnel_steps)) AS n (step)
LEFT JOIN stopped d ON d.last_step = n.step
LEFT JOIN took t ON t.step = n.step
ORDER BY n.step;

-- name: total
-- In: the parameters of a Source (rollups.py).  Out: how many sessions.
-- include: picked
-- include: summary_parts
SELECT coalesce(sum(sessions), 0)::bigint FROM parts;

-- name: screens
-- The screens to choose from.  In: the parameters of a Segment (filters.py); max_rows int.
-- Out: name, sessions that saw it; those of most sessions first.
-- include: picked
SELECT j.screen COLLATE "C" AS name, count(DISTINCT j.session_id) AS sessions
FROM picked p JOIN journey_steps j ON j.session_id = p.session_id
WHERE j.screen <> ''
GROUP BY j.screen COLLATE "C" ORDER BY sessions DESC, name LIMIT :max_rows::int;

-- name: event_types
-- The types of events to choose from.  In: the parameters of a Segment (filters.py); known text[] (left out); max_rows int.
-- Out: name, sessions with one; those of most sessions first.
-- include: picked
SELECT e.event_type COLLATE "C" AS name, count(DISTINCT e.session_id) AS sessions
FROM picked p JOIN events e ON e.session_id = p.session_id
WHERE e.event_type <> '' AND e.event_type <> ALL (:known::text[])
GROUP BY e.event_type COLLATE "C" ORDER BY sessions DESC, name LIMIT :max_rows::int;
