-- When the session `s` began and ended and how long it took, as `t`: the one definition for rows and for their order.
-- What its row lacks (or holds as infinite: plain SQL) is that of its first and last event.
-- started_at, ended_at: seconds since the epoch, or NULL.  duration_ms: from 0 to 10^12, above what any session has.
LATERAL (
  SELECT b.started_at, b.ended_at,
         least(greatest(coalesce(s.duration_ms, round((b.ended_at - b.started_at) * 1000), 0), 0), 1e12)::bigint AS duration_ms
  FROM (SELECT extract(epoch FROM coalesce(CASE WHEN isfinite(s.started_at) THEN s.started_at END, min(o.occurred_at),
                                           CASE WHEN isfinite(s.ended_at) THEN s.ended_at END))::float8 AS started_at,
               extract(epoch FROM coalesce(CASE WHEN isfinite(s.ended_at) THEN s.ended_at END, max(o.occurred_at),
                                           CASE WHEN isfinite(s.started_at) THEN s.started_at END))::float8 AS ended_at
        FROM events o
        WHERE (isfinite(s.started_at) AND isfinite(s.ended_at)) IS NOT TRUE
          AND o.session_id = s.session_id AND isfinite(o.occurred_at)) AS b
) AS t
