-- name: rows
-- What costs most: a place and a cause each, by points.
-- In: the parameters of a Source (rollups.py); types, causes, unsorted (places_rows.sql); by text (screen, api, element); max_rows int.
-- Out: name, screen (of an element, '' not known), cause, points (sum of what was lost there to it), sessions, row_count (of all).
-- include: picked
-- include: places_parts
, issues AS (
  SELECT name, CASE WHEN kind = 'element' THEN coalesce(screen, '') END COLLATE "C" AS screen, cause, sum(points) AS points,
         sum(sessions)::bigint AS sessions
  FROM placed WHERE kind = :by::text AND cause IS NOT NULL GROUP BY kind, name, placed.screen, cause
)
SELECT name, screen, cause, points, sessions, count(*) OVER () AS row_count
FROM issues ORDER BY round(points::numeric, 9) DESC, name, screen, cause LIMIT :max_rows::int;

-- name: gains
-- What the scores would rise by without an issue, for each of some: the part of a session's hazard that is the issue's shares
-- the hazard as it shares the points (signals.md B.3). Of the sessions themselves: roll-ups do not have it.
-- In: the parameters of a Segment (filters.py); types, causes, unsorted (places_rows.sql); by text (screen, api, element); arrays of equal
-- length: names, screens (NULL but of elements), wanted text[] (causes).
-- Out: number (place in the arrays, from 1), gain (sum over the sessions); only where there is some.
-- include: picked
, lost AS (
  SELECT w.number, p.score_exact, x.hazard, sum(i.points) AS points
  FROM picked p
  JOIN experience_scores e ON e.session_id = p.session_id
  JOIN score_facts x ON x.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, page text, api text, element text, points float8)
  LEFT JOIN unnest(:types::text[], :causes::text[]) AS t (type, cause) ON t.type = i.type
  JOIN unnest(:names::text[], :screens::text[], :wanted::text[]) WITH ORDINALITY AS w (name, screen, cause, number)
    ON w.name = CASE :by::text WHEN 'screen' THEN i.page WHEN 'api' THEN i.api ELSE i.element END
    AND w.cause = coalesce(t.cause, :unsorted::text) AND (w.screen IS NULL OR w.screen = coalesce(i.page, ''))
  WHERE p.score_exact < 100 AND i.type <> 'minor' AND i.points > 0
  GROUP BY w.number, p.session_id, p.score_exact, x.hazard
)
SELECT number::int AS number, sum(score_exact * (exp(hazard * points / (100 - score_exact)) - 1)) AS gain FROM lost GROUP BY number;
