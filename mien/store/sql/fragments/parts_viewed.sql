-- Who of `picked` viewed which screen, and at which width: rows of rollup_visitors for its parts.
-- In: heat_screen text or NULL (all).
SELECT p.slice, p.at, k.part COLLATE "C" AS part, p.user_key
FROM picked p
JOIN (SELECT DISTINCT v.session_id, v.screen, v.band
      FROM (SELECT DISTINCT session_id FROM picked) AS d JOIN heatmap_views v ON v.session_id = d.session_id
      WHERE :heat_screen::text IS NULL OR v.screen = :heat_screen) AS v ON v.session_id = p.session_id
CROSS JOIN LATERAL (VALUES ('viewed:' || v.screen), ('width:' || coalesce(v.band::text, '') || ':' || v.screen)) AS k (part)
