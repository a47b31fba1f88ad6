-- The clicks in `viewed`, with whether they belong to a rage click and whether they were left without an answer.
-- The same rule as `element_signal` in picked.sql.
, clicked AS (
  SELECT v.session_id, v.user_key, v.view_key, coalesce(c.element_id, '') COLLATE "C" AS element, c.label, c.rel_x,
         c.rel_y, c.x_percent, c.y_row, c.fixed, coalesce(g.rage, false) AS rage, coalesce(g.dead, false) AS dead
  FROM viewed v
  JOIN heatmap_clicks c ON c.session_id = v.session_id AND c.view = v.view
  LEFT JOIN LATERAL (
    SELECT bool_or(g.type = 'rage_click') AS rage, bool_or(g.type = 'dead_click') AS dead
    FROM signals g
    WHERE g.session_id = c.session_id AND g.type IN ('rage_click', 'dead_click')
      AND c.occurred_at BETWEEN g.started_at AND g.ended_at
      AND (g.element_id = c.element_id OR g.element_id IS NULL OR c.element_id IS NULL)) AS g ON true
)
