-- name: tabs
-- The tabs of one session and how many of their batches never came.  In: session_id.  Out: tab as text, lost_batches.
SELECT t.tab::text AS tab,
-- include: lost_batches
FROM session_tabs t WHERE t.session_id = :session_id GROUP BY t.tab;

-- name: event_holes
-- Where numbers of a session's events are missing: between which two of its events.  Events do not say their tab, so this
-- is only asked of a session of one tab.  Numbers that do not go with time (a site's own key `seq`) make no hole.
-- In: session_id, max_rows int.  Out: from_at, until_at in seconds since the epoch, earliest first.
SELECT from_at, until_at
FROM (
  SELECT extract(epoch FROM lag(n.occurred_at) OVER w)::float8 AS from_at,
         extract(epoch FROM n.occurred_at)::float8 AS until_at, n.seq - lag(n.seq) OVER w AS step
  FROM (SELECT event_id, occurred_at, (metadata ->> 'seq')::numeric AS seq FROM events
        WHERE session_id = :session_id AND occurred_at IS NOT NULL AND jsonb_typeof(metadata -> 'seq') = 'number') AS n
  WINDOW w AS (ORDER BY n.seq, n.event_id)
) AS s
WHERE step > 1 AND until_at > from_at
ORDER BY from_at LIMIT :max_rows::int;

-- name: chunks
-- The data of some chunks of one session.  In: session_id, ids bigint[].  Out: id, chunk_data as text.
SELECT id, chunk_data::text AS chunk_data FROM replay_chunks WHERE session_id = :session_id AND id = ANY(:ids::bigint[]);
