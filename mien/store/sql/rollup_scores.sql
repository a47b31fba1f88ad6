-- name: summary!
-- In, as all of the following: hours timestamp[].
-- include: sliced
, gone AS (DELETE FROM rollup_summary WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_summary SELECT 1, n.* FROM (
-- include: summary_rows
) AS n ORDER BY n.at, n.slice;

-- name: summary_days!
-- From the hours.  In, as all of the following: days timestamp[].
WITH gone AS (DELETE FROM rollup_summary WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_summary
SELECT 24, r.slice, d.day, r.score_bin, sum(r.sessions), sum(r.scored), sum(r.score_sum), sum(r.poor), sum(r.waited_ms),
       sum(r.moments), sum(r.lost_squares)
FROM unnest(:days) AS d (day)
JOIN rollup_summary r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.score_bin ORDER BY d.day, r.slice;

-- name: causes!
-- include: sliced
, gone AS (DELETE FROM rollup_causes WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_causes SELECT 1, n.* FROM (
-- include: causes_rows
) AS n ORDER BY n.at, n.slice;

-- name: causes_days!
WITH gone AS (DELETE FROM rollup_causes WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_causes
SELECT 24, r.slice, d.day, r.cause, sum(r.points), sum(r.gain), sum(r.sessions)
FROM unnest(:days) AS d (day)
JOIN rollup_causes r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.cause ORDER BY d.day, r.slice;

-- name: places!
-- In, beside hours: types, causes, unsorted (places_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_places WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_places SELECT 1, n.* FROM (
-- include: places_rows
) AS n ORDER BY n.at, n.slice;

-- name: places_days!
WITH gone AS (DELETE FROM rollup_places WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_places
SELECT 24, r.slice, d.day, r.kind, r.name, r.screen, r.cause, sum(r.points), sum(r.sessions), sum(r.score_sum),
       max(r.example::text COLLATE "C")::uuid
FROM unnest(:days) AS d (day)
JOIN rollup_places r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.kind, r.name, r.screen, r.cause ORDER BY d.day, r.slice;

-- name: segments!
-- include: sliced
, gone AS (DELETE FROM rollup_segments WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_segments SELECT 1, n.* FROM (
-- include: segments_rows
) AS n ORDER BY n.at, n.slice;

-- name: segments_days!
WITH gone AS (DELETE FROM rollup_segments WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_segments
SELECT 24, r.slice, d.day, r.dimension, r.name, sum(r.sessions), sum(r.scored), sum(r.score_sum), sum(r.lost_squares),
       min(r.first_at)
FROM unnest(:days) AS d (day)
JOIN rollup_segments r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.dimension, r.name ORDER BY d.day, r.slice;
