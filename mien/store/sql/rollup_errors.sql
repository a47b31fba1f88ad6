-- name: errors!
-- In, as all of the hours: hours timestamp[]; all of the days: days timestamp[].
-- In, beside hours: group_keys NULL (errors_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_errors WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_errors SELECT 1, n.* FROM (
-- include: errors_rows
) AS n ORDER BY n.at, n.slice;

-- name: errors_days!
WITH gone AS (DELETE FROM rollup_errors WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_errors r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
)
INSERT INTO rollup_errors
SELECT 24, f.*, c.visitors
FROM (SELECT slice, day, group_key, is_foreign, sum(errors), sum(sessions), sum(scored), sum(score_sum)
      FROM hourly GROUP BY slice, day, group_key, is_foreign) AS f
JOIN (SELECT h.slice, h.day, coalesce(h.group_key, '') AS group_key, h.is_foreign, array_agg(DISTINCT v.visitor) AS visitors
      FROM hourly h CROSS JOIN LATERAL unnest(h.visitors) AS v (visitor) GROUP BY 1, 2, 3, 4) AS c
  ON c.slice = f.slice AND c.day = f.day AND c.group_key = coalesce(f.group_key, '') AND c.is_foreign = f.is_foreign
ORDER BY f.day, f.slice;

-- name: error_parts!
-- In, beside hours: group_keys, part NULL (error_parts_rows.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_error_parts WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_error_parts
SELECT 1, n.slice, n.at, n.group_key, array_agg(n.part ORDER BY n.part, n.name), array_agg(n.name ORDER BY n.part, n.name),
       array_agg(n.sessions ORDER BY n.part, n.name), array_agg(n.errors ORDER BY n.part, n.name)
FROM (
-- include: error_parts_rows
) AS n GROUP BY n.slice, n.at, n.group_key ORDER BY n.at, n.slice, n.group_key;

-- name: error_parts_days!
WITH gone AS (DELETE FROM rollup_error_parts WHERE hours = 24 AND at = ANY(:days::timestamp[])),
daily AS (
  SELECT r.slice, d.day, r.group_key, u.part, u.name, sum(u.sessions)::bigint AS sessions, sum(u.errors)::bigint AS errors
  FROM unnest(:days) AS d (day)
  JOIN rollup_error_parts r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
  CROSS JOIN LATERAL unnest(r.parts, r.names, r.sessions, r.errors) AS u (part, name, sessions, errors)
  GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO rollup_error_parts
SELECT 24, slice, day, group_key, array_agg(part ORDER BY part, name), array_agg(name ORDER BY part, name),
       array_agg(sessions ORDER BY part, name), array_agg(errors ORDER BY part, name)
FROM daily GROUP BY slice, day, group_key ORDER BY day, slice, group_key;
