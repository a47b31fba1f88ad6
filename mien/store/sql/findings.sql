-- name: lock_sessions
-- One writer of derived rows per session at a time, held to the end of the transaction.  In: lock_keys bigint[], sorted.
SELECT pg_advisory_xact_lock(lock_key) FROM unnest(:lock_keys::bigint[]) AS l (lock_key);

-- name: existing
-- Sessions that still exist, kept from deletion until the transaction ends.  In: session_ids uuid[].
SELECT session_id FROM sessions WHERE session_id = ANY(:session_ids::uuid[]) ORDER BY session_id FOR KEY SHARE;

-- name: hashes
-- What was written at the last analysis, where that is known.  In: session_ids uuid[].  Out: session_id, row_hashes.
SELECT session_id, row_hashes FROM analyzer_runs
WHERE session_id = ANY(:session_ids::uuid[]) AND row_hashes IS NOT NULL;

-- name: row_counts
-- How many derived rows there are.  In: session_ids uuid[].  Out: session_id, and each derived table's number.
SELECT n.session_id,
       (SELECT count(*) FROM rage_click_events d WHERE d.session_id = n.session_id) AS rage_click_events,
       (SELECT count(*) FROM heatmap_points d WHERE d.session_id = n.session_id) AS heatmap_points,
       (SELECT count(*) FROM journey_steps d WHERE d.session_id = n.session_id) AS journey_steps,
       (SELECT count(*) FROM emotion_predictions d WHERE d.session_id = n.session_id) AS emotion_predictions,
       (SELECT count(*) FROM experience_scores d WHERE d.session_id = n.session_id) AS experience_scores,
       (SELECT count(*) FROM signals d WHERE d.session_id = n.session_id) AS signals,
       (SELECT count(*) FROM emotion_evidence d WHERE d.session_id = n.session_id) AS emotion_evidence,
       (SELECT count(*) FROM score_facts d WHERE d.session_id = n.session_id) AS score_facts,
       (SELECT count(*) FROM grouped_errors d WHERE d.session_id = n.session_id) AS grouped_errors,
       (SELECT count(*) FROM heatmap_views d WHERE d.session_id = n.session_id) AS heatmap_views,
       (SELECT count(*) FROM heatmap_clicks d WHERE d.session_id = n.session_id) AS heatmap_clicks
FROM unnest(:session_ids::uuid[]) AS n (session_id);

-- name: runs!
-- Note what was analysed.  In: arrays of equal length; failed as text[] of JSON.
INSERT INTO analyzer_runs AS r (session_id, version_key, analysed_at, event_count, call_count, error_count, chunk_count,
                                failed, row_hashes, analysed_total)
SELECT n.session_id, :version_key, now(), n.event_count, n.call_count, n.error_count, n.chunk_count, n.failed::jsonb,
       n.row_hashes, n.event_count
FROM unnest(:session_ids::uuid[], :event_counts::int[], :call_counts::int[], :error_counts::int[], :chunk_counts::int[],
            :failed::text[], :row_hashes::bytea[])
  AS n (session_id, event_count, call_count, error_count, chunk_count, failed, row_hashes)
ON CONFLICT (session_id) DO UPDATE SET version_key = excluded.version_key, analysed_at = excluded.analysed_at,
  event_count = excluded.event_count, call_count = excluded.call_count, error_count = excluded.error_count,
  chunk_count = excluded.chunk_count, failed = excluded.failed, row_hashes = excluded.row_hashes,
  analysed_total = r.analysed_total + excluded.analysed_total;

-- name: former
-- Scores that stand under another version than the one that is about to be written.
-- In: session_ids uuid[], version_key text.  Out: session_id, score, issues.
SELECT e.session_id, e.score, e.issues
FROM experience_scores e JOIN analyzer_runs r ON r.session_id = e.session_id
WHERE e.session_id = ANY(:session_ids::uuid[]) AND r.version_key <> :version_key;

-- name: keep_former!
-- Keep scores that are about to be replaced, under the version that they were computed with.  In: session_ids uuid[].
INSERT INTO former_scores (session_id, version_key, calculated_at, score, score_exact, issues, score_version, weights_hash)
SELECT DISTINCT ON (e.session_id) e.session_id, r.version_key, e.calculated_at, e.score, x.score_exact, e.issues, x.score_version, x.weights_hash
FROM experience_scores e
JOIN analyzer_runs r ON r.session_id = e.session_id
LEFT JOIN score_facts x ON x.session_id = e.session_id
WHERE e.session_id = ANY(:session_ids::uuid[])
ON CONFLICT (session_id, version_key) DO UPDATE SET replaced_at = now(), calculated_at = excluded.calculated_at,
  score = excluded.score, score_exact = excluded.score_exact, issues = excluded.issues,
  score_version = excluded.score_version, weights_hash = excluded.weights_hash;

-- name: trim_former!
-- Of each session the newest former scores stay, and none of the version that is about to be written again.
-- In: session_ids uuid[], version_key text, max_each int.
DELETE FROM former_scores f
USING (SELECT session_id, version_key, row_number() OVER (PARTITION BY session_id ORDER BY version_key = :version_key,
                                                          replaced_at DESC, version_key) AS place
       FROM former_scores WHERE session_id = ANY(:session_ids::uuid[])) AS n
WHERE f.session_id = n.session_id AND f.version_key = n.version_key
  AND (n.place > :max_each::int OR f.version_key = :version_key);

-- name: settled!
-- These need no second look.  In: session_ids uuid[].
DELETE FROM unsettled_sessions WHERE session_id = ANY(:session_ids::uuid[]);

-- name: unsettled!
-- These are to be analysed once more when they are over.  In: session_ids uuid[], over_at timestamptz[].
INSERT INTO unsettled_sessions (session_id, over_at)
SELECT * FROM unnest(:session_ids::uuid[], :over_at::timestamptz[])
ON CONFLICT (session_id) DO UPDATE SET over_at = excluded.over_at;
