-- How long each session of the period waited for its finished calls (all, or those of one API), as `c`: p75_ms (exact,
-- nearest rank), left_soon (its last activity came at most left_within_s after the end of its slowest call).
(
  SELECT s.session_id, w.p75_ms, coalesce(t.ended_at - w.slowest_ended_at <= :left_within_s::float8, false) AS left_soon
  FROM (SELECT l.session_id, percentile_disc(0.75) WITHIN GROUP (ORDER BY greatest(l.latency_ms, 0)) AS p75_ms,
               (array_agg(extract(epoch FROM l.occurred_at)::float8 + greatest(l.latency_ms, 0) / 1000.0
                          ORDER BY greatest(l.latency_ms, 0) DESC, l.occurred_at DESC NULLS LAST))[1] AS slowest_ended_at
        FROM latency_metrics l JOIN sessions o ON o.session_id = l.session_id
        WHERE o.started_at >= :since::timestamp AND o.started_at < :until::timestamp
          AND l.status IS NOT NULL AND l.latency_ms IS NOT NULL
          AND (:call_api::text IS NULL OR coalesce(l.api, '') = :call_api)
        GROUP BY l.session_id) AS w
  JOIN sessions s ON s.session_id = w.session_id
  CROSS JOIN
-- include: session_times
) AS c
