-- name: sessions
-- Values of the sessions themselves, the most frequent first.
-- In: the parameters of a Segment (filters.py); max_sessions int: so many of the newest are looked at; field text (release,
-- device_type, browser, country, locale, user); part text: that the value holds, '' for any; max_values int.
-- Out: value, label (NULL), sessions.
-- include: newest
SELECT v.value, NULL::text AS label, count(*) AS sessions
FROM newest n JOIN sessions s ON s.session_id = n.session_id
LEFT JOIN session_facts f ON f.session_id = s.session_id LEFT JOIN users u ON u.user_id = s.user_id
CROSS JOIN LATERAL (
  SELECT CASE :field::text
    WHEN 'release' THEN coalesce(s.app_version, '') WHEN 'device_type' THEN coalesce(f.device_type, u.device_type, '')
    WHEN 'browser' THEN coalesce(f.browser, '') WHEN 'country' THEN coalesce(f.country, '')
    WHEN 'locale' THEN coalesce(f.locale, '') WHEN 'user' THEN coalesce(u.external_user_id, u.email) END AS value) AS v
WHERE v.value IS NOT NULL AND position(lower(:part::text) IN lower(v.value)) > 0
GROUP BY v.value ORDER BY sessions DESC, v.value LIMIT :max_values::int;

-- name: screens
-- Screens that sessions saw.  In, out: as above, without field.
-- include: newest
SELECT j.screen AS value, NULL::text AS label, count(DISTINCT j.session_id) AS sessions
FROM newest n JOIN journey_steps j ON j.session_id = n.session_id
WHERE j.screen <> '' AND position(lower(:part::text) IN lower(j.screen)) > 0
GROUP BY j.screen ORDER BY sessions DESC, j.screen LIMIT :max_values::int;

-- name: apis
-- APIs that sessions called.  In, out: as above, without field.
-- include: newest
SELECT l.api AS value, NULL::text AS label, count(DISTINCT l.session_id) AS sessions
FROM newest n JOIN latency_metrics l ON l.session_id = n.session_id
WHERE l.api <> '' AND position(lower(:part::text) IN lower(l.api)) > 0
GROUP BY l.api ORDER BY sessions DESC, l.api LIMIT :max_values::int;

-- name: signals
-- Kinds of signals.  In, out: as above, without field.
-- include: newest
SELECT k.value, NULL::text AS label, count(*) AS sessions
FROM newest n JOIN score_facts x ON x.session_id = n.session_id CROSS JOIN jsonb_object_keys(x.signal_counts) AS k (value)
WHERE position(lower(:part::text) IN replace(k.value, '_', ' ')) > 0 OR position(lower(:part) IN k.value) > 0
GROUP BY k.value ORDER BY sessions DESC, k.value LIMIT :max_values::int;

-- name: errors
-- Error groups, with their titles as labels.  In, out: as above, without field.
-- include: newest
SELECT g.group_key AS value, min(g.title) AS label, count(DISTINCT g.session_id) AS sessions
FROM newest n JOIN grouped_errors g ON g.session_id = n.session_id
WHERE position(lower(:part::text) IN lower(g.title)) > 0
GROUP BY g.group_key ORDER BY sessions DESC, g.group_key LIMIT :max_values::int;

-- name: elements
-- Elements that were clicked, with what stands on them.  In, out: as above, without field.
-- include: newest
SELECT o.element_id AS value, min(o.metadata ->> 'label') AS label, count(DISTINCT o.session_id) AS sessions
FROM newest n JOIN events o ON o.session_id = n.session_id
WHERE o.event_type = 'click' AND o.element_id <> ''
  AND position(lower(:part::text) IN lower(concat_ws(' ', o.element_id, o.metadata ->> 'label'))) > 0
GROUP BY o.element_id ORDER BY sessions DESC, o.element_id LIMIT :max_values::int;

-- name: events
-- Types of events.  In, out: as above, without field.
-- include: newest
SELECT o.event_type AS value, NULL::text AS label, count(DISTINCT o.session_id) AS sessions
FROM newest n JOIN events o ON o.session_id = n.session_id
WHERE o.event_type <> '' AND position(lower(:part::text) IN lower(o.event_type)) > 0
GROUP BY o.event_type ORDER BY sessions DESC, o.event_type LIMIT :max_values::int;
