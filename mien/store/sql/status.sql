-- name: tables
-- Rows per table of the specification: exact while small, PostgreSQL's estimate above a million.
-- Out: table_name, row_count, size_bytes.
SELECT c.relname AS table_name, pg_total_relation_size(c.oid) AS size_bytes, greatest(c.reltuples, 0)::bigint AS row_count
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY(:table_names)
ORDER BY c.relname;
