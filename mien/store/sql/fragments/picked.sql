-- The translation of a Segment (filters.py): stands before every statement that counts or lists sessions.
-- Sessions of clean hours come as the worker keeps them (rollup_sessions), those of dirty ones from the tables themselves.
-- In, beside the segment's: head_until, tail_since timestamp (roll-ups answer for the clean hours between them), dirty_since,
-- dirty_until timestamp (no hour outside is dirty: without them the planner believes that a ninth of all sessions are);
-- loose_hours timestamp[] (clean hours that no roll-up answers for, all of them from loose_since to loose_until); step_s int
-- (how finely `at` tells times apart) or 0.
-- user_key: a number for the user, else the device, else the session. started_at: seconds since the epoch.
-- slice, at, class: as in the roll-ups (sliced_blocks.sql). funnel_at: of the segment's funnel the times of the steps reached; NULL without one.
WITH picked AS (
  SELECT s.session_id, s.visitor AS user_key, extract(epoch FROM s.started_at)::float8 AS started_at, s.release, s.device_type,
         s.score, s.score_exact, s.waited_ms, s.moments, s.ended_at, w.funnel_at, '' COLLATE "C" AS slice,
         CASE WHEN :step_s::int > 0 THEN date_bin(make_interval(secs => :step_s), s.started_at, '1970-01-01')
              ELSE '1970-01-01'::timestamp END AS at, 0::bigint AS class
  FROM (
    SELECT n.* FROM rollup_sessions n
    WHERE n.started_at >= :since::timestamp AND n.started_at < :head_until::timestamp
      AND NOT EXISTS (SELECT FROM dirty_hours d WHERE d.hour = date_trunc('hour', n.started_at))
    UNION ALL
    SELECT n.* FROM rollup_sessions n
    WHERE n.started_at >= :tail_since::timestamp AND n.started_at < :until::timestamp
      AND NOT EXISTS (SELECT FROM dirty_hours d WHERE d.hour = date_trunc('hour', n.started_at))
    UNION ALL
    SELECT n.* FROM unnest(:loose_hours::timestamp[]) AS h (hour)
    JOIN rollup_sessions n ON n.started_at >= h.hour AND n.started_at < h.hour + interval '1 hour'
                          AND n.started_at >= :loose_since::timestamp AND n.started_at < :loose_until::timestamp
    WHERE cardinality(:loose_hours) > 0  -- else the planner need not think of any
    UNION ALL
    SELECT
-- include: session_row
    FROM (SELECT DISTINCT hour FROM dirty_hours WHERE hour > :since - interval '1 hour' AND hour < :until) AS d
    JOIN sessions s ON s.started_at >= d.hour AND s.started_at < d.hour + interval '1 hour'
                   AND s.started_at >= :dirty_since::timestamp AND s.started_at < :dirty_until::timestamp
-- include: session_joins
  ) AS s
  LEFT JOIN users u ON u.user_id = s.user_id
  LEFT JOIN score_facts x ON x.session_id = s.session_id
  LEFT JOIN LATERAL (
    SELECT funnel_times(:funnel::text[], array_agg(n.name ORDER BY n.at, n.kind, n.step_num, n.id),
                        array_agg(n.at ORDER BY n.at, n.kind, n.step_num, n.id), :within_s::int) AS funnel_at
    FROM (
-- include: funnel_names
    ) AS n
    WHERE n.session_id = s.session_id
      AND n.at BETWEEN '0005-01-01' AND '9987-01-01' OFFSET 0  -- farther off no window could be added
  ) AS w ON :funnel IS NOT NULL
  WHERE (:include_bots::bool OR NOT s.is_hidden)
    AND (:device::text IS NULL OR s.device_type = :device)
    AND (:release::text IS NULL OR s.release = :release)
    AND (:device_type::text IS NULL OR s.device_type = :device_type)
    AND (:browser::text IS NULL OR s.browser = :browser)
    AND (:country::text IS NULL OR s.country = :country)
    AND (:locale::text IS NULL OR s.locale = :locale)
    AND (:error_group::text IS NULL AND :error_origin::text IS NULL
         OR EXISTS (SELECT FROM grouped_errors g
                    WHERE g.session_id = s.session_id AND (:error_group IS NULL OR g.group_key = :error_group)
                      -- An empty error_screen asks for errors whose screen nobody recorded.
                      AND (:error_screen::text IS NULL OR coalesce(g.screen, '') = :error_screen)
                      AND (:error_origin IS NULL OR (g.kind = 'foreign') = (:error_origin = 'foreign'))))
    AND (:min_score::int IS NULL OR s.score >= :min_score)
    AND (:max_score::int IS NULL OR s.score < :max_score OR s.score = 100 AND :max_score = 100)
    AND (:cause::text IS NULL OR (x.points_by_cause ->> :cause)::float8 > 0)
    AND (:signal::text IS NULL OR x.signal_counts ? :signal)
    AND (:screen::text IS NULL
         OR EXISTS (SELECT FROM journey_steps j WHERE j.session_id = s.session_id AND j.screen = :screen))
    -- Of a device only what nobody signed in sent: exactly the sessions that are counted as one visitor (visitor_hash.sql).
    AND (:person::text IS NULL OR :person IN (u.external_user_id, u.email, u.user_id::text)
         OR starts_with(:person, 'device:') AND s.user_id IS NULL
            AND s.visitor = (SELECT coalesce((SELECT v.visitor FROM visitors v WHERE v.visitor_hash = n.hash::uuid),
                                             -1 - ('x' || left(n.hash, 15))::bit(60)::bigint)
                             FROM (SELECT md5(substr(:person, length('device:') + 1)) AS hash) AS n))
    AND (:place_kind::text IS NULL
         OR :place_kind = 'error'
            AND EXISTS (SELECT FROM experience_scores e
                        CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, points float8, incident_ids int[])
                        JOIN signals g ON g.session_id = s.session_id AND g.type = i.type AND g.incident = ANY (i.incident_ids)
                        JOIN grouped_errors r ON r.session_id = s.session_id AND r.occurred_at BETWEEN g.started_at AND g.ended_at
                        -- Signals that are made of errors; the same in finding.sql.
                        WHERE e.session_id = s.session_id AND i.type IN ('js_error', 'error_click', 'crash') AND i.points > 0 AND r.group_key = :place
                          AND (:place_types::text[] IS NULL OR i.type = ANY(:place_types)))
         OR EXISTS (SELECT FROM experience_scores e CROSS JOIN LATERAL jsonb_array_elements(e.issues) AS i
                    WHERE e.session_id = s.session_id AND (i ->> 'points')::float8 > 0
                      AND i ->> CASE :place_kind WHEN 'screen' THEN 'page' ELSE :place_kind END = :place
                      -- An empty place_screen asks for elements whose screen nobody recorded.
                      AND (:place_screen::text IS NULL OR coalesce(i ->> 'page', '') = :place_screen)
                      AND (:place_types::text[] IS NULL OR i ->> 'type' = ANY(:place_types))))
    -- Without an element and a signal it asks for who saw the screen; the rule of heat_views.sql and heat_clicks.sql.
    AND (:element_screen::text IS NULL
         OR EXISTS (SELECT FROM heatmap_views v
                    WHERE v.session_id = s.session_id AND v.screen = :element_screen
                      AND (:element_band::int IS NULL OR v.band = :element_band)
                      AND (:element::text IS NULL AND :element_signal::text IS NULL
                           OR EXISTS (SELECT FROM heatmap_clicks c
                                      WHERE c.session_id = v.session_id AND c.view = v.view
                                        AND (:element IS NULL OR coalesce(c.element_id, '') = :element)
                                        AND (:element_signal IS NULL
                                             OR EXISTS (SELECT FROM signals g
                                                        WHERE g.session_id = c.session_id AND g.type = :element_signal
                                                          AND c.occurred_at BETWEEN g.started_at AND g.ended_at
                                                          AND (g.element_id = c.element_id OR g.element_id IS NULL
                                                               OR c.element_id IS NULL)))))))
    AND (:words::text IS NULL
         OR s.session_id::text = lower(:words)
         OR position(lower(:words) IN lower(concat_ws(' ', u.external_user_id, u.email))) > 0
         OR x.signal_counts ?| :kinds::text[]
         OR EXISTS (SELECT FROM experience_scores e CROSS JOIN LATERAL jsonb_array_elements(e.issues) AS i
                    WHERE e.session_id = s.session_id AND position(lower(:words) IN lower(concat_ws(' ', i ->> 'page', i ->> 'element', i ->> 'api'))) > 0)
         OR EXISTS (SELECT FROM journey_steps j
                    WHERE j.session_id = s.session_id AND position(lower(:words) IN lower(j.screen)) > 0))
    AND
-- include: call_filter
    AND
-- include: vital_filter
    AND
-- include: having
    AND
-- include: sign_filter
    -- The screens as one text, with the unit separator after each (paths.py). Each coalesce keeps the planner from believing
    -- that almost no session does so, and from joining row by row.
    AND (:paths::text[] IS NULL
         OR coalesce((SELECT string_agg(translate(j.screen, chr(31), ' ') || chr(31), '' ORDER BY j.step_num, j.id)
             FROM journey_steps j WHERE j.session_id = s.session_id AND j.screen <> '') COLLATE "C" ~ ALL (:paths),
                     false))
    AND (:funnel IS NULL OR coalesce(cardinality(w.funnel_at) BETWEEN :reached_from::int AND :reached_to::int, false))
    AND (:before_types::text[] IS NULL
         OR coalesce(:is_before::bool = EXISTS (
           SELECT FROM (SELECT least(session_end(s.session_id, s.ended_at), w.funnel_at[1] + make_interval(secs => :within_s))
                               AS moment) AS m
           JOIN signals g ON g.session_id = s.session_id AND g.type = ANY (:before_types)
                         AND g.ended_at + interval '60 s' > m.moment AND g.started_at <= m.moment), false))
)
