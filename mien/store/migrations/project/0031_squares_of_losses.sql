-- How much scores spread, so that a release's interval and the band of the trend need not read every session; and when a
-- release was first seen. What is rolled up is filled in here, from the sessions as the worker keeps them.

ALTER TABLE rollup_segments ADD lost_squares DOUBLE PRECISION NOT NULL DEFAULT 0, ADD first_at DOUBLE PRECISION;
ALTER TABLE rollup_summary ADD lost_squares DOUBLE PRECISION NOT NULL DEFAULT 0;
COMMENT ON COLUMN rollup_segments.first_at IS 'Seconds since the epoch: when its first session started.';
COMMENT ON COLUMN rollup_segments.lost_squares IS 'Sum of the squares of what each session lost, 100 minus its exact score.';
COMMENT ON COLUMN rollup_summary.lost_squares IS 'Sum of the squares of what each session lost, 100 minus its exact score.';

CREATE TEMPORARY TABLE picked_0031 ON COMMIT DROP AS
WITH chosen AS (
  SELECT session_id, extract(epoch FROM started_at)::float8 AS started_at, release, device_type, score_exact,
         date_trunc('hour', started_at) AS at,
         CASE WHEN score IS NULL THEN -1 ELSE least(greatest(score, 0) / 5, 19) END::smallint AS score_bin
  FROM rollup_sessions WHERE NOT is_hidden
), sliced AS (
  SELECT c.*, '' COLLATE "C" AS slice FROM chosen c
  UNION ALL
  SELECT c.*, 'r:' || c.release FROM chosen c
  UNION ALL
  SELECT c.*, 'd:' || c.device_type FROM chosen c
  UNION ALL
  SELECT c.*, 's:' || j.screen
  FROM chosen c JOIN (SELECT DISTINCT session_id, screen COLLATE "C" AS screen FROM journey_steps WHERE screen <> '') AS j
    ON j.session_id = c.session_id
)
SELECT slice, at, release, device_type, score_bin, coalesce(sum((100 - score_exact) ^ 2), 0)::float8 AS lost_squares,
       min(started_at) AS first_at
FROM sliced GROUP BY slice, at, release, device_type, score_bin;
ANALYZE picked_0031;

UPDATE rollup_summary r SET lost_squares = n.lost_squares
FROM (SELECT slice, at, score_bin, sum(lost_squares) AS lost_squares FROM picked_0031 GROUP BY 1, 2, 3) AS n
WHERE r.hours = 1 AND r.at = n.at AND r.slice = n.slice AND r.score_bin = n.score_bin;
UPDATE rollup_segments r SET lost_squares = n.lost_squares, first_at = n.first_at
FROM (SELECT p.slice, p.at, d.dimension, d.name, sum(p.lost_squares) AS lost_squares, min(p.first_at) AS first_at
      FROM picked_0031 p CROSS JOIN LATERAL (VALUES ('release', p.release), ('device', p.device_type)) AS d (dimension, name)
      GROUP BY 1, 2, 3, 4) AS n
WHERE r.hours = 1 AND r.at = n.at AND r.slice = n.slice AND r.dimension = n.dimension AND r.name = n.name;

UPDATE rollup_summary r SET lost_squares = n.lost_squares
FROM (SELECT slice, date_trunc('day', at) AS day, score_bin, sum(lost_squares) AS lost_squares
      FROM rollup_summary WHERE hours = 1 GROUP BY 1, 2, 3) AS n
WHERE r.hours = 24 AND r.at = n.day AND r.slice = n.slice AND r.score_bin = n.score_bin;
UPDATE rollup_segments r SET lost_squares = n.lost_squares, first_at = n.first_at
FROM (SELECT slice, date_trunc('day', at) AS day, dimension, name, sum(lost_squares) AS lost_squares, min(first_at) AS first_at
      FROM rollup_segments WHERE hours = 1 GROUP BY 1, 2, 3, 4) AS n
WHERE r.hours = 24 AND r.at = n.day AND r.slice = n.slice AND r.dimension = n.dimension AND r.name = n.name;
