-- name: usual
-- The usual words on elements, from some of the clicks on each screen: a name for people, not a figure.
-- In: elements, screens text[] (pairs; cleaned screens), clicks_each int (looked at per screen).
-- Out: element, screen, label; no row for an element whose words are not among these clicks.
SELECT c.element_id AS element, s.screen, mode() WITHIN GROUP (ORDER BY c.label COLLATE "C") AS label
FROM (SELECT DISTINCT u.screen FROM unnest(:screens::text[]) AS u (screen)) AS s
CROSS JOIN LATERAL (SELECT h.element_id, h.label FROM heatmap_clicks h WHERE h.screen = s.screen LIMIT :clicks_each::int) AS c
WHERE c.label IS NOT NULL
  AND EXISTS (SELECT 1 FROM unnest(:elements::text[], :screens::text[]) AS w (element, screen)
              WHERE w.element = c.element_id AND w.screen = s.screen)
GROUP BY c.element_id, s.screen;
