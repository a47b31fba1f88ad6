-- Rows of rollup_segments for `picked`.
SELECT p.slice, p.at, d.dimension COLLATE "C" AS dimension, d.name COLLATE "C" AS name, count(*) AS sessions,
       count(p.score_exact) AS scored, coalesce(sum(p.score_exact), 0)::float8 AS score_sum,
       coalesce(sum((100 - p.score_exact) ^ 2), 0)::float8 AS lost_squares, min(p.started_at) AS first_at
FROM picked p CROSS JOIN LATERAL (VALUES ('release', p.release), ('device', p.device_type)) AS d (dimension, name)
GROUP BY 1, 2, 3, 4
