-- name: sessions
-- Every scored session of a segment, oldest first, as columns of equal length; its place in them is its number.
-- In: the parameters of a Segment (filters.py).
-- Out: started_at (seconds since the epoch), visitor (equal numbers are one person), lost (100 minus the exact score),
-- release, device_type, browser, country, locale ("" where not known).
-- include: picked
, numbered AS (
  SELECT session_id, started_at, 100 - score_exact AS lost, dense_rank() OVER (ORDER BY user_key) - 1 AS visitor
  FROM picked WHERE score_exact IS NOT NULL
)
SELECT coalesce(array_agg(n.started_at ORDER BY n.started_at, n.session_id), '{}') AS started_at,
       coalesce(array_agg(n.visitor ORDER BY n.started_at, n.session_id), '{}') AS visitor,
       coalesce(array_agg(n.lost ORDER BY n.started_at, n.session_id), '{}') AS lost,
       coalesce(array_agg(coalesce(s.app_version, '') ORDER BY n.started_at, n.session_id), '{}') AS release,
       coalesce(array_agg(coalesce(f.device_type, u.device_type, '') ORDER BY n.started_at, n.session_id), '{}')
         AS device_type,
       coalesce(array_agg(coalesce(f.browser, '') ORDER BY n.started_at, n.session_id), '{}') AS browser,
       coalesce(array_agg(coalesce(f.country, '') ORDER BY n.started_at, n.session_id), '{}') AS country,
       coalesce(array_agg(coalesce(f.locale, '') ORDER BY n.started_at, n.session_id), '{}') AS locale
FROM numbered n
JOIN sessions s ON s.session_id = n.session_id
LEFT JOIN session_facts f ON f.session_id = n.session_id
LEFT JOIN users u ON u.user_id = s.user_id;

-- name: losses
-- What these sessions lost, by what it was and where. Points below half a point a session (the issue `minor`) have no place.
-- In: the parameters of a Segment (filters.py).
-- Errors are told apart by their group: what a session lost to several at one place is divided by how often each was met.
-- Out: type, page, api, element, error (key of the group; "" where it has none), numbers (of the sessions, as above), points
-- (of each).
-- include: picked
, numbered AS (
  SELECT session_id, row_number() OVER (ORDER BY started_at, session_id) - 1 AS number
  FROM picked WHERE score_exact IS NOT NULL
), lost AS (
  SELECT n.number, n.session_id, i.type, coalesce(i.page, '') AS page, coalesce(i.api, '') AS api,
         coalesce(i.element, '') AS element, i.points, i.incident_ids
  FROM numbered n
  JOIN experience_scores e ON e.session_id = n.session_id
  CROSS JOIN LATERAL jsonb_to_recordset(e.issues)
    AS i (type text, page text, api text, element text, points float8, incident_ids int[])
  WHERE i.type <> 'minor' AND i.points > 0
)
SELECT l.type, l.page, l.api, l.element, coalesce(r.error, '') AS error,
       array_agg(l.number ORDER BY l.number) AS numbers, array_agg(l.points * coalesce(r.share, 1) ORDER BY l.number) AS points
FROM lost l
LEFT JOIN LATERAL (
  SELECT q.group_key COLLATE "C" AS error, count(*) / sum(count(*)) OVER ()::float8 AS share
  FROM signals g JOIN grouped_errors q ON q.session_id = g.session_id AND q.occurred_at BETWEEN g.started_at AND g.ended_at
  WHERE g.session_id = l.session_id AND g.type = l.type AND g.incident = ANY (l.incident_ids)
  GROUP BY q.group_key
) AS r ON l.type IN ('js_error', 'error_click', 'crash')
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5;
