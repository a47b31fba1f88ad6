-- Rows of rollup_moments for `picked`: moments by kind.
SELECT p.slice, p.at, coalesce(m.emotion, 'unknown') COLLATE "C" AS emotion, count(*)::int AS moments,
       count(DISTINCT m.session_id)::int AS sessions
FROM picked p JOIN emotion_predictions m ON m.session_id = p.session_id
WHERE isfinite(m.occurred_at) GROUP BY 1, 2, 3
