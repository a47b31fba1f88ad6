-- Whether the session `s` (score_facts `x`) meets all further conditions (having.py).
(:has_screens::text[] IS NULL
 OR (SELECT count(DISTINCT j.screen) FROM journey_steps j
     WHERE j.session_id = s.session_id AND j.screen = ANY (:has_screens)) = cardinality(:has_screens))
AND (:has_signals::text[] IS NULL OR x.signal_counts ?& :has_signals)
AND (:has_signs::bool IS NULL
     OR NOT EXISTS (
       SELECT FROM unnest(:has_sign_types::text[], :has_sign_screens::text[]) AS w (type, screen)
       WHERE NOT EXISTS (
         SELECT FROM signals g CROSS JOIN LATERAL (SELECT g.session_id, g.screen AS sent) AS c
         WHERE g.session_id = s.session_id AND g.type = w.type AND w.screen =
-- include: screen_name
           )))
AND (:has_causes::text[] IS NULL
     OR NOT EXISTS (SELECT FROM unnest(:has_causes) AS c (cause)
                    WHERE coalesce((x.points_by_cause ->> c.cause)::float8, 0) <= 0))
AND (:has_errors::text[] IS NULL
     OR (SELECT count(DISTINCT g.group_key) FROM grouped_errors g
         WHERE g.session_id = s.session_id AND g.group_key = ANY (:has_errors)) = cardinality(:has_errors))
AND (:has_elements::text[] IS NULL
     OR (SELECT count(DISTINCT o.element_id) FROM events o
         WHERE o.session_id = s.session_id AND o.event_type = 'click' AND o.element_id = ANY (:has_elements))
        = cardinality(:has_elements))
AND (:has_events::text[] IS NULL
     OR (SELECT count(DISTINCT o.event_type) FROM events o
         WHERE o.session_id = s.session_id AND o.event_type = ANY (:has_events)) = cardinality(:has_events))
-- As moments_rows.sql counts them; the count of frustrated ones, which every session has, saves reading those of the rest.
AND (:has_moments::text[] IS NULL
     OR ('frustrated' <> ALL (:has_moments) OR s.moments > 0)
        AND (SELECT count(DISTINCT coalesce(m.emotion, 'unknown')) FROM emotion_predictions m
             WHERE m.session_id = s.session_id AND isfinite(m.occurred_at)
               AND coalesce(m.emotion, 'unknown') = ANY (:has_moments)) = cardinality(:has_moments))
AND (:has_calls::bool IS NULL
     OR NOT EXISTS (
       SELECT FROM unnest(:has_statuses::text[], :has_least_ms::int[], :has_apis::text[]) AS w (status, least_ms, api)
       WHERE NOT EXISTS (
         SELECT FROM latency_metrics l WHERE l.session_id = s.session_id
           AND (w.api IS NULL OR l.api = w.api)
           AND (w.least_ms IS NULL OR l.status IS NOT NULL AND l.latency_ms >= w.least_ms)
           AND (w.status IS NULL OR w.status = 'any' OR w.status = 'failed' AND (l.status = 0 OR l.status >= 500)
                OR w.status =
-- include: call_status
           ))))
