-- The web vitals of the session `s`, as `v`: the last report of each vital of each screen view, so that each view counts
-- once, as in the score (analyzers/score_terms.py).  rating: by the lines of Core Web Vitals (latency_filters.py).
LATERAL (
  SELECT DISTINCT ON (r.name, r.view) r.name, r.screen, r.value::float8 AS value,
         CASE WHEN r.value <= g.good THEN 'good' WHEN r.value <= g.poor THEN 'needs-improvement' ELSE 'poor' END AS rating
  FROM (SELECT e.event_type, coalesce(e.screen, '') COLLATE "C" AS screen, upper(e.metadata ->> 'name') AS name,
               CASE WHEN jsonb_typeof(e.metadata -> 'value') = 'number' AND (e.metadata -> 'value')::numeric < 1e300
                    THEN round((e.metadata -> 'value')::numeric, 20) END AS value,  -- 1e-400 is no float8
               count(*) FILTER (WHERE e.event_type = 'screen_view') OVER in_order AS view, row_number() OVER in_order AS place
        FROM events e
        -- Not by the index of types: it would be read once more for each session.
        WHERE e.session_id = s.session_id AND coalesce(e.event_type, '') IN ('screen_view', 'web_vital')
        WINDOW in_order AS (ORDER BY coalesce(e.occurred_at, s.started_at), e.event_id ROWS UNBOUNDED PRECEDING)) AS r
  JOIN unnest(:vital_names::text[], :vital_good::numeric[], :vital_poor::numeric[]) AS g (name, good, poor) ON g.name = r.name
  WHERE r.event_type = 'web_vital' AND r.value >= 0
  ORDER BY r.name, r.view, r.place DESC
) AS v
