-- How long the session `s` waited for its finished calls (all, or those of one API), as `c`: p75_ms (exact, nearest rank;
-- NULL: it finished none), left_soon (its last activity came at most left_within_s after the end of its slowest call).
-- Session by session through the index: a join with a grouped table is planned badly as long as there are no statistics.
LATERAL (
  SELECT w.p75_ms, coalesce(t.ended_at - w.slowest_ended_at <= :left_within_s::float8, false) AS left_soon
  FROM (SELECT percentile_disc(0.75) WITHIN GROUP (ORDER BY greatest(l.latency_ms, 0)) AS p75_ms,
               (array_agg(extract(epoch FROM l.occurred_at)::float8 + greatest(l.latency_ms, 0) / 1000.0
                          ORDER BY greatest(l.latency_ms, 0) DESC, l.occurred_at DESC NULLS LAST))[1] AS slowest_ended_at
        FROM latency_metrics l
        WHERE l.session_id = s.session_id AND l.status IS NOT NULL AND l.latency_ms IS NOT NULL
          AND (:call_api::text IS NULL OR coalesce(l.api, '') = :call_api)) AS w
  CROSS JOIN
-- include: session_times
) AS c
