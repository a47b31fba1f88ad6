-- name: releases
-- Scores by release ('' not known), newest first by its first session in the segment.
-- In: the parameters of a Segment (filters.py); max_rows int.
-- Out: release, first_at (seconds since the epoch), sessions, scored, score, variance (with n - 1), points_by_cause (means
-- over the scored sessions of the release), row_count.
-- include: picked
, named AS (
  SELECT p.session_id, coalesce(s.app_version, '') COLLATE "C" AS release, p.started_at, p.score_exact
  FROM picked p JOIN sessions s ON s.session_id = p.session_id
), causes AS (
  SELECT release, jsonb_object_agg(cause, points) AS points_by_cause
  FROM (SELECT n.release, c.key AS cause,
               sum(c.value::float8) / (SELECT count(score_exact) FROM named b WHERE b.release = n.release) AS points
        FROM named n
        JOIN score_facts x ON x.session_id = n.session_id
        CROSS JOIN LATERAL jsonb_each(x.points_by_cause) AS c (key, value)
        WHERE n.score_exact IS NOT NULL AND c.value > '0'
        GROUP BY n.release, c.key) AS b
  GROUP BY release
), rows AS (
  SELECT release, min(started_at) AS first_at, count(*) AS sessions, count(score_exact) AS scored, avg(score_exact) AS score,
         var_samp(score_exact) AS variance
  FROM named GROUP BY release
)
SELECT r.*, coalesce(c.points_by_cause, '{}') AS points_by_cause, count(*) OVER () AS row_count
FROM rows r LEFT JOIN causes c USING (release) ORDER BY r.first_at DESC, r.release LIMIT :max_rows::int;

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
-- In: the parameters of a Segment (filters.py).  Out: its id, or no row.
-- include: picked
SELECT p.session_id
FROM picked p JOIN experience_scores o ON o.session_id = p.session_id
WHERE p.score_exact < 95 AND jsonb_typeof(o.issues) = 'array' AND jsonb_array_length(o.issues) >= 2
ORDER BY abs(jsonb_array_length(o.issues) - 3), abs(p.score_exact - 70), p.started_at DESC, p.session_id LIMIT 1;
