-- Whether the session `s` is one that a CallFilter (latency_filters.py) wants.
(:call_any::bool IS NOT TRUE
 OR EXISTS (SELECT FROM latency_metrics l WHERE l.session_id = s.session_id
            AND (:call_api::text IS NULL OR coalesce(l.api, '') = :call_api)
            AND (:call_min_ms::int IS NULL
                 OR l.status IS NOT NULL AND l.latency_ms IS NOT NULL AND greatest(l.latency_ms, 0) >= :call_min_ms)
            AND (:call_max_ms::int IS NULL
                 OR l.status IS NOT NULL AND l.latency_ms IS NOT NULL AND greatest(l.latency_ms, 0) < :call_max_ms)
            AND (:call_status::text IS NULL OR :call_status = 'any'
                 OR :call_status = 'failed' AND (l.status = 0 OR l.status >= 500)
                 OR :call_status =
-- include: call_status
            )
            AND (:call_screen::text IS NULL OR :call_screen =
-- include: call_screen
            )))
AND (:wait_any::bool IS NOT TRUE
     OR EXISTS (SELECT FROM
-- include: session_waits
                WHERE c.p75_ms IS NOT NULL AND (:wait_min_ms::int IS NULL OR c.p75_ms >= :wait_min_ms)
                  AND (:wait_max_ms::int IS NULL OR c.p75_ms < :wait_max_ms)
                  AND (:left_soon::bool IS NOT TRUE OR c.left_soon)))
