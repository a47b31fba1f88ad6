-- name: signal_exists
-- Whether a session has this signal now.  In: session_id uuid, type text, started_at timestamp, element_id, screen text.
SELECT EXISTS (SELECT FROM signals
               WHERE session_id = :session_id AND type = :type AND started_at = :started_at::timestamp
                 AND element_id IS NOT DISTINCT FROM :element_id AND screen IS NOT DISTINCT FROM :screen);

-- name: put!
-- What somebody says of a signal, in place of what was said before.
-- In: the columns.
INSERT INTO verdicts (session_id, type, started_at, element_id, screen, is_frustration, account)
VALUES (:session_id, :type, :started_at, :element_id, :screen, :is_frustration, :account)
ON CONFLICT ON CONSTRAINT verdicts_signal DO UPDATE
SET is_frustration = excluded.is_frustration, account = excluded.account, made_at = now();

-- name: take_back!
-- Nothing is said of this signal any more.  In: the natural key.
DELETE FROM verdicts
WHERE session_id = :session_id AND type = :type AND started_at = :started_at::timestamp
  AND element_id IS NOT DISTINCT FROM :element_id AND screen IS NOT DISTINCT FROM :screen;

-- name: of_session
-- All that was said of one session's signals.  In: session_id.  Out: the fields of verdicts.Verdict.
SELECT type, extract(epoch FROM started_at)::float8 AS at, element_id, screen, is_frustration, account, made_at
FROM verdicts WHERE session_id = :session_id;

-- name: counts
-- Verdicts by place.  Out: type, element_id, screen, verdicts, frustration.
SELECT type, element_id, screen, count(*) AS verdicts, count(*) FILTER (WHERE is_frustration) AS frustration
FROM verdicts GROUP BY type, element_id, screen;
