-- The sessions of some blocks of six hours, each once: what roll-ups of heatmaps are made of.  Sessions of the same slices and
-- block are a class: what is counted by class is then added up for each of its slices, so that the many rows of a view are
-- read once.  `classes`: the slices and the block of each.
-- In: hours timestamp[], all of the blocks; a block with a dirty hour is not read before that is rolled up.
WITH picked AS MATERIALIZED (
  SELECT n.session_id, n.visitor AS user_key, n.release, n.device_type, b.at,
         dense_rank() OVER (ORDER BY b.at, n.release, n.device_type) AS class
  FROM unnest(:hours::timestamp[]) AS h (hour)
  JOIN rollup_sessions n ON n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour'
  CROSS JOIN LATERAL (
-- include: block
  ) AS b
  WHERE NOT n.is_hidden
), classes AS MATERIALIZED (
  SELECT c.class, c.at, s.slice COLLATE "C" AS slice
  FROM (SELECT DISTINCT class, at, release, device_type FROM picked) AS c
  CROSS JOIN LATERAL (VALUES (''), ('r:' || c.release), ('d:' || c.device_type)) AS s (slice)
)
