-- What any session did of the steps of a funnel: name (as in the steps), at; at equal times in the order of kind, step_num, id.
-- In: funnel_screens text[] and funnel_events text[]: the names of its steps by kind, NULL where there are none.
SELECT j.session_id, 'screen:' || j.screen AS name, j.occurred_at AS at, 0 AS kind, j.step_num, j.id
FROM journey_steps j
WHERE :funnel_screens::text[] IS NOT NULL AND j.screen = ANY (:funnel_screens)
UNION ALL
SELECT o.session_id, 'event:' || o.event_type, o.occurred_at, 1, 0, o.event_id
FROM events o
WHERE :funnel_events::text[] IS NOT NULL AND o.event_type = ANY (:funnel_events)
