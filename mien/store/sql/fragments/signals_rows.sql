-- Rows of rollup_signals for `picked`: signals by type and place, and what issues cost there whose main sign is of this type;
-- the forms of a type that count less (_unconfirmed, _background) are counted with it.
-- In: only_type text or NULL (signals of all types).
-- element_id and screen (cleaned): '' not known, both NULL: all places of the type together.
WITH placed AS MATERIALIZED (  -- once for each session, of however many slices it is
  SELECT c.session_id, c.type COLLATE "C" AS type, coalesce(c.element_id, '') COLLATE "C" AS element_id, c.signals, 0::float8 AS points,
-- include: screen_name
         AS screen
  FROM (SELECT g.session_id, g.type, g.element_id, g.screen AS sent, count(*) AS signals
        FROM (SELECT DISTINCT session_id FROM picked) AS d JOIN signals g ON g.session_id = d.session_id
        WHERE :only_type::text IS NULL OR g.type = :only_type
        GROUP BY g.session_id, g.type, g.element_id, g.screen) AS c
  UNION ALL
  SELECT c.session_id, regexp_replace(c.type, '_(unconfirmed|background)$', '') COLLATE "C", coalesce(c.element, '') COLLATE "C", 0,
         c.points,
-- include: screen_name
  FROM (SELECT d.session_id, i.type, i.element, i.page AS sent, i.points
        FROM (SELECT DISTINCT session_id FROM picked WHERE score_exact IS NOT NULL) AS d
        JOIN experience_scores o ON o.session_id = d.session_id
        CROSS JOIN LATERAL jsonb_to_recordset(o.issues) AS i (type text, page text, element text, points float8)
        WHERE i.type <> 'minor' AND i.points > 0) AS c
), told AS MATERIALIZED (
  SELECT session_id, type, element_id, screen, sum(signals) AS signals, sum(points) AS points
  FROM placed GROUP BY GROUPING SETS ((session_id, type, element_id, screen), (session_id, type))
)
SELECT p.slice, p.at, t.type, t.element_id, t.screen, sum(t.signals)::int AS signals,
       (count(*) FILTER (WHERE t.signals > 0))::int AS sessions, sum(t.points) AS points
FROM told t JOIN picked p ON p.session_id = t.session_id
GROUP BY p.slice, p.at, t.type, t.element_id, t.screen
