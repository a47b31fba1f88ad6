-- Rows of rollup_causes for `picked`. gain: the part of the hazard that is this cause's shares the hazard as it shares the
-- points (signals.md B.3).
SELECT p.slice, p.at, c.key COLLATE "C" AS cause, sum(c.value::float8) AS points,
       coalesce(sum(p.score_exact * (exp(x.hazard * c.value::float8 / nullif(100 - p.score_exact, 0)) - 1)), 0) AS gain,
       count(*) AS sessions
FROM picked p
JOIN score_facts x ON x.session_id = p.session_id
CROSS JOIN LATERAL jsonb_each(x.points_by_cause) AS c (key, value)
WHERE p.score_exact IS NOT NULL AND c.value > '0'
GROUP BY 1, 2, 3
