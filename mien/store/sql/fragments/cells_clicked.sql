-- `spots`: clicks by cell, for cells_rows.sql; a layer is of the page or of elements (rollup_cells).
-- In: the parameters of heat_views.sql; layers text[].
-- include: heat_views
-- include: heat_clicks
, spots AS MATERIALIZED (  -- of how many sessions a class is the planner cannot know
  SELECT c.class, c.screen, coalesce(c.band, -1) AS band, l.layer, CASE WHEN l.of_page THEN '' ELSE c.element END COLLATE "C" AS element,
         CASE WHEN l.of_page THEN least(c.y_row, 2097152) * 512 + c.x_percent * 2 + c.fixed::int
              ELSE 2 * (c.rel_y * 20 + c.rel_x) END AS cell, c.user_key, c.view_key, 1::bigint AS amount
  FROM clicked c
  JOIN (SELECT u.layer, u.layer LIKE 'page:%' AS of_page, u.layer LIKE '%:rage' AS of_rage, u.layer LIKE '%:dead' AS of_dead
        FROM unnest(:layers::text[]) AS u (layer)) AS l ON (c.rage OR NOT l.of_rage) AND (c.dead OR NOT l.of_dead)
  WHERE CASE WHEN l.of_page THEN c.x_percent BETWEEN 0 AND 255 AND c.y_row BETWEEN 0 AND 2097151
             ELSE c.element <> '' AND c.rel_x BETWEEN 0 AND 19 AND c.rel_y BETWEEN 0 AND 19 END
)
