-- Rows of rollup_flows for `picked`: who went over from a screen to the next, a session once at each depth.
-- In: directions int[] (1: from the entry, or from the first visit of start; -1: back from the last screen, or from there),
-- start text or NULL, max_depth int; types text[] and kinds_of text[] of equal length (before.py).
-- At max_depth next_screen is NULL, and is_end false for those that went on.
WITH steps AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT j.session_id, j.screen COLLATE "C" AS screen, j.occurred_at, row_number() OVER w AS place,
         lead(j.occurred_at) OVER w AS left_at, lead(j.id) OVER w IS NULL AS is_last
  FROM (SELECT DISTINCT session_id FROM picked) AS d
  JOIN journey_steps j ON j.session_id = d.session_id
  WHERE j.screen <> ''
  WINDOW w AS (PARTITION BY j.session_id ORDER BY j.step_num, j.id)
), anchors AS (
  SELECT s.session_id, d.direction,
         CASE WHEN :start::text IS NULL AND d.direction < 0 THEN max(s.place) ELSE min(s.place) END AS place
  FROM steps s CROSS JOIN unnest(:directions::int[]) AS d (direction)
  WHERE :start IS NULL OR s.screen = :start GROUP BY s.session_id, d.direction
), walk AS (
  SELECT s.session_id, a.direction, ((s.place - a.place) * a.direction)::int AS depth, s.screen,
         lead(s.screen) OVER (PARTITION BY s.session_id, a.direction ORDER BY (s.place - a.place) * a.direction) AS next_screen,
         CASE WHEN a.direction > 0 THEN s.is_last ELSE s.place = 1 END AS is_end,
         CASE WHEN a.direction < 0 THEN CASE WHEN s.place > 1 THEN s.occurred_at END
              WHEN s.is_last THEN session_end(s.session_id, o.ended_at) ELSE s.left_at END AS moved_at
  FROM steps s
  JOIN anchors a ON a.session_id = s.session_id AND (s.place - a.place) * a.direction BETWEEN 0 AND :max_depth::int
  JOIN sessions o ON o.session_id = s.session_id
), seen AS MATERIALIZED (  -- asked of each row, not joined: the planner takes a walk for two rows, and would join row by row
  SELECT w.*, (SELECT array_agg(DISTINCT k.kind)
               FROM signals g JOIN unnest(:types::text[], :kinds_of::text[]) AS k (type, kind) ON k.type = g.type
               WHERE g.session_id = w.session_id AND g.ended_at + interval '60 s' > w.moved_at
                 AND g.started_at <= w.moved_at) AS kinds
  FROM walk w
)
SELECT p.slice, p.at, w.direction::smallint AS direction, w.depth::smallint AS depth, w.screen, w.next_screen, w.is_end,
       count(*)::int AS sessions, count(p.score_exact)::int AS scored, coalesce(sum(p.score_exact), 0)::float8 AS score_sum,
       count(*) FILTER (WHERE 'rage' = ANY (w.kinds))::int AS rage, count(*) FILTER (WHERE 'error' = ANY (w.kinds))::int AS error,
       count(*) FILTER (WHERE 'slow' = ANY (w.kinds))::int AS slow, count(*) FILTER (WHERE 'other' = ANY (w.kinds))::int AS other,
       count(*) FILTER (WHERE w.kinds IS NULL)::int AS nothing
FROM seen w
JOIN picked p ON p.session_id = w.session_id
GROUP BY p.slice, p.at, w.direction, w.depth, w.screen, w.next_screen, w.is_end
