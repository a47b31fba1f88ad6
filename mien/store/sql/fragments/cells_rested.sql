-- `spots`: where the pointer rested, in ms, by cell of the page, for cells_rows.sql; from heatmap_points.  Points of clicks are told
-- from those of the pointer, which lie in the middle of a cell of 16 px.  In: the parameters of heat_views.sql.
-- include: heat_views
, spots AS MATERIALIZED (  -- of how many sessions a class is the planner cannot know
  SELECT v.class, v.screen, v.band, 'page:move' AS layer, '' COLLATE "C" AS element, least(p.y / 16, 2097152) * 512 + (100 * p.x::bigint / v.vw)::int * 2 AS cell,
         v.user_key, v.view_key, round(1000 * p.weight)::bigint AS amount
  FROM viewed v
  JOIN heatmap_points p ON p.session_id = v.session_id AND p.screen = v.screen_sent
                       AND p.occurred_at > v.started_at AND p.occurred_at <= v.ended_at
  WHERE v.vw > 0 AND v.band IS NOT NULL AND p.x % 16 = 8 AND p.y % 16 = 8 AND p.x::bigint < 2 * v.vw AND p.y / 16 <= 2097151
    AND NOT (p.weight = 1 AND EXISTS (SELECT FROM heatmap_clicks c
                                      WHERE c.session_id = v.session_id AND c.occurred_at = p.occurred_at))
)
