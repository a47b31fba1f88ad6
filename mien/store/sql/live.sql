-- name: active
-- Sessions with activity in the last seconds, the latest first. Started within a day, so that an index bounds it.
-- In: window_s float; include_bots bool; max_sessions int.  Out: session_id, total (of all, not only of these).
SELECT s.session_id, count(*) OVER () AS total
FROM sessions s LEFT JOIN session_facts f ON f.session_id = s.session_id
WHERE s.started_at >= (now() AT TIME ZONE 'UTC') - interval '1 day'
  AND s.ended_at >= (now() AT TIME ZONE 'UTC') - make_interval(secs => :window_s::float8)
  AND s.ended_at < (now() AT TIME ZONE 'UTC') + interval '1 hour'
  AND (:include_bots::bool OR f.is_bot IS NOT TRUE AND f.is_staff IS NOT TRUE)
ORDER BY s.ended_at DESC, s.session_id LIMIT :max_sessions::int;

-- name: actions
-- What each session did last; what a machine reports by itself (pointer, vitals, sizes) is no action.
-- In: session_ids uuid[].  Out: session_id, event_type, screen, element_id, label, at (seconds since the epoch).
SELECT i.session_id, a.event_type, a.screen, a.element_id, a.label, a.at
FROM unnest(:session_ids::uuid[]) AS i (session_id)
CROSS JOIN LATERAL (
  SELECT coalesce(e.event_type, '') AS event_type, e.screen, e.element_id, e.metadata ->> 'label' AS label,
         extract(epoch FROM e.occurred_at)::float8 AS at
  FROM events e
  WHERE e.session_id = i.session_id AND isfinite(e.occurred_at)
    AND e.event_type NOT IN ('pointer', 'resize', 'web_vital', 'visibility')
  ORDER BY e.occurred_at DESC, e.event_id DESC LIMIT 1) AS a;
