-- name: releases
-- How one screen was viewed under each known release, the first seen first.
-- In: the parameters of a Segment (filters.py); heat_screen text; band int or NULL; max_rows int.
-- Out: release, first_at, last_at (of its views, seconds since the epoch), views, high_views (whose page's height is known),
-- page_px (its median, NULL where not known).
-- include: picked
-- include: heat_views
, told AS (SELECT v.*, p.release FROM viewed v JOIN picked p ON p.session_id = v.session_id)
SELECT release, extract(epoch FROM min(started_at))::float8 AS first_at, extract(epoch FROM max(started_at))::float8 AS last_at,
       count(*) AS views, count(page_h) AS high_views, percentile_cont(0.5) WITHIN GROUP (ORDER BY page_h) AS page_px
FROM told GROUP BY release ORDER BY min(started_at), release COLLATE "C" LIMIT :max_rows::int;

-- name: elements
-- In how many views of one screen each named element was clicked, by release; the most clicked first.
-- In: as releases.  Out: release, element, label (the usual one, or NULL), views.
-- include: picked
-- include: heat_views
SELECT p.release, c.element_id COLLATE "C" AS element, mode() WITHIN GROUP (ORDER BY c.label COLLATE "C") AS label,
       count(DISTINCT v.view_key) AS views
FROM viewed v JOIN picked p ON p.session_id = v.session_id
JOIN heatmap_clicks c ON c.session_id = v.session_id AND c.view = v.view
WHERE c.element_id <> ''
GROUP BY p.release, c.element_id ORDER BY views DESC, element, p.release COLLATE "C" LIMIT :max_rows::int;
