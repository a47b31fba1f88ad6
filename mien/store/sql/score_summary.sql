-- name: releases
-- Scores by release ('' not known), newest first by its first session in the segment.
-- In: the parameters of a Source (rollups.py); max_rows int.
-- Out: release, first_at (seconds since the epoch), sessions, scored, score_sum, lost_squares (of what was lost), row_count.
-- include: picked
-- include: segments_parts
SELECT name AS release, min(first_at) AS first_at, sum(sessions)::bigint AS sessions, sum(scored)::bigint AS scored,
       sum(score_sum) AS score_sum, sum(lost_squares) AS lost_squares, count(*) OVER () AS row_count
FROM parts WHERE dimension = 'release' GROUP BY name ORDER BY min(first_at) DESC, name LIMIT :max_rows::int;

-- name: release_causes
-- What each cause took in each of these releases: sums of points over its sessions; only what is above 0.
-- In: the parameters of a Segment (filters.py); releases, causes text[] (all).  Out: release, cause, points.
-- include: picked
SELECT p.release COLLATE "C" AS release, c.cause, sum((x.points_by_cause ->> c.cause)::float8) AS points
FROM picked p JOIN score_facts x ON x.session_id = p.session_id CROSS JOIN unnest(:causes::text[]) AS c (cause)
WHERE p.score_exact < 100 AND p.release = ANY (:releases::text[]) AND x.points_by_cause ->> c.cause > '0'
GROUP BY 1, 2;

-- name: versions
-- What scores were under former versions of analyzers and thresholds, beside what they are; only where it was another.
-- In: the parameters of a Segment (filters.py); max_rows int.
-- Out: version_key, replaced_at (when it was last replaced), sessions, compared (those with a score under both), before,
-- after (means of these), variance (of the differences, with n - 1).  Newest first.
-- include: picked
SELECT r.version_key, max(r.replaced_at) AS replaced_at, count(*) AS sessions,
       count(*) FILTER (WHERE r.score_exact IS NOT NULL AND p.score_exact IS NOT NULL) AS compared,
       avg(r.score_exact) FILTER (WHERE p.score_exact IS NOT NULL) AS before,
       avg(p.score_exact) FILTER (WHERE r.score_exact IS NOT NULL) AS after, var_samp(p.score_exact - r.score_exact) AS variance
FROM picked p JOIN former_scores r ON r.session_id = p.session_id
GROUP BY r.version_key ORDER BY replaced_at DESC, r.version_key LIMIT :max_rows::int;

-- name: example
-- A session whose sum is worth reading: about three issues, a score about 70, the newest of these.
-- In: the parameters of a Segment (filters.py); newest int (of how many that lost something).
-- Out: lost (how many of these there are), session_id (NULL: none of them lost points to two issues).
-- include: picked
, lost AS MATERIALIZED (
  SELECT * FROM picked WHERE score_exact < 95 ORDER BY started_at DESC, session_id LIMIT :newest::int
)
SELECT (SELECT count(*) FROM lost) AS lost,
       (SELECT p.session_id FROM lost p JOIN experience_scores o ON o.session_id = p.session_id
        WHERE jsonb_typeof(o.issues) = 'array' AND jsonb_array_length(o.issues) >= 2
        ORDER BY abs(jsonb_array_length(o.issues) - 3), abs(p.score_exact - 70), p.started_at DESC, p.session_id LIMIT 1) AS session_id;
