-- Pairs of screens that sessions of `picked` saw both of, with those that went back and forth: from the one to the other, and
-- straight back.
-- score_squares, both_squares: of the points lost, 100 - score: near 0 a difference of squares loses fewer digits.
WITH steps AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT j.session_id, j.screen COLLATE "C" AS screen, j.occurred_at, lag(j.screen, 1) OVER w COLLATE "C" AS between_screen,
         lag(j.screen, 2) OVER w COLLATE "C" AS before_screen, lag(j.occurred_at, 1) OVER w AS between_at
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN journey_steps j ON j.session_id = d.session_id
  WHERE j.screen <> ''
  WINDOW w AS (PARTITION BY j.session_id ORDER BY j.step_num, j.id)
), returned AS (
  SELECT session_id, least(screen, between_screen) AS one, greatest(screen, between_screen) AS two, count(*) AS returns,
         count(*) FILTER (WHERE screen < between_screen) AS returns_to_one,
         coalesce(sum(greatest(extract(epoch FROM occurred_at - between_at), 0)), 0)::float8 AS away_s
  FROM steps WHERE screen = before_screen AND screen <> between_screen
  GROUP BY session_id, least(screen, between_screen), greatest(screen, between_screen)
), visited AS (
  SELECT DISTINCT session_id, screen FROM steps
), pairs AS (
  SELECT a.session_id, a.screen AS one, b.screen AS two, r.returns, r.returns_to_one, r.away_s
  FROM visited a JOIN visited b ON b.session_id = a.session_id AND b.screen > a.screen
  LEFT JOIN returned r ON r.session_id = a.session_id AND r.one = a.screen AND r.two = b.screen
)
SELECT p.slice, p.at, q.one, q.two, count(q.returns)::int AS sessions, coalesce(sum(q.returns), 0)::int AS returns,
       coalesce(sum(q.returns_to_one), 0)::int AS returns_to_one, coalesce(sum(q.away_s), 0)::float8 AS away_s,
       (count(p.score_exact) FILTER (WHERE q.returns > 0))::int AS scored,
       coalesce(sum(p.score_exact) FILTER (WHERE q.returns > 0), 0)::float8 AS score_sum,
       coalesce(sum((100 - p.score_exact) ^ 2) FILTER (WHERE q.returns > 0), 0)::float8 AS score_squares,
       count(p.score_exact)::int AS both_scored, coalesce(sum(p.score_exact), 0)::float8 AS both_sum,
       coalesce(sum((100 - p.score_exact) ^ 2), 0)::float8 AS both_squares
FROM pairs q JOIN picked p ON p.session_id = q.session_id
GROUP BY p.slice, p.at, q.one, q.two
