-- name: mark_sessions!
-- Figures of these sessions change: whoever counts them must look at them one by one.  In: session_ids uuid[].
INSERT INTO dirty_hours (hour)
SELECT DISTINCT date_trunc('hour', started_at) FROM sessions
WHERE session_id = ANY(:session_ids::uuid[]) AND started_at > '-infinity' AND started_at < 'infinity';

-- name: mark_all!
-- All that there is, as if nothing had ever been rolled up; also hours that have no sessions any more.
INSERT INTO dirty_hours (hour, marked_at)
SELECT o.hour, '-infinity'::timestamptz
FROM (SELECT date_trunc('hour', started_at) AS hour FROM sessions WHERE started_at > '-infinity' AND started_at < 'infinity'
      UNION SELECT date_trunc('hour', started_at) FROM rollup_sessions
      UNION SELECT at FROM rollup_summary WHERE hours = 1) AS o;

-- name: dirty
-- In: since, until timestamp (of the sessions' starts).  Out: the dirty hours that they touch, oldest first.
SELECT DISTINCT hour FROM dirty_hours
WHERE hour > :since::timestamp - interval '1 hour' AND hour < :until::timestamp ORDER BY hour;

-- name: extent
-- Out: first_at, last_at (starts of the first and the last day that are rolled up; NULL when there is none).
SELECT (SELECT at FROM rollup_summary WHERE hours = 24 ORDER BY at LIMIT 1) AS first_at,
       (SELECT at FROM rollup_summary WHERE hours = 24 ORDER BY at DESC LIMIT 1) AS last_at;

-- name: due
-- Dirty hours that have been quiet for a while, or dirty for long, the newest first.
-- In: quiet_s, longest_s float; only_forced bool (those of mark_all alone); max_hours int.  Out: hour.
SELECT hour FROM dirty_hours GROUP BY hour
HAVING CASE WHEN :only_forced::bool THEN min(marked_at) = '-infinity'
            ELSE max(marked_at) < now() - make_interval(secs => :quiet_s::float8)
              OR min(marked_at) < now() - make_interval(secs => :longest_s::float8) END
ORDER BY hour DESC LIMIT :max_hours::int;

-- name: forced
-- How many hours of mark_all are left.
SELECT count(DISTINCT hour) FROM dirty_hours WHERE marked_at = '-infinity';

-- name: thin!
-- Of each hour's marks the earliest and the latest stay: they say all that is asked.
DELETE FROM dirty_hours d
USING (SELECT hour, (array_agg(id ORDER BY marked_at, id))[1] AS first_id,
              (array_agg(id ORDER BY marked_at DESC, id DESC))[1] AS last_id
       FROM dirty_hours GROUP BY hour HAVING count(*) > 2) AS k
WHERE d.hour = k.hour AND d.id NOT IN (k.first_id, k.last_id);

-- name: lock
-- Whether nobody else rolls up this project now; held to the end of the transaction.  In: lock_key bigint.
SELECT pg_try_advisory_xact_lock(:lock_key::bigint);

-- name: clean!
-- These hours are about to be rolled up: the marks that this transaction sees are answered, later ones stay.
-- In: hours timestamp[].
DELETE FROM dirty_hours WHERE hour = ANY(:hours::timestamp[]);

-- name: visitors!
-- Numbers for those who have none yet.  In: hours timestamp[].
INSERT INTO visitors (visitor_hash)
SELECT DISTINCT (
-- include: visitor_hash
)::uuid
FROM unnest(:hours::timestamp[]) AS h (hour)
JOIN sessions s ON s.started_at >= h.hour AND s.started_at < h.hour + interval '1 hour'
LEFT JOIN visitors v ON v.visitor_hash = (
-- include: visitor_hash
)::uuid
WHERE v.visitor IS NULL
ON CONFLICT DO NOTHING;

-- name: forget_sessions!
-- In: hours timestamp[].
DELETE FROM rollup_sessions n USING unnest(:hours::timestamp[]) AS h (hour)
WHERE n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour';

-- name: sessions!
-- In: hours timestamp[].
INSERT INTO rollup_sessions
SELECT
-- include: session_row
FROM unnest(:hours::timestamp[]) AS d (hour)
JOIN sessions s ON s.started_at >= d.hour AND s.started_at < d.hour + interval '1 hour'
-- include: session_joins
ORDER BY s.started_at;

-- name: allow_time
-- For the statements of this transaction, and memory for their sorts.  In: timeout_ms text.
SELECT set_config('statement_timeout', :timeout_ms::text, true), set_config('work_mem', '64MB', true);
