-- What the sessions of `picked` lost, issue by issue, with the cleaned screen.
-- In: types text[] and causes text[] of equal length (type of issue -> cause); unsorted text (cause of other types).
lost AS (
  SELECT c.session_id, c.type, c.page, c.api, c.element, c.points, coalesce(t.cause, :unsorted::text) COLLATE "C" AS cause,
-- include: screen_name
         AS screen
  FROM (SELECT p.session_id, i.type, i.page, i.page AS sent, i.api, i.element, i.points
        FROM picked p
        JOIN experience_scores o ON o.session_id = p.session_id
        CROSS JOIN LATERAL jsonb_to_recordset(o.issues) AS i (type text, page text, api text, element text, points float8)
        WHERE p.score_exact IS NOT NULL AND i.type <> 'minor' AND i.points > 0) AS c
  LEFT JOIN unnest(:types::text[], :causes::text[]) AS t (type, cause) ON t.type = c.type
)
