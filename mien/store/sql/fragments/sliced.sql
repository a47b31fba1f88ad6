-- The sessions of some hours, once for each slice that they belong to, as picked.sql gives them: what roll-ups are made of.
-- In: hours timestamp[], none of them dirty.
WITH chosen AS (
  SELECT n.session_id, n.visitor AS user_key, extract(epoch FROM n.started_at)::float8 AS started_at, n.release,
         n.device_type, n.score, n.score_exact, n.waited_ms, n.moments, h.hour AS at
  FROM unnest(:hours::timestamp[]) AS h (hour)
  JOIN rollup_sessions n ON n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour'
  WHERE NOT n.is_hidden
), picked AS (
  SELECT c.*, '' COLLATE "C" AS slice FROM chosen c
  UNION ALL
  SELECT c.*, 'r:' || c.release FROM chosen c
  UNION ALL
  SELECT c.*, 'd:' || c.device_type FROM chosen c
  UNION ALL
  SELECT c.*, 's:' || j.screen FROM chosen c
  CROSS JOIN LATERAL (  -- not joined: the planner would read all steps that there are
    SELECT DISTINCT j.screen COLLATE "C" AS screen FROM journey_steps j WHERE j.session_id = c.session_id AND j.screen <> ''
  ) AS j
)
