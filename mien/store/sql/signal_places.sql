-- name: kinds
-- Signals by their type.  Points are those of the issues whose main sign is of this type.
-- In: the parameters of a Source (rollups.py); only_type NULL.
-- Out: type, signals, sessions, points (mean over the scored sessions of the segment), places.  Most points first.
-- include: picked
-- include: summary_parts
-- include: signals_parts
, kinds AS (
  SELECT type, (sum(signals) FILTER (WHERE element_id IS NULL))::bigint AS signals,
         (sum(sessions) FILTER (WHERE element_id IS NULL))::bigint AS sessions,
         count(DISTINCT (element_id, screen)) FILTER (WHERE element_id IS NOT NULL AND signals > 0) AS places,
         coalesce(sum(points) FILTER (WHERE element_id IS NULL) / (SELECT nullif(sum(scored), 0) FROM parts)::float8, 0) AS points
  FROM placed GROUP BY type
)
SELECT * FROM kinds WHERE signals > 0 ORDER BY round(points::numeric, 9) DESC, signals DESC, type;

-- name: places
-- Signals of one type by element and (cleaned) screen.
-- In: the parameters of a Source (rollups.py); only_type text or NULL (all); max_rows int.
-- Out: type, element_id ('' not known), screen ('' not known), signals, sessions, points as above, row_count.
-- include: picked
-- include: summary_parts
-- include: signals_parts
, found AS (
  SELECT type, element_id, screen, sum(signals)::bigint AS signals, sum(sessions)::bigint AS sessions,
         coalesce(sum(points) / (SELECT nullif(sum(scored), 0) FROM parts)::float8, 0) AS points
  FROM placed WHERE element_id IS NOT NULL AND (:only_type IS NULL OR type = :only_type) GROUP BY type, element_id, screen
)
SELECT *, count(*) OVER () AS row_count FROM found WHERE signals > 0
ORDER BY round(points::numeric, 9) DESC, signals DESC, type, screen, element_id LIMIT :max_rows::int;

-- name: formerly
-- Signals at some places in another period than the one that named them.
-- In: the parameters of a Source (rollups.py); only_type text or NULL (of these alone); arrays of equal length: types, elements,
-- screens text[] ('' not known).
-- Out: type, element_id, screen, signals, sessions; only places with signals.
-- include: picked
-- include: signals_parts
SELECT p.type, p.element_id, p.screen, sum(p.signals)::bigint AS signals, sum(p.sessions)::bigint AS sessions
FROM unnest(:types::text[], :elements::text[], :screens::text[]) AS n (type, element_id, screen)
JOIN placed p ON p.type = n.type AND p.element_id = n.element_id AND p.screen = n.screen
GROUP BY p.type, p.element_id, p.screen HAVING sum(p.signals) > 0;

-- name: examples
-- The newest signals of one type at one place, at most one of each session (its surest).
-- In: the parameters of a Segment (filters.py); only_type text; only_element, only_screen text ('' not known, NULL any);
-- max_rows int.
-- Out: session_id, session_started_at and at (seconds since the epoch), type, element_id, screen (as stored), confidence,
-- evidence, api, score, is_frustration (what people said of it, or NULL), label (the words on the element, or NULL).
-- include: picked
, chosen AS (
  SELECT DISTINCT ON (c.session_id) c.*
  FROM (SELECT g.session_id, g.type, g.element_id, g.screen, g.screen AS sent, g.api, g.confidence, g.evidence, g.started_at, g.event_id,
               p.started_at AS session_started_at, p.score
        FROM picked p JOIN signals g ON g.session_id = p.session_id
        WHERE g.type = :only_type::text AND (:only_element::text IS NULL OR coalesce(g.element_id, '') = :only_element)) AS c
  WHERE :only_screen::text IS NULL OR :only_screen =
-- include: screen_name
  ORDER BY c.session_id, c.confidence DESC, c.started_at
)
SELECT c.session_id, c.session_started_at, extract(epoch FROM c.started_at)::float8 AS at, c.type, c.element_id, c.screen,
       c.confidence, c.evidence, c.api, c.score, v.is_frustration, CASE WHEN e.element_id = c.element_id THEN e.metadata ->> 'label' END AS label
FROM chosen c
LEFT JOIN events e ON e.event_id = c.event_id AND e.session_id = c.session_id
LEFT JOIN verdicts v ON v.session_id = c.session_id AND v.type = c.type AND v.started_at = c.started_at
  AND v.element_id IS NOT DISTINCT FROM c.element_id AND v.screen IS NOT DISTINCT FROM c.screen
ORDER BY c.session_started_at DESC, c.session_id LIMIT :max_rows::int;
