-- name: marks
-- How far the last sweeps looked.  Out: table_name, last_id.
SELECT table_name, last_id FROM sweeps;

-- name: newest
-- The newest ids now.  Out: events, calls, errors, chunks.
SELECT coalesce((SELECT max(event_id) FROM events), 0) AS events,
       coalesce((SELECT max(id) FROM latency_metrics), 0) AS calls,
       coalesce((SELECT max(id) FROM error_logs), 0) AS errors,
       coalesce((SELECT max(id) FROM replay_chunks), 0) AS chunks;

-- name: enqueue!
-- Queue the sessions of rows beyond the marks whose row counts are not those of their last analysis: somebody else
-- inserted them.  Sessions that wait already are left alone.  Sorted, as in work_queue.sql.
-- In: events, calls, errors, chunks bigint.
INSERT INTO analysis_queue (session_id, ready_at, token)
SELECT t.session_id, now(), nextval('analysis_token')
FROM (
  SELECT session_id FROM events WHERE event_id > :events
  UNION SELECT session_id FROM latency_metrics WHERE id > :calls
  UNION SELECT session_id FROM error_logs WHERE id > :errors
  UNION SELECT session_id FROM replay_chunks WHERE id > :chunks
) t
LEFT JOIN analyzer_runs r ON r.session_id = t.session_id
WHERE t.session_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM analysis_queue q WHERE q.session_id = t.session_id)
  AND (r.session_id IS NULL
       OR r.event_count <> (SELECT count(*) FROM events e WHERE e.session_id = t.session_id)
       OR r.call_count <> (SELECT count(*) FROM latency_metrics l WHERE l.session_id = t.session_id)
       OR r.error_count <> (SELECT count(*) FROM error_logs x WHERE x.session_id = t.session_id)
       OR r.chunk_count <> (SELECT count(*) FROM replay_chunks c WHERE c.session_id = t.session_id))
ORDER BY t.session_id
ON CONFLICT DO NOTHING;

-- name: remember!
-- In: table_names text[], last_ids bigint[].
INSERT INTO sweeps (table_name, last_id) SELECT * FROM unnest(:table_names::text[], :last_ids::bigint[])
ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id;
