-- The newest sessions of a segment: enough to suggest from, and bounded however long the period is.
-- include: picked
, newest AS MATERIALIZED (SELECT session_id FROM picked ORDER BY started_at DESC LIMIT :max_sessions::int)
