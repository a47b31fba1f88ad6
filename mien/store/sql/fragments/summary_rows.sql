-- Rows of rollup_summary for `picked`.
SELECT p.slice, p.at, CASE WHEN p.score IS NULL THEN -1 ELSE least(greatest(p.score, 0) / 5, 19) END::smallint AS score_bin,
       count(*) AS sessions, count(p.score_exact) AS scored, coalesce(sum(p.score_exact), 0)::float8 AS score_sum,
       count(*) FILTER (WHERE p.score < 50) AS poor,
       coalesce(sum(p.waited_ms) FILTER (WHERE p.score_exact IS NOT NULL), 0)::float8 AS waited_ms,
       coalesce(sum(p.moments), 0)::bigint AS moments, coalesce(sum((100 - p.score_exact) ^ 2), 0)::float8 AS lost_squares
FROM picked p GROUP BY 1, 2, 3
