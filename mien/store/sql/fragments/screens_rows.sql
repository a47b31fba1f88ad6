-- Rows of rollup_screens for `picked`: the screens that sessions saw, lost points on, or met signals on.
-- In: the parameters of lost_there.sql.
-- bins, bin_views: views by the DDSketch bin of how long they took, to the next screen or the end of the session.
WITH steps AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT j.session_id, j.screen COLLATE "C" AS screen, j.occurred_at,
         coalesce(lead(j.occurred_at) OVER in_order, session_end(s.session_id, s.ended_at)) AS until,
         lead(j.id) OVER in_order IS NULL AS is_last
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN sessions s ON s.session_id = d.session_id
  JOIN journey_steps j ON j.session_id = d.session_id
  WHERE j.screen <> ''
  WINDOW in_order AS (PARTITION BY j.session_id ORDER BY j.step_num, j.id)
), stays AS MATERIALIZED (
  SELECT session_id, screen,
-- include: latency_bin
         AS bin, count(*) AS n
  FROM (SELECT session_id, screen, round(greatest(extract(epoch FROM until - occurred_at)::float8, 0) * 1000) AS ms
        FROM steps WHERE isfinite(occurred_at) AND isfinite(until)) AS t
  GROUP BY 1, 2, 3
), binned AS (
  SELECT slice, at, screen, array_agg(bin::smallint ORDER BY bin) AS bins, array_agg(n::int ORDER BY bin) AS bin_views
  FROM (SELECT p.slice, p.at, y.screen, y.bin, sum(y.n) AS n
        FROM stays y JOIN picked p ON p.session_id = y.session_id GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
), lost_once AS MATERIALIZED (
  WITH picked AS (SELECT DISTINCT session_id, score_exact FROM picked),
-- include: lost_there
  SELECT session_id, screen, cause, sum(points) AS points FROM lost WHERE screen <> '' GROUP BY 1, 2, 3
), costs AS (
  SELECT slice, at, screen, array_agg(cause ORDER BY cause) AS causes, array_agg(points ORDER BY cause) AS cause_points,
         array_agg(sessions ORDER BY cause) AS cause_sessions
  FROM (SELECT p.slice, p.at, l.screen, l.cause, sum(l.points) AS points, count(*)::int AS sessions
        FROM lost_once l JOIN picked p ON p.session_id = l.session_id GROUP BY 1, 2, 3, 4) AS c
  GROUP BY 1, 2, 3
), signed AS MATERIALIZED (
  SELECT session_id, screen, sum(signals) AS signals
  FROM (SELECT c.session_id, c.signals,
-- include: screen_name
               AS screen
        FROM (SELECT g.session_id, g.screen AS sent, count(*) AS signals
              FROM (SELECT DISTINCT session_id FROM picked) AS d JOIN signals g ON g.session_id = d.session_id
              GROUP BY g.session_id, g.screen) AS c) AS n
  WHERE screen <> '' GROUP BY 1, 2
), told AS MATERIALIZED (
  SELECT session_id, screen, sum(views) AS views, bool_or(left_there) AS left_there, bool_or(lost) AS lost, sum(signals) AS signals
  FROM (SELECT session_id, screen, count(*) AS views, bool_or(is_last) AS left_there, false AS lost, 0 AS signals
        FROM steps GROUP BY 1, 2
        UNION ALL SELECT DISTINCT session_id, screen, 0, false, true, 0 FROM lost_once
        UNION ALL SELECT session_id, screen, 0, false, false, signals FROM signed) AS t
  GROUP BY 1, 2
), figures AS (
  SELECT p.slice, p.at, t.screen, sum(t.views)::int AS views, (count(*) FILTER (WHERE t.views > 0))::int AS sessions,
         (count(p.score_exact) FILTER (WHERE t.views > 0))::int AS scored,
         coalesce(sum(p.score_exact) FILTER (WHERE t.views > 0), 0)::float8 AS score_sum,
         (count(*) FILTER (WHERE t.left_there))::int AS exits, (count(*) FILTER (WHERE t.lost))::int AS points_sessions,
         sum(t.signals)::int AS signals, (count(*) FILTER (WHERE t.signals > 0))::int AS signal_sessions
  FROM told t JOIN picked p ON p.session_id = t.session_id GROUP BY 1, 2, 3
)
SELECT f.*, b.bins, b.bin_views, c.causes, c.cause_points, c.cause_sessions
FROM figures f
LEFT JOIN binned b ON b.slice = f.slice AND b.at = f.at AND b.screen = f.screen
LEFT JOIN costs c ON c.slice = f.slice AND c.at = f.at AND c.screen = f.screen
