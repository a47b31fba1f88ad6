-- name: lock_sessions
-- One writer of derived rows per session at a time, held to the end of the transaction.  In: lock_keys bigint[], sorted.
SELECT pg_advisory_xact_lock(lock_key) FROM unnest(:lock_keys::bigint[]) AS l (lock_key);

-- name: existing
-- Sessions that still exist, kept from deletion until the transaction ends.  In: session_ids uuid[].
SELECT session_id FROM sessions WHERE session_id = ANY(:session_ids::uuid[]) ORDER BY session_id FOR KEY SHARE;

-- name: runs!
-- Note what was analysed.  In: arrays of equal length; failed as text[] of JSON.
INSERT INTO analyzer_runs (session_id, version_key, analysed_at, event_count, call_count, error_count, chunk_count, failed)
SELECT n.session_id, :version_key, now(), n.event_count, n.call_count, n.error_count, n.chunk_count, n.failed::jsonb
FROM unnest(:session_ids::uuid[], :event_counts::int[], :call_counts::int[], :error_counts::int[], :chunk_counts::int[],
            :failed::text[]) AS n (session_id, event_count, call_count, error_count, chunk_count, failed)
ON CONFLICT (session_id) DO UPDATE SET version_key = excluded.version_key, analysed_at = excluded.analysed_at,
  event_count = excluded.event_count, call_count = excluded.call_count, error_count = excluded.error_count,
  chunk_count = excluded.chunk_count, failed = excluded.failed;
