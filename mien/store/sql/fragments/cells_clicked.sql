-- `spots`: clicks by cell, for cells_rows.sql; a layer is of the page or of elements (rollup_cells).
-- In: the parameters of heat_views.sql; layers text[].
-- include: heat_views
-- include: heat_clicks
, spots AS MATERIALIZED (  -- of how many sessions a class is the planner cannot know
  SELECT c.class, c.screen, coalesce(c.band, -1) AS band, k.layer, k.element, k.cell, c.user_key, c.view_key, 1::bigint AS amount
  FROM clicked c
  CROSS JOIN LATERAL (VALUES ('click', true), ('rage', c.rage), ('dead', c.dead)) AS l (name, is_so)
  CROSS JOIN LATERAL (
    VALUES ('page:' || l.name, '' COLLATE "C", least(c.y_row, 2097152) * 512 + c.x_percent * 2 + c.fixed::int,
            c.x_percent BETWEEN 0 AND 255 AND c.y_row BETWEEN 0 AND 2097151),
           ('element:' || l.name, c.element, 2 * (c.rel_y * 20 + c.rel_x),
            c.element <> '' AND c.rel_x BETWEEN 0 AND 19 AND c.rel_y BETWEEN 0 AND 19)) AS k (layer, element, cell, is_there)
  WHERE l.is_so AND k.is_there AND k.layer = ANY (:layers::text[])
)
