-- `facts`: what was clicked, by slice of `classes`, as numbers n that can be added up; of an element of a screen at one width band.
-- kind: 0 clicks, 1 views, 2 sessions; 3 to 5 these of rage clicks; 6 to 8 of dead ones; 9 clicks on it while it was fixed; 10 and 11
-- clicks by their place on the page (key: per cent of the width, row of 16 px); 12 clicks by what stood on it (label); 13 who
-- clicked it (key).  band -1: not known; -2: what the bands count of a session more than once, to be added when all are.
-- In: the parameters of heat_views.sql.
-- include: heat_views
-- include: heat_clicks
, by_view AS (
  SELECT class, session_id, user_key, screen, coalesce(band, -1) AS band, element, count(*) AS clicks,
         count(*) FILTER (WHERE rage) AS rage, count(*) FILTER (WHERE dead) AS dead, count(*) FILTER (WHERE fixed) AS fixed
  FROM clicked GROUP BY 1, 2, 3, 4, 5, 6, view_key
), by_session AS MATERIALIZED (
  SELECT class, session_id, user_key, screen, band, element, sum(clicks) AS clicks, count(*) AS views, sum(fixed) AS fixed,
         sum(rage) AS rage, count(*) FILTER (WHERE rage > 0) AS rage_views, least(sum(rage), 1) AS rage_sessions,
         sum(dead) AS dead, count(*) FILTER (WHERE dead > 0) AS dead_views, least(sum(dead), 1) AS dead_sessions
  FROM by_view GROUP BY 1, 2, 3, 4, 5, 6
), told AS MATERIALIZED (  -- of how many sessions a class is the planner cannot know
  SELECT f.class, f.screen, f.band, f.element, k.kind, 0::bigint AS key, NULL AS label, k.n
  FROM (SELECT class, screen, band, element, sum(clicks) AS clicks, sum(views) AS views, count(*) AS sessions, sum(fixed) AS fixed,
               sum(rage) AS rage, sum(rage_views) AS rage_views, sum(rage_sessions) AS rage_sessions,
               sum(dead) AS dead, sum(dead_views) AS dead_views, sum(dead_sessions) AS dead_sessions
        FROM by_session GROUP BY 1, 2, 3, 4) AS f
  CROSS JOIN LATERAL (VALUES (0, f.clicks), (1, f.views), (2, f.sessions), (3, f.rage), (4, f.rage_views), (5, f.rage_sessions),
                             (6, f.dead), (7, f.dead_views), (8, f.dead_sessions), (9, f.fixed)) AS k (kind, n)
  UNION ALL
  SELECT f.class, f.screen, -2, f.element, k.kind, 0, NULL, sum(k.n)
  FROM (SELECT class, screen, element, 1 - count(*) AS sessions, least(sum(rage_sessions), 1) - sum(rage_sessions) AS rage_sessions,
               least(sum(dead_sessions), 1) - sum(dead_sessions) AS dead_sessions
        FROM by_session GROUP BY class, session_id, screen, element HAVING count(*) > 1) AS f
  CROSS JOIN LATERAL (VALUES (2, f.sessions), (5, f.rage_sessions), (8, f.dead_sessions)) AS k (kind, n)
  GROUP BY f.class, f.screen, f.element, k.kind
  UNION ALL
  SELECT c.class, c.screen, coalesce(c.band, -1), c.element, k.kind, k.key, NULL, count(*)
  FROM clicked c CROSS JOIN LATERAL (VALUES (10, c.x_percent), (11, c.y_row)) AS k (kind, key)
  WHERE NOT c.fixed AND k.key IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
  UNION ALL
  SELECT class, screen, coalesce(band, -1), element, 12, 0, label, count(*) FROM clicked WHERE label IS NOT NULL GROUP BY 1, 2, 3, 4, 7
  UNION ALL
  SELECT DISTINCT class, screen, band, element, 13, user_key, NULL, 1 FROM by_session
), facts AS MATERIALIZED (
  SELECT c.slice, c.at, t.screen, t.band, t.element, t.kind, t.key, t.label COLLATE "C" AS label,
         CASE WHEN t.kind = 13 THEN 1 ELSE sum(t.n) END::bigint AS n
  FROM told t JOIN classes c ON c.class = t.class WHERE t.n <> 0 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)
