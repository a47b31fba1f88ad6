-- Rows of rollup_places for `picked`: points below half a point a session (the issue `minor`) have no place.
-- In: types text[] and causes text[] of equal length (type of issue -> cause); unsorted text (cause of other types).
SELECT l.slice, l.at, l.kind, l.name, l.screen, l.cause, sum(l.points) AS points, count(*) AS sessions,
       sum(l.score_exact) AS score_sum, max(l.session_id::text COLLATE "C")::uuid AS example
FROM (SELECT p.slice, p.at, k.kind COLLATE "C" AS kind, k.name, k.screen, coalesce(t.cause, :unsorted::text) COLLATE "C" AS cause,
             p.session_id, p.score_exact, sum(i.points) AS points
      FROM picked p
      JOIN experience_scores e ON e.session_id = p.session_id
      CROSS JOIN LATERAL jsonb_to_recordset(e.issues) AS i (type text, page text, api text, element text, points float8)
      LEFT JOIN unnest(:types::text[], :causes::text[]) AS t (type, cause) ON t.type = i.type
      CROSS JOIN LATERAL (VALUES ('api', i.api COLLATE "C", NULL), ('element', i.element COLLATE "C", nullif(i.page, '') COLLATE "C"),
                                 ('screen', i.page COLLATE "C", NULL)) AS k (kind, name, screen)
      WHERE p.score_exact IS NOT NULL AND i.type <> 'minor' AND i.points > 0 AND k.name <> ''
      GROUP BY GROUPING SETS ((p.slice, p.at, k.kind, k.name, k.screen, p.session_id, p.score_exact),
                              (p.slice, p.at, k.kind, k.name, k.screen, p.session_id, p.score_exact,
                               coalesce(t.cause, :unsorted) COLLATE "C"))) AS l
GROUP BY 1, 2, 3, 4, 5, 6
