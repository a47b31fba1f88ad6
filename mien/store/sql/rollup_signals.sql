-- name: signals!
-- In, as all of the hours: hours timestamp[]; all of the days: days timestamp[].
-- In, beside hours: only_type NULL (signals_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_signals WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_signals SELECT 1, n.* FROM (
-- include: signals_rows
) AS n ORDER BY n.at, n.slice;

-- name: signals_days!
WITH gone AS (DELETE FROM rollup_signals WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_signals
SELECT 24, r.slice, d.day, r.type, r.element_id, r.screen, sum(r.signals), sum(r.sessions), sum(r.points)
FROM unnest(:days) AS d (day)
JOIN rollup_signals r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.type, r.element_id, r.screen ORDER BY d.day, r.slice;

-- name: moments!
-- include: sliced
, gone AS (DELETE FROM rollup_moments WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_moments SELECT 1, n.* FROM (
-- include: moments_rows
) AS n ORDER BY n.at, n.slice;

-- name: moments_days!
WITH gone AS (DELETE FROM rollup_moments WHERE hours = 24 AND at = ANY(:days::timestamp[]))
INSERT INTO rollup_moments
SELECT 24, r.slice, d.day, r.emotion, sum(r.moments), sum(r.sessions)
FROM unnest(:days) AS d (day)
JOIN rollup_moments r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
GROUP BY r.slice, d.day, r.emotion ORDER BY d.day, r.slice;
