-- name: tables
-- Every table of the project with its indexes and long values.
-- Out: table_name, size_bytes, row_count (estimated by PostgreSQL, NULL where it has not looked yet), the largest first.
SELECT c.relname AS table_name, pg_total_relation_size(c.oid) AS size_bytes, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS row_count
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
ORDER BY size_bytes DESC, table_name;

-- name: server
-- The PostgreSQL server.  Out: version, database_bytes, started_at, connections (of this database), max_connections.
SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS database_bytes,
       pg_postmaster_start_time() AS started_at,
       (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = current_database()) AS connections,
       current_setting('max_connections')::int AS max_connections;

-- name: queue
-- What waits for the worker.  Out: queued, due (could be analysed now), in_hand (somebody is at it), behind_s.
SELECT count(*) AS queued, count(*) FILTER (WHERE ready_at <= now() AND (leased_until IS NULL OR leased_until < now())) AS due,
       count(*) FILTER (WHERE leased_until >= now()) AS in_hand,
       greatest(0, coalesce(extract(epoch FROM now() - min(ready_at) FILTER (WHERE ready_at < now())), 0))::float8 AS behind_s
FROM analysis_queue;

-- name: losses
-- Batches of the sessions that started on each day.  In: since timestamp (UTC).
-- Out: day, received_batches, lost_batches; only days with batches, oldest first.
SELECT s.started_at::date AS day, sum(t.batch_count)::bigint AS received_batches,
-- include: lost_batches
FROM sessions s JOIN session_tabs t ON t.session_id = s.session_id
WHERE s.started_at >= :since::timestamp AND s.started_at < 'infinity'
GROUP BY 1 ORDER BY 1;

-- name: hourly_losses
-- Batches of the sessions that started in each hour.  In: since timestamp (UTC).
-- Out: hour timestamptz, received_batches, lost_batches; only hours with batches, oldest first.
SELECT date_trunc('hour', s.started_at) AT TIME ZONE 'UTC' AS hour, sum(t.batch_count)::bigint AS received_batches,
-- include: lost_batches
FROM sessions s JOIN session_tabs t ON t.session_id = s.session_id
WHERE s.started_at >= :since::timestamp AND s.started_at < 'infinity'
GROUP BY 1 ORDER BY 1;

-- name: dropped
-- Items that the collector refused.  In: since date.  Out: reason, items, last_day; the most frequent first.
SELECT reason, sum(item_count)::bigint AS items, max(day) AS last_day FROM dropped_items
WHERE day >= :since::date GROUP BY reason ORDER BY items DESC, reason;

-- name: failed
-- Analyzers that failed at the last analysis of a session, with the newest example.
-- Out: analyzer, sessions, last_at, error, session_id; the most frequent first.
SELECT f.key AS analyzer, count(*) AS sessions, max(r.analysed_at) AS last_at,
       (array_agg(f.value ORDER BY r.analysed_at DESC))[1] AS error,
       (array_agg(r.session_id ORDER BY r.analysed_at DESC))[1] AS session_id
FROM analyzer_runs r CROSS JOIN LATERAL jsonb_each_text(r.failed) AS f
WHERE r.failed IS NOT NULL AND r.failed <> '{}' AND jsonb_typeof(r.failed) = 'object'
GROUP BY f.key ORDER BY sessions DESC, analyzer;
