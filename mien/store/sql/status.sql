-- name: tables
-- Rows per table of the specification: exact while small, PostgreSQL's estimate above a million.
-- Out: table_name, row_count, size_bytes.
SELECT c.relname AS table_name, pg_total_relation_size(c.oid) AS size_bytes, greatest(c.reltuples, 0)::bigint AS row_count
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY(:table_names)
ORDER BY c.relname;

-- name: freshness
-- Out: queued, behind_s, lost_batches, received_batches, dropped_items, newest_batch_at.
SELECT (SELECT count(*) FROM analysis_queue) AS queued,
       (SELECT greatest(0, coalesce(extract(epoch FROM now() - min(ready_at) FILTER (WHERE ready_at < now())), 0))::float8
        FROM analysis_queue) AS behind_s,
       (SELECT coalesce(sum(last_seq - first_seq + 1 - batch_count), 0)::bigint FROM session_tabs) AS lost_batches,
       (SELECT coalesce(sum(batch_count), 0)::bigint FROM session_tabs) AS received_batches,
       (SELECT coalesce(sum(item_count), 0)::bigint FROM dropped_items) AS dropped_items,
       (SELECT max(received_at) FROM received_batches) AS newest_batch_at;
