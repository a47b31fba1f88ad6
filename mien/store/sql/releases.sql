-- name: begun
-- Releases of which the project had no session before the period, as far as whole days before it are rolled up; without
-- those that are there from the segment's first session on.
-- In: the parameters of a Source (rollups.py) of hours; bucket_s int; least_share float (of the segment's sessions that a
-- release has).
-- Out: release, at (the bucket of its first session, seconds since the epoch, a multiple of bucket_s), sessions; the first seen first.
-- include: picked
-- include: segments_parts
, named AS (
  SELECT name, floor(extract(epoch FROM min(at))::float8 / :bucket_s::int) * :bucket_s AS at, min(at) AS first_at,
         sum(sessions)::bigint AS sessions
  FROM parts WHERE dimension = 'release' GROUP BY name
)
SELECT n.name AS release, n.at, n.sessions
FROM named n
WHERE n.name <> '' AND n.at > (SELECT min(at) FROM named)
  AND n.sessions >= :least_share::float8 * (SELECT sum(sessions) FROM named)
  AND NOT EXISTS (SELECT FROM rollup_segments e WHERE e.hours = 24 AND e.slice = '' AND e.at < :since - interval '1 day'
                                                  AND e.dimension = 'release' AND e.name = n.name)
ORDER BY n.first_at, n.name;
