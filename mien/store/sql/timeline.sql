-- name: sessions
-- The sessions themselves.  In: session_ids uuid[].  Out: session_id, started_at, ended_at (epoch seconds or NULL),
-- device_type, chunk_count.
SELECT s.session_id,
       CASE WHEN isfinite(s.started_at) THEN date_part('epoch', s.started_at) END AS started_at,
       CASE WHEN isfinite(s.ended_at) THEN date_part('epoch', s.ended_at) END AS ended_at,
       coalesce(f.device_type, u.device_type) AS device_type,
       (SELECT count(*) FROM replay_chunks c WHERE c.session_id = s.session_id) AS chunk_count
FROM sessions s
LEFT JOIN session_facts f ON f.session_id = s.session_id
LEFT JOIN users u ON u.user_id = s.user_id
WHERE s.session_id = ANY(:session_ids::uuid[]);

-- name: events
-- Events as one array per column and session, oldest first, equal times by the sender's order, then by content, so that
-- the order in which batches arrived does not matter.  In: session_ids uuid[], metadata_types text[] (whose metadata is
-- wanted).  A time that is missing or infinite counts as the session's start.
SELECT session_id, array_agg(event_id), array_agg(event_type::text), array_agg(at), array_agg(screen::text),
       array_agg(element_id::text), array_agg(x), array_agg(y), array_agg(scroll), array_agg(metadata)
FROM (
  SELECT e.session_id, e.event_id, e.event_type, e.screen, e.element_id, e.x, e.y, e.scroll,
         date_part('epoch', coalesce(CASE WHEN isfinite(e.occurred_at) THEN e.occurred_at END,
                                     CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at,
         CASE WHEN e.event_type = ANY(:metadata_types::text[]) THEN e.metadata::text END AS metadata
  FROM events e JOIN sessions s ON s.session_id = e.session_id
  WHERE e.session_id = ANY(:session_ids::uuid[])
  ORDER BY e.session_id, at, e.metadata -> 'seq', e.event_type, e.screen, e.element_id, e.x, e.y, e.event_id
) ordered GROUP BY session_id;

-- name: calls
-- API calls, in the same form.  In: session_ids uuid[].
SELECT session_id, array_agg(id), array_agg(api), array_agg(latency_ms), array_agg(status), array_agg(at)
FROM (
  SELECT l.session_id, l.id, l.api, l.latency_ms, l.status,
         date_part('epoch', coalesce(CASE WHEN isfinite(l.occurred_at) THEN l.occurred_at END,
                                     CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at
  FROM latency_metrics l JOIN sessions s ON s.session_id = l.session_id
  WHERE l.session_id = ANY(:session_ids::uuid[])
  ORDER BY l.session_id, at, l.api, l.latency_ms, l.status, l.id
) ordered GROUP BY session_id;

-- name: errors
-- Errors, in the same form.  In: session_ids uuid[].
SELECT session_id, array_agg(id), array_agg(screen::text), array_agg(message), array_agg(stack), array_agg(at)
FROM (
  SELECT e.session_id, e.id, e.screen, e.message, e.stack,
         date_part('epoch', coalesce(CASE WHEN isfinite(e.occurred_at) THEN e.occurred_at END,
                                     CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at
  FROM error_logs e JOIN sessions s ON s.session_id = e.session_id
  WHERE e.session_id = ANY(:session_ids::uuid[])
  ORDER BY e.session_id, at, e.message, e.screen, e.stack, e.id
) ordered GROUP BY session_id;

-- name: sizes
-- Events per session, to keep one load within memory.  In: session_ids uuid[].  Out: session_id, event_count.
SELECT session_id, count(*) AS event_count FROM events WHERE session_id = ANY(:session_ids::uuid[]) GROUP BY session_id;
