-- name: newest
-- The baselines that hold, or no row: then the defaults do.  Out: the fields of baselines.StoredBaselines.
SELECT id, made_at, made_by, reason, overrides, screens, muted, ignored_screens, version
FROM baselines ORDER BY id DESC LIMIT 1;

-- name: newest_id
-- Which baselines hold, or no row.
SELECT id FROM baselines ORDER BY id DESC LIMIT 1;

-- name: lock!
-- One change at a time: each is made from what holds before it. Held to the end of the transaction; readers go on.
LOCK TABLE baselines IN SHARE ROW EXCLUSIVE MODE;

-- name: add
-- A new version, which holds from the commit on.  In: the columns.  Out: id.
INSERT INTO baselines (made_by, reason, overrides, screens, muted, ignored_screens, version)
VALUES (:made_by, :reason, :overrides, :screens, :muted, :ignored_screens, :version) RETURNING id;

-- name: history
-- The versions, newest first.  In: max_rows int.  Out: the fields of baselines.StoredBaselines.
SELECT id, made_at, made_by, reason, overrides, screens, muted, ignored_screens, version
FROM baselines ORDER BY id DESC LIMIT :max_rows::int;

-- name: learning_lock
-- One decision at a time on whether to learn; held to the end of the transaction.
SELECT pg_advisory_xact_lock(hashtextextended('mien.learnings ' || current_schema(), 0));

-- name: learning_begin
-- Note that learning begins, unless it was done lately or somebody is at it (for an hour at most: they may have died).
-- In: made_by text, every_s float (0: whatever was done).  Out: id, or no row.
INSERT INTO learnings (made_by)
SELECT :made_by
WHERE :every_s::float8 = 0
   OR NOT EXISTS (SELECT FROM learnings
                  WHERE finished_at > now() - :every_s::float8 * interval '1 second'
                     OR finished_at IS NULL AND started_at > now() - interval '1 hour')
RETURNING id;

-- name: learning_finish!
-- In: id, session_count, view_count, screen_count, baselines_id (NULL: nothing new).
UPDATE learnings SET finished_at = now(), session_count = :session_count, view_count = :view_count,
  screen_count = :screen_count, baselines_id = :baselines_id
WHERE id = :id;

-- name: last_learning
-- When percentiles were last computed.  Out: the fields of baselines.Learning.
SELECT finished_at, session_count, view_count, screen_count, baselines_id
FROM learnings WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1;

-- name: recent_sessions
-- The newest sessions of people, newest first.  In: since, until timestamp (half-open), max_sessions int.
SELECT s.session_id FROM sessions s LEFT JOIN session_facts f ON f.session_id = s.session_id
WHERE s.started_at >= :since::timestamp AND s.started_at < :until::timestamp
  AND f.is_bot IS NOT TRUE AND f.is_staff IS NOT TRUE
ORDER BY s.started_at DESC, s.session_id LIMIT :max_sessions::int;

-- name: count_sessions
-- How many there are.  In: since, until timestamp (half-open).
SELECT count(*) FROM sessions s LEFT JOIN session_facts f ON f.session_id = s.session_id
WHERE s.started_at >= :since::timestamp AND s.started_at < :until::timestamp
  AND f.is_bot IS NOT TRUE AND f.is_staff IS NOT TRUE;

-- name: count_outdated
-- Sessions that a new version of the baselines queues again.  In: version_key text.
SELECT count(*) FROM sessions s LEFT JOIN analyzer_runs r ON r.session_id = s.session_id
WHERE r.version_key IS DISTINCT FROM :version_key;
