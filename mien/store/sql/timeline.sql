-- name: sessions
-- The sessions themselves.  In: session_ids uuid[].  Out: session_id, started_at, ended_at (epoch seconds or NULL),
-- device_type, chunk_count, now_at (epoch seconds of the database's clock).
SELECT s.session_id,
       CASE WHEN isfinite(s.started_at) THEN date_part('epoch', s.started_at) END AS started_at,
       CASE WHEN isfinite(s.ended_at) THEN date_part('epoch', s.ended_at) END AS ended_at,
       coalesce(f.device_type, u.device_type) AS device_type,
       (SELECT count(*) FROM replay_chunks c WHERE c.session_id = s.session_id) AS chunk_count,
       date_part('epoch', now()) AS now_at
FROM sessions s
LEFT JOIN session_facts f ON f.session_id = s.session_id
LEFT JOIN users u ON u.user_id = s.user_id
WHERE s.session_id = ANY(:session_ids::uuid[]);

-- name: events
-- The newest events as one array per column and session, NEWEST first, equal times by the sender's order, then by
-- content, so that the order in which batches arrived does not matter.  NULL arrays: there are none.
-- In: session_ids uuid[], metadata_types text[] (whose metadata is wanted), max_rows (per session).
-- A time that is missing or infinite counts as the session's start.
SELECT s.session_id, found.*
FROM sessions s CROSS JOIN LATERAL (
  SELECT array_agg(event_id), array_agg(event_type::text), array_agg(at), array_agg(screen::text),
         array_agg(element_id::text), array_agg(x), array_agg(y), array_agg(scroll), array_agg(metadata)
  FROM (
    SELECT e.event_id, e.event_type, e.screen, e.element_id, e.x, e.y, e.scroll,
           date_part('epoch', coalesce(CASE WHEN isfinite(e.occurred_at) THEN e.occurred_at END,
                                       CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at,
           CASE WHEN e.event_type = ANY(:metadata_types::text[]) THEN e.metadata::text END AS metadata
    FROM events e WHERE e.session_id = s.session_id
    ORDER BY at DESC, e.metadata -> 'seq' DESC, e.event_type DESC, e.screen DESC, e.element_id DESC, e.x DESC, e.y DESC,
             e.event_id DESC
    LIMIT :max_rows
  ) newest
) found
WHERE s.session_id = ANY(:session_ids::uuid[]);

-- name: calls
-- API calls, in the same form.  In: session_ids uuid[], max_rows.
SELECT s.session_id, found.*
FROM sessions s CROSS JOIN LATERAL (
  SELECT array_agg(id), array_agg(api), array_agg(latency_ms), array_agg(status), array_agg(at)
  FROM (
    SELECT l.id, l.api, l.latency_ms, l.status,
           date_part('epoch', coalesce(CASE WHEN isfinite(l.occurred_at) THEN l.occurred_at END,
                                       CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at
    FROM latency_metrics l WHERE l.session_id = s.session_id
    ORDER BY at DESC, l.api DESC, l.latency_ms DESC, l.status DESC, l.id DESC
    LIMIT :max_rows
  ) newest
) found
WHERE s.session_id = ANY(:session_ids::uuid[]);

-- name: errors
-- Errors, in the same form, equal ones of one instant as one with their number; last whether any row was left out.
-- In: session_ids uuid[], max_rows.  Out: no row for a session without errors.
SELECT session_id, array_agg(id), array_agg(screen::text), array_agg(message), array_agg(stack), array_agg(at),
       array_agg(errors), array_agg(left_out)
FROM (
  -- include: session_errors
) AS kept
GROUP BY session_id;

-- name: counts
-- How many rows there really are.  In: session_ids uuid[].  Out: session_id, events, calls, errors.
SELECT n.session_id,
       (SELECT count(*) FROM events e WHERE e.session_id = n.session_id) AS events,
       (SELECT count(*) FROM latency_metrics l WHERE l.session_id = n.session_id) AS calls,
       (SELECT count(*) FROM error_logs x WHERE x.session_id = n.session_id) AS errors
FROM unnest(:session_ids::uuid[]) AS n (session_id);
