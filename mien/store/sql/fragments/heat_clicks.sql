-- The clicks in `viewed`, with whether they belong to a rage click and whether they were left without an answer.
-- The same rule as `element_signal` in picked.sql: a signal of that time on the same element, or either without one.
-- In one pass over clicks and signals by time, since a session can have thousands of both: a click is in a signal that has
-- begun before it when the latest end of those is not before it.  In: heat_screen (heat_views.sql).
, clicks AS MATERIALIZED (
  SELECT v.session_id, c.element_id AS element, c.occurred_at AS at, true AS is_click, NULL AS type, NULL::timestamp AS until,
         v.user_key, v.view_key, c.label, c.rel_x, c.rel_y, c.x_percent, c.y_row, c.fixed, v.class, v.screen, v.band
  FROM viewed v JOIN heatmap_clicks c ON c.session_id = v.session_id AND c.view = v.view
  WHERE :heat_screen IS NULL OR c.screen = :heat_screen  -- that of the view, or all clicks would be read
), struck AS MATERIALIZED (
  SELECT g.session_id, g.element_id, g.started_at, g.ended_at, g.type
  FROM (SELECT DISTINCT session_id FROM clicks) AS v
  JOIN signals g ON g.session_id = v.session_id AND g.type IN ('rage_click', 'dead_click')
), moments AS (
  SELECT * FROM clicks WHERE session_id IN (SELECT session_id FROM struck)
  UNION ALL
  SELECT session_id, element_id, started_at, false, type, ended_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM struck
), begun AS (
  SELECT m.*,
         max(until) FILTER (WHERE type = 'rage_click' AND element IS NULL) OVER anywhere AS rage_anywhere,
         max(until) FILTER (WHERE type = 'dead_click' AND element IS NULL) OVER anywhere AS dead_anywhere,
         CASE WHEN element IS NULL THEN max(until) FILTER (WHERE type = 'rage_click') OVER anywhere
              ELSE max(until) FILTER (WHERE type = 'rage_click') OVER here END AS rage_here,
         CASE WHEN element IS NULL THEN max(until) FILTER (WHERE type = 'dead_click') OVER anywhere
              ELSE max(until) FILTER (WHERE type = 'dead_click') OVER here END AS dead_here
  FROM moments m
  WINDOW anywhere AS (PARTITION BY session_id ORDER BY at, is_click),
         here AS (PARTITION BY session_id, element ORDER BY at, is_click)
), clicked AS (
  SELECT session_id, user_key, view_key, class, screen, band, coalesce(element, '') COLLATE "C" AS element, label, rel_x, rel_y, x_percent, y_row,
         fixed, coalesce(greatest(rage_here, rage_anywhere) >= at, false) AS rage,
         coalesce(greatest(dead_here, dead_anywhere) >= at, false) AS dead
  FROM begun WHERE is_click
  UNION ALL
  SELECT c.session_id, c.user_key, c.view_key, c.class, c.screen, c.band, coalesce(c.element, '') COLLATE "C", c.label, c.rel_x, c.rel_y,
         c.x_percent, c.y_row, c.fixed, false, false
  FROM clicks c WHERE NOT EXISTS (SELECT FROM struck k WHERE k.session_id = c.session_id)
)
