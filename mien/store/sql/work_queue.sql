-- Whoever changes several rows takes them in the order of session_id, as the collector does: else two transactions
-- could wait for each other.

-- name: claim
-- Take due sessions for a while.  In: lease uuid, lease_s float, max_sessions int, until timestamptz (NULL: what is due
-- now), only uuid[] (NULL: any).  Out: session_id, token.
WITH due AS (
  SELECT session_id FROM analysis_queue
  WHERE ready_at <= coalesce(:until::timestamptz, now()) AND (leased_until IS NULL OR leased_until < now())
    AND (:only::uuid[] IS NULL OR session_id = ANY(:only::uuid[]))
  ORDER BY ready_at LIMIT :max_sessions FOR UPDATE SKIP LOCKED
)
UPDATE analysis_queue q SET leased_until = now() + :lease_s::float8 * interval '1 second', lease = :lease
FROM due WHERE q.session_id = due.session_id RETURNING q.session_id, q.token;

-- name: renew
-- Hold on to those that nobody else has claimed since.  In: session_ids uuid[], lease uuid, lease_s float.
WITH ours AS (
  SELECT session_id FROM analysis_queue WHERE session_id = ANY(:session_ids::uuid[]) AND lease = :lease
  ORDER BY session_id FOR UPDATE
)
UPDATE analysis_queue q SET leased_until = now() + :lease_s::float8 * interval '1 second'
FROM ours WHERE q.session_id = ours.session_id RETURNING q.session_id;

-- name: held
-- Which of these are still ours.  In: session_ids uuid[], lease uuid.
SELECT session_id FROM analysis_queue
WHERE session_id = ANY(:session_ids::uuid[]) AND lease = :lease AND leased_until > now();

-- name: lock
-- Before finish and release, which take rows in no order.  In: session_ids uuid[], lease uuid.
SELECT session_id FROM analysis_queue WHERE session_id = ANY(:session_ids::uuid[]) AND lease = :lease
ORDER BY session_id FOR UPDATE;

-- name: finish!
-- Done, unless the session changed meanwhile or the lease ran out: then what was found may not have been written.
-- In: session_ids uuid[], tokens bigint[], lease uuid.
DELETE FROM analysis_queue q USING unnest(:session_ids::uuid[], :tokens::bigint[]) AS d (session_id, token)
WHERE q.session_id = d.session_id AND q.token = d.token AND q.lease = :lease AND q.leased_until > now();

-- name: release!
-- Give back what changed meanwhile (due the later the longer it is) or could not be done (wait_s).
-- In: session_ids uuid[], lease uuid, wait_s float (least wait).
UPDATE analysis_queue q SET lease = NULL, leased_until = NULL,
  ready_at = now() + greatest(:wait_s::float8, analysis_wait_s(r.event_count, r.analysed_total)) * interval '1 second'
FROM unnest(:session_ids::uuid[]) AS n (session_id) LEFT JOIN analyzer_runs r ON r.session_id = n.session_id
WHERE q.session_id = n.session_id AND q.lease = :lease;

-- name: enqueue_all!
-- Every session, due now; whoever has one in hand has it no longer, for it may be of an older version.
INSERT INTO analysis_queue AS q (session_id, ready_at, token)
SELECT session_id, now(), nextval('analysis_token') FROM sessions ORDER BY session_id
ON CONFLICT (session_id) DO UPDATE
SET token = excluded.token, ready_at = excluded.ready_at, lease = NULL, leased_until = NULL;

-- name: enqueue_some!
-- These sessions, due now, if they exist; taken from whoever has them in hand.  In: session_ids uuid[].
INSERT INTO analysis_queue AS q (session_id, ready_at, token)
SELECT session_id, now(), nextval('analysis_token') FROM sessions WHERE session_id = ANY(:session_ids::uuid[])
ORDER BY session_id
ON CONFLICT (session_id) DO UPDATE
SET token = excluded.token, ready_at = excluded.ready_at, lease = NULL, leased_until = NULL;

-- name: enqueue_outdated!
-- Some sessions that were never analysed, or by other versions, the newest first: people look at those.
-- In: version_key text, max_sessions int.
INSERT INTO analysis_queue (session_id, ready_at, token)
SELECT o.session_id, now(), nextval('analysis_token')
FROM (
  SELECT s.session_id FROM sessions s LEFT JOIN analyzer_runs r ON r.session_id = s.session_id
  WHERE (r.session_id IS NULL OR r.version_key <> :version_key)
    AND NOT EXISTS (SELECT FROM analysis_queue q WHERE q.session_id = s.session_id)
  ORDER BY s.started_at DESC NULLS LAST, s.session_id
  LIMIT :max_sessions
) o
ORDER BY o.session_id
ON CONFLICT DO NOTHING;

-- name: enqueue_settled!
-- Sessions that are over now and were analysed while they ran: once more.  In: max_sessions int.
WITH settled AS (
  DELETE FROM unsettled_sessions u
  USING (SELECT session_id FROM unsettled_sessions WHERE over_at <= now()
         ORDER BY session_id LIMIT :max_sessions FOR UPDATE SKIP LOCKED) AS o
  WHERE u.session_id = o.session_id RETURNING u.session_id
)
INSERT INTO analysis_queue (session_id, ready_at, token)
SELECT session_id, now(), nextval('analysis_token') FROM settled ORDER BY session_id
ON CONFLICT DO NOTHING;

-- name: hurry!
-- What waits is due now, whatever its delay.
WITH later AS (SELECT session_id FROM analysis_queue WHERE ready_at > now() ORDER BY session_id FOR UPDATE)
UPDATE analysis_queue q SET ready_at = now() FROM later WHERE q.session_id = later.session_id;

-- name: mark
-- The time that this transaction's rows are due at.
SELECT now();

-- name: left
-- How many of a share wait still.  In: until timestamptz, only uuid[] (NULL: any).
SELECT count(*) FROM analysis_queue
WHERE ready_at <= :until AND (:only::uuid[] IS NULL OR session_id = ANY(:only::uuid[]));

-- name: waiting
-- How many sessions wait, and for how many seconds the oldest due one has.  Out: queued, behind_s.
SELECT count(*) AS queued,
       greatest(0, coalesce(extract(epoch FROM now() - min(ready_at) FILTER (WHERE ready_at < now())), 0))::float8 AS behind_s
FROM analysis_queue;
