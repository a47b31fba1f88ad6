-- name: kinds
-- Signals by their type.  Points are those of the issues whose main sign is of this type; the forms of a type that count
-- less (_unconfirmed, _background) are counted with it.
-- In: the parameters of a Segment (filters.py).
-- Out: type, signals, sessions, points (mean over the scored sessions of the segment), places.  Most points first.
-- include: picked
, found AS (
  SELECT g.type, count(*) AS signals, count(DISTINCT g.session_id) AS sessions,
         count(DISTINCT (coalesce(g.element_id, ''), coalesce(g.screen, ''))) AS places
  FROM picked p JOIN signals g ON g.session_id = p.session_id GROUP BY g.type
), costs AS (
  SELECT regexp_replace(i.type, '_(unconfirmed|background)$', '') AS type,
         sum(i.points) / (SELECT count(score_exact) FROM picked) AS points
  FROM picked p
  JOIN experience_scores o ON o.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_to_recordset(o.issues) AS i (type text, points float8)
  WHERE p.score_exact IS NOT NULL AND i.points > 0
  GROUP BY 1
)
SELECT f.type, f.signals, f.sessions, f.places, coalesce(c.points, 0) AS points
FROM found f LEFT JOIN costs c USING (type) ORDER BY points DESC, f.signals DESC, f.type;

-- name: places
-- Signals of one type by element and (cleaned) screen.
-- In: the parameters of a Segment (filters.py); only_type text or NULL (all); max_rows int.
-- Out: type, element_id ('' not known), screen ('' not known), signals, sessions, points as above, row_count.
-- include: picked
, placed AS (
  SELECT c.session_id, c.type, coalesce(c.element_id, '') COLLATE "C" AS element_id,
-- include: screen_name
         AS screen
  FROM (SELECT g.session_id, g.type, g.element_id, g.screen AS sent
        FROM picked p JOIN signals g ON g.session_id = p.session_id
        WHERE :only_type::text IS NULL OR g.type = :only_type) AS c
), found AS (
  SELECT type, element_id, screen, count(*) AS signals, count(DISTINCT session_id) AS sessions
  FROM placed GROUP BY type, element_id, screen
), costs AS (
  SELECT regexp_replace(c.type, '_(unconfirmed|background)$', '') AS type, coalesce(c.element, '') COLLATE "C" AS element_id,
-- include: screen_name
         AS screen, sum(c.points) / (SELECT count(score_exact) FROM picked) AS points
  FROM (SELECT p.session_id, i.type, i.element, i.page AS sent, i.points
        FROM picked p
        JOIN experience_scores o ON o.session_id = p.session_id
        CROSS JOIN LATERAL jsonb_to_recordset(o.issues) AS i (type text, page text, element text, points float8)
        WHERE p.score_exact IS NOT NULL AND i.type <> 'minor' AND i.points > 0) AS c
  GROUP BY 1, 2, 3
)
SELECT f.*, coalesce(c.points, 0) AS points, count(*) OVER () AS row_count
FROM found f LEFT JOIN costs c USING (type, element_id, screen)
ORDER BY points DESC, f.signals DESC, f.type, f.screen, f.element_id LIMIT :max_rows::int;

-- name: examples
-- The newest signals of one type at one place, at most one of each session (its surest).
-- In: the parameters of a Segment (filters.py); only_type text; only_element, only_screen text ('' not known, NULL any);
-- max_rows int.
-- Out: session_id, session_started_at and at (seconds since the epoch), type, element_id, screen (as stored), confidence,
-- evidence, api, score, is_frustration (what people said of it, or NULL).
-- include: picked
, chosen AS (
  SELECT DISTINCT ON (c.session_id) c.*
  FROM (SELECT g.session_id, g.type, g.element_id, g.screen, g.screen AS sent, g.api, g.confidence, g.evidence, g.started_at,
               p.started_at AS session_started_at, p.score
        FROM picked p JOIN signals g ON g.session_id = p.session_id
        WHERE g.type = :only_type::text AND (:only_element::text IS NULL OR coalesce(g.element_id, '') = :only_element)) AS c
  WHERE :only_screen::text IS NULL OR :only_screen =
-- include: screen_name
  ORDER BY c.session_id, c.confidence DESC, c.started_at
)
SELECT c.session_id, c.session_started_at, extract(epoch FROM c.started_at)::float8 AS at, c.type, c.element_id, c.screen,
       c.confidence, c.evidence, c.api, c.score, v.is_frustration
FROM chosen c
LEFT JOIN verdicts v ON v.session_id = c.session_id AND v.type = c.type AND v.started_at = c.started_at
  AND v.element_id IS NOT DISTINCT FROM c.element_id AND v.screen IS NOT DISTINCT FROM c.screen
ORDER BY c.session_started_at DESC, c.session_id LIMIT :max_rows::int;
