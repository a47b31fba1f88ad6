-- Who went over from a screen to the next, for `picked`, a session once at each depth.
-- In: directions int[] (1: forwards from the entry, or from the first visit of start; -1: back from the last screen, or from
-- there), start text or NULL, is_every bool (from every screen that the session saw, and from NULL); max_depth int; types
-- text[] and kinds_of text[] of equal length (before.py).
-- start '': NULL.  At max_depth next_screen is NULL, and is_end false for those that went on.
WITH steps AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT j.session_id, j.screen COLLATE "C" AS screen, j.occurred_at, row_number() OVER w AS place,
         lead(j.occurred_at) OVER w AS left_at, lead(j.id) OVER w IS NULL AS is_last,
         lag(j.screen) OVER w COLLATE "C" AS screen_before, lead(j.screen) OVER w COLLATE "C" AS screen_after
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN journey_steps j ON j.session_id = d.session_id
  WHERE j.screen <> ''
  WINDOW w AS (PARTITION BY j.session_id ORDER BY j.step_num, j.id)
), troubles AS MATERIALIZED (
  SELECT g.session_id, k.kind, g.started_at, g.ended_at + interval '60 s' AS ends_at
  FROM (SELECT DISTINCT session_id FROM steps) AS d
  JOIN signals g ON g.session_id = d.session_id
  JOIN unnest(:types::text[], :kinds_of::text[]) AS k (type, kind) ON k.type = g.type
), moves AS MATERIALIZED (
  SELECT s.session_id, s.place, d.direction, s.screen, s.is_last, s.place = 1 AS is_first,
         CASE WHEN d.direction > 0 THEN s.screen_after ELSE s.screen_before END AS next_screen,
         CASE WHEN d.direction < 0 THEN CASE WHEN s.place > 1 THEN s.occurred_at END
              WHEN s.is_last THEN session_end(s.session_id, o.ended_at) ELSE s.left_at END AS moved_at
  FROM steps s
  CROSS JOIN unnest(:directions::int[]) AS d (direction)
  JOIN sessions o ON o.session_id = s.session_id
), seen AS (
  SELECT m.session_id, m.place, m.direction, bool_or(t.kind = 'rage') AS has_rage, bool_or(t.kind = 'error') AS has_error,
         bool_or(t.kind = 'slow') AS has_slow, bool_or(t.kind = 'other') AS has_other
  FROM moves m JOIN troubles t ON t.session_id = m.session_id AND t.started_at <= m.moved_at AND t.ends_at > m.moved_at
  GROUP BY m.session_id, m.place, m.direction
), told AS MATERIALIZED (
  SELECT m.*, e.has_rage, e.has_error, e.has_slow, e.has_other, e.session_id IS NULL AS has_nothing FROM moves m
  LEFT JOIN seen e ON e.session_id = m.session_id AND e.place = m.place AND e.direction = m.direction
), anchors AS (
  SELECT s.session_id, d.direction, '' AS start, CASE WHEN d.direction < 0 THEN max(s.place) ELSE 1 END AS place
  FROM steps s CROSS JOIN unnest(:directions) AS d (direction)
  WHERE :start::text IS NULL GROUP BY s.session_id, d.direction
  UNION ALL
  SELECT s.session_id, d.direction, s.screen, min(s.place)
  FROM steps s CROSS JOIN unnest(:directions) AS d (direction)
  WHERE :is_every::bool OR s.screen = :start GROUP BY s.session_id, d.direction, s.screen
), walk AS (
  SELECT m.session_id, m.direction::smallint AS direction, a.start COLLATE "C" AS start,
         ((m.place - a.place) * a.direction)::smallint AS depth, m.screen,
         CASE WHEN (m.place - a.place) * a.direction < :max_depth::int THEN m.next_screen END AS next_screen,
         CASE WHEN m.direction > 0 THEN m.is_last ELSE m.is_first END AS is_end, m.has_rage, m.has_error, m.has_slow, m.has_other,
         m.has_nothing
  FROM anchors a
  JOIN told m ON m.session_id = a.session_id AND m.direction = a.direction
             AND (m.place - a.place) * a.direction BETWEEN 0 AND :max_depth
), numbered AS MATERIALIZED (  -- grouped by two numbers instead of eight names: less than half of the time
  SELECT w.*, dense_rank() OVER (ORDER BY start, direction, depth, screen, next_screen, is_end) AS edge FROM walk w
), edges AS (
  SELECT DISTINCT ON (edge) edge, start, direction, depth, screen, next_screen, is_end FROM numbered ORDER BY edge
), spots AS MATERIALIZED (
  SELECT session_id, score_exact, slice, at, dense_rank() OVER (ORDER BY slice, at) AS spot FROM picked
), counted AS (
  SELECT p.spot, w.edge, count(*)::int AS sessions, count(p.score_exact)::int AS scored,
         coalesce(sum(p.score_exact), 0)::float8 AS score_sum, (count(*) FILTER (WHERE w.has_rage))::int AS rage,
         (count(*) FILTER (WHERE w.has_error))::int AS error, (count(*) FILTER (WHERE w.has_slow))::int AS slow,
         (count(*) FILTER (WHERE w.has_other))::int AS other, (count(*) FILTER (WHERE w.has_nothing))::int AS nothing
  FROM numbered w
  JOIN spots p ON p.session_id = w.session_id
  GROUP BY p.spot, w.edge
)
SELECT p.slice, p.at, e.start, e.direction, e.depth, e.screen, e.next_screen, e.is_end, c.sessions, c.scored, c.score_sum, c.rage,
       c.error, c.slow, c.other, c.nothing
FROM counted c
JOIN edges e ON e.edge = c.edge
JOIN (SELECT DISTINCT spot, slice, at FROM spots) AS p ON p.spot = c.spot
