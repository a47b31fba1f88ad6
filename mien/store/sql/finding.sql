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
-- Out: type, page, api, element ("" where it has none), numbers (of the sessions, as above), points (of each).
-- include: picked
, numbered AS (
  SELECT session_id, row_number() OVER (ORDER BY started_at, session_id) - 1 AS number
  FROM picked WHERE score_exact IS NOT NULL
)
SELECT i.type, coalesce(i.page, '') AS page, coalesce(i.api, '') AS api, coalesce(i.element, '') AS element,
       array_agg(n.number ORDER BY n.number) AS numbers, array_agg(i.points ORDER BY n.number) AS points
FROM numbered n
JOIN experience_scores e ON e.session_id = n.session_id
CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, page text, api text, element text, points float8)
WHERE i.type <> 'minor' AND i.points > 0
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
