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

-- name: anywhere
-- The usual words on one element, from the clicks of the newest sessions, whatever the screen.
-- In: element text, max_sessions int, clicks_each int (looked at per session).
-- Out: label; no row where nobody clicked it there, or where it has no words.
SELECT mode() WITHIN GROUP (ORDER BY c.label COLLATE "C") AS label
FROM (SELECT session_id FROM sessions ORDER BY started_at DESC LIMIT :max_sessions::int) AS n
-- One session after the other, by their index, however many clicks there are in all.
CROSS JOIN LATERAL (SELECT h.label FROM heatmap_clicks h
                    WHERE h.session_id = n.session_id AND h.element_id = :element AND h.label IS NOT NULL
                    LIMIT :clicks_each::int) AS c
HAVING count(*) > 0;
